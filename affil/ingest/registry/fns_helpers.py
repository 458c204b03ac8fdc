"""Processes of this program's own that read records beside it, where the machine has more than one core.

They are started by the same Python with the same path, talk through their standard streams, open no socket, and need nothing of
the program that called: a script without a main guard is not run again in them, as `multiprocessing` would do. Where one cannot
start, or ends, its work is done at home.
"""

from __future__ import annotations

import os
import pickle
import struct
import subprocess
import sys
import threading
from collections import deque
from contextlib import suppress
from dataclasses import replace
from typing import IO

from affil.ingest.registry.fns_batch import Batch, Job, batch

MOST_HELPERS = 3  # one who cuts and writes keeps no more busy
BYTES_EACH = 8 << 20  # of the file, for a helper to be worth its start
AHEAD = 2  # jobs a helper has at once, so that it need not wait for the next
_HEAD = struct.Struct("<5sQ")  # a mark, so that nothing else that is printed is taken for an answer, and the length
_MARK = b"affil"
_START = "import sys; sys.path[:] = {path!r}; from affil.ingest.registry.fns_helpers import serve; serve()"


class Waiting:
    """A job that a helper does."""

    def __init__(self) -> None:
        self._done = threading.Event()
        self._batch: Batch | None = None

    def is_done(self) -> bool:
        """Whether `batch` would answer at once."""
        return self._done.is_set()

    def batch(self) -> Batch | None:
        """What the helper found; waits for it. None where the helper ended before it did."""
        self._done.wait()
        return self._batch

    def finish(self, found: Batch | None) -> None:
        """Called once, by the thread that hears the helper."""
        self._batch = found
        self._done.set()


class Helpers:
    """Helpers for a file of so many bytes; none for a small one or on one core. Ends them when left."""

    def __init__(self, size: int) -> None:
        may_start = bool(sys.executable) and not getattr(sys, "frozen", False)
        number = min(_cores() - 1, MOST_HELPERS, size // BYTES_EACH) if may_start else 0
        self._helpers = [_Helper() for _ in range(number)]

    def __enter__(self) -> Helpers:
        return self

    def __exit__(self, *_: object) -> None:
        for helper in self._helpers:
            helper.end()

    def ask(self, job: Job) -> Waiting | None:
        """The job given to a helper; None where none has time."""
        return next((waiting for helper in self._helpers if (waiting := helper.ask(job))), None)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Helper:
    """One process, and the thread that speaks with it: bytes are written and answers read while the program works."""

    def __init__(self) -> None:
        self._jobs: deque[tuple[Job, Waiting]] = deque()
        self._called = threading.Condition()
        self._ended = False
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._talk, daemon=True)
        self._thread.start()

    def ask(self, job: Job) -> Waiting | None:
        """The job given to this process; None where it has ended or `AHEAD` jobs wait for it."""
        with self._called:
            if self._ended or len(self._jobs) >= AHEAD:
                return None
            waiting = Waiting()
            self._jobs.append((job, waiting))
            self._called.notify()
            return waiting

    def end(self) -> None:
        """Kill the process and wait for its thread; jobs not answered are told that no answer comes."""
        with self._called:
            self._ended = True
            self._called.notify()
        if self._process is not None:
            self._process.kill()
        self._thread.join()

    def _talk(self) -> None:
        try:
            self._process = process = _start()
            if self._ended:
                process.kill()
            with process:
                self._exchange(process)
        except Exception:  # whatever ended the helper, its jobs are done at home, and a fault of theirs is met there
            pass
        finally:
            with self._called:
                self._ended = True
                left = [waiting for _, waiting in self._jobs]
            for waiting in left:
                waiting.finish(None)

    def _exchange(self, process: subprocess.Popen[bytes]) -> None:
        """One job is with the helper while the answer to the one before is read."""
        assert process.stdin is not None and process.stdout is not None
        while True:
            with self._called:
                while not self._jobs and not self._ended:
                    self._called.wait()
                if self._ended:
                    return
                job, waiting = self._jobs[0]
            _send(process.stdin, job if job.path is None else replace(job, data=b""))
            found = _receive(process.stdout)
            with self._called:
                self._jobs.popleft()
            waiting.finish(found if isinstance(found, Batch) else None)


def _start() -> subprocess.Popen[bytes]:
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would open a console for each
    return subprocess.Popen(
        [sys.executable, "-c", _START.format(path=sys.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, creationflags=hidden,
    )  # fmt: skip


def _send(stream: IO[bytes], value: object) -> None:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(_HEAD.pack(_MARK, len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> object:
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size or not head.startswith(_MARK):
        raise EOFError
    _, length = _HEAD.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)  # from a process this one started


def serve() -> None:
    """What a helper does: answers jobs until there are no more."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # nothing that is printed gets among the answers
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        while True:
            job = _receive(sys.stdin.buffer)
            if not isinstance(job, Job):
                return
            _send(answers, _answer(job))


def _answer(job: Job) -> Batch | None:
    """The batch, or None for the program to do it itself: so a fault is met there and told."""
    try:
        return batch(_with_data(job))
    except Exception:
        return None


def _with_data(job: Job) -> Job:
    if job.path is None:
        return job
    first, last = job.spans[0][0], job.spans[-1][1]
    with job.path.open("rb") as stream:
        stream.seek(job.start + first)
        data = stream.read(last - first)
    return replace(job, data=data, spans=tuple((begin - first, end - first, line) for begin, end, line in job.spans))
