"""`manifest.json`: what a run was made of and what it gave, so that it can be proved and repeated."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from affil.model.run import Run, SourceRow
from affil.reports.findings_json import json_bytes

CHUNK = 1 << 20


def manifest_json(run: Run, files: dict[str, bytes | Path], lang: str) -> bytes:
    """JSON of the run, its times, version, rules, inputs, settings, counts and the SHA-256 of every file of the folder."""
    shape = {
        "run": run.id,
        "version": run.version,
        "lang": lang,
        "times": {"started": run.started.isoformat(timespec="seconds")} | _heads(run),
        "as_of": run.as_of.isoformat(),
        "period": [None if bound is None else bound.isoformat() for bound in run.period],
        "rules_date": run.rules_date.isoformat() if run.rules_date else None,
        "rules": {key: run.rules[key].sha256 for key in sorted(run.rules)},
        "rules_above_their_share": [
            {"rule": often.rule, "purchases": often.purchases, "screened": often.screened, "most": often.most}
            for often in run.often
        ],
        "changes": asdict(run.changes) if run.changes else None,
        "inputs": [_input(source) for source in sorted(run.sources, key=lambda source: (source.file, source.sha256))],
        "settings": plain(run.settings),
        "counts": dict(sorted(run.counts.items())),
        "files": {name: sha256_of(files[name]) for name in sorted(files)},
    }
    return json_bytes(shape)


def _heads(run: Run) -> dict[str, Any]:
    """How far the logs had come: a log cut off before this run is told by it. Like the clock, of this one time and place."""
    written = {name: {"number": number, "hash": digest} for name, (number, digest) in sorted(run.heads.items()) if number}
    return {"logs": written} if written else {}


def sha256_of(content: bytes | Path) -> str:
    """Hex SHA-256 of bytes or of a file, read in pieces."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    digest = hashlib.sha256()
    with content.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def plain(value: object) -> Any:
    """Settings as JSON can hold them: keys in order, sets sorted, dates, paths and exact numbers as text."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dict):
        return {str(key): plain(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((plain(item) for item in value), key=str)
    return str(value)


def _input(source: SourceRow) -> dict[str, Any]:
    return {
        "file": source.file,
        "sha256": source.sha256,
        "kind": source.kind,
        "taken": dict(sorted(source.taken.items())),
        "rejected": source.rejected,
    }
