"""How many subordinate institutions the analysis covers, against the norm of the plan (OFFICER 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from affil.answers.completeness import in_office
from affil.language.fio import parse_name
from affil.model.run import Coverage, Run
from affil.resolve.link import same_name
from affil.store.store import Store

if TYPE_CHECKING:
    from affil.settings import Plan

HEAD = "head of institution"


@dataclass(frozen=True, slots=True)
class Institution:
    """A subordinate institution: `heads` are its head, or heads, among the officials and how far each was checked; `listed` how many
    contracts of the year it handed in."""

    inn: str
    name: str | None
    heads: tuple[Coverage, ...]
    listed: int

    @property
    def is_head_checked(self) -> bool:
        """True where the head is among the officials and was compared, fully or with limits."""
        return any(row.result in ("full", "limited") for row in self.heads)

    @property
    def is_covered(self) -> bool:
        """The head was compared, and there are contracts to compare him and the others with."""
        return self.is_head_checked and self.listed > 0


@dataclass(frozen=True, slots=True)
class Institutions:
    """All of them, by name, on a day; `norm` is how many are to be covered, None where the plan gives none for so many."""

    as_of: dt.date
    all: tuple[Institution, ...]
    norm: int | None

    @property
    def covered(self) -> int:
        """How many the analysis covers."""
        return sum(one.is_covered for one in self.all)

    @property
    def named(self) -> tuple[Coverage, ...]:
        """The heads of all."""
        return tuple(head for one in self.all for head in one.heads)

    @property
    def below_norm(self) -> bool | None:
        """Whether fewer are covered than the norm asks for; None where there is no norm."""
        return None if self.norm is None else self.covered < self.norm


def norm_of(number: int, plan: Plan) -> int | None:
    """How many of so many institutions are to be covered: all, a part in per cent rounded up, or None where the plan does not say."""
    if number <= plan.institutions_all_to:
        return number
    if number <= plan.institutions_part_to:
        return -(-number * plan.institutions_percent // 100)
    return None


def institutions(store: Store, run: Run, plan: Plan) -> Institutions:
    """The institutions of the table of organisations, and on what of them the run rests.

    Read right after the run was made: the purchases of `store` are those of the run. Counted are contracts of the year of `as_of`
    up to that day.
    """
    rows = store.rows("""
        SELECT inn, min(name) AS name, list(DISTINCT head ORDER BY head) FILTER (head IS NOT NULL) AS heads
        FROM institution_in_force WHERE inn IS NOT NULL GROUP BY inn""")
    listed = dict(
        store.sql(
            """SELECT customer_inn, count(*) FROM purchase
            WHERE event = 'award' AND role = 'winner' AND event_from <= ? AND event_to >= ? GROUP BY 1""",
            [run.as_of, dt.date(run.as_of.year, 1, 1)],
        ).fetchall()
    )
    staff = in_office(run.coverage, run.as_of)
    found = [
        Institution(row["inn"], row["name"], _heads(row, staff), listed.get(row["inn"], 0))
        for row in rows
    ]  # fmt: skip
    ordered = tuple(sorted(found, key=lambda one: (one.name or "", one.inn)))
    return Institutions(run.as_of, ordered, norm_of(len(ordered), plan))


def _heads(row: dict[str, Any], staff: Sequence[Coverage]) -> tuple[Coverage, ...]:
    """Officials of the institution who are its head by their row, or by the name the list of institutions gives."""
    own = [one for one in staff if one.employee.employer_inn == row["inn"]]
    named = [name.key for name in map(parse_name, row["heads"] or ()) if name]
    return tuple(
        one for one in own
        if one.employee.status == HEAD or any(same_name(_key(one), name) for name in named)
    )  # fmt: skip


def _key(row: Coverage) -> str | None:
    name = parse_name(row.employee.name)
    return name.key if name else None
