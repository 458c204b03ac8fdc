"""The fixture of every test: it fails where the test, or a process it started, tried to open a connection."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

import no_network
import pytest

handle, TOLD = tempfile.mkstemp(prefix="connections-", suffix=".txt")  # one a process, so also one a worker of xdist
os.close(handle)
no_network.watch(TOLD)


@pytest.fixture(autouse=True)
def no_connections() -> Iterator[None]:
    """Whatever became of the error: what was tried is a fault of the test that tried it."""
    no_network.taken(TOLD)
    yield
    if tried := no_network.taken(TOLD):
        pytest.fail("connections were opened: " + "; ".join(tried), pytrace=False)


def pytest_unconfigure() -> None:
    """The file goes with the process."""
    if os.path.exists(TOLD):
        os.unlink(TOLD)
