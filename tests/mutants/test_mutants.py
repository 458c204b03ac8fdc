"""The tool behind `make mutants`: which changes it makes, that they take hold, and that a test that cannot fail is found out."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from mutant_changes import Change, changes
from mutant_live import Live
from mutant_texts import is_sql, sql_changes, yaml_changes
from run import EQUAL, PLAN, ROOT, files_of, interval, is_equal, mutants

SOURCE = '''"""A module."""
from functools import cache

LIMIT = 3
QUESTION = f"SELECT a FROM b WHERE c > {LIMIT}"


@cache
def is_many(number: int, least: int = 2) -> bool:
    """Docstring."""
    return number > LIMIT and not number < least


class Shelf:
    def first(self, row: dict[str, int]) -> int:
        return row["place"] + 1
'''


@pytest.fixture
def loaded(tmp_path: Path) -> Iterator[tuple[Live, ModuleType]]:
    """The source above as a loaded module."""
    (tmp_path / "shelves.py").write_text(SOURCE, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("shelves", tmp_path / "shelves.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["shelves"] = module
    spec.loader.exec_module(module)
    yield Live(tmp_path, ["shelves.py"]), module
    del sys.modules["shelves"]


def change_told(told: str) -> Change:
    return next(one for one in changes("shelves.py", SOURCE) if one.told == told)


def test_every_change_of_a_module_is_told_once_and_names_of_columns_stay() -> None:
    assert [(one.line, one.told) for one in changes("shelves.py", SOURCE)] == [
        (4, "3  ->  4"),
        (5, "SQL SELECT a FROM b WHERE c [>]  ->  [>=]"),
        (11, "return number > LIMIT and (not number < least)  ->  return None"),
        (11, "number > LIMIT and (not number < least)  ->  number > LIMIT or not number < least"),
        (11, "number > LIMIT  ->  number >= LIMIT"),
        (11, "not number < least  ->  number < least"),
        (11, "number < least  ->  number <= least"),
        (16, "return row['place'] + 1  ->  return None"),
        (16, "row['place'] + 1  ->  row['place'] - 1"),
        (16, "1  ->  2"),
    ]


def test_a_change_takes_hold_where_the_function_is_known_already(loaded: tuple[Live, ModuleType]) -> None:
    live, module = loaded
    known = module.is_many
    assert not known(3)
    assert live.make(change_told("number > LIMIT  ->  number >= LIMIT")) is None
    known.cache_clear()
    assert known(3)
    assert live.make(change_told("row['place'] + 1  ->  row['place'] - 1")) is None
    assert module.Shelf().first({"place": 1}) == 0


def test_a_value_of_the_module_reaches_what_was_made_of_it(loaded: tuple[Live, ModuleType]) -> None:
    live, module = loaded
    assert live.make(change_told("3  ->  4")) is None
    assert (module.LIMIT, module.QUESTION) == (4, "SELECT a FROM b WHERE c > 4")


def test_of_sql_neither_comments_nor_the_and_of_between_are_touched() -> None:
    text = "SELECT x FROM t -- a AND b = 1\nWHERE d BETWEEN 1 AND 2 AND k <> 'a = b'"
    assert [new for _, new in sql_changes(text)] == [
        text.replace("BETWEEN 1", "BETWEEN 2"),
        text.replace("AND 2", "AND 3"),
        text.replace("2 AND", "2 OR"),
        text.replace("<>", "="),
        text.replace("'a = b'", "'a = bXX'"),
    ]
    assert is_sql(text)
    assert not is_sql("Where it was and is")


def test_of_a_statute_an_item_a_day_and_an_answer_are_changed() -> None:
    text = "from: 2022-07-01  # 160-ФЗ\ntold: true\nto: null\nasks: [child, spouse]\nyes:\n  - parent.parent"
    assert [new for _, new in yaml_changes(text)] == [
        text.replace("from: 2022-07-01  # 160-ФЗ", "from: 2022-07-02"),
        text.replace("true", "false"),
        text.replace("null", "2023-01-01"),
        text.replace("child, spouse", "spouse"),
        text.replace("child, spouse", "child"),
        text.replace("\n  - parent.parent", ""),
    ]


def test_the_interval_of_a_share_is_wilsons() -> None:
    low, high = interval(85, 100)  # by hand: middle 0.8370, half 0.0698
    assert (round(low, 3), round(high, 3)) == (0.767, 0.907)
    assert interval(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize("part", PLAN["parts"])
def test_every_part_has_files_that_can_be_changed(part: str) -> None:
    assert files_of(part)
    assert any(mutants(file) for file in files_of(part))
    assert {file for file in files_of(part) if not file.endswith(".py")} <= PLAN["read_by"].keys()
    assert all((ROOT / path).exists() for path in [*PLAN["read_by"], *PLAN["read_by"].values(), *PLAN["tests"]["paths"]])


@pytest.mark.parametrize("known", EQUAL, ids=lambda known: str(known["at"])[:40])
def test_a_change_said_to_make_no_difference_is_one_that_can_be_made(known: dict[str, str]) -> None:
    """An entry whose line has changed since is to be read anew."""
    assert sum(is_equal(one, known) for one in mutants(known["file"])) == 1
    assert len(known["why"]) > 20
