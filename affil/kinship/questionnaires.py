"""Which groups of kin a form of questionnaire asks for: of a group it does not ask for, nothing was said."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from affil.plain_yaml import plain_yaml


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Edition(_Strict):
    """One edition of a form, `named` so where the wording of a file tells it.

    `asks` are groups as `declared_group` names them, `reason` a key under `undetermined`.
    """

    form: str
    named: str
    filled_from: dt.date | None
    filled_to: dt.date | None
    asks: tuple[str, ...]
    reason: str


class _Forms(_Strict):
    forms: tuple[Edition, ...]


@cache
def editions() -> tuple[Edition, ...]:
    """Every known edition of every known form."""
    text = (Path(__file__).parent / "questionnaires.yml").read_text(encoding="utf-8")
    return _Forms.model_validate(plain_yaml(text)).forms


def edition_of(form: str, filled: dt.date | None) -> Edition | None:
    """The edition of that name; of the form's the one in use on the day, without a day the one that asks for least.

    None for a form not known here.
    """
    for edition in editions():
        if edition.named == form:
            return edition
    known = [edition for edition in editions() if edition.form == form]
    if filled is None:
        return min(known, key=lambda edition: len(edition.asks), default=None)
    return next((one for one in known if (one.filled_from or filled) <= filled <= (one.filled_to or filled)), None)


def reason_of_missing(forms: frozenset[str | None], filled: dt.date | None, missing: frozenset[str]) -> str:
    """Why the `missing` groups were not declared: the form does not ask for one of them, or they were left empty.

    `forms`: of every source the official's kin stand in, None for an officer's own table, which may ask for any group.
    """
    known = [edition_of(form, filled) if form else None for form in sorted(forms, key=str)]
    if not known or None in known:
        return "groups_not_declared"
    asked = {group for edition in known if edition for group in edition.asks}
    least = next(edition for edition in known if edition)
    return least.reason if missing - asked else "groups_not_declared"
