"""Which files are found under a folder, how they are called, and who reads them."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from sources import REFUSED, SOURCES

from affil.errors import InputError
from affil.ingest.files import files_in
from affil.ingest.inputs import InputFile
from affil.ingest.readers import reader_for, readers
from affil.model.records import Sink


def write(path: Path, data: bytes = b"1") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def packed(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, data in files.items():
            target.writestr(f"{name}.xml", data)
    return stream.getvalue()


def names(path: Path, workspace: Path) -> list[str]:
    return [file.name for file in files_in([path], workspace)]


def test_names_are_relative_to_the_workspace_sorted_and_without_clutter(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    for name in ("b.xml", "Анкеты/a.xlsx", "Анкеты/~$a.xlsx", ".git/x", "Thumbs.db", "a/desktop.ini", "a.csv"):
        write(inbox / name)
    assert names(inbox, tmp_path) == ["inbox/a.csv", "inbox/b.xml", "inbox/Анкеты/a.xlsx"]
    assert names(inbox / "Анкеты", tmp_path) == ["inbox/Анкеты/a.xlsx"]
    assert names(inbox / "b.xml", tmp_path) == ["inbox/b.xml"]


def test_names_outside_the_workspace_begin_with_the_folder_given(tmp_path: Path) -> None:
    write(tmp_path / "disk/new/a.xml")
    workspace = tmp_path / "work"
    workspace.mkdir()
    assert names(tmp_path / "disk/new", workspace) == ["new/a.xml"]
    assert names(tmp_path / "disk/new/a.xml", workspace) == ["a.xml"]


def test_a_relative_path_is_read_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "inbox/a.xml")
    monkeypatch.chdir(tmp_path)
    assert names(Path("inbox"), Path(".")) == ["inbox/a.xml"]
    monkeypatch.chdir(tmp_path / "inbox")
    assert names(Path("."), tmp_path) == ["inbox/a.xml"]


def test_archives_stand_for_their_files(tmp_path: Path) -> None:
    write(tmp_path / "inbox/a.zip", packed(x=b"<EGRUL/>", y=b"<EGRIP/>"))
    write(tmp_path / "inbox/bad.zip", packed(x=b"1")[:-30])
    found = files_in([tmp_path / "inbox"], tmp_path)
    assert [file.name for file in found] == ["inbox/a.zip!x.xml", "inbox/a.zip!y.xml", "inbox/bad.zip"]
    taken_by = [reader_for(file, readers()) for file in found]
    assert [reader and reader.kind for reader in taken_by] == ["egrul", "egrip", "archive"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    write(tmp_path / "inbox/a/x.xml")
    try:
        (tmp_path / "inbox/a/again").symlink_to(tmp_path / "inbox", target_is_directory=True)
        (tmp_path / "inbox/gone.xml").symlink_to(tmp_path / "nowhere")
    except OSError:
        pytest.skip("links are not allowed here")
    assert names(tmp_path / "inbox", tmp_path) == ["inbox/a/x.xml"]


def test_nothing_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        files_in([tmp_path / "nowhere"], tmp_path)


def test_at_most_one_reader_but_the_table_reader_claims_a_file() -> None:
    for data in (b"<EGRUL/>", b"<EGRIP/>", packed(x=b"1"), "<ЕГРЮЛ/>".encode(), "<ЕГРИП/>".encode()):
        claims = [reader.kind for reader in readers()[:-1] if reader.look(InputFile("inbox/file", data=data)).mine]
        assert len(claims) == 1


def test_the_name_does_not_matter() -> None:
    reader = reader_for(InputFile("inbox/Анкеты.xlsx", data="<ЕГРЮЛ/>".encode()), readers())
    assert reader is not None and reader.kind == "egrul"


@pytest.mark.skipif(os.name != "posix" or sys.platform == "darwin", reason="only Linux keeps such names")
def test_a_name_that_is_no_text_can_be_written_down(tmp_path: Path) -> None:
    write(Path(os.fsdecode(os.fsencode(tmp_path / "inbox") + b"/\xcf\xf0.xml")))
    (name,) = names(tmp_path / "inbox", tmp_path)
    assert name.encode("utf-8").decode("utf-8") == name == "inbox/\ufffd\ufffd.xml"


@pytest.mark.parametrize("name", SOURCES)
def test_a_sample_of_each_source_is_taken_by_its_reader_and_by_content_alone(name: str) -> None:
    kind, make = SOURCES[name]
    file = InputFile("inbox/Анкеты.doc", data=make())
    reader = reader_for(file, readers())
    assert reader is not None and reader.kind == kind
    if name in REFUSED:
        return
    found: list[str] = []
    sink = Sink(lambda table, rows: found.extend(row["locator"] for row in rows))
    reader.read(file, sink)
    sink.close()
    assert sum(sink.taken.values()) > 0 and sink.rejects == []
    assert (found or name == "protocol-2014.xml") and all(found)  # a protocol may name nobody


def test_every_reader_has_a_sample() -> None:
    assert {reader.kind for reader in readers()} == {kind for kind, _ in SOURCES.values()}
