"""Names of organisations in comparable form, and persons who supply under a name of their own (ИП, самозанятый, глава КФХ).

How two names agree is in `company_names.py`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

from affil.language.company_branches import BRANCH, without_branch
from affil.language.fio import parse_name

_SEEN = 65_536
_LOOKALIKES = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
_LATIN = re.compile(r"[A-Z]")
_CYRILLIC = re.compile(r"[А-Я]")
_QUOTES = re.compile(r"[\"'`«»„“”‟‹›‘’‚‛′″]+")
_WORD = re.compile(r"[^\W_]+(?:[&+][^\W_]+)*")
_NUMBER_SIGN = re.compile(r"N[OО]?")
_NUMBERED_WORD = re.compile(r"^N[OО]?(?=\d)")
_REGISTERED = re.compile(
    r"[\s,;(]*(?<!\w)(?:ИНН|INN|КПП|ОГРН|OGRN)(?:\s*/\s*КПП)?\W{0,3}\d{8,13}(?:\s*/\s*\d{9})?(?!\d)\s*\)?", re.IGNORECASE
)
_GLUED_FORM = re.compile(r"(?<!\w)([OО]{3}|[OО][AА][OО]|ЗАО|П?[AА][OО]|МУП|ГУП)(?=[А-ЯЁ][а-яё])")
_DOTTED_FORM = re.compile(r"(?<!\w)(?:[А-ЯЁA-Z]\.\s?){2,4}(?=[\s«\"'„“]|$)")
_ZEROS = re.compile(r"^\s*[0ОO]{3}(?=[\s«\"'„“])")
SHORTEST_MISSPELT, LONG = 7, 10
"""Words of a legal form are known with one wrong letter from seven letters on, with two from ten on (cases too: «Общества»)."""

# Latin letters too: look-alikes stand in Russian names.
_NAME = r"[A-Za-zА-ЯЁа-яё][A-Za-zА-ЯЁа-яё'’`-]*"
_INITIALS = r"[А-ЯЁA-Z]\s*\.\s*(?:[А-ЯЁA-Z]\s*\.?)?"
_SURNAME_INITIALS = re.compile(rf"{_NAME}(?:\s+{_NAME})?[\s,]+{_INITIALS}|{_INITIALS}\s*{_NAME}")
_NAMES = re.compile(rf"{_NAME}(?:\s+{_NAME}){{0,4}}\.?")
_NUMBERED = re.compile(r"[\s,;(]*(?:\b(?:ИНН|ОГРНИП|ОГРН|СНИЛС)\b\D{0,3}|\b)\d{9,15}.*$", re.IGNORECASE | re.DOTALL)
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")


@cache
def _data() -> dict[str, Any]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _forms() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Every spelling of a legal form, in words, with its short form."""
    spellings = [(name, short) for short, names in _data()["forms"].items() for name in (short, *names)]
    return {tuple(name.split()): tuple(short.split()) for name, short in (*spellings, *_institutions())}


def _institutions() -> Iterator[tuple[str, str]]:
    parts = _data()["institutions"]
    for (owner, first), (kind, second), (body, third) in product(*(parts[key].items() for key in ("owners", "types", "kinds"))):
        short = first + second + third
        yield f"{owner} {kind} {body}", short
        yield short, short


@cache
def _short_words() -> dict[tuple[str, ...], tuple[str, ...]]:
    return {tuple(name.split()): (short,) for short, names in _data()["words"].items() for name in names}


@cache
def _longest(table: str) -> int:
    return max(len(words) for words in (_forms() if table == "forms" else _short_words()))


@cache
def _person_marks() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(mark.split()) for mark in _data()["marks"]["person"])


@cache
def _organisation_mark() -> re.Pattern[str]:
    words = _data()["marks"]["organisation"].split()
    return re.compile("|".join(re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word) for word in words))


def _words(text: str) -> list[str]:
    """The words of a name: upper case, ё as е, no quotes, hyphens or signs, Latin look-alikes in Russian words as Russian."""
    told = _GLUED_FORM.sub(r"\1 ", _REGISTERED.sub(" ", text))
    told = _ZEROS.sub("ООО", _DOTTED_FORM.sub(_undotted, told))
    plain = _QUOTES.sub(" ", told).upper().replace("Ё", "Е")
    return _without_number_signs([_one_alphabet(_NUMBERED_WORD.sub("", word, count=1)) for word in _WORD.findall(plain)])


def _undotted(found: re.Match[str]) -> str:
    """«О.О.О.» as the form it is; other letters with full stops are initials and stay."""
    letters = re.sub(r"[.\s]", "", found[0]).translate(_LOOKALIKES)
    return letters + " " if (letters,) in _forms() and letters != "ИП" else found[0]


def _without_number_signs(words: list[str]) -> list[str]:
    """«N 9» as «9»; № is no letter and is gone already."""
    kept: list[str] = []
    for word in reversed(words):
        if not (kept and kept[-1][0].isdigit() and _NUMBER_SIGN.fullmatch(word)):
            kept.append(word)
    return kept[::-1]


def _one_alphabet(word: str) -> str:
    if not _LATIN.search(word):
        return word
    russian = word.translate(_LOOKALIKES)
    return russian if _CYRILLIC.search(word) or (russian,) in _forms() else word


@lru_cache(maxsize=_SEEN)
def company_key(name: str) -> str:
    """The comparable name of an organisation: legal form short and first, then the words; '' where there is nothing to compare.

    «Ромашка», ООО · ООО "РОМАШКА" · Общество с ограниченой ответственностью «Ромашка» (ИНН …) give one key. Hyphens and № are
    spaces, ИНН, КПП and ОГРН are left out. A branch is the organisation it is of (ГК ст. 55 п. 3). A key gives itself.
    """
    form, rest = split_form(name)
    return " ".join((*form, *rest))


def split_form(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of the legal form, short, and the words of the name proper; either may be empty."""
    words = _replaced(_words(name), _short_words(), _longest("words"))
    while True:
        form, rest = _form_first(without_branch(words, _begins_with_form))
        if [*form, *rest] == words or BRANCH.isdisjoint(rest):
            return form, tuple(rest)
        words = [*form, *rest]  # a branch of a branch


def _begins_with_form(words: list[str]) -> bool:
    sizes = range(min(_longest("forms"), len(words)), 0, -1)
    return any(_form_of(tuple(words[:size])) is not None for size in sizes)


def _replaced(words: list[str], table: dict[tuple[str, ...], tuple[str, ...]], longest: int) -> list[str]:
    out: list[str] = []
    place = 0
    while place < len(words):
        size = next((size for size in range(longest, 0, -1) if tuple(words[place : place + size]) in table), 0)
        out += table[tuple(words[place : place + size])] if size else [words[place]]
        place += size or 1
    return out


def _form_first(words: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """The legal form at the beginning or at the end of the words, and the words without it."""
    sizes = range(min(_longest("forms"), len(words)), 0, -1)
    for size in sizes:
        if (form := _form_of(tuple(words[:size]))) is not None:
            return form, words[size:]
    for size in sizes:
        if (form := _form_of(tuple(words[-size:]))) is not None:
            return form, words[:-size]
    return (), words


def _form_of(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """The short form that these words are, also where one of several is misspelt or stands in another case."""
    found = _forms().get(words)
    if found is not None or len(words) < 2 or len(words) not in _sizes_of_forms() or max(map(len, words)) < SHORTEST_MISSPELT:
        return found
    return _forms().get(tuple(_rightly_spelt(word) for word in words))


@cache
def _sizes_of_forms() -> frozenset[int]:
    return frozenset(map(len, _forms()))


@cache
def _form_words() -> tuple[str, ...]:
    """The long words forms are made of, sorted."""
    return tuple(sorted({word for words in _forms() for word in words if len(word) >= SHORTEST_MISSPELT}))


@lru_cache(maxsize=_SEEN)
def _rightly_spelt(word: str) -> str:
    """The word of a form that this one is with a slip or another ending; itself where it is none."""
    if len(word) < SHORTEST_MISSPELT or word in _form_words():
        return word
    most = 2 if len(word) >= LONG else 1
    near = [(OSA.distance(word, known, score_cutoff=most), known) for known in _form_words()]
    distance, known = min(near)
    return known if distance <= most else word


def looks_like_company(text: str) -> bool:
    """True where the text shows a legal form or a word only organisations are called by; «ИП …» is a person."""
    words = _words(text)
    if _without_marks(words) != words:
        return False
    return _has_form(words) or any(_organisation_mark().fullmatch(word) for word in words)


def _has_form(words: list[str]) -> bool:
    forms = _forms()
    spans = (tuple(words[i : i + size]) for i in range(len(words)) for size in range(1, _longest("forms") + 1))
    return any(span in forms and forms[span] != ("ИП",) for span in spans)


@lru_cache(maxsize=_SEEN)
def person_in_supplier_name(name: str) -> str | None:
    """The name of the person who supplies under this name, as written; None where it names an organisation or nobody.

    Read as a person: «ИП Иванов И. И.», «Индивидуальный предприниматель …», «Глава К(Ф)Х …», «Самозанятая …», «гр. …», marks
    after the name as well, and a plain «Иванов Иван Иванович» or «Иванов И. И.».
    """
    text = _NUMBERED.sub("", " ".join(name.split()))
    stripped, marked = _unmarked(text)
    if not marked:
        return None if _QUOTES.search(text) or looks_like_company(text) else _as_name(text, sure=True)
    candidates = [_QUOTES.sub(" ", one) for one in (_IN_BRACKETS.sub(" ", stripped), *_IN_BRACKETS.findall(stripped))]
    readings = [_as_name(one, sure) for sure in (True, False) for one in candidates]
    return next((reading for reading in readings if reading), None)


def _as_name(text: str, sure: bool) -> str | None:
    """The text where it has the shape of a name; `sure`: of a name and nothing else, as must be where no mark tells."""
    trimmed = " ".join(text.split()).strip(" ,;:()-–—")
    if not _words(trimmed) or _has_form(_words(trimmed)):
        return None
    words = _words(trimmed)
    if not _CYRILLIC.search(words[0]) or any(_organisation_mark().fullmatch(word) for word in words):
        return None
    if _SURNAME_INITIALS.fullmatch(trimmed):
        return trimmed
    if not _NAMES.fullmatch(trimmed) or (sure and not _has_patronymic(words, trimmed)):
        return None
    return trimmed


def _has_patronymic(words: list[str], text: str) -> bool:
    endings = tuple(_data()["marks"]["patronymic_endings"])
    return len(words) >= 3 and any(word.endswith(endings) for word in words[1:]) and parse_name(text) is not None


def _unmarked(text: str) -> tuple[str, bool]:
    """The text without the marks of a person at its ends, and whether there were any."""
    spans = [match.span() for match in _WORD.finditer(text)]
    words = [_one_alphabet(text[start:end].upper().replace("Ё", "Е")) for start, end in spans]
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
