"""Where a relative works, as his questionnaire says it: one firm is meant, or none is told."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from affil.control.employment import MOST_EMPLOYED, employer_key, employer_keys, employments, supplier_keys
from affil.store.store import Store

FIRM, OTHER = "7707083893", "7702070139"  # right check digits
BY_NAME = {"ООО ВЕРЕСК": {f"inn:{FIRM}"}, "ООО ЛУЧ": {f"inn:{FIRM}", f"inn:{OTHER}"}}
PROPRIETORS = [("firm:1", "ИП Сомов Пётр Ильич"), ("firm:2", "ИП Ершов Иван Ильич"), ("firm:3", "ИП Ершов Иван Игоревич")]


def employed(store: Store, *employers: str | None, own: str = "КАРП ОЛЬГА ИЛЬИНИЧНА", kind: str = "relative") -> Any:
    """Relatives with these places of work, in turn."""
    columns = dict.fromkeys(("mention", "kind", "employer", "name_key"), "VARCHAR")
    store.temporary("mention", columns, [(f"m{n:02}", kind, text, own) for n, text in enumerate(employers)])
    store.temporary(
        "party", {"mention": "VARCHAR", "party": "VARCHAR"}, [(f"m{n:02}", f"p{n:02}") for n, _ in enumerate(employers)]
    )
    columns = dict.fromkeys(("supplier", "supplier_name", "supplier_kind"), "VARCHAR")
    rows = [(supplier, name, "person") for supplier, name in PROPRIETORS]
    store.temporary("any_purchase", columns, [*rows, ("firm:4", "Сомов Пётр Ильич", "organisation"), ("firm:5", None, "person")])
    return employments(store, defaultdict(set, BY_NAME), {f"inn:{FIRM}"})


@pytest.mark.parametrize(
    ("text", "company"),
    [
        (f"бухгалтер, ИНН {FIRM}", f"inn:{FIRM}"),
        (f"ООО «Вереск», ИНН {OTHER}", f"inn:{FIRM}"),  # an ИНН of nobody here says nothing; the name does
        (f"тел. 8{FIRM}", None),  # eleven digits are no ИНН
        ("ООО «Вереск»", f"inn:{FIRM}"),
        ("бухгалтер ООО «Вереск» по договору", f"inn:{FIRM}"),
        ("ООО «Луч»", None),  # two are called so
        ("ИП Сомов Пётр Ильич", "firm:1"),
        ("ИП Сомов П. И., продавец", "firm:1"),
        ("ИП Сомов П.", None),  # one initial fits too many
        ("ИП Сомов Павел Ильич", None),
        ("ИП Ершов И. И.", None),  # two are called so
        ("ИП Ершов Иван Игоревич", "firm:3"),
        ("Сомов Пётр Ильич", None),  # nothing says that he is an entrepreneur
        ("пенсионер", None),
        (None, None),
    ],
)
def test_which_firm_a_place_of_work_means(store: Store, text: str | None, company: str | None) -> None:
    found, crowded = employed(store, text)
    assert [(one.company, one.kind, one.means, one.chains) for one in found] == (
        [(company, "employee", "questionnaire", (("m00",),))] if company else []
    )
    assert crowded == []


def test_who_works_for_himself_is_nobodys_employee(store: Store) -> None:
    assert employed(store, "ИП Сомов Пётр Ильич", own="СОМОВ ПЕТР ИЛЬИЧ")[0] == []
    assert employed(store, "ИП Сомов П. И.", own="СОМОВ ПЕТР ИЛЬИЧ")[0] == []


def test_only_the_place_of_work_of_a_relative_is_asked(store: Store) -> None:
    """The official's own employer is the customer."""
    assert employed(store, "ООО «Вереск»", kind="official")[0] == []


@pytest.mark.parametrize("number", [MOST_EMPLOYED, MOST_EMPLOYED + 1])
def test_the_employer_of_half_a_town_ties_nobody(store: Store, number: int) -> None:
    found, crowded = employed(store, *["ООО «Вереск»"] * number, "ИП Сомов П. И.")
    assert crowded == [f"inn:{FIRM}"] * (number > MOST_EMPLOYED)
    assert len(found) == (1 if crowded else number + 1)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("ООО «Вереск», бухгалтер", ["ООО ВЕРЕСК"]),
        ("бухгалтер, ООО «Вереск»", ["БУХГАЛТЕР", "ООО ВЕРЕСК"]),
        ("ООО «Вереск, Луч»; сторож", ["ООО ВЕРЕСК ЛУЧ"]),  # a comma inside quotation marks is of the name
        ("Школа 5 - филиал", ["ШКОЛА 5"]),
        ("", []),
    ],
)
def test_the_names_a_place_of_work_may_mean(text: str, keys: list[str]) -> None:
    assert employer_keys(text)[: len(keys)] == keys
    assert employer_key(text) == (keys[0] if keys else None)


def test_under_which_names_suppliers_are_known(store: Store) -> None:
    columns = dict.fromkeys(("supplier", "supplier_name", "supplier_kind"), "VARCHAR")
    bought = [(f"inn:{FIRM}", "Вереск, ООО", None), ("inn:9", "ИП Сомов", "person"), ("firm:x", None, "organisation")]
    store.temporary("any_purchase", columns, bought)
    names = [(FIRM, "ООО «Вереск»", "Общество с ограниченной ответственностью «Вереск-Луч»"), (OTHER, "ООО «Сом»", None)]
    store.append(
        "company", [{"source_id": "w", "locator": inn, "inn": inn, "short_name": a, "full_name": b} for inn, a, b in names]
    )
    own = [("5", "МБОУ Школа 5"), ("6", "МБОУ Школа 6")]
    store.append("institution", [{"source_id": "w", "locator": inn, "inn": inn, "name": name} for inn, name in own])
    store.temporary("institution_of", {"institution": "VARCHAR"}, [("inn:5",)])
    known = supplier_keys(store)
    assert sorted(known.values(), key=str) == [{"inn:5"}, {f"inn:{FIRM}"}, {f"inn:{FIRM}"}]
    assert known["ООО ВЕРЕСК"] == {f"inn:{FIRM}"}
