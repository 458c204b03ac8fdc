"""What names tell of kinship: whether a patronymic is made of a father's name, whether two surnames are one family's."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import OSA

from affil.language.fio_words import is_patronymic

_ENDING = re.compile(r"(?:(?:ЬЕ|ИЕ|О|Е)(?:ВИЧ|ВНА)|ИНИЧНА|ИЧНА|ЫЧ|ИЧ)$")
_SOFT = "ЬЙИЕАОЯ"
_LONG_ENOUGH = 4  # of a shorter stem one letter is too much of it
# Names whose patronymics begin otherwise, and spellings of one name.
_SAME = tuple(
    frozenset(group.split())
    for group in (
        "ЛЕВ ЛЬВ", "ИОСИФ ОСИП", "ГЕОРГ ЕГОР ЮР", "САВВ САВ", "ФЕДОР ФЕОДОР", "ИВАН ИОАНН", "ДЕНИС ДИОНИС", "САМУИЛ САМОЙЛ",
        "ДМИТР ДИМИТР", "КСЕНОФОНТ СЕНОФОНТ", "ПАВЕЛ ПАВЛ", "ЯКОВ ЯКОВЛ ИАКОВ", "ИЛ ИЛИ", "ЗАХАР ЗАХАРИ",
        "МАГОМЕД МАГОМЕТ МУХАМЕД МОХАММАД",
    )
)  # fmt: skip
_FEMININE = re.compile(r"(?<=ОВ|ЕВ|ИН|ЫН)А$")
_ADJECTIVE = re.compile(r"(?:АЯ|ЯЯ|ИЙ|ЫЙ|ОЙ)$")


@cache
def patronymic_fits(given: str | None, patronymic: str | None) -> bool | None:
    """Whether `patronymic` can be made of the father's name `given` (both comparable); None where one of them does not tell.

    Spellings one letter apart fit: «Михаил» and «Михайлович», «Данил» and «Даниилович».
    """
    if not given or not patronymic or "." in given or "." in patronymic:
        return None
    father, child = _given_stem(given), _patronymic_stem(patronymic)
    if father is None or child is None:
        return None
    near = OSA.distance(father, child) <= 1 and min(len(father), len(child)) >= _LONG_ENOUGH
    return father == child or near or any(father in group and child in group for group in _SAME)


@cache
def same_father(one: str | None, other: str | None) -> bool | None:
    """Whether two patronymics, a man's and a woman's too, are made of one name; None where one of them does not tell."""
    stems = [_patronymic_stem(word) if word and "." not in word else None for word in (one, other)]
    return None if None in stems else stems[0] == stems[1]


def _given_stem(given: str) -> str | None:
    word = re.split(r"[ -]", given)[0]
    return word.rstrip(_SOFT) or None


def _patronymic_stem(patronymic: str) -> str | None:
    words = patronymic.split(" ")
    if len(words) > 1:  # «Али оглы»
        return words[0].rstrip(_SOFT) or None
    if not is_patronymic(patronymic) or not _ENDING.search(patronymic):
        return None
    return _ENDING.sub("", patronymic).rstrip(_SOFT) or None


@cache
def family(surname: str | None) -> str | None:
    """What is left of a surname without the ending that tells the gender: «Рябова» and «Рябов» are one family."""
    if not surname:
        return None
    return _ADJECTIVE.sub("", _FEMININE.sub("", surname))
