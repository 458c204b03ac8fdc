"""Posts: Employment with an institution or at a supplier, Membership of a commission, duties in a purchase."""

from __future__ import annotations

from affil.export.organisations import add_body
from affil.export.world import Row, World, body_key, party_id, party_key


def add_posts(world: World) -> None:
    """What officials serve as; where else they and their kin work, as far as it is a loaded supplier or institution."""
    for row in world.store.rows(_POSTS):
        employer = add_body(world, row["employer_inn"], row["employer"])
        if employer:
            world.book.add(
                "Employment", ("post", row["official_key"]), [(row["source_id"], row["locator"])],
                {what: row[what] for what in ("employee_id", "status", "department", "procurement_role")},
                employee=party_id(row["party"]), employer=employer, role=row["position"],
                startDate=row["hired"], endDate=row["dismissed"],
            )  # fmt: skip
    for row in world.store.rows(_EMPLOYED):
        _add_work(world, row)


_POSTS = """
    SELECT o.*, p.party FROM official_in_force o JOIN party p ON p.mention = 'official|' || o.official_key ORDER BY official_key"""
_EMPLOYED = """
    SELECT person, supplier, valid_from, valid_to FROM control WHERE kind = 'employee' ORDER BY ALL"""


def _add_work(world: World, row: Row) -> None:
    """A person's work at an organisation; an entrepreneur's workers have no word of their own."""
    schema = world.book.schema(*party_key(row["supplier"]))
    if schema is None:
        return
    dates = (str(row["valid_from"] or ""), str(row["valid_to"] or ""))
    key, person, work = ("work", row["person"], row["supplier"], *dates), party_id(row["person"]), party_id(row["supplier"])
    times = {"startDate": row["valid_from"], "endDate": row["valid_to"]}
    if schema in ("Company", "Organization", "PublicBody"):
        world.book.add("Employment", key, employee=person, employer=work, **times)
    else:
        world.book.add("UnknownLink", key, subject=person, object=work, role=world.words("export.role.employee"), **times)


def add_commissions(world: World) -> None:
    """Members of commissions; who sits on one and is no loaded official is a person of that seat's name there alone."""
    for row in world.store.rows(_SEATS):
        commission = _commission(world, row)
        if commission is None:
            continue
        record = [(row["source_id"], row["locator"])]
        member = party_id(row["party"]) if row["party"] else None
        if member is None:
            member = world.book.add("Person", ("seat", commission, row["name_key"] or row["name"]), record, name=row["name"])
        dates = (str(row["valid_from"] or ""), str(row["valid_to"] or ""))
        world.book.add(
            "Membership", ("seat", member, commission, row["role"] or "", *dates), record,
            member=member, organization=commission, role=row["role"], startDate=row["valid_from"], endDate=row["valid_to"],
        )  # fmt: skip


_SEATS = """
    SELECT s.*, p.party FROM commission_seat_in_force s LEFT JOIN party p ON p.mention = 'official|' || s.official_key
    WHERE s.official_key IS NOT NULL OR s.name IS NOT NULL ORDER BY s.source_id, s.locator"""


def _commission(world: World, row: Row) -> str | None:
    """The commission of a seat: of its procedure, else of its organiser, else of its customer (CONTRACT 4, «Whose purchases»)."""
    inn = row["organizer_inn"] or row["customer_inn"]
    name = None if row["organizer_inn"] else row["customer"]
    body = add_body(world, inn, name)
    if row["procedure_number"]:
        key, called = (
            ("commission", "procedure", row["procedure_number"]),
            world.words("export.commission.procedure", number=row["procedure_number"]),
        )
    elif body:
        told = body_key(inn, name) or ("", "")
        key, called = ("commission", *told), world.words("export.commission.body", name=world.book.name(*told) or name or inn)
    else:
        return None
    return world.book.add("Organization", key, [(row["source_id"], row["locator"])], name=called, parent=body)


def add_duties(world: World) -> None:
    """Who wrote the specification, took delivery, manages the contract: a link of an official and a purchase."""
    for row in world.store.rows(_DUTIES):
        bought = world.bought.get(row["purchase"])
        if bought is None:
            continue
        role = world.words.raw("reports.role").get(row["role"] or "", row["role"]) or world.words("export.role.duty")
        dates = (str(row["valid_from"] or ""), str(row["valid_to"] or ""))
        world.book.add(
            "UnknownLink", ("duty", row["party"], bought, str(role), *dates), [(row["source_id"], row["locator"])],
            subject=party_id(row["party"]), object=bought, role=str(role), summary=row["detail"],
            startDate=row["valid_from"], endDate=row["valid_to"],
        )  # fmt: skip


_DUTIES = """
    SELECT s.party, s.role, s.detail, s.valid_from, s.valid_to, s.source_id, s.locator, q.purchase
    FROM service s JOIN purchase_scope q USING (scope) WHERE s.kind IN ('duty', 'manager') ORDER BY ALL"""
