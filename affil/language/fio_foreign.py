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
from affil.language.fio_readings import INITIALS, LATIN, WHOLE, Reading, latin_language, readings, script_of, spelt
from affil.language.fio_words import COMMON_GIVEN, is_of_organisation, is_patronymic

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_RUSSIAN = re.compile("[А-Яа-яЁё]")
_OTHER_CYRILLIC = re.compile("(?![А-Яа-яЁё])[\u0400-\u04ff]|(?<=[бвгджзклмнпрстфхцчшщ])['’ʼ](?=[яюєїЯЮЄЇ])", re.IGNORECASE)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LATIN_I = re.compile("[Ii]")
_OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u0530-\u058f\u10a0-\u10ff]")
_LETTER = r"[^\W\d_]"
_SIGN = "['’ʼ‘`´ʹʺʻ′″]"
_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|{_SIGN}(?={_LETTER})|[\u0300-\u036f])*(?:[’ʹ'′`](?!\w))?")
_UKRAINIAN_SOUND = "СЬКИЙ|ЦЬКИЙ|ЗЬКИЙ|[НВРЛ]СЬКА|ЦЬКА|[ДЗЛНРСТЦ]ЬОВА?|[БВМПФ]ЙОВА?|ЬОРОВА?"
UKRAINIAN_FORM = f"[А-Я-]*[А-Я]{{2}}(?:{_UKRAINIAN_SOUND})"
_UKRAINIAN = re.compile(UKRAINIAN_FORM)
_UKRAINIAN_SIGNS = re.compile("[ЙЬ]О|[СЗЦ]ЬК")
_TOO_DEAR = 4.5  # nats: a reading that costs more is no reading of this word
_TABLE_COST = 2.0
_UNLISTED = -19.5  # a listed word that weighs less than this is likelier than none by nobody's count
_OTHER_SIGN = 0.7  # nats for each letter the listed spelling differs in: «и» for «ы», a soft sign
_UKRAINIAN_SONS = ("vych", "vyč")  # Russian systems write «vich»
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
    if _RUSSIAN.search(word) and not _OTHER_CYRILLIC.search(word) and not _LATIN_I.search(word):
        return True
    return (has_russian and LOOK_ALIKE_ONLY.fullmatch(word.upper()) is not None) or is_of_organisation(word.upper())


@lru_cache(maxsize=4096)
def _is_unmarked(text: str) -> bool:
    """True for «Микола Азаров»: Ukrainian in letters that Russian has too."""
    words = comparable(text).split()
    if any(has_ukrainian_ending(word) for word in words):
        return True
    if any(fio_given.is_foreign_patronymic(word) for word in words):
        return True
    if "." in text or not 2 <= len(words) <= 3 or not fio_given.decisive().intersection(words):
        return False
    return not COMMON_GIVEN.intersection(words)


def has_ukrainian_ending(word: str) -> bool:
    """True for the endings of Ukrainian surnames that no Russian one has: «Мусоргський», «Ковальов», «Соловйова»."""
    return _UKRAINIAN.fullmatch(word) is not None


def _is_decisive(word: str) -> bool:
    """True for a word that shows Ukrainian in Russian letters: «Ковальов», «Олександр», «Васильович»."""
    return word in fio_given.decisive() or is_patronymic(word) or _UKRAINIAN_SIGNS.search(word) is not None


def _is_russian_patronymic(word: str) -> bool:
    """True for a patronymic without a sign of Ukrainian, so that no list need be asked: «Болеславовна», «Айратович»."""
    if not is_patronymic(word) or _UKRAINIAN_SIGNS.search(word) or fio_given.is_foreign_patronymic(word):
        return False
    return fio_given.russian_patronymic(fold_russian(word), latin=False) is None


def in_russian(text: str) -> str:
    """`text` with its foreign words in Russian letters, capitals where they were; signs between words stay."""
    has_russian = _RUSSIAN.search(text) is not None
    latin = latin_language(word.lower() for word in _WORD.findall(text)) if _LATIN.search(text) else None
    other = "".join(_WORD.findall(text)) if _OTHER_CYRILLIC.search(text) else ""
    language = fio_given.cyrillic_language(text) if other or _LATIN_I.search(text) else "cyrillic"
    unmarked = not latin and not other and _is_unmarked(text)

    def read(found: re.Match[str]) -> str:
        """One word in Russian letters, or as it stands where it is Russian already or no language of it is known."""
        word = found.group()
        if _CYRILLIC.search(word) and _LATIN.search(word):
            shouted = word.isupper()
            word = comparable(word.replace("I", "І").replace("i", "і"))
            word = word if shouted else word.capitalize()
        script = script_of(word.lower())
        if script == "cyrillic":
            if unmarked and _is_russian_patronymic(comparable(word)):
                return word
            script = "ukrainian" if unmarked and _is_decisive(comparable(word)) else language
            if script == "cyrillic" and _stays(word, has_russian):
                return word
        elif _stays(word, has_russian):
            return word
        elif script == "latin" and latin:
            script = latin
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
    doubtful = language in LATIN and not word.endswith(_UKRAINIAN_SONS)
    return _told(folds, latin=doubtful) or _listed(folds, language, doubtful=doubtful) or spelt(options[0][1]).upper()


def _told(folds: dict[str, Reading], *, latin: bool) -> str | None:
    """A given name or patronymic of the table, among the readings that are not far-fetched."""
    near = [fold for fold, (cost, _) in folds.items() if cost <= _TABLE_COST]
    given = next((russian for fold in near if (russian := fio_given.russian_given(fold))), None)
    return given or next((russian for fold in near if (russian := fio_given.russian_patronymic(fold, latin=latin))), None)


def _listed(folds: dict[str, Reading], language: str, *, doubtful: bool) -> str | None:
    """The listed word that weighs most: its share, against the cost of the reading and the signs it differs in from it."""
    candidates = {fold: reading for fold, reading in folds.items() if reading[0] <= _TOO_DEAR}
    for fold, (cost, text) in list(candidates.items()):
        for other in _with_russian_ending(fold, doubtful=doubtful):
            candidates.setdefault(other, (cost + 0.5, text))
    ranked = [
        (share - candidates[fold][0] - _OTHER_SIGN * _differing(candidates[fold][1].upper(), word, language), word)
        for fold, words in fio_index.spellings(list(candidates)).items()
        for word, share in words
    ]
    weight, best = max(ranked, default=(_UNLISTED, None))
    return best if weight > _UNLISTED else None


def _differing(reading: str, word: str, language: str) -> int:
    """How many letters the listed spelling differs in; Ukrainian «и» is either «и» or «ы»."""
    if language == "ukrainian":
        reading, word = reading.replace("Ы", "И"), word.replace("Ы", "И")
    return OSA.distance(reading, word)


def _with_russian_ending(fold: str, *, doubtful: bool) -> list[str]:
    """Patronymics of other languages with the endings of Russian ones: -йович -> -евич, -івна -> -овна.

    `doubtful`: in Latin letters a plain «-ovich» may be a surname and keeps its ending.
    """
    male, female = _MALE_END.search(fold), _FEMALE_END.search(fold)
    if male is not None and not (doubtful and male.group() in ("oviq", "eviq")):
        return [fold[: male.start()] + ending for ending in ("oviq", "eviq", "ieviq")]
    if female is not None:
        return [fold[: female.start()] + ending for ending in ("ovna", "evna", "ievna")]
    return []


def fold(word: str) -> str:
    """The script-neutral fold of a word of a name: spellings of one word in other alphabets or systems fold equal.

    A comparable Russian word folds by letters alone; a foreign one as the Russian word it stands for.
    """
    return fold_russian(comparable(in_russian(word) if is_foreign(word) else word))
