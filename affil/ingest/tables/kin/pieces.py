"""The pieces of a cell that tells of kin, and what begins each: a word of kinship, a name, a date of birth."""

from __future__ import annotations

import re
from functools import lru_cache

from affil.ingest.values.dates import DATE_FORMS
from affil.ingest.vocabulary.vocabulary import vocabulary
from affil.language.company_forms import split_form
from affil.language.fio import is_patronymic, parse_name
from affil.language.fio_letters import comparable
from affil.language.fio_words import COMMON_GIVEN, SONSHIP, has_surname_ending, is_of_organisation
from affil.language.kin_vocabulary import adjectives, nouns
from affil.language.kin_words import parse_relationship

EDGES = " \t,;.:–—-•*·/\u2022\u25cf\u25aa"
_CLOSED = re.compile(
    r"«[^«»\n;]*(?:«[^«»\n;]*»?[^«»\n;]*)?»+|\"[^\"\n;]*\"|“[^”“\n;]*”|„[^“”\n;]*[“”]|\([^()]*\)|\[[^\[\]]*\]"
    r"|(?<!\d)(?:19|20)\d\d\s*(?:г\.?|год\w*)?\s*,\s*\d{1,2}\s+[а-яё]{3,}"  # «1980, 12 марта»
)
_NUMBERING = re.compile(r"(?:^|(?<=[\s;,.]))(\d{1,2})\s?[.)]\s*(?=[^\W\d_]|†)")
_WORD = re.compile(r"\s*([^\W\d_]+(?:[-'’`‐-―][^\W\d_]+)*\.?|\([^()]*\)|[,/+]|№?\s*\d{1,2}(?!\d)\s*[-.]?(?:й|го|ая|я)?)")
_MOST_KIN_WORDS = 8
_OTHERS_KIN = re.compile(r"\W*(?:его|е[её]|их|у\s+него|у\s+не[её]|his|her|their)\b", re.IGNORECASE)  # of the person before
_GLUED = re.compile(r"(?<![\w-])([^\W\d_]{3,})-(?=[А-ЯЁ][а-яё])")
_DASHED = re.compile(r"\s*(?:[–—−:=-]|\bэто\b)+\s*")
_NAME_WORD = r"[А-ЯЁA-Z][^\W\d_]*(?:[-‐-―'’`][А-ЯЁA-Zа-яё][^\W\d_]*)*"
_INITIALS = r"[А-ЯЁA-Z]\.\s?(?:[А-ЯЁA-Z]\.)?(?:-?[А-ЯЁA-Z]\.)?"
_FORMER = r"\([^()]*\)"
_WITH_INITIALS = re.compile(rf"{_NAME_WORD}(?:\s*{_FORMER})?\s+{_INITIALS}|{_INITIALS}\s?{_NAME_WORD}(?:\s*{_FORMER})?")
_TOKEN = re.compile(rf"\s*({_FORMER}|[^\W\d_]+(?:[-‐-―'’`][^\W\d_]+)*)(?![.\w])")
_FORMER_WORDS = re.compile(
    r"девич|дев\.|урожд|ур\.|до\s+(?:брака|замуж|развода)|ранее|прежн|бывш|добрачн|фамил|в\s+девич|замуж", re.IGNORECASE
)
_ONE_SURNAME = re.compile(r"\(\s*[А-ЯЁ][а-яё-]+\s*\)")
_MOST_NAME_WORDS = 4
_BIRTH = re.compile(
    r"^\W*(?:дата\s+рождения|(?:год|место)\s+рождения|родил(?:ся|ась)|рожд\.?|род\.|д\.?\s?р\.?|г\.?\s?р\.?|р\.)?[\s:–—-]*"
    rf"({DATE_FORMS}|(?:19|20)\d\d(?!\d))(?:\s*(?:г\.?\s?р\.?(?!\w)|года?\s+рожд\w*\.?|рожд\w*\.?|р\.(?!\w)|год\w*(?!\w)|гг?\.?(?!\w)))?",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[,\n\r;|]+")
_KIN_START = re.compile(r"(?<![\w-])[^\W\d_]{3,}")
_AND = re.compile(r"(?:\s|^)(?:и|а также)\s*$")
_YEARS = re.compile(r"^\W*(?:19|20)\d\d\s*[-–—/]\s*(?:(?:19|20)\d\d|н\.?\s?в|наст)")


def pieces(text: str) -> list[tuple[str, bool]]:
    """The parts of a cell between new lines, semicolons, commas and numbers 1., 2., …; quotes and brackets stay whole.

    With each, whether it stands at the beginning of a line or behind a semicolon or a number.
    """
    text = _GLUED.sub(lambda found: f"{found[1]} – " if _lower(found[1]) in nouns() else found[0], text)
    closed = [match.span() for match in _CLOSED.finditer(text)]
    found: list[tuple[str, bool]] = []
    start, strong = 0, True
    breaks = [match.span() for match in _BREAK.finditer(text) if not _inside(match.start(), closed)]
    for left, right in [*sorted({*_numbers(text, closed), *breaks}), (len(text), len(text))]:
        if left < start:
            continue
        first, *others = _before_each_kin(text[start:left])
        found += [(first, strong), *((one, False) for one in others)]
        strong = text[left:right].strip(" ,") != ""
        start = right
    kept = [(trimmed(piece), first) for piece, first in found if piece.strip(EDGES)]
    return _with_names_whole(kept)


def _with_names_whole(found: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """«Иванова» and «Анна Павловна» behind a comma or on the next line as one name."""
    whole: list[tuple[str, bool]] = []
    for piece, strong in found:
        if whole and is_given_and_patronymic(piece) and is_one_word(whole[-1][0]):
            whole[-1] = (f"{whole[-1][0]} {piece}", whole[-1][1])
        else:
            whole.append((piece, strong))
    return whole


def trimmed(text: str) -> str:
    """The text without the signs at its ends; the full stop of a last initial or of «г.р.» stays."""
    body = text.strip(EDGES)
    last = text.rstrip(EDGES.replace(".", ""))
    return body + "." if last.endswith(".") and re.search(r"(?<![^\W\d_])[^\W\d_]$", body) else body


def is_one_word(text: str) -> bool:
    """True for one capitalised word, as a surname alone is."""
    return re.fullmatch(r"[А-ЯЁ][А-ЯЁа-яё-]{2,}", text.strip(EDGES)) is not None


def _lower(word: str) -> str:
    return word.lower().replace("ё", "е")


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(left < place < right for left, right in spans)


def _numbers(text: str, closed: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where the cell numbers its persons: at the beginning of a line, and within one where 1, 2, 3 stand in order."""
    found = [match for match in _NUMBERING.finditer(text) if not _inside(match.start(1), closed)]
    expected = 1
    taken: list[tuple[int, int]] = []
    for match in found:
        if (
            int(match[1]) == expected
            or not text[: match.start(1)].rstrip(" \t")
            or text[: match.start(1)].rstrip(" \t")[-1] in "\n;"
        ):
            taken.append((match.start(1), match.end()))
            expected = int(match[1]) + 1
    return taken


def _before_each_kin(text: str) -> list[str]:
    """A piece cut before every kin word inside it that a name follows: «жена Перова Анна Ильинична сын Перов Пётр»."""
    begin, found = len(text) - len(text.lstrip(EDGES)), list[str]()
    end_of_phrase = _phrase_end(text, begin)
    closed = [match.span() for match in _CLOSED.finditer(text)]
    for match in _KIN_START.finditer(text):
        start = match.start()
        if (
            _inside(start, closed)
            or _OTHERS_KIN.search(text[max(begin, start - 8) : start])
            or start < max(end_of_phrase, begin + 1)
            or not _opens(text[start:])
        ):
            continue
        found.append(_AND.sub(" ", text[begin:start]))
        begin, end_of_phrase = start, _phrase_end(text, start)
    return [*found, text[begin:]]


def _phrase_end(text: str, begin: int) -> int:
    opened = kin_in_front(text[begin:])
    return len(text) - len(opened[1]) if opened else begin


def _opens(text: str) -> bool:
    """True where a kin word and then a name begin the text."""
    found = kin_in_front(text)
    return found is not None and bool(found[1]) and name_in_front(after_dash(found[1]), sure=False) is not None


def after_dash(text: str) -> str:
    """The text without the dash or colon it begins with."""
    return _DASHED.sub("", text, count=1) if _DASHED.match(text) else text.strip()


@lru_cache(maxsize=16_384)
def kin_in_front(text: str) -> tuple[str, str] | None:
    """The longest phrase of kin a text begins with («брат жены», «сын (от первого брака)») and the rest; None without one.

    A capitalised word that a name may be («Теткин Иван») is a word of kin only where it is spelt as one.
    """
    if _OTHERS_KIN.match(text):
        return None
    for end in reversed(_word_ends(text)):
        phrase = text[:end].strip(EDGES)
        rest = text[end:]
        if not phrase or not _may_end(phrase, rest):
            continue
        if parse_relationship(phrase) is not None and (dashed(rest) or _is_spelt(phrase)):
            return phrase, rest.lstrip(" \t.,") if not dashed(rest) else rest
    return None


def _word_ends(text: str) -> list[int]:
    ends: list[int] = []
    place = 0
    while len(ends) < _MOST_KIN_WORDS and (match := _WORD.match(text, place)):
        place = match.end()
        ends.append(place)
        if match[1] == ",":
            break
    return ends


def _may_end(phrase: str, rest: str) -> bool:
    """A phrase does not end within a word, and takes no capitalised word beyond its first: those are names."""
    if rest[:1].isalnum():
        return False
    words = re.findall(r"[^\W\d_]+", re.sub(r"\([^()]*\)", " ", phrase))
    last = re.split(r"\s+", phrase)[-1]
    if len(words) > 1 and not last.endswith(")") and vocabulary().deceased.search(last):
        return False  # «отец умер»: the death is told of him, it is no word of kinship
    shouted = phrase.isupper() and len(phrase) > 2
    return shouted or not any(word[0].isupper() for word in words[1:])


def dashed(rest: str) -> bool:
    """True where a dash or colon begins the text, a hyphen within a word is none."""
    return re.match(r"\s+[–—−-]|\s*[:–—]|\s*-\s", rest) is not None


@lru_cache(maxsize=4_096)
def _is_spelt(phrase: str) -> bool:
    """True where the first word is a known one, or is in small letters and so no name: there a typing error is forgiven."""
    first = re.findall(r"[^\W\d_]+", phrase)[:1]
    if not first or not first[0][0].isupper():
        return True
    word = _lower(first[0])
    return word in nouns() or word in adjectives() or any(known.startswith(word + " ") for known in nouns())


@lru_cache(maxsize=16_384)
def name_in_front(text: str, sure: bool) -> tuple[str, str] | None:
    """The name a text begins with, a former surname in brackets included, and the rest; None where it begins with none.

    `sure`: only where a patronymic, initials or a usual given name shows that it is a person's; a place of work is none.
    """
    text = text.lstrip(" \t†*•-–—+")
    initials = _WITH_INITIALS.match(text)
    if initials and not text[initials.end() : initials.end() + 1].isalnum():
        name = initials[0]
        return (name, text[initials.end() :]) if _is_name(name) and not _of_organisation(name) else None
    words, ends = _name_words(text)
    for count in range(len(words), 1, -1):
        name = text[: ends[count - 1]]
        if _is_name(name) and (_shows_a_person(words[:count]) or not sure) and not _of_organisation(name):
            return name, text[ends[count - 1] :]
    return None


def _is_name(text: str) -> bool:
    name = parse_name(text)
    return name is not None and name.surname is not None and name.given is not None


def _of_organisation(text: str) -> bool:
    return any(is_of_organisation(comparable(word)) for word in re.findall(r"[^\W\d_]+", text)) or bool(split_form(text)[0])


def _name_words(text: str) -> tuple[list[str], list[int]]:
    """The words a name at the beginning may have, and their ends: capitalised ones up to the patronymic, «оглы», brackets."""
    words: list[str] = []
    ends: list[int] = []
    place = 0
    small = text[:1].islower()
    while len(words) < _MOST_NAME_WORDS and (match := _TOKEN.match(text, place)):
        word = match[1]
        if word.startswith("("):
            if not ends or not (_FORMER_WORDS.search(word) or (len(words) == 1 and _ONE_SURNAME.fullmatch(word))):
                break
            ends[-1] = match.end()
        elif comparable(word) in SONSHIP or ((word[0].isupper() or small) and len(word) > 1 and word.lower() not in ("и", "а")):
            words.append(word)
            ends.append(match.end())
            place = match.end()
            if len(words) > 2 and is_patronymic(comparable(word)) and not _sonship_follows(text[match.end() :]):
                break
        else:
            break
        place = match.end()
    trailing = re.match(r"\s*(\([^()]*\))", text[place:])
    if words and trailing and _FORMER_WORDS.search(trailing[1]) and not re.search(r"\d", trailing[1]):
        ends[-1] = place + trailing.end()
    if small and not any(is_patronymic(comparable(word)) for word in words[1:3]):
        return [], []
    return words, ends


def _sonship_follows(text: str) -> bool:
    match = _TOKEN.match(text)
    return match is not None and comparable(match[1]) in SONSHIP


def _shows_a_person(words: list[str]) -> bool:
    known = [comparable(word) for word in words]
    if any(is_patronymic(word) or word in SONSHIP for word in known[1:]) and len(words) > 2:
        return True
    given = [word for word in known if word in COMMON_GIVEN]
    return len(words) == 2 and bool(given) and any(has_surname_ending(word) for word in known if word not in given)


def is_given_and_patronymic(text: str) -> bool:
    """«Анна Павловна» alone: the second half of a name whose surname stands before a comma or on the line above."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)
    return len(words) == 2 and text[:1].isupper() and is_patronymic(comparable(words[1])) and not re.search(r"\d", text)


def birth_in_front(text: str) -> tuple[str, str] | None:
    """The date or year of birth a text begins with, as written, and the rest; None where it begins with none."""
    if _YEARS.match(text):
        return None
    match = _BIRTH.match(text)
    if match is None or text[match.end() : match.end() + 1].isalnum():
        return None
    return match[1], text[match.end() :]
