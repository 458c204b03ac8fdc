"""Names that are code, formulas, tags, floods or unseen signs, through every command; every output read by a reader not ours."""

# ruff: noqa: E501  # tables of one row a line

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import hostile_world
import lxml.etree
import lxml.html
import openpyxl
import pytest
from worlds import table

from affil.pipeline import Scope, load, rules_of, screen
from affil.reports.findings_json import findings_json
from affil.store.store import Store
from affil.workspace import Workspace

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
TRACE = re.compile(r"Traceback|\w+Error: |KeyError|IndexError", re.IGNORECASE)
ODD = "Иванов\"><script>'; DROP TABLE x; --{name}%s\u202e\x1b[31m\nИтого=1+1"  # no system takes a NUL among arguments
PROOF = bool(os.environ.get("AFFIL_PROOF"))
"""`make proof` asks every command in every form; the usual run leaves out those that only screen again."""
pytestmark = pytest.mark.usefixtures("small_worlds")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


def newest(root: Path) -> Path:
    return root / "reports" / (root / "reports/latest").read_text(encoding="utf-8").strip()


def told_by(run: Path) -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = json.loads((run / "findings.json").read_text(encoding="utf-8"))["findings"]
    return content


def findings_of(place: Workspace) -> list[dict[str, Any]]:
    """The findings of its inbox, without the documents that tell them."""
    settings = place.settings()
    with Store.open(None) as store:
        load(store, place, [place.inbox], settings)
        content: list[dict[str, Any]] = json.loads(findings_json(screen(store, rules_of(place), settings, Scope())))["findings"]
        return content


def without_names(findings: list[dict[str, Any]]) -> list[str]:
    """What findings say but for names and ids made of them."""
    kept = ("rule", "priority", "identity_grade", "kinship", "control", "in_force", "about", "bases", "circles")
    return sorted(
        json.dumps([one["employee"]["employee_id"], one["supplier"]["inn"], *(one[name] for name in kept)]) for one in findings
    )


def csv_rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), delimiter=";"))


def refused(run: Path) -> set[str]:
    """Employee ids of those whose name, or whose kin's name, was refused, as `rejects.csv` tells their rows."""
    return {f"Т{int(row[2]) - 2}" for row in csv_rows(run / "rejects.csv")[1:] if row[3] == "name"}


def test_every_command_ends_plainly_and_findings_are_those_of_plain_names(affil: Callable[..., Any], folder: Path) -> None:
    plain = hostile_world.workspace(folder / "plain", hostile=False)
    hostile = hostile_world.workspace(folder / "hostile", hostile=True)
    before = {path.name: path.read_bytes() for path in hostile.inbox.iterdir()}
    outside = {path.name for path in folder.iterdir()}
    wanted = [json.loads(one) for one in without_names(findings_of(plain))]
    for run in commands(affil, hostile.root, folder):  # after each screen
        gone = refused(run)
        assert without_names(told_by(run)) == sorted(json.dumps(one) for one in wanted if one[0] not in gone)
        assert 20 < len(told_by(run)) < len(wanted)
    assert {path.name: path.read_bytes() for path in hostile.inbox.iterdir()} == before
    made = {path.name for path in folder.iterdir()} - outside
    assert made <= {"акты", "решения.toml", "участники.csv", "комиссия.csv"} | {name for name in made if "кандидат" in name}
    for path in sorted([*hostile.root.rglob("*"), *(folder / "акты").rglob("*")]):
        if path.is_file() and not path.is_relative_to(hostile.inbox):
            look_at(path)


def commands(affil: Callable[..., Any], root: Path, folder: Path) -> Iterator[Path]:
    """Each must end with a code of CONTRACT 2 and say nothing a terminal would obey; the run's folder comes back after a screen."""

    def run(*arguments: str, codes: tuple[int, ...] = (0, 3, 4, 5)) -> str:
        said = affil(*arguments, "-w", str(root))
        assert said.code in codes, (arguments, said)
        for text in (said.out, said.err):
            assert not CONTROL.search(text), (arguments, CONTROL.findall(text))
            assert not TRACE.search(text), (arguments, text[-500:])
        return str(said.out)

    inbox = sorted(path.name for path in (root / "inbox").iterdir())
    run("screen")
    yield newest(root)
    finding = next(one for one in told_by(newest(root)) if "script" in one["employee"]["name"])
    who = str(finding["employee"]["employee_id"])
    run("check", "--letters")
    run("hold", who, "--by", ODD, "--why", ODD, "--document", ODD)
    assert run("hold").count("Итого=1+1") == 3  # why, who, document
    assert json.loads(run("hold", "--json"))
    run("person-data", who)
    assert json.loads(run("person-data", who, "--json"))["name"] == finding["employee"]["name"]
    if PROOF:
        yield from more(run, root, folder, inbox, who, finding)
    run("purge", "--person", who, "--why", ODD, codes=(2,))  # held
    run("purge", "--yes", "--out", str(folder / "акты"))
    run(
        "purge",
        "--person",
        "Т46",
        "--why",
        ODD,
        "--document",
        "решение от 02.03.2026 № 5",
        "--yes",
        "--out",
        str(folder / "акты"),
    )
    run("purge", "--readmit", ODD, codes=(2,))
    run("forget", ODD, "--yes", codes=(2,))
    run("audit", "show")
    run("audit", "show", "--who", ODD)
    run("audit", "verify")
    run("verify", "latest", "--no-repeat")


def more(
    run: Callable[..., str], root: Path, folder: Path, inbox: list[str], who: str, finding: dict[str, Any]
) -> Iterator[Path]:
    """The commands that screen once more, or say the same in another form."""
    run("explain", finding["id"])
    run("person", who)
    run("person", ODD, codes=(2,))
    seats = table(folder / "комиссия.csv", [{"member": hostile_world.HIS, "employee_id": "Т46", "role": ODD}])
    bid = {"procedure_number": ODD, "participant": ODD, "participant_inn": hostile_world.inn_of(46), "applied_on": "01.02.2019"}
    bids = table(folder / "участники.csv", [bid])
    asked = ("--participants", str(bids), "--commission", str(seats), "--customer", hostile_world.EMPLOYER)
    run("precheck", *asked, "--out", str(root / "лист.docx"))
    pair = json.loads(run("match", "list", "--json", "--all"))["pairs"][0]["id"]
    run("match", "decide", pair, "unsure", "--by", ODD, "--why", ODD, "--document", ODD)
    run("match", "history")
    run("match", "export", str(folder / "решения.toml"))
    run("match", "import", str(folder / "решения.toml"), codes=(0, 2))
    run("kpi")
    run("load", "--json")
    for name in inbox:
        run("load", "--explain", str(root / "inbox" / name))
    for name in ("check", "kpi"):
        assert json.loads(run(name, "--json"))
    assert json.loads(run("explain", finding["id"], "--json"))
    assert json.loads(run("person", who, "--json"))
    run("explain", ODD, codes=(2,))
    row = {
        "employee_id": "К1",
        "name": "<script>alert(1)</script> Пётр Ильич",
        "position": ODD,
        "inn": hostile_world.inn_of(3),
        "status": "кандидат",
    }
    run("person", "--candidate", str(table(folder / "=кандидат\u202e<b>.csv", [row])))
    run("precheck", "--procedure", "0339300042119000050")
    run("precheck", "--procedure", ODD, codes=(0, 1, 2, 5))
    run("match", "list", "--all")
    run("match", "show", pair)
    run("match", "show", ODD, codes=(2,))
    run("screen")
    yield newest(root)
    run("report", "latest", "--out", str(root / "ещё раз"))
    for form in ("ftm", "gexf", "graphml", "parquet"):
        run("export", "--format", form)
    run("verify", "latest")
    run("forget", f"inbox/{inbox[0]}", "--yes", codes=(0, 2))


def look_at(path: Path) -> None:
    """Read one output as its own program would: nothing in it may run, nothing may be lost between rows."""
    assert not CONTROL.search(path.name) and "<" not in path.name, path
    if path.suffix == ".csv":
        rows = csv_rows(path)
        assert {len(row) for row in rows} == {len(rows[0])}, path
        live = [cell for row in rows for cell in row if re.match(r"[=+\-@\t\r]", cell) and cell != "-"]
        assert not live, (path, live[:3])
        assert not [cell for row in rows for cell in row if CONTROL.search(cell)], path
    elif path.suffix == ".xlsx":
        cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
        if "templates" not in path.parts:
            assert not [cell for cell in cells if cell.data_type == "f"], path
        assert not [cell for cell in cells if isinstance(cell.value, str) and CONTROL.search(cell.value)], path
        well_formed(path)
    elif path.suffix == ".docx":
        texts = [part.text for part in docx.Document(str(path)).element.body.iter() if part.text]
        assert not [text for text in texts if CONTROL.search(text)], path
        well_formed(path)
    elif path.suffix == ".html":
        content = path.read_text(encoding="utf-8")
        assert not CONTROL.search(content), path
        tree = lxml.html.fromstring(content)
        own = {script.text or "" for script in tree.iter("script")}
        assert not [script for script in own if script.strip().startswith("alert(")], path
        assert not [node for node in tree.iter("img", "iframe", "object", "embed") if str(node.get("src", "")).strip() == "x"], (
            path
        )
        assert not [name for node in tree.iter() for name in node.attrib if str(name).startswith("on")], path
        assert not [node for node in tree.iter("b") if node.text == "жирно"], path
    elif path.suffix == ".json":
        assert json.loads(path.read_text(encoding="utf-8")) is not None


def well_formed(path: Path) -> None:
    """The XML of an office file, read by another parser; no tie to a file or address outside but those of hyperlinks."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            assert ".." not in name and not name.startswith("/")
            if name.endswith((".xml", ".rels")):
                tree = lxml.etree.fromstring(archive.read(name))
                outside = [one for one in tree.iter() if one.get("TargetMode") == "External"]
                assert not outside, (path, name, [one.get("Target") for one in outside][:3])
