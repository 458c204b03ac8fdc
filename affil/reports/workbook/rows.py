"""Rows of the sheets that no CSV has: the steps behind every finding, the course of cases, the loaded files."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from affil.decisions.course import Event
from affil.model.finding import Contract, EvidencePath, Finding, Procedure, Step
from affil.model.run import Run, SourceRow
from affil.reports.case_rows import CaseRow
from affil.reports.decided import course_in
from affil.reports.findings_json import CONFIDENCE_DIGITS
from affil.reports.identity_text import identity_lines, namesakes_text
from affil.reports.phrases import detail_text, grade_text, label, relation_word, rule_title, source_text, step_sentence
from affil.reports.table_csv import Cells
from affil.reports.values import date_text
from affil.review.basis import purchases_of
from affil.words import Words


class StepRows:
    """A row for each step of each path of each finding, in the order of cases: how it was found, down to file and row."""

    def __init__(self, run: Run, words: Words) -> None:
        self._run, self._words = run, words
        self._told: dict[tuple[object, ...], Cells] = {}  # a step that many purchases share is put into words once

    def of(self, rows: tuple[CaseRow, ...]) -> Iterator[Cells]:
        """The rows below the headings `workbook.steps`."""
        for row in rows:
            for finding in row.purchase.findings:
                head = self._head(row, finding)
                for number, path in enumerate((finding.path, *finding.other_paths), start=1):
                    yield from self._path(head, number, path, finding, row.key)

    def _head(self, row: CaseRow, finding: Finding) -> Cells:
        purchase = _purchase_text(finding.contract, finding.procedure, self._words)
        return row.case.number, finding.id, finding.rule, rule_title(self._run, finding, self._words), purchase

    def _path(self, head: Cells, number: int, path: EvidencePath, finding: Finding, key: str) -> Iterator[Cells]:
        words = self._words
        grade, chance = grade_text(path, words), round(float(path.confidence), CONFIDENCE_DIGITS)
        assumed = "; ".join(label(words, "assumed", one) for one in path.assumed)
        for place, step in enumerate(path.steps, start=1):
            sure = round(float(step.confidence), CONFIDENCE_DIGITS)
            yield (*head, number, place, *self._step(step, finding), grade, assumed, sure, chance, finding.tie, key)

    def _step(self, step: Step, finding: Finding) -> Cells:
        official = finding.employee.name if finding.employee else None
        known = step, finding.relationship, finding.path.kinship, official
        if known not in self._told:
            self._told[known] = self._in_words(step, finding)
        return self._told[known]

    def _in_words(self, step: Step, finding: Finding) -> Cells:
        words = self._words
        relation, detail = relation_word(step, finding, words), detail_text(step, words)
        end = None if step.last_seen else step.valid_to  # an end nobody saw is told in words, not as a day
        ends = step.origin, relation, step.target, step.valid_from, end, detail
        decided = step.decided is not None and step.decided.verdict == "same"
        place = (source_text(step, words), "") if decided else (step.source.file, step.source.locator)
        return *ends, step_sentence(step, finding, words), *place, _support(step, words)


def step_count(rows: tuple[CaseRow, ...]) -> int:
    """How many rows `StepRows` gives."""
    paths = (path for row in rows for finding in row.purchase.findings for path in (finding.path, *finding.other_paths))
    return sum(len(path.steps) for path in paths)


def _purchase_text(contract: Contract | None, bid: Procedure | None, words: Words) -> str:
    number, day = (contract.number, contract.signed_on) if contract else (bid.number, bid.applied_on) if bid else (None, None)
    return words("workbook.purchase", number=number, date=date_text(day)) if number and day else number or date_text(day)


def _support(step: Step, words: Words) -> str:
    """Of a supposed identity the evidence line by line, and who else bears the name."""
    found = step.resemblance
    if found is None:
        return ""
    lines = identity_lines(found.evidence, step.confidence, words) if found.evidence else []
    return "\n".join(filter(None, [*lines, namesakes_text(found, words)]))


def course_rows(rows: tuple[CaseRow, ...], run: Run, words: Words) -> Iterator[Cells]:
    """For each case when it was found, every recorded event with the number of its entry, and an empty row to fill in."""
    by_case: dict[int, list[CaseRow]] = defaultdict(list)
    for row in rows:
        by_case[row.case.number].append(row)
    for of_case in by_case.values():
        yield from _course_of_case(of_case, run, words)


def _course_of_case(rows: list[CaseRow], run: Run, words: Words) -> Iterator[Cells]:
    case, tie = rows[0].case, rows[0].purchase.findings[0].tie
    head = case.number, label(words, "reports.priority", case.priority), case.near.name, case.far.name
    yield *head, words("workbook.event.found"), run.started.date(), *([None] * 13), tie, rows[0].key
    for event in course_in(run, tie).events:
        yield *head, *_event_cells(event, words), tie, _key_of(event, rows)
    yield *head, None, *([None] * 14), tie, rows[0].key


def _key_of(event: Event, rows: list[CaseRow]) -> str:
    """The key of the purchase an event is on, of the first where it is on the whole case or on several."""
    for row in rows:
        if any(set(event.purchases) & purchases_of(finding) for finding in row.purchase.findings):
            return row.key
    return rows[0].key


def _event_cells(event: Event, words: Words) -> Cells:
    told = words(f"course.outcome.{event.kind}.{event.outcome}") if event.outcome else None
    if event.kind == "identity" and event.outcome:
        told = words(f"match.entry.{event.outcome}")
    result = f"{event.kind}.{event.outcome}"
    return (
        words(f"workbook.event.{event.kind}"), event.on, event.number, event.by, event.due,
        words(f"workbook.scope.{'purchase' if event.purchases else 'case'}"), words.raw("workbook.result").get(result),
        told if event.kind == "identity" else None, "; ".join(event.documents), told if event.kind == "tie" else None,
        told if event.kind == "assessment" else None, event.assessed_by, told if event.kind == "measure" else None, event.why,
        str(event.entry),
    )  # fmt: skip


def course_count(rows: tuple[CaseRow, ...], run: Run) -> int:
    """How many rows `course_rows` gives."""
    ties = {row.case.number: row.purchase.findings[0].tie for row in reversed(rows)}
    return sum(2 + len(course_in(run, tie).events) for tie in ties.values())


def source_rows(run: Run, words: Words) -> Iterator[Cells]:
    """Every loaded file, by name."""
    for source in sorted(run.sources, key=lambda source: (source.file, source.sha256)):
        yield _source_row(source, words)


def _source_row(source: SourceRow, words: Words) -> Cells:
    taken = ", ".join(f"{label(words, 'page.taken', what)} {number}" for what, number in sorted(source.taken.items()) if number)
    notes = "\n".join(_note(note, words) for note in source.notes)
    return source.file, label(words, "page.source", source.kind), _days(source), taken, source.rejected, notes, source.sha256


def _days(source: SourceRow) -> dt.date | str:
    """The day the records speak of, or the first and the last one."""
    first, last = source.dated
    if first == last:
        return first or ""
    return f"{date_text(first)} — {date_text(last)}"


def _note(note: str, words: Words) -> str:
    """The sentence of a remark; one that the catalogue does not know stands as it is."""
    return words.note(note) if note.partition("|")[0] in words.raw("notes") else note
