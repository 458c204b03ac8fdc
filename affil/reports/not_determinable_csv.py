"""`not_determinable.csv`: what could not be determined, why, which answers it concerns, and what to do (OFFICER 3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from affil.model.run import Run, Undetermined
from affil.reports.phrases import label, undetermined_text
from affil.reports.table_csv import Cells, table_csv
from affil.words import Words

KINDS = ("official", "relative", "supplier", "participant", "holder", "contact")


def not_determinable_csv(run: Run, words: Words, rows: Iterable[Cells] | None = None) -> bytes:
    """One row a person or firm and reason, numbered; the last two columns are people's. `rows`: already made ones."""
    return table_csv(words.raw("reports.undetermined.headings"), undetermined_rows(run, words) if rows is None else rows)


def undetermined_rows(run: Run, words: Words) -> Iterator[Cells]:
    """The rows below the headings `reports.undetermined`."""
    return (_row(number, item, words) for number, item in enumerate(sorted_undetermined(run), start=1))


def sorted_undetermined(run: Run) -> list[Undetermined]:
    """Officials, relatives, suppliers, participants, organisations above them, contacts; by name within each."""
    return sorted(run.undetermined, key=lambda i: (KINDS.index(i.kind), i.name, i.inn or "", i.reason, sorted(i.params.items())))


def _row(number: int, item: Undetermined, words: Words) -> Cells:
    texts = [undetermined_text(item, part, words) for part in ("reason", "affects", "remedy", "where")]
    return number, item.name, label(words, "reports.undetermined.kind", item.kind), item.inn, *texts, "", ""
