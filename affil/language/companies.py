"""Names of organisations in comparable form, and persons who supply under a name of their own (ИП, самозанятый, глава КФХ).

How two names agree is in `company_names.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from affil.language.company_forms import (
    CYRILLIC,
    QUOTES,
    WORD,
    forms,
    longest_form,
    name_words,
    one_alphabet,
    split_form,
    vocabulary,
)
from affil.language.fio import parse_name

_SEEN = 65_536
# Latin letters too: look-alikes stand in Russian names.
_NAME = r"[A-Za-zА-ЯЁа-яё][A-Za-zА-ЯЁа-яё'’`-]*"
_INITIALS = r"[А-ЯЁA-Z]\s*\.\s*(?:[А-ЯЁA-Z]\s*\.?)?"
_SURNAME_INITIALS = re.compile(rf"{_NAME}(?:\s+{_NAME})?[\s,]+{_INITIALS}|{_INITIALS}\s*{_NAME}")
_NAMES = re.compile(rf"{_NAME}(?:\s+{_NAME}){{0,4}}\.?")
_LONGEST_PERSON = 1_000  # letters; whole lists come in one cell
_NUMBERED = re.compile(r"[\s,;(]*(?:\b(?:ИНН|ОГРНИП|ОГРН|СНИЛС)\b\D{0,3}|\b)\d{9,15}.*$", re.IGNORECASE | re.DOTALL)
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")


@cache
def _person_marks() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(mark.split()) for mark in vocabulary()["marks"]["person"])


@cache
def _organisation_mark() -> re.Pattern[str]:
    words = vocabulary()["marks"]["organisation"].split()
    return re.compile("|".join(re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word) for word in words))


@lru_cache(maxsize=_SEEN)
def company_key(name: str) -> str:
    """The comparable name of an organisation: legal form short and first, then the words; '' where there is nothing to compare.

    «Ромашка», ООО · ООО "РОМАШКА" · Общество с ограниченой ответственностью «Ромашка» (ИНН …) give one key. Hyphens and № are
    spaces, ИНН, КПП and ОГРН are left out. A branch is the organisation it is of (ГК ст. 55 п. 3). A key gives itself.
    """
    form, rest = split_form(name)
    return " ".join((*form, *rest))


def looks_like_company(text: str) -> bool:
    """True where the text shows a legal form or a word only organisations are called by; «ИП …» is a person."""
    words = name_words(text)
    if _without_marks(words) != words:
        return False
    return _has_form(words) or any(_organisation_mark().fullmatch(word) for word in words)


def _has_form(words: list[str]) -> bool:
    known = forms()
    spans = (tuple(words[i : i + size]) for i in range(len(words)) for size in range(1, longest_form("forms") + 1))
    return any(span in known and known[span] != ("ИП",) for span in spans)


@lru_cache(maxsize=_SEEN)
def person_in_supplier_name(name: str) -> str | None:
    """The name of the person who supplies under this name, as written; None where it names an organisation or nobody.

    Read as a person: «ИП Иванов И. И.», «Индивидуальный предприниматель …», «Глава К(Ф)Х …», «Самозанятая …», «гр. …», marks
    after the name as well, and a plain «Иванов Иван Иванович» or «Иванов И. И.».
    """
    if len(name) > _LONGEST_PERSON:
        return None
    text = _NUMBERED.sub("", " ".join(name.split()))
    stripped, marked = _unmarked(text)
    if not marked:
        return None if QUOTES.search(text) or looks_like_company(text) else _as_name(text, sure=True)
    candidates = [QUOTES.sub(" ", one) for one in (_IN_BRACKETS.sub(" ", stripped), *_IN_BRACKETS.findall(stripped))]
    readings = (_as_name(one, sure) for sure in (True, False) for one in candidates)
    return next((reading for reading in readings if reading), None)


def _as_name(text: str, sure: bool) -> str | None:
    """The text where it has the shape of a name; `sure`: of a name and nothing else, as must be where no mark tells."""
    trimmed = " ".join(text.split()).strip(" ,;:()-–—")
    if not name_words(trimmed) or _has_form(name_words(trimmed)):
        return None
    words = name_words(trimmed)
    if not CYRILLIC.search(words[0]) or any(_organisation_mark().fullmatch(word) for word in words):
        return None
    if _SURNAME_INITIALS.fullmatch(trimmed):
        return trimmed
    if not _NAMES.fullmatch(trimmed) or (sure and not _has_patronymic(words, trimmed)):
        return None
    return trimmed


def _has_patronymic(words: list[str], text: str) -> bool:
    endings = tuple(vocabulary()["marks"]["patronymic_endings"])
    return len(words) >= 3 and any(word.endswith(endings) for word in words[1:]) and parse_name(text) is not None


def _unmarked(text: str) -> tuple[str, bool]:
    """The text without the marks of a person at its ends, and whether there were any."""
    spans = [match.span() for match in WORD.finditer(text)]
    words = [one_alphabet(text[start:end].upper().replace("Ё", "Е")) for start, end in spans]
    kept = _kept(words)
    if len(kept) == len(words):
        return text, False
    if not kept:
        return "", True
    start = 0 if kept.start == 0 else spans[kept.start][0]
    end = len(text) if kept.stop == len(words) else spans[kept.stop - 1][1]
    # The full stop of a last initial belongs to the name.
    return text[start : end + 1 if text[end : end + 1] == "." else end], True


def _without_marks(words: list[str]) -> list[str]:
    kept = _kept(words)
    return words[kept.start : kept.stop]


def _kept(words: list[str]) -> range:
    """The words left when marks of a person are taken off both ends, as often as there are any."""
    start, stop = 0, len(words)
    while start < stop:
        ahead = _mark_size(words[i] for i in range(start, stop))
        if not ahead:
            break
        start += ahead
    while start < stop:
        size = next((n for n in range(min(4, stop - start), 0, -1) if tuple(words[stop - n : stop]) in _sure_marks()), 0)
        if not size:
            break
        stop -= size
    return range(start, stop)


def _mark_size(words: Iterable[str]) -> int:
    first = [word for word, _place in zip(words, range(4), strict=False)]
    size = next((size for size in range(len(first), 0, -1) if tuple(first[:size]) in _person_marks()), 0)
    # «И. П. Иванов» are initials, «И. П. Иванов И. И.» is a proprietor.
    return 0 if tuple(first[:size]) not in _sure_marks() and len(first) < size + 2 else size


@cache
def _sure_marks() -> frozenset[tuple[str, ...]]:
    """Marks that cannot be initials."""
    return frozenset(mark for mark in _person_marks() if max(map(len, mark)) > 1)
