"""Temporary tables `control` and `related`: who stands behind each supplier, by which role, share, work or contact, and when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from affil.control.contacts import Hub, person_contacts, shared, supplier_contacts
from affil.control.control import Control, Result, controls
from affil.control.declared import declared_ties, make_declared
from affil.control.employment import employments, supplier_keys
from affil.control.facts import make_facts
from affil.control.intervals import Period
from affil.control.shares import Holding
from affil.control.sightings import Sighting, holdings
from affil.store.store import Store

Row = dict[str, Any]

NOT_REGISTERED = "not_registered"
_DAY = dt.timedelta(days=1)

# Persons a path can lead to, and the organisations they may stand behind; behind others nobody is sought. Companies that hold one
# another are walked too: there the owner is not seen, whoever is asked for.
_WANTED = """
    CREATE OR REPLACE TEMPORARY TABLE wanted AS
    SELECT DISTINCT person FROM stands_behind WHERE person IN (SELECT party FROM party JOIN mention USING (mention) WHERE kind IN ('official', 'relative'))
    UNION SELECT behind FROM near_pair UNION SELECT person FROM one_family"""
_SOUGHT_BEHIND = """
    CREATE OR REPLACE TEMPORARY TABLE sought_behind AS
    SELECT organisation FROM stands_behind SEMI JOIN wanted USING (person)
    UNION SELECT 'inn:' || target FROM above SEMI JOIN looped USING (inn)"""
_WALKED = """
    CREATE OR REPLACE TEMPORARY TABLE walked AS
    SELECT DISTINCT inn FROM above SEMI JOIN sought_behind ON organisation = 'inn:' || target"""


@dataclass(frozen=True, slots=True)
class Behind:
    """The controls of a run: `controls[i]` is row i of the table `control`.

    What was not followed: `loops` of owners, `cut` companies with too many above them, `hubs` that too many have in common,
    `employers` of too many kin.
    """

    controls: list[Control]
    loops: list[tuple[str, ...]]
    cut: list[str]
    hubs: list[Hub]
    employers: list[str]


def make_control(store: Store, hubs: list[Hub]) -> Behind:
    """Who of the persons a path can lead to stands behind the suppliers of `purchase`, what is related to them, and institutions.

    Makes `company_fact` too. Columns of `control`: control_id, person, supplier, kind, means, share, valid_from, valid_to. Evidence ids
    are mention ids (`tie|…`, `proprietor|…`, `contract|…`, `disclosed|…`, `relative|…`), `bidder|…` and `company|…`. Needs the
    tables of behind.py, whose `hubs` are told on, and of near_names.sql.
    """
    for table in (_WANTED, _SOUGHT_BEHIND, _WALKED):
        store.sql(table)
    persons = {str(row[0]) for row in store.sql("SELECT person FROM wanted").fetchall()}
    targets = {str(row[0]) for row in store.sql("SELECT organisation FROM sought_behind").fetchall()}
    result: Result = controls([*_registry(store), *_disclosed(store)], targets, persons)
    suppliers = {str(row[0]) for row in store.sql("SELECT DISTINCT supplier FROM any_purchase").fetchall()}
    institutions = {str(row[0]) for row in store.sql("SELECT institution FROM institution_of").fetchall()}
    by_name = supplier_keys(store)
    employed, employers = employments(store, by_name, suppliers | institutions)
    supplied = supplier_contacts(store)
    contacts, contact_hubs = shared(person_contacts(store, {contact.means for contact in supplied}), supplied)
    told = declared_ties(store, by_name, suppliers)
    found = [*result.controls, *_proprietors(store), *_heads(store), *employed, *told, *contacts]
    columns = {
        "control_id": "INTEGER", "person": "VARCHAR", "supplier": "VARCHAR", "kind": "VARCHAR", "means": "VARCHAR", "share": "DOUBLE",
        "valid_from": "DATE", "valid_to": "DATE",
    }  # fmt: skip
    rows = [
        (
            i,
            c.person,
            c.company,
            c.kind,
            c.means,
            None if c.share is None else float(c.share),
            c.period.valid_from,
            c.period.valid_to,
        )
        for i, c in enumerate(found)
    ]
    store.temporary("control", columns, rows)
    make_facts(store)
    make_declared(store)
    return Behind(found, list(result.loops), list(result.cut), [*hubs, *contact_hubs], employers)


def _heads(store: Store) -> Iterable[Control]:
    """Heads of the officer's own institutions, as the table of officials names them."""
    for row in store.rows("""
        SELECT p.party, p.mention, i.institution, o.hired, o.dismissed FROM official_in_force o
        JOIN party p ON p.mention = 'official|' || o.official_key JOIN institution_of i ON i.institution = 'inn:' || o.employer_inn
        WHERE o.status = 'head of institution' OR o.procurement_role = 'head of customer' ORDER BY p.mention"""):
        period = Period(row["hired"], row["dismissed"], row["dismissed"])
        yield Control(row["party"], row["institution"], "director", None, None, period, ((row["mention"],),), (), "questionnaire")


def _registry(store: Store) -> list[Holding]:
    """Holdings from extracts; what several extracts of one company show is put into periods."""
    rows = store.rows("""
        WITH tie AS (SELECT * REPLACE (CASE WHEN kind = 'owner' AND company_inn IN (SELECT inn FROM joint_stock) THEN NULL ELSE share END AS share),
                            'tie|' || source_id || '|' || locator || '|' || coalesce(CAST(extract_date AS VARCHAR), '') AS evidence
                     FROM registry_tie t SEMI JOIN walked ON walked.inn = company_inn WHERE NOT coalesce(restricted, false)
                       -- Of a day nobody knows, from a source that leaves some out: it says nothing where an extract is loaded.
                       AND NOT (coalesce(t.partial, false) AND t.extract_date IS NULL AND company_inn IN (
                           SELECT company_inn FROM registry_tie WHERE NOT coalesce(partial, false) AND extract_date IS NOT NULL)))
        SELECT tie.*, party FROM tie LEFT JOIN party ON mention = evidence ORDER BY ALL""")
    owners, runners = _extract_days(store, "owners_given"), _extract_days(store, "directors_given")
    sightings = [
        Sighting(
            "inn:" + row["company_inn"], row["party"] or _holder(row), row["holder_kind"], row["kind"],
            Fraction(row["share"]) if row["share"] else None, row["since"], row["extract_date"], row["source_id"], row["evidence"],
            row["died_on"],
        )
        for row in rows
    ]  # fmt: skip
    return [
        *holdings((one for one in sightings if one.kind == "owner"), owners),
        *holdings((one for one in sightings if one.kind != "owner"), runners, with_one_head(store)),
    ]


def _extract_days(store: Store, given: str) -> dict[str, set[dt.date]]:
    """By company, the days of which a source tells all holders of a kind: who is missing in one of them has left."""
    found: dict[str, set[dt.date]] = defaultdict(set)
    for inn, day in store.sql(f"""
        SELECT inn, extract_date FROM company SEMI JOIN walked USING (inn)
        WHERE extract_date IS NOT NULL AND {given} IS DISTINCT FROM false""").fetchall():
        found["inn:" + inn].add(day)
    return found


def with_one_head(store: Store) -> dict[str, set[dt.date]]:
    """The days of the extracts that show one head, hidden ones counted, and nothing of powers of several (СвПолном)."""
    found: dict[str, set[dt.date]] = defaultdict(set)
    for inn, day in store.sql("""
        SELECT company_inn, extract_date FROM (
            SELECT company_inn, extract_date, count(*) AS heads, bool_or(coalesce(partial, false)) AS partial
            FROM registry_tie SEMI JOIN walked ON walked.inn = company_inn
            WHERE kind IN ('director', 'managing') AND extract_date IS NOT NULL GROUP BY company_inn, extract_date, source_id, split_part(locator, '/', 1))
        ANTI JOIN (SELECT company_inn, extract_date FROM registry_remark WHERE kind IN ('jointly', 'severally')) USING (company_inn, extract_date)
        GROUP BY ALL HAVING max(heads) = 1 AND NOT bool_or(partial)""").fetchall():
        found["inn:" + inn].add(day)
    return found


def _holder(row: Row) -> str:
    if row["holder_inn"]:
        return "inn:" + str(row["holder_inn"])
    return f"{row['holder_kind']}:{row['holder_ogrn'] or row['holder_name'] or row['evidence']}"


def _disclosed(store: Store) -> list[Holding]:
    """Directors and owners of more than 25 % whom an application names (44-ФЗ ст. 43 ч. 1 п. 1), where no extract is loaded."""
    rows = store.rows("""
        SELECT coalesce('inn:' || d.participant_inn, f.party, 'firm:' || d.participant_key) AS company, d.kind, d.share, d.applied_on,
               d.source_id || d.procedure_number AS application, m.mention, p.party
        FROM participant_person_in_force d
        JOIN mention m ON m.kind = 'disclosed' AND m.source_id = d.source_id AND m.locator = d.locator
                      AND m.mention = 'disclosed|' || d.source_id || '|' || d.locator || '|' || d.kind || '|' || coalesce(d.name_key, d.inn)
        JOIN party p USING (mention)
        LEFT JOIN firm_party f ON f.firm_key = CASE WHEN d.participant_inn IS NULL THEN d.participant_key END
        WHERE d.participant_inn IS NULL OR d.participant_inn NOT IN (SELECT company_inn FROM registry_tie WHERE company_inn IS NOT NULL)
        ORDER BY ALL""")
    return holdings(
        (
            Sighting(
                row["company"], row["party"], "person", row["kind"], Fraction(row["share"]) if row["share"] else None, None,
                row["applied_on"], row["application"], row["mention"],
            )
            for row in rows
        ),
        {},
    )  # fmt: skip


def all_holdings(store: Store) -> list[Holding]:
    """Holdings in the companies of the table `walked` (inn) by extracts, and what applications disclose of bidders without one.

    Needs the temporary tables party, mention, firm_party, joint_stock and walked.
    """
    return [*_registry(store), *_disclosed(store)]


def _proprietors(store: Store) -> Iterable[Control]:
    """A natural person who supplies stands behind himself; ЕГРИП, where loaded, says from when to when he was registered.

    One row a registration (ОГРНИП), by its newest extract, and one for each time between in which he supplied all the same: 44-ФЗ ст. 31
    ч. 1 п. 9 «а» speaks of any natural person who takes part, registered or not.
    """
    days: dict[str, list[tuple[dt.date, str]]] = defaultdict(list)
    for supplier, day, mention in store.sql(_SUPPLIED_IN_PERSON).fetchall():
        days[supplier].append((day, mention))
    spells: dict[str, list[tuple[dt.date | None, dt.date | None]]] = defaultdict(list)
    for row in store.rows(_REGISTRATIONS):
        period = Period(row["registered_on"], row["ended_on"], row["ended_on"] or row["extract_date"])
        spells[row["supplier"]].append((row["registered_on"], row["ended_on"]))
        yield _proprietor(row["supplier"], period, row["extract"] or row["mention"])
    for supplier, registered in sorted(spells.items()):
        for period, mention in _unregistered(registered, days[supplier]):
            yield _proprietor(supplier, period, mention, (NOT_REGISTERED,))


_REGISTRATIONS = """
    SELECT pu.supplier, pu.mention, e.mention AS extract, e.registered_on, e.ended_on, e.extract_date
    FROM (SELECT supplier, min(mention) FILTER (role <> 'subcontractor') AS mention FROM purchase WHERE supplier_kind = 'person'
          GROUP BY supplier) pu
    LEFT JOIN (SELECT p.party, m.mention, r.registered_on, r.ended_on, r.extract_date
               FROM proprietor r JOIN mention m
                 ON m.mention = 'proprietor|' || r.source_id || '|' || r.locator || '|' || coalesce(CAST(r.extract_date AS VARCHAR), '')
               JOIN party p USING (mention)
               QUALIFY row_number() OVER (PARTITION BY p.party, r.ogrnip ORDER BY r.extract_date DESC NULLS LAST, m.mention) = 1) e
           ON e.party = pu.supplier
    WHERE coalesce(e.mention, pu.mention) IS NOT NULL AND pu.supplier IN (SELECT person FROM wanted)
    ORDER BY pu.supplier, e.registered_on NULLS FIRST, e.mention"""
_SUPPLIED_IN_PERSON = """
    SELECT supplier, event_date, min(mention) FROM purchase
    WHERE supplier_kind = 'person' AND role <> 'subcontractor' AND event_date IS NOT NULL AND supplier IN (SELECT person FROM wanted)
    GROUP BY ALL ORDER BY ALL"""


def _proprietor(person: str, period: Period, evidence: str, assumed: tuple[str, ...] = ()) -> Control:
    return Control(person, person, "sole-proprietor", None, None, period, ((evidence,),), assumed)


def _unregistered(
    registered: list[tuple[dt.date | None, dt.date | None]], days: list[tuple[dt.date, str]]
) -> Iterator[tuple[Period, str]]:
    """Each time between registrations on a day of which he supplied, and the first purchase in it. `days` are sorted."""
    found: dict[tuple[dt.date | None, dt.date | None], list[tuple[dt.date, str]]] = defaultdict(list)
    for day, mention in days:
        if not any((begun or day) <= day <= (ended or day) for begun, ended in registered):
            earlier = max((ended for _, ended in registered if ended and ended < day), default=None)
            later = min((begun for begun, _ in registered if begun and begun > day), default=None)
            found[earlier and earlier + _DAY, later and later - _DAY].append((day, mention))
    for (since, until), supplied in found.items():
        yield Period(since, until, known_until=supplied[-1][0], known_from=supplied[0][0]), supplied[0][1]
