"""What a name is worth in a small district: a common one stays a lead, a rare one is nearly proof, whoever's ИНН is told."""

from __future__ import annotations

import pytest
from worlds import loaded, screened, table

from affil.language.identifiers import valid_inn
from affil.model.finding import Finding
from affil.store.store import Store

pytestmark = pytest.mark.usefixtures("stores_used_again")


def numbers(first: int) -> str:
    return next(str(number) for number in range(first, first + 200) if valid_inn(str(number)))


SISTER, SISTERS, HERS = "Чижова Ася Лукинична", numbers(580000009000), numbers(5800000900)
CUSTOMER, FIRM, NEAR, ELSEWHERE = (numbers(first) for first in (5800000100, 5800000300, 5800000600, 2500000100))
OFFICIAL = {
    "employee_id": "1",
    "name": "Чижова Марфа Лукинична",
    "employer_inn": CUSTOMER,
    "procurement_role": "commission member",
}
RELATIVES = {"муж": "Смирнов Александр", "сын": "Крутохвостов Савелий Лукич", "брат": "Пустозвонцев Агафон Лукич"}
DIRECTORS = {FIRM: "Смирнов Александр Александрович", NEAR: RELATIVES["сын"], ELSEWHERE: RELATIVES["брат"]}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Finding]:
    """A lead to each supplier, whose director an application names without an ИНН."""
    root = tmp_path_factory.mktemp("district")
    who = {"employee_id": "1", "employer_inn": CUSTOMER}
    relatives = [{**who, "relationship": word, "name": name} for word, name in RELATIVES.items()]
    contracts, bids = [], []
    for inn, director in DIRECTORS.items():
        common = {"customer_inn": CUSTOMER, "procedure_number": inn}
        contracts.append(
            {**common, "supplier": f"ООО «Клён {inn}»", "supplier_inn": inn, "signed_on": "01.02.2025", "contract_number": inn}
        )
        bids.append(
            {
                **common,
                "participant": f"ООО «Клён {inn}»",
                "participant_inn": inn,
                "applied_on": "15.01.2025",
                "director": director,
            }
        )
    relatives.append({**who, "relationship": "сестра", "name": SISTER, "inn": SISTERS})
    contracts.append(
        {
            "customer_inn": CUSTOMER,
            "supplier": "ООО «Ольха»",
            "supplier_inn": HERS,
            "signed_on": "01.02.2025",
            "contract_number": "3",
        }
    )
    for number, inn in (("11", None), ("12", SISTERS)):
        bids.append({"customer_inn": CUSTOMER, "procedure_number": number, "participant": "ООО «Ольха»", "participant_inn": HERS,
                     "applied_on": "15.01.2025", "director": SISTER, "director_inn": inn, "winner": "да"})  # fmt: skip
    tables = {"o": [OFFICIAL], "r": relatives, "c": contracts, "b": bids}
    with Store.open(None) as store:
        loaded(store, root, *(table(root / f"{name}.csv", rows) for name, rows in tables.items()))
        told = screened(store).findings
    return {
        one.procedure.number if one.procedure else one.supplier.inn or "": one
        for one in told
        if one.supplier and one.path.kinship
    }


def test_the_commonest_name_without_its_patronymic_is_a_lead_of_its_low_probability(found: dict[str, Finding]) -> None:
    assert (found[FIRM].path.identity_grade, found[FIRM].priority) == ("D", "info")
    assert 0 < found[FIRM].path.confidence < 0.01


def test_a_person_without_an_inn_lives_where_his_firm_is(found: dict[str, Finding]) -> None:
    """Else a director told without an ИНН would be anybody of the country, and the rarest name worth nothing."""
    near, elsewhere = found[NEAR].path, found[ELSEWHERE].path
    assert near.confidence > 0.9 > elsewhere.confidence
    keys = [
        {line["key"] for step in path.steps if step.resemblance for line in step.resemblance.evidence}
        for path in (near, elsewhere)
    ]
    assert "region_firm" in keys[0] and "region_firm_other" in keys[1]


def test_an_application_without_an_inn_is_his_by_the_firm_and_not_by_a_birth_date(found: dict[str, Finding]) -> None:
    """Grade B is a full name with a birth date (CONTRACT 4), and no application tells one."""
    (joint,) = [step for step in found[HERS].path.steps if step.relation == "same_as"]
    assert (found[HERS].path.identity_grade, joint.detail) in {("A", "inn"), ("C", "company")}
