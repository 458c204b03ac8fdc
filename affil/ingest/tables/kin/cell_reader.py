"""The pieces of a cell of kin, each given to the person it speaks of."""

from __future__ import annotations

import re

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
    trimmed,
)
from affil.ingest.tables.kin.told import WORKS, Told, chains_of, is_married_kin, tell
from affil.ingest.vocabulary.kin_layouts import kin_layouts
from affil.ingest.vocabulary.vocabulary import plain, vocabulary
from affil.language.companies import looks_like_company
from affil.language.kin_words import parse_relationship

_BRACKETED = re.compile(r"^\s*\(([^()]*)\)")
_STRANGER = re.compile(r"^[а-яё]+(?:\s+[а-яё]+){0,3}\s*(?:[–—:-]\s*|\s)(?=[А-ЯЁ])")
_AND = re.compile(r"^\s*(?:и|а также|/|\+)\s+(?=[^\W\d_])")


def says_nobody(text: str) -> bool:
    """True for a blank, a dash and words like «нет» that stand for nobody."""
    return not text.strip(EDGES) or vocabulary().nobody.fullmatch(plain(text)) is not None


class CellReader:
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
        fits = meant and (self.heading is None or set(chains_of(self.heading)) & set(chains_of(meant)))
        of_spouse = self.now is not None and self.now.name is not None and is_married_kin(self.now, self.heading)
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
        if says_nobody(bare):
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
            tell(self.now, follows, self.heading)
        elif text.strip(EDGES):
            self._tell(text.strip(" \t,;"))

    def _stranger(self, body: str) -> bool:
        """«кум – Петров Пётр Петрович»: a word of no known kin before a name. He, and what follows, is left out."""
        match = _STRANGER.match(body)
        if match is None or name_in_front(body[match.end() :], sure=True) is None or WORKS.match(body):
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
            tell(self.now, body[: len(body) - len(born[1])], self.heading)
            self.take(trimmed(born[1]), first=False)  # «Перов Лев 2005 Перова Анна 2007»
            return
        tell(self.now, body, self.heading)


def _is_group(words: str) -> bool:
    kin = parse_relationship(words)
    return kin is not None and kin.group


def _groups(text: str) -> list[str]:
    """The groups of kin a text names: «братьев и сестёр» is one, «детей и супруга» are two; [] where a word is none."""
    whole = nominative_kin(text)
    if whole is not None and len(chains_of(whole)) == 1:
        return [whole]
    parts = [nominative_kin(part) for part in re.split(r"\s+и\s+|[,/]", text)]
    return [part for part in parts if part is not None] if None not in parts else []
