"""Who works, for tests that run commands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from worklog import NAME


@pytest.fixture(scope="module")
def named(small_worlds: None) -> Iterator[None]:
    """Who works is known, as on a PC that is set up."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AFFIL_WHO", NAME)
        yield
