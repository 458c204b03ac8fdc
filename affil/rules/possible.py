"""Which rules can find anything at all: each asked alone costs a plan of its own, and of few purchases most have nothing to look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from affil.rules.hops import Control, Kin
from affil.rules.rule import Rule
from affil.store.store import Store

Row = dict[str, Any]

_WAYS = """
    SELECT DISTINCT c.kind, k.kin_group, s.role, d.event
    FROM dealing d {near} JOIN who w ON w.behind = c.person
    JOIN kin k ON k.person = w.declared AND k.official_key = d.official_key
    JOIN service s ON s.official_key = d.official_key AND s.scope = d.scope"""
_OWN = _WAYS.format(near="JOIN control c ON c.supplier = d.supplier")
_RELATED = _WAYS.format(near="JOIN related r ON r.other = d.supplier JOIN control c ON c.supplier = r.one")


def possible_rules(store: Store, rules: Iterable[Rule]) -> list[Rule]:
    """Those rules of which this cannot be ruled out by the kinds of control, groups of kin, roles and events that meet in a purchase.

    Needs the temporary tables of dealing.sql. What is left out has not one row of what its statement would join.
    """
    asked = list(rules)
    if not store.sql("SELECT 1 FROM dealing LIMIT 1").fetchone():
        return [rule for rule in asked if not _by_dealing(rule)]
    own = store.rows(_OWN)
    related = store.rows(_RELATED) if any(rule.hop("related") for rule in asked) else []
    return [
        rule for rule in asked if not _by_kin(rule) or any(_fits(rule, way) for way in (related if rule.hop("related") else own))
    ]


def _by_dealing(rule: Rule) -> bool:
    """Whether the path leads from an official to a purchase he serves, so over `dealing`."""
    return rule.path[0].value.starts == "official" and rule.hop("supplies") is not None and rule.hop("exchange") is None


def _by_kin(rule: Rule) -> bool:
    return _by_dealing(rule) and rule.hop("kin") is not None and rule.hop("control") is not None


def _fits(rule: Rule, way: Row) -> bool:
    kin, control = rule.hop("kin"), rule.hop("control")
    return (
        isinstance(kin, Kin) and isinstance(control, Control) and way["kind"] in control.kinds and way["event"] in rule.events
        and (not kin.groups or way["kin_group"] in kin.groups) and (not rule.roles or way["role"] in rule.roles)
    )  # fmt: skip
