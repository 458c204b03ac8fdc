"""Lists of participants as platforms unload them, made from a known truth: who bid when, and who is called the winner."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from table_files import read, valid, xlsx_bytes

HEADS = {
    "number": ("Номер закупки", "№ закупки", "Реестровый номер закупки", "Номер извещения"),
    "name": ("Наименование участника", "Участник закупки", "Участник", "Заявитель"),
    "inn": ("ИНН", "ИНН участника", "ИНН заявителя", "ИНН/КПП участника"),
    "applied": ("Дата подачи заявки", "Дата и время подачи заявки", "Дата и время регистрации заявки"),
    "won": ("Победитель", "Признан победителем", "Итоги", "Результат", "Статус заявки", "Решение комиссии"),
}
BESIDE = (
    "Порядковый номер заявки", "Цена", "Ранг", "Место", "Ранг/место", "Решение о соответствии", "Дата рассмотрения заявок",
    "Дата подведения итогов", "Дата протокола",
)  # fmt: skip
WON = {True: ("Победитель", "признан победителем"), None: ("", "—")}
LOST = {"Победитель": ("нет", "не победитель"), "Признан победителем": ("нет", "-")}
NOT_CALLED_WINNER = (
    "1 место",
    "соответствует",
    "допущен",
    "не победитель",
    "второе место после победителя",
    "победитель уклонился",
)


def bids(rng: random.Random) -> list[dict[str, Any]]:
    return [
        {
            "number": f"01423000001260{serial // 3:05d}", "name": f"ООО «Вереск {serial}»",
            "inn": valid(f"{rng.choice('40')}{rng.randrange(10, 99)}5{serial:05d}"),
            "applied": dt.date(2026, 1, 10) + dt.timedelta(days=rng.randrange(60)), "won": serial % 3 == 1,
            "place": serial % 3 + 1,
        }
        for serial in range(30)
    ]  # fmt: skip


def cell(rng: random.Random, field: str, heading: str, one: dict[str, Any]) -> Any:
    if field == "applied":
        day = one["applied"]
        return rng.choice(
            (f"{day:%d.%m.%Y}", f"{day:%d.%m.%Y} 10:15:00", f"{day:%d.%m.%Y} 09:00 (МСК)", f"{day:%Y-%m-%dT08:30:00}", day)
        )
    if field == "inn":
        kpp = f"{one['inn']}/420501001" if "КПП" in heading else one["inn"]
        return rng.choice((kpp, int(one["inn"]) if kpp == one["inn"] else kpp, f"{kpp} "))
    if field == "won":
        return rng.choice(WON[True]) if one["won"] else rng.choice(LOST.get(heading, NOT_CALLED_WINNER))
    return one[field]


def beside(heading: str, one: dict[str, Any]) -> Any:
    if heading.startswith("Дата"):
        return dt.date(2026, 5, 5)
    return "соответствует" if heading.startswith("Решение") else one["place"]


@pytest.mark.parametrize("seed", range(12))
def test_what_is_stored_of_bids_is_what_is_true(seed: int) -> None:
    rng = random.Random(seed)
    truth, heads = bids(rng), {field: rng.choice(several) for field, several in HEADS.items()}
    columns: list[tuple[str | None, str]] = [*heads.items(), *((None, heading) for heading in rng.sample(BESIDE, 4))]
    rng.shuffle(columns)
    rows: list[list[Any]] = [["Сведения об участниках закупок"], [], [heading for _, heading in columns]]
    for one in truth:
        rows.append([cell(rng, field, heading, one) if field else beside(heading, one) for field, heading in columns])
        if rng.random() < 0.1:
            rows.append([heading for _, heading in columns])
    given = read(xlsx_bytes(rows))
    assert given.rejects == []
    asked = heads["won"] in LOST
    assert [
        (row["procedure_number"], row["participant"], row["participant_inn"], row["applied_on"], row["winner"])
        for row in given.records["participant"]
    ] == [(one["number"], one["name"], one["inn"], one["applied"], one["won"] if asked else one["won"] or None) for one in truth]


@pytest.mark.parametrize("day", ["Дата рассмотрения заявок", "Дата подведения итогов", "Дата протокола"])
def test_another_day_than_that_of_the_application_is_not_taken_for_it(day: str) -> None:
    rows = [
        ["Номер закупки", "Участник", "ИНН", day, "Место"],
        ["0142300000126000001", "ООО «Вереск»", valid("420500001"), "05.03.2026", 1],
    ]
    row = read(xlsx_bytes(rows)).one("participant")
    assert (row["applied_on"], row["winner"]) == (None, None)
