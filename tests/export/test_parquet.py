"""Parquet, read back by a DuckDB of its own: every table with the rows and columns of the store, dates typed, ИНН as texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import export_world as w
import pytest
from export_world import RU

from affil.export.tables import FINDINGS, STEPS, STORED
from affil.model.run import Run
from affil.reports.folder import write_documents
from affil.resolve.take_out import Quoting
from affil.retention.copies import copies_naming
from affil.store.store import Store

_LEFT_OUT = {"source_id", "superseded_by"}


@pytest.fixture(scope="module")
def world() -> tuple[Store, Run]:
    return w.lived()


@pytest.fixture(scope="module")
def folder(world: tuple[Store, Run], tmp_path_factory: pytest.TempPathFactory) -> Path:
    made, place = w.exported("parquet", *world, RU, tmp_path_factory.mktemp("draft")), tmp_path_factory.mktemp("tables")
    for name, content in made.files.items():
        assert content[:4] == content[-4:] == b"PAR1"
        (place / name).write_bytes(content)
    return place


def rows(folder: Path, table: str, what: str = "*") -> list[dict[str, Any]]:
    with duckdb.connect() as reader:
        cursor = reader.execute(f"SELECT {what} FROM read_parquet('{folder / table}.parquet')")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def kinds(folder: Path, table: str) -> dict[str, str]:
    with duckdb.connect() as reader:
        return {
            name: kind for name, kind, *_ in reader.execute(f"DESCRIBE FROM read_parquet('{folder / table}.parquet')").fetchall()
        }


def test_every_table_of_the_store_is_there_row_by_row(world: tuple[Store, Run], folder: Path) -> None:
    store = world[0]
    with duckdb.connect() as reader:
        for table, view in STORED.items():
            told = {str(name): str(kind) for name, kind, *_ in store.sql(f"DESCRIBE {view}").fetchall()}
            found = {name: kind for name, kind, *_ in reader.execute(f"DESCRIBE FROM '{folder / table}.parquet'").fetchall()}
            wanted = {name: kind for name, kind in told.items() if name not in _LEFT_OUT}
            assert {name: found[name] for name in wanted} == wanted, table
            assert found.keys() - wanted.keys() <= {"source_file", "entity"}, table
            number = reader.execute(f"SELECT count(*) FROM '{folder / table}.parquet'").fetchone()
            assert number == store.sql(f"SELECT count(*) FROM {view}").fetchone(), table


def test_values_are_those_of_the_tables(folder: Path) -> None:
    [servant] = [row for row in rows(folder, "officials") if row["employee_id"] == "00101"]
    assert (servant["name"], servant["inn"], str(servant["birth_date"])) == (w.SERVANT, w.inn("person 1"), "1980-05-02")
    assert kinds(folder, "officials")["inn"] == "VARCHAR" and kinds(folder, "contracts")["signed_on"] == "DATE"
    prices = {row["contract_number"]: str(row["price"]) for row in rows(folder, "contracts")}
    assert prices["К-1"] == "1000.50"
    assert {row["source_file"] for row in rows(folder, "relatives")} == {"inbox/relatives.csv"}


def test_findings_and_their_steps(world: tuple[Store, Run], folder: Path) -> None:
    run = world[1]
    found = {row["id"]: row for row in rows(folder, "findings")}
    assert kinds(folder, "findings") == FINDINGS and kinds(folder, "finding_steps") == STEPS
    assert found.keys() == {finding.id for finding in run.findings} and len(found) > 3
    steps = rows(folder, "finding_steps")
    for finding in run.findings:
        row = found[finding.id]
        assert (row["rule"], row["priority"], row["confidence"]) == (
            finding.rule,
            finding.priority,
            round(finding.path.confidence, 4),
        )
        if finding.contract:
            assert (row["contract_number"], row["signed_on"], row["price"]) == (
                finding.contract.number, finding.contract.signed_on, finding.contract.price,
            )  # fmt: skip
        mine = [one for one in steps if one["finding"] == finding.id and one["path"] == 1]
        assert [one["relation"] for one in sorted(mine, key=lambda one: one["step"])] == [
            step.relation for step in finding.path.steps
        ]
        assert len({one["path"] for one in steps if one["finding"] == finding.id}) == 1 + len(finding.other_paths)


def test_entities_are_those_of_the_other_export(world: tuple[Store, Run], folder: Path, tmp_path: Path) -> None:
    ids = {one["id"]: one for one in w.entities(w.exported("ftm", *world, RU, tmp_path))}
    for table in ("officials", "relatives"):
        for row in rows(folder, table):
            assert row["name"] is None or row["entity"] is None or ids[row["entity"]]["schema"] == "Person"
    [wife] = {row["entity"] for row in rows(folder, "relatives") if row["name"] == w.WIFE}
    assert ids[wife]["properties"]["name"] == [w.WIFE]
    for row in rows(folder, "findings"):
        if row["employee"]:
            assert ids[row["employee_entity"]]["properties"]["name"] == [row["employee"]]
        if row["supplier"]:
            assert row["supplier_entity"] in ids


def test_two_exports_are_equal(world: tuple[Store, Run], folder: Path, tmp_path: Path) -> None:
    again = w.exported("parquet", *world, RU, tmp_path)
    assert {name: (folder / name).read_bytes() for name in again.files} == again.files


def test_what_is_exported_is_found_where_a_person_is_to_be_destroyed(world: tuple[Store, Run], tmp_path: Path) -> None:
    asked = ("officials", "finding_steps", "contracts", "registry_ties")
    for form in ("ftm", "gexf", "graphml", "parquet"):
        (tmp_path / "draft" / form).mkdir(parents=True)
        made = w.exported(form, *world, RU, tmp_path / "draft" / form)
        few = {name: content for name, content in made.files.items() if form != "parquet" or Path(name).stem in asked}
        write_documents(few, tmp_path / "place" / "exports" / form)
    place = tmp_path / "place"
    found = copies_naming(place, place / "affil.duckdb", Quoting({w.SERVANT.upper()}, ()))
    forms = {Path(one).parent.name: Path(one).name for one in found.written}
    assert forms.keys() == {"ftm", "gexf", "graphml", "parquet"} and not found.unread
    tables = {Path(one).stem for one in found.written if one.endswith(".parquet")}
    assert tables == {"officials", "finding_steps"}
    (place / "exports" / "parquet" / "officials.parquet").write_bytes(b"PAR1 no table")
    nobody = copies_naming(place, place / "affil.duckdb", Quoting({"КОВЫЛИН ПЁТР ИЛЬИЧ"}, ()))
    assert (nobody.written, nobody.unread) == ((), ("exports/parquet/officials.parquet",))


def test_the_page_names_every_table_and_schema(folder: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "export.md").read_text(encoding="utf-8")
    model = json.loads(Path(__file__).with_name("ftm_model.json").read_text(encoding="utf-8"))
    tables = {path.stem for path in folder.iterdir()}
    assert {name for name in tables | model.keys() if f"`{name}`" not in page} == set()
