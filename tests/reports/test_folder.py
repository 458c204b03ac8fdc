"""The run's folder: whole or absent, never overwritten, private, and proved by its manifest."""

from __future__ import annotations

import hashlib
import json
import os
import time
from pathlib import Path

import fake_run
import pytest

from affil.reports import folder as folder_module
from affil.reports.folder import write_run

FILES = {
    "findings.json", "findings.csv", "coverage.csv", "not_determinable.csv", "rejects.csv", "report.html", "manifest.json",
    "findings.xlsx", "memo.docx",
    "pseudonymised/findings.csv", "pseudonymised/steps.csv", "pseudonymised/coverage.csv", "pseudonymised/not_determinable.csv",
    "pseudonymised/README.txt",
    "summary_public/summary.csv", "summary_public/summary.xlsx", "summary_public/summary.docx",
}  # fmt: skip


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_folder_has_every_file_and_latest_names_it(tmp_path: Path) -> None:
    folder = write_run(fake_run.run(), tmp_path / "reports", "ru")
    assert folder.name == "2026-03-01_14-05-09_0a1b2c3d"
    assert files_of(folder) == FILES
    assert (folder.parent / "latest").read_text("utf-8").strip() == folder.name
    assert {path.name for path in folder.parent.iterdir()} == {folder.name, "latest"}


def test_a_second_run_of_the_same_second_gets_its_own_folder(tmp_path: Path) -> None:
    first = write_run(fake_run.run(), tmp_path, "ru")
    before = (first / "report.html").read_bytes()
    second, third = (write_run(fake_run.run(), tmp_path, "en") for _ in range(2))
    assert (second.name, third.name) == (f"{first.name}-2", f"{first.name}-3")
    assert (first / "report.html").read_bytes() == before
    assert (first / "findings.json").read_bytes() == (second / "findings.json").read_bytes()
    assert (tmp_path / "latest").read_text("utf-8") == f"{third.name}\n"


def test_the_manifest_proves_every_file(tmp_path: Path) -> None:
    folder = write_run(fake_run.run(), tmp_path, "ru")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert set(manifest["files"]) == FILES - {"manifest.json"}
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert manifest["run"] == "R-0a1b2c3d4e5f60718293"
    assert manifest["times"]["started"] == "2026-03-01T14:05:09"
    assert manifest["period"] == ["2025-01-01", "2025-12-31"]
    assert manifest["rules"]["ended-tie"] == "ab" * 32
    assert len(manifest["inputs"]) == 32
    assert manifest["settings"] == {"own": ["b", "a"], "year": 2025}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
def test_only_the_owner_can_read(tmp_path: Path) -> None:
    folder = write_run(fake_run.run(), tmp_path, "ru")
    assert folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & (0o077 if path.is_dir() else 0o177) == 0 for path in folder.rglob("*"))


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(path: Path, content: bytes) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(folder_module, "write_private", full_disk)
    with pytest.raises(OSError, match="no space"):
        write_run(fake_run.run(), tmp_path, "ru")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there_before", [False, True])
def test_documents_cut_short_leave_nothing_of_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there_before: bool
) -> None:
    def full(_: int) -> None:
        if (folder / "inner" / "b.csv").exists():
            raise OSError(28, "No space left on device")

    folder = tmp_path / "new" / "folder"
    if there_before:
        folder.mkdir(parents=True)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        folder_module.write_documents({"a.csv": b"1", "inner/b.csv": b"2"}, folder)
    assert list(tmp_path.rglob("*")) == ([tmp_path / "new", folder] if there_before else [])


def test_half_a_folder_of_a_killed_process_is_taken_away_and_one_that_is_being_written_is_not(tmp_path: Path) -> None:
    for name, age in (("old", 2 * folder_module.FORSAKEN), ("young", 0)):
        draft = tmp_path / f"{folder_module.DRAFT}{name}"
        draft.mkdir()
        (draft / "memo.docx").write_bytes(b"half")
        os.utime(draft, (time.time() - age,) * 2)
    folder_module.write_folder({"a.txt": b"whole"}, tmp_path, "run")
    assert {each.name for each in tmp_path.iterdir()} == {f"{folder_module.DRAFT}young", "run"}
