"""Ties from what officials declare and give notice of, each by hand from the law that asks for the paper."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from affil.control.control import Control
from affil.control.declared import declared_ties, make_declared
from affil.control.intervals import Period
from affil.store.store import Store

OFFICIAL, FIRM, OTHER = "1|101", "7700000001", "7700000002"
BEGUN, ENDED, TOLD = dt.date(2023, 2, 1), dt.date(2024, 3, 1), dt.date(2023, 1, 20)
BY_NAME = {"ООО ВЕРЕСК": {f"inn:{FIRM}"}, "ООО ЛУЧ": {f"inn:{FIRM}", f"inn:{OTHER}"}}


def notice(**values: Any) -> dict[str, Any]:
    """A notice of other work at the firm."""
    return {"source_id": "w", "locator": "n1", "official_key": OFFICIAL, "kind": "other work", "organisation_inn": FIRM, **values}


def interest(**values: Any) -> dict[str, Any]:
    """A share of the official's own in the firm."""
    return {"source_id": "w", "locator": "i1", "official_key": OFFICIAL, "fact": "interest", "holder": "self", "kind": "share",
            "organisation_inn": FIRM, "as_of": TOLD, **values}  # fmt: skip


def ties(store: Store, table: str, *rows: dict[str, Any], kin: tuple[str, ...] = ()) -> list[Control]:
    """What the rows make of official and firm; `kin`: chains of the relatives he declares."""
    store.append(table, rows)
    relatives = [{"source_id": "w", "locator": f"r{n}", "official_key": OFFICIAL, "fact": "person", "chains": chain}
                 for n, chain in enumerate(kin)]  # fmt: skip
    store.append("relative", relatives)
    parties = [(f"official|{OFFICIAL}", "he"), *((f"relative|w|r{n}", f"kin {n}") for n in range(len(kin)))]
    store.temporary("party", {"mention": "VARCHAR", "party": "VARCHAR"}, parties)
    return declared_ties(store, BY_NAME, {f"inn:{FIRM}"})


def only(found: list[Control]) -> Control:
    (one,) = found
    return one


@pytest.mark.parametrize(
    ("kind", "decision", "tie"),
    [
        ("other work", None, ("employee", "notice")),  # 25-ФЗ ст. 11 ч. 2
        ("management", None, ("manager", "notice")),  # 25-ФЗ ст. 14 ч. 1 п. 3
        ("gift", None, ("contact", "gift")),  # 273-ФЗ ст. 12.1 ч. 7
        ("former servant employer", None, ("employee", "undecided")),  # 273-ФЗ ст. 12 ч. 4, the commission has not said yet
        ("former servant employer", "consent", ("employee", "consent")),  # ст. 12 ч. 1
        ("former servant employer", "refusal", ("employee", "refusal")),
        ("other work", "refusal", ("employee", "notice")),  # a decision is asked of a former servant's work alone
    ],
)
def test_what_a_notice_makes_of_the_official_and_the_firm(
    store: Store, kind: str, decision: str | None, tie: tuple[str, str]
) -> None:
    found = only(ties(store, "notice", notice(kind=kind, decision=decision)))
    assert (found.kind, found.means) == tie
    assert (found.person, found.company, found.chains) == ("he", f"inn:{FIRM}", (("notice|w|n1",),))
    assert (found.share, found.assumed) == (None, ())


@pytest.mark.parametrize("kind", [None, "conflict of interest", "corrupt offer", "commission consent"])
def test_other_notices_tie_nobody(store: Store, kind: str | None) -> None:
    assert ties(store, "notice", notice(kind=kind)) == []


@pytest.mark.parametrize(("ended", "shown"), [(None, TOLD), (ENDED, ENDED)])
def test_a_notice_is_shown_to_its_own_end_or_to_the_day_it_was_given(store: Store, ended: dt.date | None, shown: dt.date) -> None:
    found = only(ties(store, "notice", notice(valid_from=BEGUN, valid_to=ended, noticed_on=TOLD)))
    assert found.period == Period(BEGUN, ended, shown)


@pytest.mark.parametrize(
    ("named", "is_tied"),
    [
        ({"organisation_inn": None, "organisation_key": "ООО ВЕРЕСК"}, True),
        ({"organisation_inn": None, "organisation_key": "ООО ЛУЧ"}, False),  # two are called so
        ({"organisation_inn": None, "organisation_key": "ООО СОМ"}, False),
        ({"organisation_inn": None, "organisation_key": None}, False),
        ({"organisation_inn": OTHER, "organisation_key": "ООО ВЕРЕСК"}, False),  # the ИНН says it is another one of that name
        ({"official_key": None}, False),
    ],
)
def test_whom_a_notice_names(store: Store, named: dict[str, Any], is_tied: bool) -> None:
    assert [one.company for one in ties(store, "notice", notice(**named))] == [f"inn:{FIRM}"] * is_tied


@pytest.mark.parametrize(
    ("share", "kind", "assumed"),
    [
        ("1/10", "small-share", ()),  # 44-ФЗ ст. 31 ч. 1 п. 9: above ten, and ten is not
        ("1001/10000", "owner", ()),
        (None, "owner", ("share_unknown",)),
    ],
)
def test_a_declared_share(store: Store, share: str | None, kind: str, assumed: tuple[str, ...]) -> None:
    exact = Fraction(share) if share else None
    found = only(ties(store, "declared_interest", interest(share=share)))
    assert (found.kind, found.assumed, found.means) == (kind, assumed, "interest")
    assert (found.share, found.direct_share, found.period) == (exact, exact, Period(None, None, TOLD))
    assert (found.person, found.chains) == ("he", (("interest|w|i1",),))


@pytest.mark.parametrize(
    ("kind", "tie"),
    [("obligation", ("contact", "obligation")), ("income", ("employee", "interest")), ("transfer", None), (None, None)],
)
def test_what_else_a_declaration_ties(store: Store, kind: str | None, tie: tuple[str, str] | None) -> None:
    """A debt (разд. 6.2) or who pays an income (разд. 1); a number in their row is no share."""
    found = ties(store, "declared_interest", interest(kind=kind, share="1/2"))
    assert [(one.kind, one.means, one.share, one.assumed) for one in found] == ([(*tie, None, ())] if tie else [])


@pytest.mark.parametrize(
    ("holder", "kin", "whose"),
    [
        ("self", ("spouse",), "he"),
        ("spouse", ("child", "spouse"), "kin 1"),
        ("child", ("child", "spouse"), "kin 0"),
        ("child", ("child", "child"), None),  # which of the two is not told
        ("spouse", ("child",), None),
        ("spouse", ("spouse(former)",), None),
        ("other", ("spouse",), None),
        (None, ("spouse",), None),
    ],
)
def test_whose_a_declared_share_is(store: Store, holder: str | None, kin: tuple[str, ...], whose: str | None) -> None:
    found = ties(store, "declared_interest", interest(holder=holder), kin=kin)
    assert [one.person for one in found] == ([whose] if whose else [])


def test_a_declaration_of_nothing_ties_nobody(store: Store) -> None:
    assert ties(store, "declared_interest", interest(fact="none"), interest(official_key=None, locator="i2")) == []


def test_the_newest_declaration_of_each_official(store: Store) -> None:
    days = [(OFFICIAL, TOLD), (OFFICIAL, ENDED), (OFFICIAL, BEGUN), ("1|102", BEGUN), (None, ENDED)]
    store.append("declared_interest", [interest(official_key=key, as_of=day, fact="none") for key, day in days])
    make_declared(store)
    assert store.sql("FROM declared_on ORDER BY ALL").fetchall() == [(OFFICIAL, ENDED), ("1|102", BEGUN)]
