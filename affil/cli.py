"""The command line: parse, call the pipeline, print. Heavy imports stay inside the commands, so that help is quick."""

from __future__ import annotations

import datetime as dt
import gc
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from affil.commands import match, match_log, precheck  # noqa: F401  # their commands are part of the app
from affil.commands.check import check
from affil.commands.common import (
    FAILED,
    FRESH,
    TO_DECIDE,
    USAGE,
    VOICE,
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
    if_opened,
    language,
    must_exist,
    opened,
    period,
    print_json,
    tell,
    wrong,
)  # fmt: skip
from affil.commands.kpi import kpi
from affil.commands.match_options import match_app
from affil.commands.person import person
from affil.commands.report import report
from affil.words import Words

if TYPE_CHECKING:
    from affil.model.finding import Finding, Run
    from affil.rules.rule import Catalogue
    from affil.settings import Settings
    from affil.workspace import Workspace

COLLECT_AFTER = 100_000
"""New objects before Python looks for cycles among them: records are many and have none, the search took a tenth of a screen."""

app = typer.Typer(
    help=H("cli.app"), no_args_is_help=True, add_completion=True, pretty_exceptions_enable=False, rich_markup_mode=None
)
rules_app = typer.Typer(help=H("cli.rules.help"), no_args_is_help=True, rich_markup_mode=None)
app.add_typer(rules_app, name="rules")
app.add_typer(match_app, name="match")
app.command("person", help=H("person.help"))(person)
app.command("precheck", help=H("precheck.cli.help"))(precheck.precheck)


@app.command(help=H("cli.demo.help"))
def demo(
    folder: Annotated[Path, typer.Argument(help=H("cli.demo.folder"))] = Path("affil-demo"),
    as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Make a workspace from the shipped sample data, screen it, print the summary."""
    from affil.demo import make_demo

    workspace = make_demo(folder, language(lang, FRESH))
    spoken = language(lang, workspace.settings().language)
    _screen(workspace, workspace.settings(), spoken, None, None, None, load_inbox=True, as_json=as_json, fail_on=None)


@app.command(help=H("cli.init.help"))
def init(
    folder: Annotated[Path, typer.Argument(help=H("cli.init.folder"))],
    as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Make a workspace."""
    from affil.workspace import init_workspace

    words = Words(language(lang, FRESH))
    workspace = init_workspace(folder, words.lang)
    if as_json:
        print_json({"workspace": str(workspace.root)})
    else:
        print(words("cli.init.done", folder=workspace.root))


@app.command(help=H("cli.load.help"))
def load(
    paths: Annotated[list[Path] | None, typer.Argument(help=H("cli.load.paths"))] = None,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Load files into the store."""
    from affil import pipeline
    from affil.progress import Told
    from affil.store.outline import with_unlinked
    from affil.store.store import Store

    place, settings, words = opened(workspace, lang)
    with Store.open(place.store, words.lang) as store, Told(words, quiet=as_json) as told:
        must_exist(paths or [place.inbox], words)
        read = pipeline.load(store, place, paths or [place.inbox], settings, told.loaded, told.files)
        loaded = with_unlinked(store, read)
    if as_json:
        print_json(
            {
                "files": [
                    {"file": one.file, "kind": one.kind, "taken": one.taken, "rejected": one.rejected, "skipped": one.skipped}
                    for one in loaded
                ]
            }
        )
    else:
        unlinked = sum(one.rejected for one in loaded) - sum(one.rejected for one in read)
        if unlinked:  # known only when all files are in: the lines of the files could not tell it
            tell(words("cli.load.unlinked", number=unlinked))
        tell(
            words(
                "cli.load.done",
                files=len(loaded),
                skipped=sum(one.skipped for one in loaded),
                rejected=sum(one.rejected for one in loaded),
            )
        )


app.command(help=H("cli.check.help"))(check)


@app.command(help=H("cli.screen.help"))
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


def _screen(
    place: Workspace, settings: Settings, lang: str, since: dt.date | None, until: dt.date | None, as_of: dt.date | None,
    load_inbox: bool, as_json: bool, fail_on: str | None,
) -> None:  # fmt: skip
    from affil import pipeline
    from affil.model.finding import PRIORITIES
    from affil.progress import Told
    from affil.reports.explain import summary
    from affil.store.store import Store

    words = Words(lang)
    if fail_on is not None and fail_on not in PRIORITIES:
        wrong(words("cli.screen.unknown_priority", found=fail_on, expected=", ".join(PRIORITIES)))
    catalogue = pipeline.rules_of(place)
    with Store.open(place.store, words.lang) as store, Told(words, quiet=as_json) as told:
        if load_inbox:
            must_exist([place.inbox], words)
            pipeline.load(store, place, [place.inbox], settings, told.loaded, told.files)
        run = pipeline.screen(store, catalogue, settings, pipeline.Scope(since, until, as_of), told.stage)
    folder = pipeline.write(run, place, lang)
    if as_json:
        print_json({"run": run.id, "folder": str(folder), "findings": len(run.findings), "counts": run.counts})
    else:
        print(summary(run, words, folder))
    if fail_on and any(PRIORITIES.index(f.priority) <= PRIORITIES.index(fail_on) for f in run.findings):
        raise typer.Exit(TO_DECIDE)


app.command(help=H("kpi.help"))(kpi)


@app.command(help=H("cli.explain.help"))
def explain(
    finding: Annotated[str, typer.Argument(help=H("cli.explain.finding"))],
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """One finding in words."""
    from affil import pipeline
    from affil.reports.explain import explain as in_words
    from affil.store.store import Store

    place, settings, words = opened(workspace, lang)
    with Store.open(place.store, words.lang) as store:
        run = pipeline.screen(store, pipeline.rules_of(place), settings, pipeline.Scope())
    found = _found(run, finding)
    if not found:
        wrong(words("cli.explain.unknown", finding=finding))
    if as_json:
        from affil.reports.findings_json import finding_value

        print_json([finding_value(one) for one in found])
    else:
        print("\n\n".join(in_words(one, run, words) for one in found))


def _found(run: Run, name: str) -> list[Finding]:
    """The finding of this id (or a beginning of it that fits only one), or all findings of a tie."""
    exact = [one for one in run.findings if name in (one.id, one.tie)]
    if exact:
        return exact
    begun = [one for one in run.findings if one.id.startswith(name)] if len(name) >= 4 else []
    return begun if len(begun) == 1 else []


app.command(help=H("cli.report.help"))(report)


@rules_app.command("list", help=H("cli.rules.list"))
def rules_list(workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False) -> None:
    """The catalogue of rules."""
    catalogue, words = _catalogue(workspace, lang)
    if as_json:
        print_json(
            [
                {"id": r.id, "family": catalogue.families[r.id], "title": r.title.both(), "about": r.about, "status": r.status}
                for r in catalogue.rules.values()
            ]
        )
        return
    width = max(map(len, catalogue.rules), default=0)
    for rule in catalogue.rules.values():
        print(f"{rule.id:<{width}} {rule.title.both()[words.lang]}")


@rules_app.command("show", help=H("cli.rules.show"))
def rules_show(
    rule: Annotated[str, typer.Argument(help=H("cli.rules.rule"))],
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """One rule in words."""
    catalogue, words = _catalogue(workspace, lang)
    if rule not in catalogue.rules:
        wrong(words("cli.rules.unknown", rule=rule))
    found = catalogue.info(rule)
    parts = ("title", "explanation", "clarify", "action_official", "action_participant", "false_positives")
    if as_json:
        print_json({"id": rule, **{part: getattr(found, part) for part in parts}, "bases": list(found.bases)})
        return
    for part in parts:
        if text := getattr(found, part).get(words.lang):  # a draft may leave all but its title out
            print(f"{words(f'cli.rules.part.{part}')}: {text}")
    if found.bases:
        print(f"{words('cli.rules.part.bases')}: {', '.join(found.bases)}")


@rules_app.command("check", help=H("cli.rules.check"))
def rules_check(workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False) -> None:
    """Every fault of the rule files and their cases."""
    from affil.rules.lint import lint

    place, words = if_opened(workspace, lang)
    told = lint(*_rule_folders(place))
    if as_json:
        print_json(
            {
                "files": told.files,
                "faults": [fault.parts(words) for fault in told.faults],
                "notes": [note.parts(words) for note in told.notes],
            }
        )
    else:
        for fault in told.faults:
            print(fault.line(words))
        for note in told.notes:
            print(f"{words('lint.notes')} {note.line(words)}")
        print(words("lint.sum", files=told.files, faults=len(told.faults), notes=len(told.notes)))
    if told.faults:
        raise typer.Exit(FAILED)


@rules_app.command("test", help=H("cli.rules.test"))
def rules_test(
    rules: Annotated[list[str] | None, typer.Argument(help=H("cli.rules.tested"))] = None,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """The cases of the rules, through the real stages."""
    from affil.case_results import case_results, cases_of, results_json, results_text
    from affil.progress import Counted
    from affil.rules.rule import load_rules

    place, words = if_opened(workspace, lang)
    folders = _rule_folders(place)
    catalogue = load_rules(*folders, lang=words.lang)
    asked = list(dict.fromkeys(rules or catalogue.rules))
    for rule in asked:
        if rule not in catalogue.rules:
            wrong(words("cli.rules.unknown", rule=rule))
    cases = cases_of(folders, asked, words.lang)
    with Counted(words("cases.progress", done="{done}", number=len(cases)), len(cases), quiet=as_json) as counted:
        results = [counted.done(result) for result in case_results(catalogue, cases, words.lang)]
    if as_json:
        print_json(results_json(asked, results))
    else:
        print(results_text(asked, results, words))
    if any(result.faults for result in results):
        raise typer.Exit(FAILED)


def _rule_folders(place: Workspace | None) -> list[Path]:
    """The shipped rules, then the workspace's own."""
    from affil.shipped import shipped

    return [shipped("rules"), *([place.rules] if place else [])]


def _catalogue(folder: Path, lang: str | None) -> tuple[Catalogue, Words]:
    """The rules and the language of the workspace in `folder`; where there is none, the shipped rules."""
    from affil.rules.rule import load_rules

    place, words = if_opened(folder, lang)
    return load_rules(*_rule_folders(place), lang=words.lang), words


def main() -> None:
    """Run the command line; an error that can be told in one line is told so, and `--debug` shows the rest."""
    from affil.errors import AffilError, UsageError, is_interruption

    gc.set_threshold(COLLECT_AFTER, 10, 10)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a cp866 console has no «№»: better a sign lost than a crash
    before = signal.signal(signal.SIGINT, _interrupt)
    try:
        app()
    except AffilError as error:
        if "--debug" in sys.argv:
            raise
        tell(VOICE.words("cli.failed", why=error))
        sys.exit(USAGE if isinstance(error, UsageError) else FAILED)
    except OSError as error:  # a full disk, a folder in place of a file, no rights: no defect of the program
        if "--debug" in sys.argv:
            raise
        named = f"{error.filename}: " if error.filename else ""
        tell(VOICE.words("cli.failed", why=VOICE.words("cli.system", where=named, cause=error.strerror or error)))
        sys.exit(FAILED)
    except InterruptedByUser:
        tell(VOICE.words("cli.interrupted"))
        sys.exit(FAILED)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        tell(VOICE.words("cli.interrupted") if is_interruption(error) else H("cli.defect", why=type(error).__name__))
        sys.exit(FAILED)
    finally:
        signal.signal(signal.SIGINT, before)


class InterruptedByUser(BaseException):
    """Ctrl-C, under a name the library of the command line does not know: its own exit code is none of CONTRACT 2."""


def _interrupt(*_: object) -> NoReturn:
    raise InterruptedByUser


if __name__ == "__main__":
    main()
