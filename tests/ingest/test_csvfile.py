"""Encodings and separators of text tables."""

from __future__ import annotations

import pytest
from table_files import csv_of, read

from affil.ingest.formats.csvfile import encoding_of
from affil.ingest.inputs import InputFile
from affil.ingest.tables.tabular import TableReader

ROWS = ("Табельный №;ФИО;Должность", "00012;Ёлкин Пётр Ильич;«врач»; ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_encoding_and_separator_gives_the_same(encoding: str, separator: str) -> None:
    given = csv_of(*(row.replace(";", separator) for row in ROWS), encoding=encoding)
    assert given.one("official")["name_key"] == "ЕЛКИН ПЕТР ИЛЬИЧ"
    assert given.one("official")["employee_id"] == "00012"
    assert given.one("official")["locator"] == "R2"


def test_utf16_with_its_mark_in_both_orders() -> None:
    text = "\r\n".join(ROWS)
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert read(mark + text.encode(encoding)).taken == {"officials": 1}


def test_a_file_that_only_begins_like_utf8() -> None:
    rows = ["employee_id;name;position", *(f"{number};Yushkov Pyotr Ilyich;post" for number in range(5_000))]
    data = "\n".join(rows).encode() + "\n9;Ёлкин Пётр Ильич;врач".encode("cp1251")
    assert read(data).records["official"][-1]["name_key"] == "ЕЛКИН ПЕТР ИЛЬИЧ"


def test_quoted_cells_with_separators_and_lines_inside() -> None:
    given = csv_of("Табельный №;ФИО;Должность", '7;Юшков Пётр Ильич;"врач;\nхирург"', "8;Юшков Олег Ильич;врач")
    assert [record["position"] for record in given.records["official"]] == ["врач; хирург", "врач"]
    assert [record["locator"] for record in given.records["official"]] == ["R2", "R3"]


def test_a_quotation_mark_lost_in_a_name_spoils_nothing() -> None:
    given = csv_of("Поставщик;Дата договора;Сумма", '"ГРУППА КОМПАНИЙ "ЭНСК СПОРТ";04.03.2025;5', "ООО Б;05.03.2025;6")
    assert given.taken == {"contracts": 2}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\1\2\3" * 50,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "Просто письмо.\nВторая строка; с точкой.".encode(),
        b"%PDF-1.7\n",
    ],
)
def test_what_is_no_table_is_not_recognised(data: bytes) -> None:
    assert not TableReader().look(InputFile("x", data=data)).mine


def test_bytes_that_are_no_text_have_no_encoding() -> None:
    assert encoding_of(bytes(range(32)) * 10, whole=True) is None


def test_a_program_with_names_between_commas_is_no_table() -> None:
    program = "def read(name, position, inn):\n    return 1\n" + "".join(f"    value_{n} = other_{n}\n" for n in range(30))
    assert not TableReader().look(InputFile("x.py", data=program.encode())).mine


GOOD = "7;Юшков Пётр Ильич;врач"


def test_a_quotation_mark_never_closed_is_told_where_it_opens_and_rows_before_it_are_taken() -> None:
    given = csv_of("Табельный №;ФИО;Должность", GOOD, '8;"Громов Олег Ильич;врач', *[GOOD] * 5)
    assert given.taken == {"officials": 1}
    assert [(one.reason, one.row) for one in given.rejects] == [("quote_not_closed", 3)]


def test_a_row_too_long_is_told_and_those_after_it_are_taken() -> None:
    given = csv_of("Табельный №;ФИО;Должность", GOOD, "8;" + "x" * (2 << 20) + ";врач", GOOD)
    assert given.taken == {"officials": 2}
    assert [(one.reason, one.row) for one in given.rejects] == [("line_too_long", 3)]
