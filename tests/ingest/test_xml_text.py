"""The traps of real XML files: encodings that lie, quotes left open, files cut short, garbage."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from affil.ingest.formats import xml_text
from affil.ingest.formats.xml_text import Encoding, elements, encoding_of, head_text, prolog_has_doctype, repaired
from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError
from affil.model.records import Sink

NAME = "ОБЩЕСТВО ЗИМОРОДОК"


def records(number: int, name: str = NAME) -> str:
    return "\n".join(f'<СвЮЛ ОГРН="{i}"><Имя Наим="{name}"/></СвЮЛ>' for i in range(number))


def document(number: int = 3, declared: str | None = None, name: str = NAME) -> str:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    return f"{declaration}<EGRUL>\n{records(number, name)}\n</EGRUL>"


def read(data: bytes) -> tuple[list[tuple[str | None, str | None]], Sink]:
    sink = Sink(lambda table, rows: None)
    return [(one.get("ОГРН"), one[0].get("Наим")) for one in elements(InputFile("inbox/x.xml", data=data), sink, ("СвЮЛ",))], sink


EXPECTED = [(str(i), NAME) for i in range(3)]


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (document(declared="windows-1251").encode("windows-1251"), None),
        (document(declared="utf-8").encode(), None),
        (document().encode(), None),
        (b"\xef\xbb\xbf" + document(declared="UTF-8").encode(), None),
        (document(declared="utf-16").encode("utf-16"), None),
        (document(declared="windows-1251").encode(), "xml_encoding|windows-1251 → utf-8"),
        (b"\xef\xbb\xbf" + document(declared="windows-1251").encode(), "xml_encoding|windows-1251 → utf-8"),
        (document().encode("windows-1251"), None),
        (document(declared="utf-8").encode("windows-1251"), "xml_encoding|utf-8 → windows-1251"),
        (document(declared="cp-1251-win").encode("windows-1251"), None),
        (document(declared="hex").encode("windows-1251"), "xml_encoding|hex → windows-1251"),
        (document(declared="undefined").encode("windows-1251"), "xml_encoding|undefined → windows-1251"),
        (document(declared="koi8-r").encode("koi8-r"), None),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes, note: str | None) -> None:
    found, sink = read(data)
    assert found == EXPECTED
    assert not sink.rejects
    assert note is None or sink.notes == [note]


def test_utf8_with_one_broken_byte_is_not_taken_for_windows_1251() -> None:
    data = document(declared="utf-8").encode()
    broken = data[:-60] + b"\xff" + data[-60:]
    assert encoding_of(io.BytesIO(broken)).actual == "utf-8"
    found, sink = read(broken)
    assert found == EXPECTED[: len(found)] and 0 < len(found) < 3
    assert sink.rejects[0].reason == "xml_broken"


@given(st.text(st.characters(codec="windows-1251", exclude_categories=["Cc"]), min_size=1).filter(lambda text: "Ж" not in text))
def test_windows_1251_is_never_taken_for_utf8_when_it_begins_in_russian(text: str) -> None:
    data = ("<Файл>Жук" + text).encode("windows-1251")
    assert encoding_of(io.BytesIO(data)) == Encoding(None, "windows-1251")


@given(st.text(), st.integers(1, 7))
def test_utf8_is_seen_whatever_the_size_of_chunks(text: str, size: int) -> None:
    was, xml_text.CHUNK = xml_text.CHUNK, size
    try:
        data = text.encode()
        if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            assert encoding_of(io.BytesIO(data)).actual == "utf-8"
    finally:
        xml_text.CHUNK = was


def test_quotes_left_open_are_repaired_once() -> None:
    name = 'ОБЩЕСТВО "ФИРМА "ЗИМОРОДОК" И "УДОД"" & К'
    data = document(name=name).encode()
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(data)
    found, sink = read(data)
    assert found == [(str(i), name) for i in range(3)]
    assert sink.notes == ["xml_repaired|3"]
    assert not sink.rejects


def test_quotes_left_open_are_repaired_in_two_byte_letters_too() -> None:
    name = 'ОБЩЕСТВО "ФИРМА "ЗИМОРОДОК""'
    found, sink = read(document(declared="UTF-16", name=name).encode("utf-16"))
    assert found == [(str(i), name) for i in range(3)]
    assert sink.notes == ["xml_repaired|3"]


def test_records_before_a_quote_left_open_are_given_once() -> None:
    good = "".join(f'<СвЮЛ ОГРН="{i}"><Имя Наим="{NAME}"/></СвЮЛ>' for i in range(2_000))
    found, sink = read(f'<EGRUL>{good}<СвЮЛ ОГРН="last"><Имя Наим="ООО "УДОД""/></СвЮЛ></EGRUL>'.encode())
    assert [ogrn for ogrn, _ in found] == [*map(str, range(2_000)), "last"]
    assert found[-1] == ("last", 'ООО "УДОД"')
    assert sink.notes == ["xml_repaired|1"]


def test_repair_above_the_limit_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_text, "REPAIR_LIMIT", 100)
    with pytest.raises(FileRefusedError) as refused:
        read(document(name='ООО "УДОД"').encode())
    assert refused.value.reject.reason == "xml_unreadable"


@given(st.lists(st.tuples(st.sampled_from(["А", "Наим", "E-mail", "x:y"]), st.text("аБ \"'&;=>/1«"))))
def test_repair_leaves_well_formed_text_alone(pairs: list[tuple[str, str]]) -> None:
    element = etree.Element("СвЮЛ", {f"a{i}": value for i, (_name, value) in enumerate(pairs)})
    text = etree.tostring(element, encoding="unicode")
    assert repaired(text) == (text, 0)


@given(st.text('аБ "&', max_size=30))
def test_repair_gives_back_what_a_browser_unescaped(name: str) -> None:
    if any(sign in name for sign in ("&а", "&Б")):
        name = name.replace("&", "& ")
    text, _count = repaired(f'<СвЮЛ Наим="{name}" Код="1"/>')
    assert etree.fromstring(text).get("Наим") == name


def test_repair_is_quick_on_a_long_open_value() -> None:
    assert repaired('<a b="' + 'x="' * 100_000)[1] == 0


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_a_file_cut_short_keeps_what_came_before(cut: float) -> None:
    text = document(300, "windows-1251")
    data = text.encode("windows-1251")[: int(len(text) * cut)]
    found, sink = read(data)
    complete = data.count("</СвЮЛ>".encode("windows-1251"))
    assert found == [(str(i), NAME) for i in range(complete)]
    (reject,) = sink.rejects
    assert (reject.reason, reject.row_taken) == ("xml_broken", False)
    assert reject.row == data.count(b"\n") + 1
    assert reject.params["taken"] == str(complete)


@pytest.mark.parametrize(
    "data", [b"", b"garbage", b"<EGRUL", "<EGRUL>\n<СвЮЛ ОГРН='1'>".encode(), b"\x00" * 100, b"<EGRUL></XX>"]
)
def test_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefusedError) as refused:
        read(data)
    assert refused.value.reject.reason == "xml_unreadable"
    assert "inbox/x.xml" in str(refused.value)


def test_an_empty_container_is_no_fault() -> None:
    found, sink = read(b"<EGRUL/>")
    assert (found, sink.rejects) == ([], [])


def test_a_doctype_is_seen_only_before_the_root() -> None:
    assert prolog_has_doctype("<?xml version='1.0'?><!-- x --><!DOCTYPE a><a/>")
    assert not prolog_has_doctype("<a><![CDATA[<!DOCTYPE a>]]></a>")


@given(st.binary())
def test_the_head_of_anything_is_text(data: bytes) -> None:
    assert isinstance(head_text(data), str)


MARKS = [b'"', b"&", b"<", b">", b"\xff", b"\x00", b"&#xD800;", b"<!--", b"]]>", b"\xef\xbb\xbf", b"<!DOCTYPE a>", b"hex"]


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 20), st.sampled_from(MARKS)), max_size=6),
    st.sampled_from(["utf-8", "cp1251"]),
)
def test_no_damage_breaks_the_reader(cuts: list[tuple[int, int, bytes]], encoding: str) -> None:
    data = document(declared=encoding).encode(encoding)
    for at, length, mark in cuts:
        data = data[:at] + mark + data[at + length :]
    sink = Sink(lambda table, rows: None)
    with contextlib.suppress(FileRefusedError):
        for one in elements(InputFile("inbox/x.xml", data=data), sink, ("СвЮЛ",)):
            assert one.tag == "СвЮЛ"
