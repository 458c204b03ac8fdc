"""What all tests share: no test may open a connection, and where the real samples are, if they are here at all."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no defect: how long things take is for benchmarks/. The usual run takes the same examples every time, so
# that a change is judged by what it changed; `make fuzz` takes new ones.
settings.register_profile("affil", deadline=None, derandomize=True)
settings.register_profile("fuzz", deadline=None, print_blob=True)
settings.load_profile("fuzz" if os.environ.get("AFFIL_FUZZ") else "affil")

SAMPLES = Path(os.environ.get("AFFIL_SAMPLES", Path(__file__).parents[1].parent / "shared" / "samples"))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A socket to another machine is an error in every test: the program works offline."""

    def refuse(self: socket.socket, address: object) -> None:
        raise AssertionError(f"a connection was opened: {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    yield


@pytest.fixture
def samples() -> Path:
    """The folder of real sample files; the test is skipped where it is absent."""
    if not SAMPLES.is_dir():
        pytest.skip("real sample files are not here")
    return SAMPLES
