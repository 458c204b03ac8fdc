"""Names in three columns on both sides, put together: «Фамилия · Имя · Отчество · Степень родства · Фамилия родственника · …»."""

from __future__ import annotations

from affil.ingest.formats.csvfile import NoRow
from affil.ingest.tables.loose.draft import Draft
from affil.ingest.tables.loose.roles import FIO
from affil.ingest.values.cells import shown
from affil.ingest.vocabulary.loose_words import loose_words
from affil.ingest.vocabulary.vocabulary import plain

_LEAST = 2


def put_together(draft: Draft) -> None:
    """Join the columns of the official's name, and of the relative's where the official's are such too."""
    at = draft.head
    below = _runs(draft, at + 1) if at + 1 < len(draft.rows) else []
    runs, row = (below, at + 1) if below and not _runs(draft, at) else (_runs(draft, at), at)
    whose = _sides(draft, runs, row)
    words = loose_words()
    headings = {"official": words.official_heading["name"], "relative": words.relative_heading["name"], "both": "ФИО"}
    for run, side in zip(runs, whose, strict=True):
        if side is None:
            continue
        for column in run:
            draft.put(row, column, None)
            draft.put(at, column, None)
        draft.put(at, run[0], headings[side])
        for index in range(row + 1, len(draft.rows)):
            if not isinstance(draft.rows[index], NoRow):
                _join(draft, index, run)


def _join(draft: Draft, row: int, run: list[int]) -> None:
    parts = [draft.text(row, column) for column in run]
    if sum(map(bool, parts)) < _LEAST:
        return  # a department, headings said again, or a surname alone, which tells nobody
    for column in run[1:]:
        draft.put(row, column, None)
    draft.put(row, run[0], " ".join(filter(None, parts)))


def _runs(draft: Draft, row: int) -> list[list[int]]:
    """Neighbouring columns headed surname, given name and, as a rule, patronymic."""
    found: list[list[int]] = []
    parts = loose_words().name_parts
    meant = {
        column: kind
        for column, cell in enumerate(draft.rows[row])
        if isinstance(cell, str)
        for kind, pattern in enumerate(parts)
        if pattern.fullmatch(_bare(shown(cell)))
    }
    for column, kind in meant.items():
        if kind == 0 and meant.get(column + 1) == 1:
            found.append([column, column + 1, *([column + 2] if meant.get(column + 2) == len(parts) - 1 else [])])
    return found


def _bare(text: str) -> str:
    words = loose_words()
    return plain(words.of_relative.sub(" ", words.of_official.sub(" ", text)))


def _sides(draft: Draft, runs: list[list[int]], row: int) -> list[str | None]:
    """Whose each run is; None for those the reader knows as they are."""
    words = loose_words()
    said: list[str | None] = []
    for run in runs:
        text = f"{draft.text(draft.head, run[0])} {draft.text(row, run[0])}"
        relative = words.of_relative.search(text)
        said.append("relative" if relative else "official" if words.of_official.search(text) else None)
    roles = draft.roles()
    taken = {column for run in runs for column in run}
    others = [column for name in ("name", FIO) for column in roles.at(name) if column not in taken]
    official = [column for name in ("official_name", "employee_id") for column in roles.at(name) if column not in taken]
    if len(runs) == _LEAST and not others and not official:
        if said == [None, None] or said in (["official", None], [None, "relative"]):
            return ["official", "relative"]
        return (
            said
            if set(said) == {"official", "relative"}
            else ["relative", "official"]
            if said == ["relative", None]
            else [None] * _LEAST
        )
    if len(runs) == 1 and others and not official and said[0] != "relative":
        return ["official"]
    if len(runs) == 1 and not others and not official:
        return ["both"]
    return [None] * len(runs)
