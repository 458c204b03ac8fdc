"""What the command line says to wrong usage: the exit codes of CONTRACT 2, one plain line, in the language of the officer."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from in_process import Said

from affil import __version__, pipeline

DONE, FAILED, USAGE = 0, 1, 2


@pytest.fixture
def workspace(affil: Any, tmp_path: Path) -> str:
    folder = str(tmp_path / "Рабочая папка 1")
    assert affil("init", folder).code == DONE
    return folder


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--year", "0"), "год 0"),
        (("--year", "99999"), "год 99999"),
        (("--year", "2025", "--from", "2025-01-01"), "вместе не задаются"),
        (("--from", "31.12.2025", "--to", "2025-01-01"), "позже его конца"),
        (("--from", "2025-13-01"), "не понята"),
        (("--as-of", "вчера"), "не понята"),
        (("--fail-on", "urgent"), "неизвестен"),
        (("--lang", "de"), "неизвестен"),
    ],
)
def test_wrong_usage_of_screen_is_2_and_one_line(affil: Any, workspace: str, arguments: tuple[str, ...], said: str) -> None:
    ended = affil("screen", "-w", workspace, *arguments)
    assert (ended.code, ended.out) == (USAGE, "")
    assert said in ended.err and len(ended.err.splitlines()) == 1


@pytest.mark.parametrize("command", [("screen",), ("load",), ("check",), ("explain", "F-1")])
def test_no_workspace_is_1_in_the_language_asked_for(affil: Any, tmp_path: Path, command: tuple[str, ...]) -> None:
    ended = affil(*command, "-w", str(tmp_path / "nowhere"), "--lang", "en")
    assert (ended.code, ended.out) == (FAILED, "")
    assert "no affil workspace" in ended.err
    assert affil(*command, "-w", str(tmp_path / "nowhere"), "--lang", "de").code == USAGE


def test_the_version_is_told_without_a_workspace(affil: Any) -> None:
    assert affil("--version") == Said(DONE, f"affil {__version__}\n", "")


def test_a_missing_file_and_a_missing_inbox_are_told_in_russian(affil: Any, workspace: str) -> None:
    assert "нет" in affil("load", "-w", workspace, "нет-такого.xlsx").err
    (Path(workspace) / "inbox").rmdir()
    ended = affil("screen", "-w", workspace)
    assert (ended.code, "такого файла или папки нет" in ended.err) == (FAILED, True)


def test_errors_speak_the_language_of_the_settings(affil: Any, workspace: str) -> None:
    settings = Path(workspace) / "affil.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('language = "ru"', 'language = "en"'), encoding="utf-8")
    assert affil("explain", "F-1", "-w", workspace).err.startswith("Not done: there is no code F-1")
    assert affil("explain", "F-1", "-w", workspace, "--lang", "ru").err.startswith("Не выполнено")


def test_the_locale_counts_only_where_nothing_else_does(affil: Any, workspace: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert "Circumstances" in affil("rules", "list", "-w", str(Path(workspace).parent)).out
    assert "Обстоятельства" in affil("rules", "list", "-w", workspace).out
    lines = affil("rules", "list", "-w", workspace).out.splitlines()
    assert len({len(line) - len(line.split(maxsplit=1)[1]) for line in lines}) == 1, "titles stand in one column"


def test_every_answer_on_rules_comes_as_json(affil: Any) -> None:
    shown = json.loads(affil("rules", "show", "in-law-supplier", "--json").out)
    listed = {rule["id"]: rule["title"] for rule in json.loads(affil("rules", "list", "--json").out)}
    assert shown["title"] == listed[shown["id"]]
    assert "273-ФЗ ст. 10" in shown["bases"]


def pressed(*_: object) -> None:
    signal.raise_signal(signal.SIGINT)


def met_by_the_store(*_: object) -> None:
    raise RuntimeError("Query interrupted")


@pytest.mark.parametrize("interrupted", [pressed, met_by_the_store])
def test_ctrl_c_is_told_as_such_also_where_it_meets_the_store(
    affil: Any, workspace: str, monkeypatch: pytest.MonkeyPatch, interrupted: Callable[..., None]
) -> None:
    monkeypatch.setattr(pipeline, "screen", interrupted)
    ended = affil("check", "-w", workspace)
    assert (ended.code, ended.err.startswith("Прервано")) == (FAILED, True)


def test_init_answers_as_json(affil: Callable[..., Said], tmp_path: Path) -> None:
    said = affil("init", "--json", str(tmp_path / "place"))
    assert (said.code, json.loads(said.out)) == (DONE, {"workspace": str(tmp_path / "place")})


def test_rows_that_belong_to_no_official_are_told_by_load_once_all_files_are_in(
    affil: Callable[..., Said], tmp_path: Path
) -> None:
    place = tmp_path / "place"
    affil("init", str(place))
    (place / "inbox" / "a.csv").write_text("ФИО;Табельный №\nГромов Пётр Ильич;1\n", encoding="utf-8")
    (place / "inbox" / "b.csv").write_text(
        "Табельный №;Родство;Родственник\n1;жена;Громова Анна Юрьевна\n2;жена;Лаптева Вера Олеговна\n", encoding="utf-8"
    )
    said = affil("load", "-w", str(place))
    assert said.code == DONE
    assert "без служащего: 1" in said.err
    (place / "inbox" / "c.csv").write_text("ФИО;Табельный №\nЛаптев Олег Ильич;2\n", encoding="utf-8")
    assert "без служащего" not in affil("load", "-w", str(place)).err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("screeen",), "команды «screeen» нет; похоже на: screen. Пример и параметры: affil --help"),
        (("screen", "--yeaar", "3"), "параметра --yeaar нет; похоже на: --year. Пример и параметры: affil screen --help"),
        (("explain",), "не хватает значения «finding». Пример и параметры: affil explain --help"),
        (("screen", "--year", "этот"), "--year: не подходит; нужно целое число"),
        (("kpi", "--headcount", "0"), "--headcount: не подходит"),
        (("screen", "--year"), "после --year нужно значение"),
        (("explain", "F-1", "F-2"), "лишнее: «F-2»"),
        (("match", "shwo"), "Пример и параметры: affil match --help"),
    ],
)
def test_what_cannot_be_understood_is_one_line_with_where_help_is(affil: Any, arguments: tuple[str, ...], said: str) -> None:
    ended = affil(*arguments)
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (USAGE, "", 1)
    assert said in ended.err and ended.err.startswith("Не выполнено: ")


def test_a_key_that_a_library_met_is_no_code_of_its_own(affil: Any, workspace: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def met(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "screen", met)
    ended = affil("check", "-w", workspace)
    assert (ended.code, ended.err.startswith("Прервано")) == (FAILED, True)
