"""Dates of birth of two records: whether they can be one person's."""

from __future__ import annotations

import datetime as dt


def born_apart(one: dt.date | None, other: dt.date | None) -> bool:
    """True where two dates of birth are two people's: more than one of day, month and year differs. One may be a slip, and day and
    month may have changed places. The same as `factual` of evidence.sql."""
    if one is None or other is None or (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return False
    return (one.year != other.year) + (one.month != other.month) + (one.day != other.day) > 1
