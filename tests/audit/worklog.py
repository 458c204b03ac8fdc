"""A small workspace with one of everything, and what its inbox says, value by value."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from in_process import affil
from worlds import table

from affil.rules.cases import number

CUSTOMER, FIRM = number("org 1"), number("org 2")
OFFICIAL, SISTER = "Юшков Пётр Ильич", "Юшкова Марфа Ильинична"
PROCEDURE = "0100000000026000001"
NAME = "Берёзова Алла Львовна"


def value(*arguments: str) -> Any:
    """The answer of `--json`."""
    said = affil(*arguments, "--json")
    return json.loads(said.out)


def log_of(root: Path) -> list[dict[str, Any]]:
    """All entries of the log, the last of them that of this very look left out."""
    entries: list[dict[str, Any]] = value("audit", "show", "-w", str(root))["entries"]
    return entries


def workspace(root: Path) -> Path:
    """An official whose sister has the name of a supplier's director; two questionnaires of different age, loaded apart."""
    assert affil("init", str(root)).code == 0
    inbox = root / "inbox"
    official = {
        "employee_id": "00731",
        "name": OFFICIAL,
        "employer_inn": CUSTOMER,
        "position": "Инженер по надзору",
        "procurement_role": "член комиссии",
    }
    table(inbox / "Кадры Юшков.csv", [{**official, "birth_date": "1975-03-04", "address": "Заречный, Липовая, 17"}])
    table(inbox / "Анкета.csv", [{"employee_id": "00731", "relationship": "сестра", "name": SISTER, "birth_date": "1981-05-06"}])
    bid = {"procedure_number": PROCEDURE, "participant_inn": FIRM, "participant": "ООО «Вереск»", "customer_inn": CUSTOMER}
    table(inbox / "Заявки 25.csv", [{**bid, "applied_on": "2025-02-03", "director": SISTER, "phone": "+7 913 123-45-67"}])
    bought = {"contract_number": "17-М/25", "signed_on": "2025-02-20", "customer_inn": CUSTOMER, "supplier_inn": FIRM}
    table(inbox / "Закупки 25.csv", [{**bought, "supplier": "ООО «Вереск»", "subject": "Ремонт кровли", "price": "123456,78"}])
    (inbox / "Записка Юшкова.bin").write_bytes(b"\x00\x01nothing that is read")
    return root


def values_of(root: Path) -> set[str]:
    """Every value an inbox tells, whole and word by word, and the names of its files; nothing that is shorter than four signs."""
    told = set[str]()
    for path in (root / "inbox").rglob("*"):
        told |= {path.name, path.stem, *path.stem.split()}
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                cells = [cell for row in list(csv.reader(file, delimiter=";"))[1:] for cell in row]
            told |= {one for cell in cells for one in (cell, *cell.replace("«", " ").replace("»", " ").split())}
    return {one for one in told if len(one) > 3}


def found_in(values: set[str], text: str) -> set[str]:
    """Which of the values stand in the text, in any case."""
    return {one for one in values if one.casefold() in text.casefold()}
