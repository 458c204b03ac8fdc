"""The words of orders on commissions (words.yml), checked and compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from affil.plain_yaml import plain_yaml


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid")
    act: str
    commission: str
    not_it: str
    not_customer: str
    customer_in_text: str
    inn: str
    roles: dict[str, str]
    no_vote: str
    doings: dict[str, str]
    oblique: list[str]
    ends: str
    post_nominative: str
    post_oblique: str
    role_end: str
    head: str


@dataclass(frozen=True, slots=True, eq=False)
class OrderWords:
    """Patterns by what they find; `roles` and `doings` in the order they are tried."""

    act: re.Pattern[str]
    commission: re.Pattern[str]
    not_it: re.Pattern[str]
    not_customer: re.Pattern[str]
    customer_in_text: re.Pattern[str]
    inn: re.Pattern[str]
    roles: dict[str, re.Pattern[str]]
    no_vote: re.Pattern[str]
    doings: dict[str, re.Pattern[str]]
    oblique: frozenset[str]
    ends: re.Pattern[str]
    post_nominative: re.Pattern[str]
    post_oblique: re.Pattern[str]
    head: re.Pattern[str]


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ?", r"\s*").replace(" ", r"\s+"), re.IGNORECASE)


@cache
def order_words() -> OrderWords:
    """The shipped words."""
    spec = _Spec.model_validate(plain_yaml((Path(__file__).parent / "words.yml").read_text(encoding="utf-8")))
    return OrderWords(
        act=_compiled(rf"^\W*(?:{spec.act})"),
        commission=_compiled(spec.commission),
        not_it=_compiled(spec.not_it),
        not_customer=_compiled(spec.not_customer),
        customer_in_text=_compiled(spec.customer_in_text),
        inn=_compiled(spec.inn),
        roles={role: _compiled(f"(?:{pattern})(?={spec.role_end})") for role, pattern in spec.roles.items()},
        no_vote=_compiled(spec.no_vote),
        doings={doing: _compiled(pattern) for doing, pattern in spec.doings.items()},
        oblique=frozenset(spec.oblique),
        ends=_compiled(spec.ends),
        post_nominative=_compiled(spec.post_nominative),
        post_oblique=_compiled(spec.post_oblique),
        head=_compiled(spec.head),
    )
