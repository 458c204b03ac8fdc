"""`coverage.csv`: who was compared, how far, and what would make it full (OFFICER 3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from affil.model.run import Coverage, Run
from affil.reports.phrases import coverage_text, label
from affil.reports.table_csv import Cells, table_csv
from affil.words import Words

GROUPS = ("spouse", "child", "parent", "sibling", "spouse.parent", "spouse.sibling", "spouse.child", "child.spouse")


def coverage_csv(run: Run, words: Words, rows: Iterable[Cells] | None = None) -> bytes:
    """One row an official, by name; the columns for the search at the tax service and for who does what are people's.

    `rows`: already made ones.
    """
    return table_csv(words.raw("coverage.headings"), coverage_rows(run, words) if rows is None else rows)


def coverage_rows(run: Run, words: Words) -> Iterator[Cells]:
    """The rows below the headings `coverage`; dates are dates."""
    return (_row(item, run, words) for item in sorted_coverage(run))


def sorted_coverage(run: Run) -> list[Coverage]:
    """Officials by name, then by their post."""
    return sorted(run.coverage, key=lambda item: (item.employee.name, item.employee.key, item.employee.employer_inn or ""))


def joined_reasons(item: Coverage, keys: Iterable[str], part: str, words: Words) -> str:
    """Texts of an official's reasons or remedies, each once."""
    return "; ".join(dict.fromkeys(coverage_text(item, key, part, words) for key in keys))


def _row(item: Coverage, run: Run, words: Words) -> Cells:
    official = item.employee
    return (
        official.employee_id,
        official.name,
        label(words, "reports.status", official.status),
        official.position,
        official.department,
        label(words, "coverage.result", item.result),
        run.started.date(),
        item.questionnaire_date,
        *(label(words, "coverage.group", item.groups.get(group, "no")) for group in GROUPS),
        item.relatives,
        item.relatives_with_inn,
        "",
        item.organisations,
        item.contracts,
        joined_reasons(item, item.reasons, "reason", words),
        joined_reasons(item, item.remedies, "remedy", words),
        "",
        "",
    )
