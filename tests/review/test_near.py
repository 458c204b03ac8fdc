"""Who may not look into a case: by each way there is, on small worlds; the nearest way is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from case_worlds import Row, contract, firm, opened, run_of, world

from affil.model.finding import Finding
from affil.model.run import Nearness, Run
from affil.reports.cases import cases_of
from affil.reports.word.addressee import addressed
from affil.review.near import too_near
from affil.rules.cases import Case
from affil.settings import Documents, Reviewer, Settings, default_settings
from affil.store.store import Store
from affil.words import Words

pytestmark = pytest.mark.usefixtures("small_worlds")

PEOPLE = (
    ("102", "Верещагина Анна Платоновна"), ("103", "Зотов Кирилл Львович"), ("104", "Юшков Пётр Ильич"),
    ("105", "Лаптев Олег Юрьевич"), ("106", "Нечаев Родион Фокич"), ("107", "Рябов Ефим Саввич"),
    ("108", "Дальний Игнат Карпович"),
)  # fmt: skip
KIN = (
    ("103", "тесть", "Верещагин Платон Савельевич"),  # his own row: the official is his wife's father
    ("106", "жена", "Лосева Вера Павловна"),
    ("107", "дочь", "Рябова Софья Ефимовна"),
    ("105", "брат", "Нечаев Родион Фокич"),
)


def official(id_: str, name: str, **more: Any) -> Row:
    return {"employee_id": id_, "name": name, "employer_inn": "org 1", "inn": f"person {id_}"} | more


def people() -> Case:
    """The official of `world` and his colleagues: his daughter, his son-in-law, his chief, one under him, and others."""
    reports = {"101": "104", "105": "101"}
    rows = [official("101", "Верещагин Платон Савельевич", inn="person 1", reports_to=reports["101"])]
    rows += [official(id_, name, reports_to=reports.get(id_)) for id_, name in PEOPLE]
    rows = [row | ({"inn": "person 90"} if row["employee_id"] == "106" else {}) for row in rows]
    inns = {"Верещагин Платон Савельевич": "person 1", "Рябова Софья Ефимовна": "person 20", "Нечаев Родион Фокич": "person 90"}
    kin = [
        {"employee_id": "101", "relationship": "тёща", "name": "Рябова Софья Ефимовна", "inn": "person 20"},
        {"employee_id": "101", "relationship": "дочь", "name": "Верещагина Анна Платоновна", "inn": "person 102"},
        *({"employee_id": id_, "relationship": word, "name": name, "inn": inns.get(name)} for id_, word, name in KIN),
    ]
    return world([contract("К-1")], [firm()], officials=rows, relatives=kin)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with opened(people()) as store:
        yield store


@pytest.fixture(scope="module")
def findings(store: Store) -> Sequence[Finding]:
    """Those about the official of the world."""
    return [one for one in run_of(store).findings if one.employee and one.employee.employee_id == "101"]


@pytest.mark.parametrize(
    ("number", "name", "way", "chain"),
    [
        ("101", "Верещагин Платон Савельевич", "official", ""),
        ("102", "Верещагина Анна Платоновна", "kin", "parent"),  # he declares her; she declares nobody
        ("103", "Зотов Кирилл Львович", "kin", "spouse.parent"),  # he declares the official
        ("104", "Юшков Пётр Ильич", "superior", ""),
        ("105", "Лаптев Олег Юрьевич", "supplier_kin", "sibling"),  # under him, and brother of the owner: the nearer is told
        ("106", "Нечаев Родион Фокич", "supplier", "self"),
        ("107", "Рябов Ефим Саввич", "kin", "child"),  # father of the mother-in-law, who is on the path
    ],
)
def test_each_way_to_be_too_near(store: Store, findings: Sequence[Finding], number: str, name: str, way: str, chain: str) -> None:
    near = too_near(store, Reviewer(name=name, employee_id=number), findings)
    assert near is not None and (near.way, near.chain) == (way, chain), near


def test_a_colleague_who_has_nothing_to_do_with_it_may(store: Store, findings: Sequence[Finding]) -> None:
    assert findings
    assert too_near(store, Reviewer(name="Дальний Игнат Карпович", employee_id="108"), findings) is None
    assert too_near(store, Reviewer(name="Никому Неизвестный Человек"), findings) is None


def test_one_who_is_in_no_list_is_known_by_his_full_name(store: Store, findings: Sequence[Finding]) -> None:
    assert too_near(store, Reviewer(name="Рябова Софья Ефимовна"), findings) == Nearness("path", "Рябова Софья Ефимовна", "self")
    assert too_near(store, Reviewer(name="Лосева Вера Павловна"), findings) == Nearness(
        "supplier_kin", "ООО «Вереск»", "spouse", "owner"
    )
    assert too_near(store, Reviewer(name="Верещагин П. С.", employee_id="00101"), findings) == Nearness("official")


def test_a_subordinate_with_no_other_tie_is_refused_as_one() -> None:
    case = people()
    case = case.model_copy(update={"relatives": [row for row in case.relatives if row["employee_id"] != "105"]})
    with opened(case) as store:
        found = [one for one in run_of(store).findings if one.employee and one.employee.employee_id == "101"]
        near = too_near(store, Reviewer(name="Лаптев Олег Юрьевич", employee_id="105"), found)
        assert near == Nearness("subordinate", "Верещагин Платон Савельевич")


def addressee_of(run: Run) -> tuple[list[str], str]:
    return addressed(
        run, [case for case in cases_of(run.findings) if case.official and case.official.employee_id == "101"], Words("ru")
    )


@pytest.mark.parametrize(
    ("addressee", "other", "to"),
    [
        ("Главе округа К. Л. Зотову", "Председателю Совета", "Председателю Совета"),  # the son-in-law, named in no case of his
        ("Главе округа К. Л. Зотову", "Заместителю главы Р. Ф. Нечаеву", "Представителю"),  # the other owns the supplier
        ("Главе округа П. И. Юшкову", "Председателю Совета", "Главе округа П. И. Юшкову"),  # a superior is whom it is for
        ("Главе округа И. К. Дальнему", "Председателю Совета", "Главе округа И. К. Дальнему"),
    ],
)
def test_the_memo_goes_to_another_where_the_graph_shows_that_the_case_is_the_addressees_own(
    store: Store, addressee: str, other: str, to: str
) -> None:
    lines, remark = addressee_of(run_of(store, named(addressee, other)))
    assert lines[0].startswith(to)
    assert bool(remark) == (to != addressee)


def named(addressee: str, other: str) -> Settings:
    settings = default_settings()
    documents: Documents = settings.documents.model_copy(update={"addressee": addressee, "addressee_if_involved": other})
    return settings.model_copy(update={"documents": documents})
