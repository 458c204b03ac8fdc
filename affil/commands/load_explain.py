"""`affil load --explain FILE`: who looked at a file, what each saw, how its columns were understood; nothing is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from affil.answers.group_text import group_text
from affil.commands.common import print_json, say
from affil.commands.heading_words import field_words, table_words
from affil.errors import InputError
from affil.ingest.files import files_in
from affil.ingest.inputs import InputFile, Look, Reader
from affil.ingest.readers import looks, readers
from affil.ingest.refusal import FileRefusedError
from affil.ingest.vocabulary.vocabulary import NOT_NEEDED
from affil.model.grouped import grouped, told_notes
from affil.model.records import Mapped, Near, Reject, Sink
from affil.reports.loaded_text import kind_text, taken_text
from affil.store.why_refused import why_unreadable
from affil.words import Words

if TYPE_CHECKING:
    from affil.settings import Settings
    from affil.workspace import Workspace

MOST_REJECTS = 20  # groups in text, rows in JSON


@dataclass(frozen=True, slots=True)
class Explained:
    """One file as its readers see it; `taker` None where nobody takes it."""

    file: str
    looks: list[tuple[Reader, Look]]
    taker: Reader | None
    sink: Sink

    @property
    def rejected(self) -> int:
        """Rows that would not be taken."""
        return self.sink.rows_rejected


def explained(place: Workspace, settings: Settings, paths: Sequence[Path], as_json: bool, words: Words) -> None:
    """Print what every file of the paths is and would give."""
    among = readers(settings.headings)
    found = (explain_file(file, among) for file in files_in(paths, place.root))
    if as_json:
        print_json({"files": [_value(one, words) for one in found]})
        return
    for number, one in enumerate(found):
        say("\n".join([*([""] if number else []), *_lines(one, words)]))


def explain_file(file: InputFile, among: Sequence[Reader]) -> Explained:
    """Read the file as `load` would, and keep only what is told of it."""
    sink = Sink(lambda table, rows: None, in_memory=True)
    seen: list[tuple[Reader, Look]] = []
    taker = None
    try:
        seen = looks(file, among)
        taker = seen[-1][0] if seen and seen[-1][1].mine else None
        if taker:
            taker.read(file, sink)
            sink.close()
        else:
            sink.reject(Reject("not_recognised" if file.head(1) else "empty_file"))
    except FileRefusedError as refused:
        sink.reject(refused.reject)
    except (OSError, InputError) as error:
        sink.reject(why_unreadable(error))
    except Exception as error:  # told as `load` tells it
        sink.reject(Reject("reader_failed", params={"why": type(error).__name__}))
    return Explained(file.name, seen, taker, sink)


def _lines(one: Explained, words: Words) -> Iterator[str]:
    yield one.file
    yield words("load.explain.looked")
    for reader, look in one.looks:
        yield words(
            "load.explain.look", mark="✓" if look.mine else "–", reader=kind_text(reader.kind, words), saw=_saw(look, words)
        )
    yield words("load.explain.taken_by", kind=kind_text(one.taker.kind, words)) if one.taker else words("load.explain.nobody")
    for place, table in dict.fromkeys((mapped.place, mapped.table) for mapped in one.sink.mapped):
        near = next((near for near in one.sink.near if (near.place, near.table) == (place, table)), None)
        yield _heading_of_sheet(place, table, near, words)
        for mapped in one.sink.mapped:
            if (mapped.place, mapped.table) == (place, table):
                yield words("load.explain.column", heading=mapped.heading, meaning=_meaning(mapped, words))
    yield words("load.explain.would", taken=taken_text(dict(one.sink.taken), words), rejected=one.rejected)
    yield from (group_text(group, words) for group in grouped(one.sink.rejects)[:MOST_REJECTS])
    yield from ("  " + words.note(note) for note in told_notes(one.sink.notes))


def _saw(look: Look, words: Words) -> str:
    return words(f"readers.{look.saw}", **look.params) if look.params else words(f"readers.{look.saw}")


def _heading_of_sheet(place: str, table: str, near: Near | None, words: Words) -> str:
    known = {"table": table_words(table, words)}
    if near is None:
        return words("load.explain.sheet", sheet=place, **known) if place else words("load.explain.one_table", **known)
    lacks = "; ".join(
        words("load.explain.or_of").join(words("load.explain.one_of", field=field_words(table, field, words)) for field in group)
        for group in near.missing
    )
    if not place:
        return words("load.explain.near_table", lacks=lacks, **known)
    return words("load.explain.near_sheet", sheet=place, lacks=lacks, **known)


def _meaning(mapped: Mapped, words: Words) -> str:
    if mapped.field in ("", NOT_NEEDED):
        text = words("load.explain.unknown" if not mapped.field else "load.explain.not_needed")
    else:
        text = field_words(mapped.table, mapped.field, words)
        text = text if mapped.used else words("load.explain.repeated", field=text)
    return text if mapped.filled else words("load.explain.empty", meaning=text)


def _value(one: Explained, words: Words) -> dict[str, Any]:
    return {
        "file": one.file, "kind": one.taker.kind if one.taker else None,
        "looks": [{"reader": reader.kind, "mine": look.mine, "saw": _saw(look, words)} for reader, look in one.looks],
        "columns": [
            {"sheet": mapped.place, "heading": mapped.heading, "table": mapped.table, "field": mapped.field or None,
             "meaning": _meaning(mapped, words), "filled": mapped.filled,
             "read": mapped.used and mapped.field not in ("", NOT_NEEDED)}
            for mapped in one.sink.mapped
        ],
        "nearly": [
            {"sheet": near.place, "table": near.table, "missing": [list(group) for group in near.missing]}
            for near in one.sink.near
        ],
        "taken": dict(one.sink.taken), "rejected": one.rejected,
        "rejects": [
            {"sheet": reject.sheet, "row": reject.row, "column": reject.column, "value": reject.value, "reason": reject.reason,
             "row_taken": reject.row_taken} for reject in one.sink.rejects[:MOST_REJECTS]
        ],
        "notes": [words.note(note) for note in one.sink.notes],
    }  # fmt: skip
