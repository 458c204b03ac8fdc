"""Text for consoles and pipes of other code pages: nothing crashes, nothing becomes a question mark."""

from __future__ import annotations

import codecs
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import affil.words
from affil import console
from affil.commands.common import print_json
from affil.console import is_unicode, pipe_encoding, readable

TEXTS = [path.read_text(encoding="utf-8") for path in sorted(Path(affil.words.__file__).parent.rglob("*.toml"))]
ALL_SIGNS = "".join(sorted({sign for text in TEXTS for sign in text}))


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "ascii", "cp437", "latin-1"])
def test_every_sign_the_program_says_can_be_read_in_any_code_page(encoding: str) -> None:
    for sign in ALL_SIGNS:
        shown = readable(sign, encoding)
        assert shown.encode(encoding).decode(encoding) == shown
        assert "?" not in shown or sign == "?", sign
        if sign.isalpha() or sign.isdigit():
            assert shown.strip() or sign in "ъь", sign


def test_signs_are_replaced_by_what_looks_or_sounds_alike() -> None:
    text = "«Вереск» — № 9 → ☐ ёлка…\u00a0·"
    assert readable(text, "utf-8") == text
    assert readable(text, "cp866") == '"Вереск" - № 9 -> [ ] ёлка...\u00a0·'
    assert readable(text, "cp1251") == "«Вереск» — № 9 -> [ ] ёлка…\u00a0·"
    assert readable(text, "ascii") == '"Veresk" - N 9 -> [ ] elka... -'
    assert readable("Щукин, Юлия — ½ café 漢", "ascii") == "Shchukin, Yuliya - 12 cafe ?".replace("12", readable("½", "ascii"))
    assert readable("\ud800", "utf-8") == "?"


def test_a_stream_writes_so_whatever_its_errors_were(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="cp866", errors="strict", newline="")
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", io.StringIO())  # has no encoding to change
    console.prepare_streams()
    print("«Вереск» — 5 ₽", end="", flush=True)
    assert raw.getvalue().decode("cp866") == '"Вереск" - 5 руб.'


def test_a_pipe_of_windows_speaks_the_consoles_code_page_and_a_file_is_utf_8() -> None:
    assert pipe_encoding(False, {}, False, 866) == "cp866"
    assert pipe_encoding(False, {}, False, 65001) == "cp65001"
    assert codecs.lookup("cp65001").name == "utf-8"
    assert pipe_encoding(True, {}, False, 866) == pipe_encoding(True, {}, False, 0) == "utf-8"
    for told in (
        pipe_encoding(False, {"PYTHONIOENCODING": "cp1251"}, False, 866),
        pipe_encoding(True, {}, True, 866),
        pipe_encoding(False, {}, False, 0),
        pipe_encoding(False, {}, False, 99999),
    ):
        assert told is None


def test_what_holds_every_sign() -> None:
    assert is_unicode(io.TextIOWrapper(io.BytesIO(), encoding="UTF_8")) and is_unicode(io.StringIO())
    assert not is_unicode(io.TextIOWrapper(io.BytesIO(), encoding="cp1251"))


def test_json_is_json_in_any_code_page(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp866", write_through=True))
    print_json({"name": "«Вереск» — 漢"})
    assert json.loads(raw.getvalue().decode("ascii")) == {"name": "«Вереск» — 漢"}


def test_a_process_in_a_cp866_console_says_russian() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp866:strict", "PYTHONPATH": str(Path(__file__).parents[1])}
    asked = [sys.executable, "-m", "affil", "explain", "F-1", "-w", "«нет»"]
    done = subprocess.run(asked, capture_output=True, env=environment, check=False)
    told = done.stderr.decode("cp866")
    assert (done.returncode, done.stdout) == (1, b"")
    assert told.startswith('Не выполнено: "нет": это не рабочая папка') and "?" not in told
