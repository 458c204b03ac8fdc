"""What of a case may be told to the official himself: open registers, concluded purchases, and what he handed in himself.

What another official wrote in his questionnaire, an application of a bidder, a phone or an address is nobody's to pass on; a
name alone (grade D) is no reason to name anybody. Such a case is asked about without naming a person or an organisation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from affil.answers.correspondence import Facts
from affil.model.finding import Employee, EvidencePath, Finding, Party, Source, Step
from affil.reports.cases import Case
from affil.reports.phrases import is_kin, period_text, step_kin
from affil.words import Words

REGISTERED = {"director", "manager", "owner", "has-director", "has-owner", "registration", "unfair-register"}
STATED = {"declares", "notice-of-work", "obligation", "gift", "employee"}
POSTS = {"service", "commission member", "contract manager", "duty"}
PURCHASE = {"supplier", "subcontractor", "participant"}
OPEN = ("open", "reopened")


@dataclass(frozen=True, slots=True)
class Said:
    """What coincides: `relative` and `relationship` as his own questionnaire has them, None where it is he himself; `stated`:
    he told of it himself; `control` is a key of `reports.control`."""

    relative: str | None
    relationship: str | None
    stated: bool
    control: str
    period: str


@dataclass(frozen=True, slots=True)
class Telling:
    """A case as a letter tells it: `said` is empty where nothing may be named; `findings` are those whose purchases may be."""

    case: Case
    said: tuple[Said, ...]
    findings: tuple[Finding, ...]


def telling(case: Case, facts: Facts, words: Words) -> Telling:
    """What may be told of a case that has an official."""
    official = case.official
    if official is None or not isinstance(case.far, Party):
        return Telling(case, (), ())
    own = facts.own.get(official.key, frozenset())
    said: dict[Said, None] = {}
    findings = []
    for finding in case.findings:
        concluded = finding.contract is not None or (finding.procedure is not None and finding.procedure.won)
        found = (
            [path for path in (finding.path, *finding.other_paths) if is_sayable(path, official, own, facts)] if concluded else []
        )
        said |= {_said(path, words): None for path in found}
        findings += [finding] if found else []
    return Telling(case, tuple(said), tuple(findings))


def is_sayable(path: EvidencePath, official: Employee, own: frozenset[Source], facts: Facts) -> bool:
    """Whether every step of a path may be told, and the persons on it are known by more than their names."""
    if path.identity_grade == "D" or path.kinship is None or path.control is None:
        return False
    if sum(is_kin(step.relation) for step in path.steps) > 1:
        return False  # put together of several rows: what he wrote in one of them does not name this relative
    bought = {step.source for step in path.steps if step.relation in PURCHASE}
    return all(_is_sayable(step, official, own, bought, facts) for step in path.steps)


def _is_sayable(step: Step, official: Employee, own: frozenset[Source], bought: set[Source], facts: Facts) -> bool:
    if is_kin(step.relation) or step.relation in STATED:
        return step.source in own
    if step.relation in REGISTERED:
        return step.source.file in facts.registers
    if step.relation == "sole-proprietor":
        return step.source.file in facts.registers or step.source in own | bought
    if step.relation in POSTS:
        return step.origin == official.name
    return step.relation == "same_as" or step.relation in PURCHASE


def _said(path: EvidencePath, words: Words) -> Said:
    kin = [step for step in path.steps if is_kin(step.relation) and step.relation != "self"]
    last = kin[-1] if kin else None
    stated = any(step.relation in STATED for step in path.steps)
    return Said(
        relative=last.target if last else None,
        relationship=_relationship(last, words) if last else None,
        stated=stated,
        control=path.control or "",
        period=next((text for text in _periods(path, words) if text), ""),
    )


def _relationship(step: Step, words: Words) -> str:
    """His own word for the relative, else the name of the chain."""
    return step.detail or step_kin(step, words)


def _periods(path: EvidencePath, words: Words) -> Iterator[str]:
    for step in reversed(path.steps):
        if step.relation in REGISTERED | STATED | {"sole-proprietor"}:
            yield period_text(step, words)
