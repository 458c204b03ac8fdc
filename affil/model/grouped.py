"""Rows not taken, put together by what is wrong with them: three hundred rows without an ИНН are one line, not three hundred."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from affil.model.records import Reject
from affil.model.run import RejectRow

PLACES = 3  # of each group are told


@dataclass(slots=True)
class Group:
    """Rejects of one reason in columns of one heading; `params` that differ among them are «…», `first` are the first few."""

    reason: str
    column: str
    row_taken: bool
    params: dict[str, str]
    number: int = 0
    first: list[Reject | RejectRow] = field(default_factory=list)

    def add(self, one: Reject | RejectRow) -> None:
        """Count one more."""
        self.number += 1
        if len(self.first) < PLACES:
            self.first.append(one)
        for name, value in one.params.items():
            if self.params.get(name, value) != value:
                self.params[name] = "…"

    @property
    def is_whole_file(self) -> bool:
        """True where nothing of a file could be taken: the reject names neither row nor column."""
        return not self.row_taken and not self.column and all(one.row is None for one in self.first)


def grouped(rejects: Iterable[Reject | RejectRow]) -> list[Group]:
    """The groups: whole files first, then rows, then values, the most frequent first."""
    groups: dict[tuple[str, str, bool], Group] = {}
    for one in rejects:
        key = one.reason, one.column, one.row_taken
        if key not in groups:
            groups[key] = Group(*key, dict(_texts(one.params)))
        groups[key].add(one)
    return sorted(
        groups.values(), key=lambda group: (group.row_taken, not group.is_whole_file, -group.number, group.reason, group.column)
    )


def told_notes(notes: Iterable[str]) -> list[str]:
    """Remarks with those of one kind in one: a workbook with hundreds of sheets nobody knows is one line, not hundreds."""
    values: dict[str, list[str]] = {}
    for key, _, value in (note.partition("|") for note in notes):
        values.setdefault(key, []).append(value)
    return [one for key, several in values.items() for one in _together(key, several)]


def _together(key: str, values: list[str]) -> list[str]:
    if len(values) <= PLACES:
        return [f"{key}|{value}" for value in values]
    return [f"{key}|{'; '.join(values[:PLACES])}; … (+{len(values) - PLACES})"]


def _texts(params: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    return ((name, str(value)) for name, value in params.items())
