"""Addresses in comparable form, down to the flat: settlement, street, house and flat without the words that only name them.

Our own small reader: of the libraries that work offline libpostal needs a compiler and 2 GB of data from outside, natasha takes
milliseconds an address and finds no rooms of the ФНС, Pullenti is not free for all uses.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_PART = re.compile(r"[,;\n()]+")
_ENDING = r"-?(?:ая|ый|ой|ое|го|ти|ых|я|й|е)(?![а-я\d])"
_ORDINAL = re.compile(rf"(\d+){_ENDING}")
_WORD = re.compile(rf"(?:[а-я]\.){{2,}}|[а-я]+(?:-[а-я]+)+|\d+{_ENDING}|\d+[а-я]?(?:[/-]\d+[а-я]?)*|[а-я]+")
_SLASHED = {"с/п": " сп ", "г/п": " гп ", "с/с": " сс ", "а/я": " ая ", "р/п": " рп ", "м/о": " мо "}
_LETTER_APART = re.compile(r"(\d)[\s-]*([абвежзин])(?![а-я.])")
_QUOTES = re.compile(r"[\"'«»„“”№#]")
_GLUED = re.compile(r"(?<![а-я\d])([а-я]{1,8})\.?(?=\d)|(?<=\d)(?=(?:кв|корп|стр|пом|помещ|оф|эт|лит|ком)(?![а-я]))")
_HOUSE = re.compile(r"\d{1,4}[а-я]?(?:/\d{1,4}[а-я]?)?")
_HOUSE_FLAT = re.compile(r"(\d{1,4}[а-я]?(?:/\d{1,4}[а-я]?)?)-(\d{1,4}[а-я]?)")
_ROOM = re.compile(r"\d{1,5}[а-я]?(?:[/-]\d{1,4}[а-я]?)*|[а-я]|[ivx]{1,5}[а-я]?")
_ROMAN = re.compile(r"(?<![a-z])([ivxlc]{1,6})(?![a-z])")
_INITIALS = re.compile(r"[а-я]|(?:[а-я]\.)+")
_NAMELESS = frozenset({"им", "имени"})


@dataclass(slots=True)
class _Address:
    """The parts found so far; '' = not told. `building`: marks and numbers of корпус, строение, литера."""

    settlement: str = ""
    street: str = ""
    area: str = ""
    house: str = ""
    flat: str = ""
    room: str = ""
    building: list[str] = field(default_factory=list)
    guessed: str = ""  # «5-12» that was read as house and flat
    pending: str = ""  # words before a house that nothing names: its street

    @property
    def road(self) -> str:
        """The street, or the area that stands for one where houses have no streets."""
        return self.street or self.area

    @property
    def number(self) -> str:
        """The house with its buildings, in one order."""
        return self.house + "".join(sorted(set(self.building)))


@lru_cache(maxsize=65_536)
def flat_key(address: str) -> str | None:
    """`settlement|street|house|flat` in lower case, of an address that names street, house and flat (room, office); else None.

    Two addresses of one key are one place (`same_flat`); a house without a flat is a building many live in, and no key.
    «5-12» is house 5 and flat 12 where no flat is named. What is no улица but проспект, переулок … has its kind behind its name.
    """
    found = _read(address)
    flat = "-".join(part for part in (found.flat, found.room) if part)
    return "|".join((found.settlement, found.road, found.number, flat)) if found.road and found.house and flat else None


def same_flat(one: str, other: str) -> bool:
    """Whether two keys are of one place: equal, or one of them does not name the settlement."""
    (a, *rest), (b, *others) = one.split("|"), other.split("|")
    return rest == others and (not a or not b or a == b)


def _read(address: str) -> _Address:
    found = _Address()
    for part in _PART.split(_plain(address)):
        words = _WORD.findall(part)
        if not any(map(_kind, words)):
            _take_bare(found, words)
            continue
        found_in = list(_named(words))
        for kind, mark, content in found_in:
            _take(found, kind, mark, content)
        found.pending = ""
    return found


def _plain(address: str) -> str:
    text = address.lower().replace("ё", "е")
    for written, plain in _SLASHED.items():
        text = text.replace(written, plain)
    text = _ROMAN.sub(lambda found: "р" + str(_roman(found[1])), _QUOTES.sub(" ", text))
    text = re.sub(r"вн\.\s?тер\.\s?(?:г\.)?", " внтер ", text).replace("м.р-н", " р-н ")
    return _LETTER_APART.sub(r"\1\2", _GLUED.sub(_apart, text))


def _apart(found: re.Match[str]) -> str:
    """«кв12» and «5кв» with a space; letters before digits that name nothing stay."""
    if found[1] is None:
        return " "
    return found[1] + " " if _kind(found[1]) else found[0]


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in text]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def _named(words: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Kind, mark and words of each part between commas that words name: «ул. Ленина», «Ленина ул.», «д. 5 кв. 12»."""
    places = [place for place, word in enumerate(words) if _kind(word)]
    unclaimed = words[: places[0]]
    for at, end in zip(places, [*places[1:], len(words)], strict=True):
        kind, mark = _kind(words[at]) or ("", "")
        content = words[at + 1 : end]
        if unclaimed and kind in ("settlement", "street", "area", "other") and not any(_wordy(word) for word in content):
            content = unclaimed + content
        elif unclaimed and kind == "other":
            content, unclaimed = unclaimed, content
            yield kind, mark, content
            continue
        elif unclaimed and kind == "house" and any(map(_wordy, unclaimed)):
            yield "street", "", unclaimed
        unclaimed = []
        yield kind, mark, content


def _take(found: _Address, kind: str, mark: str, words: list[str]) -> None:
    if kind == "settlement":
        found.settlement = found.settlement or _name(words)
    elif kind in ("street", "area"):
        name, numbers = _split(words)
        if not name and (kind == "area" or mark == "линия"):  # «мкр. 3» has a number for a name
            name, numbers = numbers[:1], numbers[1:]
        if name and not getattr(found, kind):
            setattr(found, kind, " ".join(part for part in (_name(name), mark) if part))
            _take_numbers(found, numbers)
    elif kind == "house":
        found.street = found.street or (found.pending if not found.area else "")
        _take_numbers(found, [] if found.house else words)
    elif kind == "building":
        number = "".join(words[:1])
        if _ROOM.fullmatch(number):
            found.building.append(mark + number)
    elif kind in ("flat", "room"):
        number = "".join(words)
        if kind == "flat" and found.guessed and number:
            found.house, found.flat, found.guessed = found.guessed, "", ""
        if not getattr(found, kind) and _ROOM.fullmatch(number.removeprefix("р")):
            setattr(found, kind, re.sub(r"(?<=\d)-(?=[а-я])", "", number))


def _take_bare(found: _Address, words: list[str]) -> None:
    """A part that nothing names: an index, a house and flat behind their street, or a street before its house."""
    name, numbers = _split(words)
    if name and numbers and not found.road:
        found.street = _name(name)
        _take_numbers(found, numbers)
    elif name:
        found.pending = _name(name) if not numbers else ""
    elif numbers and not (len(numbers[0]) >= 5 and numbers[0].isdigit()):
        if not found.house and not found.road:
            found.street = found.pending
        if found.road:
            _take_numbers(found, numbers)


def _take_numbers(found: _Address, numbers: list[str]) -> None:
    """House and flat in this order, «5-12» as both."""
    for number in numbers:
        both = _HOUSE_FLAT.fullmatch(number)
        if both and not found.house:
            found.guessed = "" if found.flat else number
            found.house, found.flat = (number, found.flat) if found.flat else (both[1], both[2])
        elif not found.house and _HOUSE.fullmatch(number):
            found.house = number
        elif found.house and not found.flat and _HOUSE.fullmatch(number):
            found.flat = number


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """The words of a name and the house and flat behind them; «9 Мая» and «Советская 1-я» have none."""
    end = len(words)
    while end > 0 and (_HOUSE.fullmatch(words[end - 1]) or _HOUSE_FLAT.fullmatch(words[end - 1]) or words[end - 1].isdigit()):
        end -= 1
    if end == 0 and words and not _HOUSE_FLAT.fullmatch(words[0]):
        return [], words
    return words[:end], words[end:]


def _name(words: list[str]) -> str:
    """The words of a name, sorted, without initials and «имени»; «1-я» as 1."""
    numbered = [found[1] if (found := _ORDINAL.fullmatch(word)) else word for word in words]
    return " ".join(sorted(word for word in numbered if word not in _NAMELESS and not _INITIALS.fullmatch(word)))


def _wordy(word: str) -> bool:
    return not word[0].isdigit() or bool(_ORDINAL.fullmatch(word))


@lru_cache(maxsize=4096)
def _kind(word: str) -> tuple[str, str] | None:
    return _kinds().get(word.rstrip("."))


@cache
def _kinds() -> dict[str, tuple[str, str]]:
    """What kind of part a word names (`ул` a street, `кв` a flat) and the mark it leaves in the key, by `addresses.toml`."""
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        data: dict[str, Any] = tomllib.load(file)
    streets = {word: ("street", mark) for mark, words in data.pop("street_kinds").items() for word in words}
    buildings = {word: ("building", mark) for mark, words in data.pop("buildings").items() for word in words}
    return {word: (kind, "") for kind, words in data.items() for word in words} | streets | buildings
