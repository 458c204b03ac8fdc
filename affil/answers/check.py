"""`affil check`: what was not taken, what people still owe, which extracts to download, what cannot be determined and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from affil.answers.check_completeness import completeness_json, completeness_text
from affil.answers.completeness import Lists
from affil.answers.group_text import group_text
from affil.model.grouped import grouped
from affil.model.run import ALMOST_ALWAYS, RejectRow, Run, Undetermined
from affil.words import Words

MOST_SHOWN = 40


def check_json(run: Run, words: Words, lists: Lists | None = None) -> dict[str, Any]:
    """The answer of `affil check --json`; `lists`: see `lists_of`, default those of the run's own period."""
    return {
        "rejects": [
            {"file": row.file, "sheet": row.sheet, "row": row.row, "column": row.column, "value": row.value, "reason": row.reason,
             "text": _text(row, "reason", words), "remedy": _text(row, "remedy", words), "row_taken": row.row_taken}
            for row in run.rejects
        ],
        "missing_extracts": [{"inn": one.inn, "name": one.name, "kind": one.kind} for one in missing_extracts(run)],
        "unlinked_members": [one.name for one in unlinked_members(run)],
        **completeness_json(run, lists or _of_run(run)),
        "undetermined": [{"kind": one.kind, "name": one.name, "inn": one.inn, "reason": one.reason, "params": one.params} for one in run.undetermined],
        "notes": [{"file": source.file, "text": words.note(note)} for source in run.sources for note in source.notes],
        "unfair_suppliers": [
            {"inn": one.inn, "name": one.name, "purchase": one.number, "date": one.event_date.isoformat(), "entry": one.entry,
             "since": one.since.isoformat(), "until": one.until.isoformat(), "file": one.file, "locator": one.locator}
            for one in run.unfair
        ],
        "counts": run.counts,
    }  # fmt: skip


def missing_extracts(run: Run) -> list[Undetermined]:
    """Suppliers and bidders whose registry extract is to be downloaded, by ИНН."""
    found = {one.inn or one.name: one for one in run.undetermined if one.reason in ("no_extract", "owners_not_given")}
    return [found[key] for key in sorted(found)]


def unlinked_members(run: Run) -> list[Undetermined]:
    """Members of commissions who are none of the officials, by name."""
    return sorted((one for one in run.undetermined if one.reason == "seat_not_linked"), key=lambda one: one.name)


def _of_run(run: Run) -> Lists:
    return Lists(*run.period, run.volume.customers)


def check_text(run: Run, words: Words, lists: Lists | None = None) -> str:
    """The same for people: the first rows of each list and the sums."""
    lines = [*_rejects(run, words), *_notes(run, words), *_members(run, words)]
    lines += [
        *completeness_text(run, lists or _of_run(run), words),
        *_extracts(run, words),
        *_unfair(run, words),
        *_reasons(run, words),
    ]
    return "\n".join(lines) or words("cli.check.good")


def _rejects(run: Run, words: Words) -> Iterator[str]:
    if not run.rejects:
        return
    rows = sum(not row.row_taken for row in run.rejects)
    yield words("cli.check.rejected", rows=rows, values=len(run.rejects) - rows)
    groups = grouped(run.rejects)
    yield from (group_text(group, words) for group in groups[:MOST_SHOWN])
    yield from _more(len(groups), words)


def _notes(run: Run, words: Words) -> Iterator[str]:
    """What readers left out or put right, so that nobody thinks it was in the file as loaded."""
    notes = [(source.file, note) for source in run.sources for note in source.notes]
    if not notes:
        return
    yield words("cli.check.notes", number=len(notes))
    yield from (words("cli.check.note", file=file, text=words.note(note)) for file, note in notes[:MOST_SHOWN])
    yield from _more(len(notes), words, "more_notes")


def _members(run: Run, words: Words) -> Iterator[str]:
    members = unlinked_members(run)
    if members:
        yield words("cli.check.unlinked_members", number=len(members))
        yield from (words("cli.check.member", name=one.name) for one in members[:MOST_SHOWN])
        yield from _more(len(members), words)


def _extracts(run: Run, words: Words) -> Iterator[str]:
    missing = missing_extracts(run)
    if missing:
        yield words("cli.check.missing_extracts", number=len(missing))
        yield from (words("cli.check.extract", inn=one.inn, name=one.name) for one in missing[:MOST_SHOWN])
        yield from _more(len(missing), words)


def _unfair(run: Run, words: Words) -> Iterator[str]:
    """Information and no finding: an entry bars from a purchase only where the notice says so (44-ФЗ ст. 31 ч. 1.1)."""
    if run.unfair:
        yield words("cli.check.unfair", number=len(run.unfair))
        for one in run.unfair[:MOST_SHOWN]:
            days = {key: f"{getattr(one, key):%d.%m.%Y}" for key in ("event_date", "since", "until")}
            yield words("cli.check.unfair_row", inn=one.inn, name=one.name, number=one.number, entry=one.entry, **days)
        yield from _more(len(run.unfair), words, "more_unfair")


def _reasons(run: Run, words: Words) -> Iterator[str]:
    counted = Counter(one.reason for one in run.undetermined)
    examples = {one.reason: one for one in run.undetermined}
    if counted:
        yield words("cli.check.undetermined", number=sum(counted.values()))
    for reason, number in sorted(counted.items(), key=lambda item: (item[0] in ALMOST_ALWAYS, -item[1], item[0])):
        texts = words.raw(f"undetermined.{reason}")
        params = _named(examples[reason].params)
        yield words(
            "cli.check.reason",
            number=number,
            reason=texts.get("short", texts["reason"]).format_map(params),
            remedy=texts["remedy"].format_map(params),
        )


def _more(number: int, words: Words, key: str = "more") -> Iterator[str]:
    if number > MOST_SHOWN:
        yield words(f"cli.check.{key}", number=number - MOST_SHOWN)


class _Ellipsis(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _named(params: dict[str, str]) -> _Ellipsis:
    """In a sum over many, a parameter stands for one of them only."""
    return _Ellipsis(dict.fromkeys(params, "…"))


def _text(row: RejectRow, part: str, words: Words) -> str:
    return str(words.raw(f"rejects.{row.reason}.{part}")).format_map(_Ellipsis(row.params))
