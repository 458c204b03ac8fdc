"""Dirty cells, each worked by hand, and what must survive any of the ways a value is written."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from table_files import ORGANISATION, OTHER_PERSON, PERSON, SUPPLIER, valid

from affil.ingest.values import converters as values
from affil.ingest.values import number_values
from affil.ingest.values.cells import Cell, Refused, text_value
from affil.ingest.values.dates import birth_value, date_value

BORN = dt.date(1980, 3, 12)


@pytest.mark.parametrize(
    "cell",
    [
        "12.03.1980",
        "12.3.80",
        "12/03/1980",
        "12-03-1980",
        "1980-03-12",
        "1980-03-12T00:00:00+07:00",
        "1980-03-12Z",
        "12 марта 1980 г.",
        "12 МАРТА 1980",
        "1980, 12 марта",
        "1980 г., 12 марта, г. Энск",
        "12.03.1980 г.р., г. Энск",
        "«12» марта 1980 г.",
        "12 мар. 1980",
        "12 March 1980",
        "March 12, 1980",
        29292,
        29292.0,
        "29292",
        dt.datetime(1980, 3, 12),
        dt.date(1980, 3, 12),
        "\xa012.03.1980 ",
        "'12.03.1980",
        "12. 03. 1980",
        "г.р. 12.03.1980",
    ],
)
def test_a_date_of_birth_in_every_usual_writing(cell: Cell) -> None:
    assert birth_value(cell) == (BORN, 1980)


@pytest.mark.parametrize(
    "cell", ["1980", 1980, 1980.0, "1980 г.р.", "1980 г.", "март 1980", "03.1980", "1980 года рождения", "ок. 1980"]
)
def test_a_year_alone_gives_only_the_year(cell: Cell) -> None:
    assert birth_value(cell) == (None, 1980)


@pytest.mark.parametrize(
    "cell", ["31.02.1980", "12.13.1980", "00.00.1980", "12.03.1780", "вчера", "12.03", 12.0, True, 1e9, dt.time(1, 2)]
)
def test_an_impossible_date_of_birth_is_refused(cell: Cell) -> None:
    with pytest.raises(Refused):
        birth_value(cell)


@pytest.mark.parametrize("cell", [None, "", " ", "—", "нет", "не известно", "умер 12.03.2010", "† 2010"])
def test_a_cell_that_tells_no_birth_is_unknown(cell: Cell) -> None:
    assert birth_value(cell) == (None, None)


def test_a_year_is_no_date_of_signing() -> None:
    with pytest.raises(Refused) as refused:
        date_value("2025 г.")
    assert refused.value.reason == "date_incomplete"


def test_two_digits_of_a_year_follow_excel() -> None:
    assert date_value("01.02.29") == dt.date(2029, 2, 1)
    assert date_value("01.02.30") == dt.date(1930, 2, 1)


MONTHS = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]


@given(st.dates(dt.date(1930, 1, 1), dt.date(2029, 12, 31)))
def test_every_writing_of_a_date_gives_it_back(day: dt.date) -> None:
    written: list[Cell] = [
        day.strftime("%d.%m.%Y"),
        day.strftime("%d.%m.%y"),
        day.isoformat(),
        f"{day.day} {MONTHS[day.month - 1]} {day.year} г.",
        f"{day.year}, {day.day} {MONTHS[day.month - 1]}",
        (day - dt.date(1899, 12, 30)).days,
        dt.datetime(day.year, day.month, day.day, 13, 5),
        f"{day.isoformat()}T23:59:59.999Z",
    ]
    assert {date_value(one) for one in written} == {day}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1 234,56 руб.", "1234.56"),
        ("'738\xa0384,95'", "738384.95"),
        ("1,234.56", "1234.56"),
        ("1.234.567,89", "1234567.89"),
        ("5'000", "5000.00"),
        (1234.5, "1234.50"),
        (0.1 + 0.2, "0.30"),
        ("12 руб. 50 коп.", "12.50"),
        ("1,5 млн руб.", "1500000.00"),
        ("300 тыс. руб.", "300000.00"),
        ("100 ₽", "100.00"),
        (100, "100.00"),
        ("5 000-00", "5000.00"),
        ("5000=50 руб.", "5000.50"),
        ("1\u202f000 р.", "1000.00"),
    ],
)
def test_money_as_people_write_it(cell: Cell, expected: str) -> None:
    assert values.money_value(cell) == Decimal(expected)


@pytest.mark.parametrize(
    "cell", ["сто", "-5", "12-345", -1.0, float("nan"), float("inf"), 1e20, dt.date(2025, 1, 1), True, "1/2"]
)
def test_money_that_is_none_is_refused(cell: Cell) -> None:
    with pytest.raises(Refused):
        values.money_value(cell)


@given(st.integers(0, 10**12))
def test_money_survives_russian_grouping(kopecks: int) -> None:
    written = f"{kopecks // 100:,}".replace(",", "\xa0") + f",{kopecks % 100:02d}"
    assert values.money_value(written) == Decimal(kopecks) / 100


@pytest.mark.parametrize("wrap", ["{}", "'{}'", " {} ", "ИНН {}", "ИНН: {}", "{}.0", "\ufeff{}", "’{}", "{}\xa0"])
def test_an_inn_in_its_wrappings(wrap: str) -> None:
    assert number_values.person_inn(wrap.format(PERSON)) == PERSON
    assert number_values.organisation_inn(wrap.format(ORGANISATION)) == ORGANISATION


def test_inn_and_kpp_in_one_cell() -> None:
    assert number_values.organisation_inn(f"{ORGANISATION}/420501001") == ORGANISATION


def test_inn_with_spaces_inside() -> None:
    assert number_values.person_inn(f"{PERSON[:4]} {PERSON[4:8]} {PERSON[8:]}") == PERSON


@given(st.integers(0, 99_999_999), st.booleans())
def test_a_leading_zero_comes_back_only_with_its_proof(number: int, person: bool) -> None:
    inn = valid(f"0{number:08d}" + ("1" if person else ""))
    read = number_values.person_inn if person else number_values.organisation_inn
    if inn.startswith("00") or not inn.strip("0"):
        return
    assert read(float(inn)) == inn
    assert read(inn[1:]) == inn
    wrong = inn[1:-1] + str((int(inn[-1]) + 1) % 10)
    with pytest.raises(Refused) as refused:
        read(wrong)
    assert refused.value.reason == "inn_wrong_length"


@pytest.mark.parametrize("cell", ["4,20500000123E+11", "4.205E+11", 1e17, float(2**53 + 2)])
def test_an_inn_that_lost_digits_says_so(cell: Cell) -> None:
    with pytest.raises(Refused) as refused:
        number_values.person_inn(cell)
    assert refused.value.reason == "inn_lost_digits"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (PERSON[:-1] + str((int(PERSON[-1]) + 1) % 10), "bad_inn"),
        (ORGANISATION, "inn_wrong_length"),
        ("12", "inn_wrong_length"),
        ("0" * 12, "bad_inn"),
        ("ИНН утерян", "bad_inn"),
        (4.5, "bad_inn"),
        (dt.date(2025, 1, 1), "bad_inn"),
    ],
)
def test_a_wrong_inn_is_never_kept(cell: Cell, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        number_values.person_inn(cell)
    assert refused.value.reason == reason


@pytest.mark.parametrize("cell", [None, "", "-", "—", "нет", "не имеет", "н/д", "************", 0.0])
def test_no_inn_is_unknown_not_wrong(cell: Cell) -> None:
    assert number_values.person_inn(cell) is None


def test_glued_inns_of_several_suppliers_are_cut_where_check_digits_allow() -> None:
    assert number_values.many_inn(ORGANISATION + PERSON) == (ORGANISATION, PERSON)
    assert number_values.many_inn(f"{ORGANISATION}, {SUPPLIER}") == (ORGANISATION, SUPPLIER)
    assert number_values.many_inn(ORGANISATION * 2) == (ORGANISATION,)
    assert number_values.many_inn(f"{ORGANISATION}/420501001") == (ORGANISATION,)
    with pytest.raises(Refused):
        number_values.many_inn("1" * 20)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [(123.0, "123"), ("00012", "00012"), ("№ 7-к", "7-к"), ("12.0", "12"), ("'0012", "0012"), (" 5\xa0", "5"), (7, "7")],
)
def test_identifiers(cell: Cell, expected: str) -> None:
    assert number_values.id_value(cell) == expected


def test_a_number_of_nineteen_digits_from_a_numeric_cell_is_refused() -> None:
    with pytest.raises(Refused):
        number_values.id_value(1772904049126000142.0)
    with pytest.raises(Refused):
        number_values.id_value("1,77290404912E+18")


@pytest.mark.parametrize(
    "cell",
    [
        "п. 4 ч. 1 ст. 93",
        "п.4 ч.1 ст.93",
        "п.4, ч.1, ст.93 44-ФЗ",
        "пункт 4 части 1 статьи 93",
        "ст. 93 ч. 1 п. 4",
        "п. 4",
        "4",
        4.0,
        "п.п. 4 ч. 1 ст. 93",
        "ч.1 ст.93 п.4",
        "п. 4 ч.1",
        "подп. 4",
        "4)",
        "4.0",
    ],
)
def test_the_ground_in_every_writing(cell: Cell) -> None:
    assert values.ground_value(cell) == "п. 4 ч. 1 ст. 93"


def test_another_ground_stays_as_written() -> None:
    assert values.ground_value("Протокол подведения итогов") == "Протокол подведения итогов"


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("Муниципальный служащий", "municipal servant"),
        ("бывший муниципальный служащий", "former servant"),
        ("муниципальная должность", "elected office"),
        ("Руководитель учреждения", "head of institution"),
        ("Работник", "worker"),
        ("депутат", "deputy"),
        ("кандидат на должность муниципальной службы", "candidate"),
        ("municipal servant", "municipal servant"),
        ("", None),
        ("нет", None),
    ],
)
def test_categories_of_persons(cell: Cell, status: str | None) -> None:
    assert values.choice_value(cell, "status") == status


@pytest.mark.parametrize(
    ("cell", "role"),
    [
        ("Контрактный управляющий", "contract manager"),
        ("руководитель контрактной службы", "head of contract service"),
        ("Член комиссии", "commission member"),
        ("Приёмка", "acceptance"),
        ("составитель ТЗ", "specification author"),
        ("руководитель заказчика", "head of customer"),
        ("Председатель закупочной комиссии", "commission member"),
        ("заместитель председателя единой комиссии", "commission member"),
        ("председатель приёмочной комиссии", "acceptance"),
        ("не участвует", None),
    ],
)
def test_roles_in_procurement(cell: Cell, role: str | None) -> None:
    assert values.choice_value(cell, "procurement_role") == role


def test_an_unknown_role_is_refused_not_guessed() -> None:
    with pytest.raises(Refused):
        values.choice_value("слесарь", "procurement_role")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("да", True), ("Нет", False), (True, True), (1.0, True), ("+", True), ("—", False), ("", None), ("Победитель", True)],
)
def test_yes_and_no(cell: Cell, expected: bool | None) -> None:
    assert values.bool_value(cell) is expected


CELLS = st.one_of(
    st.none(), st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(), st.times()
)


@given(
    CELLS,
    st.sampled_from(sorted(values.CONVERTERS)),
)
@example(float("inf"), "ground")
@example(float("nan"), "id")
@example(10**400, "ground")
def test_no_cell_makes_a_converter_fall_over(cell: Cell, kind: str) -> None:
    try:
        values.CONVERTERS[kind](cell)
    except Refused as refused:
        assert refused.reason


def test_text_loses_only_its_spaces() -> None:
    assert text_value(" ООО\xa0«Ромашка»\n и  Ко ") == "ООО «Ромашка» и Ко"
    assert OTHER_PERSON.startswith("0")


@pytest.mark.parametrize(
    "written", ["Юш\u00adков Пётр", "\u202eЮшков Пётр\u202c", "\ufeffЮшков\u200b Пётр", "Юшков\x01 \u00a0Пётр\x00"]
)
def test_signs_that_nobody_sees_are_no_part_of_a_value(written: str) -> None:
    assert values.text_value(written) == "Юшков Пётр"
    assert values.name_value(written) == "Юшков Пётр"
