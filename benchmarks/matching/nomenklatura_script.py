"""nomenklatura's xref with logic-v2. Run by the Python of its own environment: FOLDER no|yes OUT; imports nothing of this repository.

Both sides as persons of Follow the Money: the declared name as one text (a former surname as previousName), the registry's in its parts too.
The heuristic hook of xref takes every scored pair of the two sides, so that nothing is kept back by its limit of suggestions.
"""

import os
import sys
import tempfile
from pathlib import Path

WORK = tempfile.mkdtemp()
os.environ.setdefault("NOMENKLATURA_DB_URL", f"sqlite:///{WORK}/resolver.sqlite")

import duckdb  # noqa: E402
from followthemoney import Dataset, StatementEntity  # noqa: E402
from nomenklatura.db import make_session  # noqa: E402
from nomenklatura.matching import get_algorithm  # noqa: E402
from nomenklatura.resolver import Resolver  # noqa: E402
from nomenklatura.store import MemoryStore  # noqa: E402
from nomenklatura.xref import xref  # noqa: E402

DECLARED = "SELECT 'd-' || id AS id, trim(name) AS name, former_names, inn, phone, email, address, birth_date::VARCHAR AS born, birth_year FROM read_parquet('{}/declared.parquet')"
REGISTRY = (
    "SELECT DISTINCT ON (inn) 'r-' || inn AS id, concat_ws(' ', surname, given, patronymic) AS name, surname, given, patronymic, inn, phone, email, "
    "address, birth_date::VARCHAR AS born FROM read_parquet('{}/registry.parquet') ORDER BY inn, row"
)


def persons(con, sql, births):
    """The rows of a query as persons of Follow the Money; with dates of birth where `births` is true."""
    cursor = con.execute(sql)
    columns = [column[0] for column in cursor.description]
    for values in cursor.fetchall():
        row = dict(zip(columns, values, strict=False))
        born = (row["born"] or row.get("birth_year")) if births else None
        facts = {
            "name": row["name"],
            "previousName": row.get("former_names"),
            "lastName": row.get("surname"),
            "firstName": row.get("given"),
            "fatherName": row.get("patronymic"),
            "innCode": row["inn"],
            "phone": row["phone"] and f"+{row['phone']}",
            "email": row["email"],
            "address": row["address"],
            "birthDate": born and str(born),
            "country": "ru",
        }
        yield {"id": row["id"], "schema": "Person", "properties": {key: [fact] for key, fact in facts.items() if fact}}


def main(folder, births, out):
    """Write the pairs xref scores above 0, with their scores, to a parquet file."""
    con = duckdb.connect()
    sides = {
        "declared": Dataset.make({"name": "declared", "title": "declared"}),
        "registry": Dataset.make({"name": "registry", "title": "registry"}),
    }
    both = Dataset.make({"name": "both", "title": "both", "children": ["declared", "registry"]})
    both.children.update(sides.values())
    seen = []

    def keep(resolver, left, right, score):
        """Remember a scored pair of the two sides, the declared one first."""
        if left.id[0] != right.id[0]:
            one, other = (left.id, right.id) if left.id[0] == "d" else (right.id, left.id)
            seen.append((one[2:], other[2:], score))

    with make_session() as session:
        resolver = Resolver(session, create=True)
        store = MemoryStore(both, resolver)
        with store.writer() as writer:
            for side, sql in (("declared", DECLARED), ("registry", REGISTRY)):
                for data in persons(con, sql.format(folder), births):
                    writer.add_entity(StatementEntity.from_data(sides[side], data, cleaned=False))
        xref(
            resolver,
            session,
            store,
            Path(WORK) / "index",
            limit=200_000,
            focus_datasets={"declared"},
            algorithm=get_algorithm("logic-v2"),
            discount_internal=0.0,
            heuristic=keep,
        )
    import csv

    path = Path(WORK) / "seen.csv"
    with path.open("w", newline="", encoding="utf-8") as lines:
        csv.writer(lines).writerows(seen)
    con.execute(
        f"COPY (SELECT column0 AS declared_id, column1 AS registry_inn, least(greatest(column2::DOUBLE, 0), 1) AS probability "
        f"FROM read_csv('{path.as_posix()}', header = false, all_varchar = true) WHERE column2::DOUBLE > 0) TO '{out}' (FORMAT parquet)"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]).as_posix(), sys.argv[2] == "yes", Path(sys.argv[3]).as_posix())
