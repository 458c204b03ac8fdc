"""Names of persons inside a sentence of an order, and the nominative of a surname beside initials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from affil.ingest.orders.words import order_words

_WORD = r"[А-ЯЁ](?:[а-яё]+|[А-ЯЁ]+)(?:-[А-ЯЁ][А-ЯЁа-яё]+)?"
_PATRONYMIC = (
    r"[А-ЯЁ][а-яёА-ЯЁ]*?(?:[ВЬТвьт][Ии][Чч](?:а|у|ем|ом|е)?|(?:[ВвЧч])[Нн](?:а|ы|е|у|ой|ою|А|У)"
    r"|[Оо][Гг][Лл][Ыы]|[Кк][Ыы][Зз][Ыы])"
)
_INITIALS = r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
_FULL = rf"{_WORD}\s+{_WORD}\s+{_PATRONYMIC}(?:\s+(?:[Оо]глы|[Кк]ызы))?(?![А-Яа-яЁё])"
_TURNED = rf"{_WORD}\s+{_PATRONYMIC}\s+{_WORD}(?![А-Яа-яЁё])"
_SHORT = rf"{_WORD}\s+{_INITIALS}(?![А-Яа-яЁё])"
_SHORT_TURNED = rf"{_INITIALS}\s?{_WORD}(?![А-Яа-яЁё])"
_NAME = re.compile(rf"(?<![А-Яа-яЁё.-])(?:(?P<full>{_FULL}|{_TURNED})|(?P<short>{_SHORT})|(?P<short_turned>{_SHORT_TURNED}))")
# The accusative of a surname into its nominative; the first that fits. A woman's adjective ending, a man's, and so on.
_FEMALE = ((r"(ск|цк)ую$", r"\1ая"), (r"ую$", "ая"), (r"у$", "а"), (r"ю$", "я"))
_MALE = (
    (r"(ск|цк)ого$", r"\1ий"), (r"ого$", "ый"), (r"([^аеёиоуыэюя])а$", r"\1"),
    (r"([^аеёиоуыэюя])я$", r"\1ь"), (r"([аеёиоуыэюя])я$", r"\1й"),
)  # fmt: skip
_EITHER = re.compile(r"(?:[оеё]в|[иы]н)а$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text: as written, where, and whether its given name is an initial."""

    text: str
    start: int
    end: int
    short: bool


def names_in(text: str) -> Iterator[Named]:
    """The names, from left to right."""
    for match in _NAME.finditer(text):
        yield Named(" ".join(match[0].split()), match.start(), match.end(), match["full"] is None)


def from_accusative(name: str, governed: bool, behind: str) -> str | None:
    """A surname with initials out of the accusative; None where it may as well stand in the nominative.

    «Петрову А. С.» is Петрова; «Иванова И. И.» is Иванов where the verb governs it, and either in a list behind a colon, unless
    the post tells.
    """
    surname = max(re.findall(_WORD, name), key=len, default="")
    words = order_words()
    told = words.post_oblique.match(behind) is not None
    nominative = words.post_nominative.match(behind) is not None
    if nominative:
        return name
    for pattern, ending in _FEMALE:
        if re.search(pattern, surname):
            return name.replace(surname, re.sub(pattern, ending, surname))
    if _EITHER.search(surname) and not told and not governed:
        return None
    for pattern, ending in _MALE:
        if re.search(pattern, surname):
            return name.replace(surname, re.sub(pattern, ending, surname))
    return name
