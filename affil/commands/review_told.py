"""Events that rows of a filled workbook tell: those that contradict one another, and those that are one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from affil.commands.review_desk import Item
from affil.decisions.events import event_kinds
from affil.reports.case_rows import row_key
from affil.reports.workbook.filled import CellFault, Place

EXCLUSIVE = ("identity", "tie", "assessment", "closed")  # one answer a day; measures may be several


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the workbook. `keys` are those of its rows, `purchases` those it is on, empty for the whole case."""

    item: Item
    keys: frozenset[str]
    kind: str
    outcome: str | None
    by: str
    on: dt.date
    why: str
    place: Place
    documents: tuple[str, ...] = ()
    number: str = ""
    due: dt.date | None = None
    assessed_by: str = ""
    purchases: frozenset[str] = frozenset()
    is_of_row: bool = False
    is_event: bool = True

    @property
    def said(self) -> tuple[object, ...]:
        """What is said, whichever row says it."""
        return (self.item.tie, self.kind, self.outcome, self.by, self.on, self.why, self.documents, self.number, self.due,
                self.assessed_by)  # fmt: skip

    @property
    def order(self) -> tuple[object, ...]:
        """Sort key in which the place of a row plays no part."""
        return (self.on, self.item.tie, list(event_kinds()).index(self.kind), self.outcome or "", self.by, self.why, self.number,
                self.documents, self.due or dt.date.min, self.assessed_by, sorted(self.keys))  # fmt: skip


def contradictions(told: Sequence[Told]) -> Iterator[CellFault]:
    """Faults of rows of one key, or of one case where the question is who it is, that say different things of one question."""
    first: dict[tuple[object, ...], Told] = {}
    for one in sorted(told, key=lambda one: (one.order, one.place.sheet, one.place.cell)):
        if one.kind not in EXCLUSIVE:
            continue
        whose = one.item.tie if one.kind == "identity" else tuple(sorted(one.keys))
        before = first.setdefault((one.kind, whose, one.is_event and one.on), one)
        if before.outcome != one.outcome:
            what = "what_case" if one.kind == "identity" else "what_purchase"
            told_ = {"other": before.place.cell, "what": what, "found": _word(one), "before": _word(before)}
            yield CellFault(one.place, "contradicts", told_)


def _word(told: Told) -> str:
    return f"course.outcome.{told.kind}.{told.outcome}"


def merged(told: Iterable[Told]) -> Iterator[Told]:
    """Rows that say the same of one case are one event; on all its purchases it is on the whole case."""
    groups: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for one in told:
        groups[(*one.said, one.is_of_row)].append(one)
    for same in groups.values():
        first = min(same, key=lambda one: (one.place.sheet, len(one.place.cell), one.place.cell))
        keys = frozenset(key for one in same for key in one.keys)
        every = {row_key(purchase.findings[0], purchase) for purchase in first.item.case.purchases}
        whole = not first.is_of_row or (keys == every and first.kind == "tie")
        purchases = frozenset[str]() if whole else frozenset(key for one in same for key in one.purchases)
        yield replace(first, keys=keys, purchases=purchases)
