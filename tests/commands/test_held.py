"""Two at once: the second answers from the last finished run, or says who holds the store and since when."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from in_process import Said

from affil.rules.cases import number
from affil.store.holder import holder_file, holder_of
from tests.worlds import table

CUSTOMER, FIRM = number("org 1"), number("org 2")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One finding, in one finished run."""
    root = tmp_path_factory.mktemp("held") / "Округ"
    _affil("init", root)
    inbox = root / "inbox"
    name = "Юшкова Марфа Ильинична"
    official = {"employee_id": "1", "name": "Юшков Пётр Ильич", "employer_inn": CUSTOMER, "position": "Инженер"}
    table(inbox / "officials.csv", [official])
    table(inbox / "relatives.csv", [{"employee_id": "1", "relationship": "сестра", "name": name}])
    bid = {"procedure_number": "0100000000026000001", "participant_inn": FIRM, "participant": "ООО «Вереск»"}
    table(inbox / "participants.csv", [{**bid, "customer_inn": CUSTOMER, "applied_on": "2026-02-03", "director": name}])
    bought = {"contract_number": "1-М/26", "signed_on": "2026-02-20", "customer_inn": CUSTOMER, "supplier_inn": FIRM}
    table(inbox / "contracts.csv", [{**bought, "supplier": "ООО «Вереск»"}])
    _affil("screen", "-w", root)
    return root


def _affil(*arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "affil", *map(str, arguments), *(["--lang", "ru"] if arguments[0] != "init" else [])]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


@contextmanager
def held(workspace: Path, with_word: bool = True) -> Iterator[int]:
    """Another process has the store open; `with_word`: it is one of ours and left word of it."""
    code = f"""
import sys
from contextlib import nullcontext
from pathlib import Path
from affil.rules.cases import number
from affil.store.holder import held
from affil.store.store import Store
path = Path({str(workspace / "affil.duckdb")!r})
with Store.open(path), held(path, "screen") if {with_word} else nullcontext():
    print("open", flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline().strip() == b"open"
        yield process.pid
        process.communicate()


def test_who_holds_the_store_since_when_and_what_is_answered_meanwhile(
    workspace: Path, affil: Callable[..., Said], tmp_path: Path
) -> None:
    run = (workspace / "reports" / "latest").read_text().strip()
    told = json.loads((workspace / "reports" / run / "findings.json").read_bytes())["findings"]
    ask = affil  # the fixture runs the command in this process
    free = ask("explain", told[0]["id"], "-w", str(workspace))
    free_json = ask("explain", told[0]["id"], "-w", str(workspace), "--json")
    with held(workspace) as pid:
        check = ask("check", "-w", str(workspace))
        assert check.code == 1 and check.out == "" and check.err.count("\n") == 1
        assert "команда «affil screen»" in check.err and f"процесс {pid}" in check.err and "с " in check.err
        explained = ask("explain", told[0]["id"], "-w", str(workspace))
        assert explained.code == 0 and run in explained.err and "законченному прогону" in explained.err
        missing = set(free.out.splitlines()) - set(explained.out.splitlines())
        assert not [line for line in missing if line[:1].strip() and "Юшков Пётр" not in line], "posts and evidence, no more"
        assert "возможно, одно лицо" in explained.out
        as_json = ask("explain", told[0]["id"], "-w", str(workspace), "--json")
        assert as_json.out == free_json.out
        out = tmp_path / "документы"
        report = ask("report", "-w", str(workspace), "--out", str(out))
        assert report.code == 0 and run in report.err
        for file in (path for path in out.rglob("*") if path.is_file()):
            assert file.read_bytes() == (workspace / "reports" / run / file.relative_to(out)).read_bytes()
        assert {path.suffix for path in out.iterdir()} >= {".json", ".csv", ".xlsx", ".docx", ".html"}
        other = ask("report", "-w", str(workspace), "--out", str(tmp_path / "en"), "--lang", "en")
        assert other.code == 1 and not (tmp_path / "en").exists()
    assert not holder_file(workspace / "affil.duckdb").exists()


def test_a_key_is_not_set_on_a_store_somebody_holds(
    workspace: Path, affil: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFFIL_KEY", "d" * 64)
    with held(workspace) as pid:
        for _ in range(2):
            said = affil("key", "set", "-w", str(workspace))
            assert said.code == 1 and f"процесс {pid}" in said.err and "команда «affil screen»" in said.err


def test_a_program_that_left_no_word_and_one_that_was_killed(workspace: Path, affil: Callable[..., Said]) -> None:
    store = workspace / "affil.duckdb"
    with held(workspace, with_word=False):
        gone = subprocess.Popen([sys.executable, "-c", ""])
        gone.wait()
        stale = {
            "operator": "о",
            "host": socket.gethostname(),
            "pid": gone.pid,
            "command": "load",
            "since": "2026-03-01T10:00:00",
        }
        holder_file(store).write_text(json.dumps(stale))
        assert holder_of(store) is None
        said = affil("kpi", "-w", str(workspace))
        assert said.code == 1 and "занято другой командой или программой" in said.err and said.err.count("\n") == 1
        holder_file(store).write_text(json.dumps({**stale, "host": "другой-компьютер"}))
        assert "другой-компьютер" in affil("kpi", "-w", str(workspace)).err
        for broken in ("", "[]", "{}", json.dumps({**stale, "pid": "x"}), json.dumps({**stale, "since": "вчера"})):
            holder_file(store).write_text(broken)
            assert holder_of(store) is None
    said = affil("match", "history", "-w", str(workspace))
    assert said.code == 0 and not holder_file(store).exists()


def test_a_run_folder_somebody_altered_is_no_answer(workspace: Path, affil: Callable[..., Said]) -> None:
    run = workspace / "reports" / (workspace / "reports" / "latest").read_text().strip()
    content = (run / "findings.json").read_bytes()
    finding = json.loads(content)["findings"][0]["id"]
    (run / "findings.json").write_bytes(content.replace("Марфа".encode(), "Марфe".encode(), 1))
    try:
        with held(workspace):
            said = affil("explain", finding, "-w", str(workspace))
            assert said.code == 1 and "не тот, что был записан" in said.err and not said.out
    finally:
        (run / "findings.json").write_bytes(content)


def test_a_clock_set_back_is_told_and_nothing_fails(workspace: Path, affil: Callable[..., Said]) -> None:
    from affil.store.store import Store

    with Store.open(workspace / "affil.duckdb") as store:
        store.sql("UPDATE source SET loaded_at = TIMESTAMP '2099-01-01 10:00:00'")
    said = affil("match", "history", "-w", str(workspace))
    assert said.code == 0 and "01.01.2099 10:00" in said.err and said.err.count("\n") == 1
