"""Whom a memo is for, where a case may be about that very person (OFFICER 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from affil.language.named import is_named
from affil.model.finding import OtherParty, Run
from affil.reports.cases import Case
from affil.reports.word.given import text_of
from affil.words import Words


def addressed(run: Run, cases: Sequence[Case], words: Words) -> tuple[list[str], str]:
    """The lines of the letterhead's right half, and a remark: empty, or that the addressee was changed, or must be.

    Without a name in the settings nobody can be compared, so cases of those who head the municipality are told.
    """
    named, other = text_of(run, "documents", "addressee"), text_of(run, "documents", "addressee_if_involved")
    to = words("memo.employer")
    if not named:
        highest = cases_about(cases, lambda who: False, heads=True)
        remark = words("memo.addressee.perhaps", cases=_numbers(highest)) if highest else ""
        return [to, words("paper.blank") * 2, words("memo.post_and_name")], remark
    about = cases_about(cases, lambda who: is_named(who, named))
    if not about:
        return [named], ""
    if other:
        return [other], words("memo.addressee.changed", cases=_numbers(about))
    return [to, words("paper.blank") * 2, words("memo.post_and_name")], words("memo.addressee.change", cases=_numbers(about))


def signers_in(run: Run, cases: Sequence[Case], words: Words) -> str:
    """A remark where a person who is to sign stands in a case; else empty."""
    signers = [text for key in ("executor", "head") if (text := text_of(run, "documents", key))]
    about = cases_about(cases, lambda who: any(is_named(who, text) for text in signers))
    return words("memo.addressee.signer", cases=_numbers(about)) if about else ""


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
