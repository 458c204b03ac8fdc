"""Which given names are one in the documents of one person, in Russian, Ukrainian, Belarusian and Western writing.

The table is fio_given.toml. Two names a family can give to two of its children stay apart: Алёна and Елена, Егор and Юрий.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from affil.language.fio_fold import fold_russian
from affil.language.fio_letters import comparable
from affil.language.fio_readings import readings, script_of
from affil.language.fio_words import MALE_GIVEN

_DATA: dict[str, dict[str, str]] = tomllib.loads((files("affil.language") / "fio_given.toml").read_text(encoding="utf-8"))
_PATRONYMIC_END = re.compile(r"(i?[oe]viq|[oe]vna|i?vna|aviq|auna|avna|euna)$")
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
    for russian, words in _DATA["foreign"].items():
        for word in words.replace("?", "").split():
            script = script_of(word.lower())
            if script == "cyrillic":
                for language in {cyrillic_language(word), "ukrainian"}:
                    known.setdefault(fold_russian(readings(word.lower(), language)[0][1]), russian)
            else:
                known.setdefault(fold_russian(readings(word.lower(), script)[0][1]), russian)
    return known


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
def _stems() -> dict[str, str]:
    return {fold.rstrip("aio") or fold: russian for fold, russian in sorted(_foreign().items(), reverse=True) if russian in MALE_GIVEN} | {
        fold_russian(russian).rstrip("aio"): russian for russian in _DATA["foreign"] if russian in MALE_GIVEN
    }


def russian_patronymic(fold: str) -> str | None:
    """The comparable Russian patronymic of a foreign one ('oleksandrivna' -> АЛЕКСАНДРОВНА), None where it is none known."""
    ending = _PATRONYMIC_END.search(fold)
    if ending is None:
        return None
    father = _stems().get(fold[: ending.start()].rstrip("aio"))
    return None if father is None else patronymic_of_father(father, female=fold.endswith("na"))


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
def _roots() -> dict[str, str]:
    roots = {other: root for root, others in _DATA["russian"].items() for other in others.split()}
    for root, words in _DATA["foreign"].items():
        for word in words.replace("?", "").split():
            roots.setdefault(comparable(word), roots.get(root, root))
    return roots


@lru_cache(maxsize=16_384)
def given_root(word: str) -> str:
    """The comparable Russian name that stands for all writings of the given name `word`; the comparable `word` where none does.

    «Наталия», «Наталья», «Nataliia» -> НАТАЛЬЯ; «Микола», «Николай» -> НИКОЛАЙ; «Алёна» stays АЛЕНА.
    """
    whole = comparable(word)
    roots = _roots()
    if whole in roots or not whole or re.fullmatch("[А-Я -]+", whole):
        return roots.get(whole, whole)
    language = script_of(whole.lower())
    folds = (fold_russian(text) for _, text in readings(word.lower(), language if language != "cyrillic" else cyrillic_language(word)))
    found = next((russian for fold in folds if (russian := russian_given(fold))), whole)
    return roots.get(found, found)


def same_given(one: str, other: str) -> bool:
    """Whether two given names are writings of one name in the documents of one person; an initial is never the same."""
    return given_root(one) == given_root(other)


__all__ = ["given_root", "patronymic_of_father", "russian_given", "russian_patronymic", "same_given"]
