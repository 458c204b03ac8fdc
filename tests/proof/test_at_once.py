"""Two commands at once: each does its work, or says who holds the store and leaves it to be done later; nothing is lost."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.proof.killed import COMMANDS, Command, Forks, broken_of, copied, quick_disk, run_of, world

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked"),
    pytest.mark.skipif(not os.environ.get("AFFIL_PROOF"), reason="make proof"),
]
TIMES = 12
PAIRS = [
    ("screen", "screen"), ("screen", "purge"), ("purge", "screen"), ("load", "review"), ("review", "load"), ("review", "review"),
    ("import", "review"), ("purge", "purge"), ("screen", "import"),
]  # fmt: skip


@dataclass(slots=True)
class Two:
    """Two processes that run commands, and the world they meet in."""

    one: Forks
    other: Forks
    folder: Path


@pytest.fixture(scope="module")
def two() -> Iterator[Two]:
    with quick_disk("two") as folder, Forks(folder) as one, Forks(folder) as other:
        world(folder / "made", one, None)
        yield Two(one, other, folder)


@pytest.mark.parametrize("names", PAIRS, ids="+".join)
def test_two_at_once_lose_nothing(two: Two, names: tuple[str, str]) -> None:
    commands = [COMMANDS[name] for name in names]
    waiting = any(command.waiting for command in commands)
    serial = made(two, commands, waiting)
    began = time.monotonic()
    for command in commands:
        assert two.one.run(*command.of(serial)) == 0
    lasts = (time.monotonic() - began) / 2
    expected, kept = after(two, serial), entries(serial)
    ends, chance = Counter[str](), random.Random(7)
    for turn in range(TIMES):
        root = made(two, commands, waiting)
        later = lasts * (turn / TIMES if turn else 0.4) + chance.uniform(0, 0.05)
        with ThreadPoolExecutor(1) as beside:
            first = beside.submit(two.one.run, *commands[0].of(root))
            time.sleep(later)
            codes = [two.other.run(*commands[1].of(root))]
            codes.insert(0, first.result())
        told = f"{names}, the second {later:.2f} s after the first: {codes}, {two.one.said[-300:]} {two.other.said[-300:]}"
        assert 0 in codes and set(codes) <= {0, 1}, told
        for code, forks, command in zip(codes, (two.one, two.other), commands, strict=True):
            if code:
                assert "занято" in forks.said and "Traceback" not in forks.said and "Не выполнено" in forks.said, told
                assert two.one.run(*command.of(root)) == 0, told
        assert not broken_of(root), told
        assert "purge" not in names or not COMMANDS["purge"].left(root), told
        ends["both" if codes == [0, 0] else f"the {'second' if codes[1] else 'first'} was told"] += 1
        assert (after(two, root), entries(root)) == (expected, kept), told
    print(f"\n{' + '.join(names)}: {lasts:.2f} s each; {dict(ends)}")


def made(two: Two, commands: list[Command], waiting: bool) -> Path:
    root = copied(two.folder / "made", two.folder / "now", waiting)
    for prepare in dict.fromkeys(command.prepare for command in commands):
        prepare(root)
    return root


def after(two: Two, root: Path) -> bytes:
    """The findings of the run after both, all that both leave having been looked at."""
    assert two.one.run("screen", "-w", root, quick=True) == 0
    assert two.one.run("audit", "verify", "-w", root, quick=True) == 0
    assert two.one.run("verify", "--no-repeat", "-w", root, quick=True) == 0
    assert not [name for name in os.listdir(root) if name.startswith("affil-waiting")]
    return (run_of(root) / "findings.json").read_bytes()


def entries(root: Path) -> tuple[int, list[str]]:
    """How many entries the decision log has, and which commands did their work by the access log."""
    from affil.audit.log import read
    from affil.decisions.log import read_log
    from affil.store.store import Store

    with Store.open(root / "affil.duckdb") as store:
        done = [one.command for one in read(store) if one.facts.get("result") != "failed" and one.command != "load"]
        return len(read_log(store)), sorted(done)
