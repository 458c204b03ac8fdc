"""What a row of one text says of an official: «1. Агатов Борис Ильич, 01.02.1970 г.р., директор», or the post before the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from affil.ingest.tables.kin.pieces import EDGES, birth_in_front, kin_in_front, name_in_front, trimmed
from affil.ingest.values.cells import Cell
from affil.ingest.vocabulary.loose_words import loose_words
from affil.language.fio import is_patronymic
from affil.language.fio_letters import comparable
from affil.language.fio_words import has_surname_ending

BLANK, HEAD, SKIPPED, OFFICIAL, KIN, DOUBT, SECTION = "blank", "head", "skipped", "official", "kin", "doubt", "section"
_ORDINAL = re.compile(r"^\s*\d{1,3}[.)]\s*")
_FULL = 3
_LONGEST_POST = 8


@dataclass(slots=True)
class RowKind:
    """What a row is; of an official his name, what else the row says of him, and whether only kin below make him sure."""

    kind: str
    name: str = ""
    beside: dict[str, Cell] = field(default_factory=dict)
    labelled: bool = False
    sure: bool = True


def names_in(text: str) -> Iterator[str]:
    """The names of persons in a text, one for each capital letter a name begins with."""
    for match in re.finditer(r"(?<![^\W\d_])[А-ЯЁA-Z]", text):
        named = name_in_front(text[match.start() :], sure=True)
        if named:
            yield named[0]


def is_full(name: str) -> bool:
    """True where a name has its three parts; what stands in brackets, a former surname, is not counted."""
    return len(re.sub(r"\([^()]*\)", " ", name).split()) >= _FULL


def official_of_text(text: str) -> RowKind | None:
    """The official a row of its own names, with his post and birth; None where it is not sure that it is just him."""
    text = " ".join(_ORDINAL.sub("", text).split())
    label = loose_words().label.match(text)
    body = text[label.end() :] if label else text
    if kin_in_front(body) is not None:
        return None
    if post := _post_in_front(body):
        return RowKind(OFFICIAL, body[len(post) :].strip(EDGES), {"position": post.strip(EDGES)}, label is not None, sure=False)
    named = name_in_front(body, sure=True)
    if named is None:
        return None
    name, rest = trimmed(named[0]), named[1]
    words = len(re.sub(r"\([^()]*\)", " ", name).split())
    if words != _FULL and not (label and words < _FULL):
        return None
    if rest and (rest[0].isalnum() or any(map(is_full, names_in(rest)))):
        return None
    rest = rest.strip(EDGES + "()")
    beside: dict[str, Cell] = {}
    born = birth_in_front(rest)
    if born:
        beside["birth_date"], rest = born[0], born[1].strip(EDGES + "()")
    if any(kin_in_front(part.strip(EDGES)) for part in re.split(r"[,;()–—:]", rest) if part.strip(EDGES)):
        return None
    if rest:
        beside["position"] = rest
    return RowKind(OFFICIAL, name, beside, labelled=label is not None, sure=False)


def _post_in_front(text: str) -> str | None:
    """«Главный специалист» of «Главный специалист Агатов Борис Ильич»: nothing but a post, then a full name and nothing more."""
    for match in re.finditer(r"(?<=\s)[А-ЯЁ]", text):
        post, name = text[: match.start()], text[match.start() :]
        named = name_in_front(name, sure=True)
        if named is None:
            continue
        alone = not named[1].strip(EDGES) and len(named[0].split()) == _FULL and is_patronymic(comparable(named[0].split()[-1]))
        words = re.findall(r"[^\W\d_]+", post)
        lower = 0 < len(words) <= _LONGEST_POST and all(word.islower() for word in words[1:])
        named_so = len(words) == 1 and has_surname_ending(comparable(words[0]))
        return post if alone and lower and not named_so and not loose_words().of_relative.search(post) else None
    return None
