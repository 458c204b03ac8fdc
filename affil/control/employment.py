"""Who works at a supplier without running it, as far as questionnaires tell: a relative's place of work."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from affil.control.control import Control
from affil.control.intervals import Period
from affil.language.companies import company_key
from affil.language.identifiers import valid_inn
from affil.store.store import Store

MOST_EMPLOYED = 20  # a firm where so many kin of officials work is the town's big employer: its name joins nobody
_INN = re.compile(r"(?<!\d)\d{10}(?!\d)")


def employments(store: Store, by_name: dict[str, set[str]], inns: set[str]) -> tuple[list[Control], list[str]]:
    """Controls of kind `employee`, and the suppliers too many work at to say anything (ids, sorted).

    A place of work is that of a supplier, or of an institution of the officer's own, where its text holds the ИНН, or names an
    organisation as exactly one of them is called.
    """
    rows = store.rows("""
        SELECT p.party, m.mention, m.employer FROM mention m JOIN party p USING (mention)
        WHERE m.kind = 'relative' AND m.employer IS NOT NULL ORDER BY m.mention""")
    found = [
        Control(
            row["party"], company, "employee", None, None, Period(None, None, None), ((row["mention"],),), (), "questionnaire"
        )
        for row in rows
        for company in _named(row["employer"], by_name, inns)
    ]
    people: dict[str, set[str]] = defaultdict(set)
    for control in found:
        people[control.company].add(control.person)
    crowded = {company for company, persons in people.items() if len(persons) > MOST_EMPLOYED}
    return [control for control in found if control.company not in crowded], sorted(crowded)


def supplier_keys(store: Store) -> dict[str, set[str]]:
    """Suppliers and own institutions by comparable name, from contracts, bids, the officer's list and the registry."""
    by_name: dict[str, set[str]] = defaultdict(set)
    for supplier, name in store.sql("""
        SELECT supplier, supplier_name FROM any_purchase WHERE coalesce(supplier_kind, '') <> 'person' AND supplier_name IS NOT NULL
        UNION SELECT 'inn:' || inn, unnest([short_name, full_name]) FROM company WHERE 'inn:' || inn IN (SELECT supplier FROM any_purchase)
        UNION SELECT 'inn:' || inn, name FROM institution_in_force WHERE 'inn:' || inn IN (SELECT institution FROM institution_of)
    """).fetchall():
        if name and (key := company_key(name)):
            by_name[key].add(supplier)
    return by_name


def _named(employer: str, by_name: dict[str, set[str]], inns: set[str]) -> Iterator[str]:
    for inn in _INN.findall(employer):
        if "inn:" + inn in inns and valid_inn(inn):
            yield "inn:" + inn
            return
    key = employer_key(employer)
    if key and len(by_name.get(key, ())) == 1:
        yield next(iter(by_name[key]))


def employer_key(employer: str) -> str | None:
    """The comparable name of the organisation a place of work names first: «ООО «Вереск», бухгалтер» is ООО ВЕРЕСК."""
    return company_key(employer.split(",")[0]) or None
