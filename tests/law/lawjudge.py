"""What came out for a case of the law book against what the law says, in words a lawyer reads."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

from lawcase import LawCase
from lawworld import Place

from affil.model.finding import PRIORITIES, Finding
from affil.model.run import Run

CIRCLES = {"п. 9": "44-ФЗ ст. 31 ч. 1 п. 9", "ст. 10": "273-ФЗ ст. 10"}
WORDS = {
    "yes": "да", "no": "нет", "disputed": "спорно", "unknown": "неизвестно", "True": "да", "False": "нет",
    "during_performance": "в период исполнения",
    "first": "первоочередной", "high": "высокий", "normal": "обычный", "low": "низкий", "info": "справочно",
}  # fmt: skip
# What is true of every compact questionnaire and of every single extract, so no answer to the question about the people named.
ALWAYS = frozenset({"groups_not_declared", "groups_not_asked_2005", "groups_not_asked_2019", "left_before_extract"})


@dataclass(frozen=True, slots=True)
class Came:
    """The findings about the official of a case and its supplier, and why something could not be said of anybody in it."""

    findings: tuple[Finding, ...]
    reasons: frozenset[str]

    def __str__(self) -> str:
        told = [
            f"{f.rule} ({f.path.kinship}, {f.path.control}, доля {f.path.share}, {f.path.identity_grade}, {WORDS[f.priority]}, "
            f"действует: {WORDS[str(f.path.in_force)]}, "
            + ", ".join(f"{short}: {WORDS[f.circles[name]]}" for short, name in CIRCLES.items())
            + ")"
            for f in self.findings
        ]
        return "; ".join(told or ["ничего не найдено"]) + f"; не определено: {', '.join(sorted(self.reasons)) or '—'}"


def came(run: Run, place: Place, watched: Collection[str]) -> Came:
    """The part of a run that belongs to one case; rules no case of the book names are not looked at."""
    mine = [f for f in run.findings if f.employee and f.employee.employee_id == place.employee_id and f.rule in watched]
    reasons = {
        one.reason
        for one in run.undetermined
        if (one.name == place.official if one.kind == "official" else one.inn == place.inn or one.name in place.names)
    }
    return Came(tuple(mine), frozenset(reasons))


def expected(case: LawCase) -> str:
    """The expectation as one line."""
    parts = {
        "родство": case.kinship, "контроль": case.control, "доля": case.share, "степень": case.grade, "действует": case.in_force,
        "приоритет": case.priority, "круги": case.circles or None, "не определено": ", ".join(case.reasons) or None,
    }  # fmt: skip
    told = "; ".join(f"{name}: {value}" for name, value in parts.items() if value is not None)
    return f"{case.answer}: {', '.join(case.rules) or 'ни одно правило'}" + (f"; {told}" if told else "")


def faults(case: LawCase, got: Came) -> list[str]:
    """Every difference, in words; an empty list where all is as the case says."""
    fired = {finding.rule for finding in got.findings}
    found = [f"не сработало правило {rule}" for rule in case.rules if rule not in fired]
    found += [f"сработало лишнее правило {rule}" for rule in sorted(fired - set(case.rules))]
    found += [f"не сказано «не определено: {reason}»" for reason in case.reasons if reason not in got.reasons]
    if case.answer == "не найдено":
        found += [f"сказано «не определено: {reason}»" for reason in sorted(got.reasons - set(case.reasons) - ALWAYS)]
    for finding in got.findings:
        found += [f"{finding.rule}: {fault}" for fault in _differences(case, finding)] if finding.rule in case.rules else []
    if isinstance(case.priority, str) and got.findings:
        highest = min((finding.priority for finding in got.findings), key=PRIORITIES.index)
        found += _unequal("наивысший приоритет", case.priority, WORDS[highest])
    return found


def _differences(case: LawCase, finding: Finding) -> Iterator[str]:
    path = finding.path
    yield from _unequal("родство", case.kinship, path.kinship)
    yield from _unequal("контроль", case.control, path.control)
    yield from _unequal("степень", case.grade, path.identity_grade)
    yield from _unequal("действует", case.in_force, WORDS[str(path.in_force)])
    if case.share is not None:
        wanted = "?" if case.share == "?" else Fraction(case.share)
        yield from _unequal("доля", wanted, "?" if path.share is None else path.share)
    for short, value in case.circles.items():
        yield from _unequal(f"круг {short}", value, WORDS[finding.circles[CIRCLES[short]]])
    if isinstance(case.priority, dict):
        yield from _unequal("приоритет", case.priority.get(finding.rule), WORDS[finding.priority])


def _unequal(name: str, wanted: object, found: object) -> list[str]:
    return [] if wanted is None or wanted == found else [f"{name} {found} вместо {wanted}"]
