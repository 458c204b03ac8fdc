"""The answer to a person's request about the processing of his data, point by point of 152-ФЗ ст. 14 ч. 7.

What the program knows it says; what only the operator knows is taken from `[personal_data]` of the settings, or is a blank.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from affil.reports.blocks import Block, Bullets, Heading, Table, Text
from affil.reports.column_heading import column_heading, value_word
from affil.reports.phrases import label
from affil.reports.word.destruction import post_text
from affil.retention.subject import Held
from affil.retention.terms import RUNNING, Term
from affil.settings import Settings
from affil.words import Words


@dataclass(frozen=True, slots=True)
class SubjectAnswer:
    """What is answered, of one person: `terms` of his posts, `runs` whose documents name him."""

    found: Held
    terms: tuple[Term, ...]
    runs: tuple[str, ...]
    settings: Settings
    made: dt.datetime


def answer_blocks(answer: SubjectAnswer, words: Words) -> list[Block]:
    """The answer as parts of a document, a section a point of the law."""
    said: list[Block] = [
        *(Text(words("retention.data.subject", name=one.name, post=_post(one, words))) for one in answer.terms),
        Text(words("retention.data.made", date=f"{answer.made:%d.%m.%Y %H:%M}")),
        Text(words("retention.data.closed")),
    ]
    for number, (key, blocks) in enumerate(SECTIONS.items(), 1):
        said += [Heading(f"{number}. {words(f'retention.data.section.{key}')}"), *blocks(answer, words)]
    return said


def answer_value(answer: SubjectAnswer, words: Words) -> dict[str, Any]:
    """The same as values; None where only the operator knows and the settings do not say."""
    found, settings = answer.found, answer.settings
    told = settings.personal_data
    return {
        "name": found.name,
        "processed": True,
        "posts": [_post_value(one, settings, words) for one in answer.terms],
        "operator": {**settings.organisation.model_dump(include={"name", "inn", "address"}), "contact": told.contact},
        **told.model_dump(include={"recipients", "cross_border", "processors", "measures"}),
        "held": [
            {"table": one.table, "field": one.field, "value": one.value, "file": one.file, "place": one.place,
             "loaded": one.loaded.isoformat()}
            for one in found.items
        ],
        "relatives": [
            {"relationship": one.relationship, "fields": list(one.fields), "file": one.file, "place": one.place}
            for one in found.kin
        ],
        "named_by_others": found.others,
        "named": [{"table": one.table, "source": one.source, "by_inn": one.is_sure, "rows": one.rows} for one in found.named],
        "looked": [{"at": one.at.isoformat(), "command": one.command} for one in found.looks],
        "runs": list(answer.runs),
        "events": [{"on": on.isoformat(), "event": kind} for on, kind in found.events],
    }  # fmt: skip


def _confirmed(answer: SubjectAnswer, words: Words) -> Iterable[Block]:
    own = answer.settings.organisation
    days = [one.loaded for one in answer.found.items]
    since = words("retention.data.since", date=f"{min(days):%d.%m.%Y}") if days else ""
    yield Text(words("retention.data.confirmed", operator=own.name or _blank(words), name=answer.found.name, since=since))


def _basis(answer: SubjectAnswer, words: Words) -> Iterable[Block]:
    basis = answer.settings.legal_basis
    for status in dict.fromkeys(one.status for one in answer.terms):
        person, kin = (part.of(status) or words("retention.data.no_basis") for part in (basis.person, basis.relatives))
        name = label(words, "reports.status", status) or words("memo.no_status")
        yield Text(words("retention.data.basis_person", status=name, basis=person))
        if answer.found.kin:
            yield Text(words("retention.data.basis_relatives", basis=kin))
    yield Text(words("retention.data.purpose"))


def _ways(answer: SubjectAnswer, words: Words) -> Iterable[Block]:
    yield Text(words("retention.data.ways"))


def _operator(answer: SubjectAnswer, words: Words) -> Iterable[Block]:
    own, blank = answer.settings.organisation, _blank(words)
    inn = words("retention.act.inn", inn=own.inn) if own.inn else ""
    yield Text(words("retention.act.operator", name=own.name or blank, inn=inn, address=(own.address or blank).rstrip(".")))
    listed = answer.settings.documents.access_list
    yield Text(words("retention.data.access", list=words("retention.data.access_list", list=listed) if listed else ""))
    yield Text(answer.settings.personal_data.recipients or blank, words("retention.data.recipients"))


def _held(answer: SubjectAnswer, words: Words) -> Iterable[Block]:
    found = answer.found
    held = tuple(
        (
            f"{words(f'retention.data.table.{one.table}')}: {column_heading(one.field, one.table)}",
            value_word(one.field, one.value, words),
            one.file,
            one.place,
            f"{one.loaded:%d.%m.%Y}",
        )
        for one in found.items
    )
    yield Table(words.raw("retention.data.held_headings"), held, (4, 5, 5, 4, 2.5))
    yield Text(_blank(words), words("retention.data.source_told"))
    if found.kin:
        yield Text(words("retention.data.kin"))
        yield Table(words.raw("retention.data.kin_headings"), tuple(_kin_rows(found, words)), (3, 3, 5, 5, 4))
    yield Text(words("retention.data.compared"))
    if found.named:
        yield Text(words("retention.data.named"))
        yield Table(words.raw("retention.data.named_headings"), tuple(_named_rows(found, words)), (5, 3, 3, 2, 6))
    if found.others:
        yield Text(words("retention.data.others", number=found.others))


def _kin_rows(found: Held, words: Words) -> Iterable[tuple[str, ...]]:
    for one in found.kin:
        fields = ", ".join(column_heading(name, "relative") for name in one.fields)
        who = words("retention.data.masked" if fields else "retention.data.no_kin")
        yield one.relationship, who, fields, one.file, one.place


def _named_rows(found: Held, words: Words) -> Iterable[tuple[str, ...]]:
    for one in found.named:
        what = label(words, "retention.kept.table", one.table)
        how = words("retention.kept.by_inn" if one.is_sure else "retention.kept.by_name")
        ground = words(f"retention.kept.ground.{one.ground}")
        yield what, label(words, "load.kind", one.source), how, str(one.rows), ground


def _term(answer: SubjectAnswer, words: Words) -> Iterable[Block]:
    kept = answer.settings.retention
    yield Bullets(tuple(term_text(one, answer.settings, words) for one in answer.terms))
    yield Text(
        words("retention.data.kept", years=kept.after_dismissal_years, case_years=kept.case_years, days=kept.relative_days)
    )


def _rights(answer: SubjectAnswer, words: Words) -> Iterable[Block]:
    yield Bullets(tuple(words.raw("retention.data.rights")))
    yield Text(answer.settings.personal_data.contact or _blank(words), words("retention.data.contact"))


def _abroad(answer: SubjectAnswer, words: Words) -> Iterable[Block]:
    yield Text(words("retention.data.abroad"))
    yield Text(answer.settings.personal_data.cross_border or _blank(words), words("retention.data.abroad_told"))


def _processors(answer: SubjectAnswer, words: Words) -> Iterable[Block]:
    yield Text(answer.settings.personal_data.processors or words("retention.act.no_processor"))


def _measures(answer: SubjectAnswer, words: Words) -> Iterable[Block]:
    yield Text(words("retention.data.measures"))
    yield Text(answer.settings.personal_data.measures or _blank(words), words("retention.data.measures_told"))


def _looked(answer: SubjectAnswer, words: Words) -> Iterable[Block]:
    looks = tuple(
        (f"{one.at:%d.%m.%Y %H:%M}", words.raw("audit.command").get(one.command, one.command)) for one in answer.found.looks
    )
    yield Text(words("retention.data.looked" if looks else "retention.data.nobody_looked"))
    if looks:
        yield Table(words.raw("retention.data.looked_headings"), looks, (4, 12))
    yield Text(words("retention.data.given", runs=", ".join(answer.runs)) if answer.runs else words("retention.data.none_given"))


def _decisions(answer: SubjectAnswer, words: Words) -> Iterable[Block]:
    events = answer.found.events
    yield Text(words("retention.data.decisions", number=len(events)))
    if events:
        said = (words("retention.data.decision", date=f"{on:%d.%m.%Y}", what=_event(kind, words)) for on, kind in events)
        yield Bullets(tuple(said))


SECTIONS: dict[str, Callable[[SubjectAnswer, Words], Iterable[Block]]] = {
    "confirmed": _confirmed,  # п. 1
    "basis": _basis,  # п. 2
    "ways": _ways,  # п. 3
    "operator": _operator,  # п. 4
    "held": _held,  # п. 5
    "term": _term,  # п. 6
    "rights": _rights,  # п. 7
    "abroad": _abroad,  # п. 8
    "processors": _processors,  # п. 9
    "measures": _measures,  # п. 9.1
    "looked": _looked,  # п. 10
    "decisions": _decisions,  # п. 10
}


def term_text(one: Term, settings: Settings, words: Words) -> str:
    """Until when his data are kept, in words for him: who decided on a hold, and why, may be somebody else's data."""
    key = f"{one.reason}_running" if one.state == RUNNING and one.until else one.reason
    since = one.hold.on if one.hold else one.since
    days = {name: f"{day:%d.%m.%Y}" if day else "" for name, day in (("since", since), ("until", one.until))}
    return words(f"retention.data.reason.{key}", **days, days=settings.retention.candidate_days)


def _post(one: Term, words: Words) -> str:
    return post_text(one.employee_id, one.employer, words) or "—"


def _post_value(one: Term, settings: Settings, words: Words) -> dict[str, Any]:
    basis = settings.legal_basis
    return {
        "employee_id": one.employee_id, "employer": one.employer, "status": one.status, "term": term_text(one, settings, words),
        "basis": basis.person.of(one.status), "basis_relatives": basis.relatives.of(one.status),
    }  # fmt: skip


def _blank(words: Words) -> str:
    return str(words("paper.blank")) * 3


def _event(kind: str, words: Words) -> str:
    return str(words.raw("workbook.event").get(kind, kind))
