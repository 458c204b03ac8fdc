"""Addresses to the flat, phones and e-mails that persons and organisations have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from affil.control.control import Control
from affil.control.intervals import Period
from affil.language.addresses import flat_key, same_flat
from affil.language.emails import emails
from affil.language.phones import phone_numbers
from affil.store.store import Store

MEANS = ("address", "phone", "email")
MOST_ORGANISATIONS = 5  # a contact of more is a tender agency's, a bookkeeper's or a business centre's
MOST_PERSONS = 10  # a contact of more officials and kin is a switchboard or a dormitory


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact as one record gives it: `key` is comparable, `holder` the party of a person or an organisation."""

    means: str
    key: str
    holder: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Hub:
    """A contact that too many have for it to join anybody."""

    means: str
    key: str
    holders: int


def contacts_of(
    rows: Iterable[tuple[str, str, str | None, str | None, str | None]], asked: Collection[str] = MEANS
) -> list[Contact]:
    """The contacts of (holder, evidence, address, phone, e-mail) by the asked means; addresses that do not reach the flat are none."""
    found = []
    for holder, evidence, *texts in rows:
        given = [(means, text) for means, text in zip(MEANS, texts, strict=True) if text and means in asked]
        found += [Contact(means, key, holder, evidence) for means, text in given for key in _keys(means, text)]
    return found


def person_contacts(store: Store, asked: Collection[str]) -> list[Contact]:
    """Contacts of officials and their kin, from questionnaires, by the asked means."""
    return contacts_of(
        store.sql("""
        SELECT p.party, m.mention, o.address, m.phone, m.email FROM mention m JOIN party p USING (mention)
        JOIN official_in_force o ON o.official_key = m.owner WHERE m.kind = 'official'
        UNION ALL
        SELECT p.party, m.mention, r.address, m.phone, m.email FROM mention m JOIN party p USING (mention)
        JOIN relative_in_force r ON r.source_id = m.source_id AND r.locator = m.locator WHERE m.kind = 'relative'
        ORDER BY 2""").fetchall(),
        asked,
    )


def organisation_contacts(store: Store) -> list[Contact]:
    """Contacts of organisations, from applications, contracts of ЕИС and the registry's newest extract."""
    return contacts_of(
        store.sql("""
        SELECT coalesce('inn:' || participant_inn, f.party, 'firm:' || participant_key) AS holder, 'bidder|' || source_id || '|' || locator, address, phone, email
        FROM participant_in_force LEFT JOIN firm_party f ON f.firm_key = CASE WHEN participant_inn IS NULL THEN participant_key END
        WHERE coalesce(participant_kind, '') <> 'person' AND coalesce(participant_inn, participant_key) IS NOT NULL
        UNION ALL
        SELECT coalesce('inn:' || supplier_inn, f.party, 'firm:' || supplier_key), 'awarded|' || source_id || '|' || locator, supplier_address, supplier_phone, supplier_email
        FROM contract_in_force LEFT JOIN firm_party f ON f.firm_key = CASE WHEN supplier_inn IS NULL THEN supplier_key END
        WHERE coalesce(supplier_kind, '') <> 'person' AND coalesce(supplier_inn, supplier_key) IS NOT NULL
          AND coalesce(supplier_address, supplier_phone, supplier_email) IS NOT NULL
        UNION ALL
        SELECT 'inn:' || inn, 'company|' || source_id || '|' || locator, address, NULL, email FROM company WHERE inn IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY inn ORDER BY extract_date DESC NULLS LAST, source_id, locator) = 1
        ORDER BY 2""").fetchall()
    )


def supplier_contacts(store: Store) -> list[Contact]:
    """Of `organisation_contact` those of suppliers."""
    rows = store.sql(
        "SELECT means, key, holder, evidence FROM organisation_contact SEMI JOIN any_purchase ON supplier = holder ORDER BY ALL"
    ).fetchall()
    return [Contact(*row) for row in rows]


def shared(persons: list[Contact], organisations: list[Contact]) -> tuple[list[Control], list[Hub]]:
    """Controls of kind `contact` of persons over organisations, and the contacts too many have."""
    hubs: dict[tuple[str, str], Hub] = {}
    found: dict[tuple[str, str, str], Control] = {}
    by_key: dict[tuple[str, str], list[Contact]] = defaultdict(list)
    for contact in organisations:
        by_key[contact.means, loose(contact)].append(contact)
    sharing: dict[tuple[str, str], list[Contact]] = defaultdict(list)
    for contact in persons:
        if (contact.means, loose(contact)) in by_key:
            sharing[contact.means, loose(contact)].append(contact)
    for place, people in sorted(sharing.items()):
        firms = by_key[place]
        hub = _hub(place, people, firms)
        if hub:
            hubs[place] = hub
            continue
        for person in people:
            for firm in firms:
                if fits(person, firm):
                    found.setdefault((person.holder, firm.holder, person.means), _control(person, firm))
    return [found[key] for key in sorted(found)], list(hubs.values())


def fits(one: Contact, other: Contact) -> bool:
    """Whether two contacts of one loose key are the same."""
    return one.means != "address" or same_flat(one.key, other.key)


def _control(person: Contact, firm: Contact) -> Control:
    evidence = ((person.evidence, firm.evidence),)
    return Control(person.holder, firm.holder, "contact", None, None, Period(None, None, None), evidence, (), person.means)


def contact_keys(means: str, text: str | None) -> tuple[str, ...]:
    """What is compared of an address, of phones or e-mails; of an address without the settlement, which half of them leave out."""
    keys = _keys(means, text)
    return tuple(key.partition("|")[2] for key in keys) if means == "address" else keys


def _keys(means: str, text: str | None) -> tuple[str, ...]:
    """A cell may hold several phones and mailboxes, but one address."""
    if not text:
        return ()
    if means == "address":
        key = flat_key(text)
        return (key,) if key else ()
    return phone_numbers(text) if means == "phone" else emails(text)


def loose(contact: Contact) -> str:
    """The key to look by: of an address without the settlement, which half of the records leave out."""
    return contact.key.partition("|")[2] if contact.means == "address" else contact.key


def _hub(place: tuple[str, str], people: list[Contact], firms: list[Contact]) -> Hub | None:
    persons, organisations = {contact.holder for contact in people}, {contact.holder for contact in firms}
    crowded = len(organisations) > MOST_ORGANISATIONS or len(persons) > MOST_PERSONS
    return Hub(*place, len(persons) + len(organisations)) if crowded else None
