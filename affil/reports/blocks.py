"""A document as a list of parts, before it is known whether it becomes plain text or a sheet of paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from affil.words import Words

WIDE_GAP = "; "


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `lead` stands bold before it."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `widths` are shares of the page."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """Lines of a list."""

    lines: tuple[str, ...]


Block = Heading | Text | Table | Bullets


def blocks_text(blocks: Sequence[Block], words: Words) -> str:
    """Plain text: a table becomes a line a row, its cells named by their headings."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case Heading(text):
                lines += ["", text]
            case Text(text, lead):
                lines.append("  " + " ".join(part for part in (lead, text) if part))
            case Bullets(points):
                lines += [f"  — {point}" for point in points]
            case Table(headings, rows, _):
                lines += ["  — " + _cells(headings, row) for row in rows]
    return "\n".join(lines)


def _cells(headings: Sequence[str], row: Sequence[str]) -> str:
    """The first cell speaks for itself."""
    named = [f"{heading}: {cell}" for heading, cell in zip(headings[1:], row[1:], strict=True) if cell]
    return WIDE_GAP.join([row[0].removeprefix("☐ "), *named]).replace("\n", " ")
