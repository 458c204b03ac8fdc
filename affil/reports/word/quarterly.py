"""The information to the region for a quarter, and the same table for a year: numbers alone (OFFICER 3.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from affil.answers.quarter import Figures, Numbers
from affil.model.run import Run
from affil.reports.anonymous.coarse import quarter
from affil.reports.values import date_text, in_text, part_text, spaced_price
from affil.reports.word.frame import write_letterhead, write_signatures
from affil.reports.word.given import spaced, text_of
from affil.reports.word.paper import Imprint, Paper
from affil.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table; `place` is its number («7.10»), `values` stand under the headings."""

    place: str
    what: str
    values: tuple[str, ...]


def table_lines(periods: Sequence[Figures], words: Words) -> list[Line]:
    """The lines in their order: a value for each of the periods, then that of national projects in the last of them."""
    return [
        Line(place, what, (*(_filled(value, one.all, words) for one in periods), _filled(national, periods[-1].national, words)))
        for place, (what, value, national) in words.raw("quarter.rows").items()
    ]


def information_docx(run: Run, periods: Sequence[Figures], earlier: str | None, imprint: Imprint, words: Words) -> bytes:
    """The document. `periods`: the quarter and the year to its end, or the year alone; `run` is that of the last of them, whose
    settings give the letterhead; `earlier` is the run that tells what is new."""
    paper = Paper(imprint, words, words("quarter.file_title"), marked=False)
    write_letterhead(paper, run, [], words)
    first = periods[0]
    named = {"quarter": quarter(first.until), "year": first.until.year}
    kind = "quarter" if len(periods) > 1 else "year"
    plan = text_of(run, "documents", "plan") or words("quarter.no_plan")
    paper.title(words("quarter.title"), words(f"quarter.about_{kind}", plan=plan, **named))
    paper.text(_told(first, kind, named, words))
    rows = [(line.place, line.what, *line.values) for line in table_lines(periods, words)]
    paper.table(words.raw(f"quarter.headings_{kind}"), rows, (1, 6.5, *(3.2 for _ in periods), 3))
    paper.text(words("quarter.note"), size=10)
    paper.text(runs_text(periods, earlier, words), size=10)
    paper.gap()
    write_signatures(paper, run, words)
    return paper.saved()


def runs_text(periods: Sequence[Figures], earlier: str | None, words: Words) -> str:
    """Which runs the figures are of."""
    told = [
        words("quarter.runs_one", run=one.run, since=date_text(one.since), until=date_text(one.until)) for one in periods
    ]  # fmt: skip
    return words("quarter.runs", runs="; ".join(told), earlier=earlier or words("quarter.no_earlier"))


def _told(period: Figures, kind: str, named: Mapping[str, int], words: Words) -> str:
    found = words(f"quarter.text.{'found' if period.all['ties'] else 'nothing'}").format(**_shown(period.all, words))
    return words(f"quarter.text.{kind}").format(**_shown(period.all, words), **named, found=found)


def _filled(template: str, numbers: Numbers, words: Words) -> str:
    return template.format(**_shown(numbers, words))


def _shown(numbers: Numbers, words: Words) -> dict[str, str]:
    shown = {key: _number(value, words) for key, value in numbers.items()}
    officials, checked = numbers.get("officials"), numbers.get("officials_checked")
    if isinstance(officials, int) and isinstance(checked, int):
        shown["officials_share"] = in_text(part_text(checked, officials), words)
    return shown


def _number(value: int | Decimal | None, words: Words) -> str:
    if value is None:
        return words("quarter.unknown")
    return in_text(spaced_price(value), words) if isinstance(value, Decimal) else spaced(value)
