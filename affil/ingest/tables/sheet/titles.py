"""What the rows above the headings say of every row: «Заказчик: МБОУ СОШ № 9, ИНН …», in one cell or broken over several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from affil.ingest.tables.sheet.places import customer_in
from affil.ingest.values.cells import Cell, Refused, shown
from affil.ingest.values.number_values import organisation_inn
from affil.ingest.values.papers import words
from affil.ingest.vocabulary.vocabulary import Table, vocabulary
from affil.language.company_forms import split_form

CUSTOMER = "customer"
_MOST_ROWS = 3
_LABEL = re.compile(r"^[^:]{2,40}:")
_OPEN, _CLOSED = "«“„", "»”"
_LETTERHEAD_ROWS = 12
_LONGEST = 2_000  # letters of a row that are searched


def title_values(table: Table, rows: Sequence[Sequence[Cell]]) -> dict[str, str]:
    """Values for fields of the table, found above its header; the first mention of each counts.

    A customer named without «Заказчик:» counts where nothing better does: in the title of the list («контрактов, заключённых
    МБОУ СОШ № 9 за …»), over the caption of a form, or as the one organisation of the letterhead.
    """
    texts = [text for row in rows if (text := _text(row))]
    found: dict[str, str] = {}
    for text in texts:
        for said, field in table.from_title.items():
            value = _said(said, text)
            if value and field not in found:
                found[field] = value
    if CUSTOMER in table.from_title:
        of = table.from_title[CUSTOMER]
        named = _broken(texts) or found.get(of) or _captioned(texts) or _in_title(texts) or _letterhead(texts)
        if named:
            found[of] = named
    return found


def _text(row: Sequence[Cell]) -> str:
    """The row as one text; a label in a cell of its own («Заказчик») gets the colon it does without."""
    parts = [part for part in map(shown, row) if part]
    if len(parts) > 1 and words()["customer_label"].fullmatch(parts[0]) and ":" not in parts[0]:
        parts[0] += ":"
    return " ".join(parts)[:_LONGEST]


def _said(what: str, text: str) -> str | None:
    match = vocabulary().titles[what].search(text)
    if match is None:
        return None
    value = match[1].strip(" ,;.:№")
    if not what.endswith("_inn"):
        return value or None
    try:
        return organisation_inn(value)
    except Refused:
        return None


def _broken(texts: Sequence[str]) -> str | None:
    """The customer of a title «Заказчик:» whose name goes on in the next rows."""
    for index, text in enumerate(texts):
        label = words()["customer_label"].match(text)
        if label is None or not (":" in label[0] or label.end() == len(text)):
            continue
        name = text[label.end() :].strip()
        for more in texts[index + 1 : index + 1 + _MOST_ROWS]:
            if _is_whole(name) or _LABEL.match(more) or words()["caption"].fullmatch(more) or _said("period", more):
                break
            name = f"{name} {more}".strip()
        name = re.split(r"[,;(\s]*\b(?:ИНН|INN)\b", name)[0].strip(" ,;.:№")
        if name and index + 1 < len(texts) and name not in text:
            return name
    return None


def _is_whole(name: str) -> bool:
    """False where a name is only begun: nothing yet, nothing but its legal form, or a quotation mark still open."""
    if not name or sum(map(name.count, _OPEN)) > sum(map(name.count, _CLOSED)) or name.count('"') % 2:
        return False
    return bool(split_form(name)[1])


def _captioned(texts: Sequence[str]) -> str | None:
    """What stands over «(наименование заказчика)», as printed forms have it."""
    for above, caption in pairwise(texts):
        if words()["caption"].fullmatch(caption):
            return customer_in(above)
    return None


def _in_title(texts: Sequence[str]) -> str | None:
    for text in texts:
        listed = words()["said_of_list"].search(text)
        if listed and (name := customer_in(listed[1])):
            return name
    return None


def _letterhead(texts: Sequence[str]) -> str | None:
    """The one row that is nothing but the name of an institution; two of them may be an institution and its founder."""
    alone = [name for text in texts[:_LETTERHEAD_ROWS] if (name := customer_in(text)) and len(name) >= len(text) - 2]
    return alone[0] if len(alone) == 1 else None
