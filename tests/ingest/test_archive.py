"""Zip archives as folders of files, and the hostile ones that are refused."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest

from affil.ingest.files import files_in
from affil.ingest.formats import archive
from affil.ingest.formats.archive import ArchiveReader, is_archive, is_clutter, members
from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError
from affil.model.records import Sink
from affil.store.load import load_files
from affil.store.store import Store


def packed(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return stream.getvalue()


def zip_file(files: dict[str, bytes]) -> InputFile:
    return InputFile("inbox/a.zip", data=packed(files))


def contents(file: InputFile) -> dict[str, bytes]:
    found = {}
    for member in members(file):
        with member.open() as stream:
            found[member.name] = stream.read()
    return found


def reason(file: InputFile) -> tuple[str, str | None]:
    with pytest.raises(FileRefusedError) as refused:
        list(members(file))
    return refused.value.reject.reason, refused.value.reject.params.get("cause")


def test_the_files_inside_are_read_in_order_of_their_names() -> None:
    file = zip_file(
        {"б.xml": b"2", "a/x.xml": b"1", "a/": b"", "__MACOSX/a": b"", "a/~$x.xlsx": b"", "Thumbs.db": b"", ".hidden": b""}
    )
    assert contents(file) == {"inbox/a.zip!a/x.xml": b"1", "inbox/a.zip!б.xml": b"2"}
    assert list(contents(file)) == ["inbox/a.zip!a/x.xml", "inbox/a.zip!б.xml"]


def test_an_archive_on_disk_is_not_read_into_memory_nor_kept_open(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"x.xml": b"<a/>" * 100_000}))
    (member,) = members(InputFile("a.zip", path))
    assert member.data is None and member.path is None
    assert member.head(4) == b"<a/>"
    with member.open() as stream:
        stream.seek(8)
        assert stream.tell() == 8
        assert len(stream.read()) == 400_000 - 8
    assert stream.closed


def test_names_of_old_windows_archives_are_read() -> None:
    data = packed({"XXXX.xml": b"1"}).replace(b"XXXX", "Файл".encode("cp866"))
    assert list(contents(InputFile("a.zip", data=data))) == ["a.zip!Файл.xml"]


def test_an_archive_inside_an_archive_is_opened_once_and_no_deeper() -> None:
    innermost = packed({"deep.xml": b"3"})
    inner = packed({"in.xml": b"2", "third.zip": innermost})
    file = zip_file({"second.zip": inner, "out.xml": b"1"})
    assert contents(file) == {
        "inbox/a.zip!out.xml": b"1",
        "inbox/a.zip!second.zip!in.xml": b"2",
        "inbox/a.zip!second.zip!third.zip": innermost,
    }
    with pytest.raises(FileRefusedError) as refused:
        ArchiveReader().read(InputFile("third.zip", data=innermost), Sink(lambda table, rows: None))
    assert refused.value.reject.reason == "archive_too_deep"


def test_workbooks_are_no_archives() -> None:
    assert not is_archive(zip_file({"[Content_Types].xml": b"", "xl/workbook.xml": b""}))
    assert not is_archive(zip_file({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": b""}))
    assert not is_archive(InputFile("a.xml", data=b"<a/>"))
    assert is_archive(zip_file({"a.xml": b""}))
    assert list(contents(zip_file({"book.xlsx": packed({"[Content_Types].xml": b""})}))) == ["inbox/a.zip!book.xlsx"]


@pytest.mark.parametrize("name", ["../x.xml", "a/../../x.xml", "/etc/x.xml", "C:/x.xml", "..\\x.xml", "\\x.xml"])
def test_only_the_file_whose_name_leads_out_of_the_archive_is_refused(name: str) -> None:
    found = {member.name: member for member in members(zip_file({name: b"1", "good.xml": b"2"}))}
    assert len(found) == 2
    with found.pop("inbox/a.zip!good.xml").open() as stream:
        assert stream.read() == b"2"
    (refused,) = found.values()
    assert opening(refused) == "archive_member_unsafe"
    assert not is_archive(refused)


def opening(member: InputFile) -> str:
    with pytest.raises(FileRefusedError) as refused:
        member.open()
    return refused.value.reject.reason


def test_only_the_locked_file_among_open_ones_is_refused() -> None:
    data = bytearray(packed({"good.xml": b"2", "locked.xml": b"1"}))
    for at in (data.rindex(b"PK\x03\x04") + 6, data.rindex(b"PK\x01\x02") + 8):
        data[at] |= 1
    good, locked = members(InputFile("a.zip", data=bytes(data)))
    with good.open() as stream:
        assert stream.read() == b"2"
    assert opening(locked) == "archive_member_encrypted"


def test_the_rest_of_such_an_archive_is_loaded_and_the_refusal_told(tmp_path: Path) -> None:
    table = "ФИО;Табельный номер;ИНН организации;Должность\nГромов Пётр Ильич;1;4200000012;Инженер\n".encode()
    (tmp_path / "a.zip").write_bytes(packed({"../x.csv": table, "list.csv": table}))
    with Store.open(None) as store:
        done = load_files(store, files_in([tmp_path / "a.zip"], tmp_path), dt.datetime(2025, 1, 1), lambda _: None)
        reasons = store.sql("SELECT file, reason FROM reject JOIN source USING (source_id)").fetchall()
    assert {one.file: one.kind for one in done} == {"a.zip!../x.csv": "unreadable", "a.zip!list.csv": "table"}
    assert reasons == [("a.zip!../x.csv", "archive_member_unsafe")]


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "RATIO_MATTERS_ABOVE", 1_000_000)
    assert reason(zip_file({"x.xml": b"0" * 2_000_000})) == ("archive_bomb", None)
    assert reason(zip_file({f"{n}.xml": b"0" * 600_000 for n in range(4)})) == ("archive_bomb", None), "each of them is small"
    monkeypatch.setattr(archive, "RATIO_MATTERS_ABOVE", 1 << 40)
    assert len(contents(zip_file({"x.xml": b"0" * 2_000_000}))) == 1
    monkeypatch.setattr(archive, "MAX_TOTAL", 1_000)
    assert reason(zip_file({"x.xml": b"0" * 600, "y.xml": b"0" * 600})) == ("archive_too_large", None)
    monkeypatch.setattr(archive, "MAX_MEMBERS", 1)
    assert reason(zip_file({"x.xml": b"", "y.xml": b""})) == ("archive_too_many", None)
    inner = packed({"x.xml": b"", "y.xml": b""})
    monkeypatch.setattr(archive, "MAX_MEMBERS", 5)
    found = [member.name for member in members(zip_file({"a.zip": inner, "b.zip": inner}))]
    assert found == ["inbox/a.zip!a.zip!x.xml", "inbox/a.zip!a.zip!y.xml", "inbox/a.zip!b.zip"], (
        "six are more than there is room for"
    )


def test_a_file_that_unpacks_to_more_than_it_says_is_cut_there() -> None:
    data = bytearray(packed({"x.xml": b"0" * 5_000}))
    for at in (22, data.index(b"PK\x01\x02") + 24):
        data[at : at + 4] = (100).to_bytes(4, "little")
    (member,) = members(InputFile("a.zip", data=bytes(data)))
    with member.open() as stream:
        given = 0
        with pytest.raises(FileRefusedError):
            while chunk := stream.read(10):
                given += len(chunk)
    assert given <= 100


def test_a_broken_archive_says_so() -> None:
    whole = packed({"x.xml": bytes(range(256)) * 40})
    assert reason(InputFile("a.zip", data=whole[:200]))[0] == "archive_broken"
    assert is_archive(InputFile("a.zip", data=whole[:200]))
    start = whole.index(b"x.xml") + 5
    (member,) = members(InputFile("a.zip", data=whole[:start] + b"\xff" * 40 + whole[start + 40 :]))
    with member.open() as stream, pytest.raises(FileRefusedError) as refused:
        stream.read()
    assert refused.value.reject.reason == "archive_broken"


def test_an_encrypted_archive_says_so() -> None:
    data = bytearray(packed({"x.xml": b"1"}))
    for at in (6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1
    assert reason(InputFile("a.zip", data=bytes(data)))[0] == "archive_encrypted"


@pytest.mark.parametrize(
    ("path", "clutter"),
    [
        ("a/.git/x", True),
        ("~$Анкеты.xlsx", True),
        (".~lock.a.ods#", True),
        ("a/Desktop.ini", True),
        ("THUMBS.DB", True),
        ("a/b.xml", False),
        ("a~$.xml", False),
    ],
)
def test_clutter(path: str, clutter: bool) -> None:
    assert is_clutter(path) == clutter
