"""The officer's next dates by the calendar of the settings, and how much is still open for each (OFFICER 1)."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from affil.answers.completeness import Lists, quarter_of, stale, without_questionnaire
from affil.model.run import Run
from affil.words import Words

if TYPE_CHECKING:
    from affil.settings import Calendar, Plan

LISTS, QUESTIONNAIRES, PLAN = "contract_lists", "questionnaires", "plan"
YEARLY = ("yearly_analysis", "yearly_report", "previous_year")


@dataclass(frozen=True, slots=True)
class Due:
    """A date of the calendar. `open` of `all` are not done by what is loaded, None where the program cannot know; `about` is the
    quarter or the per cent it is about."""

    kind: str
    day: dt.date
    open: int | None = None
    all: int | None = None
    about: str = ""


def due_dates(run: Run, lists: Lists, calendar: Calendar, plan: Plan) -> list[Due]:
    """The next date of each kind on or after the run's `as_of`, by day; lists of the quarter that has ended also after their day
    while somebody's is missing."""
    found = [
        *_lists(run.as_of, lists, calendar.contract_lists_day),
        _questionnaires(run, calendar.questionnaires_by),
        *(Due(kind, next_day(getattr(calendar, f"{kind}_by"), run.as_of)) for kind in YEARLY),
        _plan(run.as_of, plan),
    ]
    return sorted(found, key=lambda one: (one.day, one.kind))


def next_day(day_month: str, as_of: dt.date) -> dt.date:
    """The next `ДД.ММ` on or after a day; 29.02 of a common year is its 28th."""
    day, month = (int(part) for part in day_month.split("."))
    this, following = (dt.date(year, month, min(day, monthrange(year, month)[1])) for year in (as_of.year, as_of.year + 1))
    return this if this >= as_of else following


def _lists(as_of: dt.date, lists: Lists, day: int) -> Iterator[Due]:
    last = quarter_of(as_of)[0] - dt.timedelta(days=1)  # of the quarter that has ended
    missing, expected = (len(lists.missing), len(lists.customers)) if lists.last == last and lists.quarter else (None, None)
    ended = Due(LISTS, dt.date(as_of.year, as_of.month - (as_of.month - 1) % 3, day), missing, expected, _quarter(last))
    if ended.day >= as_of or missing:
        yield ended
    if ended.day < as_of:
        end = quarter_of(as_of)[1]
        yield Due(LISTS, (end + dt.timedelta(days=1)).replace(day=day), about=_quarter(end))


def _quarter(day: dt.date) -> str:
    return f"{(day.month + 2) // 3}-{day.year}"


def _questionnaires(run: Run, day_month: str) -> Due:
    rows = [*stale(run), *without_questionnaire(run)]
    return Due(QUESTIONNAIRES, next_day(day_month, run.as_of), len({row.employee.key for row in rows}), len(run.coverage))


def _plan(as_of: dt.date, plan: Plan) -> Due:
    last = as_of.replace(day=monthrange(as_of.year, as_of.month)[1])
    return Due(PLAN, last, about=str(plan.by_month[as_of.month - 1]))


def calendar_json(found: list[Due], as_of: dt.date) -> dict[str, Any]:
    """The key `calendar` of `affil check --json`; `days` is negative where the date has passed."""
    return {
        "calendar": [
            {
                "kind": one.kind,
                "date": one.day,
                "days": (one.day - as_of).days,
                "open": one.open,
                "all": one.all,
                "about": one.about,
            }
            for one in found
        ]
    }


def calendar_text(found: list[Due], as_of: dt.date, words: Words) -> Iterator[str]:
    """The same for people, one line a date."""
    yield words("calendar.head", day=f"{as_of:%d.%m.%Y}")
    for one in found:
        what = words(f"calendar.kind.{one.kind}", about=one.about, **_parts(one.about))
        line = words("calendar.line", day=f"{one.day:%d.%m.%Y}", when=_when((one.day - as_of).days, words), what=what)
        yield line + _open(one, words)


def _parts(about: str) -> dict[str, str]:
    quarter, _, year = about.partition("-")
    return {"quarter": quarter, "year": year}


def _when(days: int, words: Words) -> str:
    if days < 0:
        return words("calendar.overdue", days=-days)
    return words("calendar.today") if days == 0 else words("calendar.in", days=days)


def _open(one: Due, words: Words) -> str:
    if one.open is None:
        return ""
    key = "open" if one.open else "done"
    return words(f"calendar.{key}.{one.kind}", open=one.open, all=one.all)
