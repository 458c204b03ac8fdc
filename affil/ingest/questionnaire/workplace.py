"""A place of work and a post written in one cell: «МБОУ СОШ № 9, г. Энск, ул. Мира, 5, учитель», «учитель МБОУ СОШ № 9»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from affil.ingest.questionnaire.words import questionnaire_words
from affil.language.companies import looks_like_company

_SEPARATORS = re.compile(r"[,;\n]|\s[–—-]\s")
_INSIDE = re.compile(r"«[^»]*»|\"[^\"]*\"|“[^”]*”|\([^)]*\)")
_WORD = re.compile(r"\S+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Workplace:
    """The organisation's name alone, the rest of what names the place (its address), and the post; None where not told."""

    organisation: str | None
    address: str | None
    position: str | None

    @property
    def place(self) -> str | None:
        """Organisation and address as one text, the organisation first."""
        return ", ".join(part for part in (self.organisation, self.address) if part) or None


@lru_cache(maxsize=16_384)
def workplace(text: str) -> Workplace:
    """What the text says; all of it is the organisation where nothing in it is surely a post or an address."""
    words = questionnaire_words()
    organisation, addresses, posts = list[str](), list[str](), list[str]()
    for piece in _pieces(text):
        if words.address_piece.fullmatch(piece):
            addresses.append(piece)
        elif words.posts.match(piece):
            post, firm = _post_and_firm(piece)
            posts.append(post)
            organisation += [firm] if firm else []
        elif organisation and addresses:
            posts.append(piece)
        elif posts and not organisation:
            organisation.append(piece)
        elif organisation and not looks_like_company(piece):
            posts.append(piece)
        else:
            organisation.append(piece)
    return Workplace(", ".join(organisation) or None, ", ".join(addresses) or None, ", ".join(posts) or None)


def _pieces(text: str) -> list[str]:
    """The parts between commas, dashes and line breaks, but not inside quotes and brackets."""
    hidden = _INSIDE.sub(lambda found: found[0].translate(_HIDE), text)
    parts = _SEPARATORS.split(hidden)
    return [one for part in parts if (one := _SPACES.sub(" ", part.translate(_SHOW)).strip(" :"))]


_HIDE = str.maketrans({",": "\ue000", ";": "\ue001", "\n": "\ue002", "–": "\ue003", "—": "\ue004", "-": "\ue005"})
_SHOW = str.maketrans({"\ue000": ",", "\ue001": ";", "\ue002": " ", "\ue003": "–", "\ue004": "—", "\ue005": "-"})


def _post_and_firm(piece: str) -> tuple[str, str | None]:
    """A post with the organisation behind it: from the first word a body is called by, or that begins with a legal form."""
    words = questionnaire_words()
    bodies = words.bodies
    for found in _WORD.finditer(piece):
        rest = piece[found.start() :]
        body = next((body for body in bodies if rest.lower().startswith(body + " ")), None)
        if body:
            return piece[: found.start()].strip(), bodies[body] + rest[len(body) :]
        if found.start() and words.genitive_begins.match(rest):
            return piece[: found.start()].strip(), _nominative(rest)
        if found.start() and (found[0].isupper() and len(found[0]) > 1 and looks_like_company(rest)):
            return piece[: found.start()].strip(), rest
    return piece, None


def _nominative(firm: str) -> str:
    """The full name of an institution, put from the genitive; what stands in quotes is its own name and stays."""
    endings = questionnaire_words().genitive_endings
    head, quote, name = firm.partition("«")
    turned = []
    for word in head.split(" "):
        ending = next((one for one in endings if word.lower().endswith(one)), "")
        turned.append(word[: len(word) - len(ending)] + endings[ending] if ending else word)
    return " ".join(turned) + quote + name
