"""One list of officials and kin, written in every layout officers have: each gives what the plain table gives."""

from __future__ import annotations

from typing import Any

import pytest
from kin_layouts import LAYOUTS, world, written
from table_files import read

Known = set[tuple[Any, ...]]


def kin_of(data: bytes) -> Known:
    """Official, chain, name, birth and fact of every relative; a place of work by its words."""
    rows = read(data).records.get("relative", [])
    return {
        (
            row["official_name_key"],
            row["chains"],
            row["name_key"],
            row["birth_date"],
            row["birth_year"],
            row["fact"],
            row["employer"],
        )
        for row in rows
    }


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("layout", [*LAYOUTS, "a sheet a department"])
def test_every_layout_gives_the_kin_of_the_plain_table(layout: str, seed: int) -> None:
    officials = world(seed)
    expected = kin_of(written("plain", seed, officials))
    assert expected
    found = kin_of(written(layout, seed, officials))
    assert (found - expected, expected - found) == (set(), set())
