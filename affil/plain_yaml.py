"""YAML as plain values."""

from __future__ import annotations

from typing import Any

import yaml


def plain_yaml(text: str) -> Any:
    """What the text says, in dicts, lists and values, by libyaml where it is there; `yaml.YAMLError` where it is no YAML."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
