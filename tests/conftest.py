"""What all tests share: no test may open a connection, and where the real samples are, if they are here at all."""

from __future__ import annotations

import gc
import importlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer
from hypothesis import settings
from in_process import Said
from real_samples import SAMPLES

sys.path.insert(0, str(Path(__file__).parent / "guard"))
from network_fixture import no_connections, pytest_unconfigure  # noqa: F401  # no test, nor what it starts, opens the network

# A busy machine is no defect: how long things take is for benchmarks/. The usual run takes the same examples every time, so
# that a change is judged by what it changed; `make fuzz` takes new ones.
settings.register_profile("affil", deadline=None, derandomize=True, max_examples=40)
settings.register_profile("fuzz", deadline=None, print_blob=True, max_examples=300)
settings.load_profile("fuzz" if os.environ.get("AFFIL_FUZZ") else "affil")

# As the program itself does. What is there once all tests are known stays, and is not searched for cycles again and again.
gc.set_threshold(100_000, 10, 10)


# Files of few tests that take long. They go first, so that no worker is left with one of them when the others have ended;
# without this list they would go last: xdist takes files by their number of tests.
LONG = (
    "rules/test_rule_cases.py", "test_hostile_names.py", "test_harmful_inputs.py", "commands/test_review.py",
    "rules/test_oracle.py", "retention/test_purge.py", "test_pipeline.py", "proof/test_kill.py", "audit/test_access.py",
    "law/test_law.py", "decisions/test_decided_findings.py", "precheck/test_command.py", "benchmarks/test_matching.py",
    "test_readme.py", "test_two_machines.py", "reports/test_page_browser.py", "test_gallery.py", "store/test_way_in.py",
    "ingest/test_bulk.py",
)  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Files are shared out in the order of the tests, which is that of `LONG`."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, the others as they were."""
    here = Path(__file__).parent
    order = {here / name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: order.get(item.path, len(LONG)))


def pytest_collection_finish() -> None:
    """The modules and tests, a million objects, are looked at by no later search for cycles."""
    gc.collect()
    gc.freeze()


class Kept:
    """A cursor for which the table of a list, once made, stays: to make it takes far longer than to ask it."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor

    def execute(self, statement: str, parameters: Any = None) -> Any:
        if statement.startswith("DROP TABLE"):
            return self.cursor
        return self.cursor.execute(statement.replace("CREATE TEMP TABLE", "CREATE TABLE IF NOT EXISTS"), parameters)


@pytest.fixture(scope="session", autouse=True)
def frequencies_read_once() -> Iterator[None]:
    """Every world asks for the frequencies of a few names; reading the lists takes longer than the rest of a small run."""
    from affil.ingest.tables.bulk import asking
    from affil.language import fio_lists, frequencies

    read, known = frequencies.NameFrequencies.load, dict[tuple[frozenset[str], ...], frequencies.NameFrequencies]()
    read_words, shipped = frequencies._read_words, fio_lists.list_path

    def load(
        surnames: Iterable[str], givens: Iterable[str], patronymics: Iterable[str], connection: Any = None
    ) -> frequencies.NameFrequencies:
        asked = frozenset(surnames), frozenset(givens), frozenset(patronymics)
        if connection is not None or frequencies.list_path is not shipped:
            return read(*asked, connection)
        if asked not in known:
            fio_lists.database()
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(frequencies, "_read_words", lambda cursor, *more: read_words(Kept(cursor), *more))
                known[asked] = read(*asked)
        return known[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frequencies.NameFrequencies, "load", load)
        for module in (frequencies, asking):
            patch.setattr(module, "close_database", lambda: None)  # its memory is no question here
        yield


@pytest.fixture(scope="session", autouse=True)
def shipped_rules_read_once() -> Iterator[None]:
    """Every screen reads the rules from their files; those that are shipped are the same all along."""
    from affil.rules import rule
    from affil.shipped import shipped

    read, folder, known = rule.read_rule, shipped("rules"), dict[tuple[Path, str], rule.Rule]()

    def read_rule(path: Path, lang: str = "ru") -> rule.Rule:
        if not path.is_relative_to(folder):
            return read(path, lang)
        if (path, lang) not in known:
            known[path, lang] = read(path, lang)
        return known[path, lang]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rule, "read_rule", read_rule)
        yield


@pytest.fixture(scope="module")
def small_worlds() -> Iterator[None]:
    """For worlds of a few rows: planning a statement costs more than it saves. Not for `make proof` and `make fuzz`."""
    from affil.store.store import Store

    opened, scratch = Store.open.__func__, Store.scratch.__func__

    def small(store: Store) -> Store:
        return store if os.environ.get("AFFIL_PROOF") else store.with_few_rows()

    def open_small(cls: type[Store], path: Path | None, *more: Any, **named: Any) -> Store:
        return small(opened(cls, path, *more, **named))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "open", classmethod(open_small))
        patch.setattr(Store, "scratch", classmethod(lambda cls: small(scratch(cls))))
        yield


@pytest.fixture(scope="session")
def made_stores() -> dict[bool, list[Any]]:
    """Stores in memory nobody uses now, those of `Store.scratch` under True; what was written to them has been taken back."""
    return {False: [], True: []}


@pytest.fixture(scope="module")
def stores_used_again(small_worlds: None, made_stores: dict[bool, list[Any]]) -> Iterator[None]:
    """To make a store in memory takes as long as a tenth of a small run: here one is used by many, each in a transaction that is
    taken back at its end. Not for tests that begin or take back transactions themselves."""
    from affil.store.store import Store

    opened, scratch = Store.open.__func__, Store.scratch.__func__

    def lent(is_scratch: bool, make: Callable[[], Store]) -> Store:
        free = made_stores[is_scratch]
        store = free.pop() if free else make()
        store.connection.execute("BEGIN")
        store._to_be_undone = True

        def close() -> None:
            if store._to_be_undone:
                store._to_be_undone = False
                store.connection.execute("ROLLBACK")
                free.append(store)

        store.close = close
        return store

    def open_again(cls: type[Store], path: Path | None, *more: Any, **named: Any) -> Store:
        make = lambda: opened(cls, path, *more, **named)  # noqa: E731
        return make() if path is not None or os.environ.get("AFFIL_PROOF") else lent(False, make)

    def scratch_again(cls: type[Store]) -> Store:
        return lent(True, lambda: scratch(cls))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "open", classmethod(open_again))
        patch.setattr(Store, "scratch", classmethod(scratch_again))
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
    *(f"affil.commands.{name}" for name in ("session", "check", "diff", "export", "forget", "key", "kpi")),
    *(f"affil.commands.{name}" for name in ("menu", "person", "place")),
    *(f"affil.commands.{name}" for name in ("subject_options", "purge", "hold", "person_data")),
    *(f"affil.commands.{name}" for name in ("precheck", "report", "review", "rules", "screen", "audit", "verify")),
    "affil.cli",
]  # fmt: skip


def command_line(arguments: Sequence[str]) -> ModuleType:
    """`affil.cli` as a new process would have it: what is said in help is in the language that the arguments ask for."""
    common = importlib.import_module("affil.commands.common")
    if common.H.lang != (common._spoken(arguments) or "ru"):
        for name in COMMANDS:
            importlib.reload(importlib.import_module(name))
    common.VOICE.words = common.H  # a workspace opened before may have changed it
    return importlib.import_module("affil.cli")


@pytest.fixture(scope="session")
def commands_built_once() -> Iterator[None]:
    """Of the commands typer makes parsers anew at every call, which takes as long as a small command itself."""
    made, known = typer.main.get_command, dict[typer.Typer, Any]()

    def get_command(app: typer.Typer) -> Any:
        if app not in known:
            known[app] = made(app)
        return known[app]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typer.main, "get_command", get_command)
        yield


@pytest.fixture
def cli_anew() -> Callable[[Sequence[str]], ModuleType]:
    """`command_line`, for tests that look at the commands themselves."""
    return command_line


@pytest.fixture(scope="session")
def written_forms() -> dict[str, Path]:
    """The empty forms of a new workspace by language, once they have been written."""
    return {}


@pytest.fixture
def forms_written_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, written_forms: dict[str, Path]
) -> None:
    """Those forms are the same bytes every time; tests of the forms themselves do not come by here."""
    from affil import workspace

    write = workspace._write_templates

    def copied(folder: Path, lang: str) -> None:
        if lang not in written_forms:
            written_forms[lang] = tmp_path_factory.mktemp("forms")
            write(written_forms[lang], lang)
        shutil.copytree(written_forms[lang], folder, dirs_exist_ok=True)

    monkeypatch.setattr(workspace, "_write_templates", copied)


@pytest.fixture
def affil(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], commands_built_once: None, forms_written_once: None
) -> Callable[..., Said]:
    """Run `affil …` in this process."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["affil", *arguments])
        cli = command_line(sys.argv)
        capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run
