"""Who is who, what was bought and who stands behind it: the ground on which rules are asked, for a run and for a pre-check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from affil.control.behind import make_behind
from affil.control.table import Behind, make_control
from affil.kinship.compose import Kin
from affil.kinship.table import make_declarations, make_kin
from affil.procurement.posts import make_posts
from affil.procurement.purchases import make_purchases
from affil.resolve.decided import leave_out_the_judged
from affil.resolve.destroyed import refuse_destroyed
from affil.resolve.link import link_anew
from affil.resolve.parties import make_parties
from affil.resolve.suppose import make_near_names, make_suppositions
from affil.rules.rule import Catalogue
from affil.settings import Settings
from affil.store.outline import is_unlinked
from affil.store.store import Store

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run looks at: purchases with an event between two days, both inclusive, None = open; `as_of` changes no finding.

    `procedure`: the bids of this procurement alone.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    as_of: dt.date | None = None
    procedure: str | None = None


@dataclass(frozen=True, slots=True)
class Ties:
    """What the ties of a run are told with, beside the temporary tables they stand in."""

    conflicts: list[dict[str, object]]
    kin: list[Kin]
    behind: Behind


def ties_of(store: Store, catalogue: Catalogue, settings: Settings, scope: Scope, told: Told = lambda _: None) -> Ties:
    """Who is who, what was bought and who stands behind it: the temporary tables the rules join."""
    told("resolve")
    if is_unlinked(store):
        link_all(store, settings)  # a load was cut short after its files and before this step
    conflicts = make_parties(store)
    make_purchases(store, only_customer(settings), scope.since, scope.until, scope.procedure, scope.as_of)
    told("ties")
    make_posts(store)
    make_declarations(store)
    hubs = make_behind(store)
    make_near_names(store)
    leave_out_the_judged(store)
    behind = make_control(store, hubs)
    kin = make_kin(store)
    make_suppositions(store, settings.organisation.region_code, catalogue.asks("name_pattern"))
    return Ties(conflicts, kin, behind)


def link_all(store: Store, settings: Settings) -> None:
    """Tie all rows of the store to their officials, as the settings ask for it; nobody whose data were destroyed comes back."""
    with store.transaction():
        link_within(store, settings)


def link_within(store: Store, settings: Settings) -> None:
    """The same inside a transaction of the caller's."""
    customer, without = only_customer(settings), settings.legal_basis.relatives.missing()
    link_anew(store, customer, without)
    if refuse_destroyed(store):
        link_anew(store, customer, without)


def only_customer(settings: Settings) -> str | None:
    """The customer of rows that name none: the settings' only one, else None."""
    customers = settings.purchases.customers
    return customers[0] if len(customers) == 1 else None
