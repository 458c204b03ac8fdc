"""Which official form of questionnaire a table of relatives is: what the form does not ask for was not declared."""

from __future__ import annotations

from collections.abc import Sequence

from affil.ingest.tables.sheet.headings import Header
from affil.ingest.values.cells import Cell, shown
from affil.ingest.vocabulary.vocabulary import plain, vocabulary


def form_of(header: Header, titles: Sequence[Sequence[Cell]]) -> str | None:
    """The name of the form by a row above the table or by its headings; None for an officer's own table."""
    if header.table.name != "relatives":
        return None
    text = " ".join(part for row in titles for part in map(shown, row) if part)
    headings = {plain(heading) for heading in header.written.values()}
    for name, form in vocabulary().forms.items():
        if form.title.search(text) or form.headings <= headings:
            return name
    return None
