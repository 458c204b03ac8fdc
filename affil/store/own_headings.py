"""What the headings of loaded tables were taken for, and which files read otherwise now that `[headings]` of affil.toml says more."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from affil.ingest.readers import OwnHeadings
from affil.ingest.vocabulary.vocabulary import plain
from affil.model.records import Mapped, Reject
from affil.store.store import Store

# Nothing at all was known of such a file; any heading mapped since may be one of its own.
_UNKNOWN_FILES = {"not_recognised", "not_a_table"}


@dataclass(frozen=True, slots=True)
class UnknownHeading:
    """A heading of a known or nearly known table that nothing is known of; `files` have it, `filled` where cells stand under it."""

    table: str
    heading: str
    files: tuple[str, ...]
    filled: bool


class Own:
    """The headings a workspace has mapped, to be asked what a heading of a table means by them."""

    def __init__(self, own: OwnHeadings) -> None:
        self._fields = {(table, plain(heading)): field for table, of in own.items() for heading, field in of.items()}
        self._hash = hashlib.sha256(json.dumps(sorted(self._fields.items()), ensure_ascii=False).encode()).hexdigest()[:16]

    def meaning(self, table: str, heading: str) -> str:
        """The field, `-` where nothing needs the column, '' where nothing is mapped; of no table: a hash of all that is mapped."""
        return self._fields.get((table, plain(heading)), "") if table else self._hash

    def rows(self, mapped: Iterable[Mapped], rejects: Iterable[Reject]) -> list[dict[str, Any]]:
        """The rows of `heading` for a file, to which the caller adds its source."""
        rows: list[dict[str, Any]] = [
            {"sheet": one.place, "heading": one.heading, "table_name": one.table, "field": one.field, "filled": one.filled}
            for one in mapped
        ]  # fmt: skip
        if not rows and any(one.reason in _UNKNOWN_FILES for one in rejects):
            rows = [{"sheet": "", "heading": "", "table_name": "", "field": "-", "filled": False}]
        return [{**row, "own": self.meaning(row["table_name"], row["heading"])} for row in rows]

    def read_otherwise(self, store: Store) -> set[str]:
        """Ids of the sources a heading of which has got, lost or changed its own meaning since they were loaded."""
        found = store.sql("SELECT DISTINCT source_id, table_name, heading, own FROM heading").fetchall()
        return {source_id for source_id, table, heading, own in found if self.meaning(table, heading) != own}


def unknown_headings(store: Store) -> list[UnknownHeading]:
    """What nothing is known of, those with something under them first, then by table and heading."""
    rows = store.sql("""
        SELECT table_name, heading, file, filled FROM heading JOIN source USING (source_id) WHERE field = '' ORDER BY ALL""").fetchall()
    files, written = defaultdict[tuple[str, str], set[str]](set), dict[tuple[str, str], str]()
    filled = set[tuple[str, str]]()
    for table, heading, file, full in rows:
        key = table, plain(heading)
        written.setdefault(key, heading)
        files[key].add(file)
        filled |= {key} if full else set()
    found = [UnknownHeading(key[0], heading, tuple(sorted(files[key])), key in filled) for key, heading in written.items()]
    return sorted(found, key=lambda one: (not one.filled, one.table, one.heading))
