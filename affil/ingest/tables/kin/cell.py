"""Kin written into one cell, as values of the table of relatives: «жена – Иванова (до брака Петрова) Анна, 1980; детей нет».

What is not understood is told with its text and nothing is guessed from it: a person that might be somebody else's kin is left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from affil.ingest.tables.kin.headings import nominative_kin
from affil.ingest.tables.kin.pieces import (
    EDGES,
    after_dash,
    birth_in_front,
    dashed,
    is_given_and_patronymic,
    is_one_word,
    kin_in_front,
    name_in_front,
    pieces,
    trimmed,
)
from affil.ingest.tables.kin.sides import either_side
from affil.ingest.tables.kin.word_under_heading import under_heading
from affil.ingest.values.cells import Refused
from affil.ingest.values.dates import birth_value
from affil.ingest.values.number_values import person_inn
from affil.ingest.vocabulary.kin_layouts import kin_layouts
from affil.ingest.vocabulary.vocabulary import plain, vocabulary
from affil.language.companies import looks_like_company
from affil.language.kin_words import parse_relationship

NOT_UNDERSTOOD, OTHER_KIN = "kin_not_understood", "kin_other_than_heading"
_ONE_OF = frozenset({"spouse", "parent"})
_LONGEST_CELL = 20_000
_INN = re.compile(r"^\W*ИНН\W{0,3}(\d[\d ]{9,14}\d)\W*", re.IGNORECASE)
_PHONE = re.compile(r"^\W*(?:тел(?:ефон)?|моб|сот)\.?\W{0,3}(\+?\d[\d\s()-]{4,18}\d)\W*", re.IGNORECASE)
_BRACKETED = re.compile(r"^\s*\(([^()]*)\)")
_STRANGER = re.compile(r"^[а-яё]+(?:\s+[а-яё]+){0,3}\s*(?:[–—:-]\s*|\s)(?=[А-ЯЁ])")
_WORKS = re.compile(
    r"^(?:место\s+)?(?:работает|работы|работала?|служит|учится|обучается|должность|занимается)\b\W*(?:в\s+)?", re.IGNORECASE
)
_HOUSE = re.compile(r"\d{1,4}\s?[А-Яа-яё]?(?:[/-]\d{1,4})*")
_AND = re.compile(r"^\s*(?:и|а также|/|\+)\s+(?=[^\W\d_])")


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


@dataclass(slots=True)
class KinCell:
    """`people`: values by field of the table of relatives; `left`: (reason, text) of what was not taken."""

    people: list[dict[str, Any]] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)


def kin_of_cell(text: str, heading: str | None) -> KinCell:
    """Everybody a cell tells of. `heading`: the kin words its column is headed with, None where the cell itself must say."""
    found = KinCell()
    if len(text) > _LONGEST_CELL:
        found.left.append((NOT_UNDERSTOOD, text))
        return found
    if plain(text) in kin_layouts().unknown:
        return found
    if _says_nobody(text):
        nobody = text.strip(EDGES) or "—"
        found.people.append({"relationship": heading or nobody, "name": nobody})
        return found
    reader = _Reader(heading)
    for piece, first in pieces(text):
        reader.take(piece, first)
    reader.finish()
    people = _no_second(reader.people, heading, found)
    for told, word in zip(people, either_side([told.word for told in people], heading), strict=True):
        told.word = word
        _settle(told, heading, found)
    found.left += [(NOT_UNDERSTOOD, one) for one in reader.left]
    return found


def _no_second(people: list[Told], heading: str | None, found: KinCell) -> list[Told]:
    """Without the second spouse, father or mother of a column of one: a name without a kin word there is somebody else's."""
    kin = parse_relationship(heading) if heading else None
    if kin is None or kin.group or not any(chain.rpartition(".")[2] in _ONE_OF for chain in kin.chains):
        return people
    bare = [told for told in people if told.word is None]
    found.left += [(NOT_UNDERSTOOD, ", ".join(told.text)) for told in bare[1:]]
    return [told for told in people if told.word is not None or told is bare[0]]


def _says_nobody(text: str) -> bool:
    return not text.strip(EDGES) or vocabulary().nobody.fullmatch(plain(text)) is not None


class _Reader:
    """Goes over the pieces and gives each to the person it speaks of."""

    def __init__(self, heading: str | None) -> None:
        self.heading = heading
        self.group: str | None = None  # the last kin word in the plural: «дети: Иванов Пётр; Иванова Мария»
        self.people: list[Told] = []
        self.left: list[str] = []
        self.now: Told | None = None
        self.lost = False  # what follows somebody who was not understood is his

    def take(self, body: str, first: bool) -> None:
        """One piece of the cell; `first`: on its line, or behind a semicolon or number."""
        if self.now is not None and self.now.name and is_one_word(self.now.name) and is_given_and_patronymic(body):
            self.now.name = f"{self.now.name} {body}"
            self.now.text.append(body)
        elif not (self._nobody(body, first) or self._kin(body) or self._person(body, first) or self._stranger(body)):
            self._tell(body)

    def finish(self) -> None:
        """Those of whom nothing but a kin word was said are no persons, unless they died."""
        for told in [one for one in self.people if one.name is None and one.died is None]:
            if told.word and vocabulary().deceased.search(told.word):
                told.died = told.word
            elif told.word and _is_group(told.word) and told.text == [told.word] and told is not self.people[-1]:
                self.people.remove(told)  # «родители: отец Перов Лев; …»: the word only heads the others
            else:
                self.people.remove(told)
                self.left.append(", ".join(told.text))

    def _start(self, word: str | None, text: str) -> Told:
        self.now, self.lost = Told(word), False
        self.now.text.append(text)
        self.people.append(self.now)
        return self.now

    def _nobody(self, body: str, first: bool) -> bool:
        """«детей нет», «не женат». Behind somebody's name «не женат» is said of him."""
        meant = kin_layouts().nobody_of.get(plain(body))
        fits = meant and (self.heading is None or set(_chains(self.heading)) & set(_chains(meant)))
        of_spouse = self.now is not None and self.now.name is not None and _is_married_kin(self.now, self.heading)
        if meant and first and fits and not of_spouse:
            self._start(meant, body).name = body
            return True
        behind = kin_layouts().nobody_behind.fullmatch(body)
        groups = _groups(behind[1]) if behind else []
        for kin in groups:
            self._start(kin, body).name = "нет"
        return bool(groups)

    def _kin(self, body: str) -> bool:
        """A piece that a kin word begins."""
        found = kin_in_front(body)
        if found is None:
            return False
        word, rest = found
        bare = trimmed(rest)
        if not bare:
            return self._kin_alone(word, body)
        if _says_nobody(bare):
            for kin in _groups(word) or [word]:
                self._start(kin, body).name = bare
            return True
        named = name_in_front(after_dash(rest), sure=False)
        told = vocabulary().deceased.match(bare) or birth_in_front(bare) or is_one_word(bare) or dashed(rest)
        if named is None and not told:
            return False
        self._begin(word, body)
        if named is None and is_one_word(bare) and self.now is not None:
            self.now.name = bare
        elif named is not None:
            self._named(*named, body)
        else:
            self._tell(bare)
        return True

    def _kin_alone(self, word: str, body: str) -> bool:
        """«сын» before a name, or behind it where the cell writes so."""
        if self.now is not None and self.now.name and self.now.word is None:
            self.now.word = word
            self.now.text.append(body)
            return True
        self._begin(word, body)
        return True

    def _begin(self, word: str, body: str) -> None:
        kin = parse_relationship(word)
        self.group = word if kin is not None and kin.group else None
        self._start(word, body)

    def _person(self, body: str, first: bool) -> bool:
        """A piece that a name begins: of the kin word before it, or of somebody else.

        «Отец умер; Громова Ольга Павловна»: of the dead all is said, the name behind the semicolon is another's.
        """
        waiting = self.now is not None and self.now.name is None and self.now.word is not None
        waiting = waiting and not (first and self.now is not None and self.now.died is not None)
        named = name_in_front(body, sure=not (waiting or (self.heading is not None and not self.people)))
        if named is None and waiting and self.now is not None and is_one_word(body) and not looks_like_company(body):
            self.now.name = body
            self.now.text.append(body)
            return True
        if named is None and self.heading is not None and self.now is None and vocabulary().deceased.match(body):
            self._start(None, body).died = body
            return True
        if named is None:
            return False
        if not waiting:
            self._start(self.group, body)
        elif self.now is not None:
            self.now.text.append(body)
        self._named(*named, body)
        return True

    def _named(self, name: str, rest: str, body: str) -> None:
        """The name of the present person and what follows it within the piece."""
        if self.now is None:
            return
        self.now.name = name.strip(" ,;–—")
        if "†" in body:
            self.now.died, rest = "†", rest.replace("†", " ")
        bracket = _BRACKETED.match(rest)
        if bracket:
            rest = rest[bracket.end() :]
            self._beside_name(bracket[1])
            self.now.dying = False
        joined = _AND.match(rest)
        if joined and name_in_front(rest[joined.end() :], sure=True) is not None:
            self.take(trimmed(rest[joined.end() :]), first=False)
        elif rest.strip(EDGES):
            self._beside_name(after_dash(rest))

    def _beside_name(self, text: str) -> None:
        """«(жена)», «– сын», «(2005 г.р.)», «12.03.1980 учитель» behind a name."""
        if self.now is None:
            return
        found = kin_in_front(text.strip(EDGES))
        follows = found[1].strip(EDGES) if found else ""
        if found and (not follows or birth_in_front(follows)) and self.now.word in (None, self.group):
            self.now.word = found[0]
            self.now.text.append(text)
            _tell(self.now, follows, self.heading)
        elif text.strip(EDGES):
            self._tell(text.strip(" \t,;"))

    def _stranger(self, body: str) -> bool:
        """«кум – Петров Пётр Петрович»: a word of no known kin before a name. He, and what follows, is left out."""
        match = _STRANGER.match(body)
        if match is None or name_in_front(body[match.end() :], sure=True) is None or _WORKS.match(body):
            return False
        self.left.append(body)
        self.now, self.lost = None, True
        return True

    def _tell(self, body: str) -> None:
        """What is told of the present person, or of nobody."""
        if self.now is None:
            if self.lost and self.left:
                self.left[-1] += ", " + body
            else:
                self.left.append(body)
                self.lost = True
            return
        if not self.now.text or body not in self.now.text[-1]:
            self.now.text.append(body)
        born = birth_in_front(body)
        if born is not None and name_in_front(trimmed(born[1]), sure=True) is not None:
            _tell(self.now, body[: len(body) - len(born[1])], self.heading)
            self.take(trimmed(born[1]), first=False)  # «Перов Лев 2005 Перова Анна 2007»
            return
        _tell(self.now, body, self.heading)


def _tell(told: Told, text: str, heading: str | None) -> None:
    """Sorts a text about a person: death, divorce, birth, ИНН, telephone, place of birth, address, place of work."""
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
        if _is_married_kin(told, heading):
            told.marks.append(body)
        return
    if (birth := birth_in_front(body)) and (told.birth is None or dying) and not told.work:
        told.birth = told.birth or (None if dying else birth[0])
        _tell(told, birth[1], heading)
        return
    for pattern, name in ((_INN, "inn"), (_PHONE, "phone")):
        if (match := pattern.match(body)) and getattr(told, name) is None:
            setattr(told, name, match[1])
            _tell(told, body[match.end() :], heading)
            return
    _tell_where(told, body)


def _tell_where(told: Told, body: str) -> None:
    layouts = kin_layouts()
    said = layouts.address_said.match(body)
    if told.address and _HOUSE.fullmatch(body):
        told.address.append(body)
    elif said:
        told.address.append(body[said.end() :])
    elif (
        layouts.street.search(body)
        and (told.address or not told.work or not looks_like_company(body))
        and not looks_like_company(body)
    ):
        if told.place and not told.address:
            told.address += told.place
        told.address.append(body)
    elif layouts.locality.match(body) and not told.work and not looks_like_company(body):
        told.place.append(body)
    elif not layouts.remarks.fullmatch(body.strip(EDGES)):
        told.work.append(_WORKS.sub("", body))


@lru_cache(maxsize=4_096)
def _chains(words: str) -> tuple[str, ...]:
    kin = parse_relationship(words)
    return kin.chains if kin else ()


def _is_group(words: str) -> bool:
    kin = parse_relationship(words)
    return kin is not None and kin.group


def _groups(text: str) -> list[str]:
    """The groups of kin a text names: «братьев и сестёр» is one, «детей и супруга» are two; [] where a word is none."""
    whole = nominative_kin(text)
    if whole is not None and len(_chains(whole)) == 1:
        return [whole]
    parts = [nominative_kin(part) for part in re.split(r"\s+и\s+|[,/]", text)]
    return [part for part in parts if part is not None] if None not in parts else []


def _is_married_kin(told: Told, heading: str | None) -> bool:
    return any(chain.startswith("spouse") and "." not in chain for chain in _chains(told.word or heading or ""))


def _settle(told: Told, heading: str | None, found: KinCell) -> None:
    """One person into values, or into what is left."""
    text = ", ".join(told.text)
    relationship = under_heading(told.word, heading)
    if relationship is None:
        found.left.append((OTHER_KIN if told.word and heading else NOT_UNDERSTOOD, text))
        return
    values: dict[str, Any] = {"relationship": relationship, "text": text}
    if told.marks:
        values["relationship"] = f"{relationship} ({', '.join(told.marks)})"
    name = f"{told.name or ''} ({told.died})".strip() if told.died and told.name else told.name
    work = ", ".join(one for one in told.work if one.strip(EDGES))
    values.update(
        name=name,
        employer=work or (told.died if not told.name and told.died != told.word else None),
        address=", ".join(told.address) or None,
    )
    values["phone"] = told.phone
    _add_checked(values, "birth_date", told.birth, birth_value, found)
    _add_checked(values, "inn", told.inn, person_inn, found)
    found.people.append({name: value for name, value in values.items() if value is not None})


def _add_checked(values: dict[str, Any], name: str, text: str | None, read: Any, found: KinCell) -> None:
    if text is None:
        return
    try:
        values[name] = read(text)
    except Refused as refused:
        found.left.append((refused.reason, text))
