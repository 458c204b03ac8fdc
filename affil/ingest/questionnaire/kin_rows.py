"""Rows of item 13 into rows of the table of relatives: persons written several to a cell stand apart, so do work and post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from affil.ingest.questionnaire.answers import answer_text
from affil.ingest.questionnaire.parts import TablePart
from affil.ingest.questionnaire.workplace import workplace
from affil.ingest.values.cells import Refused
from affil.ingest.values.dates import date_in
from affil.ingest.vocabulary.vocabulary import plain, vocabulary
from affil.language.fio import parse_name

Texts = dict[str, str]
_BRACKETS = re.compile(r"\([^)]*\)")
_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def texts_of(part: TablePart, values: dict[int, str]) -> Texts:
    """The texts of a row by field, blanks taken out; columns not known are left out."""
    found: Texts = {}
    for number, text in values.items():
        name = part.fields[number] if number < len(part.fields) else ""
        lines = [line for piece in text.split("\n") if (line := answer_text(piece) or _dash(piece))]
        if name and name != "-" and lines and name not in found:
            found[name] = "\n".join(lines)
    return found


def _dash(text: str) -> str:
    return "—" if text.strip() in ("-", "–", "—") else ""


def persons(texts: Texts) -> Iterator[tuple[Texts, list[str]]]:
    """One row a person, with the fields whose text could not be shared out between them (left out of the rows)."""
    names = _names(texts.get("name", ""))
    if len(names) < 2:
        yield (
            _one(
                {field: text.replace("\n", " ") if field in ("name", "relationship") else text for field, text in texts.items()}
            ),
            [],
        )
        return
    shared, unclear = {"name": names}, list[str]()
    for field, text in texts.items():
        if field == "name":
            continue
        several = _shared_out(field, text, len(names))
        if several:
            shared[field] = several
        else:
            unclear.append(field)
    for n in range(len(names)):
        yield _one({field: several[n] for field, several in shared.items()}), unclear if n == 0 else []


def _names(text: str) -> list[str]:
    """The names in a cell, one a line or parted by «;»; a single name broken over several lines is one."""
    found: list[str] = []
    for line in re.split(r"[\n;]", text):
        bare = _NUMBER.sub("", line).strip(" ,")
        if not bare:
            continue
        if found and (bare.startswith("(") or not _is_name(bare)):
            found[-1] += " " + bare
        else:
            found.append(bare)
    whole = all(map(_is_name, found))
    return found if whole and len(found) > 1 else [" ".join(found)] if found else []


def _is_name(text: str) -> bool:
    """Two words at least that make surname and given name; «нет» in its place counts too."""
    bare = _BRACKETS.sub(" ", text).split()
    name = parse_name(text) if len(bare) > 1 else None
    return (name is not None and name.surname is not None and name.given is not None) or _is_nobody(text)


def _is_nobody(text: str) -> bool:
    return vocabulary().nobody.fullmatch(plain(text)) is not None


def _shared_out(field: str, text: str, number: int) -> list[str] | None:
    """The text of a cell for each of `number` persons, None where it cannot be told whose a line is."""
    lines = [_NUMBER.sub("", line) for line in text.split("\n")]
    if field == "birth_date":
        lines = _by_dates(lines)
    if len(lines) == number:
        return lines
    alone = len(lines) == 1 or (field == "relationship" and len({line.lower() for line in lines}) == 1)
    return [lines[0]] * number if alone and field != "birth_date" else None


def _by_dates(lines: list[str]) -> list[str]:
    """Lines joined so that each begins with a date: the place of birth goes on below it."""
    found: list[str] = []
    for line in lines:
        if (found and not _YEAR.search(line)) or (found and _date_in(found[-1]) is None and not _YEAR.search(found[-1])):
            found[-1] += " " + line
        else:
            found.append(line)
    return found


def _date_in(text: str) -> object:
    try:
        return date_in(text)
    except Refused:
        return text


def _one(texts: Texts) -> Texts:
    """The row with place of work and post apart, where they were written together."""
    place = texts.get("employer")
    if place is None or texts.get("position"):
        return {field: text.replace("\n", " ") for field, text in texts.items()}
    told = workplace(place)
    found = {**texts, "employer": told.place or place, **({"position": told.position} if told.position and told.place else {})}
    return {field: text.replace("\n", " ") for field, text in found.items()}
