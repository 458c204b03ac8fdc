"""The whole way: same content, same bytes; the period asked for; nothing leaves the machine; outputs as promised."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import hashlib
import io
import json
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from worlds import loaded, screened

from affil.errors import AffilError
from affil.graph.evidence import verify
from affil.model.run import Run
from affil.pipeline import Scope
from affil.reports.findings_csv import findings_csv
from affil.reports.findings_json import findings_json
from affil.reports.folder import write_run
from affil.store.store import Store
from affil.words import Words

DISTRICT = Path(__file__).parents[1] / "sample_data" / "district"
RU = Words("ru")


@pytest.fixture(scope="module")
def loaded_district() -> Iterator[Store]:
    with Store.open(None) as store:
        loaded(store, DISTRICT)
        yield store


@pytest.fixture
def district(loaded_district: Store) -> Iterator[Store]:
    """The district; what a test changes is taken back after it."""
    with loaded_district.undone():
        yield loaded_district


@pytest.fixture(scope="module")
def plain(loaded_district: Store) -> Run:
    return screened(loaded_district)


def shuffle_rows(store: Store) -> None:
    """Put the rows of every table into another physical order."""
    for (table,) in store.sql("SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'").fetchall():
        store.sql(f"CREATE TEMP TABLE shuffled AS SELECT * FROM {table} ORDER BY hash(rowid + 7)")
        store.sql(f"DELETE FROM {table}")
        store.sql(f"INSERT INTO {table} SELECT * FROM shuffled ORDER BY random()")
        store.sql("DROP TABLE shuffled")


def test_shuffled_rows_give_the_same_bytes(plain: Run, district: Store) -> None:
    shuffle_rows(district)
    other = screened(district)
    assert findings_json(other) == findings_json(plain)
    assert findings_csv(other, RU) == findings_csv(plain, RU)


def test_files_in_another_order_and_one_by_one_give_the_same_bytes(plain: Run) -> None:
    files = sorted(path for path in (DISTRICT / "inbox").rglob("*") if path.is_file())
    random.Random(5).shuffle(files)
    with Store.open(None) as store:
        for file in files:
            loaded(store, DISTRICT, file)
        other = screened(store)
    assert findings_json(other) == findings_json(plain)
    assert findings_csv(other, RU) == findings_csv(plain, RU)


def test_one_thread_gives_the_same_bytes(plain: Run, loaded_district: Store) -> None:
    ((threads,),) = loaded_district.sql("SELECT current_setting('threads')").fetchall()
    try:
        other = screened(loaded_district.with_one_thread())
    finally:
        loaded_district.sql(f"SET threads = {threads}")
    assert findings_json(other) == findings_json(plain)


def test_rows_of_a_table_in_another_order_change_nothing_but_where_they_stand(plain: Run, tmp_path: Path) -> None:
    shutil.copytree(DISTRICT / "inbox", tmp_path / "inbox")
    table = tmp_path / "inbox" / "Закупки" / "Участники.csv"
    head, *rows = table.read_text(encoding="utf-8-sig").splitlines()
    random.Random(3).shuffle(rows)
    table.write_text("\r\n".join([head, *rows]) + "\r\n", encoding="utf-8-sig", newline="")
    with Store.open(None) as store:
        loaded(store, tmp_path)
        other = screened(store)
    assert other.id == plain.id, "the run is named by what the records say"
    assert without_places(other) == without_places(plain)


def without_places(run: Run) -> list[Any]:
    found = json.loads(findings_json(run))["findings"]
    for one in found:
        for step in [*one["path"], *(step for path in one["other_paths"] for step in path["path"])]:
            step["source"].pop("locator")
    return found


def test_a_period_keeps_purchases_with_an_event_in_it_and_names_another_run(plain: Run, loaded_district: Store) -> None:
    march = screened(loaded_district, Scope(dt.date(2025, 3, 1), dt.date(2025, 3, 31)))
    assert march.id != plain.id
    bought = [one for one in march.findings if one.contract or one.procedure]  # a relation that lasts is of no period
    days = [one.procedure.applied_on if one.procedure else one.contract.signed_on if one.contract else None for one in bought]
    assert days
    assert all(day and day.month == 3 for day in days)
    assert {one.id for one in march.findings} <= {one.id for one in plain.findings}


def test_the_date_of_staleness_changes_no_finding(plain: Run, loaded_district: Store) -> None:
    later = screened(loaded_district, Scope(as_of=dt.date(2031, 1, 1)))
    assert findings_json(later) == findings_json(plain)
    assert sum("stale_questionnaire" in one.reasons for one in later.coverage) > sum(
        "stale_questionnaire" in one.reasons for one in plain.coverage
    )


def test_csv_read_by_another_reader_has_the_cases_and_purchases_of_the_json(plain: Run) -> None:
    text = findings_csv(plain, RU).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    pairs = {(row["Код связи"], row["№ контракта"].lstrip("'"), row["№ закупки"].lstrip("'")) for row in rows}
    assert len(pairs) == len(rows), "one row a case and purchase"
    assert {row["Код связи"] for row in rows} == {one.tie for one in plain.findings}


def test_a_finding_the_records_do_not_bear_out_stops_the_run(plain: Run, district: Store) -> None:
    verify(district, plain.findings)
    district.sql("UPDATE registry_tie SET inn = '421234567890' WHERE inn IS NOT NULL")
    with pytest.raises(AffilError, match="does not follow from the"):
        verify(district, plain.findings)


def test_a_run_folder_is_whole_and_never_overwritten(plain: Run, tmp_path: Path) -> None:
    first, second = write_run(plain, tmp_path, "ru"), write_run(plain, tmp_path, "en")
    assert first != second
    assert (tmp_path / "latest").read_text(encoding="utf-8").strip() == second.name
    names = {
        "findings.json",
        "findings.csv",
        "findings.xlsx",
        "coverage.csv",
        "not_determinable.csv",
        "rejects.csv",
        "report.html",
        "manifest.json",
    }
    assert names < {path.name for path in first.iterdir()}
    assert (first / "findings.json").read_bytes() == (second / "findings.json").read_bytes()


def test_the_page_is_readable_without_scripts_and_within_its_size(plain: Run, tmp_path: Path) -> None:
    page = (write_run(plain, tmp_path, "ru") / "report.html").read_text(encoding="utf-8")
    (script,) = re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert "default-src 'none'" in page and f"script-src 'sha256-{digest}'" in page, "no script but this one, and nothing fetched"
    assert len(page.encode()) < 1_000_000
