"""What a rule asks of the officials, suppliers and purchases on its path, counts over findings, priorities and bases."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from affil.rules.hops import Strict

Priority = Literal["first", "high", "normal", "low", "info"]
Law = Literal["44-ФЗ", "223-ФЗ"]


class Purchases(Strict):
    """Which purchases the rule is about; one of which method and ground do not tell is kept, and its ground is to be clarified.

    `article31`: only those for which 44-ФЗ ст. 31 ч. 1 п. 9 can hold. `competitive`: only those a commission decides, so none from
    a single supplier (ст. 39 ч. 1, ст. 93). `law`: only those under that law; one that names none counts as under 44-ФЗ.
    """

    article31: bool = False
    competitive: bool = False
    law: Law | None = None


class Officials(Strict):
    """Which officials the rule is about: `statuses` of CONTRACT 3 (an unknown one is passed over, and told as such);
    `former_months`: those whose service with the customer ended no longer than that before the event, in place of those who serve."""

    statuses: tuple[str, ...] = ()
    former_months: int | None = Field(default=None, ge=1, le=120)


class Suppliers(Strict):
    """What the registry must say of the supplier on the day of the event.

    `forms`: how its ОКОПФ code may begin. `younger_than_days`: registered less than that before. `ended`: its registration had
    ended. `shared_person`: its director or an owner is that of at least so many loaded organisations; `shared_address`: so many
    stand at its address.
    """

    forms: tuple[str, ...] = ()
    younger_than_days: int | None = Field(default=None, ge=1, le=3650)
    ended: bool = False
    shared_person: int | None = Field(default=None, ge=2)
    shared_address: int | None = Field(default=None, ge=2)

    @property
    def any(self) -> bool:
        """Whether anything is asked at all."""
        return self != Suppliers()


class Series(Strict):
    """A count over findings of other rules (`of`), or over purchases where `of` is empty, for each `per`.

    `least`: how many different of `count` there must be. `grounds`: points of 44-ФЗ ст. 93 ч. 1, only such contracts count.
    `same_subject`: of one subject. `within_days`: between each and the next. `total_over`: roubles together. `single_bid`: only
    procedures with one bid. `share_over`: part of what the customer spent on these grounds.
    """

    of: tuple[str, ...] = ()
    per: Literal["supplier", "official and supplier", "customer and supplier"]
    count: Literal["officials", "contracts", "procedures"]
    least: int = Field(ge=2)
    grounds: tuple[int, ...] = ()
    same_subject: bool = False
    within_days: int | None = Field(default=None, ge=1)
    total_over: float | None = Field(default=None, gt=0)
    single_bid: bool = False
    share_over: float | None = Field(default=None, gt=0, lt=1)


class Basis(Strict):
    """A norm, by the day of the notice or else of the event: `until` is its last day; `law`: purchases under that law only."""

    id: str
    since: dt.date | None = None
    until: dt.date | None = None
    law: Law | None = None


class Priorities(Strict):
    """What the finding is worth at first sight: `base`; `role` where the official has a role in procurement; `article31` where
    44-ФЗ ст. 31 ч. 1 п. 9 can hold: its post, circle, kind of control (a share known to be above 10 %) and kind of purchase, a notice
    since 01.07.2022; `small_share` is the most a share not above 10 % is worth (44-ФЗ ст. 39 ч. 6 п. 3 asks for no size)."""

    base: Priority
    role: Priority | None = None
    article31: Priority | None = None
    small_share: Priority = "normal"
