"""Destroying personal data: nothing of them is found in any byte, the rest is as if they had never been there."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from purge_world import EMPLOYER, HIS_NAME, KIN, OFFICIALS, SIGNS, TWIN, WIFE, workspace
from worlds import table

from affil.audit.log import record
from affil.ingest.inputs import InputFile
from affil.pipeline import Scope, rules_of, screen
from affil.reports.findings_json import findings_json
from affil.resolve.take_out import Quoting
from affil.retention.copies import text_of
from affil.store.store import Store
from affil.workspace import Workspace

Run = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("small_worlds")
BY = ("--document", "решение от 02.03.2026 № 5")


def bytes_of(folder: Path, but: tuple[str, ...] = ()) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder, hidden ones too, as it lies on the disk; documents also as text."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(but):
            yield name, name.encode() + path.read_bytes()
            if path.suffix in (".docx", ".xlsx"):
                yield name, text_of(InputFile(name, path)).encode()


def found(folder: Path, but: tuple[str, ...] = ()) -> set[tuple[str, str]]:
    return {(name, sign) for name, content in bytes_of(folder, but) for sign in SIGNS if sign.encode() in content}


def uncompressed(file: Path) -> None:
    """The store written so that names stand in its bytes as they are."""
    plain = file.with_suffix(".plain")
    with duckdb.connect() as connection:
        connection.execute("PRAGMA force_compression='uncompressed'")
        connection.execute(
            f"ATTACH '{file}' AS old; ATTACH '{plain}' AS fresh; COPY FROM DATABASE old TO fresh; DETACH fresh; DETACH old"
        )
    plain.replace(file)


def findings(place: Path) -> list[dict[str, Any]]:
    """What a run finds on what the store holds, without the documents that tell it."""
    with Store.open(place / "affil.duckdb") as store:
        run = screen(store, rules_of(None), Workspace(place).settings(), Scope())
    told: list[dict[str, Any]] = json.loads(findings_json(run))["findings"]
    return told


def without_source(value: Any) -> Any:
    """A finding without where it stands: rows of a file that has one official less are counted otherwise."""
    if isinstance(value, dict):
        return {key: without_source(inner) for key, inner in value.items() if key != "source"}
    return [without_source(inner) for inner in value] if isinstance(value, list) else value


def test_nothing_of_him_is_found_in_any_byte(tmp_path: Path, affil: Run) -> None:
    place = workspace(tmp_path / "w", named=True, sold=False).root
    ws = ("-w", str(place))
    with Store.open(place / "affil.duckdb") as store:
        record(store, "И. О. Начальник", "load", {}, dt.datetime(2015, 1, 2, 3, 4))  # past the term of the log
    assert affil("screen", *ws).code == 0
    assert affil("person", "12", *ws).code in (0, 3, 5)
    assert affil("hold", "12", "--why", f"суд о {HIS_NAME}", "--by", "И. О. Начальник", *ws).code == 0
    assert affil("hold", "12", "--release", "--why", f"суд о {HIS_NAME} окончен", "--by", "И. О. Начальник", *ws).code == 0
    run = next(one for one in (place / "reports").iterdir() if one.is_dir())
    old = run.with_name("2015-01-02_03-04-05_0a1b2c3d")
    run.rename(old)
    (place / "affil.duckdb.v4-backup-2020-01-01").write_text(HIS_NAME, encoding="utf-8")
    uncompressed(place / "affil.duckdb")
    before = found(place, ("inbox", "templates"))
    assert {sign for name, sign in before if name == "affil.duckdb"} >= set(SIGNS) - {"555-12-12"}, (
        "the search finds what is there"
    )
    assert {name.partition("/")[0] for name, _ in before} >= {
        "affil.duckdb",
        "persons",
        "reports",
        "affil.duckdb.v4-backup-2020-01-01",
    }
    dry = affil("purge", "--as-of", "2026-11-01", "--json", *ws)
    assert found(place, ("inbox", "templates")) == before, "a dry run changes nothing"
    assert [one["name"] for one in json.loads(dry.out)["people"]] == [HIS_NAME]
    assert json.loads(dry.out)["runs"] == [old.name]
    assert (json.loads(dry.out)["log_entries"], json.loads(dry.out)["log_is_cut"]) == (1, True)
    done = affil("purge", "--as-of", "2026-11-01", "--yes", *ws)
    assert done.code == 0, done
    kept = f"reports/{old.name}/manifest.json"  # it tells of a file that is called after him; the act says so
    assert {name for name, _ in found(place, ("inbox", "templates"))} == {kept}
    assert [one.name for one in old.iterdir()] == ["manifest.json"]
    papers = sorted((tmp_path / "w-purge").iterdir())
    assert [one.name.split(" 2")[0] for one in papers] == ["Акт об уничтожении", "Выгрузка из журнала"]
    act, extract = (text_of(InputFile(one.name, one)) for one in papers)
    assert all(
        text in act
        for text in (
            HIS_NAME,
            EMPLOYER,
            "уволен(а) 01.03.2020",
            "inbox/Кадры.csv",
            "affil.duckdb.v4-backup",
            kept,
        )
    )
    assert HIS_NAME in extract and "P-" in extract
    for paper in (act, extract):  # п. 3 «в», п. 5 «а»: relatives are subjects too
        assert "1.1\tГурьев Рубин Платонович\t" in paper and f"1.2\t{WIFE}\t" in paper
        assert "не имею" not in paper, "names nobody"
    (his,), (wife,) = ([line.split("\t") for line in act.splitlines() if f"\t{name}\t" in line] for name in (HIS_NAME, WIFE))
    assert wife[2].startswith("жена") and "дата рождения; степень родства" in wife[3] and "телефон" not in wife[3]
    assert "телефон; табельный номер" in his[3] and "сведения о родственниках" in his[3] and "уведомлениях" in his[3]
    assert "место жительства" not in his[3], "he had given none"
    whole = json.loads(affil("audit", "verify", "--json", *ws).out)
    assert (whole["whole"], whole["cut_through"]) == (True, 1)
    emptied = affil("verify", old.name, "--json", *ws)
    assert emptied.code == 5 and (json.loads(emptied.out)["state"], json.loads(emptied.out)["manifest"]) == ("emptied", "logged")
    shown = [one["body"] for one in json.loads(affil("audit", "show", "--command", "purge", "--json", *ws).out)["entries"]]
    assert [len(one["persons"]) for one in shown] == [4, 3], "those who stay; of him no number is drawn anew"


@pytest.mark.parametrize("gone", ["12", "13"] if os.environ.get("AFFIL_FUZZ") else ["12"])
def test_the_next_run_is_that_of_a_workspace_that_never_had_him(gone: str, tmp_path: Path, affil: Run) -> None:
    with_him, never = workspace(tmp_path / "w").root, workspace(tmp_path / "o", {"12"} if gone == "12" else {"13"}).root
    if gone == "13":
        table(
            never / "inbox" / "Уведомления.csv",
            [{"employee_id": "12", "name": HIS_NAME, "kind": "подарок", "number": "7", "date": "01.02.2019"}],
        )
        shutil.copy(with_him / "inbox" / "Контракты.csv", never / "inbox" / "Контракты.csv")
        shutil.copy(with_him / "inbox" / "Поиск.csv", never / "inbox" / "Поиск.csv")
    for place in (with_him, never):
        assert affil("load", "-w", str(place)).code == 0
    names = {one["employee"]["name"] for one in findings(with_him)}
    assert {HIS_NAME, TWIN} <= names
    assert affil("purge", "--person", gone, "--why", "запрос", *BY, "--yes", "-w", str(with_him)).code == 0
    assert affil("screen", "-w", str(with_him)).code == 0
    wanted = without_source(findings(never))
    assert without_source(findings(with_him)) == wanted
    assert affil("verify", "-w", str(with_him)).code == 0, "the files that name him still lie in the inbox"
    assert len(wanted) >= 2


def test_a_file_does_not_bring_him_back_and_a_new_service_does(tmp_path: Path, affil: Run) -> None:
    place = workspace(tmp_path / "w", sold=False).root
    ws = ("-w", str(place))
    affil("load", *ws)
    assert affil("purge", "--as-of", "2026-11-01", "--yes", *ws).code == 0
    table(place / "inbox" / "Кадры новые.csv", [row | {"employer_inn": EMPLOYER, "department": "новый"} for row in OFFICIALS])
    table(place / "inbox" / "Анкеты новые.csv", [row | {"birth_date": ""} for row in KIN])
    told = {one["file"]: one for one in json.loads(affil("load", "--json", *ws).out)["files"]}
    assert (told["inbox/Кадры новые.csv"]["taken"]["officials"], told["inbox/Кадры новые.csv"]["rejected"]) == (4, 1)
    uncompressed(place / "affil.duckdb")
    assert found(place, ("inbox", "templates")) == set()
    checked = affil("check", *ws)
    assert "inbox/Кадры.csv" in checked.out
    rehired = [
        {**OFFICIALS[0], "employer_inn": EMPLOYER, "dismissed": "", "hired": (dt.date.today() + dt.timedelta(1)).isoformat()}
    ]
    table(place / "inbox" / "Снова.csv", rehired)
    told = {one["file"]: one for one in json.loads(affil("load", "--json", *ws).out)["files"]}
    assert told["inbox/Снова.csv"]["taken"]["officials"] == 1
    assert told["inbox/Снова.csv"]["rejected"] == 0


def test_a_destruction_by_mistake_can_be_undone(tmp_path: Path, affil: Run) -> None:
    place = workspace(tmp_path / "w").root
    ws = ("-w", str(place))
    affil("load", *ws)
    assert affil("purge", "--person", "13", "--yes", *ws).code == 2, "his term is not over: a reason is asked for"
    assert affil("purge", "--person", "13", "--why", "ошибка ввода", *BY, "--yes", *ws).code == 0
    table(place / "inbox" / "Кадры 2.csv", [OFFICIALS[1] | {"employer_inn": EMPLOYER}])
    affil("load", *ws)
    with Store.open(place / "affil.duckdb") as store:
        ((value, params),) = store.sql("SELECT value, params FROM reject WHERE reason = 'person_destroyed'").fetchall()
    assert not value
    code = json.loads(params)["id"]
    assert affil("purge", "--readmit", code, *ws).code == 0
    table(place / "inbox" / "Кадры 3.csv", [OFFICIALS[1] | {"employer_inn": EMPLOYER, "department": "отдел"}])
    assert [one["rejected"] for one in json.loads(affil("load", "--json", *ws).out)["files"] if "3" in one["file"]] == [0]


def test_held_and_unknown_are_listed_and_never_destroyed(tmp_path: Path, affil: Run) -> None:
    place = workspace(tmp_path / "w").root
    ws = ("-w", str(place))
    affil("load", *ws)
    assert affil("hold", "12", "--by", "Начальник", *ws).code == 2, "why?"
    assert affil("hold", "12", "--why", "запрос суда № 5", "--by", "Начальник", "--until", "2026-12-01", *ws).code == 0
    told = json.loads(affil("purge", "--as-of", "2026-11-01", "--yes", "--json", *ws).out)
    assert told["people"] == []
    states = {one["employee_id"]: (one["state"], one["reason"]) for one in told["others"]}
    assert states == {
        "12": ("held", "held"),
        "14": ("running", "dismissed"),
        "15": ("unknown", "former_undated"),
        "16": ("unknown", "candidate_undated"),
    }
    assert affil("purge", "--person", "12", "--why", "x", "--yes", "--as-of", "2026-11-01", *ws).code == 2
    assert "запрос суда № 5" in affil("hold", *ws).out
    assert [one["name"] for one in json.loads(affil("purge", "--as-of", "2026-12-02", "--json", *ws).out)["people"]] == [HIS_NAME]
    assert affil("hold", "12", "--release", "--why", "суд окончен", "--by", "Начальник", *ws).code == 0
    assert affil("hold", "12", "--release", "--why", "суд окончен", "--by", "Начальник", *ws).code == 2
    assert len(json.loads(affil("purge", "--as-of", "2026-11-01", "--json", *ws).out)["people"]) == 1


def test_the_act_may_not_stay_in_the_workspace(tmp_path: Path, affil: Run) -> None:
    place = workspace(tmp_path / "w").root
    affil("load", "-w", str(place))
    assert affil("purge", "--yes", "--out", str(place / "acts"), "-w", str(place)).code == 2
    with Store.open(place / "affil.duckdb") as store:
        assert store.sql("SELECT count(*) FROM official WHERE employee_id = '12'").fetchall() == [(1,)]


def test_who_is_named_in_another_s_questionnaire_stays_there(tmp_path: Path, affil: Run) -> None:
    place = workspace(tmp_path / "w").root
    table(place / "inbox" / "Ещё.csv", [{"employee_id": "14", "relationship": "брат", "name": HIS_NAME}])
    affil("load", "-w", str(place))
    told = affil("purge", "--as-of", "2026-11-01", "--yes", "-w", str(place))
    assert f"{HIS_NAME}: сведения анкеты о родственнике, источник: таблица (Лаптева Вера Олеговна)" in told.out
    bought = f"{WIFE}: сведения из реестра контрактов, источник: таблица, совпало имя, возможен однофамилец; остаются:"
    act = next((tmp_path / "w-purge").glob("Акт*"))
    for text in (told.out, text_of(InputFile(act.name, act))):
        assert bought in text and "152-ФЗ ст. 6 ч. 1 п. 2" in text
    assert "Лаптева" not in text_of(InputFile(act.name, act)), "the act names nobody else"
    with Store.open(place / "affil.duckdb") as store:
        assert store.sql("SELECT name FROM relative WHERE employee_id = '14' ORDER BY 1").fetchall() == [
            (HIS_NAME,),
            ("Лаптев Иван Ильич",),
        ]
        assert not store.sql("FROM relative WHERE name = ?", [WIFE]).fetchall()


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Гурьев Платон Ефремович", True),
        ("гурьева платона ефремовича уволить", True),
        ("П. Е. Гурьеву", True),
        ("Гурьев П.Е.", True),
        ("Платон Ефремович Гурьев", True),
        ("Гурьев\tПлатон\tЕфремович", True),
        ("Гурьев Павел Егорович", False),
        ("Гурьев", False),
        ("Гурьев Л.Е.", False),
        ("ИНН 420000000099 ", True),
        ("1420000000099", False),
        ("Загурьев Платон", False),
    ],
)
def test_a_name_is_found_in_any_form_it_is_written_in(text: str, is_named: bool) -> None:
    assert Quoting(["ГУРЬЕВ ПЛАТОН ЕФРЕМОВИЧ"], ["420000000099"]).found_in(text) == is_named
