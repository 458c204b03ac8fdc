"""What is missing of what people were to hand in: questionnaires, groups of kin, lists of contractors (OFFICER 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from affil.model.run import Coverage, Customer, Run
from affil.store.store import Store

STALE, FUTURE, NO_QUESTIONNAIRE, NO_IDENTITY = "stale_questionnaire", "future_questionnaire", "no_questionnaire", "no_identity"


@dataclass(frozen=True, slots=True)
class Lists:
    """How many contracts each expected customer handed in for a period; None bounds are open."""

    first: dt.date | None
    last: dt.date | None
    customers: tuple[Customer, ...]

    @property
    def missing(self) -> tuple[Customer, ...]:
        """Customers of whom no contract of the period is loaded, by name. A list of nothing cannot be told from none."""
        return tuple(one for one in self.customers if one.handed_in == 0)

    @property
    def quarter(self) -> tuple[int, int] | None:
        """Number and year where the period is exactly one quarter, else None."""
        if self.last is None or quarter_of(self.last) != (self.first, self.last):
            return None
        return (self.last.month + 2) // 3, self.last.year


def quarter_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the quarter the day lies in."""
    first = dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    following = dt.date(day.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    return first, following - dt.timedelta(days=1)


def is_quarter(since: dt.date | None, until: dt.date | None) -> bool:
    """True for the first and last day of one quarter."""
    return since is not None and (since, until) == quarter_of(since)


def quarter_before(day: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the last quarter that had ended before the day."""
    return quarter_of(quarter_of(day)[0] - dt.timedelta(days=1))


def lists_of(store: Store, run: Run) -> Lists:
    """The lists of the run's period; of a run over everything, of the last quarter that ended before its `as_of`.

    Read right after the run was made: the purchases of `store` are those of the last run. A contract whose day is not known counts
    where its reporting period, as the row tells it, meets the quarter.
    """
    if run.period != (None, None):
        return Lists(*run.period, run.volume.customers)
    first, last = quarter_before(run.as_of)
    counted = dict(
        store.sql(
            """SELECT customer_inn, count(*) FROM purchase
            WHERE event = 'award' AND role = 'winner' AND event_from <= ? AND event_to >= ? GROUP BY 1""",
            [last, first],
        ).fetchall()
    )
    customers = tuple(Customer(one.inn, one.name, counted.get(one.inn, 0)) for one in run.volume.customers)
    return Lists(first, last, customers)


def no_contract_at_all(run: Run) -> tuple[Customer, ...]:
    """Customers of whom the run has not one contract: whether anybody has to do with their contractors cannot be said."""
    return tuple(one for one in run.volume.customers if one.handed_in == 0)


def in_office(rows: Sequence[Coverage], as_of: dt.date) -> list[Coverage]:
    """Officials who can be asked for papers of office: no former servants, nobody dismissed by `as_of`, no mere seats."""
    return [
        row
        for row in rows
        if is_official(row) and row.employee.status != "former servant" and (row.dismissed is None or row.dismissed > as_of)
    ]


def is_official(row: Coverage) -> bool:
    """False for a member of a commission who is none of the loaded officials."""
    return "seat_not_linked" not in row.reasons


def stale(run: Run) -> list[Coverage]:
    """Officials whose questionnaire is older than the threshold, or bears no date."""
    return _with(run, STALE)


def without_questionnaire(run: Run) -> list[Coverage]:
    """Officials of whom nothing on kin is loaded."""
    return _with(run, NO_QUESTIONNAIRE)


def undeclared(run: Run) -> list[Coverage]:
    """Officials with a questionnaire that leaves groups of kin out."""
    return [row for row in run.coverage if is_official(row) and NO_QUESTIONNAIRE not in row.reasons and missing_groups(row)]


def missing_groups(row: Coverage) -> list[str]:
    """Groups of kin that were not declared, neither as persons nor as «нет»."""
    return [group for group, told in row.groups.items() if told == "no"]


def _with(run: Run, reason: str) -> list[Coverage]:
    return [row for row in run.coverage if is_official(row) and reason in row.reasons]
