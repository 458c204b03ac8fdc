"""An entrepreneur whom a table treats like a firm: a director in his application, a notice that names him as an employer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from affil.store.store import Store
from tests.worlds import findings_in, loaded, table

pytestmark = pytest.mark.usefixtures("stores_used_again")

CUSTOMER, OFFICIAL, ENTREPRENEUR, NUMBER = "4299000107", "429910000073", "429920000001", "0339300042122500024"
HIM = {"name": "Берестов Аркадий Львович", "employee_id": "1"}
BOUGHT = {"supplier_inn": ENTREPRENEUR, "supplier": "ИП Рябов О. М.", "signed_on": "18.02.2025", "customer_inn": CUSTOMER}
BID = {
    "procedure_number": NUMBER, "participant_inn": ENTREPRENEUR, "participant": "ИП Рябов Остап Маркович",
    "applied_on": "18.02.2025", "customer_inn": CUSTOMER,
}  # fmt: skip
NOTICE = {**HIM, "kind": "иная оплачиваемая работа", "date": "01.01.2025", "organisation_inn": ENTREPRENEUR, "organisation": "ИП"}


@pytest.mark.parametrize(
    "tables",
    [
        {"participants": {**BID, "director": HIM["name"], "director_inn": OFFICIAL}},
        {"participants": {**BID, "owners_over_25": HIM["name"]}},
        {"participants": BID, "notices": NOTICE},
        {"contracts": {**BOUGHT, "contract_number": NUMBER}, "notices": NOTICE},
    ],
    ids=["director", "owner", "notice of a bidder", "notice of a supplier"],
)
def test_every_step_follows_from_where_the_last_one_came(tmp_path: Path, tables: dict[str, dict[str, Any]]) -> None:
    official = {**HIM, "employer_inn": CUSTOMER, "inn": OFFICIAL, "procurement_role": "член комиссии"}
    for name, row in {"officials": official, **tables}.items():
        table(tmp_path / "inbox" / f"{name}.csv", [row])
    with Store.open(None) as store:
        loaded(store, tmp_path)
        findings = findings_in(store)  # the walk over the raw records raises where a step hangs in the air
    assert {finding.supplier.inn for finding in findings if finding.supplier} == {ENTREPRENEUR}
    for finding in findings:
        reached = {finding.path.steps[0].origin_id}
        for step in finding.path.steps:
            assert step.origin_id in reached
            reached.add(step.target_id)
