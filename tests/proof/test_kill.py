"""kill -9 at random moments: the store opens, its logs hold, and the next run finds what an undisturbed one does.

`make proof` kills 200 times, half of them with an encrypted store; the usual run once each command.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proof.killed import COMMANDS, KEY, STORE, Forks, broken_of, copied, key_of_world, world

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")

PROOF = bool(os.environ.get("AFFIL_PROOF"))
KILLS = -(-200 // (2 * len(COMMANDS))) if PROOF else 1  # of each command with each kind of store


@pytest.fixture(scope="module", params=[None, KEY] if PROOF else [None], ids=lambda key: "encrypted" if key else "plain")
def ready(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Forks, Path, bytes, float]]:
    """Commands to run, the world as it is made, and the findings and the seconds of an undisturbed run in it."""
    folder = tmp_path_factory.mktemp("killed")
    with Forks(request.param) as forks:
        world(folder / "made", forks)
        assert bool(key_of_world(folder / "made")) is bool(request.param)
        undisturbed = copied(folder / "made", folder / "undisturbed")
        began = time.monotonic()
        assert forks.run("screen", "-w", undisturbed) == 0
        yield forks, folder, findings(undisturbed), time.monotonic() - began


def findings(root: Path) -> bytes:
    run = (root / "reports" / "latest").read_text("utf-8").strip()
    return (root / "reports" / run / "findings.json").read_bytes()


@pytest.mark.parametrize("name", COMMANDS)
def test_killed_at_any_moment_nothing_is_lost(ready: tuple[Forks, Path, bytes, float], name: str) -> None:
    forks, folder, expected, lasts = ready
    command, chance = COMMANDS[name], random.Random(7)
    if PROOF:
        whole = copied(folder / "made", folder / name)
        if command.prepare:
            command.prepare(whole)
        began = time.monotonic()
        assert forks.run(*command.arguments, "-w", whole) in (0, 3, 5)
        lasts = time.monotonic() - began
    ends = Counter[str]()
    for _ in range(KILLS):
        root = copied(folder / "made", folder / name)
        if command.prepare:
            command.prepare(root)
        after = chance.uniform(0, lasts * 1.02) if PROOF else lasts / 4
        code = forks.run(*command.arguments, "-w", root, after=after)
        ends["killed" if code == -9 else "done"] += 1
        ends["left a log beside the store"] += (root / f"{STORE}.wal").exists()
        told = f"{name} killed after {after:.3f} s of {lasts:.3f}"
        assert not broken_of(root), told
        assert forks.run("screen", "-w", root) == 0, told
        assert findings(root) == expected, told
        assert forks.run("verify", "-w", root, *([] if PROOF else ["--no-repeat"])) == 0, told
        assert forks.run("audit", "verify", "-w", root) == 0, told
        assert not broken_of(root), told
        assert not [path.name for path in (root / "reports").iterdir() if path.name.startswith(".latest")], told
    print(f"{name}: {lasts:.2f} s undisturbed; {dict(ends)}")
    assert ends["killed"] >= KILLS // 2, "most were killed before their end"
