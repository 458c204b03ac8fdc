"""The sheet «О прогоне»: what the run was made by and of, in lines of a label and its values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from affil.model.finding import PRIORITIES
from affil.model.run import Run
from affil.reports.case_rows import CaseRow
from affil.reports.phrases import in_language, label, often_lines
from affil.reports.values import date_text
from affil.words import Words

SHEETS = ("cases", "steps", "namesakes", "undetermined", "coverage", "course", "sources", "about")
RESULTS = ("full", "limited", "none")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet: `section` begins a part, `head` names columns, `line` has a label and up to three values."""

    kind: str
    cells: tuple[str | int, ...]


def about_lines(run: Run, rows: tuple[CaseRow, ...], words: Words, checksum: str) -> list[Line]:
    """All lines in order."""
    parts = [
        _run(run, words, checksum),
        _disclaimer(words),
        _numbers(run, rows, words),
        _changes(run, words),
        _sheets(words),
        _settings(run, words),
        _rules(run, words),
        _often(run, words),
    ]
    return [line for part in parts for line in part]


def _section(key: str, words: Words) -> Line:
    return Line("section", (words(f"workbook.about.{key}"),))


def _run(run: Run, words: Words, checksum: str) -> Iterator[Line]:
    since, until = (date_text(bound) or "…" for bound in run.period)
    period = words("page.period_all") if run.period == (None, None) else f"{since} — {until}"
    values = {
        "run": run.id,
        "version": run.version,
        "started": f"{date_text(run.started.date())}, {run.started:%H:%M:%S}",
        "period": period,
        "as_of": date_text(run.as_of),
        "rules_date": date_text(run.rules_date) or words("paper.no_date"),
        "checksum": checksum,
    }
    yield Line("section", (words("workbook.sheet.about"),))
    yield from (Line("line", (words(f"workbook.about.{key}"), value)) for key, value in values.items())
    yield Line("line", (words("reports.personal_data"),))


def _disclaimer(words: Words) -> Iterator[Line]:
    yield Line("line", (words("workbook.about.disclaimer"), words("reports.disclaimer")))


def _numbers(run: Run, rows: tuple[CaseRow, ...], words: Words) -> Iterator[Line]:
    yield _section("numbers", words)
    known = list(words.raw("workbook.count"))
    for key in sorted(run.counts, key=lambda key: (known.index(key) if key in known else len(known), key)):
        yield Line("line", (label(words, "workbook.count", key), run.counts[key]))
    results = Counter(item.result for item in run.coverage)
    for result in RESULTS:
        told = label(words, "coverage.result", result)
        yield Line("line", (words("workbook.about.coverage", result=told), results[result]))
    yield from _cases(run, rows, words)


def _cases(run: Run, rows: tuple[CaseRow, ...], words: Words) -> Iterator[Line]:
    cases = {row.case.number: row.case for row in rows}.values()
    shown = [case for case in cases if not case.name_only]
    priorities = Counter(case.priority for case in shown)
    values: dict[str, int | str] = {
        "findings": len(run.findings),
        "cases": len(shown) or words("workbook.about.no_cases"),
        "purchases": sum(case.purchase_count for case in shown),
        "namesakes": len(cases) - len(shown),
        "undetermined": len(run.undetermined),
        "rejects": len(run.rejects),
    }
    yield from (Line("line", (words(f"workbook.about.{key}"), value)) for key, value in values.items())
    for priority in PRIORITIES:
        told = label(words, "reports.priority", priority)
        yield Line("line", (words("workbook.about.priority", priority=told), priorities[priority]))


def _changes(run: Run, words: Words) -> Iterator[Line]:
    """Against the run before, in ties."""
    told = run.changes
    if told is None:
        return
    yield _section("changes", words)
    yield Line("line", (words("workbook.about.before"), told.run))
    for key in ("new", "gone", "changed", "reopened"):
        yield Line("line", (words(f"workbook.changes.{key}"), getattr(told, key)))


def _sheets(words: Words) -> Iterator[Line]:
    yield _section("sheets", words)
    yield from (Line("line", (words(f"workbook.sheet.{name}"), words(f"workbook.note.{name}"))) for name in SHEETS)


def _settings(run: Run, words: Words) -> Iterator[Line]:
    """All that decides; the language of documents does not."""
    yield _section("settings", words)
    for key, value in _flat(run.settings, words):
        if key != "language":
            yield Line("line", (key, value))


def _flat(value: object, words: Words, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key in sorted(value, key=str):
            yield from _flat(value[key], words, f"{path}.{key}" if path else str(key))
    elif isinstance(value, set | frozenset):
        yield path, "; ".join(sorted(str(item) for item in value)) or words("workbook.no_value")
    elif isinstance(value, list | tuple):
        yield path, "; ".join(str(item) for item in value) or words("workbook.no_value")
    else:
        yield path, words("workbook.no_value") if value is None else str(value)


def _rules(run: Run, words: Words) -> Iterator[Line]:
    yield Line("section", (words("workbook.about.rules"), len(run.rules)))
    if run.own_rules:
        yield Line("line", (words("workbook.about.own_rules"), run.own_rules))
    heads = ("rule_id", "rule_title", "rule_bases", "rule_hash")
    yield Line("head", tuple(words(f"workbook.about.{head}") for head in heads))
    for key in sorted(run.rules):
        rule = run.rules[key]
        yield Line("line", (rule.id, in_language(rule.title, words), "; ".join(rule.bases), rule.sha256))


def _often(run: Run, words: Words) -> Iterator[Line]:
    lines = often_lines(run, words)
    if lines:
        yield _section("often", words)
        yield from (Line("line", ("", text)) for text in lines)
