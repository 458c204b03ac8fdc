"""Large registry files are cut into records and read by several processes: the rows are those of the parser of whole files."""

# ruff: noqa: E501 — the long lines are XML

from __future__ import annotations

import io
import os
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.ru import inn as check_digits

from affil.ingest.formats import xml_pieces
from affil.ingest.formats.xml_pieces import IrregularError, element, pieces
from affil.ingest.formats.xml_text import elements
from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError
from affil.ingest.registry import fns_fast, fns_helpers
from affil.ingest.registry.fns import RegistryReader
from affil.ingest.registry.fns_batch import Job, Places, batch, take
from affil.ingest.registry.fns_helpers import Helpers
from affil.ingest.registry.fns_records import TAKE
from affil.language.identifiers import valid_inn
from affil.model.records import Sink

LOG = (
    '\n <СвЗапЕГРЮЛ ИдЗап="1" ГРН="2180000000001"><ВидЗап НаимВидЗап="Создание &quot;А&quot;"/>{inside}</СвЗапЕГРЮЛ>'
    '\n <СвЗапЕГРЮЛ ИдЗап="2"><СведПредДок><НаимДок>ЗАЯВЛЕНИЕ</НаимДок></СведПредДок></СвЗапЕГРЮЛ>\n'
)
APPLICANT = '<СвЗаявФЛ><СвЮЛ ОГРН="1187800000009" НаимЮЛПолн="ООО"/></СвЗаявФЛ>'
LONG_APPLICANT = '<СвЗаявФЛ><СвЮЛ ОГРН="1187800000009"><ГРНДата/></СвЮЛ></СвЗаявФЛ>'


def company(number: int, inside: str = "", inn: str = "7700000000") -> str:
    director = f'<СведДолжнФЛ><СвФЛ Фамилия="ЧИЖ" Имя="ПЁТР" Отчество="ИЛЬИЧ" ИННФЛ="77012345{number:04d}"/></СведДолжнФЛ>'
    log = LOG.format(inside=inside)
    return f'<СвЮЛ\n ДатаВып="2025-11-05" ОГРН="118780000{number:04d}"\n ИНН="{inn}">{director}{log}<СвАдрЭлПочты E-mail="A@b.ru"/></СвЮЛ>'


def proprietor(number: int) -> str:
    name = '<СвФЛ Пол="1"><ФИОРус Фамилия="ЧИЖ" Имя="ПЁТР"/></СвФЛ>'
    return f'<СвИП ОГРНИП="32530000000{number:04d}">{name}<СвЗапЕГРИП><ВидЗап/></СвЗапЕГРИП></СвИП>'


def container(*records: str) -> str:
    listed = "\n".join(f'<Документ ИдДок="{number}">{record}</Документ>' for number, record in enumerate(records))
    return f'<?xml version="1.0" encoding="windows-1251"?>\n<Файл ИдФайл="VO" ТипИнф="ЕГРЮЛ">\n{listed}\n</Файл>\n'


Taken = tuple[dict[str, list[dict[str, Any]]], dict[str, int], list[Any], list[str]]


def result(sink: Sink, rows: dict[str, list[dict[str, Any]]]) -> Taken:
    sink.close()
    return rows, dict(sink.taken), sink.rejects, sink.notes


def whole(file: InputFile) -> Taken:
    """What the parser of whole files finds: the slow way."""
    rows: dict[str, list[dict[str, Any]]] = {}
    sink, places = Sink(lambda table, found: rows.setdefault(table, []).extend(found)), Places()
    for record in elements(file, sink, tuple(TAKE)):
        take(record, places, sink)
    return result(sink, rows)


def fast(file: InputFile) -> Taken:
    rows: dict[str, list[dict[str, Any]]] = {}
    sink = Sink(lambda table, found: rows.setdefault(table, []).extend(found))
    RegistryReader("egrul").read(file, sink)
    return result(sink, rows)


def outcome(read: Any, data: bytes) -> Any:
    try:
        return read(InputFile("x.xml", data=data))
    except FileRefusedError as error:
        return error.reject.reason


RECORDS = [
    company(1),
    company(2, APPLICANT),
    company(3, LONG_APPLICANT),
    proprietor(4),
    company(1),
    company(5, inn="7701234567"),
    "<СвЮЛ/>",
]


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8"])
@pytest.mark.parametrize("block", [64, 700, 1 << 20])
def test_both_ways_give_the_same(encoding: str, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_pieces, "BLOCK", block)
    file = InputFile("x.xml", data=container(*RECORDS).replace("windows-1251", encoding).encode(encoding))
    found = fast(file)
    assert found == whole(file)
    assert found[1] == {"organisations": 6, "directors": 5, "proprietors": 1}
    assert len({row["locator"] for row in found[0]["company"]}) == 6


def test_regular_files_are_not_left_to_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("affil.ingest.registry.fns.elements_after", lambda *_: pytest.fail("the parser of whole files was asked"))
    assert fast(InputFile("x.xml", data=container(*RECORDS).encode("windows-1251")))[1]["organisations"] == 6


@pytest.mark.parametrize(
    "strange",
    [
        "<!-- <СвЮЛ> -->", "<?target?>", "<![CDATA[<СвЮЛ ОГРН='1'/>]]>", '<r:СвЮЛ xmlns:r="urn:r" ОГРН="1187800007777"/>',
        "<affil-record/>", f"<!-- {company(8)} -->", '<a b="<СвЮЛ/>"/>', "</Файл>", "<незакрыт>", "&неизвестная;",
    ],
)  # fmt: skip
def test_strange_things_between_records_and_in_them(strange: str) -> None:
    for text in (
        container(company(1), company(2)).replace("</Документ>\n", f"</Документ>{strange}\n"),
        container(company(1), company(2).replace("<СведДолжнФЛ>", f"{strange}<СведДолжнФЛ>"), company(3)),
    ):
        data = text.encode("windows-1251")
        assert outcome(fast, data) == outcome(whole, data)


def test_a_director_inside_the_log_is_never_lost_with_it() -> None:
    """No producer writes it; what is cut out unread must not hold a director even so."""
    director = '<СведДолжнФЛ><СвФЛ Фамилия="ДРОЗД"/></СведДолжнФЛ>'
    between = company(1).replace('\n <СвЗапЕГРЮЛ ИдЗап="2"', f'{director}<СвЗапЕГРЮЛ ИдЗап="2"')
    data = container(between).encode("windows-1251")
    assert fast(InputFile("x", data=data)) == whole(InputFile("x", data=data))
    assert fast(InputFile("x", data=data))[1]["directors"] == 2
    broken = company(2).replace('<СвЗапЕГРЮЛ ИдЗап="2">', f"<СвЗапЕГРЮЛ/>{director}")
    data = container(company(1), broken).encode("windows-1251")
    assert outcome(fast, data) == outcome(whole, data)


def test_a_fault_in_the_log_costs_nothing() -> None:
    """The log is not read: what is wrong in it takes neither its record nor those after it, as a parser of whole files would."""
    broken = container(company(1), company(2).replace("ЗАЯВЛЕНИЕ", 'О "А" & Б'), company(3)).encode("windows-1251")
    assert fast(InputFile("x", data=broken))[1] == {"organisations": 3, "directors": 3}


MUTATIONS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=3) | st.sampled_from(
    [b"<", b">", b'"', b"&", b"\x00", b"<!--", b"-->", b"/>", "<СвЮЛ ".encode("cp1251"),
     "</СвЮЛ>".encode("cp1251"), "<СвЗапЕГРЮЛ>".encode("cp1251"), "</СвЗапЕГРЮЛ>".encode("cp1251"), b"\x98", b"\r\n"])), max_size=3)  # fmt: skip


@settings(max_examples=400 if os.environ.get("AFFIL_FUZZ") else 40, deadline=None)
@given(MUTATIONS, st.randoms(use_true_random=False), st.sampled_from([150, 900, 1 << 20]))
def test_no_damage_makes_the_ways_differ(cuts: list[tuple[float, int, bytes]], rng: random.Random, block: int) -> None:
    """Equal where the file can be parsed; where it cannot, the fast way has at least what the slow one has."""
    data = container(*rng.sample(RECORDS, 4)).encode("windows-1251")
    for place, length, text in cuts:
        at = int(place * len(data))
        data = data[:at] + text + data[at + length :]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xml_pieces, "BLOCK", block)
        quick = outcome(fast, data)
    slow = outcome(whole, data)
    if isinstance(slow, str):
        assert quick == slow or (not isinstance(quick, str) and quick[1])
    elif not slow[2] and not slow[3]:
        assert quick == slow
    else:
        assert not isinstance(quick, str)
        for table, rows in slow[0].items():
            assert [row for row in rows if row not in quick[0][table]] == []


def test_helpers_give_the_same_in_the_same_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fns_fast, "HELPED_FROM", 1)
    monkeypatch.setattr(fns_helpers, "BYTES_EACH", 1)
    monkeypatch.setattr(fns_helpers, "_cores", lambda: 2)
    monkeypatch.setattr(xml_pieces, "BLOCK", 4_000)
    asked: list[Job] = []
    ask = Helpers.ask
    monkeypatch.setattr(Helpers, "ask", lambda self, job: (asked.append(job), ask(self, job))[1])
    path = tmp_path / "egrul.xml"
    path.write_bytes(container(*[company(number) for number in range(300)], *RECORDS).encode("windows-1251"))
    for file in (InputFile("x.xml", path=path), InputFile("x.xml", data=path.read_bytes())):
        assert fast(file) == whole(file)
    assert len(asked) > 20


@pytest.mark.parametrize("code", ["raise SystemExit(1)", "import sys; sys.stdout.write('x' * 100)", "1 +"])
def test_the_work_of_a_helper_that_fails_is_done_at_home(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fns_helpers, "_START", code)
    monkeypatch.setattr(fns_helpers, "_cores", lambda: 3)
    monkeypatch.setattr(fns_helpers, "BYTES_EACH", 1)
    monkeypatch.setattr(fns_fast, "HELPED_FROM", 1)
    monkeypatch.setattr(xml_pieces, "BLOCK", 4_000)
    path = tmp_path / "egrul.xml"
    path.write_bytes(container(*[company(number) for number in range(60)]).encode("windows-1251"))
    assert fast(InputFile("x.xml", path=path))[1] == {"organisations": 60, "directors": 60}


def test_a_helper_answers_what_the_program_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fns_helpers, "_cores", lambda: 2)
    path = tmp_path / "egrul.xml"
    path.write_bytes(container(company(1), company(2)).encode("windows-1251"))
    with path.open("rb") as stream:
        (cut,) = [each for each in pieces(stream, "cp1251", tuple(TAKE)) if each.spans]
    job = Job(cut.data, cut.start, cut.spans, "cp1251", path)
    with Helpers(fns_helpers.BYTES_EACH) as helpers:
        waiting = helpers.ask(job)
        assert waiting is not None
        assert waiting.batch() == batch(job)


def test_one_core_and_small_files_have_no_helpers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fns_helpers, "_Helper", lambda: pytest.fail("a helper was started"))
    job = Job(b"", 0, (), "cp1251")
    for cores, size in ((1, 1 << 40), (8, fns_helpers.BYTES_EACH - 1)):
        monkeypatch.setattr(fns_helpers, "_cores", lambda cores=cores: cores)
        with Helpers(size) as helpers:
            assert helpers.ask(job) is None


def test_what_is_no_element_is_not_taken_for_one() -> None:
    for text in ("<a>", "<a/><b/>", "<a><!-- --></a>", "<a>\x00</a>", "<x:a/>"):
        with pytest.raises(IrregularError):
            element(text.encode(), "utf-8")


def test_a_record_above_the_limit_is_for_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_pieces, "BLOCK", 100)
    monkeypatch.setattr(xml_pieces, "LARGEST", 150)
    with pytest.raises(IrregularError):
        list(pieces(io.BytesIO(container(company(1)).encode("windows-1251")), "cp1251", tuple(TAKE)))


@given(
    st.text("0123456789", min_size=8, max_size=13)
    | st.integers(0, 10**10).map(
        lambda stem: (
            check_digits.calc_personal_check_digits(f"{stem:010d}")
            and f"{stem:010d}" + check_digits.calc_personal_check_digits(f"{stem:010d}")
        )
    )
)
def test_check_digits_are_those_of_the_standard_library_for_numbers(text: str) -> None:
    assert valid_inn(text) == (check_digits.is_valid(text) and bool(text.strip("0")))
