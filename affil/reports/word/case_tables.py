"""Tables of a memo: all cases in short, and the purchases of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from affil.decisions.events import REOPENED
from affil.model.finding import PRIORITIES, Contract
from affil.reports.cases import Case, Purchase
from affil.reports.phrases import control_text, customer_name, force_text, grade_text, kinship_word, label
from affil.reports.values import date_text, in_text, spaced_price
from affil.reports.word.given import rubles, spaced
from affil.reports.word.paper import Paper
from affil.words import Words

PURCHASES_SHOWN = 5
ROWS_SHOWN = 200


def bought(cases: Sequence[Case]) -> tuple[int, Decimal, int]:
    """Different purchases of the cases: how many, what those with a price cost together, how many have none."""
    different = {
        purchase.key: purchase for case in cases for purchase in case.purchases if purchase.contract or purchase.procedure
    }
    prices = [purchase.contract.price for purchase in different.values() if purchase.contract]
    priced = [price for price in prices if price is not None]
    return len(different), sum(priced, Decimal(0)), len(different) - len(priced)


def priorities_text(cases: Sequence[Case], words: Words) -> str:
    """`первоочередной — 8, высокий — 3`."""
    numbers = Counter(case.priority for case in cases)
    return ", ".join(f"{label(words, 'reports.priority', key)} — {spaced(numbers[key])}" for key in PRIORITIES if numbers[key])


def write_cases(paper: Paper, cases: Sequence[Case], in_full: int, words: Words) -> None:
    """Cases in short, no more than fit some twenty pages; `in_full` of them have a point of their own below."""
    rows = [_case_row(case, place if place <= in_full else None, words) for place, case in enumerate(cases[:ROWS_SHOWN], start=1)]
    paper.table(words.raw("memo.cases.headings"), rows, (1, 2.85, 3.3, 3.2, 5.4, 2.25), size=9)


def _case_row(case: Case, point: int | None, words: Words) -> tuple[str, ...]:
    official = case.official
    role = label(words, "reports.role", official.procurement_role) if official else ""
    near = ", ".join(text for text in (case.near.name, official.position if official else None, role) if text)
    inn = getattr(case.far, "inn", None)
    far = words("memo.case.with_inn", name=case.far.name, inn=inn) if inn else case.far.name
    number, price, _ = bought([case])
    sums = words("memo.cases.sum", number=spaced(number), price=rubles(price, words)) if price else spaced(number)
    place = words("memo.cases.point", point=point) if point else ""
    again = label(words, "reports.state", REOPENED) if any(one.status == REOPENED for one in case.findings) else ""
    priority = "\n".join(filter(None, [label(words, "reports.priority", case.priority), again, place]))
    return str(case.number), priority, near, far, _tie(case, words), sums if number else "—"


def _tie(case: Case, words: Words) -> str:
    """Kinship, position, what the tie was on the day, how the person was established: of the strongest finding."""
    finding = case.findings[0]
    path = finding.path
    kin = ": ".join(text for text in (kinship_word(finding, path, words), finding.relative) if text)
    force = force_text(finding, words) if finding.contract or finding.procedure else ""
    parts = (kin, control_text(path, words), words("memo.cases.force", force=force) if force else "", grade_text(path, words))
    return "; ".join(text for text in parts if text)


def write_purchases(paper: Paper, case: Case, words: Words) -> None:
    """The purchases of a case by date, the first five of many; of a finding over several contracts, their numbers."""
    purchases = [purchase for purchase in case.purchases if purchase.contract or purchase.procedure]
    if not purchases:
        return
    number, price, unpriced = bought([case])
    key = "sum" if len(purchases) > 1 and price else "lead"
    text = words(f"memo.purchases.{key}", number=spaced(number), price=rubles(price, words))
    missing = words("memo.volume.unpriced", number=spaced(unpriced)) if key == "sum" and unpriced else ""
    paper.text("", lead=text + missing, indent=False, size=11, keep=True)
    paper.table(words.raw("memo.purchases.headings"), [_purchase_row(one, words) for one in purchases[:PURCHASES_SHOWN]],
                (4.3, 1.9, 2.3, 3.6, 2.9, 2.3), size=9)  # fmt: skip
    left = len(purchases) - PURCHASES_SHOWN
    if left > 0:
        paper.text(words("memo.purchases.more", number=spaced(left)), indent=False, size=11)
    _write_series(paper, case, words)


def _write_series(paper: Paper, case: Case, words: Words) -> None:
    """Contracts that a finding over several of them covers."""
    listed = {one.number or date_text(one.signed_on) for purchase in case.purchases if (one := purchase.contract)}
    others = sorted({_short(one) for finding in case.findings for one in finding.contracts} - listed - {""})
    if others:
        more = (
            words("memo.purchases.and_more", number=spaced(len(others) - PURCHASES_SHOWN))
            if len(others) > PURCHASES_SHOWN
            else ""
        )
        told = ", ".join(others[:PURCHASES_SHOWN]) + more
        paper.text(words("memo.purchases.series", number=spaced(len(others)), contracts=told), indent=False, size=11)


def _short(contract: Contract) -> str:
    return contract.number or date_text(contract.signed_on)


def _purchase_row(purchase: Purchase, words: Words) -> tuple[str, ...]:
    contract, bid = purchase.contract, purchase.procedure
    force = "; ".join(dict.fromkeys(force_text(finding, words) for finding in purchase.findings))
    customer = customer_name(purchase.findings[0])
    if contract is not None:
        ground = "; ".join(text for text in (contract.ground, contract.method) if text)
        price = in_text(spaced_price(contract.price), words)
        number = contract.number or words("memo.purchases.no_number")
        return number, date_text(contract.signed_on), price, customer or contract.customer_inn or "", ground, force
    if bid is None:
        return "", "", "", customer, "", force
    won = "" if bid.won is None else words("reports.text.procedure_won" if bid.won else "reports.text.procedure_lost")
    number = words("memo.purchases.bid", number=bid.number)
    return number, date_text(bid.applied_on), "", customer or bid.customer_inn or "", won, force
