"""How loose lists say who is the official and who is his kin, as `loose.yml` says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from affil.plain_yaml import plain_yaml


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    himself: str
    of_official: str
    of_relative: str
    label: str
    surname: str
    given: str
    patronymic: str
    official_heading: dict[str, str]
    relative_heading: dict[str, str]


@dataclass(frozen=True, slots=True)
class LooseWords:
    """The content of loose.yml in comparable form; the keys are explained there."""

    himself: re.Pattern[str]
    of_official: re.Pattern[str]
    of_relative: re.Pattern[str]
    label: re.Pattern[str]
    name_parts: tuple[re.Pattern[str], ...]
    official_heading: dict[str, str]
    relative_heading: dict[str, str]


@cache
def loose_words() -> LooseWords:
    """The shipped loose.yml."""
    text = (Path(__file__).parent / "loose.yml").read_text(encoding="utf-8")
    spec = _Spec.model_validate(plain_yaml(text))
    return LooseWords(
        himself=re.compile(spec.himself, re.IGNORECASE),
        of_official=re.compile(spec.of_official, re.IGNORECASE),
        of_relative=re.compile(spec.of_relative, re.IGNORECASE),
        label=re.compile(spec.label, re.IGNORECASE),
        name_parts=tuple(re.compile(one) for one in (spec.surname, spec.given, spec.patronymic)),
        official_heading=spec.official_heading,
        relative_heading=spec.relative_heading,
    )
