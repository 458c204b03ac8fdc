"""A lead of a common name stays, however little the name is worth: what is left out cannot be found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from worlds import loaded, screened, table

from affil.language.identifiers import valid_inn
from affil.store.store import Store

CUSTOMER = next(str(number) for number in range(5800000100, 5800000200) if valid_inn(str(number)))
SUPPLIER = next(str(number) for number in range(5800000300, 5800000400) if valid_inn(str(number)))
OFFICIAL = {
    "employee_id": "1",
    "name": "Чижова Марфа Лукинична",
    "employer_inn": CUSTOMER,
    "procurement_role": "commission member",
}


@pytest.mark.parametrize("written", ["Смирнов Александр", "Смирнов А.", "Смирнов А. А."])
def test_the_commonest_name_without_its_patronymic_is_a_lead_of_its_low_probability(tmp_path: Path, written: str) -> None:
    relative = {"employee_id": "1", "relationship": "муж", "name": written, "employer_inn": CUSTOMER}
    contract = {
        "supplier": "ООО «Клён»",
        "supplier_inn": SUPPLIER,
        "customer_inn": CUSTOMER,
        "signed_on": "01.02.2025",
        "contract_number": "1",
    }
    bid = {"procedure_number": "7", "participant": "ООО «Клён»", "participant_inn": SUPPLIER, "customer_inn": CUSTOMER,
           "applied_on": "15.01.2025", "director": "Смирнов Александр Александрович"}  # fmt: skip
    tables = {"o": [OFFICIAL], "r": [relative], "c": [contract], "b": [bid]}
    with Store.open(None) as store:
        loaded(store, tmp_path, *(table(tmp_path / f"{name}.csv", rows) for name, rows in tables.items()))
        found = [one for one in screened(store).findings if one.rule == "spouse-supplier"]
    assert found and {one.path.identity_grade for one in found} == {"D"} and {one.priority for one in found} == {"info"}
    assert all(0 < one.path.confidence < 0.01 for one in found)
