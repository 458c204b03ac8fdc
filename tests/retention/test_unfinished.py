"""A destruction killed at any step: an act exists exactly where data were destroyed, and the next command tells and finishes it.

Killing is played: what would clean up after an error does nothing, as in a process that is no more. `make proof` kills real ones.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from purge_world import HIS_NAME, workspace

from affil.errors import StoreError
from affil.store import rewrite
from affil.store.connect import StoreHeldError
from affil.store.store import Store

Run = Callable[..., Any]
YES = ("purge", "--as-of", "2026-11-01", "--yes")
OLD = "2015-01-02_03-04-05_0a1b2c3d"
pytestmark = pytest.mark.usefixtures("small_worlds")


class KilledError(BaseException):
    """Here the process would be no more."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Loaded, with a letter, an old run and a copy of the store that name him."""
    from worlds import loaded

    place = workspace(tmp_path_factory.mktemp("killed") / "w")
    with Store.open(place.store) as store:
        loaded(store, place.root)
    for name in (f"letters/{HIS_NAME}.txt", f"reports/{OLD}/findings.json", "affil.duckdb.v4-backup-2020-01-01"):
        (place.root / name).parent.mkdir(parents=True, exist_ok=True)
        (place.root / name).write_text(HIS_NAME, encoding="utf-8")
    return place.root


@pytest.fixture
def copy(world: Path, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The world to be destroyed in. Its file is written anew only where that is the question: it is half of the time."""
    if "rewrite" not in request.node.name:
        monkeypatch.setattr("affil.store.encrypt.rewrite", lambda *_: None)
    return Path(shutil.copytree(world, tmp_path / "w"))


@pytest.fixture
def killed(monkeypatch: pytest.MonkeyPatch, affil: Run) -> Iterator[Callable[..., None]]:
    """Run a command that is killed where `place` is called for the `nth` time; `done`: once it has done its work."""

    def run(place: str, *arguments: str, nth: int = 1, done: bool = False) -> None:
        module, _, name = place.rpartition(".")
        imported = __import__(module, fromlist=[name])
        real, calls = getattr(imported, name), 0

        def kill(*given: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls < nth:
                return real(*given, **named)
            if done:
                real(*given, **named)
            patch.setattr("affil.store.rewrite._finished", lambda *_: None)
            raise KilledError

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("affil.retention.unfinished.call_off", lambda *_: None)
            patch.setattr(imported, name, kill)
            with pytest.raises(KilledError):
                affil(*arguments)

    yield run


def state(root: Path) -> dict[str, Any]:
    with Store.open(root / "affil.duckdb") as store:
        ((rows,),) = store.sql("SELECT count(*) FROM official WHERE employee_id = '12'").fetchall()
        due = store.sql("SELECT key FROM meta WHERE key <> 'schema_version'").fetchall()
    papers = sorted(path.name for path in (root.parent / "w-purge").glob("*"))
    left = [
        (root / name).exists()
        for name in (f"letters/{HIS_NAME}.txt", f"reports/{OLD}/findings.json", "affil.duckdb.v4-backup-2020-01-01")
    ]
    return {"rows": rows, "papers": [name.split(" 2")[0] + Path(name).suffix for name in papers], "left": left, "due": due}


WHOLE = {"rows": 1, "papers": [], "left": [True] * 3, "due": []}
GONE = {"rows": 0, "papers": ["Акт об уничтожении.docx", "Выгрузка из журнала.docx"], "left": [False] * 3, "due": []}
STEPS = [
    ("affil.reports.folder.write_private", 2, False, WHOLE),  # the act is written, the extract is not
    ("affil.retention.unfinished.empty_run", 1, True, GONE),  # the rows are gone, the letter is there
    ("affil.store.encrypt.rewrite", 1, True, GONE),
    ("affil.retention.unfinished._forget", 1, False, GONE),  # the act has its name, the note is there
]
if os.environ.get("AFFIL_PROOF"):
    STEPS += [
        ("affil.retention.unfinished.begin", 1, True, WHOLE),
        ("affil.ties.link_within", 1, True, WHOLE),  # in the transaction
        ("affil.retention.unfinished.delete_files", 1, False, GONE),
        ("affil.retention.unfinished.deletable", 1, False, GONE),
        ("affil.retention.unfinished.delete_files", 1, True, GONE),
        ("affil.store.encrypt.rewrite", 1, False, GONE),
        ("affil.retention.unfinished.publish", 1, False, GONE),  # the file is written anew, the act is a draft
    ]


@pytest.mark.parametrize(
    ("place", "nth", "done", "after"), STEPS, ids=[f"{step[0].rpartition('.')[2]}-{step[2]}" for step in STEPS]
)
def test_the_next_command_finishes_what_was_killed_or_calls_it_off(
    place: str, nth: int, done: bool, after: dict[str, Any], copy: Path, killed: Callable[..., None], affil: Run
) -> None:
    killed(place, *YES, "-w", str(copy), nth=nth, done=done)
    with Store.open(copy / "affil.duckdb") as store:
        told = str(store.sql("FROM meta").fetchall())
        assert "purge_note" in told
        assert "урьев" not in told and "урьев" not in json.dumps(told)
    said = affil("hold", "-w", str(copy))
    assert said.code == 0
    assert ("ничего не уничтожено" if after is WHOLE else "Акт и выгрузка") in said.err
    assert state(copy) == after
    assert affil("hold", "-w", str(copy)).err == ""


def test_the_repeat_of_a_killed_purge_finishes_it_and_does_nothing_else(
    copy: Path, killed: Callable[..., None], affil: Run
) -> None:
    ask = ("purge", "--person", "12", "--yes", "-w", str(copy))
    killed("affil.retention.unfinished.delete_files", *ask)
    said = affil(*ask)
    assert said.code == 0, "and not «there is no such person»"
    assert str(copy.parent / "w-purge") in said.err
    assert "больше ничего не сделано" in said.out
    assert state(copy) == GONE | {
        "left": [False, True, False]
    }  # a run not past its term stays, it was one person who was asked for


def test_a_draft_that_is_not_there_is_told_until_it_is(copy: Path, killed: Callable[..., None], affil: Run) -> None:
    killed("affil.retention.unfinished.publish", *YES, "-w", str(copy))
    away = (copy.parent / "w-purge").rename(copy.parent / "stick")
    for _ in range(2):
        assert "Подключите носитель" in affil("hold", "-w", str(copy)).err
    (copy.parent / "w-purge").mkdir()
    assert "Верните файлы" in affil("hold", "-w", str(copy)).err
    (copy.parent / "w-purge").rmdir()
    away.rename(copy.parent / "w-purge")
    assert "Акт и выгрузка" in affil("hold", "-w", str(copy)).err
    assert state(copy) == GONE


def test_a_lost_draft_is_told_by_purge_for_the_last_time(copy: Path, killed: Callable[..., None], affil: Run) -> None:
    killed("affil.retention.unfinished.publish", *YES, "-w", str(copy))
    shutil.rmtree(copy.parent / "w-purge")
    (copy.parent / "w-purge").mkdir()
    said = affil("purge", "-w", str(copy))
    assert said.code == 1 and "составьте акт сами" in said.err
    assert affil("purge", "-w", str(copy)).code == 0
    assert state(copy)["due"] == []


def test_a_file_that_cannot_be_deleted_keeps_the_act_a_draft(copy: Path, affil: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path.suffix == ".txt":
            raise PermissionError(13, "open in another program")
        real(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", unlink)
        said = affil(*YES, "-w", str(copy))
    assert said.code == 1
    assert f"letters/{HIS_NAME}.txt" in said.err and "open in another program" in said.err and "акт пока черновик" in said.err
    assert "Удалено из хранилища" in said.out
    assert "Акт и выгрузка" in affil_again(affil, copy)
    assert state(copy) == GONE


def affil_again(affil: Run, root: Path) -> str:
    return str(affil("hold", "-w", str(root)).err)


@pytest.mark.parametrize("patience", [0, 5])
def test_another_command_may_take_the_store_before_it_is_written_anew(
    patience: int, copy: Path, affil: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tries = rewrite._finish, 0

    def held_once(*given: Any) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise StoreHeldError("held")
        real(*given)

    monkeypatch.setattr(rewrite, "_finish", held_once)
    monkeypatch.setattr(rewrite, "PATIENCE", patience)
    said = affil(*YES, "-w", str(copy))
    assert "осталось прежним" not in said.err
    assert said.code == (0 if patience else 1)
    if not patience:
        assert "удаление записано" in said.err and "акт пока черновик" in said.err
        assert "Акт и выгрузка" in affil_again(affil, copy)
    assert state(copy) == GONE


def test_a_full_disk_at_the_rewriting_is_told_as_it_is(copy: Path, affil: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from affil.store import encrypt

    def full(*_: object) -> None:
        raise encrypt.RewritingError("хранилище осталось прежним", "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(encrypt, "rewrite", full)
        said = affil(*YES, "--json", "-w", str(copy))
    assert said.code == 1
    assert "осталось прежним" not in said.err and "удаление записано" in said.err and "No space left" in said.err
    assert json.loads(said.out)["act"] is None and json.loads(said.out)["done"] is True
    assert "Акт и выгрузка" in affil_again(affil, copy)
    assert state(copy) == GONE


def test_a_failure_before_the_rows_go_leaves_no_draft(copy: Path, affil: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise StoreError("no")

    monkeypatch.setattr("affil.ties.link_within", fails)
    assert affil(*YES, "-w", str(copy)).code == 1
    assert state(copy) == WHOLE


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--why", "ошибка"), "причину и документ"),
        (("--document", "решение от 02.03.2026 № 5"), "причину и документ"),
        (("--why", "ошибка", "--document", "решение от 02.03.2026"), "номер и дата"),
        (("--why", "ошибка", "--document", "решение № 02.03.2026"), "номер и дата"),
        (("--why", "ошибка", "--document", "заявление Гурьева П. Е. от 02.03.2026 № 5"), "названо само лицо"),
    ],
)
def test_before_the_term_a_reason_and_a_document_are_needed(more: tuple[str, ...], says: str, world: Path, affil: Run) -> None:
    said = affil("purge", "--person", "13", *more, "-w", str(world))
    assert said.code == 2 and says in said.err


def test_the_document_stands_in_the_act_and_in_the_log(copy: Path, affil: Run) -> None:
    from affil.ingest.inputs import InputFile
    from affil.retention.copies import text_of

    document = "решение от 02.03.2026 № 5"
    assert affil("purge", "--person", "13", "--why", "ошибка", "--document", document, "--yes", "-w", str(copy)).code == 0
    with Store.open(copy / "affil.duckdb") as store:
        assert document in str(store.sql("SELECT documents FROM decision WHERE kind = 'destroyed'").fetchall())
    act = next((copy.parent / "w-purge").glob("Акт*"))
    assert f"ошибка; документ: {document}" in text_of(InputFile(act.name, act))


def test_a_folder_of_the_act_called_after_him_is_refused(copy: Path, affil: Run) -> None:
    said = affil(*YES, "--out", str(copy.parent / f"дело {HIS_NAME}"), "-w", str(copy))
    assert said.code == 2 and "Папка --out" in said.err
    assert state(copy) == WHOLE
