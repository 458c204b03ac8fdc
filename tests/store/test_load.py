"""Loading: the same bytes once, a corrected questionnaire in force, a broken file alone, every write whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import duckdb
import pytest
from worlds import loaded, table

from affil.errors import StoreError
from affil.ingest.files import files_in
from affil.ingest.inputs import InputFile
from affil.model.records import Sink
from affil.store import load as load_module
from affil.store.load import load_files
from affil.store.outline import is_unlinked, stored_rejects, stored_sources, with_unlinked
from affil.store.store import Store

OFFICIALS = [
    {"employee_id": "00012", "name": "Громов Пётр Ильич", "employer_inn": "4200000012", "birth_date": "01.02.1970"},
    {"employee_id": "13", "name": "Лаптева Вера Олеговна", "employer_inn": "4200000012", "birth_date": "03.04.1980"},
]


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield opened


def everything(store: Store) -> dict[str, list[Any]]:
    tables = [
        row[0] for row in store.sql("SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'").fetchall()
    ]
    return {name: store.sql(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in sorted(tables) if name not in TEMPORARY}


TEMPORARY = {"linked", "declaration", "listed"}


def in_force(store: Store) -> list[tuple[str, str]]:
    return store.sql("SELECT relationship, name FROM relative_in_force ORDER BY ALL").fetchall()


def test_the_same_bytes_twice_change_nothing(store: Store, tmp_path: Path) -> None:
    table(tmp_path / "inbox" / "officials.csv", OFFICIALS)
    first = loaded(store, tmp_path)
    before = everything(store)
    second = loaded(store, tmp_path)
    assert everything(store) == before
    assert [one.skipped for one in second] == [True]
    assert second[0].taken == first[0].taken == {"officials": 2}


def test_the_same_bytes_under_another_name_are_skipped(store: Store, tmp_path: Path) -> None:
    table(tmp_path / "inbox" / "a.csv", OFFICIALS)
    table(tmp_path / "inbox" / "b.csv", OFFICIALS)
    assert [one.skipped for one in loaded(store, tmp_path)] == [False, True]
    assert store.sql("SELECT count(*) FROM official_in_force").fetchone() == (2,)


def test_relatives_are_tied_to_officials_loaded_later(store: Store, tmp_path: Path) -> None:
    relatives = [{"employee_id": "12", "relationship": "жена", "name": "Громова Анна Павловна"}]
    first = with_unlinked(store, loaded(store, tmp_path, table(tmp_path / "r.csv", relatives)))
    assert (first[0].taken, first[0].rejected) == ({"relatives": 0}, 1)
    assert [row.reason for row in stored_rejects(store)] == ["official_not_found"]
    loaded(store, tmp_path, table(tmp_path / "o.csv", OFFICIALS))
    assert stored_rejects(store) == []
    assert store.sql("SELECT official_key FROM relative").fetchall() == [("4200000012|12",)]


def test_a_corrected_questionnaire_replaces_what_is_in_force_and_keeps_the_old(store: Store, tmp_path: Path) -> None:
    table(tmp_path / "inbox" / "o.csv", OFFICIALS)
    path = tmp_path / "inbox" / "r.csv"
    table(path, [
        {"employee_id": "12", "relationship": "жена", "name": "Громова Анна Павловна"},
        {"employee_id": "12", "relationship": "сын", "name": "Громов Илья Петрович"},
        {"employee_id": "13", "relationship": "муж", "name": "Лаптев Иван Ильич"},
    ])  # fmt: skip
    loaded(store, tmp_path)
    table(path, [{"employee_id": "12", "relationship": "жена", "name": "Громова Алла Павловна"}])
    loaded(store, tmp_path)
    assert in_force(store) == [("жена", "Громова Алла Павловна"), ("муж", "Лаптев Иван Ильич")]
    assert store.sql("SELECT count(*) FROM relative").fetchone() == (4,), "nothing is lost"


def test_a_later_table_of_other_kin_adds_to_the_older_one(store: Store, tmp_path: Path) -> None:
    table(tmp_path / "inbox" / "1 o.csv", OFFICIALS)
    table(tmp_path / "inbox" / "2 r.csv", [{"employee_id": "12", "relationship": "жена", "name": "Громова Анна Павловна"}])
    loaded(store, tmp_path)
    table(tmp_path / "inbox" / "3 in-laws.csv", [{"employee_id": "12", "relationship": "тёща", "name": "Мухина Лидия Фоминична"}])
    loaded(store, tmp_path)
    assert [relationship for relationship, _ in in_force(store)] == ["жена", "тёща"]


def test_the_later_questionnaire_date_wins_whatever_was_loaded_first(store: Store, tmp_path: Path) -> None:
    new = [{"employee_id": "12", "relationship": "жена", "name": "Громова Алла Ильинична", "questionnaire_date": "01.03.2026"}]
    old = [{"employee_id": "12", "relationship": "жена", "name": "Громова Анна Павловна", "questionnaire_date": "01.03.2024"}]
    loaded(store, tmp_path, table(tmp_path / "o.csv", OFFICIALS))
    loaded(store, tmp_path, table(tmp_path / "new.csv", new))
    loaded(store, tmp_path, table(tmp_path / "old.csv", old))
    assert in_force(store) == [("жена", "Громова Алла Ильинична")]


def test_an_id_and_a_name_of_two_officials_are_a_conflict(store: Store, tmp_path: Path) -> None:
    rows = [{"employee_id": "12", "official_name": "Лаптева Вера Олеговна", "relationship": "муж", "name": "Лаптев Иван Ильич"}]
    loaded(store, tmp_path, table(tmp_path / "o.csv", OFFICIALS), table(tmp_path / "r.csv", rows))
    assert [row.reason for row in stored_rejects(store)] == ["id_name_conflict"]


def test_a_name_that_fits_two_officials_is_ambiguous_until_the_employer_tells(store: Store, tmp_path: Path) -> None:
    twins = [{**OFFICIALS[0], "employee_id": None}, {**OFFICIALS[0], "employee_id": None, "employer_inn": "4200000020"}]
    rows = [
        {"official_name": "Громов Петр Ильич", "relationship": "сын", "name": "Громов Илья Петрович"},
        {"official_name": "Громов П.И.", "employer_inn": "4200000020", "relationship": "сын", "name": "Громов Олег Петрович"},
    ]
    loaded(store, tmp_path, table(tmp_path / "o.csv", twins), table(tmp_path / "r.csv", rows))
    assert [(row.reason, row.row) for row in stored_rejects(store)] == [("official_ambiguous", 2)]
    assert store.sql("SELECT name FROM relative WHERE official_key IS NOT NULL").fetchall() == [("Громов Олег Петрович",)]


def test_a_contract_that_comes_again_corrected_is_one_contract(store: Store, tmp_path: Path) -> None:
    row = {
        "contract_number": "5",
        "customer_inn": "4200000012",
        "supplier": "ООО «Луч»",
        "signed_on": "01.02.2025",
        "price": "10",
    }
    loaded(store, tmp_path, table(tmp_path / "1.csv", [row]))
    loaded(store, tmp_path, table(tmp_path / "2.csv", [{**row, "price": "12"}]))
    assert [float(price) for (price,) in store.sql("SELECT price FROM contract_in_force").fetchall()] == [12.0]


def test_a_broken_file_never_stops_the_others(store: Store, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    table(inbox / "2.csv", OFFICIALS)
    (inbox / "1.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (inbox / "0.xml").write_bytes(b"<?xml version='1.0'?><EGRUL><\x00")
    (inbox / "3.bin").write_bytes(bytes(range(256)))
    results = {one.file: one for one in loaded(store, tmp_path)}
    assert results["inbox/2.csv"].taken == {"officials": 2}
    assert all(results[name].rejected for name in ("inbox/1.xlsx", "inbox/0.xml", "inbox/3.bin"))
    assert {row.file for row in stored_rejects(store)} == {"inbox/0.xml", "inbox/1.xlsx", "inbox/3.bin"}


def test_a_reader_that_falls_over_leaves_nothing_of_its_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Falling:
        kind = "table"

        def read(self, file: object, sink: Sink) -> None:
            sink.write("official", [{"locator": "R1", "name": "Громов Пётр Ильич"}])
            raise RuntimeError("halfway")

    monkeypatch.setattr(load_module, "reader_for", lambda file, among: Falling())
    from affil.ingest.inputs import InputFile

    results = load_files(store, [InputFile("x", data=b"1")], dt.datetime(2025, 1, 1), lambda _: None)
    assert results[0].kind == "unreadable"
    assert store.sql("SELECT count(*) FROM official").fetchone() == (0,)
    assert [row.reason for row in stored_rejects(store)] == ["reader_failed"]


class Reading:
    """A reader of birth dates, one official a line; a date that is none the store does not take."""

    kind = "table"

    def read(self, file: InputFile, sink: Sink) -> None:
        for number, line in enumerate(file.open().read().decode().split(), 1):
            sink.add("official", f"R{number}", {"name": "Громов Пётр Ильич", "birth_date": line})
            sink.count("officials")


def days(name: str, *lines: str) -> InputFile:
    return InputFile(name, data="\n".join(lines).encode())


@pytest.mark.parametrize("together", [1 << 19, 25, 0])
def test_a_file_the_store_cannot_take_spoils_none_of_those_written_with_it(
    store: Store, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr(load_module, "reader_for", lambda file, among: Reading())
    monkeypatch.setattr(load_module, "TOGETHER", together)
    files = [
        days("1", "1970-01-01", "1971-01-01"), days("2", "1972-01-01", "no-day"), days("3", "1973-01-01"),
        days("4", "1973-01-01"), days("5", "1974-01-01", "1975-01-01"),
    ]  # fmt: skip
    heard: list[Any] = []
    results = load_files(store, files, dt.datetime(2025, 1, 1), heard.append)
    assert heard == results
    assert [one.file for one in results] == ["1", "2", "3", "4", "5"]
    assert [(one.kind, one.taken.get("officials"), one.skipped) for one in results] == [
        ("table", 2, False), ("unreadable", None, False), ("table", 1, False), ("table", 1, True), ("table", 2, False),
    ]  # fmt: skip
    found = "SELECT file, year(birth_date) FROM official JOIN source USING (source_id) ORDER BY ALL"
    assert store.sql(found).fetchall() == [("1", 1970), ("1", 1971), ("3", 1973), ("5", 1974), ("5", 1975)]
    assert [(row.file, row.reason) for row in stored_rejects(store)] == [("2", "reader_failed")]


def test_a_load_cut_short_before_rows_are_tied_is_noticed(store: Store, tmp_path: Path) -> None:
    table(tmp_path / "inbox" / "officials.csv", OFFICIALS)
    assert not is_unlinked(store)
    load_files(store, files_in([tmp_path / "inbox"], tmp_path), dt.datetime(2025, 1, 1), lambda one: None)
    assert is_unlinked(store)
    loaded(store, tmp_path)
    assert not is_unlinked(store)


def test_rows_of_nobody_are_told_under_the_usual_heading(store: Store, tmp_path: Path) -> None:
    table(tmp_path / "inbox" / "officials.csv", [{"employee_id": "1", "name": "Лосев Ян Кимович"}])
    table(
        tmp_path / "inbox" / "relatives.csv",
        [{"official_name": "Громов Пётр Ильич", "relationship": "сын", "name": "Громов Олег Петрович"}],
    )
    loaded(store, tmp_path)
    assert [(row.column, row.reason) for row in stored_rejects(store)] == [("ФИО служащего", "official_not_found")]


def test_a_store_whose_making_was_cut_short_is_made_again(tmp_path: Path) -> None:
    duckdb.connect(str(tmp_path / "affil.duckdb")).close()
    with Store.open(tmp_path / "affil.duckdb") as opened:
        assert opened.sql("SELECT count(*) FROM official").fetchone() == (0,)


@pytest.mark.parametrize(("lang", "said"), [("ru", "хранилище не открывается"), ("en", "cannot be opened")])
def test_a_file_that_is_no_store_is_told_in_the_language_asked_for(lang: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "affil.duckdb").write_text("not a store", encoding="utf-8")
    with pytest.raises(StoreError, match=said):
        Store.open(tmp_path / "affil.duckdb", lang)


def test_ctrl_c_in_the_middle_of_a_file_leaves_it_to_be_loaded_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table(tmp_path / "inbox" / "officials.csv", OFFICIALS)
    with monkeypatch.context() as patch:
        patch.setattr(Sink, "close", interrupted)
        with pytest.raises(RuntimeError, match="interrupted"):
            loaded(store, tmp_path)
    assert store.sql("SELECT count(*) FROM source").fetchone() == (0,)
    assert [one.taken for one in loaded(store, tmp_path)] == [{"officials": 2}]


def interrupted(_: Sink) -> None:
    raise RuntimeError("Query interrupted")


class HeldOpen(InputFile):
    """A file another program holds open, as Excel does on Windows."""

    def open(self) -> BinaryIO:
        raise PermissionError(13, "Permission denied", self.name)


def test_a_file_held_open_is_told_once_and_forgotten_when_it_can_be_read(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path / "inbox" / "officials.csv", OFFICIALS)
    now = dt.datetime(2025, 1, 1)
    for _ in range(2):
        load_files(store, [HeldOpen("inbox/officials.csv", path=path)], now, lambda one: None)
        assert [(row.reason, dict(row.params)) for row in stored_rejects(store)] == [("no_access", {"why": "Permission denied"})]
    load_files(store, [InputFile("inbox/officials.csv", path=path)], now, lambda one: None)
    assert stored_rejects(store) == []
    assert store.sql("SELECT kind FROM source").fetchall() == [("table",)]


def test_an_empty_file_is_called_empty(store: Store, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "empty.xlsx").write_bytes(b"")
    loaded(store, tmp_path)
    assert [row.reason for row in stored_rejects(store)] == ["empty_file"]


def test_what_a_reader_remarked_is_told_of_a_file_loaded_now_and_kept(store: Store, tmp_path: Path) -> None:
    table(tmp_path / "inbox" / "officials.csv", [{**row, "Паспорт": "1"} for row in OFFICIALS])
    (first,) = loaded(store, tmp_path)
    assert first.notes == ("columns_not_loaded|Паспорт",)
    assert [source.notes for source in stored_sources(store)] == [first.notes]
