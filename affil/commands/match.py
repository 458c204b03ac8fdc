"""`affil match`: who is who, and the log of what people decided on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affil.commands.common import Debug, Folder, H, Json, Lang, day, opened, print_json, tell, wrong

if TYPE_CHECKING:
    from affil.answers.identities import Pair
    from affil.decisions.entry import Entry
    from affil.model.finding import Run
    from affil.settings import Settings
    from affil.store.store import Store
    from affil.words import Words
    from affil.workspace import Workspace

LEAST_PREFIX = 3
MOST_LISTED = 30

match_app = typer.Typer(help=H("match.help"), no_args_is_help=True, rich_markup_mode=None)

Id = Annotated[str, typer.Argument(help=H("match.option.id"))]
By = Annotated[str | None, typer.Option("--by", help=H("match.option.by"))]
Why = Annotated[str | None, typer.Option("--why", help=H("match.option.why"))]
On = Annotated[str | None, typer.Option("--on", help=H("match.option.on"))]
Documents = Annotated[list[str] | None, typer.Option("--document", help=H("match.option.document"))]


@match_app.command("list", help=H("match.list.help"))
def match_list(
    every: Annotated[bool, typer.Option("--all", help=H("match.list.all"))] = False,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Identities, by what a decision would change."""
    from affil.commands.match_text import alarm_lines, list_lines, pair_value

    with _screened(workspace, lang) as (_, run, words, pairs, _, _):
        listed = [pair for pair in pairs if every or _is_open(pair)]
        if as_json:
            alarms = [one for one in run.undetermined if one.reason in ALARMS]
            print_json(
                {
                    "pairs": [pair_value(pair, words) for pair in listed],
                    "alarms": [{"reason": one.reason, "name": one.name, "inn": one.inn, **one.params} for one in alarms],
                }
            )
            return
        shown = listed if every else listed[:MOST_LISTED]
        print("\n".join([*list_lines(shown, len(listed), words), *alarm_lines(run, ALARMS, words)]))


ALARMS = (
    "cluster_birth_dates",
    "cluster_inns",
    "cluster_names",
    "cluster_large",
    "decision_against_data",
    "decision_meets_both",
    "decision_ambiguous",
)


def _is_open(pair: Pair) -> bool:
    """Not decided yet, or a decision that meets nobody now."""
    return pair.state in ("unsure", "dormant") or (pair.state == "undecided" and bool(pair.findings) and not pair.together)


@match_app.command("show", help=H("match.show.help"))
def match_show(name: Id, workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False) -> None:
    """One identity: both persons, the evidence, earlier decisions, what a decision would change."""
    from affil.commands.match_text import pair_value, show_lines

    with _screened(workspace, lang, name) as (store, run, words, pairs, place, settings):
        pair = _found(pairs, name, words)
        outcomes = {verdict: _outcome(store, run, pair, verdict, place, settings) for verdict in _verdicts_open(pair)}
        if as_json:
            print_json(pair_value(pair, words, whole=True) | {"outcomes": outcomes})
        else:
            print("\n".join(show_lines(pair, outcomes, words)))


def _verdicts_open(pair: Pair) -> Sequence[str]:
    """The verdicts a decision could change something by."""
    return (
        ("same", "different") if pair.state in ("undecided", "unsure") and pair.one.references and pair.other.references else ()
    )


def _outcome(store: Store, run: Run, pair: Pair, verdict: str, place: Workspace, settings: Settings) -> dict[str, object]:
    """What the findings would be after the decision: gone, new, and those with another priority; tried out and taken back."""
    from affil import pipeline
    from affil.decisions.log import append

    store.sql("BEGIN")
    try:
        append(store, [_fresh(pair, verdict, "—", "—", (), dt.date.today(), {})])
        after = pipeline.screen(store, pipeline.rules_of(place), settings, pipeline.Scope())
    finally:
        store.sql("ROLLBACK")
    old, new = ({finding.id: finding for finding in one.findings} for one in (run, after))
    changed = [
        {"id": id_, "priority": [was.priority, now.priority], "grade": [was.path.identity_grade, now.path.identity_grade]}
        for id_, was, now in ((id_, old[id_], new[id_]) for id_ in sorted(old.keys() & new.keys()))
        if (was.priority, was.path.identity_grade) != (now.priority, now.path.identity_grade)
    ]
    return {"gone": sorted(old.keys() - new.keys()), "new": sorted(new.keys() - old.keys()), "changed": changed}


@match_app.command("decide", help=H("match.decide.help"))
def match_decide(
    name: Id, verdict: Annotated[str, typer.Argument(help=H("match.option.verdict"))],
    by: By = None, why: Why = None, document: Documents = None, on: On = None,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Decide on one identity."""
    from affil.commands.match_text import entry_line, entry_value, shown
    from affil.decisions.entry import VERDICTS
    from affil.decisions.log import append

    _, _, words = opened(workspace, lang)
    if verdict not in VERDICTS:
        wrong(words("match.unknown_verdict", found=verdict, expected=", ".join(VERDICTS)))
    by, why, documents = (
        _told("by", by, words),
        _told("why", why, words),
        tuple(_told("document", one, words) for one in document or ()),
    )
    decided_on = _decided_on(on, words)
    with _screened(workspace, lang, name) as (store, _, words, pairs, _, _):
        pair = _found(pairs, name, words)
        if not (pair.one.references and pair.other.references):
            wrong(words("match.no_references", id=name))
        entry = _fresh(
            pair,
            verdict,
            by,
            why,
            documents,
            decided_on,
            {side: shown(who, words) for side, who in ((0, pair.one), (1, pair.other))},
        )
        _must_not_contradict(store, entry, words)
        with store.transaction():
            [written] = append(store, [entry])
    if as_json:
        print_json(entry_value(written, {}))
    else:
        print(entry_line(written, {}, words))
        tell(words("match.decide.next"))


def _fresh(pair: Pair, verdict: str, by: str, why: str, documents: tuple[str, ...], on: dt.date, shown: dict[int, str]) -> Entry:
    from affil.decisions.entry import Entry, Side

    sides = tuple(
        Side(who.references, who.name, shown.get(number, who.shown)) for number, who in enumerate((pair.one, pair.other))
    )
    return Entry(verdict, pair.id, sides, None, by, on, why, documents, _now())


def _must_not_contradict(store: Store, entry: Entry, words: Words) -> None:
    """Refuse what decisions in force say otherwise, of these persons themselves or of those they are one party with."""
    from affil.decisions.contradictions import contradicted
    from affil.decisions.entry import SAME
    from affil.decisions.log import effective, read_log
    from affil.resolve.decided import keeping_apart

    standing = effective(read_log(store))
    against = {one.number for one in contradicted(standing, entry)}
    if entry.verdict == SAME:
        against |= keeping_apart(store, *(side.references for side in entry.sides))
    if against:
        first = min(against)
        wrong(words("match.contradicts", entries=", ".join(map(str, sorted(against))), first=first))


@match_app.command("undo", help=H("match.undo.help"))
def match_undo(
    number: Annotated[int, typer.Argument(help=H("match.option.number"))],
    by: By = None, why: Why = None, on: On = None,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Take a decision back, by an entry."""
    from affil.commands.match_text import entry_line, entry_value
    from affil.decisions.entry import UNDO, Entry
    from affil.decisions.log import append

    with _log(workspace, lang) as (store, words, log):
        undone = next((entry for entry in log if entry.number == number), None)
        if undone is None or undone.verdict == UNDO:
            wrong(words("match.undo.nothing", number=number))
        if earlier := next((entry for entry in log if entry.undoes == undone.digest), None):
            wrong(words("match.undo.already", number=number, entry=earlier.number))
        by, why = _told("by", by, words), _told("why", why, words)
        entry = Entry(UNDO, undone.subject, (), undone.digest, by, _decided_on(on, words), why, (), _now())
        with store.transaction():
            [written] = append(store, [entry])
    numbers = {undone.digest: undone.number}
    if as_json:
        print_json(entry_value(written, numbers))
    else:
        print(entry_line(written, numbers, words))
        tell(words("match.decide.next"))


@match_app.command("history", help=H("match.history.help"))
def match_history(
    name: Annotated[str | None, typer.Argument(help=H("match.option.history"))] = None,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """The log, or what was decided on one pair."""
    from affil.commands.match_text import entry_line, entry_value
    from affil.decisions.log import effective

    with _log(workspace, lang) as (_, words, log):
        wanted = [entry for entry in log if name is None or entry.subject.startswith(_prefix(name, words))]
        if name is not None and len({entry.subject for entry in wanted}) != 1:
            wrong(words("match.ambiguous" if wanted else "match.no_history", id=name))
    numbers = {entry.digest: entry.number for entry in log}
    in_force = {entry.number for entry in effective(log)}
    if as_json:
        print_json([entry_value(entry, numbers) | {"in_force": entry.number in in_force} for entry in wanted])
    else:
        print("\n".join(entry_line(entry, numbers, words, in_force) for entry in wanted) or words("match.history.none"))


@match_app.command("export", help=H("match.export.help"))
def match_export(
    file: Annotated[Path, typer.Argument(help=H("match.export.file"))],
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Write the log as a text file."""
    from affil.decisions.textfile import export_text
    from affil.errors import SettingsError

    with _log(workspace, lang) as (_, words, log):
        if file.resolve().is_relative_to((workspace / "inbox").resolve()):
            wrong(words("match.export.inbox", file=file))
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

    with _log(workspace, lang) as (store, words, log):
        try:
            with file.open("rb") as stream:
                content = stream.read(MOST_BYTES + 1)
        except OSError as error:
            raise InputError(words("match.file.unreadable", file=file, cause=error.strerror or error)) from None
        fresh = imported(content, str(file), log, words)
        with store.transaction():
            written = append(store, fresh)
    if as_json:
        print_json({"file": str(file), "added": [entry.number for entry in written]})
    else:
        print(words("match.import.done", file=file, number=len(written)))


@contextmanager
def _screened(
    folder: Path, lang: str | None, name: str | None = None
) -> Iterator[tuple[Store, Run, Words, list[Pair], Workspace, Settings]]:
    """The store after a screen, with its pairs: identities of the findings as they are now; `name` is an id to be read."""
    from affil import pipeline
    from affil.answers.identities import pairs
    from affil.decisions.log import read_log
    from affil.store.store import Store

    place, settings, words = opened(folder, lang)
    if name is not None:
        _prefix(name, words)
    with Store.open(place.store, words.lang) as store:
        run = pipeline.screen(store, pipeline.rules_of(place), settings, pipeline.Scope())
        yield store, run, words, pairs(store, run.findings, read_log(store)), place, settings


@contextmanager
def _log(folder: Path, lang: str | None) -> Iterator[tuple[Store, Words, list[Entry]]]:
    from affil.decisions.log import read_log
    from affil.store.store import Store

    place, _, words = opened(folder, lang)
    with Store.open(place.store, words.lang) as store:
        yield store, words, read_log(store)


def _found(pairs: Sequence[Pair], name: str, words: Words) -> Pair:
    """The one pair whose id begins so."""
    beginning = _prefix(name, words)
    found = [pair for pair in pairs if pair.id.startswith(beginning)]
    if len(found) != 1:
        wrong(words("match.ambiguous" if found else "match.unknown", id=name))
    return found[0]


def _prefix(name: str, words: Words) -> str:
    digits = name.casefold().removeprefix("m-").removeprefix("м-")
    if len(digits) < LEAST_PREFIX or set(digits) - set("0123456789abcdef"):
        wrong(words("match.bad_id", id=name))
    return f"M-{digits}"


def _told(option: str, text: str | None, words: Words) -> str:
    """What the option says, as one line; refused where it says nothing."""
    from affil.decisions.textfile import LONGEST_TEXT

    told = _line(text or "")
    if not told or len(told) > LONGEST_TEXT:
        wrong(words(f"match.needs.{option}"))
    return told


def _line(text: str) -> str:
    """One line without signs that cannot be printed."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _decided_on(text: str | None, words: Words) -> dt.date:
    found = day(text, words) or dt.date.today()
    if found > dt.date.today():
        wrong(words("match.future", found=text))
    return found


def _now() -> dt.datetime:
    return dt.datetime.now().replace(microsecond=0)
