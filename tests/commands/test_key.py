"""`affil key`: each step an officer takes, and each thing that can be wrong with a key, told in one line."""

from __future__ import annotations

import os
import re
import stat
import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest
from in_process import Said

from affil.store.connect import is_encrypted
from tests.store.planted import found_in
from tests.worlds import table

Affil = Callable[..., Said]
NAME = "Ясколкина"


@pytest.fixture
def root(affil: Affil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one official in its plain store."""
    for name in ("AFFIL_KEY", "AFFIL_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "Округ"
    affil("init", str(root))
    official = {"employee_id": "1", "name": f"{NAME} Анна Петровна", "employer_inn": "4200000012"}
    table(root / "inbox" / "officials.csv", [official])
    assert affil("load", "-w", str(root)).code == 0
    return root


def setting(root: Path, line: str) -> None:
    file, key = root / "affil.toml", line.partition(" =")[0]
    file.write_text(re.sub(rf"^{key} = .*$", lambda _: line, file.read_text("utf-8"), flags=re.MULTILINE), "utf-8")


def fails(said: Said, expected: str, code: int = 1) -> None:
    assert (said.code, said.out) == (code, ""), said
    assert expected in said.err and said.err.count("\n") == 1, said.err


def test_the_way_of_a_key_from_new_to_removed(affil: Affil, root: Path, tmp_path: Path) -> None:
    place, one, two = ("-w", str(root)), tmp_path / "ключ 1.txt", tmp_path / "ключ 2.txt"
    fails(affil("key", "set", *place), "ключ не задан; сделайте его командой «affil key new ФАЙЛ»", 2)
    fails(affil("key", "new", str(root / "ключ.txt"), *place), "нельзя хранить в рабочей папке", 2)
    fails(affil("key", "new", *place), "одно из двух", 2)
    said = affil("key", "new", str(one), *place)
    assert said.code == 0 and f"key_file = '{one}'" in said.err
    key = one.read_text().strip()
    assert re.fullmatch("[0-9a-f]{64}", key) and key not in said.err + said.out
    assert os.name == "nt" or stat.S_IMODE(one.stat().st_mode) == 0o600
    fails(affil("key", "new", str(one), *place), "файл уже есть", 2)
    assert one.read_text().strip() == key
    setting(root, f"key_file = '{one}'")
    fails(affil("match", "history", *place), "хранилище не зашифровано; зашифруйте его командой «affil key set»")
    assert affil("key", "set", *place).code == 0 and is_encrypted(root / "affil.duckdb")
    fails(affil("key", "set", *place), "уже зашифровано", 2)
    assert affil("match", "history", *place).code == 0
    assert not [found for found in found_in(root, NAME, key) if not found[0].startswith("inbox/")]

    said = affil("key", "change", str(two), *place)
    assert said.code == 0 and f"key_file = '{two}'" in said.err and two.read_text().strip() != key
    fails(affil("match", "history", *place), "ключ не подходит (файл")
    again = affil("key", "change", str(two), *place)  # as where the first try was cut short once the store was written
    assert again.code == 0 and f"key_file = '{two}'" in again.err
    setting(root, f"key_file = '{two}'")
    fails(affil("key", "change", str(two), *place), "это тот же ключ", 2)
    fails(affil("key", "remove", *place), "повторите команду с --yes", 2)
    assert affil("key", "remove", "--yes", *place).code == 0 and not is_encrypted(root / "affil.duckdb")
    setting(root, "key_file = ''")
    assert affil("match", "history", *place).code == 0


def test_each_thing_that_is_wrong_with_a_key(affil: Affil, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = ("-w", str(root))
    monkeypatch.setenv("AFFIL_KEY", "короткий")
    fails(affil("key", "set", *place), "короче 20 знаков", 2)
    monkeypatch.setenv("AFFIL_KEY", "")
    fails(affil("match", "history", *place), "переменная окружения AFFIL_KEY: ключа нет")
    monkeypatch.setenv("AFFIL_KEY", "длинный и хороший ключ №1")
    assert affil("key", "set", *place).code == 0
    monkeypatch.setenv("AFFIL_KEY", "длинный и хороший ключ №2")
    fails(affil("match", "history", *place), "ключ не подходит (переменная окружения AFFIL_KEY)")
    monkeypatch.delenv("AFFIL_KEY")
    fails(affil("match", "history", *place), "хранилище зашифровано, а ключ не задан")
    monkeypatch.setenv("AFFIL_KEY_FILE", str(tmp_path / "флешка"))
    fails(affil("match", "history", *place), "файл с ключом не читается")
    debug = affil("match", "history", *place, "--lang", "en")
    assert "the key file cannot be read" in debug.err


def test_the_keyring_or_what_to_install(affil: Affil, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, kept = ("-w", str(root)), dict[tuple[str, str], str]()
    setting(root, "keyring = true")
    monkeypatch.setitem(sys.modules, "keyring", None)
    fails(affil("match", "history", *place), 'pip install "affil[keyring]"')
    ring = types.ModuleType("keyring")
    ring.get_password = lambda service, name: kept.get((service, name))  # type: ignore[attr-defined]
    ring.set_password = lambda service, name, key: kept.update({(service, name): key})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", ring)
    fails(affil("match", "history", *place), "нет ключа этой папки (служба affil")
    assert affil("key", "new", "--keyring", *place).code == 0
    fails(affil("key", "new", "--keyring", *place), "уже есть ключ", 2)
    assert affil("key", "set", *place).code == 0 and is_encrypted(root / "affil.duckdb")
    assert affil("match", "history", *place).code == 0

    def locked(service: str, name: str) -> str:
        raise RuntimeError(f"locked: {kept}")

    ring.get_password = locked  # type: ignore[attr-defined]
    said = affil("match", "history", *place)
    fails(said, "не отвечает (RuntimeError)")
    assert next(iter(kept.values())) not in said.err


def test_a_fresh_workspace_with_a_key_is_never_plain(affil: Affil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "Округ"
    monkeypatch.setenv("AFFIL_KEY", "a" * 64)
    affil("init", str(root))
    table(root / "inbox" / "officials.csv", [{"employee_id": "1", "name": f"{NAME} Анна", "employer_inn": "4200000012"}])
    said = affil("key", "set", "--json", "-w", str(root))
    assert said.code == 0 and '"encrypted": true' in said.out
    assert affil("load", "-w", str(root)).code == 0
    assert is_encrypted(root / "affil.duckdb")
    assert not [found for found in found_in(root, NAME) if not found[0].startswith("inbox/")]


def test_old_copies_beside_the_store_are_told(affil: Affil, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "affil.duckdb.v4-backup-2026-03-01").write_bytes(b"")
    monkeypatch.setenv("AFFIL_KEY", "b" * 64)
    said = affil("key", "set", "-w", str(root))
    assert said.code == 0 and "affil.duckdb.v4-backup-2026-03-01" in said.err
