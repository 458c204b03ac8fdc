"""`affil review`: the course of cases, one at a time on a terminal, one event without dialogue, from the filled workbook."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affil.commands.act import ACT
from affil.commands.common import AsOf, Debug, Folder, H, Json, Lang, day, opened, print_json, say, tell, wrong
from affil.commands.match_options import decided_on, line
from affil.commands.screened import screened
from affil.commands.session import session

if TYPE_CHECKING:
    from affil.commands.review_desk import Desk, Item, Wanted
    from affil.review.recorded import Act
    from affil.words import Words

LEAST_PREFIX = 3


def review(
    case: Annotated[str | None, typer.Argument(help=H("review.option.case"))] = None,
    event: Annotated[str | None, typer.Option("--event", help=H("review.option.event"))] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", help=H("review.option.outcome"))] = None,
    number: Annotated[str | None, typer.Option("--number", help=H("review.option.number"))] = None,
    date: Annotated[str | None, typer.Option("--date", help=H("review.option.date"))] = None,
    due_on: Annotated[str | None, typer.Option("--due-on", help=H("review.option.due_on"))] = None,
    why: Annotated[str | None, typer.Option("--why", help=H("review.option.why"))] = None,
    document: Annotated[list[str] | None, typer.Option("--document", help=H("review.option.document"))] = None,
    by: Annotated[str | None, typer.Option("--by", help=H("review.option.by"))] = None,
    assessed_by: Annotated[str | None, typer.Option("--assessed-by", help=H("review.option.assessed_by"))] = None,
    purchase: Annotated[list[str] | None, typer.Option("--purchase", help=H("review.option.purchase"))] = None,
    pair: Annotated[str | None, typer.Option("--pair", help=H("review.option.pair"))] = None,
    undo: Annotated[int | None, typer.Option("--undo", help=H("review.option.undo"))] = None,
    import_file: Annotated[Path | None, typer.Option("--import", help=H("review.option.import"))] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=H("review.option.dry_run"))] = False,
    due: Annotated[bool, typer.Option("--due", help=H("review.option.due"))] = False,
    as_of: AsOf = None,
    every: Annotated[bool, typer.Option("--all", help=H("review.option.all"))] = False,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """The course of cases."""
    _, _, words = opened(workspace, lang)
    if sum((event is not None, undo is not None, import_file is not None, due)) > 1:
        wrong(words("review.two_ways"))
    by = line(by or "") or ACT.author
    if event is not None:
        act = _act(event, outcome, number, date, due_on, why, document, by, assessed_by, purchase, words)
        with desk_of(workspace, lang) as desk:
            _one_event(desk, _wanted(desk, case, act, pair), as_json)
    elif undo is not None:
        with desk_of(workspace, lang) as desk:
            _undo(desk, undo, _must(by, "no_by", words), line(why or ""), as_json)
    elif import_file is not None:
        from affil.commands.review_import import import_workbook

        with desk_of(workspace, lang) as desk:
            import_workbook(desk, import_file, dry_run, as_json)
    elif due:
        with desk_of(workspace, lang, day(as_of, words)) as desk:
            _due(desk, as_json)
    elif as_json:
        with desk_of(workspace, lang, day(as_of, words)) as desk:
            _values(desk, case)
    else:
        _sit(workspace, lang, case, by, every, words)


@contextmanager
def desk_of(folder: Path, lang: str | None, today: dt.date | None = None) -> Iterator[Desk]:
    """The cases as they are now, in one session of the store."""
    from affil import pipeline
    from affil.commands.review_desk import Desk

    place, settings, words = opened(folder, lang)
    with session(place, settings, words, "review") as store:
        run = screened(store, place, settings, pipeline.Scope(), words)
        yield Desk(store, run, settings, words, today)


def _must(by: str | None, key: str, words: Words) -> str:
    return by if by is not None else wrong(words(f"review.{key}"))


def _act(
    event: str, outcome: str | None, number: str | None, date: str | None, due_on: str | None, why: str | None,
    document: list[str] | None, by: str | None, assessed_by: str | None, purchase: list[str] | None, words: Words,
) -> Act:  # fmt: skip
    from affil.decisions.events import event_kinds
    from affil.review.recorded import Act

    kinds = event_kinds()
    if event not in kinds:
        wrong(words("review.unknown_event", found=event, expected=", ".join(kinds)))
    outcomes = kinds[event].outcomes
    if outcome is not None and outcome not in outcomes:
        told = {"event": words(f"course.event.{event}"), "found": outcome, "expected": ", ".join(outcomes)}
        wrong(words("review.unknown_outcome" if outcomes else "review.no_outcome", **told))
    return Act(
        event, _must(by, "no_by", words), decided_on(date, words), outcome, line(why or ""),
        tuple(line(one) for one in document or ()), line(number or ""), day(due_on, words), tuple(purchase or ()),
        line(assessed_by or ""),
    )  # fmt: skip


def _wanted(desk: Desk, case: str | None, act: Act, pair: str | None) -> Wanted:
    from affil.commands.review_desk import Wanted

    return Wanted(_case(desk, case), act, None, pair)


def _case(desk: Desk, name: str | None) -> Item:
    """The one case meant: by the beginning of its tie's code, or by the key of a row."""
    from affil.reports.case_rows import row_key

    words, told = desk.words, (name or "").strip()
    if not told:
        wrong(words("review.needs_case"))
    if told.isdecimal():
        found = [item for item in desk.items if item.case.number == int(told)]
        if found:
            ends = {"near": found[0].case.near.name, "far": found[0].case.far.name}
            wrong(words("review.no_number", number=told, tie=found[0].tie, **ends))
        wrong(words("review.bad_case", name=told))
    kind, digits = told[:1].upper().translate(str.maketrans("ТК", "TK")), told[2:].casefold()
    if kind not in "TK" or told[1:2] != "-" or len(digits) < LEAST_PREFIX or set(digits) - set("0123456789abcdef"):
        wrong(words("review.bad_case", name=told))
    key = f"{kind}-{digits}"
    keys = {item.tie: [item.tie, *(row_key(one.findings[0], one) for one in item.case.purchases)] for item in desk.items}
    fitting = [item for item in desk.items if any(one.startswith(key) for one in keys[item.tie])]
    if len(fitting) != 1:
        wrong(words("review.ambiguous" if fitting else "review.unknown_case", name=told))
    return fitting[0]


def _one_event(desk: Desk, wanted: Wanted, as_json: bool) -> None:
    from affil.commands.review_text import event_line, event_value

    written = desk.record([wanted])
    events = [event for event in desk.item(wanted.item.tie).course.events if event.entry in {one.number for one in written}]
    if as_json:
        print_json({"recorded": [event_value(event) for event in events], "status": desk.item(wanted.item.tie).status})
        return
    for event in events:
        say(desk.words("review.recorded", line=event_line(event, desk.words).strip()))
    tell(desk.words("review.next"))


def _undo(desk: Desk, number: int, by: str, why: str, as_json: bool) -> None:
    from affil.commands.review_desk import to_undo

    if not why:
        wrong(desk.words("match.needs.why"))
    entries = to_undo(desk.log, number)
    if not entries:
        wrong(desk.words("review.undo_nothing", number=number))
    [first, *_] = desk.undo(entries, by, why)
    if as_json:
        print_json({"undone": number, "entry": first.number})
    else:
        say(desk.words("review.undone", number=number, entry=first.number))


def _due(desk: Desk, as_json: bool) -> None:
    from affil.commands.review_text import due_groups, due_lines, due_value

    shown = [item for found in due_groups(desk.items).values() for item in found]
    ACT.note(cases=len(shown))
    desk.looked_at(shown)
    if as_json:
        print_json(due_value(desk.items, desk.today))
    else:
        say("\n".join(due_lines(desk.items, desk.today, desk.words)))


def _values(desk: Desk, case: str | None) -> None:
    from affil.commands.review_text import case_value

    items = [_case(desk, case)] if case is not None else list(desk.items)
    ACT.note(cases=len(items))
    desk.looked_at(items)
    by = ACT.author or "" if desk.reviewers is not None else ""
    print_json({"run": desk.run.id, "cases": [case_value(desk, item, by) for item in items]})


def _sit(folder: Path, lang: str | None, case: str | None, by: str | None, every: bool, words: Words) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        wrong(words("review.not_a_terminal"))
    author = _must(by, "no_author", words)
    with desk_of(folder, lang) as desk:
        from affil.commands.review_sitting import Sitting

        Sitting(desk, author, every).run([_case(desk, case).tie] if case is not None else None)
