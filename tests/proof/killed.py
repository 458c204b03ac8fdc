"""A small world to kill commands in: half of it loaded and decided on, the other half waiting in the inbox.

`COMMANDS` is the table of what is killed; each part of the program adds its own lines.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from affil.rules.cases import number
from tests.worlds import table

OFFICIALS = 12
KEY = "0123456789abcdef" * 4
STORE = "affil.duckdb"


@dataclass(frozen=True, slots=True)
class Command:
    """What is killed: its arguments but for the workspace, and what is made ready in the workspace before it, if anything."""

    arguments: Sequence[str]
    prepare: Callable[[Path], None] | None = None


COMMANDS = {
    "load": Command(("load",)),
    "screen": Command(("screen",)),
}


class Forks:
    """The process that runs commands and kills them."""

    def __init__(self, key: str | None) -> None:
        here = Path(__file__).parent
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AFFIL_KEY")}
        environment["PYTHONPATH"] = os.pathsep.join([str(here.parents[1]), environment.get("PYTHONPATH", "")])
        self.process = subprocess.Popen(
            [sys.executable, str(here / "forks.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, env=environment | ({"AFFIL_KEY": key} if key else {}),
        )  # fmt: skip
        assert self._stream(self.process.stdout).readline() == "ready\n"

    def run(self, *argv: object, after: float | None = None) -> int:
        """The exit code of `affil …`; -9 where it was killed `after` so many seconds."""
        stdin = self._stream(self.process.stdin)
        stdin.write(json.dumps({"argv": list(map(str, argv)), "after": after}) + "\n")
        stdin.flush()
        return int(self._stream(self.process.stdout).readline())

    def __enter__(self) -> Forks:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    @staticmethod
    def _stream(stream: IO[str] | None) -> IO[str]:
        assert stream is not None
        return stream


def world(root: Path, forks: Forks) -> None:
    """The workspace at `root`: officials, kin and bids loaded, an identity decided on; contracts and newer lists wait."""
    assert forks.run("init", root) == 0
    inbox = root / "inbox"
    customer = number("org 99")
    people = [{"employee_id": str(n), "name": f"Юшков Пётр {_patronymic(n)}", "employer_inn": customer} for n in range(OFFICIALS)]
    table(inbox / "officials.csv", people)
    sisters = [f"Юшкова Марфа {_patronymic(n)[:-2]}на" for n in range(OFFICIALS)]
    kin = [{"employee_id": str(n), "relationship": "сестра", "name": name, "inn": number(f"person {n}")}
           for n, name in enumerate(sisters)]  # fmt: skip
    table(inbox / "relatives.csv", kin)
    firms = [(number(f"org {n}"), f"ООО «Вереск {n}»") for n in range(OFFICIALS)]
    bids = [
        {"procedure_number": f"01000000000260000{n:02}", "participant_inn": inn, "participant": name, "customer_inn": customer,
         "applied_on": "2026-02-03", "director": sisters[n], "director_inn": number(f"person {n}")}
        for n, (inn, name) in enumerate(firms)
    ]  # fmt: skip
    table(inbox / "participants.csv", bids)
    day = "2026-02-20"
    bought = [
        {"contract_number": f"{n}-М/26", "signed_on": day, "customer_inn": customer, "supplier_inn": inn, "supplier": name}
        for n, (inn, name) in enumerate(firms)
    ]  # fmt: skip
    table(inbox / "contracts.csv", bought[: OFFICIALS // 2])
    assert forks.run("screen", "-w", root) == 0
    told = findings_of(root)
    assert told["findings"]
    _decide(root)
    table(inbox / "contracts_new.csv", bought[OFFICIALS // 2 :])
    table(
        inbox / "relatives_new.csv", [*kin, {"employee_id": "1", "relationship": "брат", "name": f"Юшков Фрол {_patronymic(1)}"}]
    )
    many = [{**bought[0], "contract_number": f"м-{n}", "supplier": "ООО «Полынь»", "supplier_inn": ""} for n in range(8_000)]
    table(inbox / "many.csv", many)


def _patronymic(place: int) -> str:
    return ("Ильич", "Фролович", "Гордеевич", "Карпович", "Титович", "Савельевич", "Лукич", "Фомич", "Наумович", "Кузьмич",
            "Захарович", "Матвеевич")[place]  # fmt: skip


def _decide(root: Path) -> None:
    """Two entries in the log: an identity decided on and taken back."""
    from affil.decisions.log import append
    from affil.store.store import Store
    from tests.decisions.entries import decision, undo

    first = decision("inn:500100732259", "inn:772400000003")
    with Store.open(root / STORE, key=key_of_world(root)) as store, store.transaction():
        append(store, [first, undo(first)])


def key_of_world(root: Path) -> Any:
    """The key of the world's store; None where it is plain."""
    from affil.store.connect import is_encrypted
    from affil.store.key import Key

    return Key(KEY, "") if is_encrypted(root / STORE) else None


def copied(root: Path, target: Path) -> Path:
    """The world once more, as it was made."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(root, target)
    return target


def findings_of(root: Path) -> dict[str, Any]:
    """`findings.json` of the run that `latest` names."""
    run = (root / "reports" / "latest").read_text("utf-8").strip()
    told: dict[str, Any] = json.loads((root / "reports" / run / "findings.json").read_bytes())
    return told


def broken_of(root: Path) -> list[str]:
    """What does not hold in a workspace after a kill: the store, its logs, its finished runs and what `latest` names."""
    from affil.audit.log import broken_link, read
    from affil.decisions.log import read_log
    from affil.errors import AffilError
    from affil.reports.then import documents_then
    from affil.store.remove import tables_of_sources
    from affil.store.store import Store
    from affil.words import Words
    from affil.workspace import Workspace

    broken = []
    try:
        with Store.open(root / STORE, key=key_of_world(root)) as store:
            if len(read_log(store)) < 2:
                broken.append("decisions are gone")
            for table_name in tables_of_sources(store):
                strange = f"SELECT 1 FROM {table_name} WHERE source_id NOT IN (SELECT source_id FROM source) LIMIT 1"
                broken += [f"rows of {table_name} without a source"] if store.sql(strange).fetchone() else []
            if (link := broken_link(read(store))) is not None:
                broken.append(f"the access log is broken at entry {link}")
    except AffilError as error:
        broken.append(str(error))
    place = Workspace(root)
    for run in place.runs():
        try:
            documents_then(place.reports / run, Words("ru"))
        except AffilError as error:
            broken.append(str(error))
    if (root / "reports" / "latest").read_text("utf-8").strip() not in place.runs():
        broken.append("latest names no finished run")
    return broken
