"""Two runs side by side: every kind of change planted once, and a brute-force comparison of random runs."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affil.reports.delta import TELLING, delta
from affil.reports.delta_text import KINDS, delta_json, delta_text
from affil.words import LANGUAGES, Words


def told(number: int, tie: str | None = None, **more: Any) -> dict[str, Any]:
    """A finding as `findings.json` has it, as far as two runs are compared by it."""
    return {
        "id": f"F-{number}", "tie": tie or f"T-{number}", "priority": "normal", "confidence": 1.0, "identity_grade": "A",
        "kinship": "sibling", "control": "director", "share": None, "in_force": True, "circles": {}, "status": "open",
        "employee": {"name": f"Громов {number}"}, "supplier": {"name": f"ООО «Клён {number}»", "inn": "4200000037"},
        "contract": {"number": f"К-{number}"}, "procedure": None,
    } | more  # fmt: skip


def test_each_kind_of_change_is_told_once_with_what_changed() -> None:
    before = [told(1), told(2), told(3), told(4, status="closed"), told(5, status="closed"), told(6)]
    after = [
        told(1), told(3, priority="first", share=0.25), told(4, status="reopened"), told(5, status="closed"),
        told(50, "T-5", contract={"number": "К-50"}), told(6), told(60, "T-6", contract={"number": "К-60"}), told(7),
    ]  # fmt: skip
    found = delta(before, after)
    ties = {kind: [(one.tie, one.changed) for one in getattr(found, kind)] for kind in KINDS}
    assert ties == {
        "new": [("T-7", ())],
        "gone": [("T-2", ())],
        "changed": [
            ("T-3", ("priority", "share")), ("T-4", ("status",)), ("T-5", ("findings",)), ("T-6", ("findings",)),
        ],
        "reopened": [("T-4", ("status",))],
        "expired": [("T-5", ("findings",))],
    }  # fmt: skip
    assert found.same == 1 and {one.tie: one.purchases for one in found.changed}["T-6"] == 2


def test_a_bid_that_won_and_its_contract_are_one_purchase() -> None:
    bid = told(1, contract=None, procedure={"number": "З-1"})
    [one] = delta([], [bid, told(2, "T-1")]).new
    assert one.purchases == 1
    assert delta([], [bid, told(3, "T-1", contract=None, procedure={"number": "З-2"})]).new[0].purchases == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_names_both_runs_and_every_tie(lang: str) -> None:
    words = Words(lang)
    found = delta([told(1), told(2)], [told(1, priority="low"), told(3)])
    text = delta_text("R-1", "R-2", found, words)
    assert all(part in text for part in ("R-1", "R-2", "T-1", "T-2", "T-3", "Громов 3", "Клён 2", words("diff.what.priority")))
    assert delta_json("R-1", "R-2", found)["counts"] == {
        "new": 1, "gone": 1, "changed": 1, "reopened": 0, "expired": 0, "same": 0,
    }  # fmt: skip


FINDING = st.builds(
    lambda number, tie, grade, confidence, priority, status: told(
        number, f"T-{tie}", identity_grade=grade, confidence=confidence, priority=priority, status=status
    ),
    st.integers(0, 6), st.integers(0, 3), st.sampled_from("AD"), st.sampled_from([0.2, 0.5, 0.9]),
    st.sampled_from(["first", "low"]), st.sampled_from(["open", "closed", "reopened"]),
)  # fmt: skip
RUN = st.lists(FINDING, max_size=6, unique_by=lambda one: one["id"])


@given(RUN, RUN)
def test_random_runs_are_compared_as_by_hand(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    """Brute force: a tie is a set of what its findings tell; equal sets are the same tie, a missing one is new or gone."""

    def sets(run: list[dict[str, Any]]) -> dict[str, set[str]]:
        kept = [one for one in run if not (one["identity_grade"] == "D" and one["confidence"] < 0.5)]
        return {
            tie: {repr([one["id"], one["status"], *(one[key] for key in TELLING)]) for one in kept if one["tie"] == tie}
            for tie in {one["tie"] for one in kept}
        }

    old, new, found = sets(before), sets(after), delta(deepcopy(before), after)
    assert {one.tie for one in found.new} == new.keys() - old.keys()
    assert {one.tie for one in found.gone} == old.keys() - new.keys()
    assert {one.tie for one in found.changed} == {tie for tie in old.keys() & new.keys() if old[tie] != new[tie]}
    assert found.same == sum(old[tie] == new[tie] for tie in old.keys() & new.keys())
    assert {one.tie for one in found.reopened} == {tie for tie, told in new.items() if any("'reopened'" in one for one in told)}
