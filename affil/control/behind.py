"""Temporary tables of who may stand behind the suppliers at all, and what is related to these: the ground on which control is worked out."""

from __future__ import annotations

from pathlib import Path

from affil.control.contacts import Hub, loose, organisation_contacts
from affil.control.related import make_related
from affil.store.store import Store


def make_behind(store: Store) -> list[Hub]:
    """organisation_contact, related, target, above(target, inn), stands_behind(person, organisation), looped(inn).

    Back comes what too many organisations have in common. Needs the temporary tables party, purchase and institution_of.
    """
    columns = dict.fromkeys(("means", "key", "holder", "evidence", "loose"), "VARCHAR")
    found = [(each.means, each.key, each.holder, each.evidence, loose(each)) for each in organisation_contacts(store)]
    store.temporary("organisation_contact", columns, found)
    hubs = make_related(store)
    store.script(Path(__file__).with_suffix(".sql"))
    return hubs
