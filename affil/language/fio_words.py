"""What the form of one word of a name tells: patronymic, surname, given name, gender.

Endings first; the small lists of fio_words.toml next.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from rapidfuzz.distance import OSA

_DATA = tomllib.loads((files("affil.language") / "fio_words.toml").read_text(encoding="utf-8"))
MALE_GIVEN = frozenset(_DATA["male"].split())
FEMALE_GIVEN = frozenset(_DATA["female"].split())
COMMON_GIVEN = MALE_GIVEN | FEMALE_GIVEN
SONSHIP: dict[str, str] = _DATA["sonship"]
PARTICLES = frozenset(_DATA["words"]["particles"].split())
NOBODY = frozenset(_DATA["words"]["nobody"].split())
SHORT_PATRONYMICS = frozenset(_DATA["short_patronymics"].split())

# Patterns as text too: affil/language/fio_conditions.py asks them in SQL.
PATRONYMIC_FORM = (
    r"[^\W\d_]{2,}(?:[ОЕЬ]ВИЧ|ЬИЧ|[ОЕ]ВНА|ИЧНА)|[^\W\d_]{3,}(?:ВИЧ|ВНА|ОГЛЫ|ОГЛУ|УГЛИ|УГЛЫ|КЫЗЫ)|[^\W\d_]{2,}[^\W\d_ГК]УЛЫ"
)
STRONG_FORM = (
    r".*[^\W\d_](?:ОВ|ЕВ|ИН|ЫН|ОВА|ЕВА|ИНА|ЫНА|[СЦ]КИЙ|[СЦ]КАЯ|[СЦ]КОЙ|ЕНКО|АНКО|ЫХ|ИХ|ЧУК|НЮК|ШИН|ИДЗЕ|АДЗЕ|ВИЛИ|ЯНЦ|НОЙ|НАЯ"
    r"|ОВЫЙ|ОВАЯ)"
)
ORDINARY_FORM = r".*[^\W\d_]{2}(?:ОВ|ЕВ|ИН|ЫН|ОВА|ЕВА|ИНА|ЫНА|[СЦ]КИЙ|[СЦ]КАЯ|ЕНКО)"
MALE_SURNAME_FORM = r".*(?:ОВ|ЕВ|ИН|ЫН|[СЦ]КИЙ|ЫЙ|ОЙ)"
FEMALE_SURNAME_FORM = r".*(?:ОВА|ЕВА|ИНА|ЫНА|АЯ)"
_PATRONYMIC = re.compile(PATRONYMIC_FORM)
_STRONG = re.compile(STRONG_FORM)
_ORDINARY = re.compile(ORDINARY_FORM)
_MALE_SURNAME = re.compile(MALE_SURNAME_FORM)
_FEMALE_SURNAME = re.compile(FEMALE_SURNAME_FORM)
_FEMALE_SOFT = frozenset(_DATA["female_soft"].split())
_MALE_SOFT = frozenset(_DATA["male_soft"].split())
_EITHER = frozenset(_DATA["either_gender"].split())


_PATRONYMIC_ENDINGS = ("ОВИЧ", "ЕВИЧ", "ОВНА", "ЕВНА", "ИЧНА")
_SHORTEST_MISSPELT = 7


def _form(words: str) -> str:
    return "(?:" + "|".join(re.escape(word).replace(r"\*", r"[^\W\d_]*") for word in sorted(words.split())) + ")"


# Школьников and Казеннова are surnames, though they begin as words do.
_NO_SURNAME = r"(?!.*[ОЕ]ВА?$)"
BESIDE_FORM = _form(_DATA["words"]["beside"])
ORGANISATION_FORM = _form(_DATA["words"]["organisation"])
_BESIDE = re.compile(_NO_SURNAME + BESIDE_FORM)
_ORGANISATION = re.compile(_NO_SURNAME + ORGANISATION_FORM)


def is_beside(word: str) -> bool:
    """True for a word that stands beside a name and is no part of it: a post, a kin word, «г.р.»."""
    return word not in COMMON_GIVEN and _BESIDE.fullmatch(word) is not None


def is_of_organisation(word: str) -> bool:
    """True for a word only the name of an organisation has."""
    return _ORGANISATION.fullmatch(word) is not None


def is_patronymic(word: str) -> bool:
    """True where the ending is that of a patronymic. A surname can look so too (Абрамович, Станкевич)."""
    return word in SHORT_PATRONYMICS or _PATRONYMIC.fullmatch(word) is not None


def is_misspelt_patronymic(word: str) -> bool:
    """True where one slip of the pen makes the ending of a patronymic: «Николаефна», «Дмитривеич», «Олегвич»."""
    endings = (word[-length:] for length in (3, 4, 5))
    return (
        len(word) >= _SHORTEST_MISSPELT
        and not has_surname_ending(word)
        and any(OSA.distance(ending, known) <= 1 for ending in endings for known in _PATRONYMIC_ENDINGS)
    )


def is_female_patronymic(word: str) -> bool:
    """True for the endings of a daughter's patronymic, which no surname has."""
    return is_patronymic(word) and word.endswith(("ВНА", "ЧНА", "КЫЗЫ"))


def has_surname_ending(word: str) -> bool:
    """True for endings that surnames have and few given names (those of COMMON_GIVEN left out)."""
    return word not in COMMON_GIVEN and _STRONG.fullmatch(word) is not None


def reads_as_surname_only(word: str) -> bool:
    """True for a lone word with one of the commonest endings of surnames."""
    return word not in COMMON_GIVEN and not is_beside(word) and _ORDINARY.fullmatch(word) is not None


def gender_of(surname: str | None, given: str | None, patronymic: str | None) -> str | None:
    """'m', 'f' or None: told by the patronymic, else by the given name, else by the ending of the surname."""
    return _by_patronymic(patronymic) or _by_given(given) or _by_surname(surname)


def _by_patronymic(patronymic: str | None) -> str | None:
    if not patronymic:
        return None
    if patronymic.endswith(("ВНА", "ЧНА", "КЫЗЫ")):
        return "f"
    return "m" if patronymic.endswith(("ИЧ", "ОГЛЫ", "УЛЫ")) else None


def _by_given(given: str | None) -> str | None:
    if not given or "." in given:
        return None
    word = given.split(" ")[0].split("-")[0]
    if word in _MALE_SOFT or word.endswith(("УЛЛА", "ОЛЛА")):
        return "m"
    if word in MALE_GIVEN:
        return "m"
    if word in FEMALE_GIVEN or word in _FEMALE_SOFT:
        return "f"
    if word in _EITHER or word.endswith("Ь"):
        return None
    return "f" if word.endswith(("ИЯ", "ЬЯ", "НА", "ЛА", "РА", "ТА")) else None


def _by_surname(surname: str | None) -> str | None:
    if not surname:
        return None
    if _FEMALE_SURNAME.fullmatch(surname):
        return "f"
    return "m" if _MALE_SURNAME.fullmatch(surname) else None
