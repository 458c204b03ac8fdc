"""A full disk, a folder that cannot be written, Ctrl-C: one plain line each, nothing half done, and the next try does it all."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from in_process import Said

from affil.rules.cases import number
from affil.store.connect import is_encrypted
from affil.store.holder import holder_file
from tests.worlds import table

pytestmark = pytest.mark.skipif(not os.environ.get("AFFIL_PROOF"), reason="make proof")
Affil = Callable[..., Said]
CUSTOMER, FIRM = number("org 1"), number("org 2")
NAME = "Юшкова Марфа Ильинична"


def workspace(affil: Affil, root: Path) -> Path:
    """One official whose sister has the name of a supplier's director; screened once."""
    assert affil("init", str(root)).code == 0
    inbox = root / "inbox"
    table(inbox / "officials.csv", [{"employee_id": "1", "name": "Юшков Пётр Ильич", "employer_inn": CUSTOMER}])
    table(inbox / "relatives.csv", [{"employee_id": "1", "relationship": "сестра", "name": NAME}])
    bought = {"contract_number": "1-М/26", "signed_on": "2026-02-20", "customer_inn": CUSTOMER, "supplier_inn": FIRM}
    table(inbox / "contracts.csv", [{**bought, "supplier": "ООО «Вереск»"}])
    assert affil("screen", "-w", str(root)).code == 0
    return root


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of few megabytes; skipped where mounting one is not permitted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small disk is not permitted")
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)], capture_output=True, check=False
    ).returncode:
        pytest.skip("mounting a small disk is not permitted")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=False)


def filled(disk: Path, left: int) -> Path:
    """A file that leaves so many bytes of the disk."""
    filler = disk / "filler"
    state = os.statvfs(disk)
    with filler.open("wb") as stream:
        stream.write(bytes(max(state.f_bavail * state.f_frsize - left, 0)))
    return filler


def one_line(said: Said, *expected: str) -> None:
    lines = [line for line in said.err.splitlines() if line.startswith("Не выполнено")]
    assert said.code == 1 and len(lines) == 1 and "Traceback" not in said.err, said
    assert all(text in lines[0] for text in expected), lines


def test_a_full_disk_and_one_that_cannot_be_written(affil: Affil, small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = workspace(affil, small_disk / "Округ")
    place, runs = ("-w", str(root)), sorted((root / "reports").iterdir())
    many = [{"employee_id": str(n), "name": f"Юшков Пётр {n}-Ильич", "employer_inn": CUSTOMER} for n in range(2, 9_000)]
    table(root / "inbox" / "many.csv", many)
    filler = filled(small_disk, 100_000)
    one_line(affil("load", *place), "на диске кончилось место")
    one_line(affil("screen", "--no-load", *place), "No space left")
    monkeypatch.setenv("AFFIL_KEY", "c" * 64)
    said = affil("key", "set", *place)
    assert said.code == 1 and not is_encrypted(root / "affil.duckdb"), said
    monkeypatch.delenv("AFFIL_KEY")
    assert sorted((root / "reports").iterdir()) == runs
    assert not [path for path in root.iterdir() if path.name.startswith(".")]
    filler.unlink()
    said = affil("load", *place, "--json")
    assert said.code == 0 and f'"officials": {len(many)}' in said.out, said.err

    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    one_line(affil("check", *place), "нет прав на чтение или запись хранилища")
    for command in (("screen",), ("review", "--due"), ("purge", "--yes")):
        one_line(affil(*command, *place), "нет прав на чтение или запись хранилища")
    assert affil("init", str(small_disk / "Другой")).code == 1


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_is_one_line_and_leaves_no_half_run(affil: Affil, tmp_path: Path) -> None:
    root = workspace(affil, tmp_path / "Округ")
    runs = sorted((root / "reports").iterdir())
    command = [sys.executable, "-m", "affil", "screen", "-w", str(root), "--lang", "ru"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stderr and process.stdout
        while "Применяются".encode() not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        said = process.stderr.read().decode()
        assert process.wait() == 1 and not process.stdout.read()
    assert "Прервано" in said and "Traceback" not in said and len(said.splitlines()) <= 2, said
    assert sorted((root / "reports").iterdir()) == runs
    assert not holder_file(root / "affil.duckdb").exists()
    assert affil("match", "history", "-w", str(root)).code == 0


def test_a_clock_set_back_is_told_and_the_order_of_the_logs_holds(affil: Affil, tmp_path: Path) -> None:
    """What was written last was written in the future: a review, a purge and a load are done all the same, and told of it."""
    from affil.store.store import Store

    root = workspace(affil, tmp_path / "Округ")
    run = root / "reports" / (root / "reports" / "latest").read_text().strip()
    tie = json.loads((run / "findings.json").read_bytes())["findings"][0]["tie"]
    with Store.open(root / "affil.duckdb") as store:
        store.sql("UPDATE source SET loaded_at = TIMESTAMP '2099-01-01 10:00:00'")
    event = ("--event", "asked", "--by", "Петрова Анна Борисовна")
    person = ("--person", "1", "--why", "запрос", "--document", "письмо № 1", "--yes")
    for command in (("review", tie, *event), ("load",), ("purge", *person), ("screen",)):
        said = affil(*command, "-w", str(root))
        assert said.code == 0 and "01.01.2099 10:00" in said.err, said
    assert affil("audit", "verify", "-w", str(root)).code == 0
