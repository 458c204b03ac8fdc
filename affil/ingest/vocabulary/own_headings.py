"""`[headings]` of affil.toml: headings a workspace has mapped to fields, checked, and written into the text that people edit."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from affil.errors import SettingsError
from affil.ingest.vocabulary.vocabulary import NOT_NEEDED, vocabulary
from affil.words import Words

_SECTION = re.compile(r"\s*\[")


def check_headings(own: Mapping[str, Mapping[str, str]], file: Path, words: Words) -> None:
    """`SettingsError` naming the first table or field there is not, and what is allowed."""
    tables = vocabulary().tables
    for table, headings in own.items():
        if table not in tables:
            raise SettingsError(words("settings.unknown_table", file=file, table=table, expected=", ".join(tables)))
        for heading, field in headings.items():
            if field != NOT_NEEDED and field not in tables[table].fields:
                expected = ", ".join([*tables[table].fields, f'"{NOT_NEEDED}"'])
                raise SettingsError(
                    words("settings.unknown_field", file=file, table=table, heading=heading, found=field, expected=expected)
                )


def with_heading(text: str, table: str, heading: str, field: str) -> str:
    """The text of affil.toml with this heading mapped, all else as it stands: order, comments and line ends.

    `ValueError` where the text is written in a way that cannot be added to, which `heading_line` then says how to do by hand.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.removesuffix(end).split(end)
    at = _end_of_section(lines, table)
    if at is None:
        lines += ["", f"[headings.{table}]", heading_line(heading, field)]
    else:
        lines.insert(at, heading_line(heading, field))
    changed = end.join(lines) + end
    wanted = tomllib.loads(text.removeprefix("\ufeff"))
    wanted.setdefault("headings", {}).setdefault(table, {})[heading] = field
    try:
        if tomllib.loads(changed.removeprefix("\ufeff")) != wanted:
            raise ValueError(table)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(table) from error
    return changed


def heading_line(heading: str, field: str) -> str:
    """The line that maps the heading, as it stands in its section."""
    return f"{json.dumps(heading, ensure_ascii=False)} = {json.dumps(field)}"


def _end_of_section(lines: list[str], table: str) -> int | None:
    """Where a line of the section of this table would go: after its last line that says anything; None where there is none."""
    begin = re.compile(rf"""\s*\[\s*headings\s*\.\s*["']?{re.escape(table)}["']?\s*\]\s*(#.*)?""")
    first = next((number for number, line in enumerate(lines) if begin.fullmatch(line)), None)
    if first is None:
        return None
    last = first
    for number in range(first + 1, len(lines)):
        if _SECTION.match(lines[number]):
            break
        if lines[number].strip() and not lines[number].lstrip().startswith("#"):
            last = number
    return last + 1
