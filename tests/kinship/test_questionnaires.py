"""Which groups of kin a form of questionnaire asks for, and that the rest is "cannot say", one line an official."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from worlds import loaded, screened, table

from affil.kinship.circles import DECLARED_GROUPS, declared_group
from affil.kinship.questionnaires import edition_of, editions, reason_of_missing
from affil.model.run import Run
from affil.reports.coverage_csv import coverage_csv
from affil.store.store import Store
from affil.words import Words

pytestmark = pytest.mark.usefixtures("small_worlds")

RU = Words("ru")
OLD, NEW, OWN = "groups_not_asked_2005", "groups_not_asked_2019", "groups_not_declared"
FORM_HEADINGS = (
    "Фамилия служащего;Степень родства;Фамилия, имя, отчество;Год, число, месяц и место рождения;"
    "Место работы (наименование и адрес организации), должность;Домашний адрес (адрес регистрации, фактического проживания)"
).replace("Фамилия служащего", "ФИО служащего")
KIN = [("отец", "Верещагин Савелий Фокич"), ("мать", "Верещагина Софья Ефимовна"), ("жена", "Верещагина Ольга Львовна"),
       ("дочь", "Верещагина Анна Платоновна"), ("брат", "Верещагин Лука Савельевич")]  # fmt: skip


def run_of(
    root: Path, headings: str, date: str | None, title: str = "", role: str = "", more: tuple[tuple[str, str], ...] = ()
) -> Run:
    official = {"employee_id": "1", "name": "Верещагин Платон Савельевич", "birth_date": "12.03.1970", 
                "employer_inn": "4200000012", "procurement_role": role, "questionnaire_date": date}  # fmt: skip
    table(root / "inbox" / "officials.csv", [official])
    rows = [f"Верещагин Платон Савельевич;{word};{name};;;" for word, name in (*KIN, *more)]
    text = "\r\n".join([*([title] if title else []), headings, *rows])
    (root / "inbox" / "relatives.csv").write_text(text, encoding="utf-8-sig")
    with Store.open(None) as store:
        loaded(store, root)
        return screened(store, None)


def missing(run: Run) -> list[tuple[str, str]]:
    return [(one.reason, one.params["groups"]) for one in run.undetermined if one.reason.startswith("groups_")]


OWN_HEADINGS = "ФИО служащего;Степень родства (свойства);ФИО родственника;Дата рождения;Место работы;Адрес"
NOT_IN_OLD = "spouse.parent,spouse.sibling,spouse.child,child.spouse"


@pytest.mark.parametrize(
    ("why", "headings", "title", "date", "reason"),
    [
        ("by its headings, old", FORM_HEADINGS, "", "19.11.2019", OLD),
        ("by its headings, new", FORM_HEADINGS, "", "20.11.2019", NEW),
        ("no date: the edition that asks for least", FORM_HEADINGS, "", None, OLD),
        ("by its title", OWN_HEADINGS, "Сведения по форме № 667-р", "01.02.2021", NEW),
        ("filled in on an old sheet after the form lost force", FORM_HEADINGS, "", "01.12.2024", NEW),
        ("an own table", OWN_HEADINGS, "", "01.02.2021", OWN),
        ("another form", OWN_HEADINGS, "Форма по Указу № 870", "01.02.2025", OWN),
    ],
)
def test_the_form_is_known_by_its_title_or_its_headings(
    why: str, headings: str, title: str, date: str | None, reason: str, tmp_path: Path
) -> None:
    assert missing(run_of(tmp_path, headings, date, title)) == [(reason, NOT_IN_OLD)], why


def test_what_the_form_asks_for_and_was_left_empty_is_not_called_unasked(tmp_path: Path) -> None:
    more = tuple((word, "нет") for word in ("родители жены", "пасынок", "жена сына"))
    assert missing(run_of(tmp_path, FORM_HEADINGS, "01.02.2021", more=more)) == [(OWN, "spouse.sibling")]


def test_nothing_is_asked_where_all_groups_are_declared(tmp_path: Path) -> None:
    more = tuple((word, "нет") for word in ("родители жены", "пасынок", "жена сына", "братья жены"))
    assert missing(run_of(tmp_path, FORM_HEADINGS, "01.02.2021", more=more, role="глава заказчика")) == []


def test_for_the_posts_of_article_31_grandparents_and_grandchildren_are_named_too(tmp_path: Path) -> None:
    """44-ФЗ ст. 31 ч. 1 п. 9 names them, neither edition of the form asks for them."""
    run = run_of(tmp_path, FORM_HEADINGS, "01.02.2021", role="контрактный управляющий", more=(("внук", "нет"),))
    assert missing(run) == [(NEW, NOT_IN_OLD + ",parent.parent")]
    text = coverage_csv(run, RU).decode("utf-8-sig")
    assert "дедушки, бабушки" in text and "667-р с 20.11.2019" in text


def test_one_line_an_official_however_many_groups(tmp_path: Path) -> None:
    assert len(missing(run_of(tmp_path, FORM_HEADINGS, "01.02.2010"))) == 1


@pytest.mark.parametrize(
    ("filled", "asks"),
    # 667-р п. 13, by hand: since 2745-р of 20.11.2019 also «супруги братьев и сестер, братья и сестры супругов»
    [(dt.date(2006, 1, 1), "spouse child parent sibling"), (dt.date(2019, 11, 19), "spouse child parent sibling"),
     (dt.date(2019, 11, 20), "spouse child parent sibling spouse.sibling"),
     # ПП РФ № 1664 took it out of force on 28.11.2024; an old sheet filled in later asks for no more
     (dt.date(2024, 11, 27), "spouse child parent sibling spouse.sibling"),
     (dt.date(2026, 1, 15), "spouse child parent sibling spouse.sibling"), (None, "spouse child parent sibling")],
)  # fmt: skip
def test_the_editions_by_the_day(filled: dt.date | None, asks: str) -> None:
    edition = edition_of("667-р", filled)
    assert edition and set(edition.asks) == set(asks.split())


def test_every_group_asked_for_is_a_group_of_coverage() -> None:
    assert {group for edition in editions() for group in edition.asks} <= set(DECLARED_GROUPS)
    assert all(declared_group(group) == group for group in DECLARED_GROUPS)
    assert all(RU.raw(f"undetermined.{edition.reason}.remedy") for edition in editions())


def test_a_table_of_ones_own_beside_the_form_may_ask_for_any_group() -> None:
    absent = frozenset({"spouse.parent"})
    day = dt.date(2021, 2, 1)
    known: list[tuple[frozenset[Any], str]] = [
        (frozenset({"667-р"}), NEW), (frozenset({"667-р", None}), OWN), (frozenset({None}), OWN),
        (frozenset(), OWN), (frozenset({"870"}), OWN),
    ]  # fmt: skip
    assert [reason_of_missing(forms, day, absent) for forms, _ in known] == [reason for _, reason in known]
