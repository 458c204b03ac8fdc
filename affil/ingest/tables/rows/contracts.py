"""Rows of lists of contracts into records: contracts, papers that change them, payments, bills without a contract."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from affil.ingest.tables.rows.party import ogrn_of, party_columns
from affil.ingest.tables.rows.row import Records, RowRefusedError, TableRow
from affil.ingest.tables.rows.suppliers import Named, suppliers_of
from affil.ingest.values.cells import Refused
from affil.ingest.values.converters import money_value
from affil.ingest.values.dates import date_in
from affil.ingest.values.papers import AGREEMENT, Paper, paper_of, words
from affil.ingest.values.periods import period_bounds
from affil.language.companies import looks_like_company, person_in_supplier_name

PAYMENT = "payment"
_SAYS_MORE = re.compile(
    r"(?:^|\s)от\s*[«\"\d]|согл|доп|д\s*[./]\s*с|сч[её]т|упд|контракт|догов|дог\.|№|расторг|б\s*[/.\\-]?\s*н|\bбез\b|чек|накладн|\s\d{1,2}\.\d",
    re.IGNORECASE,
)
_PAPER_OF_PAYMENT = re.compile(r"(?:контракт|договор|дог\.|\bмк\b|\bгк\b|сч[её]т|\bсч\.|упд|акт\w*\s*№|накладн)", re.IGNORECASE)
_WORDS = re.compile(r"(?!ИНН|КПП|INN)[^\W\d_]{2,}", re.IGNORECASE)
_PLAIN = (
    "contract_number", "customer_inn", "customer", "customer_hint", "organizer_inn", "notice_on", "price", "subject", "method",
    "ground", "procedure_number", "ends_on", "terminated_on", "national_project", "subcontractor_inn", "contract_manager",
    "paper", "own_number",
)  # fmt: skip
_OWN = (
    "signed_on",
    "paid_on",
    "number_and_date",
    "contract_number",
    "price",
    "subject",
    "payment_note",
    "ground",
    "procedure_number",
)
_QUOTED_BY_EIS = ("supplier", "customer", "subject", "method", "ground")  # it puts apostrophes round what a workbook may spoil
_WORDED = ("number_and_date", "contract_number", "subject", "remark", "payment_note")


def contract_records(row: TableRow) -> Records:
    """A contract: one record a supplier. The row needs a supplier by ИНН or name, and a date or a period.

    An additional agreement is no contract of its own: its row is one more sighting of the contract it changes.
    """
    _name_under_inn(row)
    for field in _QUOTED_BY_EIS:
        if (text := row.get(field)) and text[0] == text[-1] == "'":
            row.values[field] = text.strip("'").strip() or None
    suppliers = suppliers_of(row)
    named = any(inn for _, inn in suppliers)
    ogrn = None if named else ogrn_of(row, "supplier")
    if not suppliers and ogrn:
        suppliers = ((f"ОГРН {ogrn}", None),)
    if not suppliers:
        raise RowRefusedError("no_supplier", "supplier_inn", "supplier")
    if _is_section(row, suppliers):
        raise RowRefusedError("section_row", "supplier")
    told = " ; ".join(row.get(field) or "" for field in _WORDED)
    _one_number(row)
    changes = _take_paper(row)
    _take_changes(row, told)
    when = _of_agreement(row, changes) if changes else _of_contract(row)
    natural = words()["natural_person"].search(f"{told} ; {row.get('ground') or ''} ; {row.get('method') or ''}") is not None
    record = {**{field: row.get(field) for field in _PLAIN}, **when}
    return [
        (
            "contract",
            {**record, **party_columns(name, inn, "supplier", ogrn, natural), **({"at": f".{part}"} if part > 1 else {})},
        )
        for part, (name, inn) in enumerate(suppliers, 1)
    ]


def _one_number(row: TableRow) -> None:
    """The customer's own number is the number of a contract the register has not numbered; «б/н» is none."""
    own: str | None = row.values.pop("own_number", None)
    if own is None or not any(sign.isdigit() for sign in own):
        return
    row.values["own_number" if row.get("contract_number") else "contract_number"] = own


def _is_section(row: TableRow, suppliers: Sequence[Named]) -> bool:
    """True for «Раздел 2. Местный бюджет» in the column of names: nothing else in the row, and it names nobody."""
    ((name, inn), *others) = suppliers
    if others or inn or name is None or any(row.get(field) is not None for field in _OWN) or row.problems:
        return False
    return not looks_like_company(name) and person_in_supplier_name(name) is None


def _name_under_inn(row: TableRow) -> None:
    """Under «Поставщик, ИНН» name and ИНН stand in one cell; what is no ИНН but words is the name then."""
    for problem in [one for one in row.problems if one.field == "supplier_inn" and _WORDS.search(one.value)]:
        if row.get("supplier") is None:
            row.values["supplier"] = problem.value
            row.problems.remove(problem)


def _take_paper(row: TableRow) -> Paper | None:
    """Number and date of the contract from the cells that name its paper; the paper, where it only changes a contract."""
    cells = {field: row.get(field) for field in ("number_and_date", "contract_number", "subject")}
    papers = {field: paper_of(text) for field, text in cells.items() if text and (field == "number_and_date" or _says_more(text))}
    changing = next((field for field, paper in papers.items() if paper.kind == AGREEMENT), None)
    if changing:
        row.values["contract_number"] = papers[changing].number or _number_beside(row, changing, papers)
        return papers[changing]
    papers.pop("subject", None)
    for field, paper in papers.items():
        _take(row, field, paper)
    note = row.get("payment_note")
    at = _PAPER_OF_PAYMENT.search(note) if note else None
    if note and at:
        _take(row, "payment_note", paper_of(note[at.start() : at.start() + 120]))
    return None


def _says_more(text: str) -> bool:
    return _SAYS_MORE.search(text) is not None


def _number_beside(row: TableRow, changing: str, papers: dict[str, Paper]) -> str | None:
    """The number of the contract from another cell than the one that tells of the agreement."""
    if changing == "contract_number":
        return papers["number_and_date"].number if "number_and_date" in papers else None
    paper = (
        papers.get("contract_number") or papers.get("number_and_date") if changing == "subject" else papers.get("contract_number")
    )
    if paper:
        return paper.number
    number: str | None = row.get("contract_number")
    return number


def _take(row: TableRow, field: str, paper: Paper) -> None:
    if paper.bad_date and row.get("signed_on") is None:
        row.doubt(field, "bad_date", paper.bad_date)
    if paper.signed_on and row.get("signed_on") is None:
        row.values["signed_on"] = paper.signed_on
    if field == "contract_number" or row.get("contract_number") is None:
        row.values["contract_number"] = paper.number


def _take_changes(row: TableRow, told: str) -> None:
    """The end of the contract where words of the row tell it: ended before its time, or prolonged."""
    if row.get("terminated_on") is None and (ended := words()["terminated"].search(told)):
        row.values["terminated_on"] = _day_behind(told[ended.end() : ended.end() + 60])
    if longer := words()["prolonged"].search(told):
        row.values["ends_on"] = _day_behind(told[longer.end() : longer.end() + 30]) or row.get("ends_on")


def _day_behind(text: str) -> dt.date | None:
    """The first date of a text, as far as its cell goes."""
    try:
        return date_in(text.split(" ; ")[0])
    except Refused:
        return None


def _of_contract(row: TableRow) -> dict[str, Any]:
    """Day and period of a contract; of a payment the contract is not younger than the money."""
    _year_as_period(row)
    signed, period, paid = row.get("signed_on"), row.get("period"), row.get("paid_on")
    if signed is None and period is None and paid is None:
        raise RowRefusedError("no_date", "signed_on", "number_and_date", "period", "paid_on")
    row.in_order("signed_on", "ends_on", "ends_on")
    row.in_order("signed_on", "terminated_on", "terminated_on")
    row.in_order("notice_on", "signed_on", "notice_on")
    first, last = period_bounds(period) or (None, None)
    if paid is not None:
        row.values["paper"] = PAYMENT
        first, last = (None, paid) if signed is None else (first, last)
    return {"signed_on": signed, "period": period, "period_from": first, "period_to": last}


def _of_agreement(row: TableRow, paper: Paper) -> dict[str, Any]:
    """Day of the contract an agreement changes; not told, it lies before the agreement's own.

    The sum beside an agreement is the new price, the difference or nothing: only words («цена контракта составит …») tell.
    """
    number, agreed = row.get("contract_number"), paper.agreed_on or row.get("signed_on")
    if number is None and paper.signed_on is None:
        raise RowRefusedError("agreement_of_nothing", "number_and_date", "contract_number", "subject")
    if paper.bad_date:
        row.doubt("number_and_date", "bad_date", paper.bad_date)
    if agreed and paper.signed_on and agreed < paper.signed_on:
        agreed = None
    _, last = period_bounds(row.get("period")) or (None, None)
    told = " ; ".join(row.get(field) or "" for field in ("number_and_date", "subject", "remark"))
    if words()["terminated"].search(told) and row.get("terminated_on") is None:
        row.values["terminated_on"] = agreed
    price = words()["new_price"].search(told)
    written = row.values.pop("price", None)
    row.values["price"] = _money(price[1]) if price else None
    row.values.pop("subject", None)
    row.values.pop("notice_on", None)
    row.values["paper"] = AGREEMENT
    row.tell("agreement" if written is None or price else "agreement_sum", number or f"{paper.signed_on:%d.%m.%Y}")
    return {"signed_on": paper.signed_on, "period": None, "period_from": None, "period_to": agreed or last}


def _money(text: str) -> Decimal | None:
    try:
        return money_value(text)
    except Refused:
        return None


def _year_as_period(row: TableRow) -> None:
    """A year or month alone in the column of the date is the period of the contract; that the day is missing stays told."""
    if row.get("signed_on") is not None or row.get("period") is not None:
        return
    for problem in row.problems:
        if problem.field == "signed_on" and problem.reason == "date_incomplete":
            row.values["period"] = problem.value
