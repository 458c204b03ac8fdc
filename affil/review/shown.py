"""What of the course of cases the documents of a run show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from affil.decisions.course import Course, courses_of
from affil.decisions.entry import Entry
from affil.decisions.events import REOPENED
from affil.model.finding import Finding
from affil.review.basis import Extracts
from affil.review.changed import Change
from affil.review.four_eyes import visible_to
from affil.review.status import standing_of
from affil.settings import Reviewer

NOBODY = ""


def shown_courses(log: Iterable[Entry], reviewers: Sequence[Reviewer] | None) -> dict[str, Course]:
    """The course of every tie; in the four-eyes mode without what one reviewer decided alone: the second would read it here."""
    courses = courses_of(log)
    if reviewers is None:
        return courses
    return {tie: visible_to(course, NOBODY, reviewers) for tie, course in courses.items()}


def changed(findings: Iterable[Finding], log: Iterable[Entry], extracts: Extracts) -> dict[str, tuple[Change, ...]]:
    """What has changed since a case was closed, by id of each finding that is reopened."""
    courses = courses_of(log)
    reopened = (one for one in findings if one.status == REOPENED)
    return {one.id: standing_of(one, courses[one.tie], extracts).changes for one in reopened}
