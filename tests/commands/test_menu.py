"""`affil` alone on a terminal: what is typed becomes commands, and an error of one ends that one."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from in_process import Said

from affil.commands import menu as menu_module
from affil.commands.menu import Menu
from affil.errors import InterruptedByUser
from affil.words import Words

RU = Words("ru")
DONE, FAILED, USAGE = 0, 1, 2

pytestmark = pytest.mark.usefixtures("small_worlds", "commands_built_once", "forms_written_once")


def typed(monkeypatch: pytest.MonkeyPatch, lines: Sequence[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """What the menu takes for a workspace."""
    folder = tmp_path / "Округ (1) & К"
    folder.mkdir()
    (folder / "affil.toml").touch()
    return folder


@pytest.fixture
def sat(monkeypatch: pytest.MonkeyPatch, place: Path) -> Callable[..., list[list[str]]]:
    """The commands that come of what is typed, without the folder they all have."""

    def sit(*lines: str, codes: Sequence[int] = (), action: int | None = None, commands: Sequence[str] = ()) -> list[list[str]]:
        typed(monkeypatch, lines)
        run: list[list[str]] = []
        left = list(codes)

        def carried_out(arguments: Sequence[str]) -> int:
            assert list(arguments[-2:]) == ["-w", str(place)]
            run.append(list(arguments[:-2]))
            return left.pop(0) if left else DONE

        Menu(place, None, RU, carried_out, set(commands)).sit(action)
        return run

    return sit


@pytest.mark.parametrize(
    ("lines", "commands"),
    [
        (["1", ""], [["screen"]]),
        (["1", "2025"], [["screen", "--year", "2025"]]),
        (["2", "да"], [["check", "--letters"]]),
        (["2.", ""], [["check"]]),
        (["3", "1"], [["review"]]),
        (["3", "2"], [["review", "--due"]]),
        (["3", "3", '"D:\\Дела отдела\\findings.xlsx"'], [["review", "--import", "D:\\Дела отдела\\findings.xlsx"]]),
        (["3", ""], []),
        (["4", "0339300042122500037", ""], [["precheck", "--procedure", "0339300042122500037"]]),
        (["4", "Запрос 1.XLSX", "Д"], [["precheck", "--request", "Запрос 1.XLSX", "--sheet", "secretary"]]),
        (["4", ""], []),
        (["5", "00012"], [["person", "00012"]]),
        (["5", "кандидат.xlsx"], [["person", "--candidate", "кандидат.xlsx"]]),
        (["6", "1"], [["kpi"]]),
        (["6", "2"], [["kpi", "--institutions"]]),
        (["6", "3", "1"], [["kpi"]]),  # without `affil diff` there is no third
        (["9", "семь", "", "0"], []),
    ],
)
def test_what_is_typed_becomes_a_command(sat: Any, lines: list[str], commands: list[list[str]]) -> None:
    assert sat(*lines, "0") == commands
    if lines[0] in "123456":
        assert sat(*lines[1:], action=int(lines[0])) == commands


def test_a_number_that_fits_two_is_asked_about_once_more(sat: Any) -> None:
    assert sat("5", "1", "4299001111", "0", codes=[USAGE]) == [["person", "1"], ["person", "1", "--employer", "4299001111"]]
    assert sat("5", "1", "", "0", codes=[USAGE]) == [["person", "1"]]


def test_the_quarter_is_of_the_last_run_and_an_earlier_one(sat: Any, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runs = ["2026-01-10_09-00-00_00000000", "2026-04-10_09-00-00_11111111", "2026-07-10_09-00-00_22222222"]
    (place / "reports" / runs[2]).mkdir(parents=True)
    assert sat("6", "3", "0", commands=["diff"]) == []
    assert "действие 1" in capsys.readouterr().err
    for name in runs[:2]:
        (place / "reports" / name).mkdir()
    assert sat("6", "3", "2", "2-2026", "0", commands=["diff"]) == [["diff", runs[0], "latest", "--period", "2-2026"]]
    assert sat("6", "3", "1", "", "0", commands=["diff"]) == [["diff", runs[1], "latest"]]


def test_on_windows_the_report_is_shown_where_it_is_asked_for(sat: Any, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(os, "startfile", shown.append, raising=False)
    folder = place / "reports" / "2026-01-10_09-00-00_00000000"
    folder.mkdir(parents=True)
    sat("1", "", "да", "1", "", "", "1", "", "0", codes=[DONE, DONE, FAILED])
    assert shown == [folder / "report.html"]


def test_the_menu_goes_on_after_a_failure_and_ends_where_nobody_answers(sat: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert sat("6", "1", "2", "", codes=[FAILED, 5]) == [["kpi"], ["check"]]
    told = capsys.readouterr().err
    assert told.count("6. ") == 3 and "Не всё можно определить" in told
    assert all(f"  {number}. {text}" in told for number, text in enumerate(RU.raw("menu.actions"), start=1))


def test_ctrl_c_at_a_question_leaves_and_one_action_has_its_exit_code(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Pressed(io.StringIO):
        def readline(self, *_: Any) -> str:
            raise InterruptedByUser

    typed(monkeypatch, ["2", ""])
    assert Menu(place, "en", Words("en"), lambda arguments: 5, set()).sit(6) == 5
    monkeypatch.setattr(sys, "stdin", Pressed())
    assert Menu(place, None, RU, lambda arguments: 1 / 0, set()).sit() == DONE  # type: ignore[arg-type,return-value]


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    from affil import cli

    monkeypatch.setattr(menu_module, "is_terminal", lambda: True)
    monkeypatch.setattr(cli, "is_terminal", lambda: True)


def test_alone_it_makes_a_workspace_and_screens_it(
    affil: Callable[..., Said], at_terminal: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    typed(monkeypatch, ["Мой округ", "1", "двадцатый", "6", "1", "0"])
    said = affil()
    assert said.code == DONE
    assert "папку inbox" in said.err and (tmp_path / "Мой округ" / "1 Загрузить и сопоставить.cmd").is_file()
    assert "--year: не подходит" in said.err  # it did not end the menu
    assert "проверенные на аффилированность" in said.out
    assert '-w "Мой округ"' in said.err
    log = affil("audit", "show", "-w", "Мой округ").out
    assert log.count("(kpi)") == 1 and "menu" not in log


def test_without_a_terminal_nothing_is_asked(affil: Callable[..., Said]) -> None:
    assert affil("menu").code == USAGE
    assert "Usage" in affil().out + affil().err
