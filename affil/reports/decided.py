"""What people decided, as the cells of a row of a case tell it (OFFICER 3.1): identity, tie, who, when, why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from affil.decisions.course import Course, Event
from affil.decisions.events import CLOSED, QUESTIONS
from affil.model.finding import Finding
from affil.model.run import Run
from affil.reports.course_text import change_text, outcome_text
from affil.reports.table_csv import Cells
from affil.reports.values import date_text
from affil.review.recorded import number_in
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


def event_text(event: Event, words: Words) -> str:
    """One event of a course in a sentence: when, what, on which paper, by when to act, who, why."""
    paper = words("review.case.event_paper", number=event.number) if event.number else ""
    paper += words("review.case.event_documents", text="; ".join(event.documents)) if event.documents else ""
    paper += words("review.case.event_assessed", who=event.assessed_by) if event.assessed_by else ""
    numbers = ", ".join(sorted({number_in(key) or key for key in event.purchases}))
    paper += words("review.case.event_purchases", text=numbers) if numbers else ""
    due = words("review.case.event_due", day=date_text(event.due)) if event.due else ""
    return words("review.case.event_text", paper=paper, due=due, **event_parts(event, words))


def event_parts(event: Event, words: Words) -> dict[str, str]:
    """What of an event every text tells: what, its answer, the day, who, why."""
    outcome = outcome_text(event, words)
    return {
        "what": words(f"course.event.{event.kind}"),
        "outcome": words("review.case.event_outcome", text=outcome) if outcome else "",
        "on": date_text(event.on), "by": event.by, "why": words("review.case.event_why", text=event.why) if event.why else "",
    }  # fmt: skip


def changes_in(run: Run, findings: Sequence[Finding], words: Words) -> list[str]:
    """What has changed since the case of these findings was closed, each change once."""
    changes = (change for finding in findings for change in run.changed.get(finding.id, ()))
    return list(dict.fromkeys(change_text(change, words) for change in changes))
