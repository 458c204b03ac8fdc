"""Organisations: PublicBody for customers, employers and institutions, Company for those of the registry and other suppliers."""

from __future__ import annotations

from typing import Any

from affil.export.entities import address
from affil.export.people import mailbox
from affil.export.world import Row, World, body_key, party_key


def add_organisations(world: World) -> None:
    """Customers, employers and institutions first; then companies by their newest extract; then other suppliers."""
    for row in world.store.rows(_BODIES):
        add_body(world, row["inn"], row["name"], row)
    for row in world.store.rows("SELECT * FROM institution_in_force WHERE parent_inn IS NOT NULL ORDER BY source_id, locator"):
        parent, own = add_body(world, row["parent_inn"], None), body_key(row["inn"], row["name"])
        if own and row["inn"] != row["parent_inn"]:
            world.book.add("PublicBody", own, parent=parent)
    for row in world.store.rows(_COMPANIES):
        _add_company(world, row)
    for row in world.store.rows(_SUPPLIERS):
        schema = "Company" if row["supplier_kind"] == "organisation" else "LegalEntity"
        key = party_key(row["supplier"])
        world.book.add(
            schema, key, [(row["source_id"], row["locator"])], **_named(world, key, row["supplier_name"]), innCode=row["supplier_inn"],
        )  # fmt: skip


# Every name a body is called by, and where first.
_BODIES = """
    SELECT inn, name, ref.source_id AS source_id, ref.locator AS locator FROM (
        SELECT inn, name, min(rank) AS rank, arg_min({'source_id': source_id, 'locator': locator}, (rank, source_id, locator)) AS ref FROM (
            SELECT inn, name, source_id, locator, 1 AS rank FROM institution_in_force
            UNION ALL SELECT employer_inn, employer, source_id, locator, 2 FROM official_in_force
            UNION ALL SELECT customer_inn, customer, source_id, locator, 3 FROM purchase)
        WHERE inn IS NOT NULL OR name IS NOT NULL GROUP BY inn, name)
    ORDER BY rank, inn, name"""
_COMPANIES = """
    SELECT * FROM company WHERE inn IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY inn ORDER BY extract_date DESC NULLS LAST, source_id, locator) = 1 ORDER BY inn"""
_SUPPLIERS = """
    SELECT *, ref.source_id AS source_id, ref.locator AS locator FROM (
        SELECT supplier, supplier_name, min(supplier_kind) AS supplier_kind, min(supplier_inn) AS supplier_inn,
               min({'source_id': source_id, 'locator': locator}) AS ref
        FROM purchase GROUP BY supplier, supplier_name)
    ORDER BY supplier, supplier_name"""


def add_body(world: World, inn: str | None, name: str | None, record: Row | None = None) -> str | None:
    """The id of a customer, employer or institution; None where nothing is known of it."""
    key = body_key(inn, name)
    if key is None:
        return None
    records = [(record["source_id"], record["locator"])] if record else []
    return world.book.add("PublicBody", key, records, innCode=inn, **_named(world, key, name))


def _named(world: World, key: tuple[str, str], name: str | None) -> dict[str, Any]:
    """The first name an organisation is met under is its name, the others are further ones."""
    return {"alias": name} if world.book.has_name(*key) else {"name": name}


def _add_company(world: World, row: Row) -> None:
    key = party_key(f"inn:{row['inn']}")
    names = [name for name in (row["short_name"], row["full_name"]) if name]
    world.book.add(
        "Company", key, [(row["source_id"], row["locator"])],
        {"extract_date": row["extract_date"].isoformat() if row["extract_date"] else None},
        **_company_names(world, key, names),
        innCode=row["inn"], ogrnCode=row["ogrn"], kppCode=row["kpp"], okopfCode=row["legal_form_code"], legalForm=row["legal_form"],
        incorporationDate=row["registered_on"], dissolutionDate=row["ended_on"], status=row["status"], jurisdiction="ru",
        address=address(row["address"]), email=mailbox(row["email"]), capital=row["capital"],
    )  # fmt: skip


def _company_names(world: World, key: tuple[str, str], names: list[str]) -> dict[str, Any]:
    if world.book.has_name(*key):
        return {"alias": names}
    return {"name": names[:1], "alias": names[1:]}


def holder_id(world: World, holder: str, row: Row) -> str:
    """The id of an organisation that runs or owns another: of the registry, or a foreign, public or other one known by name."""
    schema = {"organisation": "Company", "public": "PublicBody"}.get(row["holder_kind"], "LegalEntity")
    key = party_key(holder)
    return world.book.add(
        schema, key, [(row["source_id"], row["locator"])], **_named(world, key, row["holder_name"] or row["name"]),
        innCode=row["holder_inn"], **({"ogrnCode": row["holder_ogrn"]} if row["holder_kind"] == "organisation" else {}),
    )  # fmt: skip
