"""What a person has still to do on a case: keys of `course.to_do`, the next thing first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from affil.decisions.course import Course, Event
from affil.decisions.events import CLOSED, OPEN, REOPENED, SEEN
from affil.model.finding import Finding
from affil.review.basis import are_known
from affil.review.four_eyes import agreed
from affil.review.status import Standing
from affil.settings import Reviewer

SURE = ("P", "A", "B")  # grades of an identity nobody need look into


@dataclass(frozen=True, slots=True)
class ToDo:
    """What is open on a case. `steps`: keys of `course.to_do`; `due`: the event whose day comes next; `overdue`: it is past."""

    steps: tuple[str, ...]
    due: Event | None
    overdue: bool = False


def to_do(
    course: Course, found: Sequence[tuple[Finding, Standing]], today: dt.date, reviewers: Sequence[Reviewer] | None = None
) -> ToDo:
    """What is left on the case these findings make, each with how it stands; nothing where all of them are closed.

    `reviewers` are those of the four-eyes mode, None where it is off.
    """
    left = [(finding, standing) for finding, standing in found if standing.status != CLOSED]
    if not left:
        return ToDo((), None)
    due = course.due_by(lambda event: event.status == CLOSED and (reviewers is None or agreed(event, course.events, reviewers)))
    steps = list(_steps(course, left))
    return ToDo(tuple(steps), due, due is not None and due.due is not None and due.due < today)


def _steps(course: Course, left: Sequence[tuple[Finding, Standing]]) -> list[str]:
    waits = {standing.waits for _, standing in left}
    for told in ("disagreement", "second"):
        if told in waits:
            return [told]
    steps = []
    if is_unseen(course, [finding for finding, _ in left]):
        steps.append(SEEN)
    if any(standing.status == REOPENED for _, standing in left):
        steps.append(REOPENED)
    answers = course.answers
    if "identity" not in answers and any(finding.path.identity_grade not in SURE for finding, _ in left):
        steps.append("identity")
    if any(standing.status == OPEN for _, standing in left) and not course.latest("asked"):
        steps.append("asked")
    asked, answered = course.latest("asked"), course.latest("answered")
    if asked and (answered is None or answered.order < asked.order):
        steps.append("answered")
    steps += [question for question in ("tie", "assessment", "measure") if question not in answers]
    return [*steps, CLOSED]


def is_unseen(course: Course, findings: Sequence[Finding]) -> bool:
    """True where one of the findings was shown to nobody yet: no event is about its purchases."""
    return any(not any(are_known(finding, event.known) for event in course.events) for finding in findings)
