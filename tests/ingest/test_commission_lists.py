"""Lists of commissions as customers keep them: several members in a cell, roles, votes, substitutes, the customer by name."""
# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from table_files import ORGANISATION, Given, csv_of, read, xlsx_bytes
from worlds import loaded, table

from affil.ingest.inputs import InputFile
from affil.ingest.tables.tabular import TableReader
from affil.model.records import Sink
from affil.store.store import Store

pytestmark = pytest.mark.usefixtures("small_worlds")

FOUR = [("ИВАНОВ И. И.", "председатель"), ("ПЕТРОВА А. С.", "член комиссии"), ("СИДОРОВ ПЁТР ИВАНОВИЧ", "член комиссии")]
WAYS = {
    "one cell, lines": ["Председатель — Иванов И. И., директор\nЧлены комиссии:\nПетрова А. С., бухгалтер\nСидоров Пётр Иванович, завхоз"],
    "one cell, semicolons": ["Председатель – Иванов И. И., директор; члены комиссии: Петрова А. С., Сидоров Пётр Иванович"],
    "one cell, numbered": ["1. Иванов И.И. – председатель\n2. Петрова А.С. – член комиссии;\n3. Сидоров Пётр Иванович, завхоз – член комиссии"],
    "a row each, role before": [
        "Председатель — Иванов И. И., директор", "Член комиссии - Петрова А.С., бухгалтер", "член комиссии: Сидоров Пётр Иванович",
    ],
    "a row each, role behind": [
        "Иванов И. И. (председатель)", "Петрова А. С., бухгалтер, член комиссии", "Сидоров Пётр Иванович – член комиссии, завхоз",
    ],
}  # fmt: skip


def seats(given: Given) -> list[tuple[Any, Any]]:
    return [
        (" ".join(filter(None, (row["surname"], row["given"], row["patronymic"]))), row["role"])
        for row in given.records["commission_seat"]
    ]


def plain(found: list[tuple[Any, Any]]) -> list[tuple[str, str]]:
    return [(name.replace(". ", ".").replace("Ё", "Е"), role) for name, role in found]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("heading", ["Состав комиссии", "ФИО члена комиссии"])
def test_members_and_roles_of_one_cell_are_the_same_as_of_rows(way: str, heading: str) -> None:
    given = read(xlsx_bytes([[heading, "ИНН заказчика"], *([cell, ORGANISATION] for cell in WAYS[way])]))
    assert plain(seats(given)) == plain(FOUR)
    assert given.rejects == []
    assert len({row["customer_inn"] for row in given.records["commission_seat"]}) == 1


def test_every_seat_of_a_cell_has_a_locator_of_its_own() -> None:
    given = read(xlsx_bytes([["Состав комиссии", "ИНН заказчика"], ["Иванов И. И.\nПетрова А. С.", ORGANISATION]]))
    assert [row["locator"] for row in given.records["commission_seat"]] == ["Лист1!R2", "Лист1!R2/2"]


@pytest.mark.parametrize(
    ("cell", "vote", "role"),
    [
        ("Кузнецова О. П. – секретарь (без права голоса)", "", "секретарь (без права голоса)"),
        ("Секретарь без права голоса – Кузнецова О. П.", "", "секретарь (без права голоса)"),
        ("Кузнецова О. П. – секретарь", "нет", "секретарь (без права голоса)"),
        ("Кузнецова О. П., секретарь", "—", "секретарь (без права голоса)"),
        ("Кузнецова О. П., секретарь", "не имеет", "секретарь (без права голоса)"),
        ("Кузнецова О. П., секретарь", "да", "секретарь"),
        ("Кузнецова О. П., секретарь", "", "секретарь"),
        ("Кузнецова О. П.", "без права голоса", "член комиссии (без права голоса)"),
    ],
)  # fmt: skip
def test_who_has_no_vote_is_kept_with_the_role(cell: str, vote: str, role: str) -> None:
    given = csv_of("ФИО члена комиссии;ИНН заказчика;Право голоса", f"{cell};{ORGANISATION};{vote}")
    assert seats(given) == [("КУЗНЕЦОВА О. П.", role)]
    assert given.notes == []


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Сидоров П. И. (на период отпуска Ивановой М. П.)", [("СИДОРОВ П. И.", "член комиссии, на период отпуска Ивановой М. П.")]),
        ("На период отпуска Ивановой М. П. – Сидоров П. И., завхоз", [("СИДОРОВ П. И.", "член комиссии, на период отпуска Ивановой М. П.")]),
        (
            "Иванова М. П., председатель (на время отсутствия — Сидоров П. И.)",
            [("ИВАНОВА М. П.", "председатель"), ("СИДОРОВ П. И.", "член комиссии, на время отсутствия (Иванова М. П.)")],
        ),
    ],
)  # fmt: skip
def test_a_substitute_sits_and_who_is_away_gets_no_seat_by_that(cell: str, found: list[tuple[str, str]]) -> None:
    assert seats(csv_of("ФИО члена комиссии;ИНН заказчика", f"{cell};{ORGANISATION}")) == found


def test_the_days_of_a_substitute_are_taken_from_his_cell() -> None:
    row = csv_of(
        "ФИО члена комиссии;ИНН заказчика",
        f"Сидоров П. И. (на период отпуска Ивановой М. П. с 01.07.2025 по 14.07.2025);{ORGANISATION}",
    ).one("commission_seat")
    assert (row["valid_from"], row["valid_to"]) == (dt.date(2025, 7, 1), dt.date(2025, 7, 14))


@pytest.mark.parametrize(
    "name",
    ["Иванов Иван Иванович", "ИВАНОВ И.И.", "Ким Ен", "Мамедов Али Вели оглы", "О'Нил Джон", "Иванова (Петрова) Анна Львовна"],
)
def test_a_bare_name_is_read_as_ever(name: str) -> None:
    row = csv_of("ФИО члена комиссии;ИНН заказчика;Роль", f"{name};{ORGANISATION};секретарь").one("commission_seat")
    assert (row["name"], row["role"]) == (name, "секретарь")
    assert row["surname"]


ASKED = ["ФИО члена комиссии;Роль", "Иванов И. И.;председатель"]
CUSTOMER_SAID = {
    "column": {"inbox/Комиссия.csv": ["ФИО члена комиссии;Роль;Заказчик", "Иванов И. И.;председатель;МБОУ СОШ № 9"]},
    "title": {"inbox/Комиссия.csv": ["Состав единой комиссии;", "Заказчик: МБОУ СОШ № 9;", *ASKED]},
    "title of the list": {"inbox/Комиссия.csv": ["Состав комиссии по осуществлению закупок МБОУ СОШ № 9;", *ASKED]},
    "folder": {"inbox/МБОУ СОШ № 9/Комиссия.csv": ASKED},
    "a folder called shorter": {"inbox/СОШ 9/Комиссия.csv": ASKED},
    "file": {"inbox/МБОУ СОШ № 9.csv": ASKED},
}
INSTITUTIONS = [{"inn": ORGANISATION, "name": "МБОУ СОШ № 9", "head": "Юшков Пётр Ильич"}]


def stored(root: Path, files: dict[str, list[str]]) -> list[tuple[Any, ...]]:
    table(root / "inbox" / "Учреждения.csv", INSTITUTIONS)
    for name, lines in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), encoding="utf-8-sig")
    with Store.open(None) as store:
        loaded(store, root)
        return store.sql("SELECT customer_inn, customer_by FROM commission_seat").fetchall()


@pytest.mark.parametrize("way", CUSTOMER_SAID)
def test_a_customer_told_by_name_gives_the_seat_his_number(way: str, tmp_path: Path) -> None:
    assert stored(tmp_path, CUSTOMER_SAID[way]) == [(ORGANISATION, "seat_customer_by_name")]


def test_a_list_with_no_customer_at_all_stays_without_one(tmp_path: Path) -> None:
    assert stored(tmp_path, {"inbox/Комиссия.csv": ASKED}) == [(None, None)]


def test_a_customer_nobody_knows_is_kept_by_name_alone(tmp_path: Path) -> None:
    assert stored(tmp_path, {"inbox/МБОУ СОШ № 10/Комиссия.csv": ASKED}) == [(None, None)]


def test_a_list_of_officials_in_the_folder_of_a_customer_is_no_commission() -> None:
    given, sink = Given(), Sink(lambda table, rows: given.records.setdefault(table, []).extend(rows))
    rows = "ФИО;Должность;Телефон\nИванов Иван Иванович;директор;11-11"
    TableReader().read(InputFile("inbox/МБОУ СОШ № 9/Список.csv", data=rows.encode()), sink)
    sink.close()
    assert list(given.records) == ["official"]
