"""A relation of two organisations as it is read back: its evidence is that of the tie or of both, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from affil.control.related import Relation, relations
from affil.store.store import Store

SINCE = dt.date(2020, 3, 1)


@pytest.mark.parametrize("since", [None, SINCE])
@pytest.mark.parametrize("other", [None, "tie|2"])
def test_evidence_is_of_one_tie_or_of_two_whenever_it_began(since: dt.date | None, other: str | None) -> None:
    columns = dict.fromkeys(("one", "other", "link", "holder", "evidence", "other_evidence"), "VARCHAR")
    row = ("inn:1", "inn:2", "person", "holder", "tie|1", other, since)
    with Store.scratch() as store:
        store.temporary("related", {"related_id": "BIGINT", **columns, "valid_from": "DATE"}, [(7, *row), (8, *row)])
        found = relations(store, [7])
    assert found == {7: Relation("inn:1", "inn:2", "person", "holder", ("tie|1", "tie|2") if other else ("tie|1",), since)}
