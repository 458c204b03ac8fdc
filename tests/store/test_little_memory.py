"""A large file is written in little memory, and is loaded whole where that is not enough."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from affil.ingest.inputs import InputFile
from affil.store import store as store_module
from affil.store.load import TOGETHER, load_files
from affil.store.store import Store

_ROWS = 8_000


@pytest.mark.parametrize("little", [store_module.LITTLE_MEMORY, "1MB"])
def test_a_large_file_is_taken_whole_and_the_store_has_its_memory_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, little: str
) -> None:
    monkeypatch.setattr(store_module, "LITTLE_MEMORY", little)
    path = tmp_path / "контракты.csv"
    lines = [f"{number};01.02.2025;ООО «Опыт {number}»;{number},50;Предмет {number}" for number in range(_ROWS)]
    path.write_text("\n".join(["Реестровый номер контракта;Дата заключения;Поставщик;Цена;Предмет", *lines]), encoding="utf-8")
    assert path.stat().st_size > TOGETHER
    with Store.open(tmp_path / "store.duckdb") as store:
        [loaded] = load_files(store, [InputFile(path.name, path)], dt.datetime(2025, 3, 1), lambda _: None)
        assert loaded.taken == {"contracts": _ROWS}
        assert store.sql("SELECT count(*), count(DISTINCT locator) FROM contract").fetchall() == [(_ROWS, _ROWS)]
        store.sql("CREATE TEMPORARY TABLE large AS SELECT range AS number FROM range(1000000)")  # needs more than 1 MB
