"""`affil match` as an officer meets it, in one small workspace."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from in_process import Said
from worlds import table

from affil.rules.cases import number

pytestmark = pytest.mark.usefixtures("small_worlds")

DONE, FAILED, USAGE = 0, 1, 2
CUSTOMER, FIRM = number("org 1"), number("org 2")
NAME = "Юшкова Марфа Ильинична"
WHO = ("--by", "Петрова А. Б., консультант", "--why", "сверено с паспортом")

Affil = Callable[..., Said]


@pytest.fixture
def place(affil: Affil, tmp_path: Path) -> str:
    """An official whose sister has the name of a supplier's director."""
    root = tmp_path / "Округ"
    affil("init", str(root))
    inbox = root / "inbox"
    table(
        inbox / "officials.csv",
        [{"employee_id": "1", "name": "Юшков Пётр Ильич", "employer_inn": CUSTOMER, "position": "Инженер"}],
    )
    table(inbox / "relatives.csv", [{"employee_id": "1", "relationship": "сестра", "name": NAME}])
    bid = {
        "procedure_number": "0100000000026000001",
        "participant_inn": FIRM,
        "participant": "ООО «Вереск»",
        "customer_inn": CUSTOMER,
    }
    table(inbox / "participants.csv", [{**bid, "applied_on": "2026-02-03", "director": NAME}])
    bought = {"contract_number": "1-М/26", "signed_on": "2026-02-20", "customer_inn": CUSTOMER, "supplier_inn": FIRM}
    table(inbox / "contracts.csv", [{**bought, "supplier": "ООО «Вереск»"}])
    assert affil("load", "-w", str(root)).code == DONE
    return str(root)


def answer(said: Said) -> Any:
    assert said.code == DONE, said.err
    return json.loads(said.out)


def test_the_way_of_an_officer_from_the_list_to_the_log(affil: Affil, place: str, tmp_path: Path) -> None:
    said = affil("match", "list", "-w", place).out
    id_ = re.findall(r"^(M-[0-9a-f]{8})  не решено", said, re.MULTILINE)[0]
    assert "сестра; служащий: Юшков Пётр Ильич" in said and "Случаев (должностное лицо и контрагент): 1, закупок: " in said

    shown = answer(affil("match", "show", id_[:5], "--json", "-w", place))
    assert (shown["state"], shown["grade"], shown["cases"], len(shown["findings"])) == ("undecided", "D", 1, 1)
    assert [one["shown"] for one in shown["persons"]] == ["сестра; служащий: Юшков Пётр Ильич", "руководитель: " + FIRM]
    assert [[one["source"]["locator"] for one in records] for records in shown["records"]] == [["R2"], ["R2"]]
    assert [one["grade"] for one in shown["outcomes"]["same"]["changed"]] == [["D", "P"]]
    assert shown["outcomes"]["different"] == {"gone": shown["findings"], "new": [], "changed": []}

    entry = answer(
        affil("match", "decide", id_, "same", *WHO, "--on", "12.03.2026", "--document", "паспорт", "-w", place, "--json")
    )
    assert (entry["number"], entry["verdict"], entry["on"], entry["documents"]) == (1, "same", "2026-03-12", ["паспорт"])
    assert [one["references"] for one in entry["persons"]] == [
        [f"kin:{CUSTOMER}|1|ЮШКОВА МАРФА ИЛЬИНИЧНА"], [f"name:{FIRM}|ЮШКОВА МАРФА ИЛЬИНИЧНА"],
    ]  # fmt: skip
    refused = affil("match", "decide", id_, "different", *WHO, "-w", place)
    assert (refused.code, "запись 1" in refused.err, "affil match undo 1" in refused.err) == (USAGE, True, True)

    file = tmp_path / "решения.toml"
    assert affil("match", "export", str(file), "-w", place).code == DONE
    assert answer(affil("match", "undo", "1", *WHO, "-w", place, "--json"))["undoes"] == 1
    assert affil("match", "undo", "1", *WHO, "-w", place).code == USAGE
    assert answer(affil("match", "import", str(file), "-w", place, "--json"))["added"] == [], "it is undone, not forgotten"
    history = answer(affil("match", "history", id_, "--json", "-w", place))
    assert [(one["verdict"], one["in_force"]) for one in history] == [("same", False), ("undo", False)]
    assert "(не действует)" in affil("match", "history", "-w", place).out


WRONG = [
    (("show", "M-0"), "не понят"),
    (("decide", "M-000", "perhaps", *WHO), "решение perhaps неизвестно"),
    (("decide", "M-000", "same", "--why", "сверено"), "--by"),
    (("decide", "M-000", "same", "--by", "П. П.", "--why", " "), "--why"),
    (("decide", "M-000", "same", *WHO, "--document", ""), "--document"),
    (("decide", "M-000", "same", *WHO, "--on", "2999-01-01"), "ещё не наступила"),
    (("decide", "M-000", "same", *WHO, "--on", "вчера"), "не понята"),
    (("undo", "7", *WHO), "решения с номером 7 нет"),
    (("history", "M-abc"), "решений по M-abc нет"),
]


def test_wrong_usage_is_2_and_one_line(affil: Affil, place: str) -> None:
    for arguments, said in WRONG:
        ended = affil("match", *arguments, "-w", place)
        assert (ended.code, ended.out, len(ended.err.splitlines())) == (USAGE, "", 1), arguments
        assert said in ended.err


def test_a_file_that_is_no_log_is_told_and_nothing_is_overwritten(affil: Affil, place: str, tmp_path: Path) -> None:
    other = tmp_path / "письмо.txt"
    other.write_text("Уважаемые коллеги!", encoding="utf-8")
    assert affil("match", "import", str(other), "-w", place).code == FAILED
    assert affil("match", "import", str(tmp_path / "нет.toml"), "-w", place).code == FAILED
    assert affil("match", "export", str(other), "-w", place).code == USAGE
    assert affil("match", "export", str(Path(place) / "inbox" / "журнал.toml"), "-w", place).code == USAGE
    assert other.read_text(encoding="utf-8") == "Уважаемые коллеги!"
    assert affil("match", "history", "-w", place, "--lang", "en").out == "No decisions yet.\n"
