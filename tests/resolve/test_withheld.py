"""Kin of officials whose category has no basis: not taken, in whatever order the files come and in whatever layout they are."""

from __future__ import annotations

import itertools
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from worlds import loaded, table

from affil.resolve.withheld import KIN_WITHOUT_BASIS, withheld_officials
from affil.settings import Settings, default_settings, filled_toml
from affil.store.loaded import Loaded
from affil.store.outline import stored_rejects
from affil.store.store import Store

pytestmark = pytest.mark.usefixtures("stores_used_again")

EMPLOYER = "4200000012"
WORKER = {"employee_id": "12", "name": "Громов Пётр Ильич", "employer_inn": EMPLOYER, "status": "работник"}
SERVANT = {"employee_id": "13", "name": "Лаптева Вера Олеговна", "employer_inn": EMPLOYER, "status": "муниципальный служащий"}
UNKNOWN = {"employee_id": "14", "name": "Зуева Анна Львовна", "employer_inn": EMPLOYER, "status": ""}
KIN = [
    {"employee_id": "12", "relationship": "жена", "name": "Громова Сапфира Юрьевна", "birth_date": "45.02.1971"},
    {"employee_id": "12", "relationship": "сын", "name": "Громов Рубин Петрович"},
    {"employee_id": "0012", "relationship": "дочь", "name": "САПФИРА 7 (дочь)"},  # no name can be read: refused by the reader
    {"employee_id": "13", "relationship": "муж", "name": "Лаптев Иван Ильич"},
    {"employee_id": "14", "relationship": "муж", "name": "Зуев Олег Ильич"},
]
SECRET = ("Сапфира", "САПФИРА", "Рубин", "РУБИН", "45.02.1971")


def with_basis() -> Settings:
    return Settings.model_validate(
        tomllib.loads(filled_toml("ru", {"legal_basis": {"relatives": {"worker": "акт № 1 от 01.02.2025"}}}))
    )


def everything(store: Store) -> str:
    tables = [name for (name,) in store.sql("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()]
    return json.dumps([store.sql(f"FROM {name}").fetchall() for name in tables], ensure_ascii=False, default=str)


def kin(store: Store) -> list[str]:
    return [
        name
        for (name,) in store.sql("SELECT name FROM relative_in_force WHERE official_key IS NOT NULL ORDER BY name").fetchall()
    ]


def taken(results: list[Loaded], file: str) -> tuple[int, int]:
    (one,) = [one for one in results if one.file.endswith(file)]
    return one.taken.get("relatives", 0), one.rejected


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as store:
        yield store


def test_kin_of_a_worker_is_skipped_and_told_and_nothing_of_it_stays(tmp_path: Path, store: Store) -> None:
    table(tmp_path / "inbox" / "o.csv", [WORKER, SERVANT, UNKNOWN])
    table(tmp_path / "inbox" / "r.csv", KIN)
    assert taken(loaded(store, tmp_path, settings=with_basis()), "r.csv") == (4, 1)
    assert all(sign in everything(store) for sign in ("Сапфира", "САПФИРА 7", "Рубин", "45.02.1971")), (
        "the search finds what is there"
    )
    store.sql("DELETE FROM source"), [store.sql(f"DELETE FROM {name}") for name in ("official", "relative", "reject", "heading")]
    assert taken(loaded(store, tmp_path, settings=default_settings()), "r.csv") == (2, 3)
    assert kin(store) == ["Зуев Олег Ильич", "Лаптев Иван Ильич"]
    assert not [sign for sign in SECRET if sign in everything(store)]
    told = [row for row in stored_rejects(store) if row.reason == KIN_WITHOUT_BASIS]
    assert [(row.row, row.value, row.row_taken) for row in told] == [(2, "12", False), (3, "12", False)]
    assert len(withheld_officials(store)) == 1


FILES: dict[str, list[dict[str, Any]]] = {
    "o.csv": [WORKER, SERVANT, UNKNOWN],
    "r.csv": KIN,
    "p.csv": [{"employee_id": "13", "relationship": "сын", "name": "Лаптев Пётр Иванович"}],
}


@pytest.mark.parametrize("order", list(itertools.permutations(FILES)), ids="-".join)
def test_the_order_of_files_does_not_matter(order: tuple[str, ...], tmp_path: Path, store: Store) -> None:
    for name in order:
        loaded(store, tmp_path, table(tmp_path / "inbox" / name, FILES[name]), settings=default_settings())
    assert kin(store) == ["Зуев Олег Ильич", "Лаптев Иван Ильич", "Лаптев Пётр Иванович"]
    assert not [sign for sign in SECRET if sign in everything(store)]
    assert taken(loaded(store, tmp_path, settings=default_settings()), "r.csv") == (2, 3)


def test_a_basis_written_later_lets_the_next_load_take_them(tmp_path: Path, store: Store) -> None:
    for name, rows in FILES.items():
        table(tmp_path / "inbox" / name, rows)
    loaded(store, tmp_path, settings=default_settings())
    results = loaded(store, tmp_path, settings=with_basis())
    assert taken(results, "r.csv") == (4, 1)
    assert [one.why for one in results if not one.skipped] == ["again"]
    assert len(kin(store)) == 5
    assert not [row for row in stored_rejects(store) if row.reason == KIN_WITHOUT_BASIS]
    loaded(store, tmp_path, settings=default_settings())  # and taken back again where the basis goes
    assert not [sign for sign in SECRET if sign in everything(store)]


def test_a_category_that_turns_out_to_be_another_lets_the_same_load_take_them(tmp_path: Path, store: Store) -> None:
    for name in ("o.csv", "r.csv"):
        loaded(store, tmp_path, table(tmp_path / "inbox" / name, FILES[name]), settings=default_settings())
    assert len(kin(store)) == 2
    table(tmp_path / "inbox" / "o2.csv", [{**WORKER, "status": "муниципальный служащий"}])
    assert taken(loaded(store, tmp_path, settings=default_settings()), "r.csv") == (4, 1)
    assert len(kin(store)) == 4
    table(tmp_path / "inbox" / "o3.csv", [WORKER])  # and a worker again
    assert taken(loaded(store, tmp_path, settings=default_settings()), "r.csv") == (2, 3)
    assert not [sign for sign in SECRET if sign in everything(store)]


def test_a_newer_list_that_tells_no_category_takes_none_away(tmp_path: Path, store: Store) -> None:
    for name in ("o.csv", "r.csv"):
        loaded(store, tmp_path, table(tmp_path / "inbox" / name, FILES[name]), settings=default_settings())
    loaded(store, tmp_path, table(tmp_path / "inbox" / "o2.csv", [{**WORKER, "status": ""}]), settings=default_settings())
    assert len(kin(store)) == 2, "an empty cell says nothing; what his earlier row says holds"


@pytest.mark.parametrize("hint", ["Работники учреждений", "Родственники работников"])
def test_no_title_and_no_file_name_makes_a_worker(hint: str, tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "inbox" / hint
    folder.mkdir(parents=True)
    (folder / f"{hint}.csv").write_text(
        f"{hint};;;\nСведения о работниках;;;\nФИО работника;Степень родства;ФИО родственника;Дата рождения\n"
        "Громов Пётр Ильич;жена;Громова Сапфира Юрьевна;01.02.1971\n",
        encoding="utf-8",
    )
    table(folder / "o.csv", [{**WORKER, "status": ""}])
    loaded(store, tmp_path, settings=default_settings())
    assert kin(store) == ["Громова Сапфира Юрьевна"]


def test_columns_of_kin_in_the_official_s_own_row(tmp_path: Path, store: Store) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "k.csv").write_text(
        "Табельный №;ФИО;Категория лица;ИНН организации;Супруг(а);Дети\n"
        f"12;Громов Пётр Ильич;работник;{EMPLOYER};Громова Сапфира Юрьевна, 01.02.1971;Громов Рубин Петрович, 45.45.2001\n"
        f"13;Лаптева Вера Олеговна;муниципальный служащий;{EMPLOYER};Лаптев Иван Ильич, 01.02.1970;нет\n",
        encoding="utf-8",
    )
    results = loaded(store, tmp_path, settings=with_basis())
    assert kin(store)[:2] == ["Громов Рубин Петрович", "Громова Сапфира Юрьевна"]
    (before,) = [one.taken["relatives"] for one in results]
    (after,) = [one.taken["relatives"] for one in loaded(store, tmp_path, settings=default_settings())]
    assert before - after == 2
    assert not [sign for sign in SECRET if sign in everything(store)]
    assert "Лаптев Иван Ильич" in kin(store)
