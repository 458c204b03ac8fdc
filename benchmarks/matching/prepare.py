"""Both sides in the columns that Splink compares: names split on spaces, or after a proper FIO parse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

_SPLIT = """
WITH words AS (SELECT id, list_filter(string_split(replace(upper(name), 'Ё', 'Е'), ' '), word -> word <> '') AS words FROM read_parquet('{folder}/declared.parquet'))
SELECT id, words[1] AS surname, words[2] AS given, words[3] AS patronymic, NULL::VARCHAR AS former FROM words
"""

_DECLARED = """
COPY (SELECT d.id AS unique_id, p.surname, p.given, p.patronymic, coalesce(replace(upper(d.former_names), 'Ё', 'Е'), p.former) AS former,
        d.inn, d.region, d.phone, d.email, d.address, d.birth_date::VARCHAR AS birth_date
      FROM read_parquet('{folder}/declared.parquet') d JOIN parsed p USING (id)) TO '{out}/declared.parquet' (FORMAT parquet)
"""

_REGISTRY = """
COPY (SELECT DISTINCT ON (inn) inn AS unique_id, replace(surname, 'Ё', 'Е') AS surname, replace(given, 'Ё', 'Е') AS given,
        replace(patronymic, 'Ё', 'Е') AS patronymic, NULL::VARCHAR AS former, inn, inn[1:2] AS region, phone, email, address,
        birth_date::VARCHAR AS birth_date
      FROM read_parquet('{folder}/registry.parquet') ORDER BY inn, row) TO '{out}/registry.parquet' (FORMAT parquet)
"""


def prepare(folder: Path, out: Path, parse: bool) -> None:
    """Write declared.parquet and registry.parquet into `out`; ё as е, upper case."""
    connection = duckdb.connect()
    if parse:
        connection.register("parsed_names", _parsed(connection, folder))
        connection.execute("CREATE TEMP TABLE parsed AS FROM parsed_names")
    else:
        connection.execute(f"CREATE TEMP TABLE parsed AS {_SPLIT.format(folder=folder.as_posix())}")
    connection.execute(_DECLARED.format(folder=folder.as_posix(), out=out.as_posix()))
    connection.execute(_REGISTRY.format(folder=folder.as_posix(), out=out.as_posix()))
    connection.close()


def _parsed(connection: Any, folder: Path) -> pd.DataFrame:
    from affil.language.fio import parse_name  # the other variant does without affil

    rows = connection.execute(f"SELECT id, name FROM read_parquet('{folder.as_posix()}/declared.parquet')").fetchall()
    made = []
    for one, text in rows:
        name = parse_name(text)
        parts = (name.surname, name.given, name.patronymic, next(iter(name.former_surnames), None)) if name else (None,) * 4
        made.append((one, *(part.rstrip(".") if part else None for part in parts)))
    return pd.DataFrame(made, columns=["id", "surname", "given", "patronymic", "former"])
