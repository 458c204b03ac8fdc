"""How the sheets of the workbook look: width and kind of every column, what stays in view, where a printed page ends.

Kinds: `number`, `text` (long, wrapped), `id` (text whose digits must stay as they are), `date`, `money`, `share`, `chance`;
with `+` the column is filled in by people. A third word names the drop-down of `choices`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from affil.words import Words


@dataclass(frozen=True, slots=True)
class Column:
    """One column; width in letters of the sheet's type, `choice` a drop-down or None."""

    kind: str
    width: float
    choice: str | None = None

    @property
    def answered(self) -> bool:
        """True where people fill it in."""
        return self.kind.endswith("+")


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet: key of its name and note in the catalogue, key of its headings, columns that never leave the screen.

    `parts` are columns with which a new printed page begins (the first `repeated` columns stand on each); without them the
    whole width is one page. `spare` rows below the last have drop-downs too.
    """

    name: str
    headings: str
    columns: tuple[Column, ...]
    frozen: int
    parts: tuple[int, ...] = ()
    repeated: int = 1
    spare: int = 0
    file: str = "findings.json"  # where the whole stands if a sheet cannot hold it


def _columns(text: str) -> tuple[Column, ...]:
    specs = [spec.split() for spec in text.replace("\n", ",").split(",") if spec.strip()]
    return tuple(Column(kind, float(width), *choice) for kind, width, *choice in specs)


_FINDINGS = _columns("""
    number 8, text 15, text 11, id 11, text 23, text 16, text 17, text 17, text 16, text 22
    text 16, text 13, text 13, text 18, share 9
    text 24, id 14, text 24, id 13, id 13, id 21, date 11, money 14, text 17, id 21, text 13, text 16, text 16
    text 32, text 22, text 70, text 42, text 50
    text 41, text 41, text+ 16 identity, text+ 18 tie, text+ 16, date+ 13, text+ 24, id 19, id 15, id 15
""")
SCALE = 57  # per cent; a page of a sheet in parts holds 230 units of width
_BY_SUBJECT = (15, 28, 33)  # the officer and the relative; supplier and purchase; how it was found; what to do and decisions

CASES = Layout("cases", "reports.findings.headings", _FINDINGS, 5, _BY_SUBJECT)
NAMESAKES = Layout("namesakes", "reports.findings.headings", _FINDINGS, 5, _BY_SUBJECT)
STEPS = Layout("steps", "workbook.steps.headings", _columns("""
    number 8, id 15, id 22, text 28, id 22, number 6, number 6, text 24, text 18, text 24, date 11, date 11, text 20
    text 37, text 30, text 24, text 38, text 16, text 16, chance 13, chance 13, id 15, id 15
"""), 2, (13,))  # fmt: skip
UNDETERMINED = Layout("undetermined", "reports.undetermined.headings", _columns("""
    number 7, text 34, text 15, id 14, text 44, text 34, text 44, text 30, text+ 20, date+ 12
"""), 2, file="not_determinable.csv")  # fmt: skip
COVERAGE = Layout("coverage", "coverage.headings", _columns("""
    id 11, text 26, text 17, text 17, text 17, text 16, date 11, date 11
    text 12, text 12, text 12, text 12, text 12, text 12, text 12, text 12
    number 13, number 9, date+ 11, number 13, number 13, text 44, text 44, text+ 18, date+ 12
"""), 2, (16,), 2, file="coverage.csv")  # fmt: skip
COURSE = Layout("course", "workbook.course.headings", _columns("""
    number 8, text 15, text 24, text 24, text+ 22 event, date+ 12, id+ 14, text+ 20, date+ 12
    text+ 17 scope, text+ 20 result, text+ 16 identity, text+ 24
    text+ 16 tie, text+ 26 assessment, text+ 18, text+ 18 measure, text+ 24, id 9, id 15, id 15
"""), 5, (13,), 5, spare=500)  # fmt: skip
SOURCES = Layout("sources", "workbook.sources.headings", _columns("""
    text 60, text 14, date 14, text 44, number 10, text 50, id 68
"""), 1, file="manifest.json")  # fmt: skip

PLAIN = {"font_name": "Arial", "font_size": 10, "font_scheme": ""}  # a type that every system has, or one as wide
_TEXT = {**PLAIN, "font_size": 9, "valign": "top", "text_wrap": True}
_HEAD = {**_TEXT, "bold": True, "border": 1, "border_color": "#9AA5B1", "bg_color": "#E7EEF7"}
_ANSWER = {"bg_color": "#FBF7E6", "border": 1, "border_color": "#D9D2B5"}
# A text that begins like a formula stays a text even when an officer edits its cell: `@`, or the mark of the leading apostrophe.
KINDS: dict[str, dict[str, Any]] = {
    "text": {**_TEXT, "quote_prefix": True},
    "id": {**_TEXT, "num_format": "@"},
    "number": {**_TEXT, "num_format": "0", "align": "left"},
    "date": {**_TEXT, "num_format": "dd.mm.yyyy", "align": "left"},
    "money": {**_TEXT, "num_format": "#,##0.00"},
    "share": {**_TEXT, "align": "right"},
    "chance": {**_TEXT, "num_format": "0.0000"},
}
FORMATS: dict[str, dict[str, Any]] = {
    **KINDS,
    **{f"{kind}+": {**KINDS[kind], **_ANSWER} for kind in ("id", "date")},
    "text+": {**_TEXT, "num_format": "@", **_ANSWER},
    "head": _HEAD,
    "head+": {**_HEAD, "bg_color": "#F3E9C6"},
    "label": {**_TEXT, "bold": True},
    "section": {**_TEXT, "text_wrap": False, "bold": True, "font_size": 11, "bottom": 1, "bottom_color": "#9AA5B1"},
}


def choices(name: str, words: Words) -> list[str]:
    """The words a drop-down offers; those of identity are the ones of `affil match`."""
    if name == "identity":
        return [words(f"match.entry.{verdict}") for verdict in ("same", "different", "unsure")]
    if name == "assessment":
        return list(words.raw("course.outcome.assessment").values())
    return list(words.raw(f"workbook.{name}").values())
