"""The figures of weights.toml, as numbers and as parameters of evidence.sql."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def weights() -> dict[str, Any]:
    """Every figure by its name; facts are pairs [agrees of one person, agrees of two of one name]."""
    return tomllib.loads((files("affil.identity") / "weights.toml").read_text(encoding="utf-8"))


@cache
def parameters() -> dict[str, float]:
    """Parameters of evidence.sql: each figure by its name, facts as how many times oftener they agree of one person."""
    return {
        name: value[0] / value[1] if isinstance(value, list) else float(value)
        for name, value in weights().items()
    }  # fmt: skip
