"""`affil verify RUN`: whether a run's folder is what was written, and whether the run can be repeated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affil.commands.act import ACT
from affil.commands.common import FAILED, UNDETERMINED, Debug, Folder, H, Json, Lang, must_exist, opened, print_json, say, tell
from affil.commands.session import session

if TYPE_CHECKING:
    from affil.audit.entry import Entry
    from affil.settings import Settings
    from affil.store.store import Store
    from affil.verified import Manifest, Repeated, Written
    from affil.words import Words
    from affil.workspace import Workspace

Then = tuple[list[dict[str, Any]], dict[str, int]]
"""Of the time of the run: the rows of the decision log, and in which load each input came."""

MOST_IDS = 20
LOGGED, OTHER, UNKNOWN, BROKEN = "logged", "other", "unknown", "log_broken"
EMPTIED = "emptied"


def verify(
    run: Annotated[str, typer.Argument(help=H("audit.verify.run"))] = "latest",
    inputs: Annotated[list[Path] | None, typer.Option("--inputs", help=H("audit.verify.inputs"))] = None,
    no_repeat: Annotated[bool, typer.Option("--no-repeat", help=H("audit.verify.no_repeat"))] = False,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Proof of a run: exit code 0 where all is equal, 1 where not, 5 where what is there is right but the run cannot be repeated:
    something it was made of is gone, or `affil purge` has emptied its folder."""
    from affil.errors import InputError
    from affil.verified import manifest_of, written

    place, settings, words = opened(workspace, lang)
    must_exist(inputs or [], words)
    folder = place.run_folder(run)
    try:
        manifest = manifest_of(folder)
    except ValueError:
        raise InputError(words("audit.verify.no_manifest", file=folder / "manifest.json")) from None
    files = written(folder, manifest)
    log, then = _from_store(place, settings, folder, manifest, words)
    if not files.is_only_manifest:
        log["emptied"] = None
    if no_repeat or log["emptied"]:
        repeat = None
    else:
        if not as_json:
            tell(words("audit.verify.repeating"))
        repeat = _repeat(place, folder, manifest, then, inputs or [])
    told = _value(folder, manifest, files, log, repeat, settings)
    ACT.later("verify", run=manifest.run, folder=folder.name, state=told["state"])
    if as_json:
        print_json(told)
    else:
        say("\n".join(_lines(told, words)))
    if code := {"different": FAILED, "impossible": UNDETERMINED, EMPTIED: UNDETERMINED}.get(told["state"]):
        raise typer.Exit(code)


def _from_store(
    place: Workspace, settings: Settings, folder: Path, manifest: Manifest, words: Words
) -> tuple[dict[str, Any], Then | str]:
    """What the logs say of the run, and the store's part of it; a text saying why, where that cannot be had."""
    from affil.errors import AffilError, StoreError
    from affil.store.store import Store
    from affil.verified import batches, decisions_then

    if not place.store.exists():  # a store with nothing in it knows no less
        with Store.open(None, words.lang) as empty:
            return _logged(empty, folder, manifest), ([], {})
    try:
        with session(place, settings, words, "verify", logged=False) as store:
            log = _logged(store, folder, manifest)
            if "decisions" in log["cut"]:
                number = manifest.heads["decisions"][0]
                return log, words("audit.verify.cut", log=words("audit.check.log_decisions"), number=number)
            try:
                return log, (decisions_then(store, manifest), batches(store))
            except StoreError as error:
                return log, words("audit.verify.reason.decisions", why=error)
    except AffilError as error:
        return {"manifest": UNKNOWN, "cut": [], "emptied": None}, words("audit.verify.reason.store", why=error)


def _logged(store: Store, folder: Path, manifest: Manifest) -> dict[str, Any]:
    """What the log says of this folder's manifest, and which logs are not those of that time any more."""
    from affil.audit.cut import cut_since
    from affil.audit.log import broken_link, read

    log = read(store)
    told = [one for entry in log for one in _folders(entry) if one.get("folder") == folder.name]
    kept = [one["manifest"] for one in told if "manifest" in one]
    state = LOGGED if f"sha256:{manifest.sha256}" in kept else OTHER if kept else UNKNOWN
    whole = broken_link(log) is None
    emptied = _emptied(log, folder.name) if whole else None
    return {"manifest": state if whole else BROKEN, "cut": cut_since(store, manifest.heads), "emptied": emptied}


def _folders(entry: Entry) -> list[dict[str, Any]]:
    """The run folders an entry tells with their manifests: the one that was written, those a purge has emptied."""
    if entry.command == "written":
        return [entry.facts]
    told = entry.facts.get("emptied") if entry.command == "purge" else None
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def _emptied(log: Sequence[Entry], folder: str) -> dict[str, Any] | None:
    """The purge that emptied a folder, by the number and the day of its entry; None where the log tells of none."""
    for entry in log:
        if entry.command == "purge" and any(one.get("folder") == folder for one in _folders(entry)):
            return {"entry": entry.number, "on": entry.at.date().isoformat()}
    return None


def _repeat(place: Workspace, folder: Path, manifest: Manifest, then: Then | str, inputs: list[Path]) -> Repeated:
    from affil.verified import IMPOSSIBLE, Repeated, repeated

    if isinstance(then, str):
        return Repeated(IMPOSSIBLE, (("", {"why": then}),))
    return repeated(place, folder, manifest, *then, inputs)


def _value(
    folder: Path, manifest: Manifest, files: Written, log: dict[str, Any], repeat: Repeated | None, settings: Settings
) -> dict[str, Any]:  # fmt: skip
    from affil.verified import DIFFERENT, EQUAL, IMPOSSIBLE

    state = EQUAL if repeat is None else repeat.state
    if log["emptied"]:
        state = EMPTIED
    elif not files.is_whole:
        state = DIFFERENT
    if log["manifest"] in (OTHER, BROKEN):
        state = DIFFERENT
    value: dict[str, Any] = {
        "state": state, "run": manifest.run, "folder": str(folder), "version": manifest.version,
        "files": {"number": files.number, "missing": files.missing, "changed": files.changed, "surplus": files.surplus},
        "manifest": log["manifest"], "logs_cut": log["cut"], "emptied": log["emptied"],
        "heads": {name: number for name, (number, _) in manifest.heads.items()},
        "repeat": None,
    }  # fmt: skip
    if repeat is not None:
        value["repeat"] = {
            "state": repeat.state, "run": repeat.run, "reasons": [{"reason": key, **values} for key, values in repeat.reasons],
            "gone": repeat.gone, "new": repeat.new, "changed": repeat.changed,
            "settings_changed": [] if repeat.state == IMPOSSIBLE else _other_keys(manifest.settings, settings.as_values()),
        }  # fmt: skip
    return value


def _other_keys(then: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    return sorted(key for key in then.keys() | now.keys() if then.get(key) != now.get(key))


def _lines(told: dict[str, Any], words: Words) -> Iterator[str]:
    from affil.reports.values import date_text

    files = told["files"]
    if told["emptied"]:
        day = date_text(dt.date.fromisoformat(told["emptied"]["on"]))
        yield words("audit.verify.emptied", date=day, number=files["number"])
        yield words("audit.verify.log_broken" if told["manifest"] == BROKEN else f"audit.verify.manifest_{told['manifest']}")
        yield words("audit.verify.emptied_still")
        return
    yield words("audit.verify.files", folder=told["folder"], number=files["number"])
    for what in ("missing", "changed", "surplus"):
        yield from (words(f"audit.verify.{what}", name=name) for name in files[what])
    if not (files["missing"] or files["changed"] or files["surplus"]):
        yield words("audit.verify.files_whole")
    yield words("audit.verify.log_broken" if told["manifest"] == BROKEN else f"audit.verify.manifest_{told['manifest']}")
    for log in told["logs_cut"]:
        yield words("audit.verify.cut", log=words(f"audit.check.log_{log}"), number=told["heads"][log])
    yield from _repeat_lines(told, words)


def _repeat_lines(told: dict[str, Any], words: Words) -> Iterator[str]:
    repeat = told["repeat"]
    if repeat is None:
        yield words("audit.verify.skipped")
        return
    if repeat["state"] == "equal":
        yield words("audit.verify.equal")
    elif repeat["reasons"]:
        yield words("audit.verify.not_repeated")
        for one in repeat["reasons"]:
            values = {key: _listed(value) for key, value in one.items() if key != "reason"}
            yield "  " + (words(f"audit.verify.reason.{one['reason']}", **values) if one["reason"] else values["why"])
    else:
        yield words("audit.verify.different", **{key: len(repeat[key]) for key in ("gone", "new", "changed")})
    for key in ("gone", "new", "changed"):
        if repeat[key]:
            yield words("audit.verify.ids", what=words(f"audit.verify.what.{key}"), ids=_listed(list(repeat[key])))
    if repeat["run"] not in (None, told["run"]):
        yield words("audit.verify.run_other", then=told["run"], now=repeat["run"])
    if repeat["settings_changed"]:
        yield words("audit.verify.settings_now", keys=", ".join(repeat["settings_changed"]))


def _listed(value: object) -> str:
    if not isinstance(value, list):
        return str(value)
    return ", ".join(str(one) for one in value[:MOST_IDS]) + (f" … ({len(value)})" if len(value) > MOST_IDS else "")
