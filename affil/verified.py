"""Proof of a run's folder: its files are those that were written, and the run, made anew from the same inputs, finds the same."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from affil import __version__
from affil.audit.log import Head
from affil.decisions.log import read_log
from affil.errors import AffilError, InputError
from affil.ingest.files import files_in
from affil.ingest.formats.archive import is_clutter
from affil.ingest.inputs import InputFile
from affil.pipeline import Scope, load_these, rules_of, screen
from affil.reports.findings_json import findings_json
from affil.reports.manifest import CHUNK, sha256_of
from affil.settings import Settings, settings_then
from affil.store.store import Store
from affil.workspace import Workspace

MANIFEST, FINDINGS = "manifest.json", "findings.json"
EQUAL, DIFFERENT, IMPOSSIBLE = "equal", "different", "impossible"
PURGED = "purged"
LATEST = 1 << 31  # what the store does not know of came after all else
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.json` tells of a run, as far as proving it needs."""

    sha256: str
    run: str
    version: str
    started: dt.datetime
    period: tuple[dt.date | None, dt.date | None]
    as_of: dt.date
    rules: Mapping[str, str]
    inputs: Mapping[str, str]  # SHA-256 of every input that was read, and its name
    settings: Mapping[str, Any]
    files: Mapping[str, str]
    heads: Mapping[str, Head]  # of the logs at that time; of a run made before they were kept there is none


@dataclass(frozen=True, slots=True)
class Written:
    """How the files of a folder differ from its manifest: names below the folder, sorted."""

    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    number: int = 0  # of files the manifest tells

    @property
    def is_whole(self) -> bool:
        """True where all is as it was written."""
        return not (self.missing or self.changed or self.surplus)

    @property
    def is_only_manifest(self) -> bool:
        """True where nothing of what the manifest tells is there, and nothing else: what a purge leaves of a run."""
        return bool(self.number) and len(self.missing) == self.number and not self.surplus


@dataclass(frozen=True, slots=True)
class Repeated:
    """What came of making the run anew: `state`, and why it could not be (`reasons`: keys of `verify.reason` with their values).

    `gone`, `new`, `changed`: ids of findings, where it was not the same; `run`: its hash this time.
    """

    state: str
    reasons: tuple[tuple[str, Mapping[str, object]], ...] = ()
    run: str | None = None
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def manifest_of(folder: Path) -> Manifest:
    """What the manifest of a run's folder tells; `ValueError` where there is none or it tells no run."""
    file = folder / MANIFEST
    try:
        told = json.loads(file.read_bytes())
        since, until = (dt.date.fromisoformat(day) if day else None for day in told["period"])
        logs = told["times"].get("logs", {})
        return Manifest(
            sha256_of(file), str(told["run"]), str(told["version"]), dt.datetime.fromisoformat(told["times"]["started"]),
            (since, until), dt.date.fromisoformat(told["as_of"]), dict(told["rules"]),
            {one["sha256"]: one["file"] for one in told["inputs"] if one["kind"] != "unreadable"}, dict(told["settings"]),
            {str(name): str(digest) for name, digest in told["files"].items()},
            {name: (int(one["number"]), str(one["hash"])) for name, one in logs.items()},
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(file)) from error


def written(folder: Path, manifest: Manifest) -> Written:
    """Every file of the folder against the manifest, by SHA-256. No name the manifest tells is opened but what the folder has.

    A link is no file that was written: it counts as changed. Files other programs leave (locks, thumbnails) count for nothing.
    """
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()}
    told = manifest.files
    changed = [name for name in told if name in found and not _is(found[name], told[name])]
    surplus = [name for name in found if name not in told and name != MANIFEST and not is_clutter(name.rpartition("/")[2])]
    return Written(tuple(sorted(told.keys() - found.keys())), tuple(sorted(changed)), tuple(sorted(surplus)), len(told))


def _is(path: Path, digest: str) -> bool:
    try:
        return not path.is_symlink() and path.is_file() and sha256_of(path) == digest
    except OSError:
        return False


def decisions_then(store: Store, manifest: Manifest) -> list[Row]:
    """The entries of the decision log there were when the run was made, as they stand in the store.

    Raises `StoreError` where the log is broken.
    """
    read_log(store)
    rows = store.rows("SELECT * FROM decision ORDER BY number")
    if "decisions" in manifest.heads or "audit" in manifest.heads:
        last = manifest.heads.get("decisions", (0, ""))[0]
        return [row for row in rows if row["number"] <= last]
    return [row for row in rows if row["recorded_at"] <= manifest.started]


def batches(store: Store) -> dict[str, int]:
    """In which call of `load` each input came, by SHA-256: of two questionnaires without a date the later one counts."""
    return dict(store.sql("SELECT sha256, batch FROM source").fetchall())


def repeated(
    place: Workspace, folder: Path, manifest: Manifest, decisions: Sequence[Row], came: Mapping[str, int],
    besides: Iterable[Path] = (),
) -> Repeated:  # fmt: skip
    """Make the run anew in a store of its own, in memory, from the inputs that are still there, and compare `findings.json`.

    Settings are those the manifest tells, whatever affil.toml says now; rules must be the same ones. `came`: as `batches` tells.
    `besides`: files and folders to look for inputs in, beside the inbox and where they were.
    """
    catalogue = rules_of(place)
    reasons: list[tuple[str, Mapping[str, object]]] = []
    if other := _differing(manifest.rules, catalogue.hashes):
        reasons.append(("rules", {"rules": other}))
    if purged := [row["number"] for row in decisions if row["verdict"] == PURGED]:
        reasons.append(("purged", {"entries": purged}))
    inputs, gone = _inputs(place, manifest, besides)
    if gone:
        reasons.append(("inputs", {"files": gone}))
    settings = _settings(manifest)
    if settings is None:
        reasons.append(("settings", {"version": manifest.version}))
    if reasons or settings is None:
        return Repeated(IMPOSSIBLE, tuple(reasons))
    with Store.open(None) as store:
        store.append("decision", decisions)  # before the files: whose data were destroyed is not taken again
        for batch in sorted({came.get(digest, LATEST) for digest in inputs}):
            load_these(store, [file for digest, file in sorted(inputs.items()) if came.get(digest, LATEST) == batch], settings)
        run = screen(store, catalogue, settings, Scope(*manifest.period, manifest.as_of))
    return _compared(folder, manifest, run.id, findings_json(run))


def _compared(folder: Path, manifest: Manifest, run: str, findings: bytes) -> Repeated:
    was = (folder / FINDINGS).read_bytes() if (folder / FINDINGS).is_file() else b""
    if (run, findings) == (manifest.run, was):
        return Repeated(EQUAL, run=run)
    old, new = _by_id(was), _by_id(findings)
    differing = tuple(sorted(one for one in old.keys() & new.keys() if old[one] != new[one]))
    gone, fresh = tuple(sorted(old.keys() - new.keys())), tuple(sorted(new.keys() - old.keys()))
    if manifest.version != __version__:  # another program may rightly find other things; that proves nothing against the folder
        reason = ("version", {"then": manifest.version, "now": __version__})
        return Repeated(IMPOSSIBLE, (reason,), run, gone, fresh, differing)
    return Repeated(DIFFERENT, (), run, gone, fresh, differing)


def _by_id(content: bytes) -> dict[str, object]:
    try:
        return {str(one["id"]): one for one in json.loads(content)["findings"]}
    except (ValueError, KeyError, TypeError):
        return {}


def _differing(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(rule for rule in then.keys() | now.keys() if then.get(rule) != now.get(rule))


def _settings(manifest: Manifest) -> Settings | None:
    try:
        return settings_then(dict(manifest.settings))
    except (ValidationError, ValueError, TypeError):
        return None


def _inputs(place: Workspace, manifest: Manifest, besides: Iterable[Path]) -> tuple[dict[str, InputFile], list[str]]:
    """The inputs that are still there, by SHA-256, under the names they had then; and the names of those that are not."""
    wanted = dict(manifest.inputs)
    found: dict[str, InputFile] = {}
    for file in files_in(_places(place, wanted.values(), besides), place.root):
        digest = _digest(file)
        if digest in wanted and digest not in found:
            found[digest] = replace(file, name=wanted[digest])
    gone = sorted(name for digest, name in wanted.items() if digest not in found)
    return found, gone


def _places(place: Workspace, names: Collection[str], besides: Iterable[Path]) -> list[Path]:
    """The inbox, and where files below the workspace that were loaded from elsewhere lay."""
    elsewhere = {place.root / name.partition("!")[0] for name in names if not name.startswith("inbox/")}
    inside = sorted(path for path in elsewhere if path.is_file() and path.resolve().is_relative_to(place.root.resolve()))
    return [path for path in (place.inbox, *inside, *besides) if path.exists()]


def _digest(file: InputFile) -> str | None:
    import hashlib

    digest = hashlib.sha256()
    try:
        with file.open() as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
    except (OSError, InputError, AffilError):
        return None
    return digest.hexdigest()
