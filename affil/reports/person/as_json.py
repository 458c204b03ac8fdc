"""The answer of `affil person --json`: English keys, dates ISO, shares as parts of 1, no ИНН and no address of relatives."""

from __future__ import annotations

from typing import Any

from affil.person.answer import Colleague, Notice, Participation, PersonAnswer, Question, Relative, Searched, Touched

Shape = dict[str, Any]


def person_value(answer: PersonAnswer) -> Shape:
    """Plain values in the order of the document's sections."""
    subject, there = answer.subject, answer.compared
    return {
        "run": answer.run,
        "date": answer.on.isoformat(),
        "person": {
            "name": subject.name, "former_surnames": list(subject.former_surnames), "birth_date": _day(subject.birth_date),
            "inn": subject.inn, "candidate": subject.candidate, "questionnaire_date": _day(subject.questionnaire_date),
            "posts": [
                {"employee_id": post.employee_id, "employer_inn": post.employer_inn, "employer": post.employer,
                 "status": post.status, "position": post.position, "department": post.department,
                 "procurement_role": post.procurement_role, "hired": _day(post.hired), "dismissed": _day(post.dismissed)}
                for post in subject.posts
            ],
        },
        "groups": answer.groups,
        "relatives": [_relative(one) for one in answer.relatives],
        "colleagues": [_colleague(one) for one in answer.colleagues],
        "searches": [_searched(one) for one in answer.searches],
        "whole_registry_searched_on": _day(answer.registry_search),
        "compared": {
            "companies": there.companies, "proprietors": there.proprietors,
            "company_days": [_day(day) for day in there.company_days],
            "proprietor_days": [_day(day) for day in there.proprietor_days],
            "customers": [{"inn": inn, "name": name} for inn, name in there.customers], "purchases": there.purchases,
        },
        "participations": [_participation(one) for one in answer.participations],
        "purchases": [_touched(one) for one in answer.touched],
        "questions": [_question(one) for one in answer.questions],
        "cases_without_question": list(answer.weak_cases),
        "notices": [_notice(one) for one in answer.notices],
        "result": answer.result,
        "undetermined": list(answer.undetermined),
        "limits": list(answer.limits),
    }  # fmt: skip


def _relative(one: Relative) -> Shape:
    return {
        "relationship": one.relationship, "kinship": list(one.chains), "name": one.name, "birth_date": _day(one.birth_date),
        "has_inn": one.has_inn, "fact": one.fact, "minor": one.minor, "circles": one.circles, "compared": one.compared,
        "identity_grade": one.grade, "source": _source(one),
    }  # fmt: skip


def _colleague(one: Colleague) -> Shape:
    return {
        "name": one.name, "relationship": one.relationship, "kinship": list(one.chains), "position": one.position,
        "department": one.department, "employer": one.employer, "employer_inn": one.employer_inn, "identity_grade": one.grade,
        "name_only": one.name_only, "told_by_other": one.told_by_other, "source": _source(one),
    }  # fmt: skip


def _searched(one: Searched) -> Shape:
    return {
        "who": one.who, "own": one.own, "by": one.by, "service": one.service, "kind": one.kind, "date": _day(one.on),
        "result": one.result, "file": one.file,
    }  # fmt: skip


def _participation(one: Participation) -> Shape:
    return {
        "who": one.who, "relationship": one.relationship, "kinship": list(one.chains), "organisation": one.name, "inn": one.inn,
        "control": one.kind, "share": None if one.share is None else round(float(one.share), 6), "since": _day(one.since),
        "until": _day(one.until), "seen": _day(one.seen), "stated": one.stated, "identity_grade": one.grade,
        "confidence": round(one.probability, 4), "name_only": one.name_only, "assumed": list(one.assumed), "source": _source(one),
    }  # fmt: skip


def _touched(one: Touched) -> Shape:
    return {
        "event": one.event, "role": one.role, "contract_number": one.number, "procedure_number": one.procedure_number,
        "date": _day(one.on), "price": None if one.price is None else float(one.price), "customer_inn": one.customer_inn,
        "customer": one.customer, "supplier": one.supplier, "supplier_inn": one.supplier_inn, "who": one.who,
        "relationship": one.relationship, "controls": list(one.kinds), "force": one.force, "force_date": _day(one.force_day),
        "name_only": one.name_only, "source": _source(one),
    }  # fmt: skip


def _question(one: Question) -> Shape:
    told = {key: list(value) if isinstance(value, tuple) else value for key, value in one.params.items()}
    return {
        "number": one.number, "kind": one.kind, "priority": one.priority, "case": one.case, "findings": list(one.findings),
        **told,
    }  # fmt: skip


def _notice(one: Notice) -> Shape:
    return {
        "kind": one.kind, "kind_text": one.kind_text, "number": one.number, "date": _day(one.on),
        "organisation": one.organisation, "organisation_inn": one.organisation_inn, "decision": one.decision,
        "source": _source(one),
    }  # fmt: skip


def _source(one: Any) -> Shape:
    return {"file": one.source.file, "locator": one.source.locator}


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()
