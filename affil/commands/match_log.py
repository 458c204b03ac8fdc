"""`affil match undo`, `history`, `export`, `import`: the log of decisions itself; nothing is screened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affil.commands.act import ACT
from affil.commands.common import Debug, Folder, H, Json, Lang, opened, print_json, say, tell, wrong
from affil.commands.match_options import By, On, Why, decided_on, match_app, must_review, now, prefix, told
from affil.commands.session import session

if TYPE_CHECKING:
    from affil.decisions.entry import Entry
    from affil.settings import Settings
    from affil.store.store import Store
    from affil.words import Words


@match_app.command("undo", help=H("match.undo.help"))
def match_undo(
    number: Annotated[int, typer.Argument(help=H("match.option.number"))],
    by: By = None, why: Why = None, on: On = None,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Take a decision back, by an entry."""
    from affil.commands.match_text import entry_line, entry_value
    from affil.decisions.entry import IDENTITY, UNDO, Entry
    from affil.decisions.log import append, of_kind

    with _log(workspace, lang, "undo") as (store, settings, words, log):
        undone = next((entry for entry in of_kind(log, IDENTITY) if entry.number == number), None)
        if undone is None or undone.verdict == UNDO:
            wrong(words("match.undo.nothing", number=number))
        if earlier := next((entry for entry in log if entry.undoes == undone.digest), None):
            wrong(words("match.undo.already", number=number, entry=earlier.number))
        by, why = told("by", by or ACT.author, words), told("why", why, words)
        must_review(by, settings, words)
        entry = Entry(UNDO, undone.subject, (), undone.digest, by, decided_on(on, words), why, (), now())
        with store.transaction():
            [written] = append(store, [entry])
            ACT.note(entry=written.number, undoes=number)
            ACT.looked_at(*_sides([undone]))
            ACT.keep(store, "match undo")
    numbers = {undone.digest: undone.number}
    if as_json:
        print_json(entry_value(written, numbers))
    else:
        say(entry_line(written, numbers, words))
        tell(words("match.decide.next"))


@match_app.command("history", help=H("match.history.help"))
def match_history(
    name: Annotated[str | None, typer.Argument(help=H("match.option.history"))] = None,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """The log, or what was decided on one pair."""
    from affil.commands.match_text import entry_line, entry_value
    from affil.decisions.entry import IDENTITY
    from affil.decisions.log import effective, of_kind

    with _log(workspace, lang, "history") as (_, _, words, log):
        wanted = [entry for entry in of_kind(log, IDENTITY) if name is None or entry.subject.startswith(prefix(name, words))]
        if name is not None and len({entry.subject for entry in wanted}) != 1:
            wrong(words("match.ambiguous" if wanted else "match.no_history", id=name))
        ACT.note(entries=len(wanted))
        ACT.looked_at(*_sides(wanted))
    numbers = {entry.digest: entry.number for entry in log}
    in_force = {entry.number for entry in effective(log)}
    if as_json:
        print_json([entry_value(entry, numbers) | {"in_force": entry.number in in_force} for entry in wanted])
    else:
        say("\n".join(entry_line(entry, numbers, words, in_force) for entry in wanted) or words("match.history.none"))


@match_app.command("export", help=H("match.export.help"))
def match_export(
    file: Annotated[Path, typer.Argument(help=H("match.export.file"))],
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Write the log as a text file."""
    from affil.audit.persons import persons_of_entries
    from affil.decisions.textfile import export_text
    from affil.errors import SettingsError
    from affil.reports.folder import replace_text

    with _log(workspace, lang, "export") as (store, _, words, log):
        if file.resolve().is_relative_to((workspace / "inbox").resolve()):
            wrong(words("match.export.inbox", file=file))
        ACT.note(entries=len(log))
        ACT.looked_at(*persons_of_entries(store, log))
        content = export_text(log, words)
        try:
            if file.exists() and not file.read_bytes().startswith(content.encode()[:20]):
                wrong(words("match.export.another", file=file))
            replace_text(file, content)
        except OSError as error:
            raise SettingsError(words("match.export.cannot", file=file, cause=error.strerror or error)) from None
    if as_json:
        print_json({"file": str(file), "entries": len(log)})
    else:
        print(words("match.export.done", file=file, number=len(log)))


@match_app.command("import", help=H("match.import.help"))
def match_import(
    file: Annotated[Path, typer.Argument(help=H("match.export.file"))],
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Add the entries of a text file that the log does not have."""
    from affil.audit.persons import persons_of_entries
    from affil.decisions.log import append
    from affil.decisions.textfile import MOST_BYTES, imported
    from affil.errors import InputError
    from affil.review.four_eyes import decided_alone

    with _log(workspace, lang, "import") as (store, settings, words, log):
        try:
            with file.open("rb") as stream:
                content = stream.read(MOST_BYTES + 1)
        except OSError as error:
            raise InputError(words("match.file.unreadable", file=file, cause=error.strerror or error)) from None
        fresh = imported(content, str(file), log, words)
        if settings.review.agreeing is not None and (alone := decided_alone(fresh, log, settings.review.agreeing)):
            raise InputError(words("match.import.four_eyes", file=file, number=len(alone), names=_pairs_of(alone)))
        with store.transaction():
            written = append(store, fresh)
            ACT.note(added=len(written))
            ACT.looked_at(*persons_of_entries(store, written))
            ACT.keep(store, "match import")
    if as_json:
        print_json({"file": str(file), "added": [entry.number for entry in written]})
    else:
        print(words("match.import.done", file=file, number=len(written)))


def _pairs_of(entries: Iterable[Entry]) -> str:
    from affil.decisions.entry import shown_id

    return ", ".join(sorted({shown_id(entry.subject) for entry in entries}))


def _sides(entries: Iterable[Entry]) -> Iterator[tuple[str, ...]]:
    """The references of whom these entries decide on, for the access log."""
    yield from (side.references for entry in entries for side in entry.sides if side.references)


@contextmanager
def _log(folder: Path, lang: str | None, command: str) -> Iterator[tuple[Store, Settings, Words, list[Entry]]]:
    from affil.decisions.log import read_log

    place, settings, words = opened(folder, lang)
    with session(place, settings, words, f"match {command}") as store:
        yield store, settings, words, read_log(store)
