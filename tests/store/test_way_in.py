"""The way a file goes in: it changes while it is read, may not be read, lies a hundred folders deep, fills the disk."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from worlds import loaded, table

from affil.ingest.files import files_in
from affil.ingest.inputs import InputFile
from affil.model.records import Sink
from affil.store import load as load_module
from affil.store.load import load_files
from affil.store.outline import stored_rejects
from affil.store.store import Store

NOW = dt.datetime(2025, 1, 1)
OFFICIAL = {"employee_id": "12", "name": "Громов Пётр Ильич", "employer_inn": "4200000012"}
POSIX = pytest.mark.skipif(os.name != "posix", reason="POSIX only")


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield opened


def others(number: int) -> list[dict[str, str]]:
    return [{**OFFICIAL, "employee_id": str(number), "name": f"Громов Пётр {'И' * number}льич"}]


class Meddling(InputFile):
    """A file somebody writes to once it has been opened to be hashed and looked at."""

    def open(self) -> BinaryIO:
        stream = self.path.open("rb") if self.path else None
        assert stream is not None and self.path is not None
        opened[self.name] = opened.get(self.name, 0) + 1
        if opened[self.name] == 2:
            meddle(self.path)
        return stream


opened: dict[str, int] = {}


def meddle(path: Path) -> None:
    told, old = path.stat(), path.read_bytes()
    path.write_bytes(old.replace("Пётр".encode(), "Олег".encode()))
    assert path.stat().st_size == told.st_size
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))  # as programs do that restore the time


@pytest.mark.parametrize("together", [1 << 19, 0])
@pytest.mark.parametrize("age", [0, 3600])
def test_a_file_that_changes_while_it_is_read_is_refused_and_nothing_of_it_kept(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: int, age: int
) -> None:
    monkeypatch.setattr(load_module, "TOGETHER", together)
    opened.clear()
    path = table(tmp_path / "inbox" / "o.csv", [OFFICIAL])
    was = path.stat().st_mtime - age
    os.utime(path, (was, was))
    other = table(tmp_path / "inbox" / "z.csv", others(2))
    files = [Meddling("inbox/o.csv", path=path), InputFile("inbox/z.csv", path=other)]
    done = load_files(store, files, NOW, lambda one: None)
    if os.name == "posix" or age == 0:
        assert [(one.kind, one.rejected) for one in done] == [("unreadable", 1), ("table", 0)]
        assert [(row.file, row.reason) for row in stored_rejects(store)] == [("inbox/o.csv", "file_changed")]
        assert store.sql("SELECT employee_id FROM official").fetchall() == [("2",)]
    load_files(store, [InputFile("inbox/o.csv", path=path)], NOW, lambda one: None)
    assert stored_rejects(store) == [], "loaded again it is taken, and the refusal forgotten"
    assert store.sql("SELECT name FROM official ORDER BY 1").fetchall()[0] == ("Громов Олег Ильич",)


def test_a_file_that_was_only_touched_is_taken(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table(tmp_path / "o.csv", [OFFICIAL])
    monkeypatch.setattr(sys.modules[__name__], "meddle", lambda path: os.utime(path))
    opened.clear()
    done = load_files(store, [Meddling("o.csv", path=path)], NOW, lambda one: None)
    assert done[0].taken == {"officials": 1}


def test_an_archive_that_changes_while_it_is_read_too(store: Store, tmp_path: Path) -> None:
    inner = table(tmp_path / "o.csv", [OFFICIAL])
    (tmp_path / "inbox").mkdir()
    with zipfile.ZipFile(tmp_path / "inbox" / "a.zip", "w") as target:
        target.write(inner, "o.csv")
    (file,) = files_in([tmp_path / "inbox"], tmp_path)
    assert file.stamp() == InputFile("a", path=tmp_path / "inbox" / "a.zip").stamp()


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_may_not_be_read_is_told_and_the_others_go_on(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    table(tmp_path / "inbox" / "closed" / "x.csv", others(3))
    table(tmp_path / "inbox" / "o.csv", [OFFICIAL])
    closed = tmp_path / "inbox" / "closed"
    refuse(monkeypatch, closed if what == "folder" else closed / "x.csv")
    done = {one.file: one for one in loaded(store, tmp_path)}
    name = "inbox/closed" if what == "folder" else "inbox/closed/x.csv"
    assert done[name].refusal and done["inbox/o.csv"].taken == {"officials": 1}
    assert [(row.file, row.reason) for row in stored_rejects(store)] == [(name, "no_access")]
    monkeypatch.undo()
    loaded(store, tmp_path)
    assert store.sql("SELECT count(*) FROM official").fetchone() == (2,)


def refuse(monkeypatch: pytest.MonkeyPatch, closed: Path) -> None:
    """The administrator of a test machine may read everything: the system's refusal is played."""
    scandir, open_path = os.scandir, Path.open

    def denied(path: Any) -> Any:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    def denied_open(self: Path, *more: Any, **named: Any) -> Any:
        if self == closed:
            raise PermissionError(13, "Permission denied", str(self))
        return open_path(self, *more, **named)

    monkeypatch.setattr(os, "scandir", denied)
    monkeypatch.setattr(Path, "open", denied_open)


@POSIX
def test_links_in_circles_and_into_nowhere_hide_nothing_else(store: Store, tmp_path: Path) -> None:
    table(tmp_path / "inbox" / "o.csv", [OFFICIAL])
    (tmp_path / "inbox" / "itself").symlink_to(tmp_path / "inbox" / "itself")
    (tmp_path / "inbox" / "nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "inbox" / "again").symlink_to(tmp_path / "inbox", target_is_directory=True)
    os.mkfifo(tmp_path / "inbox" / "pipe")
    assert [one.file for one in loaded(store, tmp_path)] == ["inbox/o.csv"]


def test_a_hundred_folders_deep(store: Store, tmp_path: Path) -> None:
    table(tmp_path / "inbox" / Path(*["в"] * 100) / "o.csv", [OFFICIAL])
    (one,) = loaded(store, tmp_path)
    assert one.taken == {"officials": 1} and one.file.count("/") == 101


@pytest.mark.skipif(os.name != "posix" or sys.platform == "darwin", reason="only Linux keeps such names")
def test_files_whose_names_look_alike_are_all_loaded(store: Store, tmp_path: Path) -> None:
    for number, byte in ((1, b"\xcf"), (2, b"\xf0")):
        source = table(tmp_path / "one.csv", others(number))
        (tmp_path / "inbox").mkdir(exist_ok=True)
        os.replace(os.fsencode(source), os.fsencode(tmp_path / "inbox") + b"/" + byte + b".csv")
    assert [one.taken for one in loaded(store, tmp_path)] == [{"officials": 1}] * 2


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_in_an_archive_are_both_loaded(store: Store, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    with zipfile.ZipFile(tmp_path / "inbox" / "a.zip", "w") as target:
        for number in (1, 2):
            target.write(table(tmp_path / "one.csv", others(number)), "o.csv")
    assert [one.taken for one in loaded(store, tmp_path)] == [{"officials": 1}] * 2


def test_a_path_given_twice_is_loaded_once_and_the_same_bytes_are_told_by_their_first_name(store: Store, tmp_path: Path) -> None:
    table(tmp_path / "inbox" / "a.csv", [OFFICIAL])
    table(tmp_path / "inbox" / "b.csv", [OFFICIAL])
    inbox = tmp_path / "inbox"
    first, second = loaded(store, tmp_path, inbox, inbox / "a.csv", inbox / ".." / "inbox" / "b.csv")
    assert (first.file, first.skipped, first.same_as) == ("inbox/a.csv", False, "")
    assert (second.file, second.skipped, second.same_as) == ("inbox/b.csv", True, "inbox/a.csv")


class Stop(BaseException):
    """Ctrl-C, as `affil.cli` raises it."""


def test_ctrl_c_keeps_what_was_written_before(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        table(tmp_path / "inbox" / f"{number}.csv", others(number))
    monkeypatch.setattr(load_module, "TOGETHER", 0)
    closed: list[int] = []
    close = Sink.close

    def interrupted(self: Sink) -> None:
        closed.append(1)
        if len(closed) == 3:
            raise Stop
        close(self)

    with monkeypatch.context() as patch, pytest.raises(Stop):
        patch.setattr(Sink, "close", interrupted)
        loaded(store, tmp_path)
    assert store.sql("SELECT count(*), count(DISTINCT source_id) FROM official").fetchone() == (2, 2)
    assert [one.skipped for one in loaded(store, tmp_path)] == [True, True, False]


CHILD = """
import sys, os, resource, signal
from affil.model.records import Sink
from affil.cli import main
if sys.argv[1] == "kill":
    write = Sink.add
    def add(self, *given):
        add.rows += 1
        if add.rows == 6_000:
            os.kill(os.getpid(), signal.SIGKILL)
        write(self, *given)
    def add_columns(self, table, columns):
        whole(self, table, columns)
        os.kill(os.getpid(), signal.SIGKILL)
    whole = Sink.add_columns
    add.rows = 0
    Sink.add, Sink.add_columns = add, add_columns
elif sys.argv[1].isdigit():
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
del sys.argv[1]
main()
"""


def child(how: str, space: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CHILD, how, *(more or ("load",)), "-w", str(space)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@POSIX
def test_a_killed_load_and_a_full_disk_leave_what_was_loaded_and_the_next_load_does_the_rest(
    tmp_path: Path, affil: Callable[..., Any]
) -> None:
    space = tmp_path / "w"
    affil("init", str(space))
    table(space / "inbox" / "a.csv", [OFFICIAL])
    affil("load", "-w", str(space))
    contracts = [
        {"contract_number": n, "signed_on": "01.02.2025", "supplier": f"ООО «Луч {n * 7919}»", "subject": f"{n * 104729:x}"}
        for n in range(9_000)
    ]
    table(space / "inbox" / "b.csv", contracts)
    assert child("kill", space).returncode == -9
    assert count(space) == (1, 1, 0)
    full = child("300000", space)  # bytes a file may have: the log of the store is cut in the middle
    assert full.returncode == 1
    assert "на диске кончилось место" in full.stderr and "Traceback" not in full.stderr
    assert len([line for line in full.stderr.splitlines() if line.startswith("Не выполнено")]) == 1
    _, officials, stored = count(space)
    assert (officials, stored) in ((1, 0), (1, 9_000)), "a file is whole or not there"
    assert affil("load", "-w", str(space)).code == 0
    assert count(space) == (2, 1, 9_000)


def count(space: Path) -> tuple[int, ...]:
    with Store.open(space / "affil.duckdb") as store:
        found = [store.sql(f"SELECT count(*) FROM {name}").fetchone() for name in ("source", "official", "contract")]
    return tuple(row[0] for row in found if row)


def test_three_hundred_rows_of_one_reason_are_one_line(tmp_path: Path, affil: Callable[..., Any]) -> None:
    affil("init", str(tmp_path / "w"))
    rows = [{"contract_number": n, "signed_on": "01.02.2025", "supplier": "", "price": "10"} for n in range(300)]
    table(tmp_path / "w" / "inbox" / "c.csv", [{**rows[0], "supplier": "ООО «Луч»"}, *rows])
    said = affil("load", "-w", str(tmp_path / "w"))
    assert "inbox/c.csv: таблица; принято: контрактов 1; не принято: 300" in said.err
    assert "300 × Нет ни поставщика, ни его ИНН" in said.err and "строки 3, 4, 5 …" in said.err
    assert len(said.err.splitlines()) == 3
    checked = affil("check", "-w", str(tmp_path / "w")).out
    assert checked.count("Нет ни поставщика") == 1
    with Store.open(tmp_path / "w" / "affil.duckdb") as store:
        assert len(stored_rejects(store)) == 300, "rejects.csv and --json have every row"
