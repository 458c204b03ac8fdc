"""The part of `affil check` about papers people owe: questionnaires, groups of kin, lists of contractors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from affil.answers.completeness import (
    FUTURE,
    NO_QUESTIONNAIRE,
    STALE,
    Lists,
    missing_groups,
    no_contract_at_all,
    stale,
    undeclared,
    without_questionnaire,
)
from affil.model.run import Coverage, Run
from affil.words import Words

MOST_SHOWN = 40


def completeness_json(run: Run, lists: Lists) -> dict[str, Any]:
    """Keys of `affil check --json`; a person is told by his number, employer and name."""
    return {
        "no_questionnaire": [_person(row) for row in without_questionnaire(run)],
        "stale_questionnaires": [_person(row) | {"questionnaire_date": row.questionnaire_date} for row in stale(run)],
        "groups_not_declared": [_person(row) | {"groups": missing_groups(row)} for row in undeclared(run)],
        "lists_period": {"from": lists.first, "to": lists.last},
        "customers_without_list": [{"inn": one.inn, "name": one.name} for one in lists.missing],
        "customers_without_contracts": [{"inn": one.inn, "name": one.name} for one in no_contract_at_all(run)],
    }


def _person(row: Coverage) -> dict[str, Any]:
    who = row.employee
    return {"employee_id": who.employee_id, "employer_inn": who.employer_inn, "name": who.name}


def completeness_text(run: Run, lists: Lists, words: Words) -> Iterator[str]:
    """The same for people: whose questionnaire is to be asked for again and why, who handed in no list."""
    yield from _questionnaires(run, words)
    yield from _lists(lists, words)


def _questionnaires(run: Run, words: Words) -> Iterator[str]:
    rows = [row for row in run.coverage if faults(row, words)]
    if not rows:
        return
    yield words(
        "cli.check.questionnaires", none=len(without_questionnaire(run)), stale=len(stale(run)), groups=len(undeclared(run))
    )
    for row in rows[:MOST_SHOWN]:
        who = row.employee
        place = ", ".join(text for text in (who.department or who.employer, who.employee_id) if text)
        yield words("cli.check.questionnaire", name=who.name, place=place or "—", faults=". ".join(faults(row, words)))
    if len(rows) > MOST_SHOWN:
        yield words("cli.check.more_notes", number=len(rows) - MOST_SHOWN)


def faults(row: Coverage, words: Words) -> list[str]:
    """What is wrong with an official's questionnaire, in words; empty where nothing is, and for a mere seat on a commission."""
    if "seat_not_linked" in row.reasons:
        return []
    if NO_QUESTIONNAIRE in row.reasons:
        return [words("cli.check.fault.none")]
    told, day = [], f"{row.questionnaire_date:%d.%m.%Y}" if row.questionnaire_date else ""
    if STALE in row.reasons:
        told.append(words("cli.check.fault.stale", date=day) if day else words("cli.check.fault.undated"))
    if FUTURE in row.reasons:
        told.append(words("cli.check.fault.future", date=day))
    if groups := missing_groups(row):
        names = words.raw("coverage.groups")
        told.append(words("cli.check.fault.groups", groups="; ".join(names.get(group, group) for group in groups)))
    return told


def _lists(lists: Lists, words: Words) -> Iterator[str]:
    if not lists.missing:
        return
    yield words("cli.check.no_list", period=period_text(lists, words), number=len(lists.missing), all=len(lists.customers))
    yield from (words("cli.check.customer", inn=one.inn, name=one.name or "") for one in lists.missing[:MOST_SHOWN])
    if len(lists.missing) > MOST_SHOWN:
        yield words("cli.check.more_notes", number=len(lists.missing) - MOST_SHOWN)


def period_text(lists: Lists, words: Words) -> str:
    """`III квартал 2026 г.` where the period is a quarter, else from which day to which; `весь период` where it is open."""
    if lists.quarter:
        number, year = lists.quarter
        return words("letters.period.quarter", number=words.raw("letters.period.numbers")[number - 1], year=year)
    if lists.first and lists.last:
        return words("letters.period.both", first=f"{lists.first:%d.%m.%Y}", last=f"{lists.last:%d.%m.%Y}")
    if lists.first:
        return words("letters.period.from", first=f"{lists.first:%d.%m.%Y}")
    return words("letters.period.until", last=f"{lists.last:%d.%m.%Y}") if lists.last else words("letters.period.all")
