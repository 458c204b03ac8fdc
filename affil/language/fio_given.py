"""Which given names are one in the documents of one person, in Russian, Ukrainian, Belarusian and Western writing.

The table is fio_given.toml. Two names a family can give to two of its children stay apart: Алёна and Елена, Егор and Юрий.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from affil.language.fio_fold import fold_russian
from affil.language.fio_letters import comparable
from affil.language.fio_readings import readings, script_of
from affil.language.fio_words import COMMON_GIVEN, MALE_GIVEN

_DATA: dict[str, dict[str, str]] = tomllib.loads((files("affil.language") / "fio_given.toml").read_text(encoding="utf-8"))
_PATRONYMIC_END = re.compile(r"(i?[oe]viq|[oe]vna|i?vna|aviq|auna|avna|euna|iq)$")
_RUSSIAN_ENDINGS = ("oviq", "eviq", "ovna", "evna", "iq")
_SHORT_ENDINGS = ("ЬИЧ", "ТИЧ", "МИЧ", "КИЧ", "ВВИЧ")
FOREIGN_PATRONYMIC_FORM = "[А-Я]{3,}ЙОВИЧ|(?:ВОЛОДИМИР|ОЛЕКСАНДР)ОВИЧ"
_FOREIGN_PATRONYMIC = re.compile(FOREIGN_PATRONYMIC_FORM)
_TURKIC = re.compile("[ӘҒҚҢӨҰҮҺҲҶҖӢӮҪҘҠҤҔЈЉЊЋЂЏ]")
_BELARUSIAN_ONLY = re.compile("[ЎЫЭ]")


def cyrillic_language(text: str) -> str:
    """'ukrainian', 'belarusian' or 'cyrillic' (letters of other languages) for a word or name in Cyrillic."""
    upper = text.upper()
    if _TURKIC.search(upper):
        return "cyrillic"
    if "Ў" in upper or ("І" in upper and _BELARUSIAN_ONLY.search(upper)):
        return "belarusian"
    return "ukrainian" if re.search("[ІЇЄҐ'’ʼ]", upper) else "cyrillic"


@cache
def _foreign() -> dict[str, str]:
    """The Russian given name behind the fold of each foreign writing."""
    known: dict[str, str] = {}
    common: dict[str, set[str]] = {}
    for name in COMMON_GIVEN:
        common.setdefault(fold_russian(name), set()).add(name)
    for russian, words in _DATA["foreign"].items():
        for word in words.replace("?", "").split():
            script = script_of(word.lower())
            if script == "cyrillic":
                for language in (cyrillic_language(word), "ukrainian"):
                    known.setdefault(fold_russian(readings(word.lower(), language)[0][1]), russian)
            else:
                known.setdefault(fold_russian(readings(word.lower(), script)[0][1]), russian)
    return {fold: russian for fold, russian in known.items() if russian in common.get(fold, {russian})}


@cache
def decisive() -> frozenset[str]:
    """Foreign given names in letters that Russian has too, which are no names of Russian documents: ВОЛОДИМИР, МИКОЛА."""
    words = " ".join(_DATA["foreign"].values()).split()
    plain = {comparable(word) for word in words if not word.endswith("?") and not word.isascii()}
    return frozenset(word for word in plain if re.fullmatch("[А-Я]+", word)) - _russian_names()


@cache
def _russian_names() -> frozenset[str]:
    return frozenset(_DATA["foreign"]) | frozenset(_DATA["russian"]) | frozenset(" ".join(_DATA["russian"].values()).split())


def russian_given(fold: str) -> str | None:
    """The comparable Russian given name of a foreign one, told by the fold of a reading; None where the table has none."""
    return _foreign().get(fold)


@cache
def _men() -> frozenset[str]:
    return frozenset(russian for russian in _DATA["foreign"] if russian in MALE_GIVEN)


@cache
def _stems() -> dict[str, str]:
    return {fold.rstrip("aio"): russian for fold, russian in sorted(_foreign().items(), reverse=True) if russian in _men()}


@cache
def _russian_stems() -> dict[str, str]:
    return {fold_russian(russian).rstrip("aio"): russian for russian in sorted(_men())}


@cache
def _telling_stems() -> dict[str, str]:
    """The stems of names in Ukrainian and Belarusian letters that no Russian name has: their patronymic is no surname."""
    names = {russian: words.replace("?", "").split() for russian, words in _DATA["foreign"].items() if russian in _men()}
    stems = {
        fold_russian(readings(word.lower(), "ukrainian")[0][1]).rstrip("aio"): russian
        for russian, words in names.items()
        for word in words
        if script_of(word.lower()) == "cyrillic"
    }
    return {stem: russian for stem, russian in sorted(stems.items()) if stem not in _russian_stems()}


def russian_patronymic(fold: str, *, latin: bool) -> str | None:
    """The comparable Russian patronymic of a foreign one ('oleksandrivna' -> АЛЕКСАНДРОВНА), None where it is none known.

    In Latin letters «Grigorovich» is a surname as well, so only the stem or the ending of another language makes it one.
    """
    ending = _PATRONYMIC_END.search(fold)
    if ending is None:
        return None
    if fold == "iakivna":  # Яків loses more than its ending
        return patronymic_of_father("ЯКОВ", female=True)
    stem = fold[: ending.start()].rstrip("aio")
    if latin and ending.group() in _RUSSIAN_ENDINGS:
        father = _telling_stems().get(stem)
    else:
        father = _stems().get(stem) or _russian_stems().get(stem)
    if father is None or (ending.group() == "iq" and not patronymic_of_father(father, female=False).endswith(_SHORT_ENDINGS)):
        return None  # «Pavlich» is no son of Павел
    return patronymic_of_father(father, female=fold.endswith("na"))


def is_foreign_patronymic(word: str) -> bool:
    """True for a Ukrainian patronymic in letters that Russian has too: ВОЛОДИМИРОВИЧ, МИКОЛАЙОВИЧ."""
    return _FOREIGN_PATRONYMIC.fullmatch(word) is not None


def unmarked_patronymics() -> dict[str, str]:
    """The Russian patronymic behind each Ukrainian one that could be a surname and so is read as written: ЯКОВИЧ -> ЯКОВЛЕВИЧ."""
    return _DATA["unmarked_patronymic"]


def patronymic_of_father(father: str, *, female: bool) -> str:
    """The comparable patronymic made of a comparable Russian given name."""
    told = _DATA["patronymic"].get(father)
    if told is not None:
        return told.split()[female]
    ending = "ВНА" if female else "ВИЧ"
    if father.endswith("ИЙ"):
        return f"{father[:-2]}ЬЕ{ending}"
    if father.endswith(("Й", "Ь")):
        return f"{father[:-1]}Е{ending}"
    return f"{father.rstrip('АЯ')}О{ending}"


@cache
def roots() -> dict[str, str]:
    """The comparable Russian name behind each other writing of the table that is in comparable letters."""
    known = {other: root for root, others in _DATA["russian"].items() for other in others.split()}
    for root, words in _DATA["foreign"].items():
        for word in words.replace("?", "").split():
            known.setdefault(comparable(word), known.get(root, root))
    return known
