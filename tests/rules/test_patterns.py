"""The 52 patterns of the law reference: each is a rule file, or stands in rules/README.md with the data it waits for."""

from __future__ import annotations

import re
from pathlib import Path

RULES = Path(__file__).parents[2] / "rules"
IDS = {path.stem for path in RULES.rglob("*.yml") if not path.name.endswith(".cases.yml")}

# Pattern → the rules it became, where the id is another: neutral titles; the bidder apart from the member of the commission.
PATTERNS: dict[str, tuple[str, ...]] = {
    "self-sole-proprietor-supplier": (), "self-director-supplier": (), "self-founder-supplier": (),
    "self-second-job-supplier": (),
    "self-ngo-management": (), "self-trust-not-transferred": (), "self-hidden-after-resign": ("exit-before-event",),
    "spouse-supplier": (), "close-kin-supplier": (), "grand-kin-supplier": (), "in-law-supplier": (), "outer-kin-supplier": (),
    "former-spouse-supplier": (), "cohabitant-coparent-supplier": (), "kin-employed-by-supplier": (),
    "undeclared-kin-shared-relative": ("kin-not-in-questionnaire-shared-relative",),
    "undeclared-kin-name-pattern": ("kin-not-in-questionnaire-name-pattern",),
    "undeclared-kin-shared-address": ("kin-not-in-questionnaire-shared-address",),
    "shared-phone-email-employee-supplier": (),
    "commission-member-bidder-kin": ("article31-tie", "article39-tie", "commission-member-bidder-kin-223"),
    "commission-member-shareholder-creditor": (), "commission-expert-not-independent": (), "controller-in-commission": (),
    "contract-service-kin": (), "customer-head-kin": (), "spec-author-acceptor-kin": (), "indirect-ownership-chain": (),
    "group-of-persons": (), "same-director-or-founder-other-company": (), "nominee-mass-director": (), "mass-address-winner": (),
    "young-company-winner": (), "terminated-company-winner": (), "historic-tie-at-award": (), "successor-of-excluded": (),
    "bidders-shared-contact": (), "collusion-official-supplier": ("low-competition-series",), "split-purchases-affiliated": (),
    "single-supplier-concentration": (), "supplier-in-rnp": (), "rnp-phoenix": (), "subcontractor-affiliated": (),
    "kin-subordination": (), "kin-admin-vs-institution": (), "kin-controller-controlled": (), "former-servant-two-years": (),
    "former-servant-owner": (), "supplier-former-staff-now-official": (), "creditor-debtor": (), "gift-from-supplier": (),
    "declared-vs-registry-mismatch": (), "many-employees-one-supplier": (),
}  # fmt: skip
BEYOND = {"swap-two-customers", "tie-ended-before-event", "tie-began-after-event"}


def waiting() -> set[str]:
    listed = (RULES / "README.md").read_text(encoding="utf-8").split("## Patterns that wait for data")[1]
    return set(re.findall(r"^- `([a-z0-9-]+)`[^—\n]* — \S", listed, re.MULTILINE))


def test_there_are_fifty_two() -> None:
    assert len(PATTERNS) == 52


def test_every_pattern_is_a_rule_or_waits_for_data_that_is_named() -> None:
    wanted = {rule for pattern, rules in PATTERNS.items() if pattern not in waiting() for rule in rules or (pattern,)}
    assert (wanted | BEYOND) - IDS == set()


def test_no_rule_waits() -> None:
    assert waiting() <= PATTERNS.keys()
    assert waiting() & IDS == set()


def test_no_rule_keeps_an_id_that_was_renamed() -> None:
    renamed = {pattern for pattern, rules in PATTERNS.items() if rules}
    assert renamed & IDS == set()
