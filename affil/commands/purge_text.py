"""What `affil purge` tells, before and after: people, terms, what goes, what stays and why, which files; in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from affil.commands.purge_plan import Plan, day_text, reason_text

if TYPE_CHECKING:
    from affil.retention.named import Kept
    from affil.retention.terms import Term, Terms
    from affil.settings import Settings
    from affil.words import Words


def lines(plan: Plan, settings: Settings, done: bool, keep_copies: bool, words: Words) -> Iterator[str]:
    """The plan in words; `done`: it was carried out."""
    from affil.retention.terms import HELD, OPEN_CASE, RUNNING, UNKNOWN

    told = plan.terms
    yield words("retention.plan.head", date=day_text(told.as_of))
    yield words("retention.plan.asked" if plan.one else "retention.plan.past", number=len(plan.people))
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
            key = "log_held" if not plan.cuts_log else "log_done" if done else "log"
            yield words(f"retention.plan.{key}", years=settings.retention.log_years, number=told.log_entries)
    if plan.people:
        yield from _going(plan, done, words)
    if plan.kept:
        yield words("retention.kept.head")
        yield from (words("retention.kept.line_rows", line=kept_text(one, words, True), rows=one.rows) for one in plan.kept)
    yield from _files(plan, done, keep_copies, words)
    if plan.is_empty and not plan.cuts_log:
        yield words("retention.plan.nothing")


def _orphans(told: Terms, settings: Settings, words: Words) -> Iterator[str]:
    if told.orphans:
        rows = sum(number for _, _, number, _ in told.orphans)
        yield words("retention.plan.orphans", days=settings.retention.relative_days, rows=rows)
        for _, file, number, loaded in told.orphans:
            yield words("retention.plan.orphan", file=file, rows=number, date=day_text(loaded))


def _going(plan: Plan, done: bool, words: Words) -> Iterator[str]:
    yield words("retention.plan.went" if done else "retention.plan.goes")
    for table, number in sorted(plan.gone.taken.rows.items()):
        name = words.raw("retention.table").get(table, table)
        public = plan.gone.of_registers[table]
        yield words("retention.plan.row_public" if public else "retention.plan.row", table=name, number=number, public=public)
    yield words("retention.plan.decisions", number=len(plan.gone.decisions))
    yield words("retention.plan.numbers", number=plan.gone.numbers)
    if plan.gone.taken.kept_mentions:
        yield words("retention.plan.mentions", number=plan.gone.taken.kept_mentions)


def kept_text(one: Kept, words: Words, with_whose: bool) -> str:
    """What stays of whom and on which ground; `with_whose`: naming the official whose questionnaire it is."""
    table = words.raw("retention.kept.table").get(one.table, one.table)
    source = words.raw("load.kind").get(one.source, one.source) or words("retention.kept.program")
    of = words("retention.kept.of_whom", name=one.whose) if with_whose and one.whose else ""
    how = words("retention.kept.by_inn" if one.is_sure else "retention.kept.by_name")
    ground = words(f"retention.kept.ground.{one.ground}")
    return words("retention.kept.line", who=one.who, table=table, source=source, of=of, how=how, ground=ground)


def stays_of(plan: Plan, words: Words) -> tuple[tuple[str, int], ...]:
    """(what stays in the store and on which ground, rows), for the act, which names nobody else."""
    found: dict[str, int] = {}
    for one in plan.kept:
        text = kept_text(one, words, with_whose=False)
        found[text] = found.get(text, 0) + one.rows
    return tuple(found.items())


def _files(plan: Plan, done: bool, keep_copies: bool, words: Words) -> Iterator[str]:
    going = "stays" if keep_copies else "deleted" if done else "will_delete"
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


def value(plan: Plan, done: bool, folder: Path | None, keep_copies: bool) -> dict[str, Any]:
    """The same for `--json`; `folder`: where the act is, None: there is none, or none yet."""
    told, copies = plan.terms, plan.copies
    return {
        "as_of": told.as_of,
        "done": done,
        "act": None if folder is None else str(folder),
        "people": [_term_value(one) | {"why": plan.why[one.key]} for one in plan.people],
        "documents": list(plan.documents),
        "others": [_term_value(one) for one in told.people if one.key not in plan.why],
        "orphans": [{"file": file, "rows": rows, "loaded": loaded} for _, file, rows, loaded in told.orphans],
        "runs": list(plan.runs),
        "runs_held": list(plan.held_runs),
        "log_entries": told.log_entries,
        "log_is_cut": plan.cuts_log,
        "rows": dict(sorted(plan.gone.taken.rows.items())),
        "rows_of_registers": dict(sorted(plan.gone.of_registers.items())),
        "decisions": list(plan.gone.decisions),
        "person_numbers": plan.gone.numbers,
        "kept": [_kept_value(one) for one in plan.kept],
        "files": {
            "inbox": list(copies.inbox),
            "runs": list(copies.runs),
            "written": list(copies.written),
            "backups": list(copies.backups),
            "unread": list(copies.unread),
        },
        "files_to_delete": [] if keep_copies else [*copies.written, *copies.backups],
    }


def _kept_value(one: Kept) -> dict[str, Any]:
    return {
        "who": one.who,
        "table": one.table,
        "source": one.source,
        "rows": one.rows,
        "by": "inn" if one.is_sure else "name",
        "ground": one.ground,
        "official": one.whose or None,
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
