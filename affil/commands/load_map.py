"""`affil load --map`: unknown headings are asked about, the answers kept in affil.toml, and files that have them read again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from affil.commands.common import print_json, say, tell
from affil.commands.heading_words import field_words, table_words
from affil.ingest.vocabulary.own_headings import check_headings, heading_line, with_heading
from affil.ingest.vocabulary.vocabulary import NOT_NEEDED, vocabulary
from affil.settings import settings_of
from affil.store.replaced import put_in_place
from affil.words import Words
from affil.workspace import FILE_MODE

if TYPE_CHECKING:
    from affil.store.own_headings import UnknownHeading
    from affil.store.store import Store
    from affil.workspace import Workspace

FEW = 3  # files named beside a heading


def ask_headings(
    store: Store, place: Workspace, paths: Sequence[Path], unknown: Sequence[UnknownHeading], as_json: bool, words: Words
) -> None:
    """Ask about each heading on a terminal; elsewhere tell what would be asked and how to answer by hand."""
    if as_json:
        print_json({"headings": [_value(one) for one in unknown]})
    elif not unknown:
        tell(words("load.map.nothing"))
    elif sys.stdin.isatty():
        answered = [one for one in unknown if _asked(one, place, words)]
        if answered:
            _load_again(store, place, paths, answered, words)
    else:
        say("\n".join([words("load.map.not_a_terminal"), *(line for one in unknown for line in _by_hand(one, words))]))


def _value(one: UnknownHeading) -> dict[str, object]:
    return {
        "table": one.table,
        "heading": one.heading,
        "files": list(one.files),
        "fields": list(vocabulary().tables[one.table].fields),
    }


def _by_hand(one: UnknownHeading, words: Words) -> list[str]:
    told = {"heading": one.heading, "table": one.table, "files": _files(one, words)}
    fields = ", ".join(f"{field} ({field_words(one.table, field, words)})" for field in vocabulary().tables[one.table].fields)
    return [
        words("load.map.by_hand", **told),
        words("load.map.by_hand_line", line=heading_line(one.heading, NOT_NEEDED)),
        words("load.map.by_hand_fields", fields=fields),
    ]


def _files(one: UnknownHeading, words: Words) -> str:
    shown = ", ".join(one.files[:FEW])
    return words("load.map.and_more", files=shown, number=len(one.files) - FEW) if len(one.files) > FEW else shown


def _asked(one: UnknownHeading, place: Workspace, words: Words) -> bool:
    """Ask about one heading and keep the answer; False where there is none."""
    fields = list(vocabulary().tables[one.table].fields)
    say(words("load.map.question", heading=one.heading, table=table_words(one.table, words), files=_files(one, words)))
    for number, field in enumerate(fields, 1):
        print(words("load.map.field", number=number, field=field_words(one.table, field, words)))
    print(words("load.map.not_needed"))
    chosen = _number(len(fields), words)
    if chosen is None:
        return False
    return _keep(place, one, NOT_NEEDED if chosen == 0 else fields[chosen - 1], words)


def _number(most: int, words: Words) -> int | None:
    """The number entered; None for Enter, and where nobody answers any more."""
    while True:
        try:
            answer = input(words("load.map.ask")).strip()
        except EOFError:
            return None
        if not answer:
            return None
        if answer.isdecimal() and int(answer) <= most:
            return int(answer)
        print(words("load.map.not_a_number", most=most))


def _keep(place: Workspace, one: UnknownHeading, field: str, words: Words) -> bool:
    """Write the answer into affil.toml: the whole file anew or not at all, all else in it as it stands."""
    file = place.settings_file
    line = heading_line(one.heading, field)
    try:
        changed = with_heading(file.read_bytes().decode("utf-8"), one.table, one.heading, field).encode("utf-8")
    except ValueError:
        tell(words("load.map.cannot_write", file=file, table=one.table, line=line))
        return False
    check_headings(settings_of(changed, file).headings, file, words)
    draft = file.with_name(file.name + ".new")
    draft.write_bytes(changed)
    draft.chmod(FILE_MODE)
    put_in_place(draft, file)
    tell(words("load.map.kept", table=one.table, line=line))
    return True


def _load_again(store: Store, place: Workspace, paths: Sequence[Path], answered: Sequence[UnknownHeading], words: Words) -> None:
    from affil import pipeline
    from affil.progress import Told

    with Told(words) as told:
        loaded = pipeline.load(store, place, paths, place.settings(), told.loaded, told.files)
    again = {one.file for one in loaded if one.why == "again"}
    tell(words("load.map.reloaded", number=len(again)))
    for file in sorted({file for one in answered for file in one.files} - {one.file for one in loaded}):
        tell(words("load.map.not_here", file=file))
