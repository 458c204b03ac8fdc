"""Every pair has exactly one answer, and the answers are those that a screen of all purchases gives for the procurement."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pytest
from asking import NOW
from hypothesis import HealthCheck, Phase, given, settings
from worlds import screened

from affil.pipeline import rules_of
from affil.precheck.asked import asked_in_store
from affil.precheck.pairs import ANSWERS, TO_DECIDE, UNDETERMINED, Precheck
from affil.precheck.prospect import as_if_won, bid_rules
from affil.prechecked import precheck
from affil.resolve.link import link
from affil.rules.rule import Rule
from affil.settings import default_settings
from affil.store.store import Store
from affil.words import Words

sys.path.append(str(Path(__file__).parents[1] / "rules"))
from random_worlds import World, fill, placed, worlds

pytestmark = pytest.mark.usefixtures("stores_used_again")

CATALOGUE = rules_of(None)
OWN, OTHERS = bid_rules(CATALOGUE), as_if_won(CATALOGUE)
Ends = set[tuple[str, str]]


def _dated(world: World) -> World:
    """Every bid has its day: of an undated one a pre-check and a screen ask different days, on purpose."""
    bids = [{**row, "applied_on": row["applied_on"] or dt.date(2023, 5, 5)} for row in world.get("participant", [])]
    return placed(
        {**{table: [_bare(row) for row in rows] for table, rows in world.items()}, "participant": [_bare(row) for row in bids]}
    )


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("source_id", "locator")}


def _as_contracts(world: World) -> World:
    """The same world in which every bid was won and became a contract on its day."""
    contracts = []
    for number, row in enumerate(world["participant"]):
        supplier = {
            name.replace("participant", "supplier"): row.get(name)
            for name in ("participant", "participant_inn", "participant_kind")
        }
        person = {name: row[name] for name in ("surname", "given", "patronymic", "name_key", "gender") if name in row}
        handles = {name: row[name] for name in ("procedure_number", "customer_inn", "organizer_inn")}
        contracts.append({**supplier, **person, **handles, "signed_on": row["applied_on"], "contract_number": f"Б-{number}"})
    others = {table: [_bare(row) for row in rows] for table, rows in world.items() if table not in ("participant", "contract")}
    return placed({**others, "contract": contracts})


def _ends_by_procedure(world: World, rules: dict[str, Rule], won: bool) -> dict[str, Ends]:
    """Officials and suppliers of what a screen finds by these rules, from low priority on, by procurement."""
    found: dict[str, Ends] = {}
    with Store.open(None) as store:
        fill(store, world)
        link(store)
        for one in screened(store).findings:
            of = one.procedure.number if one.procedure else None
            number = of or (one.contract.procedure_number if won and one.contract else None)
            if number and one.rule in rules and one.priority != "info" and one.employee and one.supplier:
                found.setdefault(number, set()).add((one.employee.key, one.supplier.key))
    return found


def _prechecks(world: World) -> list[Precheck]:
    with Store.open(None) as store:
        fill(store, world)
        link(store)
        numbers = sorted({str(row["procedure_number"]) for row in world["participant"]})
        asked = [asked_in_store(store, number, None, None, Words("ru")) for number in numbers]
        return [precheck(store, CATALOGUE, default_settings(), one, NOW) for one in asked]


@settings(max_examples=2, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck), print_blob=False)
@given(worlds())
def test_the_matrix_says_what_a_screen_finds_for_the_procurement(world: World) -> None:
    world = _dated(world)
    by_bids = _ends_by_procedure(world, OWN.rules, won=False)
    by_awards = _ends_by_procedure(_as_contracts(world), OTHERS.rules, won=True)
    for found in _prechecks(world):
        rows = {seat.key for seat in found.seats.rows}
        columns = {bidder.key for bidder in found.bidders}
        ends = by_bids.get(found.asked.number, set()) | by_awards.get(found.asked.number, set())
        expected = {(who, firm) for who, firm in ends if who in rows}
        assert {firm for _, firm in expected} <= columns
        assert {(one.official, one.participant) for one in found.pairs if one.answer == TO_DECIDE} == expected
        every_pair_has_one_answer(found)


def every_pair_has_one_answer(found: Precheck) -> None:
    """What holds of every pre-check, whatever the data."""
    pairs = [(one.official, one.participant) for one in found.pairs]
    assert pairs == [(seat.key, bidder.key) for seat in found.seats.rows for bidder in found.bidders]
    assert len(set(pairs)) == len(pairs) == sum(found.totals.values())
    for one in found.pairs:
        assert one.answer in ANSWERS
        assert bool(one.findings) == (one.answer == TO_DECIDE) == bool(one.number)
        assert one.answer != UNDETERMINED or one.reasons
        assert {finding.about for finding in one.findings} == set(one.about)


def test_the_property_has_something_to_look_at() -> None:
    """Both kinds of rules, and both questions, or the comparison above would compare nothing."""
    assert len(OWN.rules) >= 8 and len(OTHERS.rules) >= 20
    assert not OWN.rules.keys() & OTHERS.rules.keys()
    assert {rule.about for rule in OWN.rules.values()} == {"official", "participant"}


@pytest.mark.parametrize("rule", sorted(OTHERS.rules))
def test_no_rule_about_winners_puts_a_question_about_the_participant(rule: str) -> None:
    """44-ФЗ ст. 31 ч. 1 п. 9 is asked by rules about bidders alone; so the two questions cannot be mixed by the others."""
    assert OTHERS.rules[rule].about == "official"
