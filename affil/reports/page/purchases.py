"""The purchases of a case as the page lists them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from affil.model.finding import Contract
from affil.reports import phrases
from affil.reports.cases import Case, Purchase
from affil.reports.values import date_text, in_text, spaced_price
from affil.words import Words

MOST_PURCHASES = 200  # listed of one case; findings.csv has all
BOUGHT = ("customer", "ground", "force")


@dataclass(frozen=True, slots=True)
class BoughtRow:
    """One contract or procedure of a case; `texts` has its customer, ground and what the tie was on its date."""

    number: str
    date: str
    price: str
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Bought:
    """Purchases of a case: what is the same for all is said once (`shared`), the rest has columns of its `own`.

    `more` are not listed; `total` is the sum of all, where all have a price and there are several.
    """

    rows: tuple[BoughtRow, ...]
    shared: tuple[tuple[str, str], ...]
    own: tuple[str, ...]
    priced: bool
    more: int
    total: str


def bought(case: Case, words: Words) -> Bought:
    """The purchases of a case as the page lists them, the earliest first."""
    rows = tuple(_bought_row(purchase, words) for purchase in case.purchases)
    kinds = {key: {row.texts[key] for row in rows} for key in BOUGHT}
    shared = tuple((key, rows[0].texts[key]) for key in BOUGHT if len(kinds[key]) == 1 and rows[0].texts[key])
    own = tuple(key for key in BOUGHT if len(kinds[key]) > 1)
    more = max(len(rows) - MOST_PURCHASES, 0)
    return Bought(rows[:MOST_PURCHASES], shared, own, any(row.price for row in rows), more, _total(case, words))


def _total(case: Case, words: Words) -> str:
    """The sum of all contracts of a case; nothing where one has no price, or is the only one."""
    prices = [purchase.contract.price if purchase.contract else None for purchase in case.purchases]
    known = [price for price in prices if price is not None]
    return in_text(spaced_price(sum(known, Decimal(0))), words) if len(known) == len(prices) > 1 else ""


def _bought_row(purchase: Purchase, words: Words) -> BoughtRow:
    contract, bid, force = purchase.contract, purchase.procedure, forces(purchase, words)
    customer = phrases.customer_name(purchase.findings[0])
    if contract is not None:
        ground = "; ".join(text for text in (contract.ground, contract.method) if text)
        texts = {"customer": customer or contract.customer_inn or "", "ground": ground, "force": force}
        return BoughtRow(
            _number(contract, words), date_text(contract.signed_on), in_text(spaced_price(contract.price), words), texts
        )
    if bid is None:
        return BoughtRow("", "", "", {"customer": "", "ground": "", "force": force})
    won = "" if bid.won is None else words("reports.text.procedure_won" if bid.won else "reports.text.procedure_lost")
    number = ", ".join(text for text in (bid.number, won) if text)
    return BoughtRow(
        number, date_text(bid.applied_on), "", {"customer": customer or bid.customer_inn or "", "ground": "", "force": force}
    )


def forces(purchase: Purchase, words: Words) -> str:
    """What the ties of a purchase were on its date, each word once."""
    return "; ".join(dict.fromkeys(phrases.force_text(finding, words) for finding in purchase.findings))


def _number(contract: Contract, words: Words) -> str:
    """The contract's number and that of its procedure, which the drawing of a bidder names."""
    if not contract.procedure_number or contract.procedure_number == contract.number:
        return contract.number or ""
    if not contract.number:
        return contract.procedure_number
    return words("page.of_procedure", number=contract.number, procedure=contract.procedure_number)
