"""What stays of the people whose data went: every row of it is told, with its ground, and no namesake's."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from purge_world import EMPLOYER, HIS_NAME, TWIN, WIFE, workspace
from worlds import loaded

from affil.decisions.log import append, read_log
from affil.retention.holds import hold_entry
from affil.retention.named import Kept
from affil.retention.purge import what_would_stay
from affil.retention.terms import terms
from affil.settings import default_settings
from affil.store.store import Store

HER_INN, OTHER_INN = "420000000099", "420000000107"
NOW = dt.datetime(2026, 5, 5, 10, 0)
PAST = dt.date(2026, 11, 1)
pytestmark = pytest.mark.usefixtures("small_worlds")


def parts(name: str) -> dict[str, str]:
    surname, given, patronymic = name.upper().split()
    return {"surname": surname, "given": given, "patronymic": patronymic, "name_key": name.upper()}


HERS, HIS = parts(WIFE), parts(HIS_NAME)
BROTHER = {"official_key": f"{EMPLOYER}|14", "employee_id": "14", "fact": "person", "name": HIS_NAME, **HIS}
ROWS: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "contract": ("eis", [
        {"supplier": "ИП Гурьева С. Ю.", "supplier_inn": HER_INN},
        {"supplier": f"ИП {WIFE}", **HERS, "supplier_inn": OTHER_INN},  # a namesake, by her own ИНН
        {"supplier": f"ИП {WIFE}", **HERS, "supplier_inn": OTHER_INN, "contract_manager": "Гурьев П. Е."},
        {"supplier": "ООО «Гурьев»", "supplier_inn": "4200000020"},
    ]),
    "participant": ("eis", [{"participant": f"ИП {WIFE}", "participant_inn": HER_INN, **HERS}]),
    "unfair_supplier": ("eis", [{"supplier": f"ИП {WIFE}", **HERS}]),
    "tender": ("eis", [{"responsible": "Гурьев Платон Ефремович", **HIS}, {"responsible": TWIN, **parts(TWIN)}]),
    "commission_seat": ("eis", [{"name": HIS_NAME, **HIS, "link_problem": "not_ours", "customer_inn": "7700000000"}]),
    "registry_tie": ("egrul", [
        {"name": HIS_NAME, **HIS, "kind": "director"}, {"name": WIFE, **HERS, "inn": HER_INN, "kind": "owner"},
    ]),
    "proprietor": ("egrip", [{"name": WIFE, **HERS, "inn": HER_INN}]),
    "relative": ("table", [
        {**BROTHER},
        {**BROTHER, "birth_date": "1999-09-09"},  # a namesake, by his birth date
    ]),
}  # fmt: skip


def filled(store: Store) -> None:
    store.sql("UPDATE relative SET inn = ? WHERE name = ?", [HER_INN, WIFE])
    for number, (table, (kind, rows)) in enumerate(ROWS.items()):
        source = f"{number:016}"
        store.sql(
            "INSERT INTO source VALUES (?, ?, ?, ?, 1, TIMESTAMP '2026-01-01', '{}', 0, '[]')",
            [source, source, f"inbox/{table}", kind],
        )
        store.append(table, [{"source_id": source, "locator": f"R{place}", **row} for place, row in enumerate(rows)])


def test_every_row_that_stays_is_told_with_its_ground(tmp_path: Path) -> None:
    place = workspace(tmp_path / "w", sold=False)
    with Store.open(None) as store:
        loaded(store, place.root)
        filled(store)
        people = terms(store, default_settings().retention, PAST, read_log(store)).of_state("past")
        append(store, [hold_entry("hold", f"{EMPLOYER}|14", "", "Начальник", f"просит {HIS_NAME}", NOW)])
        before = store.sql("SELECT count(*) FROM official").fetchall()
        gone, kept = what_would_stay(store, people, ())
        assert store.sql("SELECT count(*) FROM official").fetchall() == before, "nothing is done"
    he, she = HIS_NAME, WIFE
    assert set(kept) == {
        Kept(she, "contract", "eis", "purchases", True, "", 1),
        Kept(he, "contract", "eis", "purchases", False, "", 1),  # «Гурьев П. Е.»: he or a namesake
        Kept(he, "decision", "", "log", False, "", 1),
        Kept(she, "participant", "eis", "purchases", True, "", 1),
        Kept(she, "unfair_supplier", "eis", "purchases", False, "", 1),
        Kept(he, "tender", "eis", "purchases", False, "", 1),
        Kept(he, "commission_seat", "eis", "purchases", False, "", 1),
        Kept(he, "registry_tie", "egrul", "companies", False, "", 1),
        Kept(she, "registry_tie", "egrul", "companies", True, "", 1),
        Kept(she, "proprietor", "egrip", "companies", True, "", 1),
        Kept(he, "relative", "table", "questionnaire", False, "Лаптева Вера Олеговна", 1),
    }
    assert (gone.people, gone.taken.rows["official"]) == (1, 1)


def test_seats_of_protocols_that_go_are_told_apart(tmp_path: Path) -> None:
    place = workspace(tmp_path / "w", sold=False)
    with Store.open(None) as store:
        loaded(store, place.root)
        store.sql("UPDATE source SET kind = 'eis' WHERE file = 'inbox/Комиссия.csv'")
        people = terms(store, default_settings().retention, PAST, read_log(store)).of_state("past")
        gone, _ = what_would_stay(store, people, ())
    assert (gone.taken.rows["commission_seat"], dict(gone.of_registers)) == (1, {"commission_seat": 1})
