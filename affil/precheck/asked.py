"""Which procurement is asked about, as far as the loaded data tell of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from affil.errors import UsageError
from affil.store.store import Store
from affil.words import Words

STAGES = ("composition", "applications", "contract")
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """The procurement. `given_by`: store, files or request. `stage`: one of STAGES. None is unknown, as everywhere."""

    number: str
    given_by: str
    customer_inn: str | None = None
    customer: str | None = None
    organizer_inn: str | None = None
    organizer: str | None = None
    subject: str | None = None
    price: Decimal | None = None
    method: str | None = None
    ground: str | None = None
    notice_on: dt.date | None = None
    stage: str | None = None


def asked_in_store(store: Store, number: str, default_customer: str | None, stage: str | None, words: Words) -> Asked:
    """The procurement of this number, of which participants are loaded; `UsageError` tells what is loaded and both ways to ask."""
    told = _told(store, number)
    if not told["bidders"]:
        raise UsageError(_unknown(store, number, bool(told["seats"] or told["contracts"]), words))
    customer = told["customer_inn"] or default_customer
    return Asked(
        number, "store", customer, _name(store, customer), told["organizer_inn"], _name(store, told["organizer_inn"]),
        told["subject"], told["price"], told["method"], told["ground"], told["notice_on"], stage,
    )  # fmt: skip


def with_names(store: Store, asked: dict[str, Any]) -> dict[str, Any]:
    """The same with the names of customer and organiser where loaded rows know them and it does not tell them itself."""
    names = {role: asked.get(role) or _name(store, asked.get(f"{role}_inn")) for role in ("customer", "organizer")}
    return {**asked, **names}


def _told(store: Store, number: str) -> dict[str, Any]:
    """What applications, the contract and the commission of the procurement say of it; applications first."""
    return store.rows(
        """
        WITH bid AS (FROM participant_in_force WHERE procedure_number = $number),
        deal AS (FROM contract_in_force WHERE procedure_number = $number),
        seat AS (FROM commission_seat_in_force WHERE procedure_number = $number)
        SELECT (SELECT count(*) FROM bid) AS bidders, (SELECT count(*) FROM deal) AS contracts, (SELECT count(*) FROM seat) AS seats,
               coalesce((SELECT min(customer_inn) FROM bid), (SELECT min(customer_inn) FROM deal), (SELECT min(customer_inn) FROM seat)) AS customer_inn,
               coalesce((SELECT min(organizer_inn) FROM bid), (SELECT min(organizer_inn) FROM deal), (SELECT min(organizer_inn) FROM seat)) AS organizer_inn,
               (SELECT min(subject) FROM deal) AS subject, CAST(NULL AS DECIMAL(18,2)) AS price, (SELECT min(method) FROM deal) AS method,
               (SELECT min(ground) FROM deal) AS ground, (SELECT min(notice_on) FROM deal) AS notice_on""",
        {"number": number},
    )[0]


def _unknown(store: Store, number: str, only_others: bool, words: Words) -> str:
    rows = store.sql(
        "SELECT procedure_number, count(*) OVER () FROM participant_in_force GROUP BY procedure_number ORDER BY max(applied_on) DESC NULLS LAST, 1 LIMIT ?",
        [MOST_NAMED],
    ).fetchall()
    known = ", ".join(str(found) for found, _ in rows) + (" …" if rows and rows[0][1] > MOST_NAMED else "")
    key = "only_others" if only_others else "unknown"
    loaded = words("precheck.ask.loaded", number=rows[0][1], known=known) if rows else words("precheck.ask.nothing_loaded")
    return words(f"precheck.ask.{key}", procedure=number, loaded=loaded)


def _name(store: Store, inn: str | None) -> str | None:
    """What loaded rows call the organisation of this ИНН: officials' rows, contracts, the list of institutions, the registry."""
    if inn is None:
        return None
    row = store.sql(
        """
        SELECT arg_min(name, (rank, name)) FROM (
            SELECT employer AS name, 1 AS rank FROM official_in_force WHERE employer_inn = $inn
            UNION ALL SELECT customer, 2 FROM contract_in_force WHERE customer_inn = $inn
            UNION ALL SELECT name, 3 FROM institution_in_force WHERE inn = $inn
            UNION ALL SELECT coalesce(short_name, full_name), 4 FROM company WHERE inn = $inn) WHERE name IS NOT NULL""",
        {"inn": inn},
    ).fetchone()
    return str(row[0]) if row and row[0] else None
