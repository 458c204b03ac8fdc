"""kill -9 at random moments and at every step that changes the disk: the store opens, its logs hold, and the next run finds what
an undisturbed one does.

`make proof` kills each command 200 times, half of them with an encrypted store; the usual run a few times, where it hurts most.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.proof.killed import (
    COMMANDS,
    KEY,
    STORE,
    Command,
    Forks,
    broken_of,
    bytes_of,
    copied,
    key_text,
    quick_disk,
    run_of,
    state_of,
    world,
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")

PROOF = int(os.environ.get("AFFIL_KILLS") or 200) if os.environ.get("AFFIL_PROOF") else 0  # of each command
USUAL = {"screen": "os.rename .*latest", "review": "commit done"}
"""At which step the usual run kills, the last time it comes."""

FORSAKEN = (".writing-", ".latest-", ".affil-waiting-", f".{STORE}.held")
"""Drafts of who was killed: taken away once nobody can be at work on them any more."""


@dataclass(slots=True)
class Ready:
    """Commands to run, the world as it is made, and of each command an undisturbed one's findings, seconds and steps."""

    forks: Forks
    folder: Path
    key: str | None
    known: set[tuple[str, ...]] = field(default_factory=set)


@pytest.fixture(scope="module", params=[None, KEY] if PROOF else [None], ids=lambda key: "encrypted" if key else "plain")
def ready(request: pytest.FixtureRequest) -> Iterator[Ready]:
    with quick_disk("killed") as folder, Forks(folder) as forks:
        world(folder / "made", forks, request.param)
        assert bool(key_text(folder / "made")) is bool(request.param)
        yield Ready(forks, folder, request.param)


def findings(root: Path) -> bytes:
    return (run_of(root) / "findings.json").read_bytes()


@pytest.mark.parametrize("name", COMMANDS if PROOF else USUAL)
def test_killed_at_any_moment_nothing_is_lost(ready: Ready, name: str) -> None:
    command, began = COMMANDS[name], time.monotonic()
    if bool(ready.key) not in command.stores:
        pytest.skip("such a store has no such command")
    lasts, steps, expected = undisturbed(ready, command)
    ends = Counter[str]()
    for after, step in moments(name, lasts, steps):
        root = fresh(ready, command)
        code = ready.forks.run(*command.of(root), key=command.key or ready.key, after=after, step=step)
        ends["killed" if code == -9 else "done"] += 1
        ends["left a log beside the store"] += (root / f"{STORE}.wal").exists()
        told = f"{name} killed " + (f"after {after:.3f} s of {lasts:.3f}" if after else f"at step {step}, {steps[step or 0]}")
        told += f"; it went as far as {ready.forks.steps[-3:]}"
        left = name, bytes_of(root)
        ends["changed something"] += left not in ready.known
        if left not in ready.known:  # what was looked at before, byte for byte, need not be looked at again
            look_at(ready, command, root, expected, told, whole=ends["changed something"] % 10 == 1)
            ready.known.add(left)
    took = time.monotonic() - began
    print(f"\n{name}, {kind(ready)}: {lasts:.2f} s undisturbed, {len(steps)} steps; killed in {took:.0f} s: {dict(ends)}")
    assert ends["killed"] >= ends["done"], "most were killed before their end"


def kind(ready: Ready) -> str:
    return "encrypted" if ready.key else "plain"


def fresh(ready: Ready, command: Command) -> Path:
    """The workspace as it is before the command."""
    root = copied(ready.folder / "made", ready.folder / "now", command.waiting)
    command.prepare(root)
    return root


def undisturbed(ready: Ready, command: Command) -> tuple[float, list[str], bytes]:
    """How long the command takes where nothing stops it, its steps, and the findings of the run after it."""
    root, began = fresh(ready, command), time.monotonic()
    assert ready.forks.run(*command.of(root), key=command.key or ready.key) == 0
    lasts, steps = time.monotonic() - began, ready.forks.steps
    assert not command.left(root)
    assert ready.forks.run("screen", "-w", root, key=key_text(root), quick=True) == 0
    return lasts, steps, findings(root)


def moments(name: str, lasts: float, steps: list[str]) -> Iterator[tuple[float | None, int | None]]:
    """Half of them at steps, the first and the last and evenly between, each once at most; the others at any second."""
    if not PROOF:
        yield None, max(number for number, step in enumerate(steps) if re.match(USUAL[name], step))
        return
    kinds = len(COMMANDS[name].stores)
    most = -(-PROOF // kinds)
    at = sorted({round(place * (len(steps) - 1) / (most // 2)) for place in range(most // 2 + 1)})
    yield from ((None, number) for number in at)
    chance = random.Random(7)
    yield from ((chance.uniform(0.001, lasts * 1.02), None) for _ in range(most - len(at)))


def look_at(ready: Ready, command: Command, root: Path, expected: bytes, told: str, whole: bool) -> None:
    """All that must hold after a kill; `whole`: also what `affil verify` says of it, the run made anew."""

    def run(*argv: object) -> None:
        code = ready.forks.run(*argv, "-w", root, key=key_text(root), quick=True)
        assert code == 0, (code, argv, told, ready.forks.said)

    assert not (broken_of(root) + command.broken(root)), told
    if whole:
        run("audit", "verify")
        run("verify", "--no-repeat")
    if command.again is not None and (not command.once or command.left(root)):
        code = ready.forks.run(*command.of(root), key=command.key or ready.key, quick=True)
        assert code in command.again, (code, told, ready.forks.said)
        assert not command.left(root), told
    state = state_of(root), expected.hex()
    if whole or state not in ready.known:  # a store that holds the same gives the same run
        run("screen")
        assert findings(root) == expected, told
        ready.known.add(state)
    if whole:
        run("verify", *([] if PROOF else ["--no-repeat"]))
        run("audit", "verify")
    assert not (broken_of(root) + command.left(root)), told
    hidden = [path.name for path in (*root.iterdir(), *(root / "reports").iterdir()) if path.name.startswith(".")]
    assert not [name for name in hidden if not name.startswith((".writing-", ".latest-", ".affil-waiting-", f".{STORE}.held"))], (
        told
    )


@pytest.mark.skipif(not PROOF, reason="make proof")
@pytest.mark.parametrize("name", COMMANDS)
def test_without_room_it_is_one_line_and_nothing_is_lost(ready: Ready, name: str) -> None:
    """No file may grow over some size, the store among them: as if the disk were full there."""
    command = COMMANDS[name]
    if bool(ready.key) not in command.stores:
        pytest.skip("such a store has no such command")
    _, _, expected = undisturbed(ready, command)
    size, ends = (ready.folder / "made" / STORE).stat().st_size, Counter[int]()
    for part in range(20):
        root = fresh(ready, command)
        room = size * part // 14 + part % 3 * 700
        code = ready.forks.run(*command.of(root), key=command.key or ready.key, room=room)
        ends[code] += 1
        told = f"{name} with room for {room} of {size}: {code}, {ready.forks.said[-400:]}"
        lines = [line for line in ready.forks.said.splitlines() if line.startswith("Не выполнено")]
        assert "Traceback" not in ready.forks.said and (code, len(lines)) in ((0, 0), (1, 1)), told
        look_at(ready, command, root, expected, told, whole=not part)
    print(f"\n{name}, {kind(ready)}: without room {dict(ends)}")
    assert ends[1]
