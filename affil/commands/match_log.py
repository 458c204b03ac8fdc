"""`affil match undo`, `history`, `export`, `import`: the log of decisions itself; nothing is screened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affil.commands.act import ACT
from affil.commands.common import Debug, Folder, H, Json, Lang, opened, print_json, say, tell, wrong
from affil.commands.match_options import By, On, Why, decided_on, match_app, now, prefix, told
from affil.commands.session import session

if TYPE_CHECKING:
    from affil.decisions.entry import Entry
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

    with _log(workspace, lang, "undo") as (store, words, log):
        undone = next((entry for entry in of_kind(log, IDENTITY) if entry.number == number), None)
        if undone is None or undone.verdict == UNDO:
            wrong(words("match.undo.nothing", number=number))
        if earlier := next((entry for entry in log if entry.undoes == undone.digest), None):
            wrong(words("match.undo.already", number=number, entry=earlier.number))
        by, why = told("by", by or ACT.author, words), told("why", why, words)
        entry = Entry(UNDO, undone.subject, (), undone.digest, by, decided_on(on, words), why, (), now())
        with store.transaction():
            [written] = append(store, [entry])
            ACT.note(entry=written.number, undoes=number)
            ACT.looked_at(*(side.references for side in undone.sides))
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

    with _log(workspace, lang, "history") as (_, words, log):
        wanted = [entry for entry in of_kind(log, IDENTITY) if name is None or entry.subject.startswith(prefix(name, words))]
        if name is not None and len({entry.subject for entry in wanted}) != 1:
            wrong(words("match.ambiguous" if wanted else "match.no_history", id=name))
        ACT.note(entries=len(wanted))
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
    from affil.decisions.textfile import export_text
    from affil.errors import SettingsError

    with _log(workspace, lang, "export") as (_, words, log):
        if file.resolve().is_relative_to((workspace / "inbox").resolve()):
            wrong(words("match.export.inbox", file=file))
        ACT.note(entries=len(log))
        content = export_text(log, words).encode("utf-8")
        try:
            if file.exists() and not file.read_bytes().startswith(content[:20]):
                wrong(words("match.export.another", file=file))
            file.write_bytes(content)
            file.chmod(0o600)
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
    from affil.decisions.log import append
    from affil.decisions.textfile import MOST_BYTES, imported
    from affil.errors import InputError

    with _log(workspace, lang, "import") as (store, words, log):
        try:
            with file.open("rb") as stream:
                content = stream.read(MOST_BYTES + 1)
        except OSError as error:
            raise InputError(words("match.file.unreadable", file=file, cause=error.strerror or error)) from None
        fresh = imported(content, str(file), log, words)
        with store.transaction():
            written = append(store, fresh)
            ACT.note(added=len(written))
            ACT.keep(store, "match import")
    if as_json:
        print_json({"file": str(file), "added": [entry.number for entry in written]})
    else:
        print(words("match.import.done", file=file, number=len(written)))


@contextmanager
def _log(folder: Path, lang: str | None, command: str) -> Iterator[tuple[Store, Words, list[Entry]]]:
    from affil.decisions.log import read_log

    place, settings, words = opened(folder, lang)
    with session(place, settings, words, f"match {command}") as store:
        yield store, words, read_log(store)
