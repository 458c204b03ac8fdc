"""Who runs and who owns: Directorship and Ownership with the dates the program reads from the extracts, Succession."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from affil.control.shares import Holding
from affil.control.table import all_holdings
from affil.export.organisations import holder_id
from affil.export.world import Row, World, party_id, party_key

PERCENT_DIGITS = 6
_ALL = "CREATE OR REPLACE TEMPORARY TABLE walked AS SELECT DISTINCT company_inn AS inn FROM registry_tie WHERE company_inn IS NOT NULL"
_RECORDS = """
    SELECT 'tie|' || source_id || '|' || locator || '|' || coalesce(CAST(extract_date AS VARCHAR), '') AS evidence, source_id, locator,
           name, position, holder_kind, holder_inn, holder_ogrn, holder_name FROM registry_tie
    UNION ALL
    SELECT 'disclosed|' || source_id || '|' || locator || '|' || kind || '|' || coalesce(name_key, inn), source_id, locator,
           name, NULL, 'person', NULL, NULL, NULL FROM participant_person_in_force
    ORDER BY ALL"""


def add_holdings(world: World) -> None:
    """Every holding of every company that has an extract, what several extracts show put into periods; and what bids disclose.

    Persons the registry hides are nobody's directors or owners here.
    """
    world.store.sql(_ALL)
    records = {row["evidence"]: row for row in world.store.rows(_RECORDS)}
    for holding in all_holdings(world.store):
        _add_holding(world, holding, records[holding.evidence])


def _add_holding(world: World, holding: Holding, row: Row) -> None:
    person = holding.holder_kind == "person"
    if person and world.book.schema(*party_key(holding.holder)) is None:
        return  # a record without a name: somebody is there, and nobody can be told
    holder = party_id(holding.holder) if person else holder_id(world, holding.holder, row)
    company = party_key(holding.company)
    if world.book.schema(*company) is None:
        known_by, _, called = holding.company.partition(":")
        inn, name = (called, None) if known_by == "inn" else (None, called)
        world.book.add("Company", company, innCode=inn, name=name)
    schema, ends, role = _ends(world, holding, holder, row)
    period = holding.period
    share = percent(holding.share) if schema == "Ownership" else None
    world.book.add(
        schema, ("holding", holding.company, holding.holder, holding.kind, holding.evidence), [(row["source_id"], row["locator"])],
        {
            "last_seen": period.known_until.isoformat() if period.known_until else None,
            "share": f"{holding.share.numerator}/{holding.share.denominator}" if holding.share is not None else None,
        },
        role=role, startDate=period.valid_from, endDate=period.valid_to, **ends, **({"percentage": share} if share else {}),
    )  # fmt: skip


def _ends(world: World, holding: Holding, holder: str, row: Row) -> tuple[str, dict[str, str], str]:
    """The schema that can hold the tie: of a body that is no company nobody owns a share, and a person has no directors."""
    company, kind = party_id(holding.company), world.book.schema(*party_key(holding.company))
    role = row["position"] or world.words(f"export.role.{holding.kind}")
    if holding.kind == "owner" and kind == "Company":
        return "Ownership", {"owner": holder, "asset": company}, role
    if holding.kind != "owner" and kind in ("Company", "PublicBody"):
        return "Directorship", {"director": holder, "organization": company}, role
    return "UnknownLink", {"subject": holder, "object": company}, role


def percent(share: Fraction | None) -> str | None:
    """A part of one in per cent with up to six digits: 1/3 is 33.333333."""
    if share is None:
        return None
    with localcontext() as context:
        context.prec = 30
        told = round(Decimal(100 * share.numerator) / Decimal(share.denominator), PERCENT_DIGITS)
    return f"{told:f}".rstrip("0").rstrip(".") if "." in f"{told:f}" else f"{told:f}"


def add_successions(world: World) -> None:
    """Reorganisations, both ways they are told: whose rights a company took over, and who took over its."""
    for row in world.store.rows("SELECT * FROM succession WHERE company_inn IS NOT NULL AND other_inn IS NOT NULL ORDER BY ALL"):
        record = [(row["source_id"], row["locator"])]
        own, other = (party_key(f"inn:{inn}") for inn in (row["company_inn"], row["other_inn"]))
        for key, name in ((own, None), (other, row["other_name"])):
            if world.book.schema(*key) is None:
                world.book.add("Company", key, record, name=name, innCode=key[1].removeprefix("inn:"))
        before, after = (other, own) if row["kind"] == "predecessor" else (own, other)
        world.book.add(
            "Succession", ("succession", before[1], after[1]), record,
            predecessor=party_id(before[1]), successor=party_id(after[1]), startDate=row["since"],
        )  # fmt: skip
