"""What people decided, as the cells of a row of a case tell it (OFFICER 3.1): identity, tie, who, when, why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from affil.decisions.course import Course, Event
from affil.decisions.events import CLOSED, QUESTIONS
from affil.model.finding import Finding, Run
from affil.reports.table_csv import Cells
from affil.review.status import is_about
from affil.words import Words

NOTHING = ("",) * 5


def course_in(run: Run, tie: str) -> Course:
    """The course of a tie as the run knows it."""
    found: Any = run.courses.get(tie)
    return found if isinstance(found, Course) else Course(tie)


def decision_cells(course: Course, findings: Sequence[Finding], words: Words) -> Cells:
    """The newest answers on identity and tie that are about these findings; who decided last, when and why."""
    about = [event for event in course.events if any(is_about(event, finding) for finding in findings)]
    identity, tie = (_newest(about, kind) for kind in ("identity", "tie"))
    last = next((event for event in reversed(about) if event.of.question in QUESTIONS or event.status == CLOSED), None)
    if last is None:
        return NOTHING
    return (
        words(f"match.entry.{identity.outcome}") if identity else "",
        words(f"workbook.tie.{tie.outcome}") if tie else "",
        last.by, last.on, last.why,
    )  # fmt: skip


def _newest(events: Sequence[Event], kind: str) -> Event | None:
    return next((event for event in reversed(events) if event.kind == kind), None)
