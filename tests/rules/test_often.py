"""A rule that fires on more than its share of the purchases says so, in the summary, on the page and in the manifest."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from worlds import loaded, screened, table

from affil.model.run import OftenRule, Run
from affil.reports.explain import summary
from affil.reports.manifest import manifest_json
from affil.reports.page.html import report_html
from affil.rules.cases import number
from affil.store.store import Store
from affil.words import LANGUAGES, Words

sys.path.insert(0, str(Path(__file__).parents[1] / "reports"))
import fake_run

pytestmark = pytest.mark.usefixtures("stores_used_again")

CUSTOMER, WIFE = number("org 1"), number("person 2")


def world(folder: Path, tied: int, others: int, **more: Any) -> Run:
    """A customer whose official's wife supplies him `tied` times as a natural person, strangers `others` times."""
    table(folder / "inbox/officials.csv", [{"employee_id": "7", "name": "Юшков Пётр Ильич", "employer_inn": CUSTOMER}])
    wife = {"employee_id": "7", "relationship": "жена", "name": "Юшкова Анна Олеговна", "inn": WIFE}
    table(folder / "inbox/relatives.csv", [wife])
    rows = [
        {
            "contract_number": f"К-{n}", "signed_on": "2025-03-04", "customer_inn": CUSTOMER, "price": 1000, **more,
            "supplier": "Юшкова Анна Олеговна" if n < tied else "ООО «Вереск»",
            "supplier_inn": WIFE if n < tied else number("org 2"),
        }
        for n in range(tied + others)
    ]  # fmt: skip
    table(folder / "inbox/contracts.csv", rows)
    with Store.open(None) as store:
        loaded(store, folder)
        return screened(store)


@pytest.mark.parametrize(
    ("tied", "others", "told"), [(4, 16, False), (5, 16, True), (5, 14, False), (19, 0, False), (20, 0, True)]
)
def test_told_above_the_share_and_of_no_fewer_than_twenty(tied: int, others: int, told: bool, tmp_path: Path) -> None:
    """4 of 20 is just the share 0.2; 5 of 21 is above it; of 19 purchases nothing is told."""
    often = {one.rule: one for one in world(tmp_path, tied, others).often}
    assert ("spouse-supplier" in often) == told
    if told:
        assert often["spouse-supplier"] == OftenRule("spouse-supplier", tied, tied + others, 0.2)


def test_contracts_of_one_procedure_are_one_purchase(tmp_path: Path) -> None:
    assert world(tmp_path, 30, 0, procedure_number="0142300000125000001").often == ()


def test_every_document_tells_it() -> None:
    run = replace(fake_run.run(), often=(OftenRule("spouse-supplier", 45, 100, 0.2), OftenRule("gone-rule", 201, 1000, 0.2)))
    russian = summary(run, Words("ru"), None)
    assert "Правило «Супруг должностного лица связан с контрагентом» сработало на 45 % закупок (45 из 100)" in russian
    assert "«gone-rule» сработало на 20,1 % закупок" in russian
    for lang in LANGUAGES:
        page = report_html(run, Words(lang)).decode()
        assert page.count('class="note often"') == 2
    told = json.loads(manifest_json(run, {}, "ru"))["rules_above_their_share"]
    assert told[0] == {"rule": "spouse-supplier", "purchases": 45, "screened": 100, "most": 0.2}


def test_where_none_does_nothing_is_said() -> None:
    run = fake_run.run()
    assert "сработало" not in summary(run, Words("ru"), None)
    assert "note often" not in report_html(run, Words("ru")).decode()
    assert json.loads(manifest_json(run, {}, "ru"))["rules_above_their_share"] == []
