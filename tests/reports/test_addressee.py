"""A memo is not for the person it is about."""

from __future__ import annotations

from dataclasses import replace

import fake_run
import pytest
from docx_text import paragraphs, tables

from affil.language.named import is_named
from affil.model.run import Run
from affil.reports.word.memo import memo_docx
from affil.words import Words

RU = Words("ru")


@pytest.mark.parametrize(
    ("text", "who", "named"),
    [
        ("Главе Заречного муниципального округа В. И. Градову", "Градов Всеволод Ильич", True),
        ("Градову Всеволоду Ильичу, главе округа", "Градов Всеволод Ильич", True),
        ("Главе округа Л.Н. Толстому", "Толстой Лев Николаевич", True),
        ("Главе округа А. И. Ясеневой", "Ясенева Анна Ильинична", True),
        ("Главе округа Т. А. Черных", "Черных Татьяна Андреевна", True),
        ("Главе округа П. П. Горскому", "Горский Пётр Павлович", True),
        ("Главе округа В. И. Градову", "Градов Семён Ильич", False),  # of one surname, other initials
        ("Главе округа В. И. Градову", "Градовская Вера Ивановна", False),
        ("Главе округа Н. А. Ширениной", "Нина Алексеевна Ширенина", True),
        ("Главе округа Э. Б. Парфимчук", "Парфимчук (до брака Павлюк) Эмма Борисовна", True),
        ("Главе округа", "Юшков Пётр Ильич", False),
        ("Главе округа Градову", "Градов Семён Ильич", True),  # no initials: rather ask
        ("Главе округа В. И. Градову", "", False),
    ],
)
def test_whom_a_text_names(text: str, who: str, named: bool) -> None:
    assert is_named(who, text) is named


def memo_for(run: Run, **documents: str) -> tuple[str, str]:
    """The right half of the letterhead, and the whole text of the document's paragraphs."""
    document = memo_docx(replace(run, settings={"documents": documents}), RU)
    return tables(document)[0][0][1], "\n".join(paragraphs(document))


def test_a_case_of_the_addressee_goes_to_the_other_one() -> None:
    run = fake_run.run()
    to, text = memo_for(run, addressee="Главе округа А. Л. Берестову", addressee_if_involved="Председателю Совета")
    assert to == "Председателю Совета"
    assert "лицо, которому записка адресуется обычно, названо в самих случаях" in text


def test_without_another_the_memo_says_that_the_addressee_must_be_changed() -> None:
    to, text = memo_for(fake_run.run(), addressee="Главе округа А. Л. Берестову")
    assert "Берестову" not in to and to.startswith("Представителю нанимателя (работодателю)")
    assert "АДРЕСАТА ТРЕБУЕТСЯ ИЗМЕНИТЬ" in text


def test_a_relative_in_a_case_counts_too() -> None:
    assert "АДРЕСАТА ТРЕБУЕТСЯ ИЗМЕНИТЬ" in memo_for(fake_run.run(), addressee="Главе округа О. О. Рябинину")[1]


def test_another_addressee_stays() -> None:
    to, text = memo_for(fake_run.run(), addressee="Главе округа В. И. Градову", addressee_if_involved="Совету")
    assert to == "Главе округа В. И. Градову"
    assert "адресуется" not in text


def test_without_an_addressee_cases_of_elected_office_are_pointed_at() -> None:
    head = fake_run.official(9, "Ёлкин Пётр Ильич", status="elected office")
    assert "сверить адресата" in memo_for(fake_run.run((fake_run.finding(1, head),)))[1]
    assert "адресата" not in memo_for(fake_run.run((fake_run.finding(1),)))[1]


def test_the_post_of_the_head_stands_once() -> None:
    for head in ("О. Ф. Медянцев", "Начальник отдела О. Ф. Медянцев"):
        assert "\nНачальник отдела ______________ /О. Ф. Медянцев/" in memo_for(fake_run.run(), head=head)[1]


def test_who_signs_is_not_in_a_case() -> None:
    assert "должно подписать эту записку" in memo_for(fake_run.run(), executor="Консультант Д. В. Ольховская")[1]
    assert "должно подписать" not in memo_for(fake_run.run(), executor="Консультант О. П. Юшкова")[1]
