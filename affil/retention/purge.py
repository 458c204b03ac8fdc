"""Destroying what is held about people: what would go, what would stay, and the going.

The file of the store is written anew after it; in which order all that is done stands in affil/retention/unfinished.py.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from affil.audit.numbers import forget_numbers
from affil.decisions.course import courses_of
from affil.decisions.entry import CASE, IDENTITY, PURGED, Entry
from affil.decisions.log import append, blanked, read_log
from affil.decisions.references import references_of
from affil.resolve.destroyed import DESTROYED, entry_of, salt_of
from affil.resolve.take_out import Quoting, TakenOut, take_out
from affil.retention.holds import HOLD
from affil.retention.named import Kept, people_of, still_named
from affil.retention.terms import Term, cases_of
from affil.store.rewrite import mark_for_rewriting
from affil.store.store import Store

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gone:
    """What goes with some officials: rows by table, numbers of the blanked entries of the decision log, how many person numbers.

    `quoting` finds them and their kin, and the kin of nobody, in texts; `of_registers`: how many of the rows came from ЕИС.
    """

    taken: TakenOut
    decisions: tuple[int, ...]
    numbers: int
    quoting: Quoting
    people: int
    of_registers: Counter[str]


def what_would_go(store: Store, people: Sequence[Term]) -> Gone:
    """The same as `destroy` tells, with nothing done."""
    with store.undone():
        return destroy(store, people, (), "", "", dt.datetime(2000, 1, 1))


def what_would_stay(store: Store, people: Sequence[Term], orphans: Collection[str]) -> tuple[Gone, tuple[Kept, ...]]:
    """The same with the kin of nobody, and what would still name them after it, with nothing done."""
    with store.undone():
        kin_of_nobody = _orphans(store, orphans)
        gone = destroy(store, people, orphans, "", "", dt.datetime(2000, 1, 1))
        went = [row for table in ("official", "relative") for row in gone.taken.went.get(table, ())]
        return gone, still_named(store, people_of([*went, *kin_of_nobody]))


def destroy(
    store: Store,
    people: Sequence[Term],
    orphans: Collection[str],
    by: str,
    why: str,
    now: dt.datetime,
    documents: tuple[str, ...] = (),
) -> Gone:
    """Delete the data of these officials and of their kin, blank what the log says of them, keep digests that know them again.

    `orphans`: sources whose kin of nobody goes too; `documents` name nobody. The transaction and linking in it are the caller's.
    """
    keys = {one.key for one in people}
    log = read_log(store)
    rows = store.rows("SELECT * FROM official WHERE official_key IN (SELECT unnest(CAST(? AS VARCHAR[])))", [sorted(keys)])
    numbers = _entries(store, log, people, keys)
    taken = take_out(store, keys)
    staying = _staying_references(store)
    own = taken.references - staying
    digests = numbers | {one.digest for one in log if one.kind == IDENTITY and _speaks_of(one, own, staying)}
    gone = blanked(store, digests, by or "affil purge", now)
    forgotten = forget_numbers(store, own)
    kin_of_nobody = _orphans(store, orphans)
    for source_id in orphans:
        store.sql("DELETE FROM relative WHERE source_id = ? AND link_problem = 'official_not_found'", [source_id])
    theirs = people_of(kin_of_nobody)
    quoting = Quoting(taken.names | {one.name_key for one in theirs}, taken.inns.union(*(one.inns for one in theirs)))
    _rename_sources(store, quoting)
    if rows:
        append(store, [entry_of(rows, taken.sources, salt_of(log), by or "affil purge", why, now, documents)])
    mark_for_rewriting(store)
    return Gone(taken, tuple(gone), len(forgotten), quoting, len(people), _of_registers(store, taken))


def _orphans(store: Store, sources: Collection[str]) -> list[Row]:
    """The rows of kin of nobody that these sources brought."""
    return store.rows(
        """SELECT * FROM relative WHERE link_problem = 'official_not_found'
        AND source_id IN (SELECT unnest(CAST(? AS VARCHAR[])))""",
        [sorted(sources)],
    )


def _of_registers(store: Store, taken: TakenOut) -> Counter[str]:
    """How many of the rows that go were told by ЕИС, by table: they are deleted with the rest, and it is told."""
    public = {source_id for (source_id,) in store.sql("SELECT source_id FROM source WHERE kind = 'eis'").fetchall()}
    return Counter(table for table, rows in taken.went.items() for row in rows if row["source_id"] in public)


def _entries(store: Store, log: Sequence[Entry], people: Sequence[Term], keys: Collection[str]) -> set[str]:
    """Entries on their cases and on holds of theirs."""
    courses = courses_of(log)
    ties = {course.tie for one in people for course in cases_of(courses, one.key, one.name)}
    return {
        one.digest
        for one in log
        if one.verdict != PURGED
        and ((one.kind in (CASE, HOLD) and one.subject in ties) or (one.kind == HOLD and one.facts.get("key") in keys))
    }


def _staying_references(store: Store) -> set[str]:
    """What those who stay in the store as officials and as their kin are known by."""
    return {
        reference
        for kind, table in (("official", "official"), ("relative", "relative"))
        for row in store.rows(f"SELECT * FROM {table}")
        for reference in references_of(kind, row)
    }


def _speaks_of(entry: Entry, own: Collection[str], staying: Collection[str]) -> bool:
    """A side is one of theirs and nobody's who stays."""
    return any(set(side.references) & set(own) and not set(side.references) & set(staying) for side in entry.sides)


def _rename_sources(store: Store, quoting: Quoting) -> None:
    """A file called after the person is called by its hash; its bytes are still known as loaded."""
    for table in ("source", "forgotten"):
        for source_id, file in store.sql(f"SELECT source_id, file FROM {table}").fetchall():
            if quoting.found_in(file):
                folder, _, name = file.rpartition("/")
                ending = Path(name).suffix
                plain = folder if not quoting.found_in(folder) else "inbox"
                store.sql(
                    f"UPDATE {table} SET file = ? WHERE source_id = ?",
                    [f"{plain}/{source_id}{ending}", source_id],
                )
    for source_id, notes in store.sql("SELECT source_id, notes FROM source").fetchall():
        if quoting.found_in(notes):
            store.sql("UPDATE source SET notes = '[]' WHERE source_id = ?", [source_id])
    for row in store.rows("SELECT DISTINCT heading FROM heading"):
        if quoting.found_in(row["heading"]):
            store.sql("DELETE FROM heading WHERE heading = ?", [row["heading"]])


def empty_run(folder: Path) -> None:
    """Delete everything in the folder of a run but its manifest, which names no person."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != "manifest.json":
            path.unlink()


__all__ = ["DESTROYED", "Gone", "destroy", "empty_run", "what_would_go", "what_would_stay"]
