"""`affil hold`: data a commission, an inspection or a court needs are not destroyed, whatever their term."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affil.commands.act import ACT
from affil.commands.common import Debug, Folder, H, Json, Lang, day, opened, print_json, say, wrong
from affil.commands.match_options import line
from affil.commands.purge import keys_of
from affil.commands.session import session
from affil.commands.subject_options import Employer, Why

if TYPE_CHECKING:
    from affil.retention.holds import Hold
    from affil.settings import Settings
    from affil.store.store import Store
    from affil.words import Words
    from affil.workspace import Workspace

TIE = re.compile(r"T-[0-9a-f]{12}")


def hold(
    asked: Annotated[str | None, typer.Argument(help=H("retention.option.asked"))] = None,
    release: Annotated[bool, typer.Option("--release", help=H("retention.option.release"))] = False,
    why: Why = None,
    by: Annotated[str | None, typer.Option("--by", help=H("retention.option.by"))] = None,
    until: Annotated[str | None, typer.Option("--until", help=H("retention.option.until"))] = None,
    document: Annotated[list[str] | None, typer.Option("--document", help=H("retention.option.document"))] = None,
    employer: Employer = None,
    workspace: Folder = Path(),
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Put a hold on an official or a case, release it, or list the holds."""
    from affil.decisions.log import append, read_log
    from affil.retention.holds import HOLD, RELEASE, hold_entry, holds_of

    place, settings, words = opened(workspace, lang)
    last = day(until, words)
    with session(place, settings, words, "hold") as store:
        if asked is None:
            _list(store, place, as_json, words)
            return
        author, reason = line(by or "") or ACT.author, line(why or "")
        papers = [text for text in map(line, document or ()) if text]
        if not reason:
            wrong(words("retention.hold.needs_why"))
        if not author:
            wrong(words("retention.hold.needs_by"))
        now = dt.datetime.now().replace(microsecond=0)
        told = []
        with store.transaction():
            subjects = _subjects(store, settings, asked.strip(), employer, words)
            for key, tie in subjects:
                entry = hold_entry(RELEASE if release else HOLD, key, tie, author, reason, now, last, papers)
                if release and not any(one.subject == entry.subject for one in holds_of(read_log(store))):
                    wrong(words("retention.hold.not_held", asked=asked))
                append(store, [entry])
                told.append(_what(store, key, tie, words))
            ACT.note(released=release)
            _note_whom(store, place, subjects)
            ACT.keep(store, "hold")
        if as_json:
            print_json({"held": [] if release else told, "released": told if release else []})
        else:
            say("\n".join(words("retention.hold.released" if release else "retention.hold.put", what=what) for what in told))


def _subjects(store: Store, settings: Settings, asked: str, employer: str | None, words: Words) -> list[tuple[str, str]]:
    """(official key, tie) of what is held: every post of a person, or one case."""
    if asked.startswith("T-"):
        if not TIE.fullmatch(asked):
            wrong(words("retention.hold.unknown_case", asked=asked))
        return [("", asked)]
    return [(key, "") for key in keys_of(store, settings, asked, employer, words)]


def _note_whom(store: Store, place: Workspace, subjects: Sequence[tuple[str, str]]) -> None:
    """The access log has whom a hold is about: of a case the officials its course tells, else all the newest run has of it."""
    from affil.audit.persons import persons_of_events, persons_of_officials, places_in
    from affil.decisions.course import course_of
    from affil.decisions.log import read_log

    ACT.looked_at(*persons_of_officials(store, (key for key, _ in subjects if key)))
    log, folder = read_log(store), place.latest_run()
    for tie in (tie for _, tie in subjects if tie):
        if known := persons_of_events(store, course_of(log, tie).events):
            ACT.looked_at(*known)
        elif folder is not None and (file := folder / "findings.json").is_file():
            ACT.seen_in(places_in(file.read_bytes(), tie))


def _what(store: Store, key: str, tie: str, words: Words) -> str:
    if tie:
        return words("retention.hold.case", tie=tie)
    row = store.sql("SELECT name, employee_id FROM official_in_force WHERE official_key = ?", [key]).fetchone()
    return words("retention.hold.official", name=row[0], id=row[1] or "—") if row else words("retention.hold.gone")


def _list(store: Store, place: Workspace, as_json: bool, words: Words) -> None:
    from affil.decisions.log import read_log
    from affil.retention.holds import holds_of

    found = holds_of(read_log(store, words.lang))
    _note_whom(store, place, [(one.key, one.tie) for one in found])
    if as_json:
        print_json(
            {
                "holds": [
                    {
                        "what": _what(store, one.key, one.tie, words),
                        "why": one.why,
                        "by": one.by,
                        "on": one.on,
                        "until": one.until,
                        "documents": list(one.documents),
                        "in_force": one.holds_on(dt.date.today()),
                    }
                    for one in found
                ]
            }
        )
    else:
        say("\n".join(_line(store, one, words) for one in found) or words("retention.hold.none"))


def _line(store: Store, one: Hold, words: Words) -> str:
    ends = words("retention.hold.open")
    if one.until:
        ends = words(
            "retention.hold.until" if one.holds_on(dt.date.today()) else "retention.hold.over", date=f"{one.until:%d.%m.%Y}"
        )
    documents = "".join(f"; {text}" for text in one.documents)
    return words(
        "retention.hold.line",
        what=_what(store, one.key, one.tie, words),
        why=one.why,
        on=f"{one.on:%d.%m.%Y}",
        until=ends,
        by=one.by,
        documents=documents,
    )
