"""What the manifest of a finished run tells that is needed to make its documents once more, byte by byte."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from pathlib import Path

from affil.errors import InputError
from affil.model.run import Changes, Run
from affil.words import Words


@dataclass(frozen=True, slots=True)
class Then:
    """When a run was made, over which period, and what was told against the run before it."""

    run: str
    started: dt.datetime
    period: tuple[dt.date | None, dt.date | None]
    as_of: dt.date
    changes: Changes | None
    lang: str


def asked_run(folder: Path, words: Words) -> Then:
    """What `manifest.json` in the folder of a run tells. Raises `InputError` where it is missing or tells no run."""
    file = folder / "manifest.json"
    try:
        told = json.loads(file.read_bytes())
        since, until = (dt.date.fromisoformat(day) if day else None for day in told["period"])
        changes = Changes(**told["changes"]) if told["changes"] else None
        return Then(
            told["run"], dt.datetime.fromisoformat(told["times"]["started"]), (since, until),
            dt.date.fromisoformat(told["as_of"]), changes, told["lang"],
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(words("cli.report.no_manifest", file=file)) from error


def told_as_then(run: Run, then: Then) -> Run:
    """The same run with the clock and the changes of that time."""
    return replace(run, started=then.started, changes=then.changes)
