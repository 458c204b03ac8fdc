"""`affil purge`: whose personal data are past their term, and destroying them with an act; `affil hold` stands against it.

In which order a destruction is done, and why, stands in affil/retention/unfinished.py.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affil.commands.act import ACT
from affil.commands.common import FAILED, Debug, Folder, H, Json, Lang, day, opened, print_json, say, tell, wrong
from affil.commands.purge_act import act_of, names_of_papers, write_drafts
from affil.commands.purge_plan import Asked, Plan, keys_of, planned, reason_text
from affil.commands.purge_text import lines, value
from affil.commands.session import session
from affil.commands.subject_options import Employer, Why

if TYPE_CHECKING:
    from affil.retention.unfinished import Note
    from affil.settings import Settings
    from affil.store.store import Store
    from affil.words import Words
    from affil.workspace import Workspace


def purge(
    yes: Annotated[bool, typer.Option("--yes", help=H("retention.option.yes"))] = False,
    as_of: Annotated[str | None, typer.Option("--as-of", help=H("retention.option.as_of"))] = None,
    person: Annotated[str | None, typer.Option("--person", help=H("retention.option.person"))] = None,
    employer: Employer = None,
    why: Why = None,
    document: Annotated[list[str] | None, typer.Option("--document", help=H("retention.option.purge_document"))] = None,
    out: Annotated[Path | None, typer.Option("--out", help=H("retention.option.out"))] = None,
    keep_copies: Annotated[bool, typer.Option("--keep-copies", help=H("retention.option.keep_copies"))] = False,
    readmit: Annotated[str | None, typer.Option("--readmit", help=H("retention.option.readmit"))] = None,
    workspace: Folder = Path(),
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Whose data are past their term; with --yes they are destroyed. What was cut short is finished and nothing else done."""
    from affil.errors import AffilError, StoreError
    from affil.retention.unfinished import notes_of

    place, settings, words = opened(workspace, lang)
    asked = Asked.of(day(as_of, words) or dt.date.today(), person, employer, why, document, words)
    folder, plan, failure = _outside(place, out, words), None, None
    notes: list[Note] = []
    try:
        with session(place, settings, words, "purge") as store:
            if readmit:
                _readmit(store, readmit, words)
                return
            notes = [note for note in notes_of(store) if note.is_gone]
            if not notes:
                plan = planned(store, place, settings, asked, words)
                ACT.note(done=yes, people=len(plan.people), runs=len(plan.runs))
                if yes and not plan.is_empty:
                    _destroy(store, place, settings, plan, folder, keep_copies, notes, words)
                else:
                    with store.transaction():
                        _log(store, place, settings, plan, yes)
                        ACT.keep(store, "purge")
    except BaseException as error:
        if not notes:
            raise
        if not isinstance(error, Exception):  # Ctrl-C
            tell(words("retention.unfinished.waits"))
            raise
        cause = str(error) if isinstance(error, AffilError) else type(error).__name__
        # what went is told before why it is not finished
        failure = StoreError(words("retention.unfinished.stopped", cause=cause))
        failure.__cause__ = error
    _tell(plan, place, settings, notes, yes, keep_copies, as_json, words)
    if failure is not None:
        raise failure
    if notes and not _papers(notes, place):
        tell(words("retention.unfinished.waits"))
        raise typer.Exit(FAILED)


def _tell(
    plan: Plan | None,
    place: Workspace,
    settings: Settings,
    notes: list[Note],
    yes: bool,
    keep_copies: bool,
    as_json: bool,
    words: Words,
) -> None:
    """What would be done or was; where an earlier destruction was finished, that alone."""
    papers = _papers(notes, place)
    folder = papers[0].parent if papers else None
    if plan is None:
        if as_json:
            print_json({"done": True, "earlier": True, "act": folder and str(folder), "people": []})
        elif papers:
            say(words("retention.unfinished.only_that"))
    elif as_json:
        print_json(value(plan, yes, folder, keep_copies))
    else:
        say("\n".join(lines(plan, settings, yes, keep_copies, words)))
        if not yes and (plan.cuts_log or not plan.is_empty):
            tell(words("retention.plan.how"))


def _papers(notes: list[Note], place: Workspace) -> list[Path]:
    """The act and the extract of these destructions under their own names; none where one of them is still a draft."""
    found = [note.place(place.root) / name for note in notes for name in note.papers]
    return found if all(path.is_file() for path in found) else []


def _outside(place: Workspace, out: Path | None, words: Words) -> Path | None:
    """The folder of the act, None: the usual one; never in the workspace, which would keep what it destroys."""
    folder = None if out is None else out.absolute()
    if folder is not None and folder.resolve().is_relative_to(place.root.resolve()):
        wrong(words("retention.plan.out_inside", folder=folder))
    return folder


def _destroy(
    store: Store,
    place: Workspace,
    settings: Settings,
    plan: Plan,
    out: Path | None,
    keep_copies: bool,
    notes: list[Note],
    words: Words,
) -> None:
    """Steps 2 to 5 of affil/retention/unfinished.py, the rest comes as the session ends. `notes` gets it once rows are gone."""
    from affil.retention.purge import destroy
    from affil.retention.unfinished import begin, call_off, delete_files, rows_gone, usual_folder
    from affil.ties import link_within

    if out is not None and plan.gone.quoting.found_in(str(out)):
        wrong(words("retention.plan.out_named"))
    now = dt.datetime.now().replace(microsecond=0)
    folder, files = out or usual_folder(place.root), () if keep_copies else (*plan.copies.written, *plan.copies.backups)
    note = begin(store, now, "" if out is None else str(out), names_of_papers(folder, now, words))
    try:
        write_drafts(act_of(store, place, settings, plan, keep_copies, now, words), folder, note.papers, settings, words)
        with store.transaction():
            destroy(store, plan.people, plan.orphans, ACT.who, "asked" if plan.one else "term", now, plan.documents)
            link_within(store, settings)
            note = rows_gone(store, note, plan.runs, files)
            _log(store, place, settings, plan, True)
            ACT.keep(store, "purge")
    except BaseException:
        with suppress(Exception):  # what failed first is what to tell; the next command does this again
            call_off(store, note, place.root)
        raise
    notes.append(note)
    for name, cause in delete_files(store, note, place.root, place.store):
        tell(words("retention.unfinished.not_deleted", date=f"{now:%d.%m.%Y %H:%M}", name=name, cause=cause))


def _log(store: Store, place: Workspace, settings: Settings, plan: Plan, done: bool) -> None:
    """What the access log gets beside counts: whom of those who stay the list named, which folders keep but their manifest; and
    its own entries past their term go. The transaction is the caller's.
    """
    from affil.audit.cut import cut_before
    from affil.audit.facts import emptied_facts
    from affil.audit.persons import persons_of_officials
    from affil.retention.terms import log_before

    ACT.looked_at(
        *persons_of_officials(store, (one.key for one in (plan.people if plan.one else (*plan.people, *plan.terms.people))))
    )
    if done and plan.runs:
        ACT.note(emptied=emptied_facts(place.reports / name for name in plan.runs))
    if done and plan.cuts_log:
        cut_before(store, log_before(settings.retention, plan.terms.as_of), ACT.who)


def _readmit(store: Store, name: str, words: Words) -> None:
    from affil.decisions.course import undo_of
    from affil.decisions.log import append, read_log
    from affil.resolve.destroyed import entries_in_force

    found = [entry for entry in entries_in_force(read_log(store)) if entry.subject == name.strip()]
    if not found:
        wrong(words("retention.plan.no_readmit", id=name))
    now = dt.datetime.now().replace(microsecond=0)
    with store.transaction():
        append(store, [undo_of(found[0], ACT.who or "—", now.date(), "readmitted", now)])
    say(words("retention.plan.readmitted", id=name))


__all__ = ["keys_of", "purge", "reason_text"]
