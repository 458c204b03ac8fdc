"""Whose data are past their term on a day, whose are not, and of whom it cannot be said: nobody is destroyed by a guess."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from affil.audit.cut import past
from affil.decisions.course import Course, courses_of
from affil.decisions.entry import Entry
from affil.decisions.events import CLOSED
from affil.retention.holds import Hold, holds_of
from affil.settings import Retention
from affil.store.store import Store

Row = dict[str, Any]
PAST, RUNNING, UNKNOWN, HELD, OPEN_CASE = "past", "running", "unknown", "held", "open_case"
CANDIDATE, FORMER = "candidate", "former servant"
RUN_STAMP = "%Y-%m-%d_%H-%M-%S"


@dataclass(frozen=True, slots=True)
class Term:
    """One official's term: `since` the day it runs from, `until` its last day; `reason` is a key of `retention.reason`."""

    key: str
    employee_id: str
    employer: str
    name: str
    status: str | None
    state: str
    reason: str
    since: dt.date | None = None
    until: dt.date | None = None
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything kept that has a term. `orphans`: (source, file, rows of kin that belong to nobody, loaded on) past their term;
    `runs`: folders of runs past it; `log_entries`: entries at the beginning of the access log past it, which hold no name.
    """

    as_of: dt.date
    people: tuple[Term, ...]
    orphans: tuple[tuple[str, str, int, dt.date], ...] = ()
    runs: tuple[str, ...] = ()
    log_entries: int = 0
    held: tuple[Hold, ...] = field(default=())

    def of_state(self, *states: str) -> list[Term]:
        """Those of these states."""
        return [one for one in self.people if one.state in states]


def terms(store: Store, kept: Retention, as_of: dt.date, log: Sequence[Entry], runs: Iterable[str] = ()) -> Terms:
    """The terms as of a day; `log` is the decision log, `runs` names of the folders of runs. Of who serves nothing is told."""
    holds = [one for one in holds_of(log) if one.holds_on(as_of)]
    courses = courses_of(log)
    rows = store.rows("SELECT * FROM official_in_force ORDER BY employer_inn, employee_id, name, official_key")
    people = [term for row in rows if (term := _term(row, kept, as_of, holds, courses))]
    before = years_later(as_of, -kept.case_years)
    old = tuple(name for name in runs if (day := run_day(name)) is not None and day < before)
    return Terms(as_of, tuple(people), tuple(_orphans(store, kept, as_of)), old, _log_entries(store, kept, as_of), tuple(holds))


def term_of(store: Store, key: str, kept: Retention, as_of: dt.date, log: Sequence[Entry]) -> Term:
    """The term of one official, of who serves too."""
    holds = [one for one in holds_of(log) if one.holds_on(as_of)]
    (row,) = store.rows("SELECT * FROM official_in_force WHERE official_key = ?", [key])
    return _term(row, kept, as_of, holds, courses_of(log)) or _made(row, RUNNING, "serving")


def cases_of(courses: dict[str, Course], key: str, name: str) -> list[Course]:
    """The cases on an official: those whose way begins with him, or that name him where no way is told."""
    found = []
    for course in courses.values():
        nodes = {
            end for event in course.events for way in event.basis.ways for tie in way.ties for end in (tie.origin, tie.target)
        }
        named = any(event.official and event.official == name for event in course.events)
        if named and (f"official|{key}" in nodes or not any(node.startswith("official|") for node in nodes)):
            found.append(course)
    return found


def run_day(name: str) -> dt.date | None:
    """The day a run's folder was made, by its name."""
    try:
        return dt.datetime.strptime(name[:19], RUN_STAMP).date()
    except ValueError:
        return None


def years_later(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; 29 February becomes 28."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _term(row: Row, kept: Retention, as_of: dt.date, holds: Sequence[Hold], courses: dict[str, Course]) -> Term | None:
    cases = cases_of(courses, row["official_key"], row["name"])
    ties = {course.tie for course in cases}
    hold = next((one for one in holds if one.key == row["official_key"] or one.tie in ties), None)
    if hold is not None:
        return _made(row, HELD, "held", hold=hold)
    if row["status"] == CANDIDATE:
        return _made(row, UNKNOWN, "candidate_undated")
    if row["dismissed"] is None:
        return _made(row, UNKNOWN, "former_undated") if row["status"] == FORMER else None
    if any(_status(course) != CLOSED for course in cases):
        return _made(row, OPEN_CASE, "open_case", row["dismissed"])
    until, reason = years_later(row["dismissed"], kept.after_dismissal_years), "dismissed"
    closed = max((course.events[-1].on for course in cases), default=None)
    if closed is not None and years_later(closed, kept.case_years) > until:
        until, reason = years_later(closed, kept.case_years), "case_closed"
    return _made(row, PAST if as_of > until else RUNNING, reason, closed if reason == "case_closed" else row["dismissed"], until)


def _status(course: Course) -> str | None:
    """What the newest event that changes anything made of the case; None where it was only seen."""
    return next((event.status for event in reversed(course.events) if event.status), None)


def _made(
    row: Row, state: str, reason: str, since: dt.date | None = None, until: dt.date | None = None, hold: Hold | None = None
) -> Term:
    return Term(
        row["official_key"],
        row["employee_id"] or "",
        row["employer"] or row["employer_inn"] or "",
        row["name"] or "",
        row["status"],
        state,
        reason,
        since,
        until,
        hold,
    )


def _orphans(store: Store, kept: Retention, as_of: dt.date) -> Iterable[tuple[str, str, int, dt.date]]:
    """Kin of nobody known: what it was collected for was never there, or is there no more (152-ФЗ ст. 21 ч. 4)."""
    rows = store.sql("""
        SELECT source_id, file, count(*), CAST(max(loaded_at) AS DATE) FROM relative_in_force JOIN source USING (source_id)
        WHERE link_problem = 'official_not_found' GROUP BY ALL ORDER BY file, source_id""").fetchall()
    return [
        (source_id, file, number, day)
        for source_id, file, number, day in rows
        if as_of > day + dt.timedelta(days=kept.relative_days)
    ]


def _log_entries(store: Store, kept: Retention, as_of: dt.date) -> int:
    return len(past(store, log_before(kept, as_of)))


def log_before(kept: Retention, as_of: dt.date) -> dt.date:
    """From which day on entries of the access log are kept; the log of today is not cut by a day to come."""
    return years_later(min(as_of, dt.date.today()), -kept.log_years)


def names_of_runs(reports: Path) -> list[str]:
    """The folders of runs that still hold more than their manifest."""
    if not reports.is_dir():
        return []
    return sorted(
        one.name
        for one in reports.iterdir()
        if one.is_dir() and run_day(one.name) and any(file.name != "manifest.json" for file in one.iterdir())
    )
