"""Organisations that have something in common with a supplier: a director, an owner, an address, a phone, an e-mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from affil.control.contacts import MOST_ORGANISATIONS, Hub
from affil.store.store import Store

MOST_HELD = 20  # who stands in more organisations is a liquidator, a managing company or a nominee: he joins none of them


@dataclass(frozen=True, slots=True)
class Relation:
    """`one` and `other` (a supplier) have `holder` in common, or one holds the other; `evidence`: the record at either end.

    `link` is one of hops.Link. Dates are those of the tie that began last; None is unknown or open.
    """

    one: str
    other: str
    link: str
    holder: str
    evidence: tuple[str, ...]
    since: dt.date | None = None


def make_related(store: Store) -> list[Hub]:
    """Temporary table `related` (related_id, one, other, link, holder, …); back comes what too many have in common to say anything.

    Needs the temporary tables purchase, party and organisation_contact.
    """
    store.script(Path(__file__).with_suffix(".sql"), {"most_held": MOST_HELD, "most_organisations": MOST_ORGANISATIONS})
    return [Hub(*row) for row in store.sql("SELECT means, loose, holders FROM hub ORDER BY ALL").fetchall()]


def relations(store: Store, ids: Iterable[int]) -> dict[int, Relation]:
    """The relations of these rows of `related`, by related_id."""
    store.temporary("asked_relation", {"related_id": "BIGINT"}, [(number,) for number in sorted(set(ids))])
    rows = store.sql("""
        SELECT related_id, one, other, link, holder, evidence, other_evidence, valid_from FROM related SEMI JOIN asked_relation USING (related_id)
        """).fetchall()
    return {row[0]: Relation(row[1], row[2], row[3], row[4], tuple(end for end in row[5:7] if end), row[7]) for row in rows}
