"""`affil verify RUN`: whether a run's folder is what was written, and whether the run can be repeated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affil.commands.act import ACT
from affil.commands.common import FAILED, UNDETERMINED, Debug, Folder, H, Json, Lang, must_exist, opened, print_json, say, tell
from affil.commands.session import session

if TYPE_CHECKING:
    from affil.settings import Settings
    from affil.store.store import Store
    from affil.verified import Manifest, Repeated, Written
    from affil.words import Words
    from affil.workspace import Workspace

Then = tuple[list[dict[str, Any]], dict[str, int]]
"""Of the time of the run: the rows of the decision log, and in which load each input came."""

MOST_IDS = 20
LOGGED, OTHER, UNKNOWN, BROKEN = "logged", "other", "unknown", "log_broken"


def verify(
    run: Annotated[str, typer.Argument(help=H("audit.verify.run"))] = "latest",
    inputs: Annotated[list[Path] | None, typer.Option("--inputs", help=H("audit.verify.inputs"))] = None,
    no_repeat: Annotated[bool, typer.Option("--no-repeat", help=H("audit.verify.no_repeat"))] = False,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Proof of a run: exit code 0 where all is equal, 1 where not, 5 where the files are right but the run cannot be repeated."""
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
    if no_repeat:
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
    if code := {"different": FAILED, "impossible": UNDETERMINED}.get(told["state"]):
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
        return {"manifest": UNKNOWN, "cut": []}, words("audit.verify.reason.store", why=error)


def _logged(store: Store, folder: Path, manifest: Manifest) -> dict[str, Any]:
    """What the log says of this folder's manifest, and which logs are not those of that time any more."""
    from affil.audit.cut import cut_since
    from affil.audit.log import broken_link, read

    log = read(store)
    told = [entry.facts for entry in log if entry.command == "written"]
    kept = [facts["manifest"] for facts in told if facts.get("folder") == folder.name and "manifest" in facts]
    state = LOGGED if f"sha256:{manifest.sha256}" in kept else OTHER if kept else UNKNOWN
    return {"manifest": BROKEN if broken_link(log) is not None else state, "cut": cut_since(store, manifest.heads)}


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
    if not files.is_whole or log["manifest"] in (OTHER, BROKEN):
        state = DIFFERENT
    value: dict[str, Any] = {
        "state": state, "run": manifest.run, "folder": str(folder), "version": manifest.version,
        "files": {"number": files.number, "missing": files.missing, "changed": files.changed, "surplus": files.surplus},
        "manifest": log["manifest"], "logs_cut": log["cut"],
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
    files = told["files"]
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
