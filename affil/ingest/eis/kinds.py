"""Which document of ЕИС a local name means, and the lists of names that tell its parts: `documents.yml`, checked once."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from affil.plain_yaml import plain_yaml

NOT_NEEDED = "none"


class Documents(BaseModel):
    """The names of `documents.yml`; their meaning stands there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds: dict[str, list[str]]
    containers: frozenset[str]
    other_documents: list[str]
    dropped: frozenset[str]
    first_only: frozenset[str]
    persons: frozenset[str]
    organisations: frozenset[str]
    person_types: frozenset[str]
    organisation_types: frozenset[str]
    of_others: frozenset[str]
    stages: dict[str, str]
    single_supplier: str
    law_223: str
    publisher_is_customer: frozenset[str]
    founder_roles: dict[str, list[str]]
    winner_marks: frozenset[str]
    admitted_marks: dict[str, bool]


@cache
def documents() -> Documents:
    """The lists, read once."""
    text = Path(__file__).with_name("documents.yml").read_text(encoding="utf-8")
    return Documents.model_validate(plain_yaml(text))


@lru_cache(maxsize=4_096)
def kind_of(name: str) -> str | None:
    """contract, ended, notice, protocol, unfair, excluded; `none` of a document that is not needed; None of no ЕИС document."""
    for kind, patterns in documents().kinds.items():
        if any(re.fullmatch(pattern, name) for pattern in patterns):
            return kind
    return NOT_NEEDED if any(re.fullmatch(pattern, name) for pattern in documents().other_documents) else None
