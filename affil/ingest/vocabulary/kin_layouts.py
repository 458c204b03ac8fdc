"""How kin stand in officers' own layouts, as `kin.yml` says: headings of columns of kin, and kin written into one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from affil.ingest.vocabulary.vocabulary import plain
from affil.plain_yaml import plain_yaml


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    any_kin: list[str]
    not_said: list[str]
    spouses_too: str
    nominative: dict[str, str]
    neutral: dict[str, dict[str, str]]
    behind: dict[str, str]
    also_in: dict[str, list[str]]
    nobody_of: dict[str, list[str]]
    nobody_behind: str
    unknown: list[str]
    remarks: str
    locality: str
    street: str
    address_said: str
    department: str
    sheet_says_nothing: str


@dataclass(frozen=True, slots=True)
class KinLayouts:
    """The content of kin.yml in comparable form; the keys are explained there."""

    any_kin: frozenset[str]
    not_said: tuple[re.Pattern[str], ...]
    spouses_too: re.Pattern[str]
    nominative: dict[str, str]
    neutral: dict[str, dict[str, str]]
    behind: dict[str, str]
    also_in: dict[str, frozenset[str]]
    nobody_of: dict[str, str]
    nobody_behind: re.Pattern[str]
    unknown: frozenset[str]
    remarks: re.Pattern[str]
    locality: re.Pattern[str]
    street: re.Pattern[str]
    address_said: re.Pattern[str]
    department: re.Pattern[str]
    sheet_says_nothing: re.Pattern[str]


@cache
def kin_layouts() -> KinLayouts:
    """The shipped kin.yml."""
    text = (Path(__file__).parent / "kin.yml").read_text(encoding="utf-8")
    spec = _Spec.model_validate(plain_yaml(text))
    return KinLayouts(
        any_kin=frozenset(map(plain, spec.any_kin)),
        not_said=tuple(re.compile(one, re.IGNORECASE) for one in spec.not_said),
        spouses_too=re.compile(spec.spouses_too, re.IGNORECASE),
        nominative=spec.nominative,
        neutral=spec.neutral,
        behind=spec.behind,
        also_in={chain: frozenset(others) for chain, others in spec.also_in.items()},
        nobody_of={plain(word): kin for kin, words in spec.nobody_of.items() for word in words},
        nobody_behind=re.compile(rf"(.+?)\W+{spec.nobody_behind}\W*", re.IGNORECASE | re.DOTALL),
        unknown=frozenset(map(plain, spec.unknown)),
        remarks=re.compile(spec.remarks, re.IGNORECASE),
        locality=re.compile(spec.locality),
        street=re.compile(spec.street, re.IGNORECASE),
        address_said=re.compile(spec.address_said, re.IGNORECASE),
        department=re.compile(spec.department, re.IGNORECASE),
        sheet_says_nothing=re.compile(spec.sheet_says_nothing, re.IGNORECASE),
    )
