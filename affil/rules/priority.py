"""What a finding is worth at first sight: the rule's class, the official's role in that purchase, its ground, the identity."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from affil.control.control import Control
from affil.control.shares import OWNER_ABOVE
from affil.model.finding import PRIORITIES, EvidencePath
from affil.rules.conditions import Purchases
from affil.rules.rule import Rule

Row = dict[str, Any]

ARTICLE31 = "44-ФЗ ст. 31 ч. 1 п. 9"
# Posts named by п. 9; in force in this wording for purchases announced since 01.07.2022 (160-ФЗ of 11.06.2022).
ARTICLE31_ROLES = frozenset({"head of customer", "commission member", "head of contract service", "contract manager"})
ARTICLE31_CONTROLS = frozenset({"sole-proprietor", "director", "owner", "indirect-owner"})
ARTICLE31_SINCE = dt.date(2022, 7, 1)
# Purchases from a single supplier for which ст. 31 ч. 1 holds; every competitive method does.
ARTICLE31_GROUNDS = frozenset({4, 5, 18, 30, 42, 49, 54, 59})
# ОКОПФ of unitary organisations: enterprises, foundations, autonomous non-profits, institutions. Their founders hold no shares.
_UNITARY = ("65", "7")
_OWNING = ("owner", "indirect-owner")
_GROUND = re.compile(r"п\.?\s*(\d+)")
_ARTICLE93 = re.compile(r"ст\.?\s*93|единственн|single|sole sourc", re.IGNORECASE)
_LAW223 = re.compile(r"223\s*-?\s*ФЗ", re.IGNORECASE)
_NOTICE223 = re.compile(r"3\d{10}")  # ЕИС numbers notices under 223-ФЗ with 11 digits, under 44-ФЗ with 19
_COMPETITIVE = re.compile(r"аукцион|конкурс|котиров|запрос\w* предложен|tender|auction|bid", re.IGNORECASE)


def article31_purchase(purchase: Row) -> bool | None:
    """Whether 44-ФЗ ст. 31 ч. 1 п. 9 applies to this purchase; None where method and ground do not tell.

    Of an unknown day it does not where the whole period lies before the wording.
    """
    day = purchase["notice_on"] or purchase["event_to"]
    if day is not None and day < ARTICLE31_SINCE:
        return False
    if purchase_law(purchase) == "223-ФЗ":
        return False
    if purchase["event"] == "bid" or _COMPETITIVE.search(purchase["method"] or ""):
        return True
    ground = _GROUND.search(purchase["ground"] or "")
    return int(ground[1]) in ARTICLE31_GROUNDS if ground else None


def purchase_law(purchase: Row) -> str | None:
    """The law a purchase was made under, `44-ФЗ` or `223-ФЗ`; None where nothing tells: neither method nor ground nor notice.

    Of a bid, what the contract of its procedure tells counts too.
    """
    told = f"{purchase['method'] or ''} {purchase['ground'] or ''} {purchase['procedure_law'] or ''}"
    if _LAW223.search(told) or _NOTICE223.fullmatch(purchase["procedure_number"] or ""):
        return "223-ФЗ"
    return "44-ФЗ" if "44-ФЗ" in told or _ARTICLE93.search(told) or _GROUND.search(purchase["ground"] or "") else None


def competitive_purchase(purchase: Row) -> bool | None:
    """Whether a commission decided (44-ФЗ ст. 39 ч. 1: none acts in a purchase from a single supplier); None where nothing tells."""
    if purchase["event"] == "bid" or _COMPETITIVE.search(purchase["method"] or ""):
        return True
    told = f"{purchase['method'] or ''} {purchase['ground'] or ''}"
    return False if _ARTICLE93.search(told) or _GROUND.search(purchase["ground"] or "") else None


def concerns(purchases: Purchases, purchase: Row) -> bool:
    """Whether the purchase can be one of those the rule is about."""
    if purchases.law and purchases.law != (purchase_law(purchase) or "44-ФЗ"):
        return False
    if purchases.article31 and article31_purchase(purchase) is False:
        return False
    return not (purchases.competitive and competitive_purchase(purchase) is False)


def article31_stake(control: Control, purchase: Row) -> bool | None:
    """Whether this tie with the bidder is one of 44-ФЗ ст. 31 ч. 1 п. 9 «а»–«в»; None where a share is not known to be above 10 %.

    The founder of a unitary organisation needs no share («б»). `purchase` tells ОКОПФ of the supplier, `supplier_form`.
    """
    if control.kind not in _OWNING:
        return control.kind in ARTICLE31_CONTROLS
    if control.kind == "owner" and (purchase.get("supplier_form") or "").startswith(_UNITARY):
        return True
    return True if control.share is not None or (control.direct_share or 0) > OWNER_ABOVE else None


def priority(
    rule: Rule,
    path: EvidencePath,
    role: str | None,
    circles: dict[str, str],
    purchase: Row | None,
    control: Control | None = None,
) -> str:
    """One of `PRIORITIES`; a name alone is at most normal, and info below one half (CONTRACT 4).

    What cannot be said of the ground of the purchase or of the share is no reason for the class of 44-ФЗ ст. 31 ч. 1 п. 9.
    """
    found = rule.priority.base
    if role and rule.priority.role:
        found = rule.priority.role
    if (
        rule.priority.article31
        and role in ARTICLE31_ROLES
        and circles.get(ARTICLE31) == "yes"
        and path.control in ARTICLE31_CONTROLS
        and purchase
        and article31_purchase(purchase)
        and control
        and article31_stake(control, purchase)
    ):
        found = rule.priority.article31
    lowest = [found, *_caps(rule, path, circles)]
    return max(lowest, key=PRIORITIES.index)


def _caps(rule: Rule, path: EvidencePath, circles: dict[str, str]) -> list[str]:
    caps = []
    if path.identity_grade == "C":
        caps.append("high")
    if path.identity_grade == "D":
        caps.append("normal" if path.confidence >= 0.5 else "info")
    if "disputed" in circles.values():
        caps.append("normal")
    if path.control == "small-share":
        caps.append(rule.priority.small_share)
    return caps
