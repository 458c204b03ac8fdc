"""Rows of the officer's own journals into records: declared interests, notices, and searches in registries."""

from __future__ import annotations

import re
from typing import Any

from affil.ingest.tables.rows.row import NO_PERSON, Records, RowRefusedError, TableRow, named_columns
from affil.ingest.values.cells import Refused
from affil.ingest.values.converters import meaning
from affil.ingest.values.dates import date_in
from affil.ingest.values.number_values import any_inn
from affil.ingest.values.organisation_cell import organisation_columns
from affil.ingest.vocabulary.vocabulary import plain, vocabulary
from affil.language.fio import parse_name
from affil.language.kin_words import parse_relationship

INTEREST, NONE = "interest", "none"
_DASH = "—"
_HOLDERS = {"spouse": "spouse", "child": "child"}
_LONG_NUMBER = re.compile(r"(?<!\d)(?:\d{12}|\d{10})(?!\d)")
_EMPLOYEE_NUMBER = re.compile(r"\d{1,8}")
_DATE_BEHIND = re.compile(r"\s*(?:,|;|/|\bот\b|\bfrom\b)\s*\S*\d.*$", re.IGNORECASE)


def interest_records(row: TableRow) -> Records:
    """An interest declared in the declaration of income, or the fact that there is none («нет» for an organisation).

    The row needs the official by number or name, and the organisation by name or ИНН.
    """
    official = named_columns(row, "name")
    written: str | None = row.get("organisation")
    nothing = written == _DASH or (written is not None and vocabulary().nobody.fullmatch(plain(written)) is not None)
    organisation = organisation_columns(row, None if nothing else written)
    if not nothing and organisation["organisation"] is None and organisation["organisation_inn"] is None:
        raise RowRefusedError("required_missing", "organisation", "organisation_inn")
    holder, kind = row.get("holder"), row.get("kind")
    declared = {
        "fact": NONE if nothing and organisation["organisation_inn"] is None else INTEREST,
        "holder": _holder(row, holder), "holder_text": holder,
        "share": row.get("share") or row.get("share_percent"),
        "kind": _meant(row, "kind", "interest_kind"), "kind_text": kind,
        "as_of": row.get("as_of"),
    }  # fmt: skip
    return [("declared_interest", {**official, "employer_inn": row.get("employer_inn"), **organisation, **declared})]


def _holder(row: TableRow, written: str | None) -> str | None:
    """Whose it is: 'self', 'spouse', 'child', 'other' for whoever else is named; None where the word is not known."""
    if written is None:
        return None
    exact = vocabulary().values["holder"].get(plain(written))
    kin = parse_relationship(written) if exact is None else None
    found = exact or (_HOLDERS.get("|".join(kin.chains), "other") if kin else meaning(written, "holder"))
    if found is None:
        row.doubt("holder", "unknown_holder", written)
    return found


def notice_records(row: TableRow) -> Records:
    """A notice of the journal; the row needs the official by number or name, and what the notice is about."""
    official = named_columns(row, "name")
    if row.get("kind") is None:
        raise RowRefusedError("required_missing", "kind")
    number, noticed_on = _number_and_date(row)
    notice = {
        "kind": _meant(row, "kind", "notice_kind"), "kind_text": row.get("kind"), "number": number, "noticed_on": noticed_on,
        "valid_from": row.get("from"), "valid_to": row.get("to"),
        "decision": _decision(row), "decision_text": row.get("decision"),
    }  # fmt: skip
    organisation = organisation_columns(row, row.get("organisation"))
    return [("notice", {**official, "employer_inn": row.get("employer_inn"), **organisation, **notice})]


def _number_and_date(row: TableRow) -> tuple[str | None, Any]:
    """Number and date, from one cell «12 от 04.03.2025» where the date has no column of its own."""
    number: str | None = row.get("number")
    if number is None or row.get("date") is not None:
        return number, row.get("date")
    try:
        day = date_in(number)
    except Refused as refused:
        row.doubt("number", refused.reason, number, **refused.params)
        return number, None
    return (number if day is None else _DATE_BEHIND.sub("", number).removeprefix("№").strip() or number), day


def _decision(row: TableRow) -> str | None:
    """'consent' or 'refusal'; None where nothing is decided, and (told) where the words are not known or turn a consent round."""
    written: str | None = row.get("decision")
    if written is None or plain(written) in vocabulary().none_of_them:
        return None
    word = plain(written)
    found = vocabulary().values["decision"].get(word)
    if found is None:
        found = meaning(written, "decision")
        if found == "consent" and vocabulary().negations.search(word) and "не возража" not in word:
            found = None
    if found is None:
        row.doubt("decision", "unknown_decision", written)
    return None if found == "undecided" else found


def _meant(row: TableRow, field: str, values: str) -> str | None:
    """What the words of a field mean; unknown ones stay as written only, and are told."""
    written: str | None = row.get(field)
    if written is None:
        return None
    found = meaning(written, values)
    if found is None:
        row.doubt(field, f"unknown_{values}", written)
    return found


def search_records(row: TableRow) -> Records:
    """A search in a registry's service; the row needs who, where, when and with what result."""
    for field in ("who", "service", "date", "result"):
        if row.get(field) is None:
            raise RowRefusedError("required_missing", field)
    who: str = row.get("who")
    name = parse_name(who)
    columns = {column: value for column, value in (name.columns() if name else {}).items() if column in NO_PERSON}
    search = {
        "who": who, "searched_by": row.get("by"), "inn": _searched_inn(row), "service": row.get("service"),
        "searched_on": row.get("date"), "result": row.get("result"), "file": row.get("file"),
        "employee_id": row.get("employee_id") or (who if _EMPLOYEE_NUMBER.fullmatch(who) else None),
        "employer_inn": row.get("employer_inn"),
    }  # fmt: skip
    return [("search", {**search, **NO_PERSON, **columns})]


def _searched_inn(row: TableRow) -> str | None:
    """The ИНН the search was made by, in whichever of the two cells it stands."""
    for field in ("by", "who"):
        number = _LONG_NUMBER.search(row.get(field) or "")
        if number:
            try:
                return any_inn(number[0])
            except Refused as refused:
                row.doubt(field, refused.reason, number[0], **refused.params)
    return None
