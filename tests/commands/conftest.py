"""The workspace that `affil review` is tried on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from review_world import few_rules, made


@pytest.fixture(scope="module")
def review_rules() -> Iterator[None]:
    """The few rules this workspace is about."""
    with few_rules():
        yield


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, small_worlds: None, review_rules: None) -> Path:
    """The workspace, screened once: to be read, or copied."""
    return made(tmp_path_factory.mktemp("review") / "place")
