"""What all tests share: no test may open a connection, and where the real samples are, if they are here at all."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent / "guard"))
from network_fixture import no_connections, pytest_unconfigure  # noqa: F401  # no test, nor what it starts, opens the network

# A busy machine is no defect: how long things take is for benchmarks/. The usual run takes the same examples every time, so
# that a change is judged by what it changed; `make fuzz` takes new ones.
settings.register_profile("affil", deadline=None, derandomize=True, max_examples=40)
settings.register_profile("fuzz", deadline=None, print_blob=True, max_examples=300)
settings.load_profile("fuzz" if os.environ.get("AFFIL_FUZZ") else "affil")

SAMPLES = Path(os.environ.get("AFFIL_SAMPLES", Path(__file__).parents[1].parent / "shared" / "samples"))


@pytest.fixture(scope="session", autouse=True)
def frequencies_read_once() -> Iterator[None]:
    """Most worlds ask for the frequencies of the same few names; reading the lists takes longer than the rest of a small run."""
    from affil.language import frequencies

    read, known = frequencies.NameFrequencies.load, dict[tuple[frozenset[str], ...], frequencies.NameFrequencies]()

    def load(
        surnames: Iterable[str], givens: Iterable[str], patronymics: Iterable[str], connection: Any = None
    ) -> frequencies.NameFrequencies:
        asked = frozenset(surnames), frozenset(givens), frozenset(patronymics)
        if connection is not None:
            return read(*asked, connection)
        if asked not in known:
            known[asked] = read(*asked)
        return known[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frequencies.NameFrequencies, "load", load)
        patch.setattr(frequencies, "close_database", lambda: None)  # its memory is no question here
        yield


@pytest.fixture(scope="module")
def small_worlds() -> Iterator[None]:
    """For worlds of a few rows: planning a statement costs more than it saves. Not for `make proof` and `make fuzz`."""
    from affil.store.store import Store

    opened = Store.open.__func__

    def open_small(cls: type[Store], path: Path | None, *more: Any, **named: Any) -> Store:
        store = opened(cls, path, *more, **named)
        if path is None and not os.environ.get("AFFIL_PROOF"):
            store.sql("SET threads = 1")
            store.sql("PRAGMA disable_optimizer")
        return store

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "open", classmethod(open_small))
        yield


@pytest.fixture
def samples() -> Path:
    """The folder of real sample files; the test is skipped where it is absent."""
    if not SAMPLES.is_dir():
        pytest.skip("real sample files are not here")
    return SAMPLES


# Each after those it takes names from.
COMMANDS = [
    "affil.commands.common", "affil.commands.match_options", "affil.commands.match", "affil.commands.match_log",
    *(f"affil.commands.{name}" for name in ("session", "check", "forget", "key", "kpi", "person", "place")),
    *(f"affil.commands.{name}" for name in ("precheck", "report", "rules", "screen", "audit", "verify")),
    "affil.cli",
]  # fmt: skip


class Said(NamedTuple):
    """How one command ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


@pytest.fixture
def affil(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run `affil …` in this process."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["affil", *arguments])
        for name in COMMANDS:  # what is said in help depends on the arguments
            cli = importlib.reload(importlib.import_module(name))
        capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run
