"""Cases of every rule, run through the real stages: no finding is missing and none is too many.

The first case that finds and the first that only nearly does are run here of every rule; all of them by `make cases`, which is
part of `.ci/run` and takes its time.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb
import pytest

from affil.case_results import case_result, with_its_own
from affil.pipeline import Scope, screen
from affil.resolve.link import link
from affil.rules.cases import Case, faults, fill, number, read_cases
from affil.rules.rule import Catalogue, load_rules
from affil.settings import default_settings
from affil.store.store import Store

RULES = Path(__file__).parents[2] / "rules"
CASES = [(path.name.removesuffix(".cases.yml"), case) for path in sorted(RULES.rglob("*.cases.yml")) for case in read_cases(path)]
HERE = ("positive", "near-miss")
pytestmark = pytest.mark.usefixtures("stores_used_again")


def first_of(kinds: tuple[str, ...]) -> list[tuple[str, Case]]:
    first: dict[tuple[str, str], Case] = {}
    for rule, case in CASES:
        first.setdefault((rule, case.kind), case)
    return [(rule, case) for (rule, kind), case in first.items() if kind in kinds]


CHOSEN = first_of(HERE)


@cache
def catalogue() -> Catalogue:
    return load_rules(RULES)


@pytest.mark.parametrize(("rule", "case"), CHOSEN, ids=[f"{rule}: {case.name}" for rule, case in CHOSEN])
def test_the_case_comes_out_as_told(rule: str, case: Case) -> None:
    assert case_result(with_its_own(catalogue(), rule), rule, case, "en").faults == ()


def test_a_missing_and_a_superfluous_finding_are_told() -> None:
    rule, case = next((rule, case) for rule, case in CASES if rule == "spouse-supplier" and case.kind == "positive")
    with Store.open(None) as store:
        fill(store, case)
        link(store)
        findings = list(screen(store, catalogue(), default_settings(), Scope()).findings)
    nothing_expected = case.model_copy(update={"expect": []})
    other_control = case.model_copy(update={"expect": [case.expect[0].model_copy(update={"control": "owner"})]})
    assert faults(case, rule, [], []).faults
    assert faults(nothing_expected, rule, findings, []).faults
    assert any("control director instead of owner" in fault for fault in faults(other_control, rule, findings, []).faults)
    assert faults(case.model_copy(update={"undetermined": ["loop_of_owners"]}), rule, findings, []).faults


def test_the_store_of_a_case_is_empty_before_it() -> None:
    """Cases cannot lean on one another: a store opened without a path holds nothing of the one before."""
    with Store.open(None) as store, pytest.raises(duckdb.Error):
        store.sql("SELECT * FROM purchase")


def test_a_case_gives_rows_of_every_table_in_as_few_columns_as_it_needs() -> None:
    official = {"employee_id": "7", "name": "Юшков Пётр Ильич", "employer_inn": "org 1"}
    case = Case(
        name="all tables", kind="near-miss", why="the four tables of journals", officials=[official],
        duties=[{"procedure_number": "0142", "employee_id": "7", "role": "commission member"}],
        declared_interests=[{"employee_id": "7", "organisation_inn": "org 2"}],
        notices=[{"name": "Юшков Пётр Ильич", "kind": "other work"}],
        searches=[{"who": "person 7", "service": "ЕГРИП", "date": "2025-02-01", "result": "нет"}],
    )  # fmt: skip
    with Store.open(None) as store:
        fill(store, case)
        link(store)
        tables = ("duty", "declared_interest", "notice")
        keys = [store.sql(f"SELECT official_key FROM {table}_in_force").fetchall() for table in tables]
        searched = store.sql("SELECT inn, official_key FROM search_in_force").fetchall()
    assert keys == [[(f"{number('org 1')}|7",)]] * 3
    assert searched == [(number("person 7"), None)]
