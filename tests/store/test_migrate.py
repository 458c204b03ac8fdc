"""A store of version 4 becomes one of version 5 with everything in it; whatever stops that leaves the old one."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import stat
from pathlib import Path

import duckdb
import pytest

from affil.decisions.log import append, read_log
from affil.errors import StoreError
from affil.store import migrate as module
from affil.store.store import Store
from tests.decisions.entries import decision

SCHEMA_4 = Path(__file__).parent / "schema_4.sql"  # as it was when version 5 came, without its comments
NAME = "Ясколкин"
ENTRIES = 3


def text_4(why: str) -> str:
    """An entry as version 4 wrote it down and hashed it."""
    sides = [{"references": [f"inn:{inn}"], "name": NAME, "shown": "брат"} for inn in ("500100732259", "772400000003")]
    return json.dumps(
        {
            "kind": "identity", "verdict": "same", "subject": "M-0123456789abcdef", "body": {"sides": sides},
            "by": "Петрова А. Б.", "on": "2026-03-12", "why": why, "documents": ["выписка"], "recorded_at": "2026-03-12T10:30:00",
        },
        ensure_ascii=False, sort_keys=True,
    )  # fmt: skip


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def store_4(folder: Path, schema: str | None = None) -> Path:
    path = folder / "affil.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(schema or SCHEMA_4.read_text("utf-8"))
        connection.execute("INSERT INTO meta VALUES ('schema_version', '4'), ('pseudonym_key', 'ab12')")
        connection.execute("INSERT INTO official (source_id, name) VALUES ('s', ?)", [NAME])
        previous = "0" * 64
        for number in range(1, ENTRIES + 1):
            text = text_4(f"сверено {number}")
            told, hashed = json.loads(text), sha256(f"{previous}\n{text}")
            row = [
                number,
                told["kind"],
                told["verdict"],
                told["subject"],
                json.dumps(told["body"], ensure_ascii=False, sort_keys=True),
            ]
            row += [json.dumps(told["documents"], ensure_ascii=False), told["by"], told["on"], told["why"], told["recorded_at"]]
            connection.execute(f"INSERT INTO decision VALUES ({', '.join('?' * 12)})", [*row, previous, hashed])
            previous = hashed
    return path


def test_all_is_kept_the_log_is_chained_anew_and_a_private_copy_lies_beside(tmp_path: Path) -> None:
    path = store_4(tmp_path)
    before = path.read_bytes()
    told: list[str] = []
    with Store.open(path, told=told.append) as store:
        assert store.version() == "5"
        assert store.sql("SELECT name FROM official_in_force").fetchall() == [(NAME,)]
        log = read_log(store)
        digests = [sha256(text_4(f"сверено {number}")) for number in range(1, ENTRIES + 1)]
        assert store.sql("SELECT salt, digest FROM decision ORDER BY number").fetchall() == [("", digest) for digest in digests]
        previous = "0" * 64
        for entry, digest in zip(log, digests, strict=True):
            assert entry.previous == previous
            previous = sha256(f"{previous}\n{digest}")
            assert entry.hash == previous
        head = duckdb.connect(str(next(tmp_path.glob("*backup*")))).sql("SELECT hash FROM decision ORDER BY number DESC LIMIT 1")
        assert store.sql("SELECT value FROM meta WHERE key = 'decision_head_v4'").fetchall() == head.fetchall()
        append(store, [decision("inn:540000000007", "inn:660000000009")])
        assert len(read_log(store)) == ENTRIES + 1
    [backup] = tmp_path.glob("affil.duckdb.v4-backup-*")
    assert backup.name == f"affil.duckdb.v4-backup-{dt.date.today().isoformat()}"
    assert backup.read_bytes() == before
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert len(told) == 1 and str(backup) in told[0]
    with Store.open(path, told=told.append) as store:
        assert len(read_log(store)) == ENTRIES + 1
    assert len(told) == 1


def test_the_tables_are_those_of_a_store_made_now_in_the_order_that_a_run_is_hashed_by(tmp_path: Path) -> None:
    """Also where an early version 4 lacked a column and a view told something else."""
    schema = SCHEMA_4.read_text("utf-8")
    early = schema.replace("  reports_to VARCHAR, hired DATE,", "  hired DATE,").replace(
        "CREATE VIEW notice_in_force AS SELECT * FROM", "CREATE VIEW notice_in_force AS SELECT source_id FROM"
    )
    assert len(early) < len(schema) - 5
    columns = "table_name, column_index, column_name, data_type, is_nullable"
    shape = f"SELECT {columns} FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    views = "SELECT view_name, sql FROM duckdb_views() WHERE NOT internal ORDER BY ALL"
    constraints = "SELECT table_name, constraint_text FROM duckdb_constraints() ORDER BY ALL"
    with Store.open(store_4(tmp_path, early)) as store, Store.open(None) as fresh:
        for question in (shape, views, constraints):
            assert store.sql(question).fetchall() == fresh.sql(question).fetchall()
        assert store.sql("SELECT name, reports_to FROM official").fetchall() == [(NAME, None)]


def test_a_broken_log_is_told_and_the_store_stays_as_it_was(tmp_path: Path) -> None:
    path = store_4(tmp_path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE decision SET why = 'иначе' WHERE number = 2")
    for _ in range(2):
        with pytest.raises(StoreError, match="2"):
            Store.open(path)
    with duckdb.connect(str(path)) as connection:
        assert connection.sql("SELECT value FROM meta WHERE key = 'schema_version'").fetchall() == [("4",)]


@pytest.mark.parametrize("step", ["_has", "_renew", "_chained_anew"])
def test_what_stops_in_the_middle_leaves_version_4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = store_4(tmp_path)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, step, stop)
        with pytest.raises(KeyboardInterrupt):
            Store.open(path)
    with duckdb.connect(str(path)) as connection:
        assert connection.sql("SELECT value FROM meta WHERE key = 'schema_version'").fetchall() == [("4",)]
        assert connection.sql("SELECT count(*) FROM decision").fetchall() == [(ENTRIES,)]
    with Store.open(path) as store:
        assert len(read_log(store)) == ENTRIES
    assert len(list(tmp_path.glob("*backup*"))) == 2, "each try keeps a copy, none is written over"


def test_no_copy_no_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = store_4(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.shutil, "copyfileobj", full)
    with pytest.raises(StoreError, match="No space left"):
        Store.open(path)
    assert [file.name for file in tmp_path.iterdir()] == ["affil.duckdb"]
    with duckdb.connect(str(path)) as connection:
        assert connection.sql("SELECT value FROM meta WHERE key = 'schema_version'").fetchall() == [("4",)]


@pytest.mark.parametrize(("found", "expected"), [("3", "affil load"), ("6", "новее")])
def test_other_versions_are_refused_with_what_to_do(tmp_path: Path, found: str, expected: str) -> None:
    path = store_4(tmp_path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", [found])
    with pytest.raises(StoreError, match=expected):
        Store.open(path)
    assert [file.name for file in tmp_path.iterdir()] == ["affil.duckdb"]
