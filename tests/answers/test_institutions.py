"""How many subordinate institutions the analysis covers, counted by hand (OFFICER 1)."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from worlds import loaded, screened, table

from affil.answers.institutions import Institutions, institutions, norm_of
from affil.pipeline import Scope
from affil.reports.kpi import institutions_json, institutions_text
from affil.settings import default_settings
from affil.store.store import Store
from affil.words import LANGUAGES, Words

pytestmark = pytest.mark.usefixtures("small_worlds")

OFFICE, SCHOOL, GARDEN, CLUB, WATER, FIRM = "4200000020", "4200000012", "4200000076", "4200000083", "4200000090", "4200000037"
PLAN = default_settings().plan


@pytest.mark.parametrize(
    ("number", "norm"), [(0, 0), (1, 1), (25, 25), (26, 3), (30, 3), (31, 4), (300, 30), (301, None)]
)  # fmt: skip
def test_the_norm_is_all_up_to_25_and_a_tenth_up_to_300(number: int, norm: int | None) -> None:
    """A tenth is rounded up: two of 26 are less than a tenth of them."""
    assert norm_of(number, PLAN) == norm


@pytest.fixture
def found(tmp_path: Path) -> Institutions:
    """Of four: the school is covered; the kindergarten's head, told by name, gave no kin; the club has no head; the water works
    handed in nothing but a contract of last year."""
    people = [
        {"employee_id": "1", "name": "Громов Пётр Ильич", "employer_inn": SCHOOL, "status": "head of institution"},
        {"employee_id": "2", "name": "Лаптева Ольга Ильинична", "employer_inn": GARDEN, "status": "worker"},
        {"employee_id": "3", "name": "Рябов Лев Львович", "employer_inn": CLUB, "status": "worker"},
        {"employee_id": "4", "name": "Осина Вера Львовна", "employer_inn": WATER, "status": "head of institution"},
    ]
    kin = [
        {"employee_id": "1", "employer_inn": SCHOOL, "relationship": "жена", "name": "Громова Анна Юрьевна"},
        {"employee_id": "4", "employer_inn": WATER, "relationship": "муж", "name": "Осин Юрий Юрьевич"},
    ]
    under = [
        {"inn": SCHOOL, "name": "Школа", "parent_inn": OFFICE, "head": ""},
        {"inn": GARDEN, "name": "Детский сад", "parent_inn": OFFICE, "head": "Лаптева О.И."},
        {"inn": CLUB, "name": "Клуб", "parent_inn": OFFICE, "head": "Седов Иван Иванович"},
        {"inn": WATER, "name": "Водоканал", "parent_inn": OFFICE, "head": ""},
    ]
    bought = [
        {"contract_number": str(number), "signed_on": day, "supplier_inn": FIRM, "customer_inn": customer, "price": "1"}
        for number, (customer, day) in enumerate(
            [(SCHOOL, "03.02.2026"), (GARDEN, "04.02.2026"), (CLUB, "05.02.2026"), (WATER, "06.02.2025"), (WATER, "06.10.2026")]
        )
    ]
    for name, rows in (("officials", people), ("relatives", kin), ("organisations", under), ("contracts", bought)):
        table(tmp_path / "inbox" / f"{name}.csv", rows)
    with Store.open(None) as store:
        loaded(store, tmp_path)
        return institutions(store, screened(store, Scope(as_of=dt.date(2026, 6, 1))), PLAN)


def test_covered_is_a_checked_head_and_a_contract_of_the_year_up_to_the_day(found: Institutions) -> None:
    told = {
        one["name"]: (one["covered"], one["head_checked"], one["contracts"]) for one in institutions_json(found)["institutions"]
    }
    assert told == {
        "Школа": (True, True, 1), "Детский сад": (False, False, 1), "Клуб": (False, False, 1), "Водоканал": (False, True, 0),
    }  # fmt: skip
    assert (found.covered, len(found.all), found.norm, found.below_norm) == (1, 4, 4, True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_says_what_each_one_lacks(found: Institutions, lang: str) -> None:
    words = Words(lang)
    lines = institutions_text(found, words).splitlines()
    assert lines[1] == words("kpi.institutions.definition", year=2026)
    lacking = {name: line for line in lines[2:] for name in ("Школа", "Детский сад", "Клуб", "Водоканал") if name in line}
    assert words("kpi.institutions.no_list") in lacking.pop("Водоканал")
    assert "Лаптева" in lacking.pop("Детский сад")
    assert words("kpi.institutions.no_head") in lacking.pop("Клуб")
    assert not lacking and "1" in lines[0] and json.dumps(institutions_json(found), default=str)


def test_no_list_of_institutions_is_told_with_what_to_do() -> None:
    words = Words("ru")
    assert institutions_text(Institutions(dt.date(2026, 6, 1), (), 0), words) == words("kpi.institutions.none")
