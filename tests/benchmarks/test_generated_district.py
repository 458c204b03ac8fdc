"""The generator is a measuring tool: these tests read its files back with other readers and hold them against its truth."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from stdnum.ru import inn as stdnum_inn

from benchmarks.district import generate
from benchmarks.fiction.firms import Firms, control_on
from benchmarks.fiction.identifiers import Numbers
from benchmarks.fiction.misses import MISSES
from benchmarks.fiction.people import People, kin_of
from benchmarks.fiction.ties import TIES
from benchmarks.score import calibration, score

OFFICIALS, SEED = 80, 11
PLANTS = {"ties": len(TIES) / OFFICIALS, "misses": len(MISSES) / OFFICIALS}


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eighty officials, every kind of tie and of near miss planted."""
    folder = tmp_path_factory.mktemp("district")
    generate(folder, OFFICIALS, SEED, **PLANTS)
    return folder


@pytest.fixture(scope="module")
def truth(district: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((district / "truth.json").read_text(encoding="utf-8"))
    return read


def sheet(path: Path, heading: str) -> list[dict[str, Any]]:
    """Rows below the row that holds the heading, by heading with line breaks as spaces."""
    book = openpyxl.load_workbook(path, read_only=True)
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()
    start = next(number for number, row in enumerate(rows) if any(_flat(cell) == heading for cell in row))
    headings = [_flat(cell) for cell in rows[start]]
    return [dict(zip(headings, row, strict=False)) for row in rows[start + 1 :] if any(cell is not None for cell in row)]


def _flat(cell: object) -> str:
    return str(cell or "").replace("\n", " ")


def extracts(district: Path, tag: str) -> list[ElementTree.Element]:
    """All records of one kind in the register's files."""
    return [one for path in sorted((district / "inbox/ФНС").iterdir()) for one in ElementTree.parse(path).iter(tag)]


def contracts(district: Path) -> dict[str, dict[str, Any]]:
    """All contract rows by their number."""
    rows = sheet(district / "inbox/Закупки/Контракты 2024.xlsx", "Реестровый номер контракта")
    for name, encoding in (("контракты_2023.csv", "cp1251"), ("контракты_2025.csv", "utf-8-sig")):
        lines = (district / "inbox/Закупки" / name).read_text(encoding=encoding).splitlines()
        start = next(number for number, line in enumerate(lines) if "Реестровый номер" in line)
        rows += list(csv.DictReader(lines[start:], delimiter=";"))
    numbered = {str(row["Реестровый номер контракта"]): row for row in rows}
    return {number: row for number, row in numbered.items() if re.fullmatch(r"\d{19}", number)}


def whole(inn: object) -> str:
    """An ИНН with the zero a number lost given back."""
    digits = str(inn).strip()
    return digits.zfill(10 if len(digits) <= 10 else 12)


def test_same_seed_writes_the_same_truth_and_the_same_bytes(district: Path, tmp_path: Path) -> None:
    generate(tmp_path, OFFICIALS, SEED, **PLANTS)
    first = {path.relative_to(district): path.read_bytes() for path in sorted(district.rglob("*.*")) if path.is_file()}
    again = {path.relative_to(tmp_path): path.read_bytes() for path in sorted(tmp_path.rglob("*.*")) if path.is_file()}
    assert first.keys() == again.keys()
    assert [name for name in first if first[name] != again[name]] == []


def test_another_seed_is_another_district(district: Path, tmp_path: Path) -> None:
    generate(tmp_path, OFFICIALS, SEED + 1)
    assert (district / "truth.json").read_bytes() != (tmp_path / "truth.json").read_bytes()


def test_numbers_pass_their_checks_in_another_library() -> None:
    numbers = Numbers(Random(3))
    for region in ("03", "42", "77"):
        assert stdnum_inn.is_valid(numbers.person(region))
        assert stdnum_inn.is_valid(numbers.firm(region))
        long, short = numbers.ogrnip(region, 2019), numbers.ogrn(region, 2009)
        assert int(long[:14]) % 13 % 10 == int(long[14]) and int(short[:12]) % 11 % 10 == int(short[12])


def test_every_number_of_the_register_passes_its_check(district: Path) -> None:
    companies, sole = extracts(district, "СвЮЛ"), extracts(district, "СвИП")
    persons = [one.attrib["ИННФЛ"] for record in companies for one in record.iter("СвФЛ")]
    assert len(companies) > 10 and len(sole) > 3 and len(persons) > 20
    assert all(stdnum_inn.is_valid(one.attrib["ИНН"]) for one in companies)
    assert all(stdnum_inn.is_valid(number) for number in [*persons, *(one.attrib["ИННФЛ"] for one in sole)])


def test_records_of_the_register_are_as_long_as_real_ones(district: Path) -> None:
    for tag in ("СвЮЛ", "СвИП"):
        sizes = [len(ElementTree.tostring(one, encoding="cp1251")) for one in extracts(district, tag)]
        assert 13_000 < sum(sizes) / len(sizes) < 22_000


def test_tables_hold_what_the_truth_counts(district: Path, truth: dict[str, Any]) -> None:
    assert len(sheet(district / "inbox/Кадры/Служащие.xlsx", "Табельный номер")) == truth["officials"] == OFFICIALS
    assert len(contracts(district)) == truth["contracts"] == 2 * OFFICIALS
    rows = [
        *sheet(district / "inbox/Анкеты/Родственники_школы.xlsx", "Степень родства (свойства)"),
        *sheet(district / "inbox/Анкеты/родня (администрация).xlsx", "Степень родства"),
        *sheet(district / "inbox/Анкеты/Родственники 3.xlsx", "Кем приходится"),
    ]
    kin = [row for row in rows if not {"нет", "не имею"} & {str(cell) for cell in row.values()}]
    assert len(kin) == truth["relatives"]


def test_contracts_of_the_truth_stand_in_the_tables_with_that_supplier(district: Path, truth: dict[str, Any]) -> None:
    rows = contracts(district)
    told = [(tie, event) for tie in truth["ties"] for event in tie["events"] if event["contract"]]
    assert told
    for tie, event in told:
        assert whole(rows[event["contract"]]["ИНН поставщика"]) == tie["supplier_inn"]


def test_direct_ties_of_the_truth_stand_in_the_register(district: Path, truth: dict[str, Any]) -> None:
    """Whom the truth calls director, owner or proprietor on the day, an extract shows under his given name and patronymic."""
    shown: dict[str, set[tuple[str, str]]] = {}
    for record in extracts(district, "СвЮЛ"):
        people = shown.setdefault(record.attrib["ИНН"], set())
        people |= {(one.attrib["Имя"], one.attrib["Отчество"]) for one in record.iter("СвФЛ")}
    for record in extracts(district, "СвИП"):
        one = next(record.iter("ФИОРус"))
        shown.setdefault(record.attrib["ИННФЛ"], set()).add((one.attrib["Имя"], one.attrib["Отчество"]))
    direct = {"director", "owner", "sole-proprietor"}
    for tie in truth["ties"]:
        if any(event["control"] in direct and event["state"] == "in force" for event in tie["events"]):
            _, given, patronymic = tie["person"].upper().replace("Ё", "Е").split()
            assert (given, patronymic) in {(a.replace("Ё", "Е"), b.replace("Ё", "Е")) for a, b in shown[tie["supplier_inn"]]}


def test_every_planted_tie_is_in_the_truth_and_no_absent_one_is(truth: dict[str, Any]) -> None:
    ties = {(tie["employee_id"], tie["supplier_inn"]): tie for tie in truth["ties"]}
    assert {one["kind"] for one in truth["planted"]} == {*TIES, *MISSES}
    for one in truth["planted"]:
        tie = ties.get((one["employee_id"], one["supplier_inn"]))
        if one["expect"] == "found":
            assert tie is not None and one["chain"] in tie["chains"]
            assert any(event["state"] != "far" for event in tie["events"])
        elif one["expect"] in ("absent", "low"):
            mine = [event for event in tie["events"] if event["contract"] in one["contracts"]] if tie else []
            assert all(event["state"] == "far" for event in mine)


def test_timing_kinds_are_near_and_never_in_force(truth: dict[str, Any]) -> None:
    """But for a person who supplies on after the registration ended: the supplier is still he."""
    timed = [one for one in truth["planted"] if one["kind"] in ("ended_ip", "begun_after", "ended_extracts")]
    for one in timed:
        tie = next(t for t in truth["ties"] if (t["employee_id"], t["supplier_inn"]) == (one["employee_id"], one["supplier_inn"]))
        himself = one["kind"] == "ended_ip"
        assert {event["state"] for event in tie["events"]} == {"in force" if himself else "near"}
        assert all(event["in_force"] in ((True,) if himself else (False, "during_performance")) for event in tie["events"])


def test_shares_are_summed_over_chains_and_ten_percent_is_not_more_than_ten() -> None:
    """By hand: 6 % directly and 50 % of a holder of 10 % make 11 %; half of a fifth is exactly a tenth."""
    rng = Random(1)
    numbers = Numbers(rng)
    people, firms = People(rng, numbers, "42"), Firms(rng, numbers, "42")
    owner, day = people.stranger(), dt.date(2024, 5, 1)
    top, firm, exact = firms.firm(), firms.firm(), firms.firm()
    firms.hold(top, "owner", owner, Fraction(1, 2))
    firms.hold(firm, "owner", owner, Fraction(6, 100))
    firms.hold(firm, "owner", top, Fraction(10, 100))
    firms.hold(exact, "owner", top, Fraction(1, 5))
    assert control_on(owner, firm, day) == ("indirect-owner", Fraction(11, 100))
    assert control_on(owner, exact, day) == ("small-share", Fraction(1, 10))
    assert control_on(people.stranger(), firm, day) is None


def test_true_chains_are_the_shortest_and_know_direction() -> None:
    rng = Random(2)
    people = People(rng, Numbers(rng), "42")
    official = people.new("m", 1970)
    wife = people.spouse(official)
    brother = people.sibling(wife)
    child = people.child(official)
    father, _ = people.parents(official)
    known = {pid: chains for pid, (_, chains) in kin_of(official).items()}
    assert known[brother.pid] == {"spouse.sibling"} and known[child.pid] == {"child"}
    assert known[father.pid] == {"parent"}
    assert kin_of(brother)[official.pid][1] == {"sibling.spouse"}
    assert kin_of(brother)[child.pid][1] == {"sibling.child"}


def finding(tie: dict[str, Any], event: dict[str, Any], **other: Any) -> dict[str, Any]:
    """A finding as a perfect product would tell this tie."""
    return {
        "rule": "r", "confidence": 1.0, "identity_grade": "A", "kinship": tie["chains"][0], "kinship_alternatives": [],
        "control": event["control"], "in_force": event["in_force"], "circles": {},
        "employee": {"employee_id": tie["employee_id"], "employer_inn": tie["employer_inn"]},
        "supplier": {"inn": tie["supplier_inn"]}, "contract": {"number": event["contract"]} if event["contract"] else None,
        "procedure": {"number": event["procedure"]} if event["procedure"] else None, **other,
    }  # fmt: skip


def test_scorer_gives_a_perfect_product_everything_and_a_silent_one_nothing(truth: dict[str, Any]) -> None:
    perfect = [finding(tie, event) for tie in truth["ties"] for event in tie["events"] if event["state"] != "far"]
    best = score(truth, perfect)
    assert best.expected and all(one["found"] for one in best.expected)
    assert all(one["right"] and not one["told"] for one in best.findings)
    assert not [one for one in best.misses if one["miss"]["expect"] in ("absent", "low")]
    assert not any(one["found"] for one in score(truth, []).expected)


def test_scorer_counts_a_namesake_told_as_certain_as_wrong(truth: dict[str, Any]) -> None:
    miss = next(one for one in truth["planted"] if one["kind"] == "namesake_unknown")
    fake = {"chains": ["spouse"], **{key: miss[key] for key in ("employee_id", "employer_inn", "supplier_inn")}}
    event = {"contract": miss["contracts"][0], "procedure": None, "control": "owner", "in_force": True}
    sure = score(truth, [finding(fake, event, identity_grade="B", confidence=0.95)])
    assert [one["right"] for one in sure.findings] == [False] and len(sure.misses) == 1 and sure.pairs == [(0.95, False)]
    assert not score(truth, [finding(fake, event, identity_grade="D", confidence=0.3)]).misses


def test_calibration_by_hand() -> None:
    """Two pairs at 0.9 of which one is right, two at 0.1 of which none is: error (0.4·2 + 0.1·2) / 4 = 0.25.

    Brier (0.01 + 0.81 + 0.01 + 0.01) / 4 = 0.21 against 0.25 · 0.75 of the base rate: skill −0.12.
    """
    error, skill, table = calibration([(0.9, True), (0.9, False), (0.1, False), (0.1, False)])
    assert error == pytest.approx(0.25) and skill == pytest.approx(1 - 0.21 / 0.1875)
    assert [count for count, _, _ in table] == [2, 2]
    assert calibration([]) == (None, None, [])


def test_near_misses_are_judged_by_what_they_forbid(truth: dict[str, Any]) -> None:
    """Ten percent exactly may be told as a small share; a sister's husband as outer kin with no circle."""
    for kind, fine, wrong in (
        ("ten_percent", {"control": "small-share"}, {"control": "owner"}),
        ("sisters_husband", {"circles": {"273-ФЗ ст. 10": "no"}}, {"circles": {"273-ФЗ ст. 10": "yes"}}),
    ):
        miss = next(one for one in truth["planted"] if one["kind"] == kind)
        tie = next(
            t for t in truth["ties"] if (t["employee_id"], t["supplier_inn"]) == (miss["employee_id"], miss["supplier_inn"])
        )
        event = next(event for event in tie["events"] if event["contract"] in miss["contracts"])
        assert not score(truth, [finding(tie, event, **fine)]).misses
        assert [one["miss"]["kind"] for one in score(truth, [finding(tie, event, **wrong)]).misses] == [kind]
