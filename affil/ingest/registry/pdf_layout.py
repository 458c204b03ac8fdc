"""What the words of a PDF extract mean: sections, parts, labels; and which documents only look like one."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("pdf_layout.toml")


def plain(text: str) -> str:
    """Small letters, ё as е, single spaces, as the words of the layout are written."""
    return " ".join(text.casefold().replace("ё", "е").split())


def section_of(title: str) -> str | None:
    """The section a title begins, None where the program needs nothing of it."""
    return _begins("sections", plain(title))


def label_of(label: str) -> str | None:
    """What a row tells, by its label; the longest beginning that fits wins."""
    return _begins("labels", plain(label))


def part_of(title: str) -> str | None:
    """The part of a section a title begins: 'pledge', 'trust' …; 'rest' where it is known and not needed, None where unknown."""
    found = plain(title)
    return next((name for name, words in _layout()["parts"].items() if any(word in found for word in words)), None)


def is_hidden(text: str) -> bool:
    """True where the registry says that it does not show who it is."""
    found = plain(text)
    return any(word in found for word in _layout()["hidden"]["words"])


def vendor_of(text: str, loose: str) -> str | None:
    """Whose report it is, by name, where it is no extract of ФНС; `loose` is what stands outside the tables."""
    found, outside = plain(text), plain(loose)
    for vendor in _layout()["vendors"]:
        if any(word in found for word in vendor["words"]) or any(domain in outside for domain in vendor["domains"]):
            return str(vendor["name"])
    return None


def vendor_by_address(loose: str) -> str | None:
    """Whose report it is by an address on the margins: nothing else may look so like an extract."""
    outside = plain(loose)
    return next((str(one["name"]) for one in _layout()["vendors"] if any(domain in outside for domain in one["domains"])), None)


def other_document(text: str) -> str | None:
    """Why it is refused, a key of the word catalogue, where it is another document of ФНС."""
    found = plain(text)
    return next((str(one["reason"]) for one in _layout()["others"] if any(word in found for word in one["words"])), None)


def _begins(table: str, text: str) -> str | None:
    fits = [(len(words), name) for words, name in _beginnings(table) if _fits(text, words)]
    return max(fits)[1] if fits else None


def _fits(text: str, words: str) -> bool:
    return text == words[1:] if words.startswith("=") else text.startswith(words)


@cache
def _beginnings(table: str) -> Sequence[tuple[str, str]]:
    return tuple((words, name) for name, several in _layout()[table].items() for words in several)


@cache
def _layout() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
