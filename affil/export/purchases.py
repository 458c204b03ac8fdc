"""Purchases: Contract with its ContractAward, CallForTenders with who bid, subcontractors."""

from __future__ import annotations

from collections import defaultdict

from affil.export.organisations import add_body
from affil.export.world import Row, World, party_id

CURRENCY = "RUB"


def add_purchases(world: World) -> None:
    """The purchases of the run's period, one contract however many papers tell of it.

    A procedure of which nobody says who buys has no call for tenders, which FollowTheMoney does not take without its authority.
    """
    rows = world.store.rows("SELECT * FROM purchase ORDER BY event, role DESC, purchase, source_id, locator")
    calls = _calls(world, rows)
    contracts: dict[str, str] = {}
    for row in rows:
        if row["event"] == "award" and row["role"] != "subcontractor":
            contracts[row["purchase"]] = _contract(world, row, calls)
    for row in rows:
        if row["role"] == "subcontractor":
            _subcontractor(world, row, contracts)
        bought = contracts.get(row["purchase"]) if row["event"] == "award" else calls.get(row["procedure_number"])
        if bought:
            world.bought[row["purchase"]] = bought
            world.bought.setdefault(f"purchase|{row['source_id']}|{row['locator']}", bought)


def _contract(world: World, row: Row, calls: dict[str, str]) -> str:
    record = [(row["source_id"], row["locator"])]
    number = row["contract_number"]
    money = {"amount": row["price"], "currency": CURRENCY if row["price"] is not None else None}
    contract = world.book.add(
        "Contract", ("purchase", row["purchase"]), record,
        {what: row[what] for what in ("ground", "national_project")},
        title=row["subject"] or number or world.words("export.contract"), name=number,
        authority=add_body(world, row["customer_inn"], row["customer"]), contractDate=row["event_date"],
        procedureNumber=row["procedure_number"], method=row["method"], **money,
    )  # fmt: skip
    world.book.add(
        "ContractAward", ("award", row["purchase"]), record,
        supplier=party_id(row["supplier"]), contract=contract, callForTenders=calls.get(row["procedure_number"] or ""),
        documentNumber=number, date=row["event_date"], endDate=row["ends_on"], **money,
    )  # fmt: skip
    return contract


def _subcontractor(world: World, row: Row, contracts: dict[str, str]) -> None:
    """The contract it works under is the one of the same customer and deal, whoever supplies."""
    deal = row["purchase"].removeprefix("subcontract|").removesuffix(row["supplier"].removeprefix("inn:"))
    contract = next((found for purchase, found in sorted(contracts.items()) if purchase.startswith(f"contract|{deal}")), None)
    if contract:
        world.bought[row["purchase"]] = contract
        world.book.add(
            "UnknownLink", ("subcontract", row["purchase"]), [(row["source_id"], row["locator"])],
            subject=party_id(row["supplier"]), object=contract, role=world.words("export.role.subcontractor"), date=row["event_date"],
        )  # fmt: skip


def _calls(world: World, rows: list[Row]) -> dict[str, str]:
    """The id of the call of each procedure number."""
    told: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["procedure_number"]:
            told[row["procedure_number"]].append(row)
    notices: dict[str, list[Row]] = defaultdict(list)
    for row in world.store.rows(
        "SELECT * FROM tender WHERE procedure_number IS NOT NULL ORDER BY version DESC NULLS LAST, source_id, locator"
    ):
        notices[row["procedure_number"]].append(row)
    found = {}
    for number in sorted(told.keys() | notices.keys()):
        if call := _call(world, number, told[number], notices[number]):
            found[number] = call
    return found


def _call(world: World, number: str, rows: list[Row], notices: list[Row]) -> str | None:
    authority = next((row for row in (*notices, *rows) if row["customer_inn"] or row["customer"]), None)
    if authority is None:
        return None
    bids = [row for row in rows if row["event"] == "bid"]
    said = [*notices[:1], *rows]
    known = {
        what: next((row[what] for row in said if row[what] is not None), None) for what in ("subject", "method", "notice_on")
    }
    price = next((row["price"] for row in notices[:1] if row["price"] is not None), None)
    return world.book.add(
        "CallForTenders", ("procedure", number), [(row["source_id"], row["locator"]) for row in (*notices, *bids)],
        {"bids": [_bid(row) for row in bids]},
        title=known["subject"] or number, callId=number, authority=add_body(world, authority["customer_inn"], authority["customer"]),
        procedure=known["method"], publicationDate=known["notice_on"], tenderers=[party_id(row["supplier"]) for row in bids],
        summary=world.words("export.starting_price", price=f"{price:f}") if price is not None else None,
    )  # fmt: skip


def _bid(row: Row) -> dict[str, object]:
    applied = row["event_date"].isoformat() if row["event_date"] else None
    return {"tenderer": party_id(row["supplier"]), "applied_on": applied, "won": row["won"]}
