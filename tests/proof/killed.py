"""A small world to kill commands in: half of it loaded and decided on, the other half waiting in the inbox.

`COMMANDS` is the table of what is killed; each part of the program adds its own lines.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from affil.rules.cases import number
from tests.commands.review_world import Book
from tests.store.planted import found_in
from tests.worlds import table

OFFICIALS = 12
KEY, OTHER_KEY = "0123456789abcdef" * 4, "fedcba9876543210" * 4
STORE = "affil.duckdb"
BY, ON = "Петрова Анна Борисовна", "02.03.2026"
GONE, HIS_WIFE = "Гурьев Платон Ефремович", "Гурьева Сапфира Юрьевна"
SIGNS = ("Гурьев Платон", "Гурьева Сапфира")
OLD_RUN = "2015-01-02_03-04-05_0a1b2c3d"
BACKUP, LETTER = f"{STORE}.v4-backup-2020-01-01", "letters/2020/запрос.txt"
FILLED = "заполнено.xlsx"
WAITING = ("contracts_new.csv", "relatives_new.csv", "many.csv")
DECIDED = 2
MEMORY = "/dev/shm"
PLAIN, ENCRYPTED = (False,), (True,)


@dataclass(frozen=True, slots=True)
class Command:
    """What is killed: its arguments but for the workspace, where `{root}` and `{tie}` stand for those of the world.

    `prepare`: what is made ready in the workspace before it; `waiting`: the inbox has files not loaded yet; `stores`: encrypted
    ones, plain ones or both; `key`: another key than the store's is set; `again`: how the same command may end when it is given
    once more, None where it is not; `once`: it is given once more only where it left no mark; `broken`: what does not hold after
    the kill, `left`: what does not hold once it was given again.
    """

    arguments: Sequence[str]
    prepare: Callable[[Path], None] = lambda _: None
    waiting: bool = False
    stores: Collection[bool] = (False, True)
    key: str | None = None
    again: Collection[int] | None = None
    once: bool = False
    broken: Callable[[Path], list[str]] = lambda _: []
    left: Callable[[Path], list[str]] = lambda _: []

    def of(self, root: Path) -> list[str]:
        """What is typed in the workspace at `root`."""
        return [one.format(root=root, tie=(root / "tie").read_text("utf-8")) for one in self.arguments] + ["-w", str(root)]


class Forks:
    """The process that runs commands and kills them; workspaces lie below `within`."""

    def __init__(self, within: Path) -> None:
        here = Path(__file__).parent
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AFFIL_KEY")}
        environment["PYTHONPATH"] = os.pathsep.join([str(here.parents[1]), environment.get("PYTHONPATH", "")])
        self.process = subprocess.Popen(
            [sys.executable, str(here / "forks.py"), str(within)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, env=environment,
        )  # fmt: skip
        assert self._stream(self.process.stdout).readline() == "ready\n"
        self.steps: list[str] = []
        self.said = ""

    def run(
        self, *argv: object, key: str | None = None, after: float | None = None, step: int | None = None,
        room: int | None = None, quick: bool = False,
    ) -> int:  # fmt: skip
        """The exit code of `affil …` under this key; -9 where it was killed `after` so many seconds or at this step.

        `room`: no file may grow over so many bytes, as on a full disk. `steps` are those it went through, `said` is what it
        wrote to stderr. A `quick` one has no steps: what is only looked at need not be run as shipped.
        """
        stdin = self._stream(self.process.stdin)
        asked = {"argv": list(map(str, argv)), "after": after, "step": step, "room": room, "key": key, "quick": quick}
        stdin.write(json.dumps(asked) + "\n")
        stdin.flush()
        told = json.loads(self._stream(self.process.stdout).readline())
        self.steps, self.said = told["steps"], told["said"]
        return int(told["code"])

    def __enter__(self) -> Forks:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    @staticmethod
    def _stream(stream: IO[str] | None) -> IO[str]:
        assert stream is not None
        return stream


@contextmanager
def quick_disk(name: str) -> Iterator[Path]:
    """A folder in memory where the system has a place for such: kill -9 takes nothing from a process that the system has."""
    with tempfile.TemporaryDirectory(prefix=f"{name}-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        yield Path(folder).resolve()


def world(root: Path, forks: Forks, key: str | None) -> None:
    """The workspace at `root`: officials, kin and bids loaded, an identity decided on; contracts and newer lists wait.

    One of the officials was dismissed long ago: he and his kin are past their term.
    """
    assert forks.run("init", root, key=key) == 0, forks.said
    inbox = root / "inbox"
    customer = number("org 99")
    people = [{"employee_id": str(n), "name": f"Юшков Пётр {_patronymic(n)}", "employer_inn": customer} for n in range(OFFICIALS)]
    gone = {"employee_id": "99", "name": GONE, "employer_inn": customer, "status": "муниципальный служащий"}
    table(inbox / "officials.csv", [*people, {**gone, "hired": "2010-01-01", "dismissed": "2019-03-01"}])
    sisters = [f"Юшкова Марфа {_patronymic(n)[:-2]}на" for n in range(OFFICIALS)]
    kin = [{"employee_id": str(n), "relationship": "сестра", "name": name, "inn": number(f"person {n}")}
           for n, name in enumerate(sisters)]  # fmt: skip
    table(inbox / "relatives.csv", [*kin, {"employee_id": "99", "relationship": "жена", "name": HIS_WIFE}])
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
    assert forks.run("screen", "-w", root, key=key) == 0
    told = findings_of(root)["findings"]
    assert told
    _decide(root)
    (root / "tie").write_text(told[0]["tie"], "utf-8")
    _fill_in(root)
    table(inbox / "contracts_new.csv", bought[OFFICIALS // 2 :])
    table(
        inbox / "relatives_new.csv", [*kin, {"employee_id": "1", "relationship": "брат", "name": f"Юшков Фрол {_patronymic(1)}"}]
    )
    many = [{**bought[0], "contract_number": f"м-{n}", "supplier": "ООО «Полынь»", "supplier_inn": ""} for n in range(3_000)]
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


def _fill_in(root: Path) -> None:
    """The workbook of the run with an answer in every row, beside the inbox."""
    book = Book(run_of(root) / "findings.xlsx")
    for sheet in ("Возможные связи", "Совпадения только ФИО"):
        for row in book.rows(sheet):
            book.put(sheet, row, {"Связь (решение)": "не подтвердилась", "Кто рассмотрел": BY, "Дата рассмотрения": ON,
                                  "Причина, пояснение": "справка"})  # fmt: skip
    book.saved(root / FILLED)


def _past_its_term(root: Path) -> None:
    """A run of long ago, a letter and a copy of the store that name who is to be destroyed."""
    shutil.copytree(run_of(root), root / "reports" / OLD_RUN)
    for name in (BACKUP, LETTER):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(GONE, "utf-8")
    found = {(file, text) for file, text, encoding in _signs(root) if encoding == "utf-8"}
    named = {(file, SIGNS[0]) for file in (f"reports/{OLD_RUN}/coverage.csv", BACKUP, LETTER)}
    assert found >= named | (set() if key_text(root) else {(STORE, sign) for sign in SIGNS}), "the search finds what is there"


def _told_in_clear(root: Path) -> None:
    assert {text for file, text, _ in _signs(root) if file == STORE} == set(SIGNS), "the search finds what is there"


def _signs(root: Path) -> set[tuple[str, str, str]]:
    """Where his name, or his wife's, still stands: in the store, or in what is deleted with it. Younger runs stay."""
    kept = ("inbox/", "templates/", *(f"reports/{each.name}/" for each in (root / "reports").iterdir() if each.name != OLD_RUN))
    return {found for found in found_in(root, *SIGNS) if not found[0].startswith(kept)}


def _acts(root: Path) -> list[str]:
    papers = root.with_name(f"{root.name}-purge")
    return sorted(path.name for path in papers.iterdir()) if papers.is_dir() else []


def _is_there(root: Path) -> bool:
    from affil.store.store import Store

    with Store.open(root / STORE, key=key_of_world(root)) as store:
        return bool(store.sql("SELECT 1 FROM official WHERE name = ?", [GONE]).fetchone())


def _half_purged(root: Path) -> list[str]:
    """Where the rows are gone something says that they are: the act, or its draft."""
    return [] if _is_there(root) or _acts(root) else ["he is gone and there is no act"]


def _not_purged(root: Path) -> list[str]:
    from affil.ingest.inputs import InputFile
    from affil.retention.copies import text_of

    papers = root.with_name(f"{root.name}-purge")
    acts = [name for name in _acts(root) if name.startswith("Акт") and name.endswith(".docx")]
    told = [name for name in acts if GONE in text_of(InputFile(name, papers / name))]
    extracts = [name for name in _acts(root) if name.startswith("Выгрузка") and name.endswith(".docx")]
    broken = [] if told and extracts else [f"no act: {_acts(root)}"]
    broken += [f"a draft is left: {name}" for name in _acts(root) if name.endswith(".part")]
    broken += ["he is still there"] if _is_there(root) else []
    broken += [str(found) for found in sorted(_signs(root))]
    left = sorted(path.name for path in (root / "reports" / OLD_RUN).iterdir())
    return broken + ([] if left == ["manifest.json"] else [f"of the old run is left {left}"])


def _half_recorded(root: Path) -> list[str]:
    """Entries of the decision log that the access log does not tell of, or that were not written all at once."""
    told, entries = _recorded(root)
    return [] if told == entries and entries in (0, _due(root)) else [f"{entries} entries, {told} told of"]


def _not_recorded(root: Path) -> list[str]:
    return [*_half_recorded(root), *([] if _recorded(root)[1] else ["nothing is recorded"])]


def _recorded(root: Path) -> tuple[int, int]:
    """How many entries of reviewers the access log tells of, and how many there are."""
    from affil.audit.log import read
    from affil.decisions.log import read_log
    from affil.store.store import Store

    with Store.open(root / STORE, key=key_of_world(root)) as store:
        return sum(one.facts.get("entries", 0) for one in read(store) if one.command == "review"), len(read_log(store)) - DECIDED


def _due(root: Path) -> int:
    """How many entries one import makes; one event is one entry."""
    return int((root / "due").read_text()) if (root / "due").exists() else 1


def _to_import(root: Path) -> None:
    ties = {finding["tie"] for finding in findings_of(root)["findings"]}
    (root / "due").write_text(str(len(ties)))


def _in_clear(root: Path) -> list[str]:
    """Names in the files of a store that is encrypted."""
    return [str(found) for found in sorted(_signs(root)) if found[0].startswith((STORE, f".{STORE}"))]


COMMANDS = {
    "load": Command(("load",), waiting=True),
    "screen": Command(("screen",), waiting=True),
    "review": Command(
        ("review", "{tie}", "--event", "asked", "--date", "01.03.2026", "--by", BY), again=(0,), once=True,
        broken=_half_recorded, left=_not_recorded,
    ),
    "import": Command(
        ("review", "--import", "{root}/" + FILLED), prepare=_to_import, again=(0,), broken=_half_recorded, left=_not_recorded
    ),
    "purge": Command(
        ("purge", "--yes", "--as-of", "01.11.2026"), prepare=_past_its_term, again=(0,), broken=_half_purged, left=_not_purged
    ),
    "forget": Command(("forget", "inbox/contracts.csv", "--yes"), again=(0, 2)),
    "key set": Command(("key", "set"), prepare=_told_in_clear, stores=PLAIN, key=KEY, again=(0, 2), left=_in_clear),
    "key change": Command(("key", "change", "{root}.key"), stores=ENCRYPTED, key=KEY, again=(0,)),
    "key remove": Command(("key", "remove", "--yes"), stores=ENCRYPTED, key=KEY, again=(0, 1)),
}  # fmt: skip


def key_text(root: Path) -> str | None:
    """The key the store at `root` opens by; None where it is plain."""
    from affil.errors import StoreError
    from affil.store.connect import is_encrypted
    from affil.store.key import Key
    from affil.store.store import Store

    if not is_encrypted(root / STORE):
        return None
    file = root.with_name(f"{root.name}.key")
    try:
        Store.open(root / STORE, key=Key(KEY, "")).close()
    except StoreError:
        return file.read_text().strip()
    return KEY


def key_of_world(root: Path) -> Any:
    """The same as the store takes it."""
    from affil.store.key import Key

    text = key_text(root)
    return Key(text, "") if text else None


def copied(root: Path, target: Path, waiting: bool = True) -> Path:
    """The world once more, as it was made, with what waits in its inbox or without; nothing is left beside it."""
    for folder in (target, target.with_name(f"{target.name}-purge")):
        shutil.rmtree(folder, ignore_errors=True)
    target.with_name(f"{target.name}.key").unlink(missing_ok=True)
    shutil.copytree(root, target)
    for name in () if waiting else WAITING:
        (target / "inbox" / name).unlink()
    return target


def run_of(root: Path) -> Path:
    """The folder of the run that `latest` names."""
    return root / "reports" / (root / "reports" / "latest").read_text("utf-8").strip()


def findings_of(root: Path) -> dict[str, Any]:
    """`findings.json` of the run that `latest` names."""
    told: dict[str, Any] = json.loads((run_of(root) / "findings.json").read_bytes())
    return told


def bytes_of(root: Path) -> str:
    """The hash of every file of the workspace and of what a purge wrote beside it, but for who holds the store."""
    digest = hashlib.sha256()
    for folder in (root, root.with_name(f"{root.name}-purge")):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith(f".{STORE}.held"):
                digest.update(f"{path.relative_to(root.parent)} {path.stat().st_size}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def state_of(root: Path) -> str:
    """All that the store holds but for clocks, random signs and who did what: equal ones give equal runs."""
    from affil.store.store import Store

    volatile = {"loaded_at", "recorded_at", "salt", "digest", "previous", "hash", "body", "subject"}
    told = []
    with Store.open(root / STORE, key=key_of_world(root)) as store:
        tables = [
            name for (name,) in store.sql("SELECT table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY 1").fetchall()
        ]
        for name in tables:
            if name not in ("audit", "person_number", "meta"):
                columns = [column for column, *_ in store.sql(f"DESCRIBE {name}").fetchall() if column not in volatile]
                listed = ", ".join(f'"{column}"' for column in columns)
                row = store.sql(f"SELECT count(*), bit_xor(hash({listed})), sum(hash({listed})) FROM {name}").fetchone()
                told.append(f"{name} {row}")
    return "\n".join(told)


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
            if len(read_log(store)) < DECIDED:
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
        if run == OLD_RUN:  # past its term: it may be emptied in part
            continue
        try:
            documents_then(place.reports / run, Words("ru"))
        except AffilError as error:
            broken.append(str(error))
    if run_of(root).name not in place.runs():
        broken.append("latest names no finished run")
    return broken
