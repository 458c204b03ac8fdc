"""Which circle of which statute a chain of kinship lies in, and which group of kin it belongs to; the sets are `circles.yml`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from affil.kinship.chains import SELF, links, marriages, parsed, without_marks
from affil.plain_yaml import plain_yaml

YES, NO, DISPUTED, UNKNOWN = "yes", "no", "disputed", "unknown"
_ALONE = frozenset(("partner", "ward", "guardian"))


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Circle(_Strict):
    """The kin one statute names, while this wording is in force (both ends inclusive; None is open)."""

    id: str
    basis: str
    in_findings: bool = False
    in_force_from: dt.date | None
    in_force_to: dt.date | None
    marks_ignored: tuple[str, ...]
    yes: frozenset[str]
    disputed: frozenset[str]

    def holds(self, chain: str) -> str:
        """`yes`, `disputed` or `no`."""
        plain = without_marks(chain, *self.marks_ignored)
        return YES if plain in self.yes else DISPUTED if plain in self.disputed else NO

    def covers(self, day: dt.date | None) -> bool:
        """Whether this wording is in force on `day`; without a day, whether it is the present one."""
        if day is None:
            return self.in_force_to is None
        return (self.in_force_from or day) <= day <= (self.in_force_to or day)


class _Group(_Strict):
    id: str
    marks: tuple[str, ...]
    chains: frozenset[str]


class _Outer(_Strict):
    id: str
    max_links: int = Field(ge=1)
    max_marriages: int = Field(ge=0)


class _Declared(_Strict):
    marks: tuple[str, ...]
    chains: tuple[str, ...]


class _Circles(_Strict):
    circles: tuple[Circle, ...]
    rule_groups: tuple[_Group, ...]
    outer: _Outer
    declared_groups: _Declared


@cache
def _data() -> _Circles:
    text = (Path(__file__).parent / "circles.yml").read_text(encoding="utf-8")
    return _Circles.model_validate(plain_yaml(text))


@cache
def circle_ids() -> tuple[str, ...]:
    """The circles there are, in the order of the data."""
    return tuple(dict.fromkeys(circle.id for circle in _data().circles))


@cache
def group_ids() -> tuple[str, ...]:
    """The groups of kin that rules may name, the official himself first."""
    return tuple(dict.fromkeys((SELF, *(group.id for group in _data().rule_groups), _data().outer.id)))


@cache
def wordings() -> tuple[Circle, ...]:
    """Every wording of every circle, in the order of the data."""
    return _data().circles


def membership(chains: Sequence[str], day: dt.date | None = None) -> dict[str, str]:
    """For each circle that findings tell (CONTRACT 4) whether kin of these readings lies in it on `day`; see `in_circle`."""
    return dict(_membership(tuple(chains), day))


@cache
def _membership(chains: tuple[str, ...], day: dt.date | None) -> tuple[tuple[str, str], ...]:
    told = dict.fromkeys(circle.id for circle in wordings() if circle.in_findings)
    return tuple((name, in_circle(name, chains, day)) for name in told)


@cache
def in_circle(circle: str, chains: tuple[str, ...], day: dt.date | None = None) -> str:
    """Whether kin of these readings lies in `circle` by its wording of `day` (None: the present one).

    `yes`, `no`, `disputed` (the text, or the readings, can be taken both ways) or `unknown` (no reading, or no wording
    of that day is known here). ValueError where there is no such circle.
    """
    known = [wording for wording in wordings() if wording.id == circle]
    if not known:
        raise ValueError(f"circle {circle!r}: expected one of {', '.join(circle_ids())}")
    return next((held(wording, chains) for wording in known if wording.covers(day)), UNKNOWN)


def held(wording: Circle, chains: Sequence[str]) -> str:
    """What `in_circle` says, by one wording whatever the day."""
    answers = {wording.holds(chain) for chain in chains}
    return UNKNOWN if not answers else answers.pop() if len(answers) == 1 else DISPUTED


def best_reading(chains: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The reading in the most circles, on a tie the shortest, then the first by alphabet; and the other readings, sorted.

    ValueError where there is no reading.
    """
    if not chains:
        raise ValueError("no reading of the kinship: expected at least one chain")
    ranked = sorted(set(chains), key=_rank)
    return ranked[0], tuple(sorted(ranked[1:]))


@cache
def _rank(chain: str) -> tuple[int, int, str]:
    inside = sum(answer == YES for _, answer in _membership((chain,), None))
    return -inside, links(chain), chain


@cache
def group_of(chain: str) -> str | None:
    """The group of rules that follow this chain; None of `self` and of chains too long to follow."""
    if chain == SELF:
        return None
    for group in _data().rule_groups:
        if without_marks(chain, *group.marks) in {without_marks(known, *group.marks) for known in group.chains}:
            return group.id
    outer = _data().outer
    alone = any(link.kind in _ALONE for link in parsed(chain))
    within = links(chain) <= outer.max_links and marriages(chain) <= outer.max_marriages
    return outer.id if within and not alone else None


@cache
def declared_group(chain: str) -> str | None:
    """The group of a questionnaire this chain is declared in (`spouse`, `child`, … `child.spouse`), None if in none."""
    declared = _data().declared_groups
    plain = without_marks(chain, *declared.marks)
    return plain if plain in declared.chains else None


DECLARED_GROUPS = _data().declared_groups.chains  # in the order of the questionnaire's list
