"""Lists of contracts made from a known truth in many spellings: what is in the store is that truth, row for row."""

from __future__ import annotations

import random
from typing import Any

import pytest
from contract_lists import CUSTOMERS, Contract, contracts, lines_of
from table_files import read, xlsx_bytes

from affil.language.companies import company_key
from affil.language.fio import parse_name

Told = tuple[Any, ...]


def told(one: Contract, layout: str) -> Told:
    """What a list of this layout says of the contract."""
    name = parse_name(one.supplier) if one.person else None
    key = name.key if name else company_key(one.supplier)
    ground = f"п. {one.point} ч. 1 ст. 93" if one.point and layout != "bare" else None
    return one.number, one.signed_on, key, one.inn, one.price, ground, "person" if one.person else "organisation"


def stored(row: dict[str, Any]) -> Told:
    names = ("contract_number", "signed_on", "supplier_key", "supplier_inn", "price", "ground", "supplier_kind")
    found = {name: row[name] for name in names} | {"supplier_key": row["name_key"] or row["supplier_key"]}
    return tuple(found[name] for name in names)


@pytest.mark.parametrize("layout", ["apart", "together", "storeys", "bare"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("seed", range(4))
def test_what_is_stored_is_what_is_true(layout: str, kind: str, seed: int) -> None:
    rng = random.Random(f"{layout}{kind}{seed}")
    truth = contracts(rng, 60)
    rows = lines_of(rng, truth, layout)
    if kind == "xlsx":
        given = read(xlsx_bytes(rows))
    else:
        lines = (
            ";".join(f'"{str(cell).replace(chr(34), chr(34) * 2)}"' if cell is not None else "" for cell in row) for row in rows
        )
        given = read("\r\n".join(lines).encode("utf-8-sig"))
    assert given.rejects == []
    assert [stored(row) for row in given.records["contract"]] == [told(one, layout) for one in truth]
    assert {row["customer"] for row in given.records["contract"]} == {CUSTOMERS[0]}
    assert {row["period"] for row in given.records["contract"]} == {"2025 год"}
