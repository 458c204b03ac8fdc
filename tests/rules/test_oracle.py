"""The engine gives what a brute-force walk over the raw records gives, on random small worlds (tests/rules/oracle.py).

The usual run takes the same worlds every time; `AFFIL_PROOF=2000` takes that many new ones for each property.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle import OWNING, STRENGTH, Key, Oracle, Way
from random_worlds import STRANGERS, World, fill, number, person, placed, worlds

from affil.errors import AffilError
from affil.graph.evidence import verify
from affil.model.finding import EvidencePath, Finding
from affil.model.run import Run
from affil.pipeline import Scope, found, rules_of, screen
from affil.reports.findings_csv import findings_csv
from affil.reports.findings_json import finding_value, findings_json
from affil.resolve.link import link
from affil.settings import default_settings
from affil.store.store import Store
from affil.words import Words

pytestmark = pytest.mark.usefixtures("stores_used_again")

PROOF = int(os.environ.get("AFFIL_PROOF", "0"))
CATALOGUE, SETTINGS = rules_of(None), default_settings()
MOST_OTHER_PATHS = 20


def some(number_of_worlds: int) -> settings:
    """That many worlds, always the same; or as many new ones as the proof asks for."""
    return settings(
        max_examples=PROOF or number_of_worlds, derandomize=not PROOF, deadline=None, suppress_health_check=list(HealthCheck)
    )


def screened(world: World) -> Run:
    """A run over a world, all rules, from a store in memory."""
    with Store.open(None) as store:
        fill(store, world)
        link(store)
        return screen(store, CATALOGUE, SETTINGS, Scope())


def findings_of(world: World, walked: bool = False, scope: Scope | None = None) -> list[Finding]:
    """What a run finds, without all else it tells; `walked`: every finding once more on the evidence graph."""
    check = nullcontext() if walked else patch("affil.pipeline.verify")
    with Store.open(None) as store, check:
        fill(store, world)
        link(store)
        return found(store, CATALOGUE, SETTINGS, scope or Scope())[1]


def key_of(finding: Finding) -> Key:
    """What a finding is about; a bid that became a contract is a bid."""
    purchase = f"award {finding.contract.number}" if finding.contract else ""
    if finding.procedure:
        purchase = f"bid {finding.procedure.number} {finding.supplier.inn}"
    return finding.rule, finding.employee.key, finding.supplier.inn or "", purchase


def told(path: EvidencePath) -> tuple[str, str, object]:
    """What a path says; beside running a firm, a share is told on the first path only."""
    return path.kinship, path.control, path.share if path.control in OWNING else None


def told_of(way: Way) -> tuple[str, str, object]:
    """The same of a way of the oracle."""
    return way.kinship, way.control, way.share if way.control in OWNING else None


def compared(world: World, all_sure: bool, findings: list[Finding] | None = None) -> tuple[set[Key], set[Key]]:
    """The findings of the engine and of the oracle; each of both is compared by its ways: control, share, in force.

    `findings`: those of the world, where they have been asked for.
    """
    oracle = Oracle(world)
    expected = oracle.found()
    answered = {rule["id"] for rule in oracle.rules}
    findings = findings_of(world) if findings is None else findings
    told = {key_of(finding): finding for finding in findings if finding.rule in answered}
    for key in told.keys() & expected.keys():
        compare_ways(told[key], expected[key], all_sure, oracle)
    return set(told), set(expected)


def compare_ways(finding: Finding, ways: set[Way], all_sure: bool, oracle: Oracle) -> None:
    """One finding against all ways that lead to it."""
    paths = {told(path) for path in (finding.path, *finding.other_paths)}
    expected = {told_of(way) for way in ways}
    assert paths <= expected
    assert paths == expected or len(finding.other_paths) == MOST_OTHER_PATHS
    if all_sure:
        assert finding.path.control == min((way.control for way in ways), key=STRENGTH.index)
    shown = [way for way in ways if told_of(way) == told(finding.path)]
    assert finding.path.in_force in {way.in_force for way in shown}
    shares = {oracle.told_share(way, key_of(finding)[3], ways) for way in shown}
    assert finding.path.share in shares


@some(6)
@given(worlds())
def test_engine_finds_what_a_walk_over_the_raw_records_finds(world: World) -> None:
    told, expected = compared(world, all_sure=True)
    assert told == expected


@some(2)
@given(worlds(birth_dates=True))
def test_persons_joined_by_name_and_birth_date_are_found_too(world: World) -> None:
    told, expected = compared(world, all_sure=False)
    assert told == expected


@some(2)
@given(worlds(), st.randoms(use_true_random=False))
def test_order_of_rows_changes_no_byte(world: World, chance: random.Random) -> None:
    shuffled = {table: chance.sample(rows, len(rows)) for table, rows in world.items()}
    runs = [screened(world), screened(shuffled)]
    assert len({findings_json(run) for run in runs}) == 1
    assert len({findings_csv(run, Words("ru")) for run in runs}) == 1


def with_strangers(world: World) -> World:
    """The world, and an official, his wife, a firm of others and a contract of it, none of whom has to do with the rest."""
    official, wife = map(person, STRANGERS)
    template: Mapping[str, dict[str, Any]] = {
        "official": {**official, "employee_id": "900", "employer_inn": number("org 1"), "procurement_role": "head of customer"},
        "relative": {**wife, "employee_id": "900", "relationship": "жена", "chains": "spouse", "fact": "person"},
        "company": {
            "ogrn": "900",
            "inn": number("org 990"),
            "short_name": "ООО «Чужая»",
            "name_key": "ЧУЖАЯ",
            "extract_date": None,
        },
        "registry_tie": {
            "ogrn": "900",
            "company_inn": number("org 990"),
            "kind": "owner",
            "holder_kind": "organisation",
            "holder_inn": number("org 991"),
            "share": "1/1",
        },
        "contract": {
            "contract_number": "К-90",
            "customer_inn": number("org 1"),
            "supplier": "ООО «Чужая»",
            "supplier_inn": number("org 990"),
            "supplier_kind": "organisation",
            "price": "5.00",
        },
    }
    more = placed({table: [row] for table, row in template.items()})
    return {table: [*rows, *more.get(table, [])] for table, rows in world.items()}


@some(2)
@given(worlds())
def test_strangers_change_no_finding(world: World) -> None:
    before, after = (
        [finding_value(finding) for finding in findings_of(some_world)] for some_world in (world, with_strangers(world))
    )
    assert before == after


@some(2)
@given(worlds())
def test_every_finding_can_be_walked_again_on_the_evidence_graph(world: World) -> None:
    """Every path is borne out by the raw records, and one whose first step leads to a stranger is not."""
    with Store.open(None) as store:
        fill(store, world)
        link(store)
        findings = found(store, CATALOGUE, SETTINGS, Scope())[1]  # it walks them too, and would raise
        graph = verify(store, findings)
        assert all(
            graph.has_node(path.steps[0].origin_id) for finding in findings for path in (finding.path, *finding.other_paths)
        )
        for finding in findings:
            first, *others = finding.path.steps
            astray = replace(finding.path, steps=(replace(first, target_id="inn:0000000000"), *others))
            with pytest.raises(AffilError, match=finding.id):
                verify(store, [replace(finding, path=astray)])


def small_world(**tables: list[dict[str, Any]]) -> World:
    """A world by hand: official 101 of customer `org 1`, and the tables given."""
    official = {**person(0), "employee_id": "101", "employer_inn": number("org 1"), "status": "municipal servant"}
    names = ("relative", "company", "registry_tie", "proprietor", "contract", "participant", "commission_seat")
    return placed({"official": [official], **{name: tables.get(name, []) for name in names}})


def contract(**values: Any) -> dict[str, Any]:
    """A contract of customer `org 1` with the firm `org 10`."""
    columns = ("procedure_number", "organizer_inn", "notice_on", "ends_on", "method", "ground", "contract_manager")
    return {
        "contract_number": "К-1",
        "customer_inn": number("org 1"),
        "supplier": "ООО «Фирма»",
        "supplier_inn": number("org 10"),
        "supplier_kind": "organisation",
        "signed_on": dt.date(2024, 2, 29),
        "price": "5.00",
        **dict.fromkeys(columns),
        **values,
    }


def director(who: int, **values: Any) -> dict[str, Any]:
    """A person who runs the firm `org 10`."""
    return {
        "ogrn": "110",
        "company_inn": number("org 10"),
        "extract_date": dt.date(2025, 1, 9),
        "kind": "director",
        "holder_kind": "person",
        "since": None,
        "share": None,
        "restricted": False,
        **person(who),
        **values,
    }


def relative(who: int, word: str, chains: str, since: dt.date | None = None, until: dt.date | None = None) -> dict[str, Any]:
    """A declaration of official 101."""
    return {
        **person(who),
        "employee_id": "101",
        "relationship": word,
        "chains": chains,
        "fact": "person",
        "valid_from": since,
        "valid_to": until,
    }


def rules_found(world: World, walked: bool = True) -> set[str]:
    """The rules that fire, of those the oracle answers; it must say the same."""
    return rules_in(world, findings_of(world, walked))


def rules_in(world: World, findings: list[Finding]) -> set[str]:
    """The same of findings that have been asked for."""
    told, expected = compared(world, all_sure=True, findings=findings)
    assert told == expected
    return {finding.rule for finding in findings} & {rule["id"] for rule in Oracle(world).rules}


@pytest.mark.parametrize(("since", "found"), [(dt.date(2020, 3, 2), True), (dt.date(2020, 3, 3), False)])
def test_on_an_unknown_day_all_ties_must_have_held_at_once(since: dt.date, found: bool) -> None:
    world = small_world(
        relative=[relative(1, "бывшая жена", "spouse(former)", until=dt.date(2020, 3, 2))],
        registry_tie=[director(1, since=since)],
        contract=[contract(signed_on=None)],
    )
    assert ("spouse-supplier" in rules_found(world)) == found


def test_between_two_registrations_a_person_supplies_in_person() -> None:
    spells = [(dt.date(2015, 1, 1), dt.date(2019, 1, 1)), (dt.date(2024, 3, 1), None)]
    proprietors = [
        {
            **person(0),
            "ogrnip": f"30000000000000{n}",
            "registered_on": begun,
            "ended_on": ended,
            "extract_date": dt.date(2024, 6, 1 + n),
        }
        for n, (begun, ended) in enumerate(spells)
    ]
    name = {column: value for column, value in person(0).items() if column not in ("name", "inn")}
    supplier = {"supplier": person(0)["name"], "supplier_inn": person(0)["inn"], "supplier_kind": "person", **name}
    between = small_world(proprietor=proprietors, contract=[contract(**supplier)])
    told = rules_found(between)
    assert "self-sole-proprietor-supplier" in told
    assert not {"exit-before-event", "tie-began-after-event"} & told
    again = small_world(proprietor=proprietors, contract=[contract(**supplier, signed_on=dt.date(2024, 3, 1))])
    assert "self-sole-proprietor-supplier" in rules_found(again)


def test_kin_that_only_the_other_declared_is_read_from_the_official() -> None:
    other = {**person(1), "employee_id": "102", "employer_inn": number("org 2"), "status": "municipal servant"}
    world = small_world(
        relative=[{**relative(0, "дочь", "child"), "employee_id": "102"}], registry_tie=[director(1)], contract=[contract()]
    )
    world["official"] += placed({"official": [other]})["official"]
    findings = findings_of(world, walked=True)
    step = next(finding.path.steps[0] for finding in findings if finding.rule == "close-kin-supplier")
    assert (step.relation, step.origin) in {("parent", person(0)["name"]), ("same_as", person(0)["name"])}
    assert rules_in(world, findings) == {"close-kin-supplier", "kin-not-in-questionnaire-shared-relative"}


def test_of_two_lots_the_bid_takes_the_first_contract() -> None:
    bid = {
        "procedure_number": "П-1",
        "participant": "ООО «Фирма»",
        "participant_inn": number("org 10"),
        "participant_kind": "organisation",
        "applied_on": dt.date(2024, 2, 1),
        "winner": True,
        "customer_inn": number("org 1"),
        "organizer_inn": None,
    }
    seat = {
        **person(0),
        "employee_id": "101",
        "procedure_number": "П-1",
        "customer_inn": None,
        "organizer_inn": None,
        "valid_from": None,
        "valid_to": None,
    }
    seat.pop("inn")
    lots = [contract(contract_number=number_of, procedure_number="П-1") for number_of in ("К-2", "К-1", "К-3")]
    world = small_world(registry_tie=[director(0)], contract=lots, participant=[bid], commission_seat=[seat])
    findings = findings_of(world)
    told, expected = compared(world, all_sure=True, findings=findings)
    assert told == expected
    tied = [finding for finding in findings if finding.rule == "article39-tie"]
    assert [(f.procedure is not None, f.contract.number) for f in tied if f.contract] == [
        (True, "К-1"),
        (False, "К-2"),
        (False, "К-3"),
    ]


def test_the_stronger_control_leads_though_its_kin_was_told_by_two() -> None:
    """A daughter who owns 5 % is declared; a brother who runs the firm is known from the father's questionnaire only."""
    father = {**person(1), "employee_id": "102", "employer_inn": number("org 2"), "status": "municipal servant"}
    world = small_world(
        relative=[
            relative(1, "отец", "parent"),
            {**relative(2, "сын", "child"), "employee_id": "102"},
            relative(3, "дочь", "child"),
        ],
        registry_tie=[director(2), director(3, kind="owner", share="1/20")],
        contract=[contract()],
    )
    world["official"] += placed({"official": [father]})["official"]
    findings = findings_of(world, walked=True)
    assert rules_in(world, findings) == {"close-kin-supplier", "kin-not-in-questionnaire-shared-relative"}
    assert {finding.path.control for finding in findings} == {"director"}


def test_a_contract_manager_can_be_walked_again() -> None:
    world = small_world(registry_tie=[director(0)], contract=[contract(contract_manager=person(0)["name"])])
    roles = {step.relation for finding in findings_of(world, walked=True) for step in finding.path.steps}
    assert "contract manager" in roles
