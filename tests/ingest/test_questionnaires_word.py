"""Questionnaires in Word, filled in a dozen ways, against the persons they were written for."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from word_files import HEADINGS, KIN_OF_2005, STYLES, Kin, Person, Style, document_of, questionnaire, saved, take

from affil.ingest.refusal import FileRefusedError

OFFICIAL = ("name_key", "former_surnames", "birth_date", "inn", "employer", "position", "address", "phone", "questionnaire_date")
RELATIVE = ("relationship", "name_key", "former_surnames", "birth_date", "employer", "position", "address", "fact")


def official_of(person: Person) -> tuple[object, ...]:
    name = person.name.upper().replace("Ё", "Е")
    return (
        name, person.former.upper(), person.born, person.inn, person.firm, person.post, person.home, person.phone, person.signed,
    )  # fmt: skip


def relative_of(kin: Kin, style: Style) -> tuple[object, ...]:
    if kin.name == "нет":
        return kin.word, None, None, None, None, None, None, "none"
    employer = kin.firm or kin.post or None
    if kin.firm and not style.post_first:
        employer = f"{kin.firm}, г. Энск, ул. Лесная, {'' if style.lines_in_cell else 'д. '}5"
    word = "Дети" if style.merged_word and kin.word in ("Сын", "Дочь") else kin.word
    return (
        word, kin.name.upper().replace("Ё", "Е"), kin.former.upper() or None, kin.born, employer, kin.post if kin.firm else None,
        kin.home or None, "person",
    )  # fmt: skip


@pytest.mark.parametrize("how", STYLES)
def test_every_way_of_filling_gives_the_person_it_was_written_for(how: str) -> None:
    style, person = STYLES[how], Person()
    taken = take(saved(questionnaire(person, style)))
    assert taken.kind == "questionnaire"
    assert taken.of("official", *OFFICIAL) == [official_of(person)]
    assert taken.of("relative", *RELATIVE) == [relative_of(kin, style) for kin in person.kin]
    assert taken.rejects == []
    assert taken.taken == {"officials": 1, "relatives": len(person.kin)}


@pytest.mark.parametrize("how", STYLES)
def test_every_relative_has_a_place_of_its_own_and_names_the_official_s_row(how: str) -> None:
    taken = take(saved(questionnaire(Person(), STYLES[how])))
    places = [place for (place,) in taken.of("relative", "locator")]
    assert len(set(places)) == len(places)
    assert set(taken.of("relative", "official_row", "questionnaire_date")) == {
        (*taken.of("official", "locator")[0], Person().signed)
    }


@pytest.mark.parametrize("how", ["as the form is", "paragraphs with underlines", "children under one word", "one table for all"])
def test_what_another_program_saves_anew_is_read_alike(how: str, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not here")
    data = saved(questionnaire(Person(), STYLES[how]))
    (tmp_path / "a.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    asked = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "out"), str(tmp_path / "a.docx")]
    subprocess.run(["soffice", profile, "--headless", *asked], check=True, capture_output=True, timeout=120)
    before, after = take(data), take((tmp_path / "out" / "a.docx").read_bytes())
    assert after.of("official", *OFFICIAL) == before.of("official", *OFFICIAL)
    assert after.of("relative", *RELATIVE) == before.of("relative", *RELATIVE)


def test_what_nothing_needs_is_not_loaded_and_is_named() -> None:
    taken = take(saved(questionnaire(Person(), Style())))
    (note,) = [note for note in taken.notes if note.startswith("columns_not_loaded|")]
    assert "Гражданство" in note and "Паспорт" in note and "судимы" in note
    everything = repr(taken.records) + repr(taken.notes)
    assert "123456" not in everything and "не судима" not in everything


@pytest.mark.parametrize(
    ("style", "form"),
    [
        (Style(), "667-р, форма с 20.11.2019"),
        (Style(edition=KIN_OF_2005), "667-р, форма до 20.11.2019"),
        (Style(edition="13. Ваши близкие родственники"), "667-р"),
    ],
)
def test_the_wording_of_item_13_tells_the_edition_else_the_date_has_to(style: Style, form: str) -> None:
    taken = take(saved(questionnaire(Person(), style)))
    assert f"questionnaire_form|{form}" in taken.notes


def test_two_questionnaires_in_one_file_are_two_officials_each_with_his_kin() -> None:
    other = replace(Person(), surname="Чижова", given="Анна", former="Щукина", kin=(Kin("Брат", "Щукин Лев Игоревич"),), inn="")
    for title in ("АНКЕТА", ""):
        document = questionnaire(Person(), Style(title=title))
        taken = take(saved(questionnaire(other, Style(title=title), document)))
        first, second = taken.of("official", "locator")
        assert [name for (name,) in taken.of("official", "surname")] == ["ПОЛОЗОВА", "ЧИЖОВА"]
        assert [row for (row,) in taken.of("relative", "official_row")] == [*first * 6, *second]


def test_an_empty_form_gives_nobody_and_one_sentence() -> None:
    rows = [("1. Фамилия", "_____"), ("Имя", ""), ("Отчество", ""), ("2. Если изменяли фамилию, имя или отчество", "____")]
    empty = document_of("АНКЕТА", rows, KIN_OF_2005, [HEADINGS, ("",) * 5, ("",) * 5], "«__» ________ 20__ г.   Подпись ______")
    taken = take(empty)
    assert taken.records == {} and taken.reasons() == ["questionnaire_empty"]


def test_a_form_without_a_name_is_told_and_its_kin_belong_to_nobody() -> None:
    taken = take(
        document_of("АНКЕТА", "3. Дата рождения 12.03.1980", KIN_OF_2005, [HEADINGS, ("Брат", "Щукин Лев Игоревич", "", "", "")])
    )
    assert taken.records == {} and taken.reasons() == ["questionnaire_no_name"]


def kin_table(*rows: tuple[str, str, str, str, str]) -> list[list[object]]:
    taken = take(document_of("АНКЕТА", "1. ФИО Чижова Анна Ильинична", "3. Дата рождения 1980", [HEADINGS, *rows]))
    columns = ("relationship", "name_key", "birth_date", "employer", "position", "fact")
    return [list(row) for row in taken.of("relative", *columns)]


def test_rows_as_people_fill_them() -> None:
    assert kin_table(
        ("Мать", "Чижова Ольга Львовна", "1950", "умерла в 2010", ""),
        ("Жена брата", "не имею", "", "", ""),
        (
            "Муж\nСын",
            "Чижов Лев Ильич\nЧижов Пётр Львович",
            "1979, 5 июля\n2005, 1 мая",
            "ООО «Вереск», директор\nшкольник",
            "там же",
        ),
        ("Брат", "Щукин\nЛев\nИльич", "12.03.1975 г., г. Энск", "самозанятый", ""),
        ("", "", "", "г. Энск, ул. Мира, 3", ""),
    ) == [
        ["Мать", "ЧИЖОВА ОЛЬГА ЛЬВОВНА", None, "умерла в 2010", None, "deceased"],
        ["Жена брата", None, None, None, None, "none"],
        ["Муж", "ЧИЖОВ ЛЕВ ИЛЬИЧ", dt.date(1979, 7, 5), "ООО «Вереск»", "директор", "person"],
        ["Сын", "ЧИЖОВ ПЕТР ЛЬВОВИЧ", dt.date(2005, 5, 1), "школьник", None, "person"],
        ["Брат", "ЩУКИН ЛЕВ ИЛЬИЧ", dt.date(1975, 3, 12), "самозанятый, г. Энск, ул. Мира, 3", None, "person"],
    ]


def test_what_cannot_be_shared_out_between_persons_of_one_cell_is_told_and_left_out() -> None:
    rows = ("Сын\nДочь", "Чижов Пётр Львович\nЧижова Яна Львовна", "2005, 1 мая", "", "")
    taken = take(document_of("АНКЕТА", "1. ФИО Чижова Анна Ильинична", "3. Дата рождения 1980", [HEADINGS, rows]))
    assert taken.of("relative", "relationship", "given", "birth_date") == [("Сын", "ПЕТР", None), ("Дочь", "ЯНА", None)]
    assert taken.reasons() == ["several_in_a_cell"] and taken.rejects[0].row_taken


def test_a_faulty_inn_and_an_unknown_word_are_told_and_the_rest_is_taken() -> None:
    rows = (("Брат", "Щукин Лев Ильич", "31.02.1980", "", ""), ("Кунак", "Щукин Яков Ильич", "", "", ""))
    taken = take(
        document_of("АНКЕТА", "1. ФИО Чижова Анна Ильинична", "3. Дата рождения 1980", [HEADINGS, *rows], "21. ИНН 123456789012")
    )
    assert taken.of("official", "inn", "birth_year") == [(None, 1980)]
    assert taken.of("relative", "given", "birth_date") == [("ЛЕВ", None)]
    assert sorted(taken.reasons()) == ["bad_date", "bad_inn", "unknown_relationship"]
    (unknown,) = [reject for reject in taken.rejects if reject.reason == "unknown_relationship"]
    assert (unknown.sheet, unknown.row, unknown.row_taken) == ("Таблица 1", 3, False)


def test_the_present_work_is_the_last_open_row_and_other_open_rows_are_told() -> None:
    head = ("поступления", "ухода", "Должность с указанием организации", "Адрес организации")
    rows = [head, ("01.2001", "по н/в", "сторож, ООО «Вереск»", ""), ("02.02.2015", "наст. вр.", "завхоз МБОУ СОШ № 9", "")]
    taken = take(
        document_of(
            "АНКЕТА", "1. ФИО Чижова Анна Ильинична", "3. Дата рождения 1980", rows, [HEADINGS, ("Брат", "нет", "", "", "")]
        )
    )
    assert taken.of("official", "employer", "position", "hired") == [("МБОУ СОШ № 9", "завхоз", dt.date(2015, 2, 2))]
    assert [(reject.reason, reject.row) for reject in taken.rejects] == [("several_present_jobs", 2)]
    closed = [head, ("01.2001", "03.2004", "сторож, ООО «Вереск»", "")]
    taken = take(
        document_of(
            "АНКЕТА", "1. ФИО Чижова Анна Ильинична", "3. Дата рождения 1980", closed, [HEADINGS, ("Брат", "нет", "", "", "")]
        )
    )
    assert taken.of("official", "employer", "position") == [(None, None)]


def test_a_form_of_another_layout_gives_its_known_columns_and_tells_of_the_others() -> None:
    title = "Анкета для поступления на государственную службу Российской Федерации и муниципальную службу в Российской Федерации"
    head = ("Степень родства (свойства)", "Фамилия, имя, отчество", "Знак неизвестный")
    taken = take(
        document_of(
            title,
            "Фамилия Чижова",
            "Имя Анна",
            "Отчество Ильинична",
            "Дата рождения 12.03.1980",
            [head, ("Брат", "Щукин Лев Ильич", "7")],
        )
    )
    assert taken.of("relative", "name_key") == [("ЩУКИН ЛЕВ ИЛЬИЧ",)]
    assert ("Знак неизвестный", "") in [(one.heading, one.field) for one in taken.mapped]
    assert taken.notes == ["questionnaire_unknown_form|", "columns_not_loaded|Знак неизвестный"]


def test_kin_told_in_running_text_are_not_guessed_at() -> None:
    taken = take(
        document_of(
            "АНКЕТА",
            "1. ФИО Чижова Анна Ильинична",
            "3. Дата рождения 12.03.1980",
            f"{KIN_OF_2005} Брат Щукин Лев Ильич",
            "11. Выполняемая работа с начала трудовой деятельности",
        )
    )
    assert taken.of("relative", "name") == [] and taken.reasons() == ["kin_not_in_table"]
    assert taken.rejects[0].value == "Брат Щукин Лев Ильич"


def test_three_hundred_pages_are_read_whole() -> None:
    document = docx.Document()
    for n in range(100):
        questionnaire(replace(Person(), given=("Анна", "Инна", "Яна")[n % 3]), Style(), document)
    taken = take(saved(document))
    assert taken.taken == {"officials": 100, "relatives": 600}


def test_a_file_with_neither_form_nor_table_is_refused() -> None:
    with pytest.raises(FileRefusedError, match="word_no_table"):
        take(document_of("Служебная записка о ремонте крыши школы. Прошу выделить средства."))
