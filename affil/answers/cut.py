"""What was not followed because too many have it in common: every limit that ended a search, with its number (DESIGN 5)."""

from __future__ import annotations

from collections.abc import Iterator

from affil.control.contacts import Hub
from affil.control.table import Behind
from affil.model.run import Undetermined
from affil.store.store import Store


def cut_short(store: Store, behind: Behind) -> Iterator[Undetermined]:
    """One line a contact, holder, owner or employer that joins nobody, as more have it than can say anything."""
    names = _names(store)
    for (means, key), number in sorted(_largest(behind.hubs).items()):
        params = {"number": str(number)}
        if means == "holder":
            yield Undetermined("holder", names.get(key, key), _inn(key), "crowded_holder", params)
        else:
            yield Undetermined("contact", key.replace("|", ", "), None, "crowded_contact", params)
    for company in sorted(set(behind.cut)):
        yield Undetermined("holder", names.get(company, company), _inn(company), "too_many_owners")
    for company in sorted(set(behind.employers)):
        yield Undetermined("supplier", names.get(company, company), _inn(company), "crowded_employer")


def _largest(hubs: list[Hub]) -> dict[tuple[str, str], int]:
    """The greatest number of each: persons and organisations are counted in one place, organisations alone in another."""
    found: dict[tuple[str, str], int] = {}
    for hub in hubs:
        found[hub.means, hub.key] = max(found.get((hub.means, hub.key), 0), hub.holders)
    return found


def _inn(party: str) -> str | None:
    return party.removeprefix("inn:") if party.startswith("inn:") else None


def _names(store: Store) -> dict[str, str]:
    """The names of organisations and of persons in the registry, by party."""
    return dict(
        store.sql("""
        SELECT 'inn:' || inn, arg_max(coalesce(short_name, full_name), extract_date) FROM company WHERE inn IS NOT NULL GROUP BY inn
        UNION ALL
        SELECT p.party, min(t.name) FROM registry_tie t
        JOIN party p ON p.mention = 'tie|' || t.source_id || '|' || t.locator || '|' || coalesce(CAST(t.extract_date AS VARCHAR), '')
        GROUP BY p.party""").fetchall()
    )
