"""The quarter's information: outcomes counted by hand, figures of the shipped district counted again from its own files."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from worlds import loaded, screened

from affil.answers.completeness import is_quarter
from affil.answers.outcomes import lines, outcomes
from affil.answers.quarter import figures
from affil.audit.entry import Entry as Looked
from affil.decisions.course import Event, entry_of, undo_of
from affil.decisions.events import event_kinds
from affil.model.run import Run
from affil.pipeline import Scope
from affil.reports.anonymous.summary import Outcomes, outcomes_of
from affil.reports.word.quarterly import table_lines
from affil.settings import default_settings
from affil.store.store import Store
from affil.words import LANGUAGES, Words

DISTRICT = Path(__file__).parents[2] / "sample_data" / "district"
PLAN = default_settings().plan
QUARTER = (dt.date(2026, 1, 1), dt.date(2026, 3, 31))


def empty() -> Run:
    """A run over everything that found nothing."""
    day = dt.date(2026, 5, 1)
    return Run("R-0", "0", dt.datetime(2026, 5, 1), (), (), (), (), (), {}, {}, {}, (None, None), day)


def event(number: int, kind: str, outcome: str | None, on: dt.date) -> Event:
    return Event(kind, f"T-{number:012x}", "Петрова Анна Борисовна", on, dt.datetime(2026, 5, 1), outcome)


def test_events_are_counted_by_case_within_the_period_and_undone_ones_not_at_all() -> None:
    last, after = QUARTER[1], dt.date(2026, 4, 1)
    happened = [
        event(1, "measure", "recusal", QUARTER[0]), event(1, "measure", "recusal", last),  # one case, decided twice
        event(2, "measure", "replacement", last), event(3, "measure", "recusal", after),
        event(4, "commission", "conflict", last), event(5, "commission", "no_conflict", last),
        event(6, "closed", "not_established", last), event(7, "tie", "not_established", last), event(8, "tie", "unsure", last),
        event(9, "identity", "different", last), event(10, "notice", "filed", last), event(11, "notice", "not_filed", last),
        event(12, "measure", "sanction", last), event(13, "closed", "handed_over", last),
    ]  # fmt: skip
    log = [entry_of(one) for one in happened]
    log.append(undo_of(log[-2], "Петрова Анна Борисовна", after, "ошибка", dt.datetime(2026, 5, 2)))
    counted = {line: number for line, number in outcomes(log, QUARTER).items() if number}
    assert counted == {
        "recusals": 2, "commission": 2, "commission_conflict": 1, "commission_no_conflict": 1, "tie_not_established": 2,
        "identity_not_established": 1, "notices": 1, "handed_over": 1,
        "considered": 6,  # 1, 2, 6, 7, 9, 13
        "measures": 2,
    }  # fmt: skip
    assert outcomes(log, QUARTER, {"T-000000000001"})["recusals"] == 1


def test_every_line_counts_events_there_are() -> None:
    kinds = event_kinds()
    for told in (told for events in lines().values() for told in events):
        kind, _, outcome = told.partition(".")
        assert kind in kinds and (not outcome or outcome in kinds[kind].outcomes), told


def _contracts(since: dt.date, until: dt.date) -> list[dict[str, str]]:
    """The rows of the district's list that have a supplier, by another reader."""
    [file] = (DISTRICT / "inbox").rglob("Перечень контрактов*.csv")
    text = file.read_text(encoding="cp1251")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    start = next(number for number, row in enumerate(rows) if "ИНН поставщика" in row)
    found = [dict(zip(rows[start], row, strict=False)) for row in rows[start + 1 :]]
    days = [(row, row.get("Дата заключения", "")) for row in found if row.get("Поставщик") or row.get("ИНН поставщика")]
    return [row for row, day in days if day and since <= dt.datetime.strptime(day, "%d.%m.%Y").date() <= until]


def test_the_figures_of_the_district_are_those_of_its_own_files() -> None:
    since, until = dt.date(2025, 7, 1), dt.date(2025, 9, 30)
    looked = [
        Looked(1, dt.datetime.combine(until, dt.time(18)), "x", "precheck", '{"findings": 2, "open": true}', "", ""),
        Looked(2, dt.datetime.combine(until, dt.time(19)), "x", "precheck", '{"findings": 0, "open": false}', "", ""),
        Looked(3, dt.datetime.combine(until, dt.time(19)), "x", "precheck", '{"result": "failed"}', "", ""),
        Looked(4, dt.datetime.combine(until + dt.timedelta(days=1), dt.time(0)), "x", "precheck", '{"findings": 1}', "", ""),
        Looked(5, dt.datetime.combine(until, dt.time(19)), "x", "screen", "{}", "", ""),
    ]  # fmt: skip
    with Store.open(None) as store:
        loaded(store, DISTRICT)
        run = screened(store, Scope(since, until, until))
        found = figures(store, run, PLAN, {run.findings[0].tie}, [], looked)
    bought = _contracts(since, until)
    prices = [Decimal(row["Цена контракта, руб."].replace("\xa0", "").replace(" ", "").replace(",", ".") or 0) for row in bought]
    assert (found.all["contracts"], found.all["price"]) == (len(bought), sum(prices))
    small = [
        price for row, price in zip(bought, prices, strict=True)
        if row["Основание (пункт ч. 1 ст. 93)"].startswith(("п. 4 ч. 1", "п. 5 ч. 1"))
    ]  # fmt: skip
    assert (found.all["small"], found.all["small_price"]) == (len(small), sum(small))
    ties = {one.tie for one in run.findings if one.path.identity_grade != "D" or one.path.confidence >= 0.5}
    assert (found.all["ties"], found.all["new"]) == (len(ties), len(ties - {run.findings[0].tie}))
    assert (found.all["open"], found.all["closed"], found.all["in_progress"]) == (len(ties), 0, 0)
    assert [found.all[f"prechecks{kind}"] for kind in ("", "_to_decide", "_open")] == [2, 1, 1]
    for lang in LANGUAGES:
        told = table_lines([found, found], Words(lang))
        assert told[0].place == "1" and told[-1].place == "8" and all(len(line.values) == 3 for line in told)
    assert run.outcomes is not None and outcomes_of(run) == Outcomes(0, 0, 0, 0, 0)


def test_only_a_quarter_has_public_outcomes() -> None:
    """The half-year less the first quarter would tell what was «менее 5» in the second."""
    year = [dt.date(2025, 1, 1) + dt.timedelta(days=days) for days in range(366)]
    quarters = {(since, until) for since in year for until in year if is_quarter(since, until)}
    assert quarters == {
        (dt.date(2025, 1, 1), dt.date(2025, 3, 31)), (dt.date(2025, 4, 1), dt.date(2025, 6, 30)),
        (dt.date(2025, 7, 1), dt.date(2025, 9, 30)), (dt.date(2025, 10, 1), dt.date(2025, 12, 31)),
    }  # fmt: skip
    assert not is_quarter(None, None) and not is_quarter(None, dt.date(2025, 3, 31))
    half = empty()
    assert half.outcomes is None and outcomes_of(half) == Outcomes()


def test_figures_need_a_period_with_both_ends() -> None:
    with Store.open(None) as store, pytest.raises(ValueError, match="both ends"):
        figures(store, empty(), PLAN, None, [], [])
