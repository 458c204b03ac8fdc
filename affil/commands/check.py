"""`affil check`: data quality and completeness, and the letters that ask for what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affil.commands.act import ACT
from affil.commands.common import (
    UNDETERMINED,
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
    opened,
    period,
    print_json,
    say,
    tell,
    wrong,
)
from affil.commands.screened import screened
from affil.commands.session import session

if TYPE_CHECKING:
    from affil.answers.correspondence import Facts
    from affil.audit.persons import Persons
    from affil.model.run import Run
    from affil.reports.letters.letter import Letter
    from affil.store.store import Store
    from affil.words import Words
    from affil.workspace import Workspace


def check(
    workspace: Folder = Path(),
    letters: Annotated[bool, typer.Option("--letters", help=H("cli.check.letters"))] = False,
    out: Annotated[Path | None, typer.Option("--out", help=H("cli.check.out"))] = None,
    year: Year = None, since: Since = None, until: Until = None, as_of: AsOf = None,
    as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Data quality and completeness."""
    from affil import pipeline
    from affil.answers.calendar import calendar_json, calendar_text, due_dates
    from affil.answers.check import check_json, check_text
    from affil.answers.completeness import no_contract_at_all
    from affil.answers.correspondence import facts_of
    from affil.audit.facts import run_facts
    from affil.audit.persons import persons_of_officials
    from affil.retention.reminders import MOST_SHOWN, reminders, reminders_json, reminders_text

    place, settings, words = opened(workspace, lang)
    if out is not None and not letters:
        wrong(words("cli.check.out_alone"))
    parent = _parent(place, out, words)
    scope = pipeline.Scope(*period(year, since, until, words), day(as_of, words))
    with session(place, settings, words, "check") as store:
        run = screened(store, place, settings, scope, words)
        facts, kept = facts_of(store, run), reminders(store, place.root)
        ACT.note(**run_facts(run))
        ACT.looked_at(*persons_of_officials(store, [*_owing(run, as_json, words), *kept.keys[: None if as_json else MOST_SHOWN]]))
        found = _letters(run, facts, words) if letters else []
        named = _named(store, run, [letter for _, letter in found])
    written = _write(run, found, named, parent, words, quiet=as_json) if letters else {}
    dates = due_dates(run, facts.lists, settings.calendar, settings.plan)
    if as_json:
        print_json(check_json(run, words, facts.lists) | calendar_json(dates, run.as_of) | reminders_json(kept) | written)
    else:
        dated = calendar_text(dates, run.as_of, words)
        say("\n".join([*dated, check_text(run, words, facts.lists), *reminders_text(kept, words)]))
    if run.rejects or run.undetermined or no_contract_at_all(run):
        raise typer.Exit(UNDETERMINED)


def _parent(place: Workspace, out: Path | None, words: Words) -> Path:
    """Where the folder of letters goes; never into the inbox, where it would be loaded."""
    parent = out.absolute() if out is not None else place.letters
    if parent.resolve().is_relative_to(place.inbox.resolve()):
        wrong(words("cli.check.out_inbox", folder=out))
    return parent


def _owing(run: Run, every: bool, words: Words) -> list[str]:
    """Keys of the officials who are listed as owing a questionnaire."""
    from affil.answers.check_completeness import MOST_SHOWN, faults

    return [row.employee.key for row in run.coverage if faults(row, words)][: None if every else MOST_SHOWN]


def _letters(run: Run, facts: Facts, words: Words) -> list[tuple[str, Letter]]:
    from affil.reports.letters.all_letters import letters_of

    return letters_of(run, facts, words)


def _named(store: Store, run: Run, letters: Sequence[Letter]) -> Persons:
    """Whom the letters name, as the store knows them: for the access log, once they are written."""
    from affil.audit.persons import persons_of_findings, persons_of_officials

    ties = {tie for letter in letters for tie in letter.ties}
    found = persons_of_findings(store, [finding for finding in run.findings if finding.tie in ties])
    found += persons_of_officials(store, [key for letter in letters for key in letter.officials])
    return [*found, *(frozenset({f"inn:{inn}"}) for letter in letters for inn in letter.inns)]


def _write(run: Run, found: list[tuple[str, Letter]], named: Persons, parent: Path, words: Words, quiet: bool) -> dict[str, Any]:
    """Write the letters; what `--json` says of them. Where there is nothing to ask for, no folder is made."""
    from affil.errors import SettingsError
    from affil.progress import Counted
    from affil.reports.folder import write_folder
    from affil.reports.letters.all_letters import letter_files, letters_json

    if not found:
        tell(words("cli.check.no_letters"))
        return {"letters": {"folder": None, "files": []}}
    progress = words("cli.check.progress", done="{done}", number=len(found))
    with Counted(progress, len(found), quiet) as counted:
        files = letter_files(run, found, words, counted.done)
    try:
        folder = write_folder(files, parent, f"{run.started:%Y-%m-%d_%H-%M-%S}")
    except OSError as error:
        raise SettingsError(words("workspace.cannot_write", folder=parent, cause=error.strerror or error)) from None
    kinds = Counter(letter.kind for _, letter in found)
    ACT.looked_at(*named)
    ACT.later("letters", run=run.id, letters=len(found))
    told = "; ".join(f"{words(f'letters.kind.{kind}')} — {number}" for kind, number in kinds.items())
    tell(words("cli.check.written", number=len(found), kinds=told, folder=folder))
    return {"letters": {"folder": str(folder), "files": letters_json(found)}}
