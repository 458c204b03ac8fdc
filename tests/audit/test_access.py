"""The log as commands fill it: who did what, whom they looked at, what failed; and no value of the loaded data in it."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from in_process import affil
from worklog import CUSTOMER, FIRM, NAME, OFFICIAL, PROCEDURE, SISTER, found_in, log_of, value, values_of, workspace
from worlds import table

from affil.audit.log import record
from affil.audit.numbers import numbers_of, persons_of
from affil.audit.waiting import PREFIX
from affil.store.store import Store

DONE, FAILED, USAGE = 0, 1, 2
WHY = ("--why", "сверено с паспортом")


pytestmark = pytest.mark.usefixtures("named")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, named: None) -> Path:
    """A workspace in which every command has run once, some of them in vain."""
    root = workspace(tmp_path_factory.mktemp("log") / "Округ")
    w = ("-w", str(root))
    affil("screen", *w)
    affil("check", *w, "--letters")
    affil("kpi", *w)
    finding = json.loads((root / "reports" / _latest(root) / "findings.json").read_bytes())["findings"][0]
    affil("explain", finding["id"], *w)
    affil("person", "00731", *w)
    affil("person", "Юшков", *w)
    candidate = {"name": "Кандидатов Лев Петрович", "birth_date": "1990-01-02", "status": "candidate", "employer_inn": CUSTOMER}
    affil("person", "--candidate", str(table(root / "Кандидатов.csv", [candidate])), *w)
    affil("precheck", "--procedure", PROCEDURE, *w)
    [pair] = value("match", "list", *w)["pairs"]
    affil("match", "decide", pair["id"], "same", *WHY, *w)
    affil("match", "show", pair["id"], *w)
    affil("match", "undo", "1", *WHY, *w)
    affil("match", "export", str(root / "решения.toml"), *w)
    affil("match", "import", str(root / "решения.toml"), *w)
    affil("match", "history", *w)
    affil("report", *w, "--format", "csv", "--out", str(root / "Юшков"))
    affil("load", "--explain", str(root / "inbox" / "Анкета.csv"), *w)
    affil("verify", *w)
    affil("audit", "verify", *w)
    affil("forget", "Записка Юшкова.bin", "--yes", *w)
    affil("load", *w)
    affil("hold", "00731", *WHY, *w)
    affil("hold", *w)
    affil("hold", finding["tie"], *WHY, *w)
    return root


def _latest(root: Path) -> str:
    return (root / "reports" / "latest").read_text(encoding="utf-8").strip()


COMMANDS = [
    "init", "load", "screen", "written", "check", "letters", "kpi", "explain", "person", "person", "person", "precheck",
    "match list", "match decide", "match show", "match undo", "match export", "match import", "match history", "report",
    "documents", "load --explain", "verify", "audit verify", "forget", "load", "hold", "hold", "hold",
]  # fmt: skip


def test_every_command_has_its_entry_in_the_order_done(place: Path) -> None:
    log = log_of(place)
    assert [entry["command"] for entry in log][: len(COMMANDS)] == COMMANDS
    assert {entry["who"] for entry in log} == {NAME}
    assert [entry["number"] for entry in log] == list(range(1, len(log) + 1))


def test_entries_tell_what_was_done(place: Path) -> None:
    told = {}
    for entry in log_of(place):
        told.setdefault(entry["command"], entry["body"])
    assert told["load"]["skipped"] == 0 and sorted(one["kind"] for one in told["load"]["files"]) == ["table"] * 4 + ["unreadable"]
    assert [set(one) for one in told["load"]["files"] if one["kind"] == "unreadable"] == [{"kind", "rows", "rejected"}]
    assert told["screen"]["run"] == told["written"]["run"] == told["explain"]["run"] and told["screen"]["findings"] > 0
    assert told["written"]["folder"] == _latest(place)
    assert (told["match decide"]["entry"], told["match decide"]["verdict"], told["match undo"]["undoes"]) == (1, "same", 1)
    assert told["report"]["formats"] == ["csv"] and told["verify"]["state"] == "equal" and told["forget"]["done"] is True


def test_a_failed_attempt_is_there_with_its_code_and_without_its_words(place: Path) -> None:
    failed = [entry for entry in log_of(place) if entry["body"].get("result") == "failed"]
    assert [(entry["command"], entry["body"]) for entry in failed] == [("person", {"result": "failed", "exit": 2})]


def test_the_numbers_mean_who_was_shown(place: Path) -> None:
    shown = {entry["command"]: set(entry["body"].get("persons", ())) for entry in log_of(place)}
    with Store.open(place / "affil.duckdb") as store:
        [official] = numbers_of(store, [f"born:{OFFICIAL.upper().replace('Ё', 'Е')}|1975-03-04"])
        [sister] = numbers_of(store, [f"born:{SISTER.upper()}|1981-05-06"])
        [director] = numbers_of(store, [f"name:{FIRM}|{SISTER.upper()}"])
        everybody = persons_of(store, {official, sister, director})
        assert store.sql("SELECT count(DISTINCT number) FROM person_number").fetchone() == (3,)
    first = next(entry["body"] for entry in log_of(place) if entry["command"] == "person")
    assert set(first["persons"]) == {official, sister}
    assert shown["match show"] == shown["match decide"] == shown["match undo"] == {sister, director}
    assert official in shown["precheck"] & shown["explain"] & shown["check"] & shown["letters"]
    assert shown["match list"] == shown["match history"] == shown["match export"] == {sister, director}
    assert [official in entry["body"]["persons"] for entry in log_of(place) if entry["command"] == "hold"] == [True] * 3
    assert all(director in entry["body"]["persons"] for entry in log_of(place)[-1:] if entry["command"] == "hold")
    assert f"official:{CUSTOMER}|731|ПЕТР ИЛЬИЧ" in everybody[official]


NAMED = {
    "check", "explain", "person", "precheck", "review", "forget", "purge", "person-data", "hold", "match list", "match show",
    "match decide", "match undo", "match history", "match export", "match import", "audit show", "diff", "kpi",
}  # fmt: skip
NOBODY = {
    "demo": "a run is about everybody", "screen": "a run is about everybody", "report": "documents of a run",
    "export": "a run is about everybody",
    "init": "there is nobody yet", "menu": "what it starts has an entry of its own",
    "load": "counts alone", "verify": "hashes and ids",
    "audit verify": "hashes and numbers", "key new": "a key", "key set": "a key", "key change": "a key", "key remove": "a key",
    "rules list": "rules", "rules show": "rules", "rules check": "rules", "rules test": "rules",
}  # fmt: skip


def test_of_every_command_it_is_settled_whether_the_log_names_persons_and_why_not(place: Path) -> None:
    from affil.cli import app

    told = {one.name or str(getattr(one.callback, "__name__", "")).replace("_", "-") for one in app.registered_commands}
    for group in app.registered_groups:
        assert group.typer_instance is not None
        told |= {f"{group.name} {one.name}" for one in group.typer_instance.registered_commands}
    assert told == NAMED | NOBODY.keys()
    named = {entry["command"] for entry in log_of(place) if entry["body"].get("persons")}
    elsewhere = {"forget", "purge", "review", "person-data", "audit show", "match import", "diff", "kpi"}
    assert not named & NOBODY.keys() and NAMED - named <= elsewhere


def test_a_candidate_is_looked_at_without_a_number(place: Path) -> None:
    candidate = [entry["body"] for entry in log_of(place) if entry["command"] == "person"][2]
    assert set(candidate) == {"candidate"} and candidate["candidate"].startswith("sha256:")
    with Store.open(place / "affil.duckdb") as store:
        assert not [person for (person,) in store.sql("SELECT person FROM person_number").fetchall() if "КАНДИДАТОВ" in person]


def test_no_value_of_the_data_and_no_name_of_a_file_is_in_the_log(place: Path) -> None:
    values = values_of(place) | {"Кандидатов", "1990-01-02", "решения.toml", str(place)}
    assert {OFFICIAL, "00731", FIRM, "17-М/25", "Анкета.csv", "Записка", "1981-05-06"} <= values
    log = [{key: one for key, one in entry.items() if key != "who"} for entry in log_of(place)]
    text = json.dumps(log, ensure_ascii=False)
    assert found_in(values, text) == set()
    for planted in (OFFICIAL, "00731", "Анкета.csv", SISTER.upper()):
        assert found_in(values, text + planted), "the search would find it"


def test_the_log_is_whole_and_told_in_both_languages(place: Path) -> None:
    told = value("audit", "verify", "-w", str(place))
    assert (told["whole"], told["broken"], told["runs_compared"], told["waiting_unreadable"]) == (True, None, 1, 0)
    noted = told["head"]["hash"]
    said = affil("audit", "verify", "--head", noted[:16], "-w", str(place))
    assert said.code == DONE and "Выписанный отпечаток есть в журнале обращений: запись № " in said.out
    decided = affil("audit", "verify", "--head", told["decisions"]["head"], "-w", str(place))
    assert decided.code == DONE and "есть в журнале решений: запись № 4" in decided.out
    assert affil("audit", "verify", "--head", "0" * 64, "-w", str(place)).code == FAILED
    assert affil("audit", "verify", "--head", "zzz", "-w", str(place)).code == USAGE
    assert "загрузка (load): файлов: 5 (таблица 4, " in affil("audit", "show", "--command", "load", "-w", str(place)).out
    shown = affil("audit", "show", "--command", "match", "--lang", "en", "-w", str(place)).out.splitlines()
    days = affil("audit", "show", "--command", "screen", "-w", str(place)).out
    assert f"на {dt.date.today():%d.%m.%Y}" in days and dt.date.today().isoformat() not in days
    assert len(shown) == 8 and "decision on an identity (match decide): persons: P-" in "\n".join(shown)


def test_the_log_is_shown_by_day_command_name_and_person(place: Path) -> None:
    w = ("-w", str(place))
    [number] = {one for entry in log_of(place) if entry["command"] == "person" for one in entry["body"].get("persons", ())} - {
        one for entry in log_of(place) if entry["command"] == "match show" for one in entry["body"]["persons"]
    }
    about = value("audit", "show", "--person", number.lower(), *w)["entries"]
    assert {entry["command"] for entry in about} == {"check", "letters", "explain", "person", "precheck", "hold"}
    assert "audit show" in {entry["command"] for entry in value("audit", "show", "--person", number, *w)["entries"]}
    looked = value("person-data", "00731", *w)["looked"]
    assert {"letters", "hold", "check", "audit show"} <= {one["command"] for one in looked}
    assert value("audit", "show", "--until", "2020-01-01", *w)["entries"] == []
    assert value("audit", "show", "--who", "никто", *w)["entries"] == []
    assert {entry["command"] for entry in value("audit", "show", "--command", "match", *w)["entries"]} == {
        f"match {one}" for one in ("list", "show", "decide", "undo", "export", "import", "history")
    }
    for wrong in (("--since", "завтра"), ("--since", "2026-02-01", "--until", "2026-01-01"), ("--person", OFFICIAL)):
        assert affil("audit", "show", *wrong, *w).code == USAGE


BROKEN = [
    "UPDATE audit SET who = 'Никто' WHERE number = 4",
    "UPDATE audit SET body = '{}' WHERE number = 4",
    "DELETE FROM audit WHERE number = 4",
    "UPDATE audit SET number = number + 1 WHERE number >= 4",
]


@pytest.fixture
def copy(place: Path, tmp_path: Path) -> Path:
    """The workspace without its inbox, to be spoilt."""
    return Path(shutil.copytree(place, tmp_path / "копия", ignore=shutil.ignore_patterns("inbox", "templates", "letters")))


@pytest.mark.parametrize("change", BROKEN)
def test_a_log_changed_beside_the_program_is_told(copy: Path, change: str) -> None:
    with Store.open(copy / "affil.duckdb") as store:
        store.sql(change)
    told = value("audit", "verify", "-w", str(copy))
    assert (told["whole"], told["broken"]) == (False, 4)


def test_a_log_cut_off_before_a_run_is_told_by_the_run(copy: Path) -> None:
    with Store.open(copy / "affil.duckdb") as store:
        store.sql("DELETE FROM audit WHERE number > 1")
    said = affil("audit", "verify", "-w", str(copy))
    assert said.code == FAILED and "Журнал обращений цел" in said.out and "Журнал укорочен или заменён" in said.out
    told = value("audit", "verify", "-w", str(copy))
    assert told["runs_after_which_cut"] == [{"run": _latest(copy), "log": "audit", "number": 2}]


def test_decisions_cut_off_with_no_run_after_them_are_told(copy: Path) -> None:
    with Store.open(copy / "affil.duckdb") as store:
        store.sql("DELETE FROM decision WHERE number = (SELECT max(number) FROM decision)")
    said = affil("audit", "verify", "-w", str(copy))
    assert said.code == FAILED and "Журнал решений укорочен или заменён" in said.out and "Журнал обращений цел" in said.out
    told = value("audit", "verify", "-w", str(copy))
    assert told["decisions"]["gone"][0]["decision"] == 4 and told["decisions"]["why_broken"] is None


HOLD = """
import sys, time
from pathlib import Path
from affil.store.store import Store
with Store.open(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_what_is_done_while_another_holds_the_store_waits_and_is_taken_in(place: Path) -> None:
    before = len(log_of(place))
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(place / "affil.duckdb")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        assert affil("kpi", "-w", str(place)).code == FAILED
        finding = json.loads((place / "reports" / _latest(place) / "findings.json").read_bytes())["findings"][0]
        assert affil("explain", finding["id"], "-w", str(place)).code == DONE, "it answers from the last finished run"
        waiting = list(place.glob(f"{PREFIX}*"))
        assert len(waiting) == 2 and (os.name != "posix" or not any(one.stat().st_mode & 0o077 for one in waiting))
    finally:
        holder.communicate("\n")
    log = log_of(place)
    assert len(log) == before + 3 and not list(place.glob(f"{PREFIX}*"))
    failed, shown = log[-2:]
    assert (failed["command"], failed["body"]["result"], failed["who"]) == ("kpi", "failed", NAME)
    directly = next(entry for entry in log if entry["command"] == "explain")
    assert shown["command"] == "explain" and shown["body"]["persons"] == directly["body"]["persons"]
    assert value("audit", "verify", "-w", str(place))["whole"] is True


def test_a_folder_nobody_may_write_to_is_told_and_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from affil.commands.act import Act
    from affil.settings import default_settings
    from affil.words import Words
    from affil.workspace import Workspace

    act = Act()
    act.begin(Workspace(tmp_path / "нет такой папки"), default_settings(), Words("ru"))
    act.leave("kpi")
    assert "запись журнала не сохранена" in capsys.readouterr().err


def test_the_clock_set_back_is_a_remark_and_no_fault(tmp_path: Path) -> None:
    root = workspace(tmp_path / "Округ")
    affil("load", "-w", str(root))
    with Store.open(root / "affil.duckdb") as store:
        record(store, NAME, "kpi", {}, dt.datetime.now() + dt.timedelta(hours=1))
    told = value("audit", "verify", "-w", str(root))
    assert told["whole"] and told["clock_set_back_at"] == []
    told = value("audit", "verify", "-w", str(root))
    assert told["whole"] and len(told["clock_set_back_at"]) == 1


def test_a_log_of_ten_thousand_entries_is_quick_to_add_to() -> None:
    """An entry looks at the last one, not at all of them."""
    with Store.open(None) as store:
        store.sql("INSERT INTO audit SELECT n, TIMESTAMP '2026-01-01', 'x', 'kpi', '{}', '', '' FROM range(1, 10001) t(n)")
        begun = time.perf_counter()
        assert record(store, NAME, "kpi", {}).number == 10_001
        assert time.perf_counter() - begun < 0.5
