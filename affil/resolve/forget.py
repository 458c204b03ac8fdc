"""Taking sources back: their rows go, what they had replaced is in force again, and the program will not load them by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from affil.decisions.log import effective, read_log
from affil.decisions.references import references_of
from affil.resolve.link import link_anew
from affil.store.remove import remove_sources, tables_of_sources
from affil.store.store import Store

# What the mentions of these tables are called in references (affil/decisions/references.py).
_MENTIONS = {
    "official": "official", "relative": "relative", "registry_tie": "tie", "proprietor": "proprietor", "contract": "contract",
    "participant": "participant", "participant_person": "disclosed",
}  # fmt: skip
_NO_RECORDS = {"source", "reject", "heading"}
_SHORTEST_HASH = 8


@dataclass(frozen=True, slots=True)
class Gone:
    """What goes with some sources: (file, source id) of each, records by table, officials nobody speaks of any more by name.

    `restored`: rows that are in force again; `unlinked`: rows left without their official; `decisions`: numbers of entries of the
    log that speak of a person in these files. They stay, and hold for other files that name him.
    """

    sources: tuple[tuple[str, str], ...]
    rows: dict[str, int] = field(default_factory=dict)
    officials: tuple[str, ...] = ()
    restored: int = 0
    unlinked: int = 0
    decisions: tuple[int, ...] = ()


def sources_named(store: Store, names: Sequence[str]) -> list[tuple[str, str]]:
    """(file, source id) of the sources a person may mean: a file as `load` told it, all in a folder or an archive, a hash or its
    first eight signs or more; where none of these fits, the last part of a file's name. `names`: ways to write what was given.
    """
    known: list[tuple[str, str, str]] = store.sql("SELECT file, source_id, sha256 FROM source ORDER BY ALL").fetchall()
    wanted = {name.replace("\\", "/").rstrip("/") for name in names if name.strip("/\\")}
    inside = tuple(f"{name}{sign}" for name in wanted for sign in "/!")
    found = [one for one in known if one[0] in wanted or (inside and one[0].startswith(inside))]
    hashes = tuple(name.casefold() for name in wanted if len(name) >= _SHORTEST_HASH)
    found = found or [one for one in known if hashes and one[2].startswith(hashes)]
    found = found or [one for one in known if one[0].rpartition("/")[2] in wanted]
    return [(file, source_id) for file, source_id, _ in found]


def what_would_go(
    store: Store, sources: Sequence[tuple[str, str]], default_employer: str | None, without_basis: Collection[str] = ()
) -> Gone:
    """The same as `forget` tells, with nothing done."""
    with store.undone():
        return forget(store, sources, default_employer, dt.datetime(2000, 1, 1), without_basis)


def forget(
    store: Store, sources: Sequence[tuple[str, str]], default_employer: str | None, now: dt.datetime,
    without_basis: Collection[str] = (),
) -> Gone:  # fmt: skip
    """Take the sources back in one transaction; links and what replaces what are found anew. What went is told.

    `default_employer`, `without_basis`: as for `link`. Decisions stay: the log is only added to.
    """
    ids = sorted({source_id for _, source_id in sources})
    with store.transaction():
        decisions = _decisions_on(store, ids)
        officials, replaced, unlinked = _officials(store), _replaced(store, ids), _unlinked(store)
        _remember(store, ids, now)
        rows = remove_sources(store, ids)
        # As if these files had never been loaded: the next load has the number it would have had.
        store.sql(
            "UPDATE source SET batch = n FROM (SELECT batch AS b, dense_rank() OVER (ORDER BY batch) AS n FROM source) WHERE batch = b AND n <> b"
        )
        link_anew(store, default_employer, without_basis)
        return Gone(
            tuple(sorted(sources)), {table: number for table, number in rows.items() if table not in _NO_RECORDS},
            tuple(sorted(name for name, _ in officials - _officials(store))),
            len(replaced - _replaced(store, ids)), len(_unlinked(store) - unlinked), tuple(decisions),
        )  # fmt: skip


def _remember(store: Store, ids: list[str], now: dt.datetime) -> None:
    store.sql(
        """
        INSERT OR REPLACE INTO forgotten SELECT source_id, sha256, file, CAST($now AS TIMESTAMP) FROM source
        WHERE source_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))""",
        {"now": now.isoformat(), "ids": ids},
    )


def _officials(store: Store) -> set[tuple[str, str]]:
    """(name, what tells him from a namesake) of everybody in force."""
    rows = store.sql("""
        SELECT coalesce(name, ''), concat_ws('|', coalesce(name_key, name), ltrim(employee_id, '0'), CAST(birth_date AS VARCHAR), employer_inn)
        FROM official_in_force""").fetchall()
    return set(rows)


def _replaced(store: Store, without: list[str]) -> set[tuple[str, str, str]]:
    """(table, source, locator) of the replaced rows of other sources."""
    found: set[tuple[str, str, str]] = set()
    for table in tables_of_sources(store, "superseded_by"):
        rows = store.sql(
            f"SELECT source_id, locator FROM {table} WHERE superseded_by IS NOT NULL AND source_id NOT IN (SELECT unnest(CAST(? AS VARCHAR[])))",
            [without],
        ).fetchall()
        found |= {(table, source_id, locator) for source_id, locator in rows}
    return found


def _unlinked(store: Store) -> set[tuple[str, str, str]]:
    found: set[tuple[str, str, str]] = set()
    for table in set(tables_of_sources(store, "link_problem")) - {"search"}:
        rows = store.sql(f"SELECT source_id, locator FROM {table}_in_force WHERE link_problem IS NOT NULL").fetchall()
        found |= {(table, source_id, locator) for source_id, locator in rows}
    return found


def _decisions_on(store: Store, ids: list[str]) -> list[int]:
    """Numbers of the decisions in force that call a person as these sources do."""
    decisions = effective(read_log(store))
    if not decisions:
        return []
    called = {reference for kind, row in _persons(store, ids) for reference in references_of(kind, row)}
    return sorted(one.number for one in decisions if any(called & set(side.references) for side in one.sides))


def _persons(store: Store, ids: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for table, kind in _MENTIONS.items():
        for row in store.rows(f"SELECT * FROM {table} WHERE source_id IN (SELECT unnest(?))", [ids]):
            yield kind, row
