"""`make mutants`: small changes of the engine, one at a time; a change that no test notices is read by a person.

    python tests/mutants/run.py [--part NAME]… [--cap N] [--left FILE] [--tests PATH…]

After a test was written for what survived: `--left build/mutants.txt --tests` and the test, `--out` another file.

Own and small, because what is on offer starts the tests anew for each mutant or leaves alone what decides here: SQL in strings
and files, the wordings of statutes in YAML, statements of modules. Works where a process can be forked (Linux, macOS).
"""

from __future__ import annotations

import argparse
import ast
import math
import os
import pickle
import random
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE)]

import hypothesis
import pytest
from mutant_changes import Change, changes
from mutant_live import Live
from mutant_questions import (
    KILLED,
    SURVIVED,
    TIMEOUT,
    UNCHANGED,
    UNMADE,
    Failures,
    Known,
    Question,
    all_of,
    answers,
    nearest,
    undisturbed,
)
from mutant_texts import sql_changes, yaml_changes

PLAN = tomllib.loads((HERE / "plan.toml").read_text(encoding="utf-8"))
STEPS: list[float] = PLAN["steps"]  # seconds of tests a mutant is put to; what survives the first is put to others, for longer
FEW = 5  # tests; where no more run a line, those that run others of its file are asked too
EQUAL = tomllib.loads((HERE / "equal.toml").read_text(encoding="utf-8"))["change"]


def files_of(part: str) -> list[str]:
    """The files of a part, without those of the parts before it."""
    earlier = [one for one in PLAN["parts"] if one != part][: list(PLAN["parts"]).index(part)]
    taken = {file for one in earlier for file in files_of(one)}
    found = {str(path.relative_to(ROOT)) for pattern in PLAN["parts"][part]["files"] for path in ROOT.glob(pattern)}
    return sorted(found - taken)


def mutants(file: str) -> list[Change]:
    """All changes of a file."""
    text = (ROOT / file).read_text(encoding="utf-8")
    if file.endswith(".py"):
        return changes(file, text)
    made = sql_changes(text) if file.endswith(".sql") else yaml_changes(text)
    return [Change(file, line + 1, (1, 1), told, text=new) for (line, told), new in made]


def drawn(part: str, cap: int | None) -> tuple[list[Change], int, int]:
    """The mutants of a part that are tried, how many there are, and how many of the drawn ones equal.toml leaves out.

    Drawn are the same ones at every run, and with a lower cap the first of them.
    """
    population = [change for file in files_of(part) for change in mutants(file)]
    random.Random(f"{PLAN['seed']} {part}").shuffle(population)
    some = population[: cap or PLAN["parts"][part]["cap"]]
    chosen = [one for one in some if not any(is_equal(one, known) for known in EQUAL)]
    return chosen, len(population), len(some) - len(chosen)


def is_equal(change: Change, known: dict[str, str]) -> bool:
    """Whether an entry of equal.toml speaks of the change: by its file, the text of its line, and how it reads."""
    return (change.file, change.told) == (known["file"], known["told"]) and line_of(change) == known["at"]


def line_of(change: Change) -> str:
    """The text of the line a change is told at."""
    return source_lines(change.file)[change.line - 1].strip()


@cache
def source_lines(file: str) -> list[str]:
    """The lines of a file of the program."""
    return (ROOT / file).read_text(encoding="utf-8").splitlines()


class Trial:
    """A plugin that, in place of running the collected tests, puts the mutants to them."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options, self.failures = options, Failures()
        self.parts = options.part or list(PLAN["parts"])
        self.told: list[str] = []
        self.killers: Counter[tuple[str, str]] = Counter()  # by file and test: what has killed one will kill another
        self.scratch = ROOT / "build" / f"mutants.{os.getpid()}"

    def pytest_configure(self, config: pytest.Config) -> None:
        """A failing example is enough: nobody reads the smallest one."""
        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile(
            "mutants", deadline=None, derandomize=True, max_examples=40, phases=phases, database=None
        )
        hypothesis.settings.load_profile("mutants")
        config.pluginmanager.register(self.failures)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of pytest's own."""
        files = sorted({file for part in PLAN["parts"] for file in files_of(part)})
        modules = [file for file in files if file.endswith(".py")]
        texts = [file for file in files if not file.endswith(".py")]
        live, known = Live(ROOT, modules), self._known(session, modules, texts)
        items = {item.nodeid: item for item in session.items}
        known = known.of(set(items))
        for part in self.parts:
            self.told += self._part(part, live, known, items)
        return True

    def _known(self, session: pytest.Session, modules: Sequence[str], texts: Sequence[str]) -> Known:
        kept: Path = self.options.kept
        if not (self.options.again and kept.exists()):
            kept.parent.mkdir(exist_ok=True)
            return undisturbed(session, self.failures, modules, texts, kept)
        known: Known = pickle.loads(kept.read_bytes())
        return known

    def _part(self, part: str, live: Live, known: Known, items: dict[str, pytest.Item]) -> list[str]:
        chosen, population, equal = drawn(part, self.options.cap)
        if self.options.left:
            left_over = self.options.left.read_text(encoding="utf-8")
            chosen = [one for one in chosen if f"survived {one.file}:{one.line}: {one.told}\n" in left_over]
        begun = time.monotonic()
        if self._put({UNCHANGED: asked_of_none(chosen, known)}, chosen, live, known, items)[UNCHANGED] != SURVIVED:
            raise pytest.UsageError(f"{part}: a test fails at the program as it is; `make test` says which")
        ended: dict[int, str] = {}
        before: dict[int, set[str]] = {key: set() for key in range(len(chosen))}
        for most in STEPS:
            left = [key for key in before if ended.get(key, SURVIVED) == SURVIVED]
            print(f"{part}: {len(left)} mutants to {most:g} s of tests", flush=True)
            ended |= self._step(left, before, most, chosen, live, known, items)
        lines = list(told(part, chosen, ended, population, equal, time.monotonic() - begun))
        print("\n".join(lines), flush=True)
        return lines

    def _step(
        self, keys: Sequence[int], before: dict[int, set[str]], most: float, chosen: Sequence[Change], live: Live,
        known: Known, items: dict[str, pytest.Item],
    ) -> dict[int, str]:  # fmt: skip
        """Some mutants put to tests they have not met, as many as take `most` seconds."""
        ended: dict[int, str] = {}
        for key in keys:
            tests = asked_of(chosen[key], known, most, before[key], self.killers)
            before[key] |= set(tests)
            ended |= self._put({key: tests}, chosen, live, known, items) if tests else {key: SURVIVED}
            if most == STEPS[-1] and ended[key] == SURVIVED:
                print(f"  survived {chosen[key].file}:{chosen[key].line}: {chosen[key].told}", flush=True)
        return ended

    def _put(self, asked: dict[int, list[str]], chosen: Sequence[Change], live: Live, known: Known,
             items: dict[str, pytest.Item]) -> dict[int, str]:  # fmt: skip
        def question(key: int, tests: list[str]) -> Question:
            seconds = sum(known.seconds[test] for test in tests)
            make = (lambda: None) if key == UNCHANGED else (lambda: live.make(chosen[key]))
            return Question(key, make, [items[one] for one in tests], seconds)

        ended = {}
        for key, answer, killer in answers((question(*one) for one in asked.items()), self.failures, 1, self.scratch):
            ended[key] = answer
            if killer:
                self.killers[chosen[key].file, killer] += 1
        return ended


def asked_of(change: Change, known: Known, most: float, before: set[str], killers: Counter[tuple[str, str]]) -> list[str]:
    """The tests that run the changed lines and are not among `before`, as many as take no longer than `most` seconds together.

    First what has killed others of the file, then what runs more of the function, since a query that finds no row is run by many.
    """
    tests = [test for test in running(change, known) if test not in before]
    tests.sort(key=lambda test: -killers[change.file, test])
    if most > STEPS[0]:
        tests = in_turn(tests)
    chosen: dict[str, None] = {}
    seconds = 0.0
    for test in tests:
        if test in chosen or seconds + known.seconds[test] > most:
            continue
        chosen |= dict.fromkeys([test, *(one for one in known.onlookers(test) if one not in before)])
        seconds += known.seconds[test]
    return list(chosen)


def running(change: Change, known: Known) -> list[str]:
    """All tests that run the changed lines, those first that run more of the function around.

    Of a text those of the module that reads it, of a statement of a module those of the module.
    """
    if change.place is None:
        lines = all_of(known, PLAN["read_by"].get(change.file, change.file))
        lines |= dict.fromkeys(known.read.get(change.file, set()) & known.seconds.keys() - lines.keys(), 0)
        return sorted(lines, key=lambda test: (round(known.seconds[test], 1), -lines[test], test))
    tests = nearest(known, change.file, range(change.lines[0], change.lines[1] + 1))
    if change.function is None and tests:
        return tests
    lines = all_of(known, change.file, body(change) if change.function else None)
    tests.sort(key=lambda test: -lines[test])  # of equal ones the quicker is first already
    if len(tests) >= FEW:
        return tests
    near = all_of(known, change.file)  # what is worked out once is run by the first test that asks for it, and used by others
    return [*tests, *sorted(near.keys() - set(tests), key=lambda test: (round(known.seconds[test], 1), -near[test], test))]


@cache
def _functions(file: str) -> dict[int, int]:
    """Of every function of a file the first line and the last."""
    tree = ast.parse("\n".join(source_lines(file)))
    found = (one for one in ast.walk(tree) if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)))
    return {min([one.lineno, *(each.lineno for each in one.decorator_list)]): one.end_lineno or one.lineno for one in found}


def body(change: Change) -> range:
    """The lines of the function around a change."""
    assert change.function is not None
    first = change.function[1]
    return range(first, _functions(change.file)[first] + 1)


def in_turn(tests: Sequence[str]) -> list[str]:
    """One of each module, then another of each: tests of one module see much the same."""
    turn: Counter[str] = Counter()
    turns = {}
    for test in tests:
        module = test.split("::")[0]
        turns[test] = turn[module]
        turn[module] += 1
    return sorted(tests, key=turns.__getitem__)


def asked_of_none(chosen: Sequence[Change], known: Known) -> list[str]:
    """For the program as it is: the quickest tests of every mutant."""
    return sorted({test for change in chosen for test in asked_of(change, known, 0.2, set(), Counter())})


def told(
    part: str, chosen: Sequence[Change], ended: dict[int, str], population: int, equal: int, seconds: float
) -> Iterator[str]:
    """A part in words: its figures, then every mutant that no test noticed."""
    count = Counter(ended.values())
    tried = len(chosen) - count[UNMADE]
    dead = count[KILLED] + count[TIMEOUT]
    low, high = interval(dead, tried)
    yield (
        f"{part}: {dead / max(tried, 1):.1%} of {tried} killed ({count[KILLED]} by a failing test, {count[TIMEOUT]} by time), "
        f"{count[SURVIVED]} survived; {population} possible, 95 % interval {low:.0%} to {high:.0%}; "
        f"{equal} drawn make no difference (equal.toml), {count[UNMADE]} not made; {seconds:.0f} s"
    )
    by_file = Counter((chosen[key].file, answer) for key, answer in ended.items())
    for file in sorted({file for file, _ in by_file}):
        yield (
            "  "
            + f"{file}: "
            + ", ".join(f"{by_file[file, each]} {each}" for each in (KILLED, TIMEOUT, SURVIVED) if by_file[file, each])
        )
    for change in sorted(
        (chosen[key] for key, answer in ended.items() if answer == SURVIVED), key=lambda one: (one.file, one.line, one.told)
    ):
        yield f"  survived {change.file}:{change.line}: {change.told}"


def interval(dead: int, tried: int) -> tuple[float, float]:
    """Wilson's interval of a share, 95 %."""
    if not tried:
        return 0.0, 1.0
    z, share = 1.96, dead / tried
    middle = (share + z * z / (2 * tried)) / (1 + z * z / tried)
    half = z / (1 + z * z / tried) * math.sqrt(share * (1 - share) / tried + z * z / (4 * tried * tried))
    return max(0.0, middle - half), min(1.0, middle + half)


def main() -> int:
    """0 unless nothing could be tried: what survives is for reading, not for a machine to judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", action="append", choices=list(PLAN["parts"]))
    parser.add_argument("--cap", type=int, help="the most mutants of a part, in place of those of plan.toml")
    parser.add_argument(
        "--again", action="store_true", help="take what the last run knew of the tests; only while no test has changed"
    )
    parser.add_argument("--left", type=Path, help="a former build/mutants.txt: only what survived there")
    parser.add_argument("--tests", nargs="+", help="these tests in place of those of plan.toml")
    parser.add_argument("--kept", type=Path, default=ROOT / "build" / "mutants.known")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "mutants.txt")
    trial = Trial(options := parser.parse_args())
    paths = [str(ROOT / path) for path in options.tests or PLAN["tests"]["paths"] if (ROOT / path).exists()]
    ignored = [f"--ignore={ROOT / path}" for path in PLAN["tests"]["ignored"]]
    quiet = [
        "-s",
        "--assert=plain",
        "-o",
        "addopts=",
        "-p",
        "no:terminal",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        f"--rootdir={ROOT}",
    ]
    pytest.main([*quiet, *ignored, *paths], plugins=[trial])
    options.out.write_text("\n".join([f"seed {PLAN['seed']}", *trial.told, ""]), encoding="utf-8")
    return 0 if trial.told else 1


if __name__ == "__main__":
    sys.exit(main())
