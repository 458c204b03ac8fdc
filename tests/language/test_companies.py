"""Names of organisations in comparable form, and persons behind the names of suppliers. All names are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affil.language.companies import company_key, looks_like_company, person_in_supplier_name

SAME = [
    [
        "ООО «Зимородок»",
        "«Зимородок», ООО",
        'ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "ЗИМОРОДОК"',
        "Общество с ограниченной\u00a0ответственностью 'Зимородок'",
        "OOO Зимоpодок",
        "ООО„Зимородок“",
    ],
    [
        'Муниципальное бюджетное общеобразовательное учреждение "Средняя общеобразовательная школа № 9"',
        "МБОУ СОШ №9",
        "МБОУ «СОШ N 9»",
        "МБОУ СОШ 9",
    ],
    ["АО «Птичий-Двор»", "Акционерное общество «Птичий двор»", "АО Птичий — Двор"],
    ["ПАО Зелёный лес", "публичное акционерное общество «ЗЕЛЕНЫЙ ЛЕС»"],
    ["Федеральное государственное бюджетное учреждение «Роща»", "ФГБУ Роща"],
    ["МБУ Благо", "Муниципальное бюджетное учреждение «Благо»"],
    ["МБУК «Дом»", "МУНИЦИПАЛЬНОЕ БЮДЖЕТНОЕ УЧРЕЖДЕНИЕ КУЛЬТУРЫ «ДОМ»"],
    ["МУП Вода", "муниципальное унитарное предприятие «Вода»"],
    ["ООО «Фирма «Иволга»", 'ООО "ФИРМА "ИВОЛГА"'],
]
DIFFERENT = [
    "ООО Зимородок",
    "АО Зимородок",
    "ПАО Зимородок",
    "ООО Зимородок 2",
    "Зимородок",
    "ООО Удод",
    "ООО BIRD",
    "МБОУ СОШ 9",
    "МБОУ ООШ 9",
]

PERSONS = [
    ("ИП Чижов И.И.", "Чижов И.И."),
    ("ИП Чижов Иван Иванович", "Чижов Иван Иванович"),
    ("Индивидуальный предприниматель ЧИЖОВ ИВАН ИВАНОВИЧ", "ЧИЖОВ ИВАН ИВАНОВИЧ"),
    ("ИП глава КФХ Чижов И. И.", "Чижов И. И."),
    ("Глава К(Ф)Х Чижов Иван Иванович", "Чижов Иван Иванович"),
    ("ИП Глава крестьянского (фермерского) хозяйства Чижова А.П.", "Чижова А.П."),
    ("Чижов Иван Иванович", "Чижов Иван Иванович"),
    ("Чижов И. И.", "Чижов И. И."),
    ("И.И. Чижов", "И.И. Чижов"),
    ("И.П. Чижов", "И.П. Чижов"),
    ("И.П. Чижов И.И.", "Чижов И.И."),
    ("Чижов Иван Иванович (ИП)", "Чижов Иван Иванович"),
    ("Чижов И.И., ИП", "Чижов И.И."),
    ("Самозанятый Чижов Иван Иванович", "Чижов Иван Иванович"),
    ("Самозанятая Чижова Анна", "Чижова Анна"),
    ("Плательщик НПД Чижова Анна Петровна", "Чижова Анна Петровна"),
    ("гр. Чижов И.И.", "Чижов И.И."),
    ("гр-ка Чижова А.П.", "Чижова А.П."),
    ("ИП «Чижов Иван Иванович»", "Чижов Иван Иванович"),
    ('ИП "Гнездо" (Чижов И.И.)', "Чижов И.И."),
    ("ИП Чижов Иван Иванович ИНН 770123456789", "Чижов Иван Иванович"),
    ("Мамедов Ариф Гасан оглы", "Мамедов Ариф Гасан оглы"),
    ("ИП\u00a0Петухова-Чиж  Анна Ильинична", "Петухова-Чиж Анна Ильинична"),
    ("ИП Ли Ен Хо", "Ли Ен Хо"),
]
NO_PERSONS = [
    "ООО «Зимородок»",
    "ООО Чижов Иван Иванович",
    "ООО «Чижов И.И.»",
    "«Чижов И.И.»",
    "Зимородок",
    "Торговый дом Петрович",
    "Администрация города Птичска",
    "МБОУ СОШ № 9",
    "КФХ Чижов И.И.",
    "ИП ООО Зимородок",
    "ИП",
    "Индивидуальный предприниматель",
    "",
    "—",
    "12345",
    "Чижов Иван",
]


@pytest.mark.parametrize("names", SAME)
def test_spellings_of_one_name_have_one_key(names: list[str]) -> None:
    assert len({company_key(name) for name in names}) == 1


def test_different_names_have_different_keys() -> None:
    assert len({company_key(name) for name in DIFFERENT}) == len(DIFFERENT)


def test_the_form_of_a_key_is_short_and_first() -> None:
    assert company_key("«Зимородок», Общество с ограниченной ответственностью") == "ООО ЗИМОРОДОК"
    assert company_key("") == company_key(" «» — ") == ""


FORMS = [
    "ООО",
    "OOO",
    "Общество с ограниченной ответственностью",
    "АНО",
    "ДПО",
    "МБОУ",
    "СОШ",
    "средняя общеобразовательная школа",
    "К",
    "ИП",
]


@given(st.lists(st.sampled_from([*FORMS, "Зимородок", "№ 9", "«", "»", "-", "N", "а.", "Bird"])).map(" ".join) | st.text())
def test_the_key_of_a_key_is_itself(name: str) -> None:
    assert company_key(company_key(name)) == company_key(name)


@given(st.text(" абвгдежзиклмнопрстуфхцчшщыьэюя-№09", min_size=1), st.sampled_from(['"{}"', "«{}»", " {} ", "„{}“", "{}."]))
def test_case_quotes_and_spaces_do_not_matter(name: str, dress: str) -> None:
    assert company_key(dress.format(name.upper())) == company_key(name)


@pytest.mark.parametrize(("name", "person"), PERSONS)
def test_a_person_is_seen_in_the_name_of_a_supplier(name: str, person: str) -> None:
    assert person_in_supplier_name(name) == person
    assert not looks_like_company(name)


@pytest.mark.parametrize("name", NO_PERSONS)
def test_no_person_is_seen_in_other_names(name: str) -> None:
    assert person_in_supplier_name(name) is None


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("ООО «Зимородок», директор", True),
        ("директор ООО Зимородок", True),
        ("МБОУ СОШ № 9, учитель", True),
        ("Администрация района", True),
        ("Птичский завод", True),
        ("OOO Bird", True),
        ("учитель", False),
        ("пенсионер", False),
        ("не работает", False),
        ("ИП Чижов И.И.", False),
        ("Чижов Иван Иванович", False),
        ("", False),
    ],
)
def test_a_text_that_names_an_organisation(text: str, company: bool) -> None:
    assert looks_like_company(text) == company


@given(st.text())
def test_no_text_breaks_the_readers(text: str) -> None:
    person = person_in_supplier_name(text)
    assert person is None or person.strip() == person != ""
    assert isinstance(looks_like_company(text), bool)
