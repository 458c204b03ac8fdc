"""`affil purge`: whose personal data are past their term, and destroying them with an act; `affil hold` stands against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affil.commands.act import ACT
from affil.commands.common import Debug, Folder, H, Json, Lang, day, opened, print_json, say, tell, wrong
from affil.commands.match_options import line
from affil.commands.session import session

if TYPE_CHECKING:
    from affil.decisions.entry import Entry
    from affil.reports.word.destruction import Act, Destroyed
    from affil.retention.copies import Copies
    from affil.retention.purge import Gone
    from affil.retention.terms import Term, Terms
    from affil.settings import Settings
    from affil.store.store import Store
    from affil.words import Words
    from affil.workspace import Workspace

DRAFT = ".part"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a purge would do: the terms, whom it takes and why, what goes of them, which files name them."""

    terms: Terms
    people: list[Term]
    why: dict[str, str]
    gone: Gone
    copies: Copies
    runs: tuple[str, ...]
    held_runs: tuple[str, ...]
    one: bool
    has_draft: bool = False


def purge(
    yes: Annotated[bool, typer.Option("--yes", help=H("retention.option.yes"))] = False,
    as_of: Annotated[str | None, typer.Option("--as-of", help=H("retention.option.as_of"))] = None,
    person: Annotated[str | None, typer.Option("--person", help=H("retention.option.person"))] = None,
    employer: Annotated[str | None, typer.Option("--employer", help=H("retention.option.employer"))] = None,
    why: Annotated[str | None, typer.Option("--why", help=H("retention.option.why"))] = None,
    out: Annotated[Path | None, typer.Option("--out", help=H("retention.option.out"))] = None,
    keep_copies: Annotated[bool, typer.Option("--keep-copies", help=H("retention.option.keep_copies"))] = False,
    readmit: Annotated[str | None, typer.Option("--readmit", help=H("retention.option.readmit"))] = None,
    workspace: Folder = Path(),
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """Whose data are past their term; with --yes they are destroyed."""
    place, settings, words = opened(workspace, lang)
    on = day(as_of, words) or dt.date.today()
    folder, why = _outside(place, out, words), line(why or "")
    with session(place, settings, words, "purge") as store:
        if readmit:
            _readmit(store, readmit, words)
            return
        plan = _plan(store, place, settings, on, person, employer, why, words)
        ACT.note(done=yes, people=len(plan.people), runs=len(plan.runs))
        lines = list(_lines(plan, settings, yes, keep_copies, words))
        written: list[Path] = []
        if yes and (plan.people or plan.terms.orphans or plan.runs):
            written = _destroy(store, place, settings, plan, folder, keep_copies, words)
    for path in written:  # the store's file is written anew by now: only a whole destruction has an act
        path.rename(path.with_name(path.name.removesuffix(DRAFT)))
    if as_json:
        print_json(_value(plan, yes, folder if written else None))
        return
    say("\n".join(lines))
    if written:
        tell(words("retention.plan.done", folder=folder))
    elif plan.people or plan.runs or plan.terms.orphans:
        tell(words("retention.plan.how"))


def _outside(place: Workspace, out: Path | None, words: Words) -> Path:
    """The folder of the act; never in the workspace, which would keep what it destroys."""
    folder = (out or place.root.parent / f"{place.root.name}-purge").absolute()
    if folder.resolve().is_relative_to(place.root.resolve()):
        wrong(words("retention.plan.out_inside", folder=folder))
    return folder


def _plan(
    store: Store,
    place: Workspace,
    settings: Settings,
    on: dt.date,
    person: str | None,
    employer: str | None,
    why: str,
    words: Words,
) -> Plan:
    from affil.decisions.log import read_log
    from affil.retention.copies import Copies, copies_naming
    from affil.retention.purge import what_would_go
    from affil.retention.terms import PAST, names_of_runs, terms
    from affil.store.outline import is_unlinked
    from affil.ties import link_all

    if is_unlinked(store):
        link_all(store, settings)
    log = read_log(store, words.lang)
    told = terms(store, settings.retention, on, log, names_of_runs(place.reports))
    people = told.of_state(PAST) if person is None else _asked(store, settings, on, person, employer, log, words)
    reasons = {one.key: reason_text(one, settings, words) for one in people}
    if person is not None:
        past = all(one.state == PAST for one in people)
        if not past and not why:
            wrong(words("retention.plan.needs_why", why="; ".join(reasons.values())))
        reasons = {key: why or reason for key, reason in reasons.items()}
    gone = what_would_go(store, people)
    copies = copies_naming(place.root, place.store, gone.quoting) if people else Copies()
    held = _held_runs(place, store, told) if person is None else ()
    runs = tuple(name for name in told.runs if name not in held) if person is None else ()
    kept = [name for name in copies.runs if name not in runs]
    kept += [f"{name}/manifest.json" for name in runs if gone.quoting.found_in(_manifest(place.reports / name))]
    young = Copies(copies.inbox, tuple(kept), copies.written, copies.backups, copies.unread)
    return Plan(told, people, reasons, gone, young, runs, held, person is not None)


def _manifest(folder: Path) -> str:
    """All that is left of an emptied run: it may tell of a file called after a person."""
    with suppress(OSError):
        return (folder / "manifest.json").read_text(encoding="utf-8", errors="replace")
    return ""


def _asked(
    store: Store, settings: Settings, on: dt.date, person: str, employer: str | None, log: Sequence[Entry], words: Words
) -> list[Term]:
    """The posts of the one person meant; with `employer` that post alone. Who is held, or has an open case, is refused."""
    from affil.retention.terms import HELD, term_of

    found = [term_of(store, key, settings.retention, on, log) for key in keys_of(store, settings, person, employer, words)]
    for one in found:
        if one.state == HELD:
            wrong(words("retention.plan.is_held", why=reason_text(one, settings, words), id=one.employee_id or person))
    return found


def keys_of(store: Store, settings: Settings, person: str, employer: str | None, words: Words) -> list[str]:
    """The posts of the person of this number or ИНН, at `employer` alone where given; `UsageError` as for `affil person`."""
    from affil.person.who import find_person
    from affil.resolve.parties import make_parties

    make_parties(store)
    posts = find_person(store, person, employer, words).posts
    return [post.key for post in posts if employer is None or post.employer_inn == employer]


def _held_runs(place: Workspace, store: Store, told: Terms) -> tuple[str, ...]:
    """Folders past their term that name somebody who is held: evidence."""
    from affil.resolve.take_out import Quoting
    from affil.retention.copies import copies_naming
    from affil.retention.terms import HELD

    keys = [one.key for one in told.of_state(HELD)]
    if not keys or not told.runs:
        return ()
    rows = store.rows("SELECT name_key, inn FROM official_in_force WHERE official_key IN (SELECT unnest(?))", [keys])
    quoting = Quoting((row["name_key"] for row in rows if row["name_key"]), (row["inn"] for row in rows if row["inn"]))
    return tuple(name for name in copies_naming(place.root, place.store, quoting).runs if name in told.runs)


def reason_text(one: Term, settings: Settings, words: Words) -> str:
    """Why somebody is past his term, or is not, in words."""
    from affil.retention.terms import RUNNING

    key = f"{one.reason}_running" if one.state == RUNNING and one.until else one.reason
    hold = one.hold
    return words(
        f"retention.reason.{key}",
        since=_day(hold.on if hold else one.since),
        until=_day(one.until),
        why=hold.why if hold else "",
        by=hold.by if hold else "",
        days=settings.retention.candidate_days,
        id=one.employee_id,
    )


def _day(value: dt.date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else ""


def _destroy(
    store: Store, place: Workspace, settings: Settings, plan: Plan, folder: Path, keep_copies: bool, words: Words
) -> list[Path]:
    """Write the drafts of the papers, delete the files, then the rows; the drafts come back, to be named once all is done."""
    from affil.retention.purge import destroy, empty_run
    from affil.ties import link_all

    now = dt.datetime.now().replace(microsecond=0)
    act = _act(store, place, settings, plan, keep_copies, now, words)
    written = _drafts(act, folder, settings, words)
    for name in plan.runs:
        empty_run(place.reports / name)
    for name in () if keep_copies else (*plan.copies.written, *plan.copies.backups):
        with suppress(FileNotFoundError):
            (place.root / name).unlink()
    destroy(
        store,
        plan.people,
        [source_id for source_id, *_ in plan.terms.orphans] if not plan.one else (),
        ACT.who,
        "term" if not plan.one else "asked",
        now,
    )
    link_all(store, settings)
    return written


def _act(
    store: Store, place: Workspace, settings: Settings, plan: Plan, keep_copies: bool, now: dt.datetime, words: Words
) -> Act:
    from affil.reports.word.destruction import Act

    subjects = [_subject(store, one, plan.why[one.key], words) for one in plan.people]
    if not plan.one and plan.terms.orphans:
        subjects += _orphan_subjects(store, plan.terms, settings, words)
    copies, deleted = plan.copies, (*plan.copies.written, *plan.copies.backups)
    left = [(name, "inbox") for name in copies.inbox]
    left += [(f"reports/{name}", "manifest" if name.endswith("manifest.json") else "run") for name in copies.runs]
    left += [(name, "unread") for name in copies.unread]
    left += [(name, "kept") for name in deleted if keep_copies]
    files = () if keep_copies else deleted
    others = sum(number for _, number in plan.gone.also_named)
    runs = tuple(f"reports/{name}" for name in plan.runs)
    return Act(tuple(subjects), place.root.name, now, files, runs, tuple(left), others, by=ACT.author)


def _subject(store: Store, one: Term, why: str, words: Words) -> Destroyed:
    from affil.reports.word.destruction import Destroyed, Kinsman, categories_of, post_text
    from affil.retention.destroyed import told_of
    from affil.retention.purge import what_would_go

    told = told_of(one.name, what_would_go(store, [one]))
    where = post_text(one.employee_id, one.employer, words)
    kin = tuple(
        Kinsman(kin.name, kin.relationship, categories_of(kin.columns, words), _codes(store, kin.references)) for kin in told.kin
    )
    return Destroyed(one.name, where, _codes(store, told.own.references), categories_of(told.own.columns, words), why, kin)


def _orphan_subjects(store: Store, told: Terms, settings: Settings, words: Words) -> list[Destroyed]:
    """Relatives of nobody known, by name too."""
    from affil.reports.word.destruction import Destroyed, categories_of
    from affil.retention.destroyed import orphans_told

    why = words("retention.act.why_orphans", days=settings.retention.relative_days)
    return [
        Destroyed(
            one.name,
            words("retention.act.kin_alone", degree=one.relationship or words("retention.act.no_degree")),
            _codes(store, one.references),
            categories_of(one.columns, words),
            why,
        )
        for one in orphans_told(store, [source_id for source_id, *_ in told.orphans])
    ]


def _codes(store: Store, references: Collection[str]) -> str:
    from affil.audit.numbers import numbers_of

    return ", ".join(numbers_of(store, references)) if references else ""


def _drafts(act: Act, folder: Path, settings: Settings, words: Words) -> list[Path]:
    from affil.errors import InputError
    from affil.reports.folder import write_private
    from affil.reports.word.destruction import act_docx, extract_docx

    stamp = f"{act.at:%Y-%m-%d_%H-%M-%S}"
    papers = {"file_act": act_docx, "file_extract": extract_docx}
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.glob(f"*{DRAFT}")):
            tell(words("retention.plan.draft_left", folder=folder))
        written = [folder / (words(f"retention.act.{key}", stamp=stamp) + DRAFT) for key in papers]
        for path, write in zip(written, papers.values(), strict=True):
            write_private(path, write(act, settings, words))
    except OSError as error:
        raise InputError(words("retention.plan.cannot_write", folder=folder, cause=error.strerror or error)) from error
    return written


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


def _lines(plan: Plan, settings: Settings, yes: bool, keep_copies: bool, words: Words) -> Iterator[str]:
    from affil.retention.terms import HELD, OPEN_CASE, RUNNING, UNKNOWN

    told = plan.terms
    yield words("retention.plan.head", date=_day(told.as_of))
    yield words("retention.plan.past", number=len(plan.people))
    yield from (_person(one, plan.why[one.key], words) for one in plan.people)
    if not plan.one:
        for key, states in (("held", (HELD,)), ("unknown", (UNKNOWN, OPEN_CASE)), ("running", (RUNNING,))):
            found = told.of_state(*states)
            if found:
                yield words(f"retention.plan.{key}", number=len(found))
                yield from (_person(one, reason_text(one, settings, words), words) for one in found)
        yield from _orphans(told, settings, words)
        if plan.runs or plan.held_runs:
            yield words("retention.plan.runs", years=settings.retention.case_years, number=len(plan.runs))
            yield from (words("retention.plan.run", name=name) for name in plan.runs)
            yield from (words("retention.plan.run_held", name=name) for name in plan.held_runs)
        if told.log_entries:
            yield words("retention.plan.log", years=settings.retention.log_years, number=told.log_entries)
    if plan.people:
        yield from _going(plan, yes, keep_copies, words)
    elif not plan.runs and not told.orphans:
        yield words("retention.plan.nothing")


def _orphans(told: Terms, settings: Settings, words: Words) -> Iterator[str]:
    if told.orphans:
        rows = sum(number for _, _, number, _ in told.orphans)
        yield words("retention.plan.orphans", days=settings.retention.relative_days, rows=rows)
        for _, file, number, loaded in told.orphans:
            yield words("retention.plan.orphan", file=file, rows=number, date=_day(loaded))


def _going(plan: Plan, yes: bool, keep_copies: bool, words: Words) -> Iterator[str]:
    yield words("retention.plan.went" if yes else "retention.plan.goes")
    for table, number in sorted(plan.gone.taken.rows.items()):
        yield words("retention.plan.row", table=words.raw("retention.table").get(table, table), number=number)
    yield words("retention.plan.decisions", number=len(plan.gone.decisions))
    yield words("retention.plan.numbers", number=plan.gone.numbers)
    if plan.gone.also_named:
        yield words("retention.plan.also_named")
        for name, number in plan.gone.also_named:
            yield words("retention.plan.also", name=name or words("retention.plan.nobody"), number=number)
    if plan.gone.taken.kept_mentions:
        yield words("retention.plan.mentions", number=plan.gone.taken.kept_mentions)
    going = "stays" if keep_copies else "deleted" if yes else "will_delete"
    copies = plan.copies
    listed = (
        ("inbox", copies.inbox, "stays"),
        ("young_runs", tuple(f"reports/{name}" for name in copies.runs), "stays"),
        ("written", copies.written, going),
        ("backups", copies.backups, going),
        ("unread", copies.unread, "stays"),
    )
    for key, names, what in listed:
        if names:
            yield words(f"retention.plan.{key}")
            yield from (words(f"retention.plan.{what}", name=name) for name in names)


def _person(one: Term, why: str, words: Words) -> str:
    return words("retention.plan.person", name=one.name, id=one.employee_id or "—", employer=one.employer or "—", why=why)


def _value(plan: Plan, done: bool, folder: Path | None) -> dict[str, Any]:
    told, copies = plan.terms, plan.copies
    return {
        "as_of": told.as_of,
        "done": done,
        "act": None if folder is None else str(folder),
        "people": [_term_value(one) | {"why": plan.why[one.key]} for one in plan.people],
        "others": [_term_value(one) for one in told.people if one.key not in plan.why],
        "orphans": [{"file": file, "rows": rows, "loaded": loaded} for _, file, rows, loaded in told.orphans],
        "runs": list(plan.runs),
        "runs_held": list(plan.held_runs),
        "log_entries": told.log_entries,
        "rows": dict(sorted(plan.gone.taken.rows.items())),
        "decisions": list(plan.gone.decisions),
        "person_numbers": plan.gone.numbers,
        "also_named": [{"official": name, "rows": number} for name, number in plan.gone.also_named],
        "files": {
            "inbox": list(copies.inbox),
            "runs": list(copies.runs),
            "written": list(copies.written),
            "backups": list(copies.backups),
            "unread": list(copies.unread),
        },
    }


def _term_value(one: Term) -> dict[str, Any]:
    return {
        "employee_id": one.employee_id,
        "employer": one.employer,
        "name": one.name,
        "status": one.status,
        "state": one.state,
        "reason": one.reason,
        "since": one.since,
        "until": one.until,
    }


__all__ = ["purge"]
