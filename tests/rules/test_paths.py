"""What a path is told with, by hand: its purchase, whether it was in force, what is taken for granted, which of two is first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from affil.control.control import Control
from affil.control.intervals import Period
from affil.kinship.compose import Kin
from affil.model.finding import EvidencePath, Source, Step
from affil.rules.by_name import own_application as _own_application
from affil.rules.control_steps import _last_seen, _percent
from affil.rules.end_steps import label
from affil.rules.paths import _assumptions, better, in_force

SIGNED, LATER, ENDS = dt.date(2024, 3, 1), dt.date(2024, 6, 1), dt.date(2024, 12, 31)
PLACE = {"source_id": "w", "locator": "5"}


def purchase(**values: Any) -> dict[str, Any]:
    named = {"contract_number": "К-1", "procedure_number": "П-1", "customer_inn": "42"}
    return {
        "event": "award",
        "event_date": SIGNED,
        "ends_on": ENDS,
        "by_name": False,
        "customer_by": None,
        **named,
        **PLACE,
        **values,
    }


def kin(chain: str = "sibling", since: dt.date | None = None, others: tuple[str, ...] = ()) -> Kin:
    return Kin("he", "she", chain, others, (), {}, "kin", since, None, (chain,))


def control(since: dt.date | None = None, *chains: tuple[str, ...]) -> Control:
    return Control("she", "inn:1", "director", None, None, Period(since, None, None), chains)


@pytest.mark.parametrize(
    ("share", "told"),
    [("1/2", "50 %"), ("1/1", "100 %"), ("1/3", "33.3333 %"), ("1/10", "10 %"), ("10004/100000", "10.004 %"), ("1/200", "0.5 %")],
)
def test_a_share_is_told_in_percent(share: str, told: str) -> None:
    assert _percent(share) == told


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "К-1"),
        ({"contract_number": None}, "П-1"),
        ({"event": "bid"}, "П-1"),  # the number of the contract that came of it is not the bid's
        ({"contract_number": None, "procedure_number": None}, "42 2024-03-01"),
        ({"contract_number": None, "procedure_number": None, "customer_inn": None}, "2024-03-01"),
        ({"contract_number": None, "procedure_number": None, "event_date": None}, "42"),
    ],
)
def test_how_a_purchase_is_named(values: dict[str, Any], told: str) -> None:
    assert label(purchase(**values)) == told


@pytest.mark.parametrize(
    ("family", "since", "values", "time", "told"),
    [
        (None, LATER, {}, "in-force", True),
        (None, LATER, {}, "ended-since", True),
        (None, LATER, {}, "ended-before", False),
        (None, LATER, {}, "began-after", "during_performance"),
        (None, ENDS, {}, "began-after", "during_performance"),  # on its last day
        (None, ENDS + dt.timedelta(1), {}, "began-after", False),
        (None, LATER, {"ends_on": None}, "began-after", False),
        (None, LATER, {"event": "bid"}, "began-after", False),
        (None, None, {}, "began-after", False),
        (LATER, None, {}, "began-after", "during_performance"),  # a marriage after signing
        (ENDS + dt.timedelta(1), LATER, {}, "began-after", False),  # both must hold
    ],
)
def test_whether_the_tie_was_in_force(
    family: dt.date | None, since: dt.date | None, values: dict[str, Any], time: str, told: bool | str
) -> None:
    """CONTRACT 4, `in_force`."""
    assert in_force(kin(since=family), control(since), purchase(**values), time) == told


def test_what_is_no_tie_to_a_purchase_is_in_force() -> None:
    assert in_force(None, None, purchase(), "began-after") is True
    assert in_force(None, control(LATER), None, "began-after") is True
    assert in_force(None, control(LATER), purchase(), "began-after") == "during_performance"


@pytest.mark.parametrize(
    ("row", "values", "family", "told"),
    [
        ({}, {}, kin(), []),
        ({}, None, None, []),
        ({}, {"event_date": None}, kin(), ["event_date_unknown"]),
        ({}, {"by_name": True}, None, ["supplier_by_name"]),
        ({}, {"customer_by": "customer_by_name"}, None, ["customer_by_name"]),
        ({"employer_by": "employer_by_name"}, {}, None, ["employer_by_name"]),
        ({"employer_by": None}, {}, None, []),
        ({"served_from": None, "service_kind": "employment"}, {}, None, ["service_start_unknown"]),
        ({"served_from": None, "service_kind": "seat"}, {}, None, ["service_start_unknown"]),
        ({"served_from": SIGNED, "service_kind": "employment"}, {}, None, []),
        ({"served_from": None, "service_kind": "manager"}, {}, None, []),  # named in the contract itself
        ({"served_from": None, "service_kind": "duty"}, {}, None, []),
        ({}, {}, kin(others=("child.spouse",)), ["kin_word_ambiguous"]),
        ({}, {}, kin("spouse(former)"), ["marriage_dates_unknown"]),
        ({}, {}, kin("spouse(former).parent", since=SIGNED), []),
        ({}, {}, kin("spouse"), []),
    ],
)
def test_what_is_taken_for_granted(
    row: dict[str, Any], values: dict[str, Any] | None, family: Kin | None, told: list[str]
) -> None:
    assert list(_assumptions(row, None if values is None else purchase(**values), family)) == told


@pytest.mark.parametrize(
    ("ended", "seen", "told"),
    [(LATER, SIGNED, SIGNED), (LATER, LATER, None), (LATER, None, None), (None, SIGNED, None), (SIGNED, LATER, None)],
)
def test_the_last_day_a_tie_was_seen_where_its_end_is_only_bounded(
    ended: dt.date | None, seen: dt.date | None, told: dt.date | None
) -> None:
    assert _last_seen(Period(None, ended, seen)) == told


@pytest.mark.parametrize(
    ("chain", "own"),
    [
        (("relative|w|9", "bidder|w|5"), True),
        (("awarded|w|5",), True),
        (("disclosed|w|5|director|АННА",), True),
        (("disclosed|w|55|director|АННА",), False),
        (("bidder|w|6",), False),
        (("tie|w|5",), False),
    ],
)
def test_a_tie_told_by_the_application_to_this_very_purchase(chain: tuple[str, ...], own: bool) -> None:
    assert _own_application(control(None, ("tie|w|1",), chain), purchase()) is own
    assert _own_application(None, purchase()) is False
    assert _own_application(control(None, chain), None) is False


STEP = Step("a", "director", "b", Source("f", "1"), SIGNED, None)
PATH = EvidencePath((STEP,), "sibling", "director", Fraction(1, 2), 0.9, "C", True)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (replace(PATH, identity_grade="A", control="contact"), PATH),  # the surer identity
        (replace(PATH, control="sole-proprietor", confidence=0.8), PATH),  # the stronger control
        (PATH, replace(PATH, control=None, confidence=1.0)),
        (replace(PATH, identity_grade="D", control="contact", confidence=0.8), replace(PATH, identity_grade="D", confidence=0.7)),
        (replace(PATH, confidence=0.95), PATH),  # the more probable
        (PATH, replace(PATH, steps=(STEP, STEP), kinship="child")),  # the shorter
        (replace(PATH, kinship="child"), PATH),
        (replace(PATH, kinship=None), PATH),
        (PATH, replace(PATH, steps=(replace(STEP, valid_from=LATER),))),  # the earlier
        (replace(PATH, steps=(replace(STEP, valid_to=LATER),)), PATH),
        (PATH, replace(PATH, steps=(replace(STEP, valid_from=LATER, source=Source("f", "2")),))),
    ],
)
def test_which_of_two_paths_is_told_first(first: EvidencePath, second: EvidencePath) -> None:
    assert better(first) < better(second)
