"""From the text of a cell to the words of one name: former surnames, dates, posts and remarks are taken off first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from affil.language import fio_words as form
from affil.language.fio_letters import comparable

_MARK = (
    r"(?<![\w])(?:в\s+девичестве|девич\w*|дев\.|урожд\w*\.?|в\s+(?:\w+\s+)?(?:замужестве|браке)|ранее|прежн\w+|бывш\w*\.?|добрачн\w+"
    r"|до\s+(?:брака|замужества|развода)|(?:до|с|по)\s+(?:\d\d?\.\d\d?\.)?\d{4}(?:\s*(?:г\.|гг?\b\.?|год[ау]?))?|по\s+(?:\w+\s+)?мужу)"
    r"(?:\s*(?:фам(?:илия|\.)|носила\b|был[аи]?\b|[-–—:]))*"
)
_MARKED = re.compile(_MARK, re.IGNORECASE)
_NAME_WORD = r"[^\W\d_]{2,}(?:\s?[-‐-―]\s?[^\W\d_]{2,})?"
_PHRASE = re.compile(rf"[,;]?\s*{_MARK}\s*({_NAME_WORD}(?:\s*(?:/|\sи\s)\s*{_NAME_WORD})*)", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)(?:[)\]]|$)")
_SLASHED = re.compile(rf"({_NAME_WORD})\s*/\s*({_NAME_WORD})")
_BETWEEN_SURNAMES = re.compile(r"[,;/\n]|\sи\s", re.IGNORECASE)
_NUMBERING = re.compile(r"^\W*(?:\d+\s*[.)]|№\s*\d+)\s*")
_DIGIT = re.compile(r"\d")
_QUOTE = re.compile(r"[«»\"“”„]")
_GLUED_AFTER_LOWER = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ]\.)")
_GLUED_CAPITALS = re.compile(r"(?<![^\W\d_.])([^\W\d_]{3,})([^\W\d_])\.\s?([^\W\d_])\.?(?![^\W\d_])")
_WORD_SIGNS = re.compile("[-'’`]")
_EDGE = "'`’.,;:*_!?|\\ "


@dataclass(frozen=True, slots=True)
class Reading:
    """The comparable words of one name, the word that alone is in capitals, and the former surnames beside it."""

    words: tuple[str, ...]
    shouted: str | None
    former: tuple[str, ...]


def readable(text: str) -> Reading | None:
    """The words of the name in `text`; None where it holds none: empty, «нет», a number, an organisation."""
    body, former = _without_former(" ".join(text.split()) if "\n" not in text else text)
    body = _first_statement(_NUMBERING.sub("", body))
    if _QUOTE.search(body) is not None:
        body = _QUOTE.split(body)[0] if comparable(body).startswith(("ИП ", "ИНДИВИДУАЛ")) else ""
    pieces = body.split()
    words = words_of(" ".join(pieces))
    if not words or words[0] in form.NOBODY or any(form.is_of_organisation(word) for word in words):
        return None
    said = _without_remarks(pieces)
    kept = words if said is pieces else words_of(" ".join(said))
    names = tuple(word for word in kept if _is_initial(word) or not (form.is_beside(word) or word in form.NOBODY))
    return Reading(names, _shouted(pieces), former) if names else None


def surname_field(text: str | None) -> tuple[list[str], tuple[str, ...]]:
    """The words of a registry's surname field and the former surnames in its brackets."""
    body, former = _without_former(text or "")
    return field_words(body), former


def _first_statement(text: str) -> str:
    """The text before the first digit, before the first comma that follows two words, and before a new line after three."""
    statement, *breaks = re.split(r"([,;\n])", _DIGIT.split(text, maxsplit=1)[0])
    for mark, piece in zip(breaks[::2], breaks[1::2], strict=True):
        if len(statement.replace(".", ". ").split()) > (2 if mark == "\n" else 1):
            break
        statement += " " + piece
    return re.split(r"\s[-‐-―]+\s+(?=[a-zа-яё])", statement.strip(), maxsplit=1)[0] if not statement.islower() else statement


def _without_remarks(pieces: list[str]) -> list[str]:
    """Lower-case words are remarks where at least three capitalised ones stand beside them."""
    capitalised = sum(
        1 for piece in _GLUED_AFTER_LOWER.sub(" ", " ".join(pieces)).replace(".", ". ").split() if piece[0].isupper()
    )
    if capitalised < 3:
        return pieces
    return [piece for piece in pieces if not piece[0].islower() or _belongs_though_lower(comparable(piece))]


def _belongs_though_lower(word: str) -> bool:
    return word in form.SONSHIP or word in form.PARTICLES


def _shouted(pieces: list[str]) -> str | None:
    capitals = [piece for piece in pieces if len(piece) > 2 and piece.isupper() and "." not in piece]
    others = [piece for piece in pieces if len(piece) > 2 and not piece.isupper() and "." not in piece]
    return comparable(capitals[0]).strip(_EDGE) if len(capitals) == 1 and others else None


def words_of(text: str) -> list[str]:
    """Comparable words of `text`; initials stand alone as 'И.', «оглы» and its like as words of their own."""
    apart = comparable(_GLUED_AFTER_LOWER.sub(" ", text))
    apart = _GLUED_CAPITALS.sub(r"\1 \2. \3.", apart).replace(".", ". ")
    return [word for piece in apart.split() for word in _cleaned(piece)]


def _cleaned(piece: str) -> list[str]:
    word = piece.strip(_EDGE).strip("-")
    if not word.isalpha() and (not word or not _WORD_SIGNS.sub("", word).isalpha()):
        return []
    if len(word) == 1 or (len(word) == 2 and piece.endswith(".") and not form.is_beside(word)):
        return [f"{word[0]}."]
    head, hyphen, last = word.rpartition("-")
    return [head, form.SONSHIP[last]] if hyphen and last in form.SONSHIP else [word]


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word[1] == "."


def field_words(text: str | None) -> list[str]:
    """Comparable words of one field of a registry; empty where it says that there is nothing."""
    words = words_of(text or "")
    return [] if words and words[0] in form.NOBODY else words


def _without_former(text: str) -> tuple[str, tuple[str, ...]]:
    found: list[str] = []

    def bracketed(match: re.Match[str]) -> str:
        """Nothing in place of the brackets; the surnames they tell are kept in `found`."""
        content = match.group(1)
        after_surname = len(text[: match.start()].split()) == 1 and bool(text[match.end() :].split())
        for place, statement in enumerate(re.split("[,;]", content)):
            marked = _MARKED.search(statement) is not None or (place == 0 and after_surname)
            found.extend(_surnames_in(statement, marked=marked))
        return " "

    def phrased(match: re.Match[str]) -> str:
        """Nothing in place of «урожд. …» that tells surnames, which are kept in `found`; another phrase as it stands."""
        surnames = _surnames_in(match.group(1), marked=True)
        found.extend(surnames)
        return " " if surnames else match.group(0)

    def slashed(match: re.Match[str]) -> str:
        """The surname before the slash; the one after it is kept in `found`."""
        found.extend(_surnames_in(match.group(2), marked=True))
        return match.group(1)

    body = _BRACKETS.sub(bracketed, text)
    body = _PHRASE.sub(phrased, body)
    return _SLASHED.sub(slashed, body), tuple(dict.fromkeys(found))


def _surnames_in(text: str, *, marked: bool) -> list[str]:
    """Surnames of a remark. Unless a word like «урожд.» or its place right behind the surname marks it as one, only words with
    an ending of surnames count: «(Москва)» is none."""
    pieces = [piece for piece in re.split(r"[,;/\s]+", _MARKED.sub(" ", text)) if piece and (piece[0].isupper())]
    words = [word for piece in pieces for word in words_of(piece) if len(word) > 2]
    if any(form.is_of_organisation(word) for word in words):
        return []
    names = [word for word in words if not form.is_beside(word) and word not in form.NOBODY and word not in form.COMMON_GIVEN]
    surnames = [word for word in names if not form.is_patronymic(word)] or names[:1]
    if marked:
        return surnames[:1] + [word for word in surnames[1:] if form.has_surname_ending(word)]
    return [word for word in surnames if form.has_surname_ending(word)]


def surnames_listed(text: str) -> tuple[str, ...]:
    """Comparable surnames of a cell that lists former ones."""
    spoken = text.title() if text.islower() else text
    found: list[str] = []
    for chunk in _BETWEEN_SURNAMES.split(_MARKED.sub(" ", spoken)):
        words = field_words(_DIGIT.sub(" ", chunk.replace("(", " ").replace(")", " ")))
        if len(words) == 1 and not text.islower():
            found.extend(_surnames_in(words[0], marked=True))
        else:
            found.extend(_surnames_in(" ".join(words), marked=False)[:1])
    return tuple(dict.fromkeys(found))
