"""The nominative of a name in an oblique case: «назначить Петрову Анну Павловну» -> ПЕТРОВА АННА ПАВЛОВНА.

The patronymic shows case and gender beyond doubt («Павловну» is nobody's nominative); the other words follow by the endings of
fio_cases.toml, the lists choose where an ending leaves several. Without a patronymic only two words that are both oblique in
one case, or the instrumental of a surname beside initials («с Ивановым И.И.»), are turned.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from affil.language import fio_lists
from affil.language import fio_words as form

_DATA: dict[str, Any] = tomllib.loads((files("affil.language") / "fio_cases.toml").read_text(encoding="utf-8"))
_OBLIQUE = re.compile(r"[А-Я]{2,}(?:[ОЕЬ]?ВИЧ|ЬИЧ|МИЧ|УКИЧ|ТИЧ)(?:А|У|ЕМ|ОМ|Е)|[А-Я]{2,}(?:ВН|ЧН)(?:Ы|Е|У|ОЙ|ОЮ)")
INSTRUMENTAL_FORM = r"[А-Я]{2,}(?:ОВ|ЕВ|ИН|ЫН)ЫМ"
_INSTRUMENTAL = re.compile(INSTRUMENTAL_FORM)
_STEMS: dict[str, str] = dict(pair.split("=") for pair in _DATA["stems"]["male"].split())
_Endings = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Case:
    gender: str
    patronymic: _Endings
    given: _Endings
    surname: _Endings


@cache
def _cases() -> tuple[_Case, ...]:
    return tuple(
        _Case(gender, *(_endings(case[part]) for part in ("patronymic", "given", "surname")))
        for gender in ("male", "female")
        for case in _DATA[gender].values()
    )


def _endings(text: str) -> _Endings:
    pairs = (pair.split("=") for pair in text.split())
    return tuple((ending, tuple("" if one == "-" else one for one in others.split(","))) for ending, others in pairs)


def is_instrumental(surname: str) -> bool:
    """True for the ending a surname has only in the instrumental: «с Ивановым»."""
    return _INSTRUMENTAL.fullmatch(surname) is not None


def nominative(words: Sequence[str]) -> list[str]:
    """`words` of one name (comparable, initials as 'И.') in the nominative where their case is beyond doubt, else as they are."""
    whole = list(words)
    if not 2 <= len(whole) <= 4 or any(form.is_patronymic(word) for word in whole):
        return whole
    initials = [word for word in whole if _is_initial(word)]
    if initials:
        return [_from_instrumental(word) for word in whole]
    fathers = [place for place, word in enumerate(whole) if _OBLIQUE.fullmatch(word)]
    if len(fathers) == 1 and len(whole) > 2:
        return _with_patronymic(whole, fathers[0])
    return _of_two(whole) if len(whole) == 2 else whole


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word[1] == "."


def _from_instrumental(word: str) -> str:
    return word[:-2] if is_instrumental(word) else word


def _with_patronymic(words: list[str], father: int) -> list[str]:
    for case in _cases():
        patronymic = next(iter(_turned(words[father], case.patronymic)), None)
        if patronymic is None:
            continue
        others = [place for place in range(len(words)) if place != father]
        place_of_given = _place_of_given(words, others, case)
        turned = list(words)
        turned[father] = patronymic
        for place in others:
            turned[place] = (
                _given(words[place], case) or words[place] if place == place_of_given else _surname(words[place], case)
            )
        return turned
    return words


def _place_of_given(words: list[str], others: list[int], case: _Case) -> int:
    """The word that is a common given name in this case; where none is, the one beside which a surname ends as surnames do."""
    common = [place for place in others if _common_given(words[place], case)]
    if len(common) == 1:
        return common[0]
    listed = [
        max(fio_lists.share("given", one) for one in (words[place], *_turned(words[place], case.given))) for place in others
    ]
    unlike = [not any(form.has_surname_ending(one) for one in _turned(words[place], case.surname)) for place in others]
    return max(zip(unlike, listed, others, strict=True))[2]


def _common_given(word: str, case: _Case) -> str | None:
    names = form.MALE_GIVEN if case.gender == "male" else form.FEMALE_GIVEN
    if case.gender == "male" and word[:-1] in _STEMS:
        return _STEMS[word[:-1]]
    return next((one for one in _turned(word, case.given) if one in names), None)


def _given(word: str, case: _Case) -> str | None:
    common = _common_given(word, case)
    if common is not None:
        return common
    return max(_turned(word, case.given), key=lambda one: (fio_lists.share("given", one), one), default=None)


@lru_cache(maxsize=8192)
def _surname(word: str, case: _Case) -> str:
    """The nominative of a surname: its own spelling where it does not change, else the listed one of its ending."""
    if "-" in word:
        return "-".join(_surname(part, case) for part in word.split("-"))
    if word.endswith(("КО", "ЫХ", "ИХ", "ДЗЕ", "ШВИЛИ")):
        return word
    options = list(_turned(word, case.surname))
    if not options:
        return word
    if len(options) == 1 and form.has_surname_ending(options[0]):
        return options[0]
    return max((word, *options), key=lambda one: (fio_lists.share("surname", one), one != word, one))


def _turned(word: str, endings: _Endings) -> Iterator[str]:
    """`word` with each nominative ending of the first ending that fits."""
    for ending, others in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            yield from (word[: len(word) - len(ending)] + other for other in others)
            return


def _of_two(words: list[str]) -> list[str]:
    """«Иванову Ивану»: both words oblique in one case, the given name a common one that is nothing else as it stands."""
    found: set[tuple[str, ...]] = set()
    for case in _cases():
        for given, surname in ((0, 1), (1, 0)):
            name = None if words[given] in form.COMMON_GIVEN else _common_given(words[given], case)
            if name is None or form.reads_as_surname_only(words[surname]) or not _is_rare_beside(words[given], name):
                continue
            family = next((one for one in _turned(words[surname], case.surname) if form.has_surname_ending(one)), None)
            if family is not None:
                found.add((name, family) if given == 0 else (family, name))
    return list(found.pop()) if len(found) == 1 else words


def _is_rare_beside(word: str, name: str) -> bool:
    """True where the lists show `word` as a given name at most once for a hundred bearers of `name`: a slip of the list's own."""
    counts = fio_lists.counts("given")
    return counts.get(word, 0) * 100 <= counts.get(name, 0)
