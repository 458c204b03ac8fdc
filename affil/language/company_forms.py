"""The words of an organisation's name and its legal form: short, full, misspelt, in another case, dotted or glued."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from affil.language.company_branches import BRANCH, without_branch

_SEEN = 65_536
_LOOKALIKES = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
_LATIN = re.compile(r"[A-Z]")
CYRILLIC = re.compile(r"[А-Я]")
QUOTES = re.compile(r"[\"'`«»„“”‟‹›‘’‚‛′″]+")
WORD = re.compile(r"[^\W_]+(?:[&+][^\W_]+)*")
_NUMBER_SIGN = re.compile(r"N[OО]?")
_NUMBERED_WORD = re.compile(r"^N[OО]?(?=\d)")
_REGISTERED = re.compile(
    r"[\s,;(]*(?<!\w)(?:ИНН|INN|КПП|ОГРН|OGRN)(?:\s*/\s*КПП)?\W{0,3}\d{8,13}(?:\s*/\s*\d{9})?(?!\d)\s*\)?", re.IGNORECASE
)
_LONG_NUMBER = re.compile(r"\d{8}")
_GLUED_FORM = re.compile(r"(?<!\w)([OО]{3}|[OО][AА][OО]|ЗАО|П?[AА][OО]|МУП|ГУП)(?=[А-ЯЁ][а-яё])")
_DOTTED_FORM = re.compile(r"(?<!\w)(?:[А-ЯЁA-Z]\.\s?){2,4}(?=[\s«\"'„“]|$)")
_ZEROS = re.compile(r"^\s*[0ОO]{3}(?=[\s«\"'„“])")
SHORTEST_MISSPELT, LONG = 7, 10
"""Words of a legal form are known with one wrong letter from seven letters on, with two from ten on (cases too: «Общества»)."""


def split_form(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of the legal form, short, and the words of the name proper; either may be empty."""
    words = _replaced(name_words(name), _short_words(), longest_form("words"))
    while True:
        form, rest = _form_first(without_branch(words, _begins_with_form))
        if [*form, *rest] == words or BRANCH.isdisjoint(rest):
            return form, tuple(rest)
        words = [*form, *rest]  # a branch of a branch


def name_words(text: str) -> list[str]:
    """The words of a name: upper case, ё as е, no quotes, hyphens or signs, Latin look-alikes in Russian words as Russian."""
    told = _GLUED_FORM.sub(r"\1 ", _REGISTERED.sub(" ", text) if _LONG_NUMBER.search(text) else text)
    told = _ZEROS.sub("ООО", _DOTTED_FORM.sub(_undotted, told) if "." in told else told)
    plain = QUOTES.sub(" ", told).upper().replace("Ё", "Е")
    return _without_number_signs([one_alphabet(_NUMBERED_WORD.sub("", word, count=1)) for word in WORD.findall(plain)])


def _undotted(found: re.Match[str]) -> str:
    """«О.О.О.» as the form it is; other letters with full stops are initials and stay."""
    letters = re.sub(r"[.\s]", "", found[0]).translate(_LOOKALIKES)
    return letters + " " if (letters,) in forms() and letters != "ИП" else found[0]


def _without_number_signs(words: list[str]) -> list[str]:
    """«N 9» as «9»; № is no letter and is gone already."""
    kept: list[str] = []
    for word in reversed(words):
        if not (kept and kept[-1][0].isdigit() and _NUMBER_SIGN.fullmatch(word)):
            kept.append(word)
    return kept[::-1]


def one_alphabet(word: str) -> str:
    """The word with Latin look-alikes as Russian letters, where it has Russian ones or is a legal form then."""
    if not _LATIN.search(word):
        return word
    russian = word.translate(_LOOKALIKES)
    return russian if CYRILLIC.search(word) or (russian,) in forms() else word


@cache
def vocabulary() -> dict[str, Any]:
    """The tables of companies.toml."""
    with Path(__file__).with_name("companies.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def forms() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Every spelling of a legal form, in words, with its short form."""
    spellings = [(name, short) for short, names in vocabulary()["forms"].items() for name in (short, *names)]
    return {tuple(name.split()): tuple(short.split()) for name, short in (*spellings, *_institutions())}


def _institutions() -> Iterator[tuple[str, str]]:
    parts = vocabulary()["institutions"]
    for (owner, first), (kind, second), (body, third) in product(*(parts[key].items() for key in ("owners", "types", "kinds"))):
        short = first + second + third
        yield f"{owner} {kind} {body}", short
        yield short, short


@cache
def _short_words() -> dict[tuple[str, ...], tuple[str, ...]]:
    return {tuple(name.split()): (short,) for short, names in vocabulary()["words"].items() for name in names}


@cache
def longest_form(table: str = "forms") -> int:
    """How many words the longest entry of a table has."""
    return max(len(words) for words in (forms() if table == "forms" else _short_words()))


def _begins_with_form(words: list[str]) -> bool:
    return bool(_form_in_front(words)[0])


def _replaced(words: list[str], table: dict[tuple[str, ...], tuple[str, ...]], longest: int) -> list[str]:
    out: list[str] = []
    place = 0
    while place < len(words):
        size = next((size for size in range(longest, 0, -1) if tuple(words[place : place + size]) in table), 0)
        out += table[tuple(words[place : place + size])] if size else [words[place]]
        place += size or 1
    return out


def _form_first(words: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """The legal form at the beginning or at the end of the words, and the words without it."""
    form, size = _form_in_front(words)
    if form:
        return form, words[size:]
    form, size = _form_behind(words)
    return form, words[: len(words) - size]


def _form_in_front(words: list[str]) -> tuple[tuple[str, ...], int]:
    """The short form the words begin with, also misspelt or in another case, and how many words it takes."""
    most = min(longest_form("forms"), len(words))
    first = tuple(words[:most])
    if first[:4] in forms() and first[:5] not in forms():  # by far the most: no need to look for slips
        return forms()[first[:4]], 4
    if first and _rightly_spelt(first[0]) in _ends_of_forms(0):
        first = tuple(map(_rightly_spelt, first))
    return next(((forms()[first[:size]], size) for size in range(most, 0, -1) if first[:size] in forms()), ((), 0))


def _form_behind(words: list[str]) -> tuple[tuple[str, ...], int]:
    """The same of the form the words end with."""
    most = min(longest_form("forms"), len(words))
    last = tuple(words[-most:])
    if last and _rightly_spelt(last[-1]) in _ends_of_forms(-1):
        last = tuple(map(_rightly_spelt, last))
    return next(((forms()[last[-size:]], size) for size in range(most, 0, -1) if last[-size:] in forms()), ((), 0))


@cache
def _ends_of_forms(end: int) -> frozenset[str]:
    """The first (0) or last (-1) words of the forms of several words."""
    return frozenset(words[end] for words in forms() if len(words) > 1)


@cache
def _form_words() -> dict[str, None]:
    """The long words forms are made of, sorted."""
    return dict.fromkeys(sorted({word for words in forms() for word in words if len(word) >= SHORTEST_MISSPELT}))


@lru_cache(maxsize=_SEEN)
def _rightly_spelt(word: str) -> str:
    """The word of a form that this one is with a slip or another ending; itself where it is none."""
    if len(word) < SHORTEST_MISSPELT or word in _form_words():
        return word
    most = 2 if len(word) >= LONG else 1
    near = process.extractOne(word, _form_words().keys(), scorer=OSA.distance, processor=None, score_cutoff=most)
    return near[0] if near else word
