"""Which document a run gives: the memo, the statement that nothing was found, or an interim result; and what is left open.

A statement that nothing was found is worth what was compared (OFFICER 3.3), so its title is made of these numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from affil.model.run import ALMOST_ALWAYS, Customer, Run, Undetermined
from affil.reports.cases import Case
from affil.reports.word.given import counted, number_of, setting
from affil.words import Words

FIRMS = ("supplier", "participant", "holder")


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of the persons to be checked were: by `plan.counts`, of `whole`, and the part a statement needs.

    `whole` is the headcount of the settings, or all persons loaded where they are more or none is given. A member of a commission
    who is none of the officials is a person to be checked who was not. `absent` of the headcount are not loaded at all.
    """

    checked: int
    whole: int
    headcount: int | None
    absent: int
    least: Fraction | None
    only_full: bool

    @property
    def is_enough(self) -> bool:
        """True where so many were checked that a statement is allowed; without a threshold, all must be."""
        return self.whole > 0 and self.checked >= (Fraction(1) if self.least is None else self.least) * self.whole


@dataclass(frozen=True, slots=True)
class Unknown:
    """How many different persons and firms some answer is missing about, as many as `not_determinable.csv` has.

    `absent`: persons of the headcount of whom nothing is loaded; `contacts`: addresses, telephones, e-mails common to many;
    `always`: of the firms those with nothing but, or also, a reason of `ALMOST_ALWAYS` (purchases older than the first extract).
    """

    officials: int
    absent: int
    relatives: int
    firms: int
    contacts: int
    always: int

    @property
    def persons(self) -> int:
        """All persons, each once."""
        return self.officials + self.absent + self.relatives

    @property
    def any(self) -> bool:
        """True where something is left open that a title must tell."""
        return bool(self.persons or self.firms or self.contacts)

    def told(self, words: Words) -> str:
        """`3 лиц и 12 контрагентов`, what there is none of left out."""
        numbers = (("persons", self.persons), ("firms", self.firms), ("contacts", self.contacts))
        parts = [counted(f"nil.of.{key}", number, words) for key, number in numbers if number]
        return words("nil.of.and").join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


@dataclass(frozen=True, slots=True)
class Outcome:
    """`kind`: memo, nil or partial; `lacks`: why a statement is withheld; `late`: customers whose list is not handed in."""

    kind: str
    lacks: tuple[str, ...]
    late: tuple[Customer, ...]
    reach: Reach
    unknown: Unknown


def outcome_of(run: Run, cases: Sequence[Case]) -> Outcome:
    """The document that fits a run with these cases; matches of nothing but a name are none."""
    reach = reach_of(run)
    late = tuple(customer for customer in run.volume.customers if customer.handed_in == 0)
    reasons = {
        "no_officials": not run.coverage, "no_purchases": not (run.volume.suppliers or run.volume.participants),
        "coverage": bool(run.coverage) and not reach.is_enough, "lists": bool(late),
    }  # fmt: skip
    lacks = tuple(reason for reason, holds in reasons.items() if holds)
    kind = "memo" if any(not case.name_only for case in cases) else "partial" if lacks else "nil"
    return Outcome(kind, lacks, late, reach, unknown_of(run, reach.absent))


def reach_of(run: Run) -> Reach:
    """How far the persons to be checked were checked."""
    only_full = setting(run, "plan", "counts") == "full"
    checked = sum(item.result == "full" or (item.result == "limited" and not only_full) for item in run.coverage)
    headcount, least = number_of(run, "plan", "headcount"), number_of(run, "thresholds", "nil_statement_coverage")
    whole = max(int(headcount or 0), len(run.coverage))
    part = None if least is None else Fraction(str(least))
    return Reach(checked, whole, int(headcount) if headcount else None, whole - len(run.coverage), part, only_full)


def unknown_of(run: Run, absent: int) -> Unknown:
    """The different persons and firms that something could not be determined about."""
    telling = run.undetermined
    namesakes: dict[str, int] = defaultdict(int)
    for row in run.coverage:
        namesakes[row.employee.name] += bool(row.reasons)
    officials = {item.name for item in telling if item.kind == "official"} | {
        name for name, number in namesakes.items() if number
    }
    return Unknown(
        officials=sum(max(1, namesakes[name]) for name in officials),
        absent=absent,
        relatives=_relatives(telling),
        firms=len(_firms(telling)),
        contacts=len({item.name for item in telling if item.kind == "contact"}),
        always=len(_firms(item for item in run.undetermined if item.reason in ALMOST_ALWAYS)),
    )


def _relatives(items: Sequence[Undetermined]) -> int:
    """By name; two of one name are two where different officials declare them."""
    declared: dict[str, set[str]] = defaultdict(set)
    for item in items:
        if item.kind == "relative":
            declared[item.name] |= {item.params["official"]} if item.params.get("official") else set()
    return sum(max(1, len(officials)) for officials in declared.values())


def _firms(items: Iterable[Undetermined]) -> set[str]:
    return {item.inn or item.name for item in items if item.kind in FIRMS}
