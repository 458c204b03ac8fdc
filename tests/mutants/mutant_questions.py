"""Which tests run which lines, and what tests say of a mutant: each in a process forked from one that has loaded everything."""

from __future__ import annotations

import os
import pickle
import resource
import shutil
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import coverage
import pytest

KILLED, SURVIVED, TIMEOUT, UNMADE = "killed", "survived", "timeout", "not made"
_CODES = {0: SURVIVED, 1: KILLED, 3: UNMADE}


@dataclass(slots=True)
class Known:
    """What an undisturbed run tells: seconds of processor time by test, and by file and line the tests that run it."""

    seconds: dict[str, float] = field(default_factory=dict)
    tests: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    read: dict[str, set[str]] = field(default_factory=dict)  # by file that is no Python: the tests that read it
    idle: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def onlookers(self, test: str) -> list[str]:
        """The tests of the same module that run no line of any part: they look at a world that the first of them has made."""
        if not self.idle:
            running = {one for lines in self.tests.values() for those in lines.values() for one in those}
            for one in self.seconds:
                if one not in running:
                    self.idle[one.split("::")[0]].append(one)
        return self.idle.get(test.split("::")[0], [])

    def of(self, there: set[str]) -> Known:
        """The same of the tests that are there now."""
        tests = {file: {line: those & there for line, those in lines.items()} for file, lines in self.tests.items()}
        read = {file: those & there for file, those in self.read.items()}
        return Known({test: seconds for test, seconds in self.seconds.items() if test in there}, tests, read)


class Failures:
    """A plugin that remembers whether a test has failed."""

    def __init__(self) -> None:
        self.failed, self.skipped, self.by = False, False, ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Of setup, call and teardown alike."""
        if os.environ.get("MUTANTS_TELL") and report.failed:
            print(report.longreprtext, file=sys.__stderr__, flush=True)
        if report.failed and not self.failed:
            self.by = report.nodeid
        self.failed |= report.failed
        self.skipped |= report.skipped


def undisturbed(session: pytest.Session, failures: Failures, files: Sequence[str], texts: Sequence[str], kept: Path) -> Known:
    """One run of all tests under coverage, in a child: the parent stays as it was loaded."""
    child = os.fork()
    if not child:
        _quiet(None)
        kept.write_bytes(pickle.dumps(_measured(session, failures, files, texts)))
        os._exit(0)
    os.waitpid(child, 0)
    known: Known = pickle.loads(kept.read_bytes())
    return known


def _measured(session: pytest.Session, failures: Failures, files: Sequence[str], texts: Sequence[str]) -> Known:
    root, known, now = session.config.rootpath, Known(), [""]
    _record_reading({root / text: known.read.setdefault(text, set()) for text in texts}, now)
    cover = coverage.Coverage(data_file=None, include=[str(root / file) for file in files], config_file=False)
    cover.start()
    for i, item in enumerate(session.items):
        failures.failed = failures.skipped = False
        cover.switch_context(item.nodeid)
        now[0] = item.nodeid
        before = time.process_time()
        _run(item, session.items[i + 1] if i + 1 < len(session.items) else None)
        if not failures.failed and not failures.skipped:
            known.seconds[item.nodeid] = time.process_time() - before
    cover.stop()
    data = cover.get_data()
    for file in files:
        lines = data.contexts_by_lineno(str(root / file))
        known.tests[file] = {line: {one for one in tests if one in known.seconds} for line, tests in lines.items()}
    return known


def _record_reading(tests: Mapping[Path, set[str]], now: Sequence[str]) -> None:
    """From now on the test in `now` is added to those that read one of the files."""
    read = Path.read_text

    def read_text(self: Path, *args: Any, **named: Any) -> str:
        if self in tests:
            tests[self].add(now[0])
        return read(self, *args, **named)

    Path.read_text = read_text  # type: ignore[method-assign]


UNCHANGED = -1  # the key of the question that changes nothing: where a test fails at that, no other answer is worth anything


def _run(item: pytest.Item, following: pytest.Item | None) -> None:
    item.ihook.pytest_runtest_protocol(item=item, nextitem=following)


@dataclass(slots=True)
class Question:
    """A mutant put to some tests: `make` installs it and says what hinders, `tests` are asked in this order."""

    key: int
    make: Callable[[], str | None]
    tests: Sequence[pytest.Item]
    seconds: float  # what the tests take when undisturbed


def answers(questions: Iterable[Question], failures: Failures, workers: int, scratch: Path) -> Iterator[tuple[int, str, str]]:
    """By key: killed, survived, timeout or not made, and the test that killed; in the order in which they end."""
    running: dict[int, tuple[int, float]] = {}
    waiting = iter(questions)
    question = next(waiting, None)
    while question or running:
        while question and len(running) < workers:
            child = os.fork()
            if not child:
                _child(question, failures, scratch / str(question.key))
            running[child] = question.key, time.monotonic() + 120 + 20 * question.seconds
            question = next(waiting, None)
        child, status = os.waitpid(-1, os.WNOHANG)
        if child:
            key, _ = running.pop(child)
            shutil.rmtree(scratch / str(key), ignore_errors=True)
            yield key, _CODES.get(os.WEXITSTATUS(status), KILLED) if os.WIFEXITED(status) else TIMEOUT, _taken(_by(scratch, key))
            continue
        for child, (_, until) in running.items():
            if time.monotonic() > until:
                os.kill(child, signal.SIGKILL)
        time.sleep(0.005)


def _by(scratch: Path, key: int) -> Path:
    """Where a child leaves the name of the test that failed."""
    return scratch / f"{key}.by"


def _taken(path: Path) -> str:
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.unlink(missing_ok=True)
    return text


def _child(question: Question, failures: Failures, scratch: Path) -> None:
    """A mutant that does not end is ended by the processor time it may take; one that eats memory, by that."""
    try:
        scratch.parent.mkdir(parents=True, exist_ok=True)
        _quiet(question.tests[0].config if question.tests else None, scratch)
        limit = int(6 + 3 * question.seconds + time.process_time())
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if question.make():
            os._exit(3)
        for i, item in enumerate(question.tests):
            _run(item, question.tests[i + 1] if i + 1 < len(question.tests) else None)
            if failures.failed:
                _by(scratch.parent, question.key).write_text(failures.by, encoding="utf-8")
                os._exit(1)
        os._exit(0)
    except BaseException:
        os._exit(1)


def _quiet(config: pytest.Config | None, scratch: Path | None = None) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    if not os.environ.get("MUTANTS_TELL"):
        os.dup2(nowhere, 2)
    if config is not None and scratch is not None:
        factory = config._tmp_path_factory  # type: ignore[attr-defined]
        factory._given_basetemp, factory._basetemp = scratch, None


def nearest(known: Known, file: str, lines: Iterable[int]) -> list[str]:
    """The tests that run one of the lines: quick ones first, of many the ones that run few others of the file."""
    found = {test for line in lines for test in known.tests.get(file, {}).get(line, ())}
    return sorted(found, key=lambda test: (round(known.seconds[test], 2), test))


def all_of(known: Known, file: str, within: Container[int] | None = None) -> dict[str, int]:
    """By test, how many lines of the file, or of a part of it, it runs."""
    found: dict[str, int] = defaultdict(int)
    for line, tests in known.tests.get(file, {}).items():
        for test in tests if within is None or line in within else ():
            found[test] += 1
    return dict(found)
