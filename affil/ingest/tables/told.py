"""What rows of a sheet have in common to be told of: how many are additional agreements, whose sums were not used."""

from __future__ import annotations

from collections import defaultdict

from affil.ingest.tables.row import TableRow
from affil.model.records import Sink

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
