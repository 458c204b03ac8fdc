"""`affil rules`: the catalogue of rules, its faults and its cases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affil.commands.common import (
    FAILED,
    Debug,
    Folder,
    H,
    Json,
    Lang,
    if_opened,
    print_json,
    wrong,
)
from affil.words import Words

if TYPE_CHECKING:
    from affil.rules.rule import Catalogue
    from affil.workspace import Workspace

rules_app = typer.Typer(help=H("cli.rules.help"), no_args_is_help=True, rich_markup_mode=None)


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
