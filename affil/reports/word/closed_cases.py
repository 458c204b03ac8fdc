"""The cases of a memo that were closed before: apart from those to be dealt with, each with its decision, paper and day."""

from __future__ import annotations

from collections.abc import Sequence

from affil.decisions.course import Event
from affil.decisions.events import CLOSED
from affil.model.run import Run
from affil.reports.cases import Case
from affil.reports.decided import course_in, event_parts
from affil.reports.word.case_tables import ROWS_SHOWN
from affil.reports.word.case_text import end_text
from affil.reports.word.given import spaced
from affil.reports.word.paper import Paper
from affil.review.status import is_about
from affil.words import Words

WIDTHS = (1, 4, 3.6, 4.4, 2.6, 2.4)


def is_closed(case: Case) -> bool:
    """True where every finding of the case is closed."""
    return all(finding.status == CLOSED for finding in case.findings)


def write_closed(paper: Paper, cases: Sequence[Case], run: Run, words: Words) -> None:
    """A subheading and a table of these cases; nothing where there are none."""
    if not cases:
        return
    paper.subheading(words("memo.closed.heading"))
    paper.text(words("memo.closed.lead", number=spaced(len(cases))))
    paper.table(words.raw("memo.closed.headings"), [_row(case, run, words) for case in cases[:ROWS_SHOWN]], WIDTHS, size=9)
    if len(cases) > ROWS_SHOWN:
        paper.text(words("memo.closed.only_file", number=spaced(len(cases) - ROWS_SHOWN)), indent=False, size=11)


def _row(case: Case, run: Run, words: Words) -> tuple[str, ...]:
    last = closing_event(case, run)
    ends = end_text(case.near, words), end_text(case.far, words)
    if last is None:
        return str(case.number), *ends, "", "", ""
    told = event_parts(last, words)
    paper = "; ".join(text for text in (last.number, *last.documents) if text)
    return str(case.number), *ends, told["what"] + told["outcome"] + told["why"], paper or "—", f"{told['on']}, {told['by']}"


def closing_event(case: Case, run: Run) -> Event | None:
    """The newest event that closed the case, as the run knows its course; None where the run does not."""
    ties = dict.fromkeys(finding.tie for finding in case.findings)
    events = [event for tie in ties for event in course_in(run, tie).events if event.status == CLOSED]
    about = [event for event in events if any(is_about(event, finding) for finding in case.findings)]
    return max(about, key=lambda event: event.order, default=None)
