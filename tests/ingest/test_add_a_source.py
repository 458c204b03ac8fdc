"""The page on adding a source is run as it stands: its reader, its words, its sample and its test."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from affil.ingest.inputs import InputFile, Look
from affil.ingest.readers import reader_for, readers
from affil.model.records import Sink
from affil.store.load import load_files
from affil.store.store import Store
from affil.words import Words

PAGE = Path(__file__).parents[2] / "docs" / "add-a-source.md"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture
def shown() -> dict[str, Any]:
    """What the reader of the page defines."""
    reader, test = blocks("python")
    assert [line.strip() for line in blocks("text")] == ["InstitutionLinesReader(),"]
    names: dict[str, Any] = {"__name__": "shown", "InputFile": InputFile, "Sink": Sink}
    exec(compile(reader, "reader", "exec", dont_inherit=True), names)
    exec(compile(test, "test", "exec", dont_inherit=True), names)
    return names


def sample() -> bytes:
    (text,) = blocks("json-lines")
    return text.encode()


def test_the_tests_of_the_page_pass_and_can_fail(shown: dict[str, Any]) -> None:
    assert shown["test_each_line_is_an_institution"](sample()) is None
    with pytest.raises(AssertionError):
        shown["test_each_line_is_an_institution"](sample().replace(b"4200000012", b"4200000020"))
    assert shown["test_nothing_else_is_taken_for_it"]() is None
    with pytest.raises(AssertionError), pytest.MonkeyPatch.context() as patch:
        patch.setattr(shown["InstitutionLinesReader"], "look", lambda reader, file: Look(True, "institution_lines"))
        shown["test_nothing_else_is_taken_for_it"]()


def test_one_line_more_and_the_file_is_loaded_like_any_other(shown: dict[str, Any]) -> None:
    file = InputFile("inbox/учреждения.txt", data=sample())
    before = reader_for(file, readers())
    assert before is None or before.kind == "table", "no other reader knows it"
    among = (*readers()[:-1], shown["InstitutionLinesReader"](), readers()[-1])
    with Store.open(None) as store:
        (one,) = load_files(store, [file], dt.datetime(2025, 1, 1), lambda _: None, among)
        assert (one.kind, one.taken, one.rejected) == ("institution_lines", {"organisations": 1}, 2)
        assert store.sql("SELECT inn, parent_inn, locator FROM institution").fetchall() == [("4200000012", "4200000020", "R1")]


def test_its_keys_are_those_its_words_give(shown: dict[str, Any]) -> None:
    (toml,) = blocks("toml")
    look = shown["InstitutionLinesReader"]().look
    assert {look(InputFile("x", data=data)).saw for data in (sample(), b"")} == tomllib.loads(toml).keys()
    reasons = set(re.findall(r'(?:Reject\(|file\.name, )"(\w+)"', PAGE.read_text(encoding="utf-8")))
    assert reasons == {"no_inn", "bad_inn", "unreadable_file"} <= Words("ru").raw("rejects").keys()
