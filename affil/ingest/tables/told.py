"""What rows of a sheet have in common to be told of: how many are additional agreements, whose sums were not used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from affil.ingest.formats.unseen import Unseen
from affil.ingest.tables.rows.row import TableRow
from affil.model.records import Reject, Sink

_MOST_NAMED = 20


class Told:
    """Gathers what the rows of one sheet tell and puts it into notes, a number and the first places of each."""

    def __init__(self) -> None:
        self._rows: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)

    def take(self, number: int, row: TableRow) -> None:
        """Remember what a row tells; `number` as Excel counts."""
        for key, value in (row.told or {}).items():
            self._rows[key].append((number, value))

    def note(self, sink: Sink, where: str) -> None:
        """One note a kind: «Лист: 3 (R5: 12; R6: 12; R9: 14)»."""
        for key, rows in sorted(self._rows.items()):
            named = "; ".join(f"R{number}: {value}" if value else f"R{number}" for number, value in rows[:_MOST_NAMED])
            sink.note(f"{key}|{where}{len(rows)} ({named}{'…' if len(rows) > _MOST_NAMED else ''})")


def tell_unseen(found: Iterable[Unseen], sink: Sink) -> None:
    """Tell what a person does not see when he opens the workbook and what is taken all the same; and cells nobody calculated."""
    for one in found:
        if one.hidden:
            sink.note(f"hidden_sheets|{one.sheet}")
        for key, numbers in (("hidden_rows", one.rows), ("hidden_columns", one.columns)):
            if numbers:
                sink.note(f"{key}|{one.sheet}: {len(numbers)} ({_ranges(numbers)})")
        if one.formulas:
            named = ", ".join(one.formulas[:_MOST_NAMED]) + ("…" if len(one.formulas) > _MOST_NAMED else "")
            sink.reject(Reject("formula_without_value", one.sheet, value=named, row_taken=True))


def _ranges(numbers: Sequence[int]) -> str:
    """«5–9, 12»: numbers that follow one another as a range."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    told = [str(first) if first == last else f"{first}–{last}" for first, last in ranges[:_MOST_NAMED]]
    return ", ".join(told) + ("…" if len(ranges) > _MOST_NAMED else "")
