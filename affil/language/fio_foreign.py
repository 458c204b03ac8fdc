"""A name written in Latin, Ukrainian, Belarusian, Greek, Georgian, Armenian or other letters, as a Russian would write it.

Rules tell what each word may read as (fio_readings), lists which of the readings is a name (fio_index), a table which names
change between languages (fio_given). A word no list has is spelt by the cheapest reading.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from affil.language import fio_given, fio_index
from affil.language.fio_fold import fold_russian
from affil.language.fio_letters import LOOK_ALIKE_ONLY, comparable
from affil.language.fio_readings import INITIALS, WHOLE, Reading, readings, script_of, spelt
from affil.language.fio_words import COMMON_GIVEN, is_of_organisation

_FOREIGN = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0530-\u058f\u10a0-\u10ff]|[\u0400-\u04ff]")
_RUSSIAN = re.compile("[А-Яа-яЁё]")
_OTHER_CYRILLIC = re.compile("(?![А-Яа-яЁё])[\u0400-\u04ff]|(?<=[бвгджзклмнпрстфхцчшщ])['’ʼ](?=[яюєїЯЮЄЇ])", re.IGNORECASE)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u0530-\u058f\u10a0-\u10ff]")
_LETTER = r"[^\W\d_]"
_SIGN = "['’ʼ‘`´ʹʺʻ′″]"
_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|{_SIGN}(?={_LETTER})|[\u0300-\u036f])*(?:[’ʹ'′`](?!\w))?")
_TOO_DEAR = 4.5  # nats: a reading that costs more is no reading of this word
_TABLE_COST = 2.0
_OTHER_SIGN = 0.7  # nats for each letter the listed spelling differs in: «и» for «ы», a soft sign
_MALE_END = re.compile("(?:i?oviq|eviq|aviq)$")
_FEMALE_END = re.compile("(?:i?vna|auna|euna|avna)$")


def is_foreign(text: str) -> bool:
    """True where `text` has a word that is not Russian in letters: Latin beyond look-alikes, or other Cyrillic and alphabets."""
    if _OTHER_CYRILLIC.search(text) or _OTHER_SCRIPT.search(text):
        return True
    if not _LATIN.search(text):
        return _is_unmarked(text)
    has_russian = _RUSSIAN.search(text) is not None
    return any(not _stays(word, has_russian) for word in _WORD.findall(text))


def _stays(word: str, has_russian: bool) -> bool:
    """True for a word to leave: Russian, Russian with look-alikes, or the form of an organisation."""
    if _LATIN.search(word) is None and not _OTHER_CYRILLIC.search(word) and not _OTHER_SCRIPT.search(word):
        return True
    if _RUSSIAN.search(word) and not _OTHER_CYRILLIC.search(word):
        return True
    return (has_russian and LOOK_ALIKE_ONLY.fullmatch(word.upper()) is not None) or is_of_organisation(word.upper())


@lru_cache(maxsize=4096)
def _is_unmarked(text: str) -> bool:
    """True for «Микола Азаров»: Ukrainian in letters that Russian has too."""
    words = comparable(text).split()
    if "." in text or not 2 <= len(words) <= 3 or not fio_given.decisive().intersection(words):
        return False
    return not COMMON_GIVEN.intersection(words)


def in_russian(text: str) -> str:
    """`text` with its foreign words in Russian letters, capitals where they were; signs between words stay."""
    has_russian = _RUSSIAN.search(text) is not None
    latin = _LATIN.search(text) is not None
    other = "".join(_WORD.findall(text)) if _OTHER_CYRILLIC.search(text) else ""
    language = fio_given.cyrillic_language(text) if other else "cyrillic"
    unmarked = not latin and not other and _is_unmarked(text)

    def read(found: re.Match[str]) -> str:
        word = found.group()
        if _RUSSIAN.search(word) and re.search("[Ii]", word):
            word = word.replace("I", "І").replace("i", "і")
        script = script_of(word.lower())
        if script == "cyrillic":
            script = "ukrainian" if unmarked else language
            if script == "cyrillic" and _stays(word, has_russian):
                return word
        elif _stays(word, has_russian):
            return word
        after = text[found.end() : found.end() + 1]
        return _cased(word, _initial(word, script, after) or russian_word(word.lower(), script))

    return _WORD.sub(read, text)


def _initial(word: str, script: str, after: str) -> str | None:
    """«Yu.» as «Ю», and a single letter as one."""
    lower = word.lower().strip("'’")
    if (after == "." or len(lower) == 1) and lower in INITIALS:
        return INITIALS[lower]
    return readings(lower, script)[0][1][:1].upper() if len(lower) == 1 else None


def _cased(word: str, russian: str) -> str:
    if len(word) > 1 and word.isupper():
        return russian.upper()
    return russian.lower() if word.islower() and word.upper() != word.lower() and word.isascii() else russian.capitalize()


@lru_cache(maxsize=16_384)
def russian_word(word: str, language: str) -> str:
    """The Russian word, in upper case, that `word` (lower case) most likely stands for in `language` of fio_scripts.toml."""
    if word in WHOLE:
        return WHOLE[word].upper()
    options = readings(word, language)
    folds: dict[str, Reading] = {}
    for cost, text in options:
        folds.setdefault(fold_russian(text), (cost, text))
    return _told(folds) or _listed(folds) or spelt(options[0][1]).upper()


def _told(folds: dict[str, Reading]) -> str | None:
    """A given name or patronymic of the table, among the readings that are not far-fetched."""
    near = [fold for fold, (cost, _) in folds.items() if cost <= _TABLE_COST]
    given = next((russian for fold in near if (russian := fio_given.russian_given(fold))), None)
    return given or next((russian for fold in near if (russian := fio_given.russian_patronymic(fold))), None)


def _listed(folds: dict[str, Reading]) -> str | None:
    """The listed word that weighs most: its share, against the cost of the reading and the signs it differs in from it."""
    candidates = {fold: reading for fold, reading in folds.items() if reading[0] <= _TOO_DEAR}
    for fold, (cost, text) in list(candidates.items()):
        for other in _with_russian_ending(fold):
            candidates.setdefault(other, (cost + 0.5, text))
    ranked = [
        (share - candidates[fold][0] - _OTHER_SIGN * OSA.distance(candidates[fold][1].upper(), word), word)
        for fold, words in fio_index.spellings(list(candidates)).items()
        for word, share in words
    ]
    return max(ranked)[1] if ranked else None


def _with_russian_ending(fold: str) -> list[str]:
    """Patronymics of other languages with the endings of Russian ones: -йович -> -евич, -івна -> -овна."""
    if (male := _MALE_END.search(fold)) is not None:
        stem = fold[: male.start()]
        return [stem + ending for ending in ("oviq", "eviq", "ieviq")]
    if (female := _FEMALE_END.search(fold)) is not None:
        stem = fold[: female.start()]
        return [stem + ending for ending in ("ovna", "evna", "ievna")]
    return []


def fold(word: str) -> str:
    """The script-neutral fold of a word of a name: spellings of one word in other alphabets or systems fold equal.

    A comparable Russian word folds by letters alone; a foreign one as the Russian word it stands for.
    """
    return fold_russian(comparable(in_russian(word) if is_foreign(word) else word))
