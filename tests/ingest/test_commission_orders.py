"""Orders on procurement commissions in Word: who sits, as what, from which day; what cannot be read is told."""

from __future__ import annotations

import datetime as dt

import pytest
from table_files import ORGANISATION
from word_files import document_of, take

from affil.ingest.orders.names import from_accusative
from affil.ingest.refusal import FileRefusedError

HEAD = (
    "Муниципальное бюджетное общеобразовательное учреждение",
    "«Средняя общеобразовательная школа № 9»",
    f"650000, г. Энск, ул. Мира, 5, ИНН {ORGANISATION}",
    "ПРИКАЗ",
    "от 12.01.2024 № 45-ОД",
    "О комиссии по осуществлению закупок",
    "В соответствии с Федеральным законом от 05.04.2013 № 44-ФЗ ПРИКАЗЫВАЮ:",
)
TAIL = (
    "2. Контроль за исполнением приказа оставляю за собой.",
    "Директор\t\tГ. Г. Громов",
    "С приказом ознакомлены: Белов Б. Б.",
)
DAY = dt.date(2024, 1, 12)
FOUR = [("ИВАНОВ И. И.", "председатель"), ("ПЕТРОВА А. С.", "член комиссии"), ("СИДОРОВ ПЕТР ИВАНОВИЧ", "член комиссии")]
SECRETARY = ("КУЗНЕЦОВА О. П.", "секретарь (без права голоса)")

WAYS = {
    "lines": (
        "1. Утвердить состав комиссии по осуществлению закупок:",
        "Председатель — Иванов И. И., заместитель директора;",
        "Члены комиссии:",
        "Петрова А. С., бухгалтер;",
        "Сидоров Пётр Иванович, завхоз;",
        "Секретарь (без права голоса) – Кузнецова О.П., делопроизводитель.",
    ),
    "one sentence": (
        "1. Создать комиссию в следующем составе: председатель – Иванов И. И., заместитель директора; члены комиссии: "
        "Петрова А. С., Сидоров Пётр Иванович; секретарь (без права голоса) – Кузнецова О. П.",
    ),
    "role behind the name": (
        "1. Назначить комиссию в составе:",
        "1. Иванов И. И., заместитель директора – председатель комиссии",
        "2. Петрова А. С. – член комиссии",
        "3. Сидоров Пётр Иванович, секретарь учебной части – член комиссии",
        "4. Кузнецова О. П. – секретарь комиссии (без права голоса)",
    ),
    "a table with a column of roles": (
        "1. Утвердить состав единой комиссии:",
        [
            ("№ п/п", "ФИО", "Должность", "Роль в комиссии"),
            ("1.", "Иванов И. И.", "заместитель директора", "председатель"),
            ("2.", "Петрова А. С.", "бухгалтер", "член комиссии"),
            ("3.", "Сидоров Пётр Иванович", "завхоз", "член комиссии"),
            ("4.", "Кузнецова О. П.", "секретарь", "секретарь (без права голоса)"),
        ],
    ),
    "a table with roles on the left": (
        "1. Утвердить состав закупочной комиссии:",
        [
            ("Председатель комиссии:", "Иванов И. И., заместитель директора"),
            ("Члены комиссии:", "Петрова А. С. – бухгалтер\nСидоров Пётр Иванович – завхоз"),
            ("Секретарь (без права голоса):", "Кузнецова О. П."),
        ],
    ),
    "an appendix": (
        "1. Утвердить состав комиссии (приложение).",
        "Директор ___________ Г. Г. Громов",
        "Приложение к приказу от 12.01.2024 № 45-ОД",
        "Состав комиссии по осуществлению закупок",
        "Председатель комиссии\tИванов И. И., заместитель директора",
        "Член комиссии\tПетрова А. С.",
        "Член комиссии\tСидоров Пётр Иванович",
        "Секретарь комиссии (без права голоса)\tКузнецова О. П.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_writing_gives_the_four_members(way: str) -> None:
    taken = take(document_of(*HEAD, *WAYS[way], *TAIL))
    assert taken.kind == "commission_order"
    assert taken.of("commission_seat", "name_key", "role") == [*FOUR, SECRETARY]
    assert set(taken.of("commission_seat", "customer_inn", "valid_from", "valid_to")) == {(ORGANISATION, DAY, None)}
    assert taken.rejects == [] and taken.taken == {"commission_members": 4}
    places = taken.of("commission_seat", "locator")
    assert len(set(places)) == len(places)


def test_members_come_and_go_and_their_names_stand_in_any_case() -> None:
    taken = take(
        document_of(
            *HEAD,
            "1. В связи с увольнением вывести из состава комиссии Петрову А. С., главного бухгалтера.",
            "2. Включить в состав комиссии: Сидорову Анну Ивановну, бухгалтера; Котова П. П., завхоза; Глинку Р. Р.",
            "3. Назначить председателем комиссии Кузнецову Ольгу Павловну.",
            "4. На период отсутствия Ивановой М. П. – Сухов П. И.",
            "5. Заменить Белову А. А. на Чернова Б. Б.",
            *TAIL,
        )
    )
    assert taken.of("commission_seat", "name_key", "role", "valid_from", "valid_to", "taken_out") == [
        ("ПЕТРОВА А. С.", "член комиссии", None, DAY, True),
        ("СИДОРОВА АННА ИВАНОВНА", "член комиссии", DAY, None, None),
        ("КОТОВ П. П.", "член комиссии", DAY, None, None),
        ("ГЛИНКА Р. Р.", "член комиссии", DAY, None, None),
        ("КУЗНЕЦОВА ОЛЬГА ПАВЛОВНА", "председатель", DAY, None, None),
        ("СУХОВ П. И.", "член комиссии, на период отсутствия Ивановой М. П.", DAY, None, None),
        ("БЕЛОВА А. А.", "член комиссии", None, DAY, True),
        ("ЧЕРНОВ Б. Б.", "член комиссии", DAY, None, None),
    ]
    assert taken.rejects == []


@pytest.mark.parametrize(
    ("written", "governed", "behind", "read"),
    [
        ("Петрову А. С.", True, "", "Петрова А. С."),
        ("Петрову А. С.", False, "", "Петрова А. С."),
        ("Иванова И. И.", True, "", "Иванов И. И."),
        ("Иванова И. И.", False, "", None),
        ("Иванова И. И.", False, ", завхоза", "Иванов И. И."),
        ("Иванова И. И.", False, ", главный бухгалтер", "Иванова И. И."),
        ("Томскую О. О.", True, "", "Томская О. О."),
        ("Томского О. О.", True, "", "Томский О. О."),
        ("Шевчука Я. Я.", True, "", "Шевчук Я. Я."),
        ("Коваля Я. Я.", True, "", "Коваль Я. Я."),
        ("Сидоренко Я. Я.", True, "", "Сидоренко Я. Я."),
        ("Черных Я. Я.", True, "", "Черных Я. Я."),
    ],
)
def test_a_surname_beside_initials_is_put_into_the_nominative(
    written: str, governed: bool, behind: str, read: str | None
) -> None:
    assert from_accusative(written, governed, behind) == read


def test_a_name_whose_case_is_unclear_is_told_with_its_text() -> None:
    taken = take(document_of(*HEAD, "1. Включить в состав комиссии: Сидорову Анну Ивановну; Иванова И. И."))
    assert taken.of("commission_seat", "surname") == [("СИДОРОВА",)]
    assert [(reject.reason, reject.sheet, reject.value) for reject in taken.rejects] == [
        ("order_case_unclear", "абзац 8", "Иванова И. И.")
    ]


def test_two_members_nobody_can_tell_apart_are_both_told_and_none_is_taken() -> None:
    rows = [
        ("Иванов И. И.", "завхоз", "член комиссии"),
        ("Иванов И. И.", "учитель", "член комиссии"),
        ("Белова А. А.", "бухгалтер", "член комиссии"),
    ]
    taken = take(document_of(*HEAD, "1. Утвердить состав комиссии:", rows))
    assert taken.of("commission_seat", "surname") == [("БЕЛОВА",)]
    assert [(reject.reason, reject.row) for reject in taken.rejects] == [("order_same_name", 1), ("order_same_name", 2)]


def test_a_member_named_in_the_order_and_its_appendix_is_one() -> None:
    taken = take(
        document_of(
            *HEAD,
            "1. Утвердить состав комиссии: председатель – Иванов И. И.; член комиссии – Белова А. А.",
            "Состав комиссии",
            [("Иванов И. И.", "завхоз", "председатель"), ("Белова А. А.", "бухгалтер", "член комиссии")],
        )
    )
    assert taken.of("commission_seat", "surname", "role") == [("ИВАНОВ", "председатель"), ("БЕЛОВА", "член комиссии")]


def test_an_order_without_customer_or_date_is_taken_and_told() -> None:
    taken = take(document_of("ПРИКАЗ", "О комиссии по закупкам", "Утвердить состав комиссии: председатель – Иванов И. И."))
    assert taken.of("commission_seat", "customer", "customer_inn", "valid_from") == [(None, None, None)]
    assert [(reject.reason, reject.row_taken) for reject in taken.rejects] == [
        ("order_no_date", True),
        ("order_no_customer", True),
    ]


def test_the_day_in_words_is_the_day_of_the_order_and_that_of_the_law_is_not() -> None:
    body = (
        "«12» января 2024 г.            № 45",
        "На основании приказа от 01.02.2020 № 3 утвердить состав комиссии по закупкам: Белова А. А.",
    )
    assert take(document_of("МБОУ СОШ № 9", "ПРИКАЗ", *body)).of("commission_seat", "valid_from", "customer") == [
        (DAY, "МБОУ СОШ № 9")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "О приёмочной комиссии. Утвердить состав приёмочной комиссии для приёмки закупленных товаров: Белова А. А.",
        "О списании имущества. Утвердить состав комиссии по списанию: Белова А. А.",
    ],
)
def test_an_order_on_another_commission_gives_no_seats(text: str) -> None:
    with pytest.raises(FileRefusedError, match="word_no_table"):
        take(document_of("МБОУ СОШ № 9", "ПРИКАЗ", "от 12.01.2024 № 4", text))


def test_an_order_nobody_can_be_read_of_is_refused_with_a_sentence() -> None:
    with pytest.raises(FileRefusedError, match="order_no_members"):
        take(document_of(*HEAD, "Поручить Петрову А. С. подготовить документы."))


def test_a_line_of_a_million_letters_is_read_no_further_than_a_sentence_goes() -> None:
    long = "Утвердить состав комиссии: председатель – Иванов И. И.; члены комиссии: " + "Белова А. А.; " * 80_000
    assert take(document_of(*HEAD, long)).of("commission_seat", "surname") == [("ИВАНОВ",), ("БЕЛОВА",)]
