"""The rules that can say anything of an official and a bidder before the bids are considered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from affil.model.finding import Finding
from affil.rules.hops import Hop, Supplies
from affil.rules.rule import Catalogue, Rule

# Of a winner these rules look at what comes after the award.
_AFTERWARDS = frozenset({"ended-since"})


def bid_rules(catalogue: Catalogue) -> Catalogue:
    """The rules about an official and a bidder, as they are."""
    return _only(catalogue, {rule.id: rule for rule in catalogue.rules.values() if "bid" in rule.events and _joins(rule)})


def as_if_won(catalogue: Catalogue) -> Catalogue:
    """The rules about an official and a winner, turned to bidders: what would be asked of each if he won.

    A pre-check comes before the award, and «no data on a tie» must not be said of a tie these rules would show the day after it.
    Left out are rules about former officials, who have no role here, about what follows an award, and about patterns of names, which
    are for information and settle nothing.
    """
    rules = [rule for rule in catalogue.rules.values() if "bid" not in rule.events and _joins(rule) and _of_winners(rule)]
    return _only(catalogue, {rule.id: _turned(rule) for rule in rules})


def spoken_first(findings: Sequence[Finding], own: Catalogue) -> list[Finding]:
    """The findings of rules about bidders, and of the others those on pairs of which these say nothing but hints.

    A bidder run by a grandchild is a question about the bidder (44-ФЗ ст. 31 ч. 1 п. 9): the rule about winners that asks the official too
    would mix the two.
    """
    told = {_ends(finding) for finding in findings if finding.rule in own.rules and finding.priority != "info"}
    return [finding for finding in findings if finding.rule in own.rules or _ends(finding) not in told]


def _ends(finding: Finding) -> tuple[str, str]:
    near, far = finding.ends
    return near.key, far.key


def _joins(rule: Rule) -> bool:
    """Whether the path leads from an official to a purchase he serves."""
    from_kin = rule.path and rule.path[0].name == "kin"
    return bool(from_kin and rule.hop("supplies") and not rule.hop("exchange") and rule.officials.former_months is None)


def _of_winners(rule: Rule) -> bool:
    supplies = rule.hop("supplies")
    return isinstance(supplies, Supplies) and "winner" in supplies.roles and rule.time not in _AFTERWARDS


def _turned(rule: Rule) -> Rule:
    bids = Hop(supplies=Supplies(roles=("winner", "bidder")))
    path = tuple(bids if hop.name == "supplies" else hop for hop in rule.path)
    return rule.model_copy(update={"events": ("bid",), "path": path})


def _only(catalogue: Catalogue, rules: dict[str, Rule]) -> Catalogue:
    return replace(catalogue, rules=rules)
