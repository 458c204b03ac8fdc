"""Temporary tables `purchase`, `purchase_scope` and `service`: what was bought from whom, and who serves which purchases."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from affil.language.fio import parse_name
from affil.resolve.employers import name_customers
from affil.resolve.firms import make_firms
from affil.resolve.link import same_name
from affil.store.store import Store


def make_purchases(
    store: Store, default_customer: str | None, since: dt.date | None, until: dt.date | None,
    procedure: str | None = None, today: dt.date | None = None,
) -> None:  # fmt: skip
    """Purchases whose event date may lie between `since` and `until`, both inclusive, None = open.

    Of an unknown day the period counts: a purchase is left out where all of it lies outside, and stays in where nothing is known.

    `procedure`: of them only the bids in this procedure, which lie on `today` where they have no day: they are being considered.
    `default_customer`: the ИНН of purchases that name no customer (the only own customer of the settings), or None.
    """
    name_customers(store)
    make_firms(store)
    given = {
        "default_customer": default_customer,
        "since": since,
        "until": until,
        "procedure": procedure,
        "today": today if procedure else None,
    }
    store.script(Path(__file__).with_suffix(".sql"), given)
    _make_service(store)


def _make_service(store: Store) -> None:
    """service: an official and the purchases he serves: his employer's, those of a commission he sits on, those he manages or has a duty in.

    A seat counts for its procedure, else its organiser, else its customer (CONTRACT 4, «Whose purchases»).
    """
    store.sql("""
        CREATE OR REPLACE TEMPORARY TABLE service AS
        SELECT o.official_key, p.party, o.status, 'customer:' || o.employer_inn AS scope, o.procurement_role AS role, 'employment' AS kind,
               o.position AS detail, o.employer_by, o.hired AS valid_from, o.dismissed AS valid_to, o.source_id, o.locator
        FROM official_in_force o JOIN party p ON p.mention = 'official|' || o.official_key WHERE o.employer_inn IS NOT NULL
        UNION ALL BY NAME
        SELECT s.official_key, p.party, o.status,
               coalesce('procedure:' || s.procedure_number, 'organizer:' || s.organizer_inn, 'customer:' || s.customer_inn) AS scope,
               'commission member' AS role, 'seat' AS kind, s.role AS detail, s.customer_by AS employer_by, s.valid_from, s.valid_to, s.source_id, s.locator
        FROM commission_seat_in_force s JOIN party p ON p.mention = 'official|' || s.official_key
        JOIN official_in_force o USING (official_key)
        UNION ALL BY NAME
        SELECT d.official_key, p.party, o.status,
               coalesce('contract:' || coalesce(d.customer_inn, o.employer_inn) || ':' || d.contract_number, 'procedure:' || d.procedure_number) AS scope,
               d.role, 'duty' AS kind, d.detail, NULL AS employer_by, d.valid_from, d.valid_to, d.source_id, d.locator
        FROM duty_in_force d JOIN party p ON p.mention = 'official|' || d.official_key JOIN official_in_force o USING (official_key)
        WHERE d.contract_number IS NOT NULL OR d.procedure_number IS NOT NULL""")
    managers = []
    officials = store.rows(
        "SELECT official_key, employer_inn, name_key, status, party FROM official_in_force JOIN party ON mention = 'official|' || official_key"
    )
    colleagues = defaultdict(list)
    for official in officials:
        colleagues[official["employer_inn"]].append(official)
    for row in store.rows(
        "SELECT purchase, customer_inn, contract_manager, source_id, locator FROM purchase WHERE contract_manager IS NOT NULL"
    ):
        name = parse_name(row["contract_manager"])
        found = [one for one in colleagues[row["customer_inn"]] if name and same_name(name.key, one["name_key"])]
        if len({o["official_key"] for o in found}) == 1:
            who = tuple(found[0][key] for key in ("official_key", "party", "status"))
            managers.append((*who, "purchase:" + row["purchase"], row["source_id"], row["locator"]))
    columns = dict.fromkeys(("official_key", "party", "status", "scope", "source_id", "locator"), "VARCHAR")
    store.temporary("contract_manager", columns, managers)
    store.sql("""INSERT INTO service BY NAME SELECT *, 'contract manager' AS role, 'manager' AS kind FROM contract_manager""")
    _serve_by_notice(store, colleagues)


def _serve_by_notice(store: Store, colleagues: Mapping[str | None, list[dict[str, Any]]]) -> None:
    """Add to `service` the official whom the notice of a purchase names as the one who answers for it.

    He is sought among the officials of the customer and the organiser; where the name fits two, it says nothing. What he does in it
    is not told: he need have neither described the object nor reckoned the price, so that rules about those roles pass him over.
    """
    answering = []
    for row in store.rows("""
        SELECT t.procedure_number, t.name_key, t.customer_inn, t.organizer_inn, t.source_id, t.locator FROM tender t
        SEMI JOIN purchase USING (procedure_number) WHERE t.name_key IS NOT NULL ORDER BY ALL"""):
        near = [one for inn in sorted({row["customer_inn"], row["organizer_inn"]} - {None}) for one in colleagues.get(inn, [])]
        found = [one for one in near if same_name(row["name_key"], one["name_key"])]
        if len({one["official_key"] for one in found}) == 1:
            who = tuple(found[0][key] for key in ("official_key", "party", "status"))
            answering.append((*who, "procedure:" + row["procedure_number"], row["source_id"], row["locator"]))
    columns = dict.fromkeys(("official_key", "party", "status", "scope", "source_id", "locator"), "VARCHAR")
    store.temporary("answering", columns, answering)
    store.sql("INSERT INTO service BY NAME SELECT *, CAST(NULL AS VARCHAR) AS role, 'duty' AS kind FROM answering")
