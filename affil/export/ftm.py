"""FollowTheMoney, one JSON object a line: who there is, who is whose, who runs and owns what, what was bought, and what was found."""

from __future__ import annotations

from affil.export.entities import Entities
from affil.export.holdings import add_holdings, add_successions
from affil.export.leads import add_leads
from affil.export.organisations import add_organisations
from affil.export.people import add_families, add_people
from affil.export.posts import add_commissions, add_duties, add_posts
from affil.export.purchases import add_purchases
from affil.export.world import world_of
from affil.model.run import Run
from affil.store.store import Store
from affil.words import Words

FILE = "entities.ftm.json"
# Each part adds to those before it; who is a person and what an organisation comes first.
_PARTS = (
    add_people, add_organisations, add_purchases, add_holdings, add_successions, add_families, add_posts, add_commissions, add_duties, add_leads,
)  # fmt: skip


def ftm_entities(store: Store, run: Run, words: Words) -> Entities:
    """Everything of the store and the run; `store` is the open one the run was just made from. The same run gives the same lines."""
    world = world_of(store, run, words)
    for part in _PARTS:
        part(world)
    return world.book
