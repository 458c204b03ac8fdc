"""`affil diff`: two finished runs, and the information for a quarter made beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from worlds import table

pytestmark = pytest.mark.usefixtures("small_worlds")

Affil = Callable[..., Any]
SCHOOL, FIRM = "4200000012", "4200000037"


def bought(number: int, day: str) -> dict[str, str]:
    return {
        "contract_number": f"К-{number}", "signed_on": day, "customer_inn": SCHOOL, "supplier_inn": FIRM,
        "supplier": "ООО «Клён»", "price": "1000,50", "national_project": "Образование" if number > 1 else "",
    }  # fmt: skip


@pytest.fixture
def place(affil: Affil, tmp_path: Path) -> Path:
    """Two runs: the director of the supplier is the official himself; then a second contract of another quarter."""
    folder = tmp_path / "округ"
    affil("init", str(folder))
    inbox = folder / "inbox"
    people = [{"employee_id": "1", "name": "Громов Пётр Ильич", "inn": "420000000100", "employer_inn": SCHOOL}]
    table(inbox / "officials.csv", people)
    table(inbox / "contracts 1.csv", [bought(1, "03.02.2025")])
    bid = {"procedure_number": "З-1", "participant_inn": FIRM, "participant": "ООО «Клён»", "applied_on": "01.02.2025",
           "customer_inn": SCHOOL, "director": "Громов Пётр Ильич", "director_inn": "420000000100"}  # fmt: skip
    table(inbox / "participants.csv", [bid])
    assert affil("screen", "-w", str(folder)).code == 0
    table(inbox / "contracts 2.csv", [bought(2, "05.05.2025")])
    assert affil("screen", "-w", str(folder)).code == 0
    return folder


def runs(place: Path) -> list[str]:
    return sorted(path.name for path in (place / "reports").iterdir() if path.is_dir())


def test_the_difference_and_the_quarter_made_of_it(affil: Affil, place: Path) -> None:
    first, second = runs(place)
    said = affil("diff", first, second, "--period", "2-2025", "--json", "-w", str(place))
    told = json.loads(said.out)
    assert said.code == 0 and told["counts"]["gone"] == 0
    found = json.loads((place / "reports" / second / "findings.json").read_bytes())["findings"]
    earlier = json.loads((place / "reports" / first / "findings.json").read_bytes())["findings"]
    assert told["counts"]["new"] == len({one["tie"] for one in found} - {one["tie"] for one in earlier})
    folder = Path(told["information"]["folder"])
    assert folder == place / "information" / "2025-2"
    assert sorted(told["information"]["files"]) == [
        "figures.json", "information.docx", "summary_public/summary.csv", "summary_public/summary.docx",
        "summary_public/summary.xlsx",
    ]  # fmt: skip
    quarter, year = json.loads((folder / "figures.json").read_bytes())["periods"]
    assert (quarter["from"], quarter["to"], year["from"], year["to"]) == ("2025-04-01", "2025-06-30", "2025-01-01", "2025-06-30")
    assert [one["all"]["contracts"] for one in (quarter, year)] == [1, 2]
    assert [one["all"]["price"] for one in (quarter, year)] == ["1000.50", "2001.00"]
    assert [one["national"]["contracts"] for one in (quarter, year)] == [1, 1]
    text = "".join(path.read_bytes().decode("utf-8", "ignore") for path in folder.rglob("*.*"))
    assert "Громов" not in text and "Клён" not in text
    again = affil("diff", first, "--period", "2-2025", "-w", str(place))
    assert (again.code, len(again.err.splitlines())) == (2, 1), "what was written is not replaced"


def test_the_year_alone_and_plain_text(affil: Affil, place: Path, tmp_path: Path) -> None:
    first, _ = runs(place)
    said = affil("diff", first, "latest", "--period", "2025", "--out", str(tmp_path / "год"), "-w", str(place))
    assert said.code == 0 and "Громов" not in said.err
    [year] = json.loads((tmp_path / "год" / "figures.json").read_bytes())["periods"]
    assert (year["from"], year["to"], year["all"]["contracts"]) == ("2025-01-01", "2025-12-31", 2)


def test_what_is_asked_wrongly_is_told_in_one_line(affil: Affil, place: Path) -> None:
    first, second = runs(place)
    for more in (
        ("--period", "5-2025"), ("--period", "2 квартал"), ("--period", "1-2999"), ("--out", "x"),
        ("--period", "2025", "--out", str(place / "inbox" / "x")), ("--period", "2025", "--out", str(place / "reports" / first)),
    ):  # fmt: skip
        said = affil("diff", first, second, *more, "-w", str(place))
        assert (said.code, said.out, len(said.err.splitlines())) == (2, "", 1), more
    assert affil("diff", "R-0123456789abcdef", "-w", str(place)).code == 2
