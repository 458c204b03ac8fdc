"""What the heading of a column says of kin: whose («Родители супруга(и)»), which of several («Ребёнок 2»), and what of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from affil.ingest.tables.sheet.headings import meant_field
from affil.ingest.vocabulary.kin_layouts import kin_layouts
from affil.ingest.vocabulary.vocabulary import plain, vocabulary
from affil.language.kin_words import KinWord, parse_relationship

ANY = "*"  # the cells say themselves whose kin is what
# What a column can hold of a relative, as fields of the table of relatives.
ABOUT = frozenset(
    {
        "name", "surname", "given", "patronymic", "former_names", "birth_date", "inn", "employer", "position", "address", "phone",
        "email", "valid_from", "valid_to",
    }
)  # fmt: skip
_NAME = "name"
_MOST_WORDS = 14
_LONGEST = 160
_LONGEST_ENDING = 3  # «супруг(а)», «бывш(ий)»
_FUZZY_FROM = 8
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_NUMBER = re.compile(r"(?:№|N|#)?\s*(\d{1,2})(?:\s*-?\s*(?:й|я|ый|ой|ая))?(?!\w)\.?", re.IGNORECASE)
_WORDS = re.compile(r"[^\s,;:/–—]+(?:\([^()]*\))?|[,;:/–—]")
_EDGES = " ,;:.-–—/\n"


@dataclass(frozen=True, slots=True)
class KinHeading:
    """`kin`: words of kinship that parse, neutral where a heading cannot tell the gender; `ANY`; None where it names no kin.

    `chains`: what they mean; `number`: of «Ребёнок 2»; `field`: what of the relative, None where the heading says no more.
    """

    kin: str | None
    chains: tuple[str, ...]
    number: int | None
    field: str | None
    group: bool


@lru_cache(maxsize=16_384)
def kin_heading(text: str) -> KinHeading:
    """What a heading says; a heading that is neither of kin nor of what is told of them has neither `kin` nor `field`."""
    body = _without_brackets(kin_layouts().spouses_too.sub(_both_sides, text.strip(_EDGES)))
    for pattern in kin_layouts().not_said:
        body = pattern.sub(" ", body)
    body = body.strip(_EDGES)
    if not body or len(body) > _LONGEST:
        return KinHeading(None, (), None, None, group=False)
    if _is_any(plain(body)) or _is_any(plain(_BRACKET.sub(" ", body))) or _lists_any(body):
        return KinHeading(ANY, (), None, None, group=True)
    field = about(body)
    if field:
        return KinHeading(None, (), None, field, group=False)
    number = _NUMBER.search(body)
    body = _NUMBER.sub(" ", body).strip(_EDGES) if number else body
    kin, field = _kin_and_field(body)
    word = parse_relationship(kin) if kin else None
    if kin is None or word is None:
        return KinHeading(None, (), None, None, group=False)
    return KinHeading(kin, word.chains, int(number[1]) if number else None, field, word.group)


def _both_sides(match: re.Match[str]) -> str:
    """«Братья, в т.ч. супруга» as «братья, братья супруга(и)», where the words before are one group of kin."""
    kin = _kin(match[1])
    word = parse_relationship(kin) if kin else None
    return f"{kin}, {kin} супруга(и)" if word is not None and word.group and len(word.chains) == 1 else match[0]


def about(text: str) -> str | None:
    """The field of a relative a heading without any kin word means («Дата рожд.», «ФИО»), None where it means none."""
    heading = plain(text)
    if heading in _FULL_NAME:
        return _NAME
    field = meant_field(vocabulary().tables["relatives"], text)
    return field if field in ABOUT and not _is_any(heading) else None


_FULL_NAME = frozenset(
    map(plain, ("ФИО", "Ф.И.О.", "Фамилия, имя, отчество", "Фамилия, имя и отчество", "Фамилия И.О.", "Full name", "Name"))
)


def _without_brackets(text: str) -> str:
    """The heading without brackets that say how to fill it in: «Дети (ФИО, дата рождения)»."""

    def kept(match: re.Match[str]) -> str:
        """A blank for a bracket at least half of whose parts say how to fill in; any other bracket as it stands."""
        parts = [part for part in re.split(r"[,;/]|\sи\s", match[1]) if plain(part)]
        told = [
            part for part in parts if about(part) or plain(part) in ("полностью", "степень родства", "чч мм гггг", "при наличии")
        ]
        return " " if parts and len(told) * 2 >= len(parts) and not parse_relationship(match[1].strip()) else match[0]

    return _BRACKET.sub(kept, text)


@cache
def _is_any(heading: str) -> bool:
    known = kin_layouts().any_kin
    near = (one for one in known if min(len(one), len(heading)) >= _FUZZY_FROM)
    return heading in known or any(Levenshtein.distance(heading, one, score_cutoff=1) <= 1 for one in near)


def _lists_any(text: str) -> bool:
    """«Родственники: степень родства, ФИО, год рождения»: kin of any kind, and nothing but what is asked of them."""
    parts = [part for part in re.split(r"[,;:()\n–—]|\s-\s|\sи\s", text) if plain(part)]
    relatives = vocabulary().tables["relatives"]
    asked = [about(part) or meant_field(relatives, part) for part in parts if not _is_any(plain(part))]
    named = _NAME in asked or len(asked) < len(parts)
    return len(parts) > 1 and None not in asked and "relationship" in asked and named


def _kin_and_field(text: str) -> tuple[str | None, str | None]:
    """The kin words of a heading and what it says of them, before or after: «Дата рождения супруга», «Супруг(а): ФИО»."""
    words = _WORDS.findall(text)
    if len(words) > _MOST_WORDS:
        return None, None
    for cut in range(1, len(words)):
        first, last = (" ".join(part).strip(_EDGES) for part in (words[:cut], words[cut:]))
        for kin, rest in ((first, last), (last, first)):
            fields = _fields(rest) if kin and rest else ()
            if fields and (meant := _kin(kin)):
                joined = kin is first and words[cut] == ","  # «Супруг(а), дата рождения»: one cell has both
                return meant, fields[0] if len(fields) == 1 and not joined else None
    return _kin(text), None


def _fields(text: str) -> tuple[str, ...]:
    """The fields a text lists: «ФИО», or «ФИО, дата рождения» where one cell has both; () where it is no such list."""
    whole = about(text)
    if whole:
        return (whole,)
    parts = [part for part in re.split(r"[,;/]|\sи\s", text) if plain(part)]
    found = [field for field in map(about, parts) if field]
    return tuple(found) if len(found) == len(parts) > 1 else ()


@lru_cache(maxsize=16_384)
def _kin(text: str) -> str | None:
    """The kin words of a heading as words that parse; in another case they are put into the nominative."""
    text = " ".join(text.split()).strip(_EDGES)
    if not text:
        return None
    for phrase in (_nominative(text), text):
        word = parse_relationship(phrase)
        if word is not None and _says_only_kin(phrase):
            return _neutral(text if phrase.replace(" ", "") == _folded(text) else phrase, word)
    return None


def _nominative(text: str) -> str:
    """The first word of kin, and those joined to it, in the nominative: «детей супруга» as «дети супруга»."""
    words = re.findall(r"[^\W\d_]+|[^\w\s]|\([^()]*\)", text.lower().replace("ё", "е"))
    turned: list[str] = []
    head = True
    for word in words:
        joins = word in (",", "/", "и", "или")
        turned.append(kin_layouts().nominative.get(word, word) if head else word)
        head = joins
    return " ".join(turned)


def _says_only_kin(phrase: str) -> bool:
    """True where nothing stands beside the words of kin: «жена – Перова Анна» is no heading."""
    parts = [part.strip() for part in re.split(r"[,;/()–—]|\s-\s", phrase)]
    return all(len(part) <= _LONGEST_ENDING or parse_relationship(part) is not None for part in parts)


def _folded(text: str) -> str:
    return "".join(text.lower().replace("ё", "е").split())


def _neutral(phrase: str, word: KinWord) -> str:
    """The words without a gender that a heading for all officials cannot tell: a column «Супруга» has husbands too."""
    if len(word.chains) != 1 or word.chains[0] not in kin_layouts().neutral or phrase.isascii():
        return phrase
    return kin_layouts().neutral[word.chains[0]][(word.gender or "") if not word.group else ""]


def nominative_kin(text: str) -> str | None:
    """Words of kin in whatever case as words that parse: «братьев и сестёр» as «братья и сестры»; None where they name no kin."""
    return _kin(text)
