"""The workspace folder and its runs (CONTRACT 1)."""

import datetime as dt
import os
import stat
import sys
import types
from pathlib import Path

import pytest

from affil.errors import SettingsError, UsageError
from affil.reports.folder import LATEST, replace_text, write_folder
from affil.settings import default_settings
from affil.workspace import Workspace, init_workspace, open_workspace

STARTED = dt.datetime(2026, 3, 5, 9, 7, 1)
LATER = dt.datetime(2026, 3, 6, 9, 7, 1)
RUN = "R-1a2b3c4d5e6f7081"
OTHER = "R-ffffffff00000000"


@pytest.fixture(autouse=True)
def one_template(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks are another module's work and have tests of their own."""
    module = types.ModuleType("affil.ingest.tables.blanks.templates")
    module.write_templates = lambda folder, lang: (folder / f"{lang}.xlsx").write_bytes(b"")  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "affil.ingest.tables.blanks.templates", module)
    monkeypatch.setattr("affil.ingest.tables.blanks.request_form.write_request_form", lambda folder, lang: None)


def finished(workspace: Workspace, started: dt.datetime, run: str) -> Path:
    """The folder of a run as it is written."""
    return write_folder({"summary.txt": b""}, workspace.reports, f"{started:%Y-%m-%d_%H-%M-%S}_{run[2:10]}")


def mark_latest(folder: Path) -> None:
    replace_text(folder.parent / LATEST, folder.name + "\n")


def test_a_new_workspace_has_the_promised_layout(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "new" / "affil", "ru")
    names = sorted(each.name for each in workspace.root.iterdir() if each.suffix != ".cmd")
    assert names == ["affil.toml", "inbox", "reports", "templates"]
    assert sorted(each.name[:1] for each in workspace.root.glob("*.cmd")) == list("123456")
    assert [each.name for each in workspace.templates.iterdir()] == ["ru.xlsx"]
    assert workspace.store == workspace.root / "affil.duckdb"
    assert workspace.settings() == default_settings("ru")
    assert open_workspace(workspace.root) == workspace


def test_the_language_asked_for_is_written_into_the_settings(tmp_path: Path) -> None:
    assert init_workspace(tmp_path, "en").settings().language == "en"


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems have these bits")
def test_everything_is_for_its_owner_only(tmp_path: Path) -> None:
    previous = os.umask(0)
    try:
        workspace = init_workspace(tmp_path / "new")
        mark_latest(finished(workspace, STARTED, RUN))
    finally:
        os.umask(previous)
    folders = [workspace.root, workspace.inbox, workspace.templates, workspace.reports]
    files = [workspace.settings_file, workspace.templates / "ru.xlsx", workspace.reports / "latest"]
    assert {stat.S_IMODE(each.stat().st_mode) for each in folders} == {0o700}
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}


def test_an_existing_workspace_is_never_overwritten(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    workspace.settings_file.write_text('language = "en"\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"affil\.toml"):
        init_workspace(tmp_path)
    assert workspace.settings_file.read_text(encoding="utf-8") == 'language = "en"\n'


def test_a_folder_with_files_in_it_can_become_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "kept.xlsx").write_bytes(b"kept")
    assert (init_workspace(tmp_path).inbox / "kept.xlsx").read_bytes() == b"kept"


def test_a_failed_try_can_be_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(folder: Path, lang: str) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(sys.modules["affil.ingest.tables.blanks.templates"], "write_templates", fails)
        with pytest.raises(SettingsError, match="No space left"):
            init_workspace(tmp_path)
    assert init_workspace(tmp_path).settings_file.is_file()


def test_a_file_in_the_way_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="file"):
        init_workspace(tmp_path / "file")


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_opening_what_is_no_workspace_says_what_to_do(tmp_path: Path, lang: str) -> None:
    with pytest.raises(SettingsError, match="affil init"):
        open_workspace(tmp_path, lang)


def test_a_run_folder_is_named_by_time_and_hash_and_never_reused(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    names = [finished(workspace, STARTED, RUN).name for _ in range(3)]
    assert names == ["2026-03-05_09-07-01_1a2b3c4d", "2026-03-05_09-07-01_1a2b3c4d-2", "2026-03-05_09-07-01_1a2b3c4d-3"]


def test_without_runs_there_is_no_latest_and_asking_for_one_says_so(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    assert workspace.latest_run() is None
    with pytest.raises(UsageError, match="affil screen"):
        workspace.run_folder("latest")


def test_a_run_is_found_by_name_by_hash_and_as_the_latest(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    first, second = finished(workspace, STARTED, RUN), finished(workspace, LATER, OTHER)
    mark_latest(second)
    assert (workspace.reports / "latest").read_text(encoding="utf-8") == f"{second.name}\n"
    assert workspace.latest_run() == workspace.run_folder("latest") == second
    for known_as in (first.name, RUN, "R-1a2b3c4d", "1a2b3c4d", RUN.upper()):
        assert workspace.run_folder(known_as) == first


def test_of_several_runs_with_one_hash_the_newest_answers(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    newest = finished(workspace, LATER, RUN)
    finished(workspace, STARTED, RUN)
    assert workspace.run_folder(RUN) == newest


@pytest.mark.parametrize("content", ["../../elsewhere", "", "2020-01-01_00-00-00_00000000", "\0", "inbox"])
def test_a_latest_file_that_names_no_run_is_passed_over(tmp_path: Path, content: str) -> None:
    workspace = init_workspace(tmp_path)
    finished(workspace, STARTED, RUN)
    newest = finished(workspace, LATER, OTHER)
    (workspace.reports / "latest").write_text(content, encoding="utf-8")
    assert workspace.latest_run() == newest


@pytest.mark.parametrize("name", ["..", "../inbox", "R-1", "", "*", "R-zzzzzzzz"])
def test_what_is_no_name_of_a_run_is_wrong_usage(tmp_path: Path, name: str) -> None:
    workspace = init_workspace(tmp_path)
    finished(workspace, STARTED, RUN)
    with pytest.raises(UsageError, match="R-1a2b3c4d"):
        workspace.run_folder(name)


def test_an_unknown_run_lists_the_known_ones(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    known = finished(workspace, STARTED, RUN)
    with pytest.raises(UsageError, match=known.name):
        workspace.run_folder(OTHER)


def test_unfinished_folders_and_stray_files_are_no_runs(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    (workspace.reports / ".2026-03-05_09-07-01_1a2b3c4d.part").mkdir()
    (workspace.reports / "2026-03-05_09-07-01_1a2b3c4d").write_bytes(b"")
    assert workspace.runs() == []
