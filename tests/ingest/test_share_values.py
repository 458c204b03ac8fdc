"""Shares in texts and cells: exact, and refused where a bare number has two meanings."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affil.ingest.values.cells import Cell, Refused
from affil.ingest.values.share_values import percent_cell, share_cell, share_value


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("30 %", "3/10"),
        ("25,5%", "51/200"),
        ("1/3", "1/3"),
        ("100 процентов", "1/1"),
        ("доля", None),
        ("130 %", None),
        ("1/0", None),
    ],
)
def test_shares_in_a_text_are_exact(text: str, share: str | None) -> None:
    assert share_value(text) == share


@pytest.mark.parametrize(
    ("cell", "share", "percent"),
    [
        ("50 %", "1/2", "1/2"),
        ("12,5%", "1/8", "1/8"),
        ("33 1/3 %", "1/3", "1/3"),
        ("16 2/3%", "1/6", "1/6"),
        ("1/3", "1/3", "1/3"),
        ("1/3 доли", "1/3", "1/3"),
        ("33 1/3", "1/3", "1/3"),
        ("50", "1/2", "1/2"),
        (50.0, "1/2", "1/2"),
        (100, "1/1", "1/1"),
        ("100 процентов", "1/1", "1/1"),
        ("0,5", "1/2", "1/200"),
        ("0.25", "1/4", "1/400"),
        (0.25, "1/4", "share_unclear"),
        ("1", "share_unclear", "1/100"),
        (1.0, "share_unclear", "share_unclear"),
        ("1 %", "1/100", "1/100"),
        (0.1 + 0.2, "30000000000000004/100000000000000000", "share_unclear"),
        (1e-7, "1/10000000", "share_unclear"),
        ("", None, None),
        ("—", None, None),
        ("нет", None, None),
        ("0", "bad_share", "bad_share"),
        ("120 %", "bad_share", "bad_share"),
        ("3/2", "bad_share", "bad_share"),
        ("-5", "bad_share", "bad_share"),
        ("10 000 руб.", "bad_share", "bad_share"),
        ("1/0", "bad_share", "bad_share"),
        ("12 5", "bad_share", "bad_share"),
        (dt.date(2025, 2, 1), "bad_share", "bad_share"),
        (True, "bad_share", "bad_share"),
        (float("inf"), "bad_share", "bad_share"),
        (float("nan"), "bad_share", "bad_share"),
    ],
)
def test_a_share_under_either_heading(cell: Cell, share: str | None, percent: str | None) -> None:
    expected = {"share": share, "percent": percent}
    assert {"share": said(share_cell, cell), "percent": said(percent_cell, cell)} == {
        name: Fraction(value) if value and "/" in value else value for name, value in expected.items()
    }


def said(read: object, cell: Cell) -> Fraction | str | None:
    try:
        value = read(cell)  # type: ignore[operator]
    except Refused as refused:
        return refused.reason
    return None if value is None else Fraction(value)


@given(st.integers(1, 10_000), st.sampled_from(["{} %", "{}%", "{} процентов"]), st.booleans())
def test_percent_written_any_way_is_the_same_exact_share(hundredths: int, written: str, comma: bool) -> None:
    text = f"{hundredths / 100:.2f}".replace(".", "," if comma else ".")
    for read in (share_cell, percent_cell):
        assert Fraction(read(written.format(text)) or 0) == Fraction(hundredths, 10_000)
