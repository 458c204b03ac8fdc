"""What is to be clarified with the person, and the one of three results that follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from affil.model.finding import PRIORITIES
from affil.model.run import Coverage
from affil.person.answer import (
    CLARIFY,
    DECLARED,
    NONE_FOUND,
    NOT_STATED,
    UNDETERMINED,
    Colleague,
    Compared,
    Lead,
    Participation,
    Question,
    Subject,
    Touched,
)

_SHARES = ("owner", "indirect-owner", "small-share", "declared")
LEAST = "low"  # a case below it is told, and asks nothing
_KINDS = {"purchases": "normal", "colleague": "normal", "own": "low", "not_stated": "low"}  # kind → priority


def questions(
    subject: Subject, leads: Sequence[Lead], found: Iterable[Participation], bought: Iterable[Touched],
    serving: Iterable[Colleague], on: dt.date,
) -> tuple[Question, ...]:  # fmt: skip
    """Numbered from 1: cases of the run as they are numbered there; then what no case is about, each firm and person once.

    That is: purchases of the employer, or of an institution under it, that a firm of his or of his kin has to do with; a firm of
    his own, in the time of his service, unless it is a share he declared (a share is not forbidden); a firm of his spouse or child
    that his loaded declaration does not name; of a candidate, kin who serve there already. What rests on a full name alone asks nothing.
    """
    told = [_of_case(lead) for lead in sorted(leads, key=lambda lead: lead.case) if asks(lead)]
    known = {lead.other_inn for lead in leads if lead.other_inn}
    free = [one for one in found if not one.name_only and one.inn not in known]
    told += _distinct([*_of_purchases(bought, known), *_of_firms(subject, free, on)])
    if subject.candidate:
        told += [_of_colleague(one) for one in serving if not one.name_only]
    return tuple(replace(one, number=number) for number, one in enumerate(told, start=1))


def asks(lead: Lead) -> bool:
    """True where a case is more than a match of names and of priority low at least."""
    return not lead.name_only and PRIORITIES.index(lead.priority) <= PRIORITIES.index(LEAST)


def _of_case(lead: Lead) -> Question:
    params: dict[str, object] = {
        "other": lead.other, "inn": lead.other_inn, "relative": lead.relative, "kinship": lead.kinship, "rules": lead.titles,
        "purchases": lead.purchases, "grade": lead.grade,
    }  # fmt: skip
    return Question(0, "case", lead.priority, lead.case, lead.findings, params)


def _of_purchases(bought: Iterable[Touched], known: set[str]) -> Iterator[Question]:
    firms: dict[tuple[str, str], list[Touched]] = {}
    for one in bought:
        if not one.name_only and one.supplier_inn not in known:
            firms.setdefault((one.organisation, one.who), []).append(one)
    for (_, who), rows in firms.items():
        first = rows[0]
        params: dict[str, object] = {
            "name": first.supplier, "inn": first.supplier_inn, "who": who, "relationship": first.relationship, "purchases": len(rows),
            "numbers": tuple(dict.fromkeys(row.number or row.procedure_number or "" for row in rows)),
        }  # fmt: skip
        yield Question(0, "purchases", _KINDS["purchases"], params=params)


def _of_firms(subject: Subject, free: Iterable[Participation], on: dt.date) -> Iterator[Question]:
    for one in free:
        kind = _asked_of(subject, one, on)
        if kind is not None:
            params: dict[str, object] = {
                "name": one.name, "inn": one.inn, "who": one.who, "relationship": one.relationship, "control": one.kind, "stated": one.stated,
                "grade": one.grade,
            }  # fmt: skip
            yield Question(0, kind, _KINDS[kind], params=params)


def _asked_of(subject: Subject, one: Participation, on: dt.date) -> str | None:
    if not one.own:
        return "not_stated" if one.stated == NOT_STATED else None
    return "own" if _in_service(subject, one, on) and not (one.stated == DECLARED and one.kind in _SHARES) else None


def _in_service(subject: Subject, one: Participation, on: dt.date) -> bool:
    """Whether it may have lasted on a day of his service; of a candidate, whether it may last today."""
    if one.until is None:
        return True
    if subject.candidate:
        return one.until >= on
    return any(
        (post.hired is None or one.until >= post.hired) and not (post.dismissed and one.since and one.since > post.dismissed)
        for post in subject.posts
    )


def _of_colleague(one: Colleague) -> Question:
    params: dict[str, object] = {
        "who": one.name,
        "relationship": one.relationship,
        "position": one.position,
        "employer": one.employer,
        "grade": one.grade,
    }
    return Question(0, "colleague", _KINDS["colleague"], params=params)


def _distinct(told: Iterable[Question]) -> list[Question]:
    """One question a firm and person: the first asked."""
    found: dict[tuple[object, object], Question] = {}
    for one in told:
        found.setdefault((one.params["inn"] or one.params["name"], one.params["who"]), one)
    return list(found.values())


def result(asked: Sequence[Question], coverage: Sequence[Coverage], there: Compared) -> tuple[str, tuple[str, ...]]:
    """One of three results, and why there is no answer where that is the result (keys of `person.undetermined`).

    A question outranks everything: what is found does not go away because something else could not be compared. Without one the
    answer is undetermined where one side of the comparison is missing altogether: no questionnaire tells of any group of kin, no
    extract is loaded, or no purchase of the employer and the institutions under it. Else nothing was found in what was compared;
    what was not (groups of kin not declared, an old questionnaire) is told beside it as limits.
    """
    missing = {
        "no_questionnaire": all(one.result == "none" for one in coverage),
        "no_organisations": there.companies + there.proprietors == 0,
        "no_purchases": there.purchases == 0,
    }
    why = tuple(key for key, is_missing in missing.items() if is_missing)
    return (CLARIFY if asked else UNDETERMINED if why else NONE_FOUND), why
