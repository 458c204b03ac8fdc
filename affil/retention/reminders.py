"""What `affil check` reminds of: files that would bring destroyed people back, officials whose category nobody has told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from affil.decisions.log import read_log
from affil.resolve.destroyed import sources_to_redact
from affil.store.store import Store
from affil.words import Words

MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Reminders:
    """`files`: of the inbox, still naming destroyed people; `unknown`: (name, id, employer) of who has kin and no category, and
    `keys` of these officials.
    """

    files: tuple[str, ...]
    unknown: tuple[tuple[str, str, str], ...]
    keys: tuple[str, ...] = ()


def reminders(store: Store, root: Path) -> Reminders:
    """What to remind of now. A file that was removed from the inbox, or an archive around it, is no longer told."""
    files = [file for file in sources_to_redact(store, read_log(store)) if (root / file.partition("!")[0]).exists()]
    rows = store.sql("""
        SELECT coalesce(name, ''), coalesce(employee_id, ''), coalesce(employer, employer_inn, ''), official_key
        FROM official_in_force
        WHERE status IS NULL AND official_key IN (SELECT official_key FROM relative_in_force WHERE fact <> 'none')
        ORDER BY ALL""").fetchall()
    unknown = tuple(dict.fromkeys((name, number, employer) for name, number, employer, _ in rows))
    return Reminders(tuple(files), unknown, tuple(dict.fromkeys(key for *_, key in rows)))


def reminders_json(found: Reminders) -> dict[str, Any]:
    """Keys of `affil check --json`."""
    unknown = [{"name": name, "employee_id": number, "employer": employer} for name, number, employer in found.unknown]
    return {"files_of_destroyed": list(found.files), "unknown_status": unknown}


def reminders_text(found: Reminders, words: Words) -> Iterator[str]:
    """The same for people."""
    if found.files:
        yield words("retention.check.head", number=len(found.files))
        yield from (words("retention.check.file", file=file) for file in found.files[:MOST_SHOWN])
        yield from _more(len(found.files), words)
    if found.unknown:
        yield words("retention.check.unknown_status", number=len(found.unknown))
        for name, number, employer in found.unknown[:MOST_SHOWN]:
            yield words("retention.check.official", name=name, id=number or "—", employer=employer or "—")
        yield from _more(len(found.unknown), words)


def _more(number: int, words: Words) -> Iterator[str]:
    if number > MOST_SHOWN:
        yield words("retention.check.more", number=number - MOST_SHOWN)
