"""One row an official, a line of each cell one relative: «жена⏎сын · Перова Анна⏎Перов Пётр», put into the cell of the name.

Only where kinship and name have the same number of lines; otherwise nobody can say who is who, and the row is refused as it is.
"""

from __future__ import annotations

import re

from affil.ingest.formats.csvfile import NoRow
from affil.ingest.tables.loose.draft import Draft
from affil.language.kin_words import parse_relationship

_LINES = re.compile(r"[\n\r;]+")
_NUMBERING = re.compile(r"^\s*\d{1,2}[.)]\s*(?=\D)")


def kin_by_lines(draft: Draft) -> None:
    """Write the kinship of each line before its name, and leave the cell of kinship empty."""
    roles = draft.roles()
    kinship, names = roles.at("relationship"), roles.at("name")
    if len(kinship) != 1 or len(names) != 1:
        return
    for row in draft.body():
        if isinstance(draft.rows[row], NoRow):
            continue
        words, people = _lines(draft.text(row, kinship[0])), _lines(draft.text(row, names[0]))
        if len(words) < 2 or len(words) != len(people) or not all(map(parse_relationship, words)):
            continue
        draft.put(row, names[0], ";\n".join(f"{word} – {person}" for word, person in zip(words, people, strict=True)))
        draft.put(row, kinship[0], None)


def _lines(text: str) -> list[str]:
    return [_NUMBERING.sub("", line).strip() for line in _LINES.split(text) if line.strip()]
