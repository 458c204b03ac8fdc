"""What may be said in public of a run: how much was compared, and what came of it (OFFICER 3.7). Leads nobody has looked at are
not among it: their number says nothing of anybody's conduct and would be read as if it did."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, fields

from affil.model.run import Run
from affil.reports.anonymous.coarse import quarter
from affil.reports.anonymous.numbers import shown_groups, told
from affil.words import Words


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came of the cases of the period; None: the program keeps no account of it, which is not 0.

    To be counted for whole quarters of which none is published twice: the half-year less the first quarter tells the second, and
    what was «менее 5» in it.
    """

    considered: int | None = None
    notices: int | None = None
    recusals: int | None = None
    commission: int | None = None
    measures: int | None = None


def outcomes_of(run: Run) -> Outcomes:
    """What the run counted of its quarter; nothing of any other period."""
    if run.outcomes is None:
        return Outcomes()
    return Outcomes(**{field.name: run.outcomes[field.name] for field in fields(Outcomes)})


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table: its place («1.2»), what is counted, the number as it may be told."""

    place: str
    what: str
    value: str


def figures(run: Run, outcomes: Outcomes, words: Words) -> list[Figure]:
    """The lines of the table, in their order."""
    compared = [item for item in run.coverage if item.result != "none"]
    lines = [Figure("1", words("public.figure.officials"), told(len(compared), words)), *_categories(run, words)]
    volume = run.volume
    counts = {"contracts": volume.all.contracts, "suppliers": volume.suppliers, "participants": volume.participants}
    counts |= {field.name: getattr(outcomes, field.name) for field in fields(outcomes)}
    lines += [Figure(str(n), words(f"public.figure.{key}"), told(counts[key], words)) for n, key in enumerate(counts, start=2)]
    return lines


def _categories(run: Run, words: Words) -> list[Figure]:
    """Officials by category, as far as no category of fewer than 20 can be worked out."""
    known = words.raw("reports.status")
    status = [(key if (key := item.employee.status or "") in known else "", item.result) for item in run.coverage]
    persons, counted = Counter(key for key, _ in status), Counter(key for key, result in status if result != "none")
    named = [(group.keys[0] if group.keys else "", group.counted) for group in shown_groups(persons, counted)]
    texts = [(known[key] if key else words("public.figure.other_categories"), number) for key, number in named]
    letters = words("public.figure.parts")  # «1.1» would be a day to a spreadsheet
    return [Figure(f"1{letter}", text, told(number, words)) for letter, (text, number) in zip(letters, texts, strict=False)]


def site_text(run: Run, outcomes: Outcomes, words: Words) -> str:
    """The text for the site (OFFICER 3.7)."""
    officials = sum(item.result != "none" for item in run.coverage)
    counts = {field.name: told(getattr(outcomes, field.name), words) for field in fields(outcomes)}
    compared = {"officials": told(officials, words), "contracts": told(run.volume.all.contracts, words)}
    return words("public.site.text", period=period_text(run.period, words), **compared, **counts)


def period_text(period: tuple[dt.date | None, dt.date | None], words: Words) -> str:
    """The period in quarters: «1 квартал 2025 года», «2025 год», «1–3 кварталы 2025 года», … no day and no month.

    A period that is not made of whole quarters is named by those it touches, and is said to be a part of them.
    """
    since, until = period
    if since is None and until is None:
        return words("public.period.all")
    if since is None or until is None:
        return words(
            "public.period.from" if since else "public.period.until", quarter=_named(since or until or dt.date.min, words)
        )
    text = _whole(since, until, words)
    return text if _is_whole(since, until) else words("public.period.part", period=text)


def _whole(since: dt.date, until: dt.date, words: Words) -> str:
    if since.year != until.year:
        return words("public.period.both", since=_named(since, words), until=_named(until, words))
    first, last, year = quarter(since), quarter(until), since.year
    if (first, last) == (1, 4):
        return words("public.period.year", year=year)
    return _named(since, words) if first == last else words("public.period.quarters", first=first, last=last, year=year)


def _named(day: dt.date, words: Words) -> str:
    return words("public.period.quarter", quarter=quarter(day), year=day.year)


def _is_whole(since: dt.date, until: dt.date) -> bool:
    after = until + dt.timedelta(days=1)
    return all(day.day == 1 and day.month % 3 == 1 for day in (since, after))
