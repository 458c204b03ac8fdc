"""`affil load --map`: an unknown heading is asked about once, the answer kept, and files that have it are read again."""

from __future__ import annotations

import builtins
import json
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import table

from affil.ingest.vocabulary.own_headings import with_heading
from affil.settings import default_toml
from affil.store.store import Store

pytestmark = pytest.mark.usefixtures("small_worlds")

OFFICIALS = [{"employee_id": "12", "name": "Громов Пётр Ильич", "employer_inn": "4200000012"}]
KIN = [{"Таб. №": "12", "Кто кому": "брат", "ФИО родственника": "Громов Олег Ильич", "Цвет глаз": "карие"}]
RELATIONSHIP = "4"  # in the list of the fields of relatives, from 1


@pytest.fixture
def space(tmp_path: Path, affil: Callable[..., Any]) -> Path:
    affil("init", str(tmp_path / "w"))
    table(tmp_path / "w" / "inbox" / "o.csv", OFFICIALS)
    table(tmp_path / "w" / "inbox" / "kin.csv", KIN)
    return tmp_path / "w"


def answers(monkeypatch: pytest.MonkeyPatch, *given: str) -> list[str]:
    """Somebody sits at the terminal and enters these; the prompts as they come."""
    waiting, asked = iter(given), list[str]()

    def entered(prompt: str = "") -> str:
        asked.append(prompt)
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr(builtins, "input", entered)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    return asked


def rows(space: Path, statement: str) -> list[Any]:
    with Store.open(space / "affil.duckdb") as store:
        return store.sql(statement).fetchall()


def test_the_answer_is_kept_and_the_file_read_again(
    space: Path, affil: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = affil("load", "-w", str(space))
    assert "Незнакомых заголовков: 2; affil load --map" in first.err
    assert "!! inbox/kin.csv: НЕ ЗАГРУЖЕН" in first.err
    assert "«Степень родства (свойства)»" in first.err
    before = (space / "affil.toml").read_text(encoding="utf-8")
    asked = answers(monkeypatch, "мусор", "99", RELATIONSHIP, "0")
    said = affil("load", "--map", "-w", str(space))
    assert said.code == 0, said
    assert len(asked) == 4
    settings = tomllib.loads((space / "affil.toml").read_text(encoding="utf-8"))
    assert settings["headings"] == {"relatives": {"Кто кому": "relationship", "Цвет глаз": "-"}}
    kept = (space / "affil.toml").read_text(encoding="utf-8")
    assert kept.startswith(before.rstrip("\n")), "comments and order stay"
    assert rows(space, "SELECT relationship, name, official_key FROM relative") == [
        ("брат", "Громов Олег Ильич", "4200000012|12")
    ]
    assert rows(space, "SELECT kind, rejected FROM source WHERE file = 'inbox/kin.csv'") == [("table", 0)]
    asked = answers(monkeypatch)
    again = affil("load", "--map", "-w", str(space))
    assert asked == []
    assert "Незнакомых заголовков с заполненными ячейками нет." in again.err
    assert json.loads(affil("load", "--json", "-w", str(space)).out)["files"][0]["skipped"]


def test_a_heading_mapped_by_hand_makes_the_next_load_read_the_file_again(space: Path, affil: Callable[..., Any]) -> None:
    affil("load", "-w", str(space))
    settings = space / "affil.toml"
    plain = settings.read_bytes()
    for mapped, names in (
        (b'[headings.relatives]\n"\xd0\xba\xd1\x82\xd0\xbe  \xd0\xba\xd0\xbe\xd0\xbc\xd1\x83" = "relationship"\n', 1),
        (b"", 0),
    ):
        settings.write_bytes(plain + mapped)
        assert affil("load", "-w", str(space)).code == 0
        assert rows(space, "SELECT count(*) FROM relative") == [(names,)], "and taken back when the line is taken out"


def test_where_nobody_can_be_asked_it_says_how_to_write_it_by_hand(
    space: Path, affil: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    said = affil("load", "--map", "-w", str(space))
    assert said.code == 0
    assert '"Кто кому" = "-"' in said.out
    assert "[headings.relatives]" in said.out
    listed = json.loads(affil("load", "--map", "--json", "-w", str(space)).out)["headings"]
    assert [(one["table"], one["heading"], one["files"]) for one in listed] == [
        ("relatives", "Кто кому", ["inbox/kin.csv"]), ("relatives", "Цвет глаз", ["inbox/kin.csv"]),
    ]  # fmt: skip
    assert "relationship" in listed[0]["fields"]


def test_a_file_that_is_gone_is_told(space: Path, affil: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    affil("load", "-w", str(space))
    (space / "inbox" / "kin.csv").unlink()
    answers(monkeypatch, RELATIONSHIP)
    assert "inbox/kin.csv: заголовок понят, но файла" in affil("load", "--map", "-w", str(space)).err


@pytest.mark.parametrize(("line", "said"), [
    ('[headings.relative]\n"Кто" = "relationship"', "headings.relative: такой таблицы нет; допустимы: "),
    ('[headings.relatives]\n"Кто" = "kin"', "у заголовка «Кто» указано поле kin, такого нет; допустимы: "),
    ('[headings.relatives]\n"Кто" = 5', "headings.relatives.Кто: найдено 5; ожидалось"),
])  # fmt: skip
def test_a_wrong_mapping_is_one_line_that_says_what_is_allowed(
    space: Path, affil: Callable[..., Any], line: str, said: str
) -> None:
    with (space / "affil.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    told = affil("load", "-w", str(space))
    assert told.code == 1
    assert said in told.err
    assert told.err.count("\n") == 1


HEADINGS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12)


@given(
    st.lists(st.tuples(st.sampled_from(["relatives", "contracts"]), HEADINGS, st.sampled_from(["name", "-"])), max_size=5),
    st.booleans(),
)
def test_whatever_the_heading_the_text_holds_it_and_all_that_stood_there(
    mapped: list[tuple[str, str, str]], windows: bool
) -> None:
    text = default_toml("ru").replace("\n", "\r\n" if windows else "\n")
    wanted = tomllib.loads(text)
    for table_name, heading, field in mapped:
        if heading in wanted["headings"].get(table_name, {}):
            continue
        text = with_heading(text, table_name, heading, field)
        wanted["headings"].setdefault(table_name, {})[heading] = field
    assert tomllib.loads(text) == wanted
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert comments == [line for line in default_toml("ru").splitlines() if line.startswith("#")]
    assert ("\n" in text.replace("\r\n", "")) != windows or not windows


@pytest.mark.parametrize("written", ['headings.relatives = {"Кто" = "name"}', '[headings]\nrelatives."Кто" = "name"'])
def test_a_section_written_in_an_unusual_way_is_left_alone(written: str) -> None:
    with pytest.raises(ValueError, match="relatives"):
        with_heading(f"{written}\n", "relatives", "Кем", "relationship")
