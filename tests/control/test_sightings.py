"""Rows of several extracts into dated holdings (DESIGN 2: a registry extract shows only its own day)."""

import datetime as dt
import random
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from affil.control.control import controls
from affil.control.intervals import Period, covers
from affil.control.shares import Holding
from affil.control.sightings import Sighting, holdings

DAY = dt.timedelta(days=1)
SINCE = dt.date(2020, 1, 1)
E1, E2, E3 = dt.date(2022, 1, 1), dt.date(2023, 1, 1), dt.date(2024, 1, 1)


def seen(
    extract: dt.date | None,
    share: str | None = None,
    since: dt.date | None = SINCE,
    kind: str = "owner",
    source: str = "",
    row: int = 1,
) -> Sighting:
    exact = None if share is None else Fraction(share)
    name = source or str(extract)
    return Sighting("T", "anna", "person", kind, exact, since, extract, name, f"{name}#{row}")


def held(*sightings: Sighting, extracts: tuple[dt.date, ...] = (E1, E2, E3)) -> list[tuple[Fraction | None, Period]]:
    return [(each.share, each.period) for each in holdings(sightings, {"T": extracts})]


def test_the_same_share_in_every_extract_is_one_holding_proved_by_the_newest() -> None:
    found = holdings([seen(E1, "0.5"), seen(E3, "0.5"), seen(E2, "0.5")], {"T": [E1, E2, E3]})
    assert found == [Holding("T", "anna", "person", "owner", Fraction(1, 2), Period(SINCE, None, E3), f"{E3}#1")]


def test_a_grown_share_owns_the_days_between_the_two_extracts() -> None:
    """ГРНДатаПерв dates the first record of the owner, not the change of the share (FORMATS 1.3)."""
    assert held(seen(E1, "0.06"), seen(E2, "0.12"), seen(E3, "0.12")) == [
        (Fraction(6, 100), Period(SINCE, E1, E1)),
        (Fraction(12, 100), Period(E1 + DAY, None, E3, known_from=E2)),
    ]


def test_a_shrunk_share_still_owns_the_days_between_the_two_extracts() -> None:
    assert held(seen(E1, "0.12"), seen(E2, "0.06"), extracts=(E1, E2)) == [
        (Fraction(12, 100), Period(SINCE, E2 - DAY, E1)),
        (Fraction(6, 100), Period(E2, None, E2)),
    ]


def test_an_extract_without_the_holder_between_two_shares_bounds_both() -> None:
    assert held(seen(E1, "0.12"), seen(E3, "0.06")) == [
        (Fraction(12, 100), Period(SINCE, E2 - DAY, E1)),
        (Fraction(6, 100), Period(E2 + DAY, None, E3, known_from=E3)),
    ]


def test_a_director_who_left_and_was_recorded_anew_has_two_periods() -> None:
    again = E2 + 5 * DAY
    assert held(seen(E1, kind="director"), seen(E3, since=again, kind="director")) == [
        (None, Period(SINCE, E2 - DAY, E1)),
        (None, Period(again, None, E3)),
    ]


def test_two_rows_of_one_extract_add_up_and_two_copies_of_one_extract_do_not() -> None:
    own, inherited = seen(E1, "0.06", source="a", row=1), seen(E1, "0.05", source="a", row=2)
    copy = seen(E1, "0.06", source="0")
    result = controls(holdings([own, inherited, copy], {"T": [E1]}), ["T"])
    assert [(each.kind, each.share) for each in result.controls] == [("owner", Fraction(11, 100))]


def test_an_extract_without_a_date_leaves_the_end_unknown() -> None:
    assert held(seen(None, "0.5"), extracts=()) == [(Fraction(1, 2), Period(SINCE, None, None))]


extract_days = st.sampled_from([dt.date(2024, 1, day) for day in range(2, 12, 2)])
states = st.dictionaries(extract_days, st.sampled_from(["0.05", "0.2", None, "gone"]), min_size=1)


@given(states, st.integers())
def test_the_shown_share_is_right_on_the_day_of_every_extract_and_never_doubled_between(
    shown: dict[dt.date, str | None], seed: int
) -> None:
    rows = [seen(day, share) for day, share in shown.items() if share != "gone"]
    found = holdings(rows, {"T": list(shown)})
    random.Random(seed).shuffle(rows)
    assert holdings(rows, {"T": list(shown)[::-1]}) == found
    for day in (SINCE + DAY * step for step in range(1500)):
        covering = [(each.share, covers(each.period, day).answer) for each in found if covers(each.period, day).answer != "no"]
        assert len(covering) <= 1
        if day in shown and (share := shown[day]) != "gone":
            assert covering == [(None if share is None else Fraction(share), "yes")]


def test_a_holder_shown_as_a_public_body_later_led_further_up_until_then() -> None:
    """Between the two extracts either may have held; the larger share of the public body, which leads nowhere, hides nothing."""
    own = Sighting("A", "anna", "person", "owner", Fraction(1, 5), E2 - 2 * DAY, E2, "newest", "own")
    then = Sighting("B", "A", "organisation", "owner", Fraction(9, 100), SINCE, E1, "older", "then")
    now = Sighting("B", "A", "public", "owner", Fraction(1, 10), SINCE, E2, "newest", "now")
    found = controls(holdings([own, then, now], {"A": {E2}, "B": {E1, E2}}), ["B"]).controls
    assert [(one.kind, one.share, one.period.valid_from, one.period.valid_to) for one in found] == [
        ("small-share", Fraction(9, 500), E2 - 2 * DAY, E2 - DAY)
    ]


def heads(*sightings: Sighting, alone: tuple[dt.date, ...] = (E1, E2)) -> dict[str, Period]:
    return {each.holder: each.period for each in holdings(sightings, {"T": (E1, E2)}, {"T": alone})}


def at_head(who: str, extract: dt.date, since: dt.date | None = SINCE) -> Sighting:
    return replace(seen(extract, since=since, kind="director"), holder=who)


BETWEEN = dt.date(2022, 6, 1)


def test_the_record_of_a_new_head_ends_the_former_one() -> None:
    """14-ФЗ ст. 40: the office is held by one, so the former left it not later than his successor was recorded."""
    found = heads(at_head("anna", E1), at_head("boris", E2, BETWEEN))
    assert found == {"anna": Period(SINCE, BETWEEN, E1), "boris": Period(BETWEEN, None, E2)}


def test_what_does_not_date_the_change_of_heads() -> None:
    stays = Period(SINCE, E2 - DAY, E1)
    for newer, alone in (
        (at_head("boris", E2, BETWEEN), (E2,)),  # two heads in the older extract
        (at_head("boris", E2, BETWEEN), (E1,)),  # two in the newer one
        (at_head("boris", E2, E1), (E1, E2)),  # recorded by the older extract, which does not show him
        (at_head("boris", E2, None), (E1, E2)),  # nobody knows when
    ):
        assert heads(at_head("anna", E1), newer, alone=alone)["anna"] == stays


def test_the_day_an_owner_died_ends_his_holding() -> None:
    died = dt.date(2021, 5, 6)
    for extracts in ((E1,), (E1, E2)):
        found = held(*(replace(seen(day, "0.5"), ended=died) for day in extracts), extracts=extracts)
        assert found == [(Fraction(1, 2), Period(SINCE, died, died))]
    assert held(replace(seen(E1, "0.5"), ended=died), extracts=(E1, E2)) == [(Fraction(1, 2), Period(SINCE, died, died))]
