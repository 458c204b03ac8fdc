"""A cell with a name, its slips of layout mended: words glued together, signs for spaces, quotes round the whole, 0 for О."""

from __future__ import annotations

import re

from affil.language.fio_words import COMMON_GIVEN, has_surname_ending, is_beside, is_of_organisation, is_patronymic

_LETTER = r"[^\W\d_]"
_ZERO = re.compile("(?<=[А-ЯЁа-яё])0(?=[А-ЯЁа-яё])")
_WHOLLY_QUOTED = re.compile(rf"""\s*"({_LETTER}[^"«»]*)"\s*""")
_SEPARATED = re.compile(rf"\s*({_LETTER}+)\s*([;,_/|\t])\s*({_LETTER}+)\s*\2\s*({_LETTER}+)\s*")
_HUMPS = re.compile("([А-ЯЁ][а-яё]+)([А-ЯЁ][а-яё]+)([А-ЯЁ][а-яё]+)")
_GLUED_INITIAL = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁІЄЇ]\.)")
_GLUED_PAIR = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ]{2}\s*$)")
_PAIR = re.compile(r"(?<![^\W_.])([A-ZА-ЯЁ])([A-ZА-ЯЁ])(?![^\W_.])")


def mended(text: str) -> str:
    """`text` with its slips of layout mended; the same text where there are none."""
    text = _ZERO.sub("О", text)
    if (quoted := _WHOLLY_QUOTED.fullmatch(text)) is not None and any(map(_is_patronymic, quoted[1].split())):
        text = quoted[1]
    if (separated := _SEPARATED.fullmatch(text)) is not None and (_is_patronymic(separated[4]) or _is_patronymic(separated[3])):
        return " ".join(separated.group(1, 3, 4))
    if (humps := _HUMPS.fullmatch(text)) is not None and _is_patronymic(humps[3]):
        return " ".join(humps.groups())
    text = _GLUED_INITIAL.sub(" ", text)
    if len(text.split()) > 2 or text.isupper():
        return text
    return _PAIR.sub(_initials, _GLUED_PAIR.sub(" ", text))


def _is_patronymic(word: str) -> bool:
    return is_patronymic(word.upper())


def _initials(found: re.Match[str]) -> str:
    """«Иванов ИИ»: two capitals beside a word that is not all in capitals are initials, «ИП» and «АО» are not."""
    word = found.group()
    return word if is_beside(word) or is_of_organisation(word) else f"{found[1]}.{found[2]}."


def with_initials_apart(words: list[str]) -> list[str]:
    """«ИВАНОВ ИИ»: two letters beside a word that ends as surnames do, and no name themselves, are initials."""
    if len(words) != 2:
        return words
    for pair, surname in ((1, 0), (0, 1)):
        if (
            len(words[pair]) == 2
            and words[pair].isalpha()
            and words[pair] not in COMMON_GIVEN
            and has_surname_ending(words[surname])
        ):
            return [words[surname], f"{words[pair][0]}.", f"{words[pair][1]}."]
    return words
