"""Which purchases and ties 44-ФЗ ст. 31 ч. 1 п. 9 means, and what a finding is worth at first sight: by hand from the law."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from affil.control.control import Control
from affil.control.intervals import Period
from affil.model.finding import EvidencePath
from affil.rules.conditions import Purchases
from affil.rules.priority import article31_purchase, article31_stake, competitive_purchase, concerns, priority, purchase_law
from affil.rules.rule import Rule

ART31 = "44-ФЗ ст. 31 ч. 1 п. 9"
LAST_OLD, FIRST_NEW = dt.date(2022, 6, 30), dt.date(2022, 7, 1)  # 160-ФЗ


def purchase(**values: Any) -> dict[str, Any]:
    """An award of which nothing is known but its day."""
    columns = ("notice_on", "method", "ground", "procedure_law", "procedure_number", "supplier_form")
    return {**dict.fromkeys(columns), "event": "award", "event_to": FIRST_NEW, **values}


@pytest.mark.parametrize(
    ("values", "law"),
    [
        ({}, None),
        ({"method": "Закупка по 223-ФЗ"}, "223-ФЗ"),
        ({"ground": "223 - фз, п. 5.1 положения"}, "223-ФЗ"),
        ({"procedure_law": "223-ФЗ", "ground": "п. 4 ч. 1 ст. 93"}, "223-ФЗ"),
        ({"procedure_number": "32312345678"}, "223-ФЗ"),  # ЕИС: 11 digits, the first a 3
        ({"procedure_number": "3231234567"}, None),
        ({"procedure_number": "42312345678"}, None),
        ({"procedure_number": "0342300000124000001"}, None),  # 19 digits
        ({"procedure_law": "44-ФЗ"}, "44-ФЗ"),
        ({"method": "у единственного поставщика"}, "44-ФЗ"),
        ({"method": "Single supplier"}, "44-ФЗ"),
        ({"ground": "ст. 93"}, "44-ФЗ"),
        ({"ground": "п. 4"}, "44-ФЗ"),
        ({"method": "п. 4"}, None),  # a point is one of the ground alone
    ],
)
def test_the_law_a_purchase_was_made_under(values: dict[str, str], law: str | None) -> None:
    assert purchase_law(purchase(**values)) == law


@pytest.mark.parametrize(
    ("values", "can_hold"),
    [
        ({"method": "Электронный аукцион", "event_to": LAST_OLD}, False),
        ({"method": "Электронный аукцион", "event_to": FIRST_NEW}, True),
        ({"method": "Электронный аукцион", "event_to": FIRST_NEW, "notice_on": LAST_OLD}, False),  # by the day of the notice
        ({"method": "Электронный аукцион", "event_to": LAST_OLD, "notice_on": FIRST_NEW}, True),
        ({"method": "Электронный аукцион", "event_to": None}, True),
        ({"method": "запрос котировок"}, True),
        ({"method": "открытый конкурс"}, True),
        ({"method": "запрос предложений"}, True),
        ({"event": "bid"}, True),
        ({"event": "bid", "procedure_number": "32312345678"}, False),
        ({"method": "аукцион", "ground": "223-ФЗ"}, False),
        *[({"ground": f"п. {point} ч. 1 ст. 93"}, True) for point in (4, 5, 18, 30, 42, 49, 54, 59)],
        *[({"ground": f"п. {point} ч. 1 ст. 93"}, False) for point in (1, 3, 6, 8, 14, 29, 45, 55)],
        ({"ground": "п.4"}, True),
        ({"ground": "ст. 93"}, None),
        ({}, None),
    ],
)
def test_for_which_purchases_point_nine_can_hold(values: dict[str, Any], can_hold: bool | None) -> None:
    """Ст. 31 ч. 1 speaks of competitive purchases; ст. 93 ч. 1 names the points of single ones it holds for."""
    assert article31_purchase(purchase(**values)) is can_hold


@pytest.mark.parametrize(
    ("values", "decided"),
    [
        ({"event": "bid"}, True),
        ({"method": "Конкурс"}, True),
        ({"method": "единственный поставщик"}, False),
        ({"ground": "ст.93"}, False),
        ({"ground": "п. 8"}, False),
        ({"method": "п. 8"}, None),
        ({"ground": "рамочный договор"}, None),
        ({}, None),
    ],
)
def test_whether_a_commission_decided(values: dict[str, str], decided: bool | None) -> None:
    assert competitive_purchase(purchase(**values)) is decided


@pytest.mark.parametrize(
    ("asked", "values", "kept"),
    [
        ({}, {}, True),
        ({"law": "44-ФЗ"}, {}, True),  # one that names no law counts as under 44-ФЗ
        ({"law": "223-ФЗ"}, {}, False),
        ({"law": "44-ФЗ"}, {"ground": "223-ФЗ"}, False),
        ({"law": "223-ФЗ"}, {"ground": "223-ФЗ"}, True),
        ({"article31": True}, {}, True),  # what is not known is to be clarified and not left out
        ({"article31": True}, {"ground": "п. 8"}, False),
        ({"article31": True}, {"ground": "п. 4"}, True),
        ({"competitive": True}, {"ground": "п. 4"}, False),
        ({"competitive": True}, {}, True),
        ({}, {"ground": "п. 8"}, True),
    ],
)
def test_which_purchases_a_rule_is_about(asked: dict[str, Any], values: dict[str, str], kept: bool) -> None:
    assert concerns(Purchases(**asked), purchase(**values)) is kept


def control(kind: str, share: str | None = None, direct: str | None = None) -> Control:
    shares = [Fraction(one) if one else None for one in (share, direct)]
    return Control("anna", "inn:1", kind, *shares, Period(None, None, None), ())


@pytest.mark.parametrize(
    ("tie", "form", "meant"),
    [
        (control("director"), None, True),  # «в»
        (control("sole-proprietor"), None, True),  # «а»
        (control("owner", "1/2", "1/2"), None, True),
        (control("indirect-owner", "1/2", "0"), None, True),
        (control("owner"), None, None),  # a share nobody knows
        (control("owner", None, "1/5"), None, True),  # of which the direct part alone is above ten
        (control("owner", None, "1/10"), None, None),
        (control("owner"), "75404", True),  # «б»: the founder of a unitary organisation needs no share
        (control("owner"), "65243", True),
        (control("owner"), "12300", None),
        (control("indirect-owner"), "75404", None),
        (control("small-share", "1/20"), None, False),
        (control("manager"), None, False),
        (control("employee"), None, False),
        (control("contact"), None, False),
    ],
)
def test_which_ties_point_nine_means(tie: Control, form: str | None, meant: bool | None) -> None:
    assert article31_stake(tie, purchase(supplier_form=form)) is meant


RULE = {
    "id": "a-rule", "title": {"ru": "-", "en": "-"}, "status": "draft", "about": "participant", "events": ["award"],
    "path": [{"kin": {"groups": ["self"]}}, {"control": {"kinds": ["director"]}}, {"supplies": {}}], "bases": [{"id": "-"}],
}  # fmt: skip


def worth(  # of a brother who runs the winner of an auction, the official a member of its commission
    post: str | None = "commission member", circle: str = "yes", kind: str = "director", grade: str = "A",
    method: str | None = "аукцион", tie: Control | None = None, most: float = 1.0, **of_rule: Any,
) -> str:  # fmt: skip
    rule = Rule.model_validate({**RULE, "priority": {"base": "low", "role": "normal", "article31": "first", **of_rule}})
    path = EvidencePath((), "sibling", kind, None, most, grade, True)
    return priority(rule, path, post, {ART31: circle}, purchase(method=method), tie or control(kind))


@pytest.mark.parametrize("role", ["head of customer", "commission member", "head of contract service", "contract manager"])
def test_the_posts_of_point_nine_make_a_finding_the_first(role: str) -> None:
    assert worth(role) == "first"


def test_what_point_nine_does_not_hold_for_is_not_of_its_class() -> None:
    """One of its conditions fails, or is not known: the role in procurement is left."""
    assert worth("specification author") == "normal"
    assert worth(circle="no") == worth(circle="unknown") == "normal"
    assert worth(kind="manager") == worth(kind="employee") == "normal"
    assert worth(method=None) == worth(method="у единственного поставщика") == "normal"
    assert worth(kind="owner") == "normal"  # a share nobody knows
    assert worth(kind="owner", tie=control("owner", "1/2", "1/2")) == "first"
    assert worth(article31=None) == "normal"


def test_without_a_role_the_base_is_left() -> None:
    assert worth(None) == "low"
    assert worth(None, base="high") == "high"
    assert worth("specification author", role=None, base="info") == "info"


@pytest.mark.parametrize(
    ("given", "most"),
    [
        ({"grade": "P"}, "first"), ({"grade": "B"}, "first"), ({"grade": "C"}, "high"),
        ({"grade": "D", "most": 0.5}, "normal"), ({"grade": "D", "most": 0.49}, "info"),
        ({"kind": "small-share", "base": "first", "role": None}, "normal"),
        ({"kind": "small-share", "base": "first", "role": None, "small_share": "info"}, "info"),
        ({"circle": "disputed", "base": "first", "role": None}, "normal"),
        ({"circle": "disputed", "base": "info", "role": None}, "info"),  # a cap lifts nothing
    ],
)  # fmt: skip
def test_what_is_uncertain_is_worth_less(given: dict[str, Any], most: str) -> None:
    """CONTRACT 4: a name alone is at most normal, and info below one half."""
    assert worth(**given) == most


def test_a_series_has_no_purchase_and_no_tie_of_its_own() -> None:
    rule = Rule.model_validate({**RULE, "priority": {"base": "low", "role": "normal", "article31": "first"}})
    path = EvidencePath((), "sibling", "director", None, 1.0, "A", True)
    assert priority(rule, path, "commission member", {ART31: "yes"}, None) == "normal"
