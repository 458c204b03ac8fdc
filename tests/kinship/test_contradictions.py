"""What cannot all be true of kin is asked about, what can be is not; the rows are used either way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from genealogy import Family, families
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import loaded, open_settings, screened, table

from affil.answers.check import check_text
from affil.kinship.compose import KinEdge
from affil.kinship.contradictions import _genders, _speakers, contradictions
from affil.kinship.table import kin_edges
from affil.kinship.unlike import unlike
from affil.model.run import RejectRow, Run
from affil.pipeline import rules_of
from affil.store.outline import stored_rejects
from affil.store.store import Store
from affil.ties import Scope, ties_of
from affil.words import Words

pytestmark = pytest.mark.usefixtures("stores_used_again")

Row = dict[str, Any]
HE: Row = {"employee_id": "1", "name": "Верещагин Платон Савельевич", "birth_date": "12.03.1970", "employer_inn": "4200000012"}
SHE: Row = {"employee_id": "2", "name": "Рябова Ульяна Фокинична", "birth_date": "01.09.1985", "employer_inn": "4200000012"}


def run_of(root: Path, *relatives: Row) -> Run:
    table(root / "inbox" / "officials.csv", [HE, SHE])
    table(root / "inbox" / "relatives.csv", [{"employee_id": "1", **row} for row in relatives])
    with Store.open(None) as store:
        loaded(store, root)
        return screened(store)


def questions(root: Path, *relatives: Row) -> tuple[list[str], list[RejectRow]]:
    """What is asked about, and the rows that were dropped: of a run, no more than the ties these come from."""
    table(root / "inbox" / "officials.csv", [HE, SHE])
    table(root / "inbox" / "relatives.csv", [{"employee_id": "1", **row} for row in relatives])
    with Store.open(None) as store:
        loaded(store, root)
        ties_of(store, rules_of(None), open_settings(), Scope())
        found = [one.kind for one in contradictions(store, kin_edges(store))]
        return found, [one for one in stored_rejects(store) if not one.row_taken]


def asked(run: Run) -> list[str]:
    return [one.reason for one in run.undetermined if one.reason.startswith("kin_")]


def kin(relationship: str, name: str, birth_date: str | None = None, **more: Any) -> Row:
    return {"relationship": relationship, "name": name, "birth_date": birth_date, **more}


CASES: list[tuple[str, list[str], list[Row]]] = [
    ("a mother born after her son", ["kin_ages"], [kin("мать", "Верещагина Софья Ефимовна", "01.02.1975")]),
    ("a mother one day short of 12 years", ["kin_ages"], [kin("мать", "Верещагина Софья Ефимовна", "13.03.1958")]),
    ("a mother of exactly 12 years more", [], [kin("мать", "Верещагина Софья Ефимовна", "12.03.1958")]),
    ("a year alone that could be right", [], [kin("мать", "Верещагина Софья Ефимовна", "1958")]),
    ("a year alone that cannot", ["kin_ages"], [kin("мать", "Верещагина Софья Ефимовна", "1959")]),
    ("a daughter of 11 years less", ["kin_ages"], [kin("дочь", "Верещагина Анна Платоновна", "01.01.1981")]),
    ("an adopted son may be of any age", [], [kin("усыновлённый", "Верещагин Лука Платонович", "01.01.1981")]),
    ("a grandmother of 23 years more", ["kin_ages"], [kin("бабушка", "Рябова Вера Ильинична", "01.01.1947")]),
    ("a grandson of 25 years less", [], [kin("внук", "Рябов Лука Фокич", "01.01.1996")]),
    ("a mother-in-law of the wife's age", ["kin_ages"],
     [kin("жена", "Верещагина Ольга Львовна", "05.05.1972"), kin("тёща", "Нечаева Вера Ильинична", "05.05.1970")]),
    ("a mother-in-law, and no birth date of the wife", [],
     [kin("жена", "Верещагина Ольга Львовна"), kin("тёща", "Нечаева Вера Ильинична", "05.05.1970")]),
    ("a stepson of the wife's age", ["kin_ages"],
     [kin("жена", "Верещагина Ольга Львовна", "05.05.1972"), kin("пасынок", "Нечаев Лука Фокич", "05.05.1975")]),
    ("a father of another name than the patronymic", ["kin_patronymic"], [kin("отец", "Верещагин Лука Фокич")]),
    ("a father of the patronymic", [], [kin("отец", "Верещагин Савелий Фокич")]),
    ("a stepfather may be of any name", [], [kin("отчим", "Верещагин Лука Фокич")]),
    ("a son of another patronymic", ["kin_patronymic"], [kin("сын", "Верещагин Лука Фокич")]),
    ("a child without a patronymic", [], [kin("сын", "Верещагин Лука")]),
    ("a woman's children bear another's name", [], [kin("сын", "Рябов Лука Платонович", employee_id="2")]),
    ("a father-in-law against the wife's patronymic", ["kin_patronymic"],
     [kin("жена", "Верещагина Ольга Львовна"), kin("тесть", "Нечаев Фока Ильич")]),
    ("a brother with a woman's name", ["kin_gender"], [kin("брат", "Верещагина Анна Савельевна")]),
    ("a brother with a woman's surname only", [], [kin("брат", "Верещагина А.")]),
    ("a wife's father said by a woman", ["kin_speaker"], [kin("тесть", "Нечаев Лев Ильич", employee_id="2")]),
    ("a husband's father said by a woman", [], [kin("свёкор", "Нечаев Лев Ильич", employee_id="2")]),
    ("two wives", ["kin_two_spouses"], [kin("жена", "Верещагина Ольга Львовна"), kin("жена", "Нечаева Вера Ильинична")]),
    ("a wife and a former one", [], [kin("жена", "Верещагина Ольга Львовна"), kin("бывшая жена", "Нечаева Вера Ильинична")]),
    ("one wife after the other", [],
     [kin("жена", "Верещагина Ольга Львовна", valid_from="02.02.2015"),
      kin("бывшая жена", "Нечаева Вера Ильинична", valid_to="01.02.2015")]),
    ("a wife told twice, under the maiden name too", [],
     [kin("жена", "Верещагина Ольга Львовна", "05.05.1972"), kin("супруга", "Нечаева Ольга Львовна", "05.05.1972")]),
    ("a husband of two officials", ["kin_spouse_of_two"],
     [kin("муж", "Рябов Лука Фокич", "05.05.1980", employee_id="2"), kin("супруг", "Рябов Лука Фокич", "05.05.1980")]),
    ("one person a brother and a nephew", ["kin_told_twice"],
     [kin("брат", "Рябов Лука Савельевич", "05.05.1980"), kin("племянник", "Рябов Лука Савельевич", "05.05.1980")]),
    ("one person a brother and a half brother", [],
     [kin("брат", "Рябов Лука Савельевич", "05.05.1980"), kin("брат по отцу", "Рябов Лука Савельевич", "05.05.1980")]),
    ("each other's wife and aunt", ["kin_told_twice"],
     [kin("жена", "Рябова Ульяна Фокинична", "01.09.1985"),
      kin("племянник", "Верещагин Платон Савельевич", "12.03.1970", employee_id="2")]),
    ("husband and wife with one mother", ["kin_told_differently"],
     [kin("жена", "Рябова Ульяна Фокинична", "01.09.1985"), kin("мать", "Нечаева Вера Ильинична", "05.05.1950"),
      kin("мать", "Нечаева Вера Ильинична", "05.05.1950", employee_id="2")]),
    ("husband and wife with one mother-in-law and mother", [],
     [kin("жена", "Рябова Ульяна Фокинична", "01.09.1985"), kin("тёща", "Нечаева Вера Ильинична", "05.05.1950"),
      kin("мать", "Нечаева Вера Ильинична", "05.05.1950", employee_id="2")]),
    ("a «сестра» who is a half sister: her father is his stepfather", [],
     [kin("сестра", "Рябова Ульяна Фокинична", "01.09.1985"), kin("отчим", "Нечаев Фока Ильич", "05.05.1950"),
      kin("отец", "Нечаев Фока Ильич", "05.05.1950", employee_id="2")]),
    ("a sister whose father is his uncle", ["kin_told_differently"],
     [kin("сестра", "Рябова Ульяна Фокинична", "01.09.1985"), kin("дядя", "Нечаев Фока Ильич", "05.05.1950"),
      kin("отец", "Нечаев Фока Ильич", "05.05.1950", employee_id="2")]),
    ("«зять» of one is the sister's husband of the other", [],
     [kin("жена", "Рябова Ульяна Фокинична", "01.09.1985"), kin("свояк", "Нечаев Лев Ильич", "05.05.1980"),
      kin("зять", "Нечаев Лев Ильич", "05.05.1980", employee_id="2")]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "expected", "rows"), CASES, ids=[case[0] for case in CASES])
def test_questions_by_hand(why: str, expected: list[str], rows: list[Row], tmp_path: Path) -> None:
    found, dropped = questions(tmp_path, *rows)
    assert found == expected, why
    assert not dropped, "no row is dropped for it"


def test_the_order_of_rows_changes_no_question(tmp_path: Path) -> None:
    rows = [row for _, _, rows in CASES for row in rows]
    there, back = run_of(tmp_path / "a", *rows), run_of(tmp_path / "b", *rows[::-1])
    assert there.undetermined == back.undetermined
    assert len(set(asked(there))) == 8


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_kind_is_told_in_words(lang: str, tmp_path: Path) -> None:
    words = Words(lang)
    run = run_of(tmp_path, *(row for _, _, rows in CASES for row in rows))
    for one in run.undetermined:
        if one.reason.startswith("kin_"):
            texts = [
                words(f"undetermined.{one.reason}.{part}", **one.params) for part in ("reason", "affects", "remedy", "where")
            ]
            assert all("{" not in text for text in texts)
            assert one.name in texts[0]
            assert words.raw(f"undetermined.{one.reason}.short") in check_text(run, words)


@settings(deadline=None)
@given(families(), st.data())
def test_true_declarations_contradict_nothing(family: Family, data: st.DataObject) -> None:
    """Whatever a family truly is, nobody is asked about what each of them truthfully declares."""
    officials = data.draw(st.lists(st.sampled_from(family.people), min_size=1, max_size=4, unique=True))
    paths = [path for official in officials for path in family.declarable(official)]
    edges = [KinEdge(str(way[0]), str(way[-1]), (family.chain(way),), str(way)) for way in paths]
    assert unlike(edges) == []


@pytest.mark.parametrize(
    ("given", "patronymic", "is_asked"), [("УЛЬЯНА", "ФОКИНИЧНА", True), ("У.", "Ф.", False), (None, None, False)]
)
def test_a_surname_alone_is_not_enough_to_ask(given: str | None, patronymic: str | None, is_asked: bool) -> None:
    """Of a name whose given name and patronymic tell no gender nobody asks whether it is a man's."""
    told = {
        "relationship": "тесть",
        "ego_gender": "f",
        "ego_given": given,
        "ego_patronymic": patronymic,
        "official": "Рябова",
        "name": "Нечаев",
    }
    own = {"gender": "f", "given": given, "patronymic": patronymic}
    with Store.scratch() as store:
        store.temporary("kin_row", dict.fromkeys([*told, *own], "VARCHAR"), [(*told.values(), *own.values())])
        store.temporary("kin_said", dict.fromkeys(("relationship", "said_gender", "said_by"), "VARCHAR"), [("тесть", "m", "m")])
        assert [one.kind for one in (*_genders(store), *_speakers(store))] == ["kin_gender", "kin_speaker"] * is_asked
