"""What a cell tells of one person, sorted by what it is: death, divorce, birth, ИНН, telephone, address, place of work."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from affil.ingest.tables.kin.pieces import EDGES, birth_in_front
from affil.ingest.vocabulary.kin_layouts import kin_layouts
from affil.ingest.vocabulary.vocabulary import vocabulary
from affil.language.companies import looks_like_company
from affil.language.kin_words import parse_relationship

WORKS = re.compile(
    r"^(?:место\s+)?(?:работает|работы|работала?|служит|учится|обучается|должность|занимается)\b\W*(?:в\s+)?", re.IGNORECASE
)
_INN = re.compile(r"^\W*ИНН\W{0,3}(\d[\d ]{9,14}\d)\W*", re.IGNORECASE)
_PHONE = re.compile(r"^\W*(?:тел(?:ефон)?|моб|сот)\.?\W{0,3}(\+?\d[\d\s()-]{4,18}\d)\W*", re.IGNORECASE)
_HOUSE = re.compile(r"\d{1,4}\s?[А-Яа-яё]?(?:[/-]\d{1,4})*")


@dataclass(slots=True)
class Told:
    """One person, or a group of whom there is nobody; `word`: the kin word of the cell, None where only the heading tells it."""

    word: str | None
    name: str | None = None
    birth: str | None = None
    inn: str | None = None
    phone: str | None = None
    work: list[str] = field(default_factory=list)
    address: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # of birth; with a street behind it, it is an address
    marks: list[str] = field(default_factory=list)  # of a divorce
    died: str | None = None
    dying: bool = False  # the piece before told of the death: a date behind it is not of birth
    text: list[str] = field(default_factory=list)


def tell(told: Told, text: str, heading: str | None) -> None:
    """Add a text about a person to what is told of him, one part after the other."""
    body = text.strip(" \t,;–—")
    if re.search(r"[а-яё]{3}\.$", body):
        body = body[:-1]
    if not body.strip(EDGES):
        return
    if vocabulary().deceased.match(body):
        told.died, told.dying = body, True
        return
    dying, told.dying = told.dying, False
    if vocabulary().divorced.search(body) and not looks_like_company(body):
        if is_married_kin(told, heading):
            told.marks.append(body)
        return
    if (birth := birth_in_front(body)) and (told.birth is None or dying) and not told.work:
        told.birth = told.birth or (None if dying else birth[0])
        tell(told, birth[1], heading)
        return
    for pattern, name in ((_INN, "inn"), (_PHONE, "phone")):
        if (match := pattern.match(body)) and getattr(told, name) is None:
            setattr(told, name, match[1])
            tell(told, body[match.end() :], heading)
            return
    _tell_where(told, body)


def _tell_where(told: Told, body: str) -> None:
    layouts = kin_layouts()
    said = layouts.address_said.match(body)
    if told.address and _HOUSE.fullmatch(body):
        told.address.append(body)
    elif said:
        told.address.append(body[said.end() :])
    elif layouts.street.search(body) and not looks_like_company(body):
        if told.place and not told.address:
            told.address += told.place
        told.address.append(body)
    elif layouts.locality.match(body) and not told.work and not looks_like_company(body):
        told.place.append(body)
    elif not layouts.remarks.fullmatch(body.strip(EDGES)):
        told.work.append(WORKS.sub("", body))


@lru_cache(maxsize=4_096)
def chains_of(words: str) -> tuple[str, ...]:
    """The chains of kin some words mean; none where they are no kin words."""
    kin = parse_relationship(words)
    return kin.chains if kin else ()


def is_married_kin(told: Told, heading: str | None) -> bool:
    """True where he is a husband or wife, or one divorced: of nobody else a marriage is told here."""
    return any(chain.startswith("spouse") and "." not in chain for chain in chains_of(told.word or heading or ""))
