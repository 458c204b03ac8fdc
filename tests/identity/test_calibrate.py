"""What is learned from known ИНН, on persons drawn by a law the test sets."""

from __future__ import annotations

import numpy as np
import pytest

from affil.identity.calibrate import ENOUGH, KINDS, _fitted, calibrate
from affil.store.store import Store


def drawn(persons: int, shift: float, slope: float, spread: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows of `persons` with one to four holders each; one of them at most is he, by the odds exp(shift + slope * log odds)."""
    rng = np.random.default_rng(7)
    holders = rng.integers(1, 5, persons)
    person = np.repeat(np.arange(persons), holders)
    log_odds = rng.normal(-2.0, spread, len(person))
    same = np.zeros(len(person))
    for one in range(persons):
        rows = np.flatnonzero(person == one)
        odds = np.exp(shift + slope * log_odds[rows])
        chosen = rng.choice(len(rows) + 1, p=np.r_[odds, 1.0] / (odds.sum() + 1))
        if chosen < len(rows):
            same[rows[chosen]] = 1.0
    return log_odds, same, person


@pytest.mark.parametrize(("shift", "slope", "spread"), [(0.0, 1.0, 2.0), (3.0, 0.8, 2.0), (9.0, 1.0, 1.0), (-4.0, 1.2, 3.0)])
def test_the_law_that_drew_them_is_found_however_far_it_lies(shift: float, slope: float, spread: float) -> None:
    log_odds, same, person = drawn(3000, shift, slope, spread)
    facts = np.column_stack([np.ones(len(person)), log_odds, *[np.zeros(len(person))] * len(KINDS)])
    found = _fitted(facts, same, person)
    chance, true = facts[:, :2] @ found[:2], shift + slope * log_odds
    assert np.abs(1 / (1 + np.exp(-chance)) - 1 / (1 + np.exp(-true))).mean() < 0.03


def weighed(store: Store, persons: int) -> None:
    log_odds, same, person = drawn(persons, 2.0, 1.0, 2.0)
    columns = {
        "pair_id": "BIGINT", "declared": "VARCHAR", "behind": "VARCHAR", "odds": "DOUBLE", "inn_ratio": "DOUBLE",
        "known_same": "BOOLEAN", "agreement": "VARCHAR", "birth_kind": "VARCHAR",
    }  # fmt: skip
    rows = [
        (place, f"d{of}", f"b{place}", float(np.exp(odds)), None, bool(is_he), "exact", None)
        for place, (of, odds, is_he) in enumerate(zip(person, log_odds, same, strict=True))
    ]
    store.temporary("weighed", columns, rows)


def test_few_known_numbers_change_nothing() -> None:
    with Store.scratch() as store:
        weighed(store, ENOUGH - 1)
        before = store.sql("SELECT pair_id, odds FROM weighed ORDER BY 1").fetchall()
        learned = calibrate(store)
        assert (learned.shift, learned.slope) == (0.0, 1.0)
        assert store.sql("SELECT pair_id, odds FROM weighed ORDER BY 1").fetchall() == before


def test_many_known_numbers_set_the_odds_right_and_keep_their_order() -> None:
    with Store.scratch() as store:
        weighed(store, 2000)
        before = [odds for (odds,) in store.sql("SELECT odds FROM weighed ORDER BY pair_id").fetchall()]
        learned = calibrate(store)
        after = [odds for (odds,) in store.sql("SELECT odds FROM weighed ORDER BY pair_id").fetchall()]
    assert learned.persons == 2000
    assert learned.shift == pytest.approx(2.0, abs=0.3)
    assert np.array_equal(np.argsort(before), np.argsort(after))
