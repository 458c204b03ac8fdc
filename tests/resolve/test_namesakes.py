"""Two officials of one name in a list without numbers and birth dates: never one person with the kin of both."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from worlds import loaded, screened, table

from affil.store.outline import stored_rejects
from affil.store.store import Store

pytestmark = pytest.mark.usefixtures("stores_used_again")

EMPLOYER = "4205000009"
PERSON = "420500000122"
NAME = "Юшков Пётр Ильич"
HEAD = {"name": NAME, "employer_inn": EMPLOYER, "department": "Финансовый отдел", "position": "начальник отдела"}
CLERK = {"name": NAME, "employer_inn": EMPLOYER, "department": "Архивный отдел", "position": "специалист"}
BROTHER = {"official_name": NAME, "relationship": "брат", "name": "Юшков Олег Ильич", "birth_date": "03.04.1982"}
CONTRACT = {
    "customer_inn": EMPLOYER, "supplier": "ИП Юшков Олег Ильич", "signed_on": "2025-03-04", "contract_number": "1",
}  # fmt: skip


def world(root: Path, officials: list[dict[str, Any]], later: list[dict[str, Any]] | None = None) -> Store:
    table(root / "inbox" / "Кадры.csv", officials)
    table(root / "inbox" / "Родня.csv", [BROTHER])
    table(root / "inbox" / "Договоры.csv", [CONTRACT])
    if later:
        table(root / "inbox" / "Кадры 2.csv", later)
    store = Store.open(None)
    loaded(store, root)
    return store


def number(store: Store) -> int:
    return len(store.sql("SELECT DISTINCT official_key FROM official_in_force").fetchall())


@pytest.mark.parametrize("field", ["department", "position"])
def test_a_namesake_of_another_department_or_post_is_another_person(tmp_path: Path, field: str) -> None:
    with world(tmp_path, [HEAD, {**HEAD, field: CLERK[field]}]) as store:
        assert number(store) == 2
        assert [one.reason for one in stored_rejects(store)] == ["official_ambiguous"], "whose brother it is, the row must say"
        assert not screened(store).findings


@pytest.mark.parametrize(
    "other",
    [HEAD, {**HEAD, "position": ""}, {**HEAD, "department": ""}, {**HEAD, "position": "Начальник отдела - главный бухгалтер"}],
)
def test_a_row_that_comes_twice_is_one_person(tmp_path: Path, other: dict[str, Any]) -> None:
    with world(tmp_path, [HEAD, other]) as store:
        assert (number(store), stored_rejects(store)) == (1, [])
        assert screened(store).findings


def test_one_number_of_the_taxpayer_is_one_person_in_two_posts(tmp_path: Path) -> None:
    with world(tmp_path, [{**HEAD, "inn": PERSON}, {**CLERK, "inn": PERSON}]) as store:
        assert store.sql("SELECT count(inn) FROM official").fetchone() == (2,)
        assert number(store) == 1


def test_a_post_of_a_later_list_is_the_next_post_of_the_same_person(tmp_path: Path) -> None:
    with world(tmp_path, [HEAD], [CLERK]) as store:
        assert (number(store), stored_rejects(store)) == (1, [])


def test_the_namesakes_of_two_lists_are_the_same_two(tmp_path: Path) -> None:
    with world(tmp_path, [HEAD, CLERK], [CLERK, HEAD]) as store:
        assert number(store) == 2


def test_keys_do_not_hang_on_the_order_of_rows(tmp_path: Path) -> None:
    rows = [HEAD, CLERK, {**HEAD, "position": ""}, {**CLERK, "department": ""}, {**HEAD, "department": "", "position": ""}]
    found = set()
    for n, order in enumerate(permutations(rows)):
        if n % 30 == 0:
            with world(tmp_path / str(n), list(order)) as store:
                found.add(tuple(sorted(key for (key,) in store.sql("SELECT official_key FROM official").fetchall())))
    assert len(found) == 1
