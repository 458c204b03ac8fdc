"""`affil screen`, `demo`, `explain`: the main job and one of its findings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affil.commands.act import ACT
from affil.commands.common import (
    FRESH,
    TO_DECIDE,
    AsOf,
    Debug,
    Folder,
    H,
    Json,
    Lang,
    Since,
    Until,
    Year,
    day,
    language,
    must_exist,
    opened,
    period,
    print_json,
    say,
    tell,
    wrong,
)
from affil.commands.place import warn_of_withheld
from affil.commands.screened import screened
from affil.commands.session import session
from affil.words import Words

if TYPE_CHECKING:
    from affil.model.finding import Finding
    from affil.model.run import Run
    from affil.settings import Settings
    from affil.store.connect import StoreHeldError
    from affil.workspace import Workspace


def screen(
    workspace: Folder = Path(),
    year: Year = None, since: Since = None, until: Until = None, as_of: AsOf = None,
    no_load: Annotated[bool, typer.Option("--no-load", help=H("cli.screen.no_load"))] = False,
    fail_on: Annotated[str | None, typer.Option("--fail-on", help=H("cli.screen.fail_on"))] = None,
    as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """The main job."""
    place, settings, words = opened(workspace, lang)
    first, last = period(year, since, until, words)
    _screen(place, settings, words.lang, first, last, day(as_of, words), load_inbox=not no_load, as_json=as_json, fail_on=fail_on)


def demo(
    folder: Annotated[Path, typer.Argument(help=H("cli.demo.folder"))] = Path("affil-demo"),
    as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Make a workspace from the shipped sample data, screen it, print the summary."""
    from affil.demo import make_demo

    workspace = make_demo(folder, language(lang, FRESH))
    settings = workspace.settings()
    spoken = language(lang, settings.language)
    ACT.begin(workspace, settings, Words(spoken), ask=False)
    _screen(workspace, settings, spoken, None, None, None, load_inbox=True, as_json=as_json, fail_on=None, command="demo")


def explain(
    finding: Annotated[str, typer.Argument(help=H("cli.explain.finding"))],
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """One finding in words."""
    from affil import pipeline
    from affil.audit.persons import persons_of_findings, places_of
    from affil.reports.explain import explain as in_words
    from affil.reports.findings_json import finding_value
    from affil.store.connect import StoreHeldError

    place, settings, words = opened(workspace, lang)
    try:
        with session(place, settings, words, "explain") as store:
            run = screened(store, place, settings, pipeline.Scope(), words)
            values, found = {one.id: finding_value(one) for one in run.findings}, _asked(run, finding, words)
            ACT.looked_at(*persons_of_findings(store, found))
    except StoreHeldError as error:
        run, values = _then(place, error, words)
        found = _asked(run, finding, words)
        ACT.seen_in(places_of(found))
        ACT.leave("explain")
    if as_json:
        print_json([values[one.id] for one in found])
    else:
        say("\n\n".join(in_words(one, run, words) for one in found))


def _asked(run: Run, finding: str, words: Words) -> list[Finding]:
    """What is to be explained; the log has of which run, and of how many findings."""
    found = _found(run, finding)
    if not found:
        wrong(words("cli.explain.unknown", finding=finding))
    ACT.note(run=run.id, findings=len(found))
    return found


def _then(place: Workspace, held: StoreHeldError, words: Words) -> tuple[Run, dict[str, dict[str, Any]]]:
    """The newest finished run, where another process holds the store; where there is none, that is what is told."""
    from affil import pipeline
    from affil.reports.then import run_then

    folder = place.latest_run()
    if folder is None:
        raise held
    catalogue = pipeline.rules_of(place)
    rules = {rule: catalogue.info(rule) for rule in catalogue.rules}
    run, told = run_then(folder, rules, words)
    tell(words("store.then.finding", why=held, run=folder.name))
    return run, {value["id"]: value for value in told}


def _screen(
    place: Workspace, settings: Settings, lang: str, since: dt.date | None, until: dt.date | None, as_of: dt.date | None,
    load_inbox: bool, as_json: bool, fail_on: str | None, command: str = "screen",
) -> None:  # fmt: skip
    from affil import pipeline
    from affil.audit.facts import loaded_facts, run_facts, written_facts
    from affil.model.finding import PRIORITIES
    from affil.progress import Told
    from affil.reports.explain import summary

    words = Words(lang)
    if fail_on is not None and fail_on not in PRIORITIES:
        wrong(words("cli.screen.unknown_priority", found=fail_on, expected=", ".join(PRIORITIES)))
    catalogue = pipeline.rules_of(place)
    with session(place, settings, words, command) as store, Told(words, quiet=as_json) as told:
        if load_inbox:
            must_exist([place.inbox], words)
            read = pipeline.load(store, place, [place.inbox], settings, told.loaded, told.files)
            warn_of_withheld(store, read, words)
            loaded = loaded_facts(read)
            if loaded["files"]:  # kept at once: they are in the store, whatever becomes of the run
                ACT.note(**loaded)
                ACT.keep(store, "load")
        run = pipeline.screen(store, catalogue, settings, pipeline.Scope(since, until, as_of), told.stage)
        ACT.note(**run_facts(run))
    folder = pipeline.write(run, place, lang)
    ACT.later("written", **written_facts(run.id, folder))
    if as_json:
        print_json({"run": run.id, "folder": str(folder), "findings": len(run.findings), "counts": run.counts})
    else:
        say(summary(run, words, folder))
    if fail_on and any(PRIORITIES.index(f.priority) <= PRIORITIES.index(fail_on) for f in run.findings):
        raise typer.Exit(TO_DECIDE)


def _found(run: Run, name: str) -> list[Finding]:
    """The finding of this id (or a beginning of it that fits only one), or all findings of a tie."""
    exact = [one for one in run.findings if name in (one.id, one.tie)]
    if exact:
        return exact
    begun = [one for one in run.findings if one.id.startswith(name)] if len(name) >= 4 else []
    return begun if len(begun) == 1 else []
