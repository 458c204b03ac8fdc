"""A small workspace to review: one official, a firm whose director has his sister's name, a brother who is a supplier himself."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import os
import pty
import select
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import in_process
import openpyxl
import pytest
from worlds import table

from affil.rules.cases import number

CUSTOMER, FIRM, BROTHER = number("org 1"), number("org 2"), number("person 7")
OFFICIAL, SISTER = "Юшков Пётр Ильич", "Юшкова Марфа Ильинична"
RULES = ("close-kin-supplier", "spouse-supplier", "self-director-supplier")
BY, OTHER = "Петрова Анна Борисовна", "Сомов Лев Игоревич"


def affil(*arguments: str) -> in_process.Said:
    """Run `affil …` in this process."""
    if arguments[0] != "review":
        _OPEN.close()
    return in_process.affil(*arguments)


def made(root: Path, four_eyes: bool = False) -> Path:
    """The workspace, loaded and screened once."""
    assert affil("init", str(root)).code == 0
    official = {"name": OFFICIAL, "employer_inn": CUSTOMER, "procurement_role": "член комиссии", "position": "инженер"}
    table(root / "inbox" / "Кадры.csv", [{"employee_id": "00731", **official, "birth_date": "1975-03-04"}])
    kin = {"employee_id": "00731", "name": SISTER, "relationship": "сестра", "birth_date": "1981-05-06"}
    brother = {"employee_id": "00731", "name": "Юшков Яков Ильич", "relationship": "брат", "inn": BROTHER}
    table(root / "inbox" / "Анкета.csv", [kin, brother])
    bid = {"participant_inn": FIRM, "participant": "ООО «Вереск»", "customer_inn": CUSTOMER, "applied_on": "2025-02-03"}
    table(root / "inbox" / "Заявки.csv", [{"procedure_number": "0100000000025000001", **bid, "director": SISTER}])
    firm = {"customer_inn": CUSTOMER, "supplier_inn": FIRM, "supplier": "ООО «Вереск»", "price": "123456,78"}
    person = {"customer_inn": CUSTOMER, "supplier_inn": BROTHER, "supplier": "ИП Юшков Яков Ильич", "price": "1000"}
    bought = [{"contract_number": f"{place}-М/25", "signed_on": f"2025-02-2{place}", **firm} for place in (1, 2, 3)]
    table(root / "inbox" / "Закупки.csv", [*bought, {"contract_number": "9-Б/25", "signed_on": "2025-04-01", **person}])
    if four_eyes:
        settings = root / "affil.toml"
        reviewers = "".join(f'\n[[review.reviewers]]\nname = "{name}"\n' for name in (BY, OTHER))
        text = settings.read_text("utf-8").replace("four_eyes = false\n", f"four_eyes = true\n{reviewers}")
        settings.write_text(text, "utf-8")
    assert affil("screen", "-w", str(root)).code == 0
    return root


@contextlib.contextmanager
def few_rules() -> Iterator[None]:
    """The rules this workspace is about, for commands run in this process: a screen by all of them takes five times as long."""
    from affil import pipeline

    known = pipeline.rules_of(None)
    few = replace(known, rules={name: rule for name, rule in known.rules.items() if name in RULES})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "rules_of", lambda _: few)
        patch.setattr("affil.commands.review.desk_of", _OPEN.desk_of)
        yield
        _OPEN.close()


class _Open:
    """The store of one workspace kept open from one `affil review` to the next: what is found there does not change, and to find
    it takes most of the time. Any other command closes it first."""

    def __init__(self) -> None:
        self.stack, self.root, self.known = contextlib.ExitStack(), Path(), ()  # type: tuple[contextlib.ExitStack, Path, Any]

    def close(self) -> None:
        self.stack.close()
        self.known = ()

    @contextlib.contextmanager
    def desk_of(self, folder: Path, lang: str | None, today: dt.date | None = None) -> Iterator[Any]:
        from affil import pipeline
        from affil.commands.act import ACT
        from affil.commands.common import opened
        from affil.commands.review_desk import Desk
        from affil.commands.session import session

        place, settings, words = opened(folder, lang)
        if self.root != folder or not self.known:
            self.close()
            store = self.stack.enter_context(session(place, settings, words, "review"))
            self.root, self.known = folder, (store, pipeline.screen(store, pipeline.rules_of(place), settings, pipeline.Scope()))
        store, run = self.known
        yield Desk(store, run, settings, words, today)
        ACT.leaving(store, "review")


_OPEN = _Open()


def cases(root: Path) -> dict[str, dict[str, Any]]:
    """The cases as `--json` gives them, by the name of the other side."""
    told = json.loads(affil("review", "-w", str(root), "--json").out)
    return {case["far"]["name"]: case for case in told["cases"]}


def newest_book(root: Path) -> Path:
    """The workbook of the newest run."""
    return root / "reports" / (root / "reports" / "latest").read_text("utf-8").strip() / "findings.xlsx"


class Book:
    """A workbook as somebody has it open: cells by sheet, row and heading."""

    def __init__(self, file: Path) -> None:
        self.book = openpyxl.load_workbook(file)

    def sheet(self, name: str) -> Any:
        return self.book[name]

    def column(self, name: str, heading: str) -> int:
        return next(cell.column for cell in self.book[name][1] if cell.value == heading)

    def rows(self, name: str, **wanted: Any) -> Iterator[int]:
        """Numbers of the rows whose cells are these, `_` for a space in a heading."""
        places = {self.column(name, heading.replace("_", " ")): value for heading, value in wanted.items()}
        for row in range(2, self.book[name].max_row + 1):
            if all(self.book[name].cell(row, place).value == value for place, value in places.items()):
                yield row

    def put(self, name: str, row: int, told: dict[str, Any]) -> None:
        for heading, value in told.items():
            self.book[name].cell(row, self.column(name, heading)).value = value

    def saved(self, file: Path) -> Path:
        self.book.save(file)
        return file


def sitting(root: Path, typed: Sequence[str], by: str = BY, arguments: Sequence[str] = ()) -> str:
    """What a person at a terminal sees of `affil review` who types these lines, each once the program asks."""
    _OPEN.close()
    pid, handle = pty.fork()
    if pid == 0:
        os.environ.update(AFFIL_WHO=by, PYTHONIOENCODING="utf-8")
        os.execv(sys.executable, [sys.executable, "-m", "affil", "review", "-w", str(root), *arguments])
    seen = b""
    for line in typed:
        seen += _until_asked(handle)
        os.write(handle, (line + "\n").encode())
    seen += _until_asked(handle)
    os.close(handle)
    os.waitpid(pid, 0)
    return seen.decode("utf-8", "replace")


def answered(root: Path, typed: Sequence[str], by: str = BY, case: str | None = None, lang: str = "ru") -> str:
    """The same in this process, which takes a tenth of the time; what is typed is shown too."""
    from affil.commands.act import ACT
    from affil.commands.review import _sit
    from affil.words import Words

    left, out = list(typed), io.StringIO()

    def reply() -> str:
        if not left:
            raise EOFError
        print(left[0])
        return left.pop(0)

    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        ACT.clear()
        patch.setenv("AFFIL_WHO", by)
        patch.setattr("builtins.input", reply)
        patch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
        out.isatty = lambda: True  # type: ignore[method-assign]
        _sit(root, None if lang == "ru" else lang, case, by, False, Words(lang))
    return out.getvalue()


def _until_asked(handle: int) -> bytes:
    """What is printed until the program waits for an answer, or ends."""
    seen, last = b"", time.monotonic() + 60
    while time.monotonic() < last:
        ready, _, _ = select.select([handle], [], [], 0.03)
        if not ready:
            if seen.rstrip(b" ").endswith((b"?", b":")):
                return seen
            continue
        try:
            part = os.read(handle, 65536)
        except OSError:
            return seen
        if not part:
            return seen
        seen += part
    raise AssertionError(seen.decode("utf-8", "replace"))
