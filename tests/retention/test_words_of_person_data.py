"""The answer to a person's request and the log in words people use: each value under the heading of its own table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from purge_world import workspace


def test_a_value_stands_under_the_heading_of_its_own_table(affil: Callable[..., Any], tmp_path: Path) -> None:
    root = str(workspace(tmp_path / "w").root)
    assert affil("load", "-w", root).code == 0
    assert affil("person-data", "12", "-w", root).code == 0
    said = affil("person-data", "12", "-w", root).out
    assert "Место в комиссии: С; Значение: 01.01.2018" in said  # «Дата вступления в брак» is another table's `from`
    assert "Поиск в открытых сервисах: Дата поиска; Значение: 01.02.2019" in said
    assert "Уведомление: Вид уведомления; Значение: подарок" in said
    assert "gift" not in said and "kind_text" not in said
    assert "account:" not in said and "учётная запись" not in said and "Действие: ответ на обращение лица" in said


def test_the_log_tells_of_a_purge_and_a_hold_in_words(affil: Callable[..., Any], tmp_path: Path) -> None:
    root = str(workspace(tmp_path / "w").root)
    assert affil("load", "-w", root).code == 0
    assert affil("purge", "-w", root).code == 0
    assert affil("hold", "13", "--by", "Петрова А. Б.", "--why", "запрос суда", "-w", root).code == 0
    said = affil("audit", "show", "-w", root).out
    assert "уничтожено: нет; субъектов: 1; папок прогонов: 0" in said
    assert "снято: нет" in said and "False" not in said
