"""The present place of work out of the work record (item 11): the last row without an end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from affil.ingest.questionnaire.answers import answer_text
from affil.ingest.questionnaire.parts import Place, TablePart
from affil.ingest.questionnaire.words import questionnaire_words
from affil.ingest.questionnaire.workplace import workplace
from affil.ingest.values.cells import Refused
from affil.ingest.values.dates import date_value


@dataclass(frozen=True, slots=True)
class PresentWork:
    """Where the official works as the form says. `hired` only where a whole day is written: the form asks for the month alone.

    `others`: rows without an end before it, jobs held beside.
    """

    place: Place
    employer: str | None
    position: str | None
    hired: dt.date | None
    others: tuple[tuple[Place, str], ...]


def present_work(tables: list[TablePart]) -> PresentWork | None:
    """The last row that is told to go on, else the last row of all where its end is blank; None where there is none such."""
    rows = [(place, _texts(part, values)) for part in tables for place, values in part.rows]
    rows = [(place, texts) for place, texts in rows if texts.get("post") or texts.get("firm")]
    still = questionnaire_words().still_there
    going_on = [(place, texts) for place, texts in rows if texts.get("to") and still.fullmatch(texts["to"].strip(" ."))]
    if rows and not rows[-1][1].get("to") and rows[-1] not in going_on:
        going_on.append(rows[-1])
    if not going_on:
        return None
    place, texts = going_on[-1]
    told = workplace(texts.get("post", ""))
    employer, position = told.organisation, told.position
    if texts.get("firm"):
        employer, position = workplace(texts["firm"]).organisation, texts.get("post")
    others = tuple((at, f"{one.get('firm', '')} {one.get('post', '')}".strip()) for at, one in going_on[:-1])
    return PresentWork(place, employer, position, _day(texts.get("from")), others)


def _texts(part: TablePart, values: dict[int, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, text in values.items():
        name = part.fields[number] if number < len(part.fields) else ""
        told = answer_text(text) or ("—" if text.strip() in ("-", "–", "—") else "")
        if name and told and name not in found:
            found[name] = told
    return found


def _day(text: str | None) -> dt.date | None:
    try:
        return date_value(text)
    except Refused:
        return None
