"""Entries that could not be written at once, as another process holds the store: they wait in files of their own beside it.

One file an entry, readable by its owner only, whole or absent; taken in, in the order of time, at the next opening. Each has a
random sign of its own that goes into the log with it, so that one taken in twice (a crash between writing and deleting) is
known. Here alone persons stand by their references, or by the file and row that speak of them, for only the store can draw
numbers; the store itself lies in the same folder, and so do the files.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from affil.audit.body import body_text
from affil.audit.log import LONGEST_WHO, record
from affil.audit.numbers import person_numbers
from affil.audit.persons import persons_in
from affil.store.replaced import put_in_place
from affil.store.store import Store

PREFIX = "affil-waiting-"
FORSAKEN = 3600  # seconds: nobody takes that long to write a few lines, so whoever began it was killed
OWNER_ONLY = 0o600
MOST_BYTES = 1 << 22


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry not in the log yet; `persons` are the references of each person looked at."""

    at: dt.datetime
    who: str
    command: str
    facts: Mapping[str, Any]
    persons: tuple[tuple[str, ...], ...] = ()
    places: tuple[tuple[str, str], ...] = ()  # file and locator of records whose persons were looked at
    sign: str = field(default_factory=lambda: secrets.token_hex(16))


def written(store: Store, entry: Waiting) -> None:
    """Put the entry to the end of the log, persons by their numbers. The transaction is the caller's."""
    seen = [*entry.persons, *persons_in(store, entry.places)]
    numbers = sorted(set(person_numbers(store, [references for references in seen if references])))
    record(store, entry.who, entry.command, {**entry.facts, **({"persons": numbers} if numbers else {})}, entry.at)


def leave(folder: Path, entry: Waiting) -> Path:
    """Leave the entry in `folder` for the next opening of the store. `OSError` where nothing can be written there."""
    body_text(entry.facts)  # what must not stand in the log does not wait for it either
    text = json.dumps(asdict(entry) | {"at": entry.at.isoformat()}, ensure_ascii=False)
    path = folder / f"{PREFIX}{entry.sign}.json"
    draft = folder / f".{path.name}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return path


def take_in(store: Store, folder: Path) -> int:
    """Write every entry that waits in `folder` to the log, oldest first, and delete its file; how many there were.

    What is no entry stays where it is: `unread` counts such files.
    """
    _remove_forsaken(folder)
    found = sorted((pair for pair in _found(folder) if pair[1] is not None), key=lambda pair: (pair[1].at, pair[1].sign))
    if not found:
        return 0
    with store.transaction():
        for _, entry in found:
            if not _is_in(store, entry):
                written(store, replace(entry, facts={**entry.facts, "waited": entry.sign}))
    for path, _ in found:
        with contextlib.suppress(OSError):
            path.unlink()
    return len(found)


def _remove_forsaken(folder: Path) -> None:
    """Half an entry of a process that was killed tells of persons as a whole one does."""
    for draft in folder.glob(f".{PREFIX}*.json"):
        with contextlib.suppress(OSError):
            if time.time() - draft.stat().st_mtime > FORSAKEN:
                draft.unlink()


def unread(folder: Path) -> int:
    """Files that wait and are no entries: somebody wrote to them, or the disk failed."""
    return sum(1 for _, entry in _found(folder) if entry is None)


def _is_in(store: Store, entry: Waiting) -> bool:
    return store.sql("SELECT 1 FROM audit WHERE contains(body, ?) LIMIT 1", [f'"waited": "{entry.sign}"']).fetchone() is not None


def _found(folder: Path) -> Iterable[tuple[Path, Any]]:
    return [(path, _read(path)) for path in sorted(folder.glob(f"{PREFIX}*.json"))]


def _read(path: Path) -> Waiting | None:
    try:
        if path.stat().st_size > MOST_BYTES:
            return None
        told = json.loads(path.read_text(encoding="utf-8"))
        entry = Waiting(
            dt.datetime.fromisoformat(told["at"]).replace(tzinfo=None), _text(told["who"])[:LONGEST_WHO], _text(told["command"]),
            dict(told["facts"]), tuple(tuple(_text(one) for one in each) for each in told["persons"]),
            tuple((_text(file), _text(locator)) for file, locator in told["places"]), _text(told["sign"]),
        )  # fmt: skip
        body_text({**entry.facts, "waited": entry.sign, "command": entry.command})
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return entry


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value
