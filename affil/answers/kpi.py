"""The indicator of the plan: officials checked for affiliation, fully, with limits, not at all (OFFICER 8)."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from affil.answers.completeness import in_office, is_official
from affil.model.run import Coverage, Run

NOT_ON_STAFF = ("candidate", "former servant")


@dataclass(frozen=True, slots=True)
class Checked:
    """Officials by how far they were checked."""

    full: int
    limited: int
    none: int

    @property
    def loaded(self) -> int:
        """All of them."""
        return self.full + self.limited + self.none

    def counted(self, counts: str) -> int:
        """Those the indicator counts: only `full`, or those checked with limits too."""
        return self.full if counts == "full" else self.full + self.limited


@dataclass(frozen=True, slots=True)
class Department:
    """Officials of one department, or of one employer where their rows name no department; `name` is empty where neither is known."""

    name: str
    officials: Checked


@dataclass(frozen=True, slots=True)
class Kpi:
    """The indicator on a day. `whole` is what a share is of: the headcount of the staff list, or the officials loaded where these are
    more; None where no headcount is given, because a share of what happened to be loaded would flatter. `plan` is in per cent."""

    as_of: dt.date
    officials: Checked
    servants: Checked  # municipal servants among them
    not_on_staff: int  # candidates, former servants and dismissed officials, whom a staff list does not count
    unlinked_members: int  # members of commissions who are none of the officials
    headcount: int | None
    counts: str
    plan: int
    by_month: tuple[int, ...] = ()  # the plan of the whole year, January first
    departments: tuple[Department, ...] = ()
    unchecked: tuple[Coverage, ...] = ()  # who was not checked at all, by department and name; their `reasons` say why

    @property
    def whole(self) -> int | None:
        """The denominator."""
        return None if self.headcount is None else max(self.headcount, self.officials.loaded)

    @property
    def done(self) -> int:
        """The numerator."""
        return self.officials.counted(self.counts)

    @property
    def below_plan(self) -> bool | None:
        """Whether the share is below the month's plan; None where there is no share to compare."""
        return None if self.whole is None else self.done * 100 < self.plan * self.whole


def kpi(run: Run, by_month: Sequence[int], headcount: int | None, counts: str) -> Kpi:
    """The indicator on the run's `as_of`. An official in two posts stands for two, as he does in a staff list.

    `by_month`: twelve cumulative per cents; `counts`: `full` or `limited`.
    """
    officials = [row for row in run.coverage if is_official(row)]
    staff = [row for row in in_office(officials, run.as_of) if row.employee.status not in NOT_ON_STAFF]
    return Kpi(
        as_of=run.as_of,
        officials=_checked(staff),
        servants=_checked(row for row in staff if row.employee.status == "municipal servant"),
        not_on_staff=len(officials) - len(staff),
        unlinked_members=len(run.coverage) - len(officials),
        headcount=headcount,
        counts=counts,
        plan=by_month[run.as_of.month - 1],
        by_month=tuple(by_month),
        departments=_departments(staff),
        unchecked=tuple(
            sorted(
                (row for row in staff if row.result == "none"),
                key=lambda row: (place_of(row), row.employee.name, row.employee.key),
            )
        ),
    )


def _departments(staff: Iterable[Coverage]) -> tuple[Department, ...]:
    """By name, those of no department last."""
    of = defaultdict[str, list[Coverage]](list)
    for row in staff:
        of[place_of(row)].append(row)
    return tuple(Department(name, _checked(of[name])) for name in sorted(of, key=lambda name: (not name, name)))


def place_of(row: Coverage) -> str:
    """Where an official works, as the indicator groups: the department, else the employer, else an empty text."""
    return row.employee.department or row.employee.employer or ""


def _checked(rows: Iterable[Coverage]) -> Checked:
    results = Counter(row.result for row in rows)
    return Checked(results["full"], results["limited"], results["none"])
