"""An encrypted store keeps nothing readable on the disk; each wrong key is told; its key is changed whole or not at all."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from affil.errors import SettingsError, StoreError
from affil.ingest.inputs import InputFile
from affil.settings import default_settings
from affil.store import connect, encrypt
from affil.store.connect import StoreHeldError, is_encrypted
from affil.store.key import Key, key_of
from affil.store.load import load_files
from affil.store.store import Store
from affil.words import Words
from tests.store.planted import found_in

WORDS = Words("ru")
NAME, STREET = "Ясколкин", "Кедроградская"
KEY, OTHER = Key('не\'кий "ключ" из 27 знаков ;--', "файл ключ.txt"), Key("b" * 64, "файл другой.txt")
ROWS = 5_000


def list_of_officials(file: Path, rows: int = ROWS) -> InputFile:
    lines = [f"{number:05};{NAME} Иван Петрович;ул. {STREET}, д. {number}" for number in range(rows)]
    file.write_text("\n".join(["Табельный №;ФИО;Адрес регистрации", *lines]), encoding="utf-8")
    return InputFile(file.name, file)


def filled(path: Path, key: Key | None, inbox: Path) -> Store:
    """A store with a long list in it, nothing of which is packed, so that a name would lie in it as it is."""
    inbox.mkdir(exist_ok=True)
    store = Store.open(path, key=key)
    store.sql("SET force_compression = 'uncompressed'")
    [loaded] = load_files(store, [list_of_officials(inbox / "список.csv")], dt.datetime(2026, 3, 1), lambda _: None)
    assert loaded.taken == {"officials": ROWS}
    return store


def spilled(store: Store) -> None:
    """What does not go into memory goes to temporary files."""
    store.sql("SET memory_limit = '25MB'")
    store.sql(f"CREATE TEMPORARY TABLE large AS SELECT '{NAME}' || (range * 7919 % 1000003) AS name FROM range(1200000)")


@pytest.fixture(autouse=True)
def temporary_files_are_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All that could be written lies below one folder: that of temporary files and the current one too."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "here"))
    yield


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1251"])
def test_the_search_finds_a_name_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    hidden = tmp_path / "here" / ".скрытый"
    hidden.write_bytes(b"\x00\xff" + f"-{NAME.upper()}-".encode(encoding))
    assert {found for _, _, found in found_in(tmp_path, NAME)} == {encoding}


def test_a_name_lies_in_the_plain_store_and_nowhere_in_the_encrypted_one(tmp_path: Path) -> None:
    inbox = tmp_path.parent / f"{tmp_path.name}-inbox"
    seen = {}
    for name, key in (("plain", None), ("encrypted", KEY)):
        folder = tmp_path / name
        folder.mkdir()
        with filled(folder / "affil.duckdb", key, inbox) as store:
            store.sql("CHECKPOINT")
            store.append("official", [{"source_id": "s", "name": f"{NAME} Пётр", "address": STREET}])
            spilled(store)
            files = {path.relative_to(folder).as_posix().partition("/")[0] for path in folder.rglob("*")}
            assert files == {"affil.duckdb", "affil.duckdb.wal", "affil.duckdb.tmp"}
            seen[name] = {file.partition("/")[0] for file, _, _ in found_in(folder, NAME, STREET)}
            assert not found_in(tmp_path / "here", NAME, STREET)
    assert seen == {"plain": {"affil.duckdb", "affil.duckdb.wal", "affil.duckdb.tmp"}, "encrypted": set()}
    assert found_in(tmp_path / "plain", STREET) and not found_in(tmp_path / "encrypted", NAME, STREET, KEY.text)


def test_every_file_is_its_owners_from_the_first_byte(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows knows the rights of the folder only")
    before = os.umask(0)
    try:
        for key in (None, KEY):
            path = tmp_path / f"{key is None}.duckdb"
            with connect.for_owner_only(), Store.open(path, key=key) as store:  # the command line is inside it as a whole
                store.append("official", [{"source_id": "s", "name": NAME}])
                spilled(store)
                modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.rglob("*.duckdb*") if file.is_file()}
                assert modes == {0o600}
                assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.glob("*.tmp")} == {0o700}
        alone = duckdb.connect(str(tmp_path / "open.duckdb"))
        assert stat.S_IMODE((tmp_path / "open.duckdb").stat().st_mode) == 0o666, "the rights would be seen if they were there"
        alone.close()
    finally:
        os.umask(before)


def test_each_wrong_key_is_told_and_no_message_has_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, secret = tmp_path / "plain.duckdb", tmp_path / "secret.duckdb"
    Store.open(plain).close()
    Store.open(secret, key=KEY).close()
    assert not is_encrypted(plain) and is_encrypted(secret)
    for path, key, expected in (
        (secret, OTHER, "ключ не подходит (файл другой.txt)"),
        (secret, None, "зашифровано, а ключ не задан"),
        (plain, KEY, "хранилище не зашифровано; зашифруйте его командой «affil key set»"),
    ):
        with pytest.raises(StoreError) as told:
            Store.open(path, key=key)
        assert expected in str(told.value)
        chain = f"{told.value!r} {told.value.__cause__!r} {key!r}"
        assert KEY.text not in chain and OTHER.text not in chain
    with monkeypatch.context() as patch:
        patch.setattr(connect.importlib.util, "find_spec", lambda name: None)
        with pytest.raises(StoreError, match="pip install duckdb-extension-httpfs"):
            Store.open(secret, key=KEY)
    with Store.open(secret, key=KEY) as store:
        assert KEY.text not in str(store.sql("SELECT * FROM duckdb_databases()").fetchall())
        assert KEY.text not in str(store.sql("SELECT * FROM duckdb_settings()").fetchall())
        with pytest.raises(duckdb.PermissionException):
            store.sql(f"COPY meta TO '{tmp_path / 'out.csv'}'")


def test_a_key_of_any_letters_fits_and_one_that_looks_alike_does_not(tmp_path: Path) -> None:
    for number, text in enumerate(("a\\x41b 'ё' \"й\" {key} $key", "f" * 64)):
        path = tmp_path / f"{number}.duckdb"
        Store.open(path, key=Key(text, "файл")).close()
        with pytest.raises(StoreError, match="не подходит"):
            Store.open(path, key=Key(text[:-1], "файл"))


def test_one_encrypted_store_does_all_a_plain_one_does(tmp_path: Path) -> None:
    with Store.open(tmp_path / "affil.duckdb", key=KEY) as store:
        with pytest.raises(ZeroDivisionError), store.transaction():
            store.append("official", [{"source_id": "s", "name": NAME}])
            raise ZeroDivisionError
        with store.undone():
            store.append("official", [{"source_id": "s", "name": NAME}])
            assert store.sql("SELECT count(*) FROM official_in_force").fetchall() == [(1,)]
        assert store.sql("SELECT count(*) FROM official").fetchall() == [(0,)]
        store.temporary("few", {"a": "INTEGER"}, [(1,), (2,)])
        with store.transaction(), store.in_little_memory():
            store.append("official", [{"source_id": "s", "name": f"{NAME} {number}"} for number in range(1_000)])
    with Store.open(tmp_path / "affil.duckdb", key=KEY) as store:
        assert store.sql("SELECT count(*) FROM official_in_force").fetchall() == [(1_000,)]
    with pytest.raises(StoreError), Store.open(tmp_path / "affil.duckdb"):
        pass


def contents(path: Path, key: Key | None) -> list[tuple[object, ...]]:
    with Store.open(path, key=key) as store:
        tables = [name for (name,) in store.sql("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
        return [(table, *store.sql(f"FROM {table} ORDER BY ALL").fetchall()) for table in tables]


def test_plain_encrypted_another_key_and_plain_again_hold_the_same(tmp_path: Path) -> None:
    path = tmp_path / "affil.duckdb"
    filled(path, None, tmp_path / "inbox").close()
    (tmp_path / "inbox" / "список.csv").unlink()
    assert found_in(tmp_path, NAME)
    before = contents(path, None)
    for old, new in ((None, KEY), (KEY, OTHER), (OTHER, None)):
        encrypt.rewrite(path, old, new, WORDS)
        assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["affil.duckdb"]
        assert is_encrypted(path) is (new is not None)
        assert bool(found_in(tmp_path, NAME)) is (new is None)
        assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600
        assert contents(path, new) == before


@pytest.mark.parametrize("key", [None, KEY])
def test_made_anew_under_the_same_key_it_has_nothing_of_what_was_deleted(tmp_path: Path, key: Key | None) -> None:
    path = tmp_path / "affil.duckdb"
    with Store.open(path, key=key) as store:
        store.sql("SET force_compression = 'uncompressed'")
        store.append("official", [{"source_id": "s", "name": f"{NAME} {number}"} for number in range(2_000)])
        store.sql("CHECKPOINT")
        store.sql("DELETE FROM official")
    assert bool(found_in(tmp_path, NAME)) is (key is None), "what is deleted stays in the file as long as nothing is put there"
    encrypt.rewrite(path, key, key, WORDS)
    assert not found_in(tmp_path, NAME) and is_encrypted(path) is (key is not None)


@pytest.mark.parametrize("step", ["_settled", "_replace", "sync_folder", "_wipe_old"])
def test_whatever_stops_it_leaves_one_whole_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """As if it were killed before each step: nothing tidies up, the next session does."""
    path = tmp_path / "affil.duckdb"
    with Store.open(path) as store:
        store.append("official", [{"source_id": "s", "name": NAME}])
    before = contents(path, None)

    class Killed(BaseException):
        pass

    def stop(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(encrypt, "_discard", lambda _: None)
        if step == "_wipe_old":
            patch.setattr(encrypt, "tidy", lambda _: None)
        patch.setattr(encrypt, step, stop)
        with pytest.raises(Killed):
            encrypt.rewrite(path, None, KEY, WORDS)
    key = KEY if is_encrypted(path) else None
    assert (key is None) is (step not in ("sync_folder", "_wipe_old"))
    encrypt.tidy(path)
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["affil.duckdb"]
    assert contents(path, key) == before


def test_a_second_name_of_the_store_itself_is_no_remains_to_write_over(tmp_path: Path) -> None:
    """Killed between giving the old file its second name and putting the new one in its place."""
    path = tmp_path / "affil.duckdb"
    Store.open(path).close()
    os.link(path, encrypt.remains_of(path))
    encrypt.tidy(path)
    assert not encrypt.remains_of(path).exists()
    Store.open(path).close()


def test_a_copy_that_differs_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "affil.duckdb"
    Store.open(path).close()
    content = encrypt._content
    monkeypatch.setattr(encrypt, "_content", lambda connection, catalog: [*content(connection, catalog), catalog])
    with pytest.raises(StoreError, match="не совпала"):
        encrypt.rewrite(path, None, KEY, WORDS)
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["affil.duckdb"] and not is_encrypted(path)


def test_rows_that_differ_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "affil.duckdb"
    seen = []
    with Store.open(path) as store:
        store.append("official", [{"source_id": "s", "name": NAME}, {"source_id": "t", "name": STREET}])
        for change in (
            "SELECT 1",
            "UPDATE official SET name = NULL WHERE source_id = 's'",
            "DELETE FROM official WHERE source_id = 't'",
        ):
            store.sql(change)
            seen.append(str(encrypt._content(store.connection, "affil")))
    assert len(set(seen)) == 3


def test_a_store_somebody_holds_is_not_rewritten(tmp_path: Path) -> None:
    import subprocess
    import sys

    path = tmp_path / "affil.duckdb"
    Store.open(path).close()
    code = f"import duckdb; c = duckdb.connect({str(path)!r}); print('held', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout and holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreHeldError):
            encrypt.rewrite(path, None, KEY, WORDS)
        holder.communicate(b"\n")
    assert not is_encrypted(path)


def test_where_a_key_is_looked_for(tmp_path: Path) -> None:
    settings = default_settings()
    one, two = tmp_path / "один.txt", tmp_path / "два.txt"
    one.write_bytes("\ufeffключ один\r\n".encode())
    two.write_text("ключ два")
    of_file = settings.model_copy(update={"store": settings.store.model_copy(update={"key_file": "один.txt"})})

    def found(environment: dict[str, str], settings: object = settings) -> str | None:
        key = key_of(settings, tmp_path, WORDS, environment)  # type: ignore[arg-type]
        return key.text if key else None

    assert found({}) is None
    assert found({}, of_file) == "ключ один"
    assert found({"AFFIL_KEY_FILE": str(two)}, of_file) == "ключ два"
    assert found({"AFFIL_KEY_FILE": str(two), "AFFIL_KEY": " и\u0306 "}, of_file) == "й"
    for wrong in ({"AFFIL_KEY": ""}, {"AFFIL_KEY": "a\nb"}, {"AFFIL_KEY_FILE": ""}, {"AFFIL_KEY_FILE": str(tmp_path / "нет")}):
        with pytest.raises(SettingsError):
            found(wrong, of_file)
    two.write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError):
        found({"AFFIL_KEY_FILE": str(two)})
