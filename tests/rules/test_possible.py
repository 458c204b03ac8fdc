"""Which rules are asked at all: none that could find something is passed over; one that surely finds nothing costs no plan."""

from __future__ import annotations

from typing import Any

import pytest

from affil.rules.possible import possible_rules
from affil.rules.rule import Rule
from affil.store.store import Store

KIN, CONTROL = {"kin": {"groups": ["close-kin"]}}, {"control": {"kinds": ["director", "owner"]}}
RELATED, SUPPLIES = {"related": {"by": ["person"]}}, {"supplies": {}}


def rule(name: str, *path: dict[str, Any], **values: Any) -> Rule:
    return Rule.model_validate({
        "id": name, "title": {"ru": "-", "en": "-"}, "status": "draft", "about": "official", "events": ["award"], "path": path,
        "bases": [{"id": "-"}], "priority": {"base": "low"}, **values,
    })  # fmt: skip


PLAIN = rule("plain", KIN, CONTROL, SUPPLIES)
RULES = [
    PLAIN,
    rule("by-role", KIN, CONTROL, SUPPLIES, roles=["commission member"]),
    rule("of-bids", KIN, CONTROL, SUPPLIES, events=["bid"]),
    rule("over-a-relation", KIN, CONTROL, RELATED, SUPPLIES),
    rule("by-circle", {"kin": {"circle": "273-ФЗ ст. 10"}}, CONTROL, SUPPLIES),
    rule("by-pattern", {"name_pattern": {"surname_bearers": 1, "bearers": 1}}, CONTROL, SUPPLIES),
    rule("exchange", KIN, CONTROL, SUPPLIES, {"exchange": {}}),
    rule("in-service", KIN, CONTROL, {"subordinate": {}}, events=[]),
    rule("suppliers", RELATED, {"rivals": {}}, events=["bid"]),
]
ELSEWHERE = ["exchange", "in-service", "suppliers"]  # their ways are not those of `dealing`
WAY = {"kind": "director", "group": "close-kin", "role": None, "event": "award", "one": None}


def asked(way: dict[str, Any] | None) -> list[str]:
    """The rules left where an official's kin stands behind a supplier (`one`: behind a relation of it) he deals with."""
    texts = dict.fromkeys
    with Store.scratch() as store:
        known = [{**WAY, **way}] if way is not None else []
        dealing = [("he", "inn:2", "customer:42", one["event"]) for one in known]
        store.temporary("dealing", texts(("official_key", "supplier", "scope", "event"), "VARCHAR"), dealing)
        behind = [(one["one"] or "inn:2", "she", one["kind"]) for one in known]
        store.temporary("control", texts(("supplier", "person", "kind"), "VARCHAR"), behind)
        store.temporary("related", texts(("one", "other"), "VARCHAR"), [(one["one"], "inn:2") for one in known if one["one"]])
        store.temporary("who", texts(("declared", "behind"), "VARCHAR"), [("she", "she")])
        store.temporary(
            "kin", texts(("official_key", "person", "kin_group"), "VARCHAR"), [("he", "she", one["group"]) for one in known]
        )
        service = [("he", "customer:42", one["role"]) for one in known]
        store.temporary("service", texts(("official_key", "scope", "role"), "VARCHAR"), service)
        return [rule.id for rule in possible_rules(store, iter(RULES))]


@pytest.mark.parametrize(
    ("way", "left"),
    [
        (None, []),
        ({}, ["plain", "by-circle", "by-pattern"]),
        ({"role": "commission member"}, ["plain", "by-role", "by-circle", "by-pattern"]),
        ({"role": "head of customer"}, ["plain", "by-circle", "by-pattern"]),
        ({"event": "bid"}, ["of-bids", "by-pattern"]),
        ({"kind": "owner"}, ["plain", "by-circle", "by-pattern"]),
        ({"kind": "contact"}, ["by-pattern"]),
        ({"group": "in-law"}, ["by-circle", "by-pattern"]),
        ({"one": "inn:1"}, ["over-a-relation", "by-pattern"]),
    ],
)
def test_which_rules_are_left(way: dict[str, Any] | None, left: list[str]) -> None:
    assert sorted(asked(way)) == sorted([*left, *ELSEWHERE])
