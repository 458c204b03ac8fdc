"""Officials of one name whom a list without numbers and birth dates keeps in different departments or posts: two persons, not one.

Merged, the kin of one would become the kin of the other. Kept apart, a row of kin that gives the bare name is told as fitting both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from affil.ingest.vocabulary.vocabulary import plain
from affil.store.store import Store

Row = dict[str, Any]
_BARE = """
    SELECT source_id, locator, official_key, inn, coalesce(department, unit) AS department, position FROM official
    WHERE superseded_by IS NULL AND employee_id IS NULL AND birth_date IS NULL AND birth_year IS NULL AND NOT coalesce(beside_kin, false)"""


def part_namesakes(store: Store) -> None:
    """Add department and post to the keys of officials whom one source names twice under different ones.

    Rows of one ИНН are one person. A row that may be either of two namesakes keeps the bare key. Keys must be set before.
    """
    rows = store.rows(f"""
        WITH bare AS ({_BARE})
        SELECT * FROM bare WHERE official_key IN (SELECT official_key FROM bare GROUP BY source_id, official_key HAVING count(*) > 1)""")
    by_key: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_key[row["official_key"]].append(row)
    apart = [one for namesakes in by_key.values() if _told_in_one_source(namesakes) for one in _keys(namesakes)]
    if apart:
        store.temporary("apart", {"source_id": "VARCHAR", "locator": "VARCHAR", "official_key": "VARCHAR"}, apart)
        store.sql("""
            UPDATE official SET official_key = apart.official_key FROM apart
            WHERE official.source_id = apart.source_id AND official.locator = apart.locator""")


def _told_in_one_source(rows: Sequence[Row]) -> bool:
    """Lists of different days may give one person two posts, one after the other; one list does not."""
    return any(one["source_id"] == other["source_id"] and _differ(one, other) for one, other in combinations(rows, 2))


def _keys(rows: Sequence[Row]) -> Iterable[tuple[str, str, str]]:
    """(source, locator, key) of the rows that are surely one of the namesakes."""
    persons: list[Row] = []
    for row in sorted(rows, key=lambda row: (-sum(map(bool, _told(row))), [part or "" for part in _told(row)])):
        fitting = [one for one in persons if not _differ(one, row)]
        if not fitting:
            persons.append(row)
            fitting = [row]
        if len(fitting) == 1:
            told = "|".join(part or "" for part in _told(fitting[0]))
            yield row["source_id"], row["locator"], f"{row['official_key']}|{told}"


def _told(row: Row) -> tuple[str | None, ...]:
    return row["inn"], plain(row["department"] or "") or None, plain(row["position"] or "") or None


def _differ(one: Row, other: Row) -> bool:
    """True where ИНН, else department or post tell two persons; «директор» and «директор школы» are one post."""
    if one["inn"] and other["inn"]:
        return bool(one["inn"] != other["inn"])
    pairs = list(zip(_told(one)[1:], _told(other)[1:], strict=True))
    return any(a and b and not a.startswith(b) and not b.startswith(a) for a, b in pairs)
