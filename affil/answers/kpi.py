"""The indicator of the plan: officials checked for affiliation, fully, with limits, not at all (OFFICER 8)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
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
    )


def _checked(rows: Iterable[Coverage]) -> Checked:
    results = Counter(row.result for row in rows)
    return Checked(results["full"], results["limited"], results["none"])
