"""`affil review --import`: what people filled in in `findings.xlsx`, by row key only; nothing is taken in halves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from affil.commands.common import print_json, say, tell
from affil.commands.match_options import now
from affil.commands.review_desk import Desk, Wanted
from affil.commands.review_filled import told_in
from affil.commands.review_text import event_value
from affil.commands.review_told import Told
from affil.decisions.course import event_of
from affil.decisions.entry import CASE, UNDO, Entry
from affil.errors import AffilError, InputError
from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError
from affil.reports.values import date_text
from affil.reports.workbook.filled import KEY, CellFault, FilledRow, filled_rows
from affil.review.recorded import Act
from affil.words import Words


def import_workbook(desk: Desk, file: Path, dry_run: bool, as_json: bool) -> None:
    """Add what the workbook says and the log does not; `InputError` naming every cell that must be put right first."""
    words = desk.words
    rows, faults = _read(file, words)
    told, more, notes = told_in(desk, rows)
    faults += more
    wanted, refused = _wanted(desk, told)
    shown = [*(_shown(fault, words) for fault in faults), *refused]
    if shown:
        _refuse(file, shown, as_json, words)
    for note in notes:
        tell(note)
    if dry_run:
        desk.looked_at([one.item for one in wanted])
    fresh = [] if dry_run or not wanted else desk.record(wanted)
    if as_json:
        print_json(_value(desk, file, wanted, fresh, dry_run))
    else:
        say("\n".join(_lines(file, wanted, dry_run, sum(bool(row.cells.get("by")) for row in rows), words)))
        if fresh:
            tell(words("review.next"))


def _read(file: Path, words: Words) -> tuple[list[FilledRow], list[CellFault]]:
    try:
        rows, faults = filled_rows(InputFile(str(file), file))
    except FileRefusedError as error:
        reject = error.reject
        why = words(f"rejects.{reject.reason}.reason", **reject.params)
        raise InputError(words("review.import.unreadable", file=file, why=why)) from None
    except OSError as error:
        raise InputError(words("review.import.unreadable", file=file, why=error.strerror or error)) from None
    if not rows or not any(KEY in row.columns for row in rows):
        heading = words.raw("workbook.course.headings")[-1]
        raise InputError(words("review.import.no_sheet", file=file, heading=heading))
    return rows, faults


def _refuse(file: Path, shown: Sequence[tuple[str, str]], as_json: bool, words: Words) -> None:
    if as_json:
        print_json({"file": str(file), "added": [], "faults": [{"where": where, "text": text} for where, text in shown]})
    lines = "\n".join(words("review.import.fault", where=where, text=text) for where, text in shown)
    raise InputError(words("review.import.faults", file=file, number=len(shown), faults=lines))


def _shown(fault: CellFault, words: Words) -> tuple[str, str]:
    params = dict(fault.params)
    if fault.key == "date_number":
        params["meant"] = words("review.import.date_meant", day=params["day"]) if params["day"] else ""
    if fault.key == "contradicts":
        params |= {name: words(params[name]) for name in ("found", "before")}
        params["what"] = words(f"review.import.{params['what']}")
    where = words("review.import.where", sheet=fault.place.sheet, cell=fault.place.cell)
    return where, words(f"review.import.{fault.key}").format(**params)


def _wanted(desk: Desk, told: Iterable[Told]) -> tuple[list[Wanted], list[tuple[str, str]]]:
    """The acts in an order no shuffling changes, and what stands against one of them, by cell."""
    wanted, refused = list[Wanted](), list[tuple[str, str]]()
    verdicts: dict[str, str] = {}
    at = now()
    for one in sorted(told, key=lambda one: one.order):
        act = Act(one.kind, one.by, one.on, one.outcome, one.why, one.documents, one.number, one.due, (), one.assessed_by)
        candidate = Wanted(one.item, act, one.purchases or None)
        where = desk.words("review.import.where", sheet=one.place.sheet, cell=one.place.cell)
        try:
            made = desk.entries(candidate, at)
        except AffilError as error:
            refused.append((where, str(error)))
            continue
        refused += [(where, text) for text in _against(made, verdicts, desk.words)]
        wanted.append(candidate)
    return wanted, refused


def _against(made: Sequence[Entry], verdicts: dict[str, str], words: Words) -> list[str]:
    """Two rows of one file may judge the same two persons in two cases: they must judge alike."""
    found = []
    for entry in made:
        if entry.kind != CASE and verdicts.setdefault(entry.subject, entry.verdict) != entry.verdict:
            before, now_ = (words(f"match.entry.{one}") for one in (verdicts[entry.subject], entry.verdict))
            found.append(
                words("review.import.contradicts", other="", what=words("review.import.what_case"), found=now_, before=before)
            )
    return found


def _lines(file: Path, wanted: Sequence[Wanted], dry_run: bool, rows: int, words: Words) -> list[str]:
    if not wanted:
        return [words("review.import.nothing", file=file, rows=rows)]
    head = words("review.import.would" if dry_run else "review.import.done", file=file, number=len(wanted))
    return [head, *(_line(one, words) for one in wanted)]


def _line(one: Wanted, words: Words) -> str:
    act, case = one.act, one.item.case
    outcome = words(f"course.outcome.{act.kind}.{act.outcome}") if act.outcome else ""
    return words(
        "review.import.row", where=one.item.tie, near=case.near.name, far=case.far.name, what=words(f"course.event.{act.kind}"),
        outcome=words("review.case.event_outcome", text=outcome) if outcome else "", on=date_text(act.on), by=act.by,
    )  # fmt: skip


def _value(desk: Desk, file: Path, wanted: Sequence[Wanted], fresh: Sequence[Entry], dry_run: bool) -> dict[str, object]:
    events = [event_of(entry) for entry in fresh if entry.kind == CASE and entry.verdict != UNDO]
    would = [
        {"tie": one.item.tie, "event": one.act.kind, "outcome": one.act.outcome, "on": one.act.on, "by": one.act.by,
         "purchases": sorted(one.purchases or ())} for one in wanted
    ]  # fmt: skip
    done = {"would_add": would} if dry_run else {"added": [event_value(event) for event in events]}
    return {"file": str(file), "dry_run": dry_run, "faults": [], **done}
