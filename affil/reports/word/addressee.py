"""Whom a memo is for, where a case may be about that very person (OFFICER 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from affil.language.named import is_named
from affil.model.finding import OtherParty
from affil.model.run import Run
from affil.reports.cases import Case
from affil.reports.word.given import text_of
from affil.words import Words


def addressed(run: Run, cases: Sequence[Case], words: Words) -> tuple[list[str], str]:
    """The lines of the letterhead's right half, and a remark: empty, or that the addressee was changed, or must be.

    A case is his own where he is named in it, and where the graph shows that he is near it (affil/review/involved.py). Without a
    name in the settings nobody can be compared, so cases of those who head the municipality are told.
    """
    named, other = text_of(run, "documents", "addressee"), text_of(run, "documents", "addressee_if_involved")
    to = words("memo.employer")
    if not named:
        highest = cases_about(cases, lambda who: False, heads=True)
        remark = words("memo.addressee.perhaps", cases=_numbers(highest)) if highest else ""
        return [to, words("paper.blank") * 2, words("memo.post_and_name")], remark
    about, how = _own_cases(run, cases, "addressee")
    if not about:
        return [named], ""
    told = {"cases": _numbers(about), "how": words(f"memo.addressee.{how}")}
    if other and not _own_cases(run, cases, "addressee_if_involved")[0]:
        return [other], words("memo.addressee.changed", **told)
    return [to, words("paper.blank") * 2, words("memo.post_and_name")], words("memo.addressee.change", **told)


def signers_in(run: Run, cases: Sequence[Case], words: Words) -> str:
    """A remark where a person who is to sign is named in a case, or is near one by the graph; else empty."""
    found = [_own_cases(run, cases, role) for role in ("executor", "head")]
    for how, key in (("named", "signer"), ("near", "signer_near")):
        about = sorted({number for numbers, why in found if why == how for number in numbers})
        if about:
            return words(f"memo.addressee.{key}", cases=_numbers(about))
    return ""


def _own_cases(run: Run, cases: Sequence[Case], role: str) -> tuple[list[int], str]:
    """Numbers of the cases about the person whom the settings name in this role, and `named`, or `near` where only the graph
    shows it."""
    text = text_of(run, "documents", role)
    named = set(cases_about(cases, lambda who: is_named(who, text))) if text else set()
    ties = {one.tie for one in run.involved if one.role == role}
    near = {case.number for case in cases if any(one.tie in ties for one in case.findings)}
    return sorted(named | near), "named" if named else "near"


def cases_about(cases: Iterable[Case], fits: Callable[[str], bool], heads: bool = False) -> list[int]:
    """Numbers of the cases with a person that fits; with `heads`, of those about persons in elected office."""
    return [
        case.number
        for case in cases
        if (heads and case.official is not None and case.official.status == "elected office") or any(map(fits, persons_of(case)))
    ]


def persons_of(case: Case) -> list[str]:
    """Names of the persons a case is about: officials and relatives."""
    names = {finding.relative for finding in case.findings if finding.relative}
    names |= {end.name for end in (case.near, case.far) if isinstance(end, OtherParty) and end.kind == "person"}
    return sorted(names | ({case.official.name} if case.official else set()))


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
