"""Runs `affil` in processes of its own, forked from one that has imported all, and kills them when told: kill -9 and no less.

Read from stdin, a JSON line each: {"argv": […], "after": seconds or null, "step": number or null, "room": bytes or null,
"key": text or null, "quick": bool}. Answers a JSON line each: the exit code, or -9, the steps it went through and what it wrote
to stderr.

A step is what changes the disk: a file or folder made, renamed, linked or deleted, bytes settled, a transaction about to be kept
or just kept, the store about to be closed or just closed, a copy of it begun or ended. `step` kills at the one of this number.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MODULES = (
    "affil.cli",
    "affil.pipeline",
    "affil.store.store",
    "affil.store.encrypt",
    "affil.retention.purge",
    "affil.reports.documents",
    "affil.reports.word.destruction",
    "affil.commands.review_import",
    "affil.commands.review_text",
    "affil.verified",
    "openpyxl",
    "docx",
    "pandas",
    "pyarrow",
)
CHANGES = {"os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "os.truncate"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Steps:
    """The steps of one process: each is written to `told`, and the one of number `last` is its end."""

    def __init__(self, told: int, last: int | None) -> None:
        self.told, self.last, self.number = told, last, 0

    def step(self, name: str) -> None:
        """One step, about to be done or just done."""
        os.write(self.told, f"{name}\n".encode())
        if self.number == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        self.number += 1

    def heard(self, event: str, args: tuple[Any, ...]) -> None:
        """What the interpreter is about to ask of the system; only what a workspace sees of it."""
        if event == "open":
            path, _, flags = args
            if isinstance(flags, int) and flags & WRITING and _is_of_workspace(path):
                self.step(f"open {_short(path)}")
        elif event in CHANGES and (_is_of_workspace(args[0]) or (isinstance(args[-1], int) and args[-1] > 0)):
            self.step(f"{event} {' '.join(_short(one) for one in args if isinstance(one, str | bytes | os.PathLike))}")

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function with a step before it and one after it."""

        def watched(*args: Any, **named: Any) -> Any:
            self.step(name)
            result = function(*args, **named)
            self.step(f"{name} done")
            return result

        return watched

    def watch(self) -> None:
        """From now on every step of this process is one."""
        from affil.store import encrypt
        from affil.store.store import Store

        kept = Store.transaction

        @contextmanager
        def transaction(store: Store) -> Iterator[None]:
            with kept(store):
                yield
                self.step("commit")
            self.step("commit done")

        Store.transaction = transaction  # type: ignore[method-assign]
        Store.close = self.around("close", Store.close)  # type: ignore[method-assign]
        encrypt.attach = self.around("attach", encrypt.attach)
        os.fsync = self.around("fsync", os.fsync)
        sys.addaudithook(self.heard)


def _is_of_workspace(path: object) -> bool:
    return isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith(str(WITHIN))


def _short(path: Any) -> str:
    return Path(os.fsdecode(path)).name


WITHIN = Path(sys.argv[1] if len(sys.argv) > 1 else "/")


def quick() -> None:
    """For what is only looked at after a kill: of the documents of a run those that a program reads, and one thread."""
    from affil.reports import folder
    from affil.reports.findings_json import findings_json
    from affil.reports.manifest import manifest_json
    from affil.store.store import Store

    def run_documents(run: Any, words: Any) -> dict[str, bytes]:
        found = {"findings.json": findings_json(run)}
        return {**found, "manifest.json": manifest_json(run, dict(found), words.lang)}

    folder.run_documents = run_documents
    opened = Store.open.__func__  # type: ignore[attr-defined]
    Store.open = classmethod(lambda cls, *more, **named: opened(cls, *more, **named).with_one_thread())  # type: ignore[assignment]


def read_once() -> None:
    """What every command reads anew from the program's own files is read here, before any process is forked."""
    import typer

    from affil import cli, pipeline
    from affil.rules import rule
    from affil.shipped import shipped

    read, known = rule.read_rule, dict[tuple[Path, str], Any]()
    commands = typer.main.get_command(cli.app)
    typer.main.get_command = lambda _: commands

    def read_rule(path: Path, lang: str = "ru") -> Any:
        if not path.is_relative_to(shipped("rules")):
            return read(path, lang)
        if (path, lang) not in known:
            known[path, lang] = read(path, lang)
        return known[path, lang]

    rule.read_rule = read_rule
    pipeline.rules_of(None)


def child(asked: dict[str, Any], told: int, said: int) -> None:
    """One command, as if typed; nobody reads its answer."""
    from affil import cli

    nobody = os.open(os.devnull, os.O_RDWR)
    for stream, file in enumerate((nobody, nobody, said)):
        os.dup2(file, stream)
    sys.stderr = open(2, "w", encoding="utf-8", buffering=1, closefd=False)  # noqa: SIM115  # the one before was no pipe
    if asked["key"] is None:
        os.environ.pop("AFFIL_KEY", None)
    else:
        os.environ["AFFIL_KEY"] = asked["key"]
    if asked["quick"]:
        quick()
    else:
        Steps(told, asked["step"]).watch()
    if asked["room"] is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["room"], asked["room"]))  # Python ignores its signal
    sys.argv = ["affil", *asked["argv"]]
    code = 70
    try:
        cli.main()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:  # nothing may come back from here to where commands are waited for
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def run(asked: dict[str, Any]) -> dict[str, Any]:
    """The exit code, -9 where it was killed, the steps and what was said: pipes, for a file may find no room."""
    (steps, told), (words, said) = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(steps)
        os.close(words)
        child(asked, told, said)
    os.close(told)
    os.close(said)
    if asked["after"] is not None:
        time.sleep(asked["after"])
        os.kill(pid, signal.SIGKILL)
    gone, heard = read(steps), read(words)
    _, status = os.waitpid(pid, 0)
    return {"code": os.waitstatus_to_exitcode(status), "steps": gone.splitlines(), "said": heard}


def read(handle: int) -> str:
    """All that comes out of a pipe until its other end is closed; neither is ever long."""
    with os.fdopen(handle, encoding="utf-8", errors="replace") as stream:
        return stream.read()


def main() -> None:
    for name in MODULES:
        try:
            importlib.import_module(name)
        except ImportError:
            continue
    # A name lies in the store's bytes as it is, and so is found by who searches them.
    connect: Any = importlib.import_module("affil.store.connect")
    connect._CONFIG["force_compression"] = "uncompressed"
    read_once()
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
