"""A word in Latin, Ukrainian, Belarusian, Greek and other letters as the Russian words it may stand for, likeliest first.

The letters and what each may be read as are data: fio_scripts.toml.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files

_DATA: dict[str, dict[str, str]] = tomllib.loads((files("affil.language") / "fio_scripts.toml").read_text(encoding="utf-8"))
WHOLE = _DATA["whole"]
INITIALS = _DATA["initial"]
_BELARUSIAN_LATIN = frozenset(_DATA["hints"]["belarusian_latin"].split())
_UKRAINIAN_LATIN = frozenset(_DATA["hints"]["ukrainian_latin"].split())
_UKRAINIAN_END = re.compile("[^w]*(?:ovych|iyovych|ivna|[stz]kyi|[stz]kyy|vyi|nyi)")
_GERMAN = re.compile("w|tsch")
_APOSTROPHES = re.compile("['’ʼ‘`´ʹʺʻ′″\"]+")
_SCRIPTS = (
    ("greek", re.compile("[\u0370-\u03ff]")),
    ("armenian", re.compile("[\u0530-\u058f]")),
    ("georgian", re.compile("[\u10a0-\u10ff]")),
    ("latin", re.compile("[a-z\u00df-\u024f]")),
)
LATIN = ("latin", "german", "belarusian_latin", "ukrainian_latin")
_MOST = 160  # readings of one word that are followed
_HUSHING = frozenset("жчшщ")
_VOWELS = frozenset("аеиоуыэюя")

Reading = tuple[float, str]
"""Cost in nats and the Russian word in lower case."""


def script_of(word: str) -> str:
    """The part of fio_scripts.toml that reads `word` (lower case), 'cyrillic' where none of the alphabets fits."""
    return next((script for script, letters in _SCRIPTS if letters.search(word)), "cyrillic")


def latin_language(words: Iterable[str]) -> str:
    """Whose Latin letters a name is written in, told by its `words` (lower case): a part of fio_scripts.toml."""
    known = list(words)
    if not _BELARUSIAN_LATIN.isdisjoint(known):
        return "belarusian_latin"
    if any(_GERMAN.search(word) for word in known):
        return "german"
    is_ukrainian = any(word in _UKRAINIAN_LATIN or _UKRAINIAN_END.fullmatch(word) for word in known)
    return "ukrainian_latin" if is_ukrainian else "latin"


@lru_cache(maxsize=8192)
def readings(word: str, language: str) -> tuple[Reading, ...]:
    """The Russian readings of `word`, cheapest first; `language` names the part of the data: 'latin', 'ukrainian' …"""
    plain = _plain(word.lower(), language)
    beam: dict[str, float] = {"": 0.0}
    place = 0
    while place < len(plain):
        length, options = _options(plain, place, language)
        grown: dict[str, float] = {}
        for begun, cost in beam.items():
            for text, extra in _in_context(begun, options, plain[place], place + length == len(plain)):
                whole = begun + text
                grown[whole] = min(grown.get(whole, 99.0), cost + extra)
        beam = dict(sorted(grown.items(), key=lambda one: (one[1], one[0]))[:_MOST]) if len(grown) > _MOST else grown
        place += length
    return tuple(sorted((cost, text) for text, cost in beam.items()))


def _plain(word: str, language: str) -> str:
    """`word` with one apostrophe, and with the marks of letters dropped that the data does not tell."""
    plain = _APOSTROPHES.sub("'", word)
    if language not in LATIN:
        return "".join(_bare(letter) if "\u0370" <= letter <= "\u03ff" else letter for letter in plain)
    told = _DATA["latin"]
    return "".join(letter if letter in told else _bare(letter) for letter in unicodedata.normalize("NFC", plain))


def _bare(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))


def _options(word: str, place: int, language: str) -> tuple[int, tuple[tuple[str, float], ...]]:
    """How many signs are read at `place`, and as what."""
    endings, tokens = _tokens(f"{language}_end"), _tokens(language)
    rest = word[place:]
    if rest in endings:
        return len(rest), endings[rest]
    for length in range(min(7, len(rest)), 0, -1):
        if rest[:length] in tokens:
            return length, tokens[rest[:length]]
    return 1, (("ь", 0.0),) if rest[0] == "'" else _tokens("cyrillic").get(rest[0], ((rest[0], 0.0),))


@cache
def _tokens(part: str) -> dict[str, tuple[tuple[str, float], ...]]:
    kind = next((kind for kind in LATIN[1:] if part.startswith(kind)), None)
    base = "latin" + part.removeprefix(kind) if kind else part
    return {sign: tuple(_told(text)) for sign, text in (_DATA.get(base, {}) | _DATA.get(part, {})).items()}


def _told(text: str) -> Iterator[tuple[str, float]]:
    for option in text.split(","):
        reading, _, cost = option.strip().partition(" ")
        yield reading, float(cost or 0)


def _in_context(begun: str, options: tuple[tuple[str, float], ...], sign: str, last: bool) -> Iterator[tuple[str, float]]:
    """After a hushing consonant «о» may stand for «ё» (Gorbachov); «y» and «j» after a vowel are «й», «y»
    between consonants is «ы»."""
    if sign in "yj" and begun and begun[-1] in _VOWELS and options[0][0] == "и":
        options = (("й", 0.0), *options[1:])
    elif sign == "y" and options[0][0] == "и" and begun and not last:
        options = (("ы", 0.0), *options[1:])
    yield from options
    if begun and begun[-1] in _HUSHING and options[0][0] == "о":
        yield "е", 2.5


_ENDINGS = (
    (re.compile(r"ь(?=ь)|^ь"), ""),
    (re.compile(r"и{2,}$"), "ий"),
    (re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])(?<!швил)и$"), "ий"),
    (re.compile(r"(?<=[аеоуэюя])и(?![лнс]?$|[аеиоуыэюя])"), "й"),
    (re.compile(r"л(?=[нсчбгзш])"), "ль"),
    (re.compile(r"(?<=ьн|вн|нн|жн)ий$"), "ый"),
)


def spelt(text: str) -> str:
    """The cheapest reading as a Russian would write it: a last «и» after a consonant as «ий», after a vowel as «й»."""
    for pattern, letters in _ENDINGS:
        text = pattern.sub(letters, text)
    return text
