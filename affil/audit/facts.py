"""What of a load, a run and its folder goes into an entry of the log."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from affil.audit.body import body_text, is_word
from affil.model.run import Run
from affil.store.loaded import Loaded
from affil.store.store import Store

SIGNS = 12
UNREADABLE = "unreadable"


def file_sign(digest: str) -> str:
    """The first signs of the SHA-256 of a file's bytes, marked as such: twelve digits alone could be an ИНН."""
    return f"sha256:{digest[:SIGNS]}"


def loaded_facts(loaded: Iterable[Loaded]) -> dict[str, Any]:
    """Kind, hash and numbers of every file that was new; how many were loaded before.

    A file that could not be read has no hash here: where not even its bytes could be had, the store knows it by the hash of its
    name, and a name can be guessed.
    """
    every = list(loaded)
    files = [_file(one) for one in every if not one.skipped]
    return {"files": files, "skipped": sum(one.skipped for one in every)}


def source_facts(store: Store, source_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Kind and hash of files that are in the store, as `loaded_facts` tells them."""
    rows = store.sql(
        "SELECT kind, source_id FROM source WHERE source_id IN (SELECT unnest(?)) ORDER BY source_id", [list(source_ids)]
    ).fetchall()
    return [_sign(str(kind), str(source_id)) for kind, source_id in rows]


def _file(one: Loaded) -> dict[str, Any]:
    return {**_sign(one.kind, one.source_id), "rows": sum(one.taken.values()), "rejected": one.rejected}


def _sign(kind: str, source_id: str) -> dict[str, Any]:
    known = {"kind": kind if is_word(kind) else "other"}
    return known if kind == UNREADABLE else {**known, "sha256": file_sign(source_id)}


def run_facts(run: Run) -> dict[str, Any]:
    """The run, its period and what it counted."""
    since, until = run.period
    facts: dict[str, Any] = {
        "run": run.id, "findings": len(run.findings), "officials": run.counts.get("officials", 0),
        "contracts": run.counts.get("contracts", 0), "as_of": run.as_of.isoformat(),
    }  # fmt: skip
    bounds = {"since": since, "until": until}
    return facts | {name: day.isoformat() for name, day in bounds.items() if day is not None}


def emptied_facts(folders: Iterable[Path]) -> list[dict[str, Any]]:
    """The folders of runs a purge empties, each by its manifest, which alone stays; one that has none is left out."""
    found = []
    for folder in folders:
        with suppress(OSError, ValueError):  # a folder somebody renamed has no name the log may hold
            one = {"folder": folder.name, "manifest": _manifest(folder)}
            body_text(one)
            found.append(one)
    return found


def written_facts(run: str, folder: Path) -> dict[str, Any]:
    """The folder of a run by its manifest, which knows all its files: with this in the log none can be replaced unseen."""
    return {"run": run, "folder": folder.name, "manifest": _manifest(folder)}


def _manifest(folder: Path) -> str:
    return f"sha256:{hashlib.sha256((folder / 'manifest.json').read_bytes()).hexdigest()}"
