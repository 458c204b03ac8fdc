"""Texts that are code, formulas, tags or unseen signs, through every way of `affil review`, by a reviewer called like that."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import hostile_world
import openpyxl
import pytest
from commands.review_world import RULES, Book, affil, answered, few_rules, newest_book, sitting
from test_hostile_names import CONTROL, ODD, TRACE, look_at

PROOF = bool(os.environ.get("AFFIL_PROOF"))
BLOWS = hostile_world.BLOWS if PROOF else hostile_world.BLOWS[::9]
TYPED = [ODD, *(blow for blow in BLOWS if "\x00" not in blow and len(blow) < 200)]
"""What is entered; no system takes a NUL among arguments."""
FEW = (2, 9, 30, len(hostile_world.BLOWS), len(hostile_world.BLOWS) + 7)
DECISIONS, COURSE = ("Возможные связи", "Совпадения только ФИО"), "Ход рассмотрения"
pytestmark = pytest.mark.usefixtures("small_worlds", "commands_built_once", "forms_written_once", "rules")


@pytest.fixture(scope="module")
def rules() -> Iterator[None]:
    assert RULES
    with few_rules():
        yield


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, small_worlds: None, rules: None) -> Path:
    """A few officials whose every text is a blow, each with a brother who is a supplier; screened once."""
    place = hostile_world.workspace(tmp_path_factory.mktemp("hostile review") / "w", hostile=True, only=FEW)
    assert affil("screen", "-w", str(place.root)).code == 0
    return place.root


def asked(place: Path, *arguments: str, code: int = 0) -> str:
    """What `affil review` answers; nothing in it that a terminal would obey."""
    said = affil("review", "-w", str(place), *arguments)
    assert said.code == code, (arguments, said)
    for text in (said.out, said.err):
        assert not CONTROL.search(text) and not TRACE.search(text), (arguments, text[-500:])
    return said.out


def ties(place: Path) -> list[str]:
    return [str(case["tie"]) for case in json.loads(asked(place, "--json"))["cases"]]


def one_line(text: str) -> str:
    """A text as one line of printable signs."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def test_events_of_a_reviewer_called_like_that_are_kept_as_they_are(place: Path) -> None:
    known = ties(place)
    for place_of, text in enumerate(TYPED):
        told = ("--number", text, "--why", text, "--document", text, "--by", text)
        out = asked(place, known[place_of % len(known)], "--event", "asked", *told, "--json", code=0 if one_line(text) else 2)
        if one_line(text):
            [event] = json.loads(out)["recorded"]
            assert {event["by"], event["number"], event["why"], *event["documents"]} == {one_line(text)}
    asked(place, known[0], "--event", "assessment", "--outcome", "unclear", "--assessed-by", ODD, "--by", ODD)
    for refused in (("--event", ODD), ("--event", "tie", "--outcome", ODD), ("--event", "asked", "--date", ODD)):
        asked(place, known[0], *refused, "--by", ODD, code=2)
    asked(place, ODD, "--event", "asked", "--by", ODD, code=2)
    asked(place, known[0], "--event", "asked", "--purchase", ODD, "--by", ODD, code=2)
    asked(place, known[0], "--event", "identity", "--outcome", "same", "--pair", ODD, "--by", ODD, "--why", ODD, code=2)
    asked(place, "--undo", "1", "--by", ODD, "--why", ODD)
    asked(place, "--due")
    assert json.loads(asked(place, "--due", "--json"))["waiting"]
    asked(place, known[0], "--json")


def test_a_sitting_shows_nothing_a_terminal_would_obey(place: Path) -> None:
    keys = [ODD, "ш", "п", "1", ODD, ODD, ODD, "", "", "р", ODD, ODD, "", "", "г", "1", "р", ODD, ODD, "", "", ODD]
    typed = [*keys, "-", ODD, "", "в"]
    seen = answered(place, [one_line(one) for one in typed], by=one_line(ODD))
    assert "Записано" in seen and not CONTROL.search(seen) and not TRACE.search(seen)
    if PROOF:
        echoed = sitting(place, ["я\x1b[31m", "п", "1", "№\x1b[31m", "", "", "", "в"], by=ODD)
        assert "\x1b[31m" not in echoed.replace("^[", "") and "Записано" in echoed and not TRACE.search(echoed)


@pytest.mark.skipif(not PROOF, reason="make proof")
def test_a_workbook_filled_in_like_that_is_taken_once(place: Path, tmp_path: Path) -> None:
    assert affil("screen", "-w", str(place)).code == 0
    book, texts = Book(newest_book(place)), TYPED * 20
    for sheet in DECISIONS:
        for row in book.rows(sheet):
            text = texts.pop(0)
            text = text if one_line(text) and text[:1] not in "=" else f"'{text}"
            put(book, sheet, row, {"Связь (решение)": "не подтвердилась", "Кто рассмотрел": ODD, "Причина, пояснение": text,
                                   "Дата рассмотрения": "02.03.2026"})  # fmt: skip
    [row, *_] = book.rows(COURSE, Событие=None)
    event = {"Событие": "комиссия", "Итог события": "иное решение", "Дата события": "02.03.2026"}
    put(book, COURSE, row, {**event, "№ документа": ODD, "Кто внёс": ODD, "Причина, пояснение": ODD})
    file = book.saved(tmp_path / "=книга\u202e<b>.xlsx")
    assert json.loads(asked(place, "--import", str(file), "--dry-run", "--json"))["would_add"]
    asked(place, "--import", str(file))
    assert json.loads(asked(place, "--import", str(file), "--dry-run", "--json"))["would_add"] == []
    assert affil("screen", "-w", str(place)).code == 0
    assert json.loads(asked(place, "--import", str(newest_book(place)), "--dry-run", "--json"))["would_add"] == []
    spoiled = Book(newest_book(place))
    for row in [*spoiled.rows(COURSE)][:1]:
        put(spoiled, COURSE, row, {"Событие": ODD, "Итог события": ODD, "Запись журнала": ODD})
    asked(place, "--import", str(spoiled.saved(tmp_path / "x.xlsx")), code=1)
    for path in sorted(newest_book(place).parent.iterdir()):
        look_at(path)


def put(book: Book, sheet: str, row: int, told: dict[str, str]) -> None:
    """Fill the cells in as text, without the signs that no workbook can hold."""
    clean = {name: openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", text) for name, text in told.items()}
    book.put(sheet, row, clean)
    for name in clean:
        book.sheet(sheet).cell(row, book.column(sheet, name)).data_type = "s"


def test_reviewers_called_like_that_agree_or_are_told_apart(place: Path, tmp_path: Path) -> None:
    """As the settings name them, and as the one who works is named by the environment."""
    settings, other = place / "affil.toml", f"{ODD} второй"
    before = settings.read_text("utf-8")
    reviewers = "".join(f"\n[[review.reviewers]]\nname = {json.dumps(name, ensure_ascii=True)}\n" for name in (ODD, other))
    settings.write_text(before.replace("four_eyes = false\n", f"four_eyes = true\n{reviewers}"), "utf-8")
    try:
        tie = ties(place)[-1]
        closing = ("--event", "closed", "--outcome", "minor", "--why", ODD)
        told = [json.loads(asked(place, tie, *closing, "--by", name, "--json"))["status"] for name in (ODD, other)]
        assert told == ["in progress", "closed"]
        asked(place, "--due")
    finally:
        settings.write_text(before, "utf-8")


def test_a_request_for_a_precheck_filled_in_like_that(place: Path, tmp_path: Path, affil: Callable[..., Any]) -> None:
    form = openpyxl.load_workbook(place / "templates" / "Запрос на предварительную проверку.xlsx")
    texts = TYPED * 20
    for label, cell in form["Закупка"].iter_rows(min_row=3, max_col=2):
        if label.value == "ИНН заказчика":
            as_text(cell, hostile_world.EMPLOYER)
        elif label.value and label.value not in ("Дата извещения", "НМЦК, руб.", "Этап"):
            as_text(cell, texts.pop(0))
    plain = {
        "Участники": {"ИНН участника": hostile_world.inn_of(FEW[-1])},
        "Комиссия": {"ФИО члена комиссии": hostile_world.HIS},
    }
    for sheet, known in plain.items():
        page = form[sheet]
        for row in (3, 4):
            for cell in page[1]:
                as_text(page.cell(row, cell.column), texts.pop(0))
            for heading, value in known.items():
                as_text(page.cell(row, next(cell.column for cell in page[1] if cell.value == heading)), value)
    file = tmp_path / "'запрос;<b>.xlsx"
    form.save(file)
    for more in (("--out", str(tmp_path / "лист.docx")), ("--json",), ("--sheet", "secretary")):
        said = affil("precheck", "-w", str(place), "--request", str(file), *more)
        assert said.code in (0, 3, 5), said
        for text in (said.out, said.err):
            assert not CONTROL.search(text) and not TRACE.search(text), (more, text[-500:])
    assert len(docx.Document(str(tmp_path / "лист.docx")).paragraphs) > 3
    for path in (tmp_path / "лист.docx", *(place / "prechecks").iterdir()):
        look_at(path)


def as_text(cell: Any, text: str) -> None:
    cell.value = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
