"""`affil rules check` and `affil rules test` as a user of his own rules meets them: exit codes, one plain line, JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

DONE, FAILED, USAGE = 0, 1, 2
pytestmark = pytest.mark.usefixtures("stores_used_again")
RULE = """\
id: own-rule
status: draft
title: {ru: Правило, en: A rule}
about: official
events: [award]
path: [kin: {groups: [spouse]}, control: {kinds: [sole-proprietor]}, supplies: {}]
priority: {base: low}
bases: [{id: "273-ФЗ ст. 10"}]
"""
CASES = """\
- name: wife supplies
  kind: positive
  why: she is the supplier herself
  officials: [{employee_id: "1", name: Юшков Пётр Ильич, employer_inn: org 1}]
  relatives: [{employee_id: "1", relationship: жена, name: Юшкова Анна Олеговна, inn: person 2}]
  contracts: [{signed_on: 2025-03-04, customer_inn: org 1, supplier: Юшкова Анна Олеговна, supplier_inn: person 2}]
  expect: [{supplier: person 2, official: "1", kinship: spouse, priority: low}]
- {name: nobody, kind: near-miss, why: there is no contract}
"""


@pytest.fixture
def place(affil: Any, tmp_path: Path) -> Path:
    """A workspace with one own rule and its cases."""
    assert affil("init", str(tmp_path / "w"))[0] == DONE
    (tmp_path / "w" / "rules").mkdir()
    (tmp_path / "w/rules/own-rule.yml").write_text(RULE, encoding="utf-8")
    (tmp_path / "w/rules/own-rule.cases.yml").write_text(CASES, encoding="utf-8")
    return tmp_path / "w"


def test_a_clean_workspace(affil: Any, place: Path) -> None:
    code, out, _ = affil("rules", "check", "-w", str(place))
    assert code == DONE
    assert out.splitlines()[-1].endswith("ошибок: 0, замечаний: 4.")


def test_every_fault_is_a_line_and_the_exit_code_one(affil: Any, place: Path) -> None:
    (place / "rules/own-rule.yml").write_text(
        RULE.replace("about: official", "abuot: official").replace("base: low", "base: lo"), "utf-8"
    )
    code, out, err = affil("rules", "check", "-w", str(place))
    assert code == FAILED and err == ""
    told = [line for line in out.splitlines() if line.startswith("own-rule.yml")]
    assert [line.split(": найдено")[0].split(": ожидалось")[0] for line in told] == [
        "own-rule.yml: about", "own-rule.yml: abuot", "own-rule.yml: priority.base",
    ]  # fmt: skip
    code, out, _ = affil("rules", "check", "-w", str(place), "--json", "--lang", "en")
    told = json.loads(out)
    assert code == FAILED
    assert [sorted(fault) for fault in told["faults"]] == [["expected", "file", "found", "key", "kind", "remedy"]] * 3
    assert told["faults"][2]["expected"].startswith("one of: first, high, normal, low")


@pytest.mark.parametrize(
    "command", [("rules", "list"), ("rules", "show", "own-rule"), ("rules", "test"), ("screen",), ("check",)]
)
def test_a_wrong_rule_stops_every_command_with_one_plain_line(command: tuple[str, ...], affil: Any, place: Path) -> None:
    (place / "rules/own-rule.yml").write_text(RULE.replace("groups: [spouse]", "group: [spouse]"), encoding="utf-8")
    code, out, err = affil(*command, "-w", str(place))
    assert (code, out) == (FAILED, "")
    (line,) = err.splitlines()
    assert "own-rule.yml: path.0.kin" in line and "ожидалось" in line and "Traceback" not in line


def test_cases_that_come_out_as_told(affil: Any, place: Path) -> None:
    code, out, _ = affil("rules", "test", "own-rule", "-w", str(place))
    assert code == DONE
    assert " ".join(out.splitlines()[0].split()) == "own-rule положительных: 1 из 1, близких, но не подходящих: 1 из 1"


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("priority: low", "priority: high", "priority low вместо high"),
        ("kinship: spouse", "kinship: child", "kinship spouse вместо child"),
        ("relationship: жена", "relationship: сестра", "не найдено"),
        ("signed_on: 2025-03-04", "signed_on: не знаю", "таблица contracts, столбец signed_on, значение «не знаю»"),
    ],
)
def test_cases_that_do_not(was: str, becomes: str, told: str, affil: Any, place: Path) -> None:
    (place / "rules/own-rule.cases.yml").write_text(CASES.replace(was, becomes), encoding="utf-8")
    if was.startswith("signed_on"):  # the quickest: nothing is asked of a case that is not taken
        code, out, _ = affil("rules", "test", "own-rule", "-w", str(place))
        assert code == FAILED
        assert "wife supplies" in out and told in out
    code, out, _ = affil("rules", "test", "own-rule", "-w", str(place), "--json")
    (rule,) = json.loads(out)
    assert code == FAILED
    assert [fault["case"] for fault in rule["faults"]][:1] == ["wife supplies"]
    assert told in rule["faults"][0]["fault"]
    assert rule["cases"]["positive"] == {"passed": 0, "number": 1}


def test_a_rule_nobody_knows_is_wrong_usage(affil: Any, place: Path) -> None:
    code, _, err = affil("rules", "test", "no-such-rule", "-w", str(place))
    assert code == USAGE
    assert "no-such-rule" in err


def test_without_a_workspace_the_shipped_rules_are_looked_at(affil: Any, tmp_path: Path) -> None:
    code, out, _ = affil("rules", "check", "-w", str(tmp_path))
    assert code == DONE
    assert out.splitlines()[-1].startswith("Правил просмотрено: ")
