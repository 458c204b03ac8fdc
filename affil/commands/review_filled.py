"""What the rows of a filled workbook say: events not in the log yet, and what is wrong with their cells."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from affil.commands.review_desk import Desk, Item
from affil.commands.review_lists import heading_of, keys_by_words, outcomes_by_words, spoken_here, texts_of
from affil.commands.review_told import Told, contradictions, merged
from affil.decisions.course import Event, event_of
from affil.decisions.entry import CASE, UNDO
from affil.decisions.events import event_kinds
from affil.decisions.log import of_kind
from affil.reports.case_rows import row_key
from affil.reports.cases import Purchase
from affil.reports.decided import decision_cells
from affil.reports.workbook.filled import COURSE, DECISIONS, KEY, TIE, CellFault, FilledRow, day_in, text_in
from affil.review.basis import contract_keys
from affil.words import LANGUAGES, Words

ROW_KEY = re.compile(r"K-[0-9a-f]{12}")
FOUND = "found"
ANSWERED_IN = {"identity": "identity", "tie": "tie", "assessment": "assessment", "measure": "measure"}
DOCUMENTED = "tie"  # the number of the paper is what establishes it

Found = tuple[list[Told], list[CellFault], list[str]]


def told_in(desk: Desk, rows: Sequence[FilledRow]) -> Found:
    """The events that are not in the log; the faults by cell; remarks on what was taken back before and is not added again."""
    reading = _Reading(desk)
    told = [one for row in rows for one in reading.row(row)]
    faults = [*reading.faults, *contradictions(told)]
    return list(merged(told)), faults, reading.notes


class _Reading:
    def __init__(self, desk: Desk) -> None:
        self.desk, self.words = desk, desk.words
        self.rows = {row_key(one.findings[0], one): (item, one) for item in desk.items for one in item.case.purchases}
        self.faults: list[CellFault] = []
        self.notes: list[str] = []
        self.entries = {entry.number: entry for entry in desk.log}
        self.gone = {entry.undoes for entry in desk.log if entry.undoes}
        self.events: dict[str, list[Event]] = defaultdict(list)
        for entry in of_kind(desk.log, CASE):
            if entry.verdict != UNDO:
                self.events[entry.subject].append(event_of(entry))

    def row(self, row: FilledRow) -> Iterator[Told]:
        """The events of a row."""
        if row.kind == COURSE and self._is_history(row):
            return
        if not row.is_filled("event", "scope") and not row.cells.get("scope"):
            return
        before = len(self.faults)
        texts = {name: self._text(row, name) for name in (*row.columns,) if name not in ("on", "due", KEY, TIE)}
        days = {name: self._day(row, name) for name in ("on", "due")}
        if row.kind == COURSE and texts.get("event") in texts_of("workbook.event", FOUND) and not texts.get("by"):
            del self.faults[before:]
            return
        where = self._where(row)
        if where is None or len(self.faults) > before:
            return
        item, purchase, key = where
        shown = decision_cells(item.course, purchase.findings, self.words)
        if row.kind == DECISIONS and _is_as_printed(texts, days["on"], shown, item, purchase):
            return
        for name, told in (("by", texts.get("by")), ("on", days["on"])):
            if not told:
                self._fault(row, name, "no_by" if name == "by" else "no_date", heading=heading_of(row, name, self.words))
        if len(self.faults) > before:
            return
        made = self._decisions if row.kind == DECISIONS else self._event
        for one in made(row, texts, item, key, days):
            if one.is_of_row:
                keys = _purchase_keys(purchase)
                one = replace(one, purchases=frozenset(keys))
            if not self._is_written(one, row.kind):
                yield one

    def _is_history(self, row: FilledRow) -> bool:
        """A row the program wrote: it must say what the entry says."""
        cell = row.cells.get("entry")
        told = str(int(cell)) if isinstance(cell, float | int) and not isinstance(cell, bool) else str(cell or "").strip()
        if not told:
            return False
        entry = self.entries.get(int(told)) if told.isascii() and told.isdecimal() else None
        if entry is None or entry.kind != CASE or entry.verdict == UNDO:
            self._fault(row, "entry", "unknown_entry", number=told)
        elif entry.verdict != "purged":
            self._compare(row, event_of(entry), told)
        return True

    def _compare(self, row: FilledRow, event: Event, number: str) -> None:
        before = len(self.faults)
        told = {name: self._text(row, name) for name in ("by", "number", "why") if name in row.columns}
        days = {name: self._day(row, name) for name in ("on", "due") if name in row.columns}
        if len(self.faults) > before:
            return
        wanted = {"by": event.by, "number": event.number, "why": event.why}
        wrong = [name for name, text in told.items() if text != wanted[name]]
        wrong += [name for name, day in days.items() if day != {"on": event.on, "due": event.due}[name]]
        wrong += [
            name for name in ("identity", "tie", "assessment", "measure")
            if name in row.columns and self._changed(row, name, event)
        ]  # fmt: skip
        for name in wrong:
            self._fault(row, name, "history", number=number)

    def _changed(self, row: FilledRow, name: str, event: Event) -> bool:
        told = self._text(row, name)
        outcome = outcomes_by_words(name).get(told) if told else None
        return outcome != (event.outcome if event.kind == name else None)

    def _where(self, row: FilledRow) -> tuple[Item, Purchase, str] | None:
        """The case and the purchase of the row, by its key alone."""
        key = self._text(row, KEY)
        if not key:
            if key == "":
                self._fault(row, KEY, "no_key")
            return None
        if not ROW_KEY.fullmatch(key):
            self._fault(row, KEY, "bad_key", found=key)
            return None
        if key not in self.rows:
            self._fault(row, KEY, "unknown_key", found=key)
            return None
        item, purchase = self.rows[key]
        tie = self._text(row, TIE) if TIE in row.columns else ""
        if tie and tie != item.tie:
            self._fault(row, TIE, "other_tie", found=tie, expected=item.tie)
            return None
        return item, purchase, key

    def _decisions(
        self, row: FilledRow, texts: dict[str, str], item: Item, key: str, days: dict[str, dt.date | None]
    ) -> Iterator[Told]:
        """Of the sheet of cases: who it is holds for the whole case, what the tie is for this purchase."""
        found = {kind: self._outcome(row, kind, texts[kind]) for kind in ("identity", "tie") if texts.get(kind)}
        told = texts["by"], days["on"], texts.get("why", "")
        if not found and not any((event.by, event.on, event.why) == told for event in self.events[item.tie]):
            heading = heading_of(row, "identity", self.words)
            self._fault(row, "identity", "no_outcome", event=self.words("course.event.identity"), heading=heading)
        for kind, outcome in found.items():
            if outcome is not None and days["on"] is not None:
                why = texts.get("why", "")
                documents = (why,) if kind == DOCUMENTED and why else ()
                yield Told(item, frozenset({key}), kind, outcome, texts["by"], days["on"], why, row.place(kind),
                           documents, is_of_row=kind == "tie", is_event=False)  # fmt: skip

    def _event(
        self, row: FilledRow, texts: dict[str, str], item: Item, key: str, days: dict[str, dt.date | None]
    ) -> Iterator[Told]:
        kind = self._choice(row, "event", texts.get("event", ""), keys_by_words("workbook.event"))
        if kind is None or days["on"] is None:
            return
        if kind == FOUND:
            self._fault(row, "event", "found")
            return
        outcome = self._outcome_of(row, kind, texts)
        if outcome is None and event_kinds()[kind].outcomes:
            return
        scope = self._choice(row, "scope", texts["scope"], keys_by_words("workbook.scope")) if texts.get("scope") else "case"
        number = texts.get("number", "")
        document = texts.get("documents", "") if kind == "identity" else number if kind == DOCUMENTED else ""
        yield Told(
            item, frozenset({key}), kind, outcome, texts["by"], days["on"], texts.get("why", ""), row.place("event"),
            (document,) if document else (), number, days["due"], texts.get("assessed_by", ""), is_of_row=scope == "purchase",
        )  # fmt: skip

    def _outcome_of(self, row: FilledRow, kind: str, texts: dict[str, str]) -> str | None:
        """The answer of an event of the sheet of events: each question has a column of its own, the others share one."""
        if not event_kinds()[kind].outcomes:
            return None
        column = ANSWERED_IN.get(kind, "result")
        if not texts.get(column):
            event = self.words(f"course.event.{kind}")
            self._fault(row, column, "no_outcome", event=event, heading=heading_of(row, column, self.words))
            return None
        if column != "result":
            return self._outcome(row, column, texts[column])
        told = self._choice(row, column, texts[column], keys_by_words("workbook.result"))
        if told is None:
            return None
        event, _, outcome = told.partition(".")
        if event != kind:
            self._fault(row, column, "other_outcome", found=texts[column], event=self.words(f"course.event.{kind}"))
            return None
        return outcome

    def _outcome(self, row: FilledRow, kind: str, text: str) -> str | None:
        return self._choice(row, kind, text, outcomes_by_words(kind))

    def _choice(self, row: FilledRow, name: str, text: str, known: dict[str, str]) -> str | None:
        """The key of a word of a drop-down; letters may be of any size."""
        found = known.get(" ".join(text.casefold().split()))
        if found is None:
            self._fault(row, name, "not_in_list", found=text, expected=", ".join(dict.fromkeys(spoken_here(known, self.words))))
        return found

    def _is_written(self, told: Told, kind: str) -> bool:
        """Whether the log has it, also where it was taken back since; a row of cases tells of two answers who gave the last."""
        about = [e for e in self.events[told.item.tie] if not (e.purchases and told.purchases) or told.purchases & {*e.purchases}]
        by_whom = (told.by, told.on, told.why)
        same = [e for e in about if (e.kind, e.outcome) == (told.kind, told.outcome)]
        exact = [e for e in same if (e.by, e.on, e.why) == by_whom and (kind == DECISIONS or e.number == told.number)]
        if exact and all(e.digest in self.gone or e.identity in self.gone for e in exact):
            where = self.words("review.import.where", sheet=told.place.sheet, cell=told.place.cell)
            self.notes.append(self.words("review.import.undone", where=where))
        if exact or kind != DECISIONS:
            return bool(exact)
        return bool(same) and any((e.by, e.on, e.why) == by_whom for e in about)

    def _text(self, row: FilledRow, name: str) -> str:
        if name not in row.columns or name == "entry":
            return ""
        return self._kept(text_in(row, name)) or ""

    def _day(self, row: FilledRow, name: str) -> dt.date | None:
        if name not in row.columns:
            return None
        found = day_in(row, name)
        if isinstance(found, CellFault):
            self.faults.append(found)
            return None
        return found

    def _kept(self, found: str | CellFault) -> str | None:
        if isinstance(found, CellFault):
            self.faults.append(found)
            return None
        return found

    def _fault(self, row: FilledRow, name: str, key: str, **params: str) -> None:
        self.faults.append(CellFault(row.place(name), key, params))


def _purchase_keys(purchase: Purchase) -> set[str]:
    keys = contract_keys(purchase.contract) if purchase.contract is not None else set[str]()
    return keys | ({f"procedure:{purchase.procedure.number}"} if purchase.procedure is not None else set())


def _is_as_printed(texts: dict[str, str], on: dt.date | None, shown: Sequence[object], item: Item, purchase: Purchase) -> bool:
    """True where the row says what the program would print now, in either language."""
    in_each = [shown, *(decision_cells(item.course, purchase.findings, Words(lang)) for lang in LANGUAGES)]
    told = (texts.get("identity", ""), texts.get("tie", ""), texts.get("by", ""), on or "", texts.get("why", ""))
    return any(told == tuple(cells) for cells in in_each)
