"""The export to FollowTheMoney: counted against the store by SQL, read against the facts of the world, judged by its model."""

from __future__ import annotations

import json
import socket
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import export_world as w
import pytest

from affil.export.formats import Exported
from affil.export.holdings import percent
from affil.export.people import phones
from affil.model.run import Run
from affil.store.store import Store

MODEL: dict[str, Any] = json.loads(Path(__file__).with_name("ftm_model.json").read_text(encoding="utf-8"))
Found = dict[str, Any]


@pytest.fixture(scope="module")
def world() -> tuple[Store, Run]:
    return w.lived()


@pytest.fixture(scope="module")
def made(world: tuple[Store, Run], tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Run, Exported]:
    return *world, w.exported("ftm", *world, w.RU, tmp_path_factory.mktemp("draft"))


@pytest.fixture(scope="module")
def found(made: tuple[Store, Run, Exported]) -> list[Found]:
    return w.entities(made[2])


def of(found: list[Found], schema: str, **properties: str) -> list[Found]:
    return [
        one
        for one in found
        if one["schema"] == schema and all(value in one["properties"].get(name, ()) for name, value in properties.items())
    ]


def only(found: list[Found], schema: str, **properties: str) -> Found:
    [one] = of(found, schema, **properties)
    return one


def person(found: list[Found], name: str) -> str:
    return only(found, "Person", name=name)["id"]


def firm(found: list[Found], number: str) -> str:
    [one] = [one for one in found if w.inn(number) in one["properties"].get("innCode", ())]
    return one["id"]


def test_as_many_entities_as_the_store_has_of_what_they_stand_for(made: tuple[Store, Run, Exported], found: list[Found]) -> None:
    store, run, _ = made
    counted = Counter(one["schema"] for one in found)

    def number(statement: str) -> int:
        return int(store.sql(statement).fetchall()[0][0])

    assert counted["Contract"] == counted["ContractAward"] == number("SELECT count(DISTINCT contract_number) FROM contract") == 4
    assert counted["CallForTenders"] == number("SELECT count(DISTINCT procedure_number) FROM participant") == 1
    assert counted["Membership"] == number("SELECT count(*) FROM commission_seat") == 1
    # One declaration stands in the questionnaires of two posts of one man; «брат: нет» declares nobody.
    assert counted["Family"] == number("SELECT count(DISTINCT name_key) FROM relative WHERE fact = 'person'") == 3
    assert counted["Employment"] == number("SELECT count(*) FROM official") + 1  # and the father's place of work
    assert counted["Directorship"] == number("SELECT count(*) FROM registry_tie WHERE kind <> 'owner'") == 4
    owners = number(f"SELECT count(*) FROM registry_tie WHERE kind = 'owner' AND company_inn <> '{w.inn('org 5')}'")
    assert counted["Ownership"] == owners == 4
    people = number("""
        SELECT count(DISTINCT coalesce(inn, name_key)) FROM (
            SELECT inn, name_key FROM official UNION SELECT inn, name_key FROM relative
            UNION SELECT inn, name_key FROM registry_tie WHERE holder_kind = 'person') WHERE name_key IS NOT NULL""")
    assert counted["Person"] == people == 7  # the father and his namesake are two
    assert len([one for one in found if "finding" in one.get("affil", {})]) == len(run.findings) > 3
    assert len({one["id"] for one in found}) == len(found)


def test_a_man_of_two_posts_is_one_person_with_what_all_records_tell(found: list[Found]) -> None:
    servant = only(found, "Person", name="Верещагин Платон Савельевич")
    told = servant["properties"]
    assert (told["innCode"], told["birthDate"], told["gender"]) == ([w.inn("person 1")], ["1980-05-02"], ["male"])
    assert (told["lastName"], told["firstName"], told["fatherName"]) == (["Верещагин"], ["Платон"], ["Савельевич"])
    assert (told["phone"], told["email"]) == (["+79135551212"], ["p.vereschagin@example.ru"])
    assert told["position"] == ["Консультант", "Сторож"]
    posts = {one["affil"]["employee_id"]: one["properties"] for one in of(found, "Employment", employee=servant["id"])}
    assert posts["00505"]["endDate"] == ["2020-01-31"] and "endDate" not in posts["00101"]
    assert posts["00101"]["employer"] == [firm(found, "org 1")]
    head = only(found, "Person", name="Лукина Зоя Марковна")["properties"]
    assert (head["birthDate"], head["previousName"]) == (["1975"], ["Демина Зоя Марковна"])


def test_kin_is_told_from_the_side_of_the_person(found: list[Found]) -> None:
    servant, wife = person(found, w.SERVANT), person(found, w.WIFE)
    tie = only(found, "Family", relative=wife)
    assert (tie["properties"]["person"], tie["properties"]["relationship"], tie["affil"]["kin"]) == (
        [servant],
        ["жена"],
        ["spouse"],
    )
    assert len(tie["affil"]["records"]) == 2, "both questionnaires are named"
    inlaw = only(found, "Family", relationship="брат жены")
    assert inlaw["properties"]["relative"] == [person(found, w.BROTHER)] and inlaw["affil"]["kin"] == ["spouse.sibling"]


def test_shares_and_posts_as_the_registry_has_them(found: list[Found]) -> None:
    heather, wife = firm(found, "org 2"), person(found, w.WIFE)
    own = only(found, "Ownership", owner=wife)
    assert (
        own["properties"]["asset"] == [heather] and own["properties"]["percentage"] == ["60"] and own["affil"]["share"] == "3/5"
    )
    assert own["properties"]["startDate"] == ["2020-01-09"] and "endDate" not in own["properties"]
    shares = {tuple(one["properties"]["percentage"]) for one in of(found, "Ownership", asset=heather)}
    assert shares == {("60",), ("33.333333",), ("6.666667",)}
    assert only(found, "Ownership", owner=heather)["properties"]["percentage"] == ["50"]
    kinds = {
        one["schema"]
        for one in found
        if one["properties"].get("name", [""])[0] in ("Verba Ltd", "Муниципальное образование Заозёрье")
    }
    assert kinds == {"LegalEntity", "PublicBody"}
    managed = only(found, "Directorship", organization=firm(found, "org 3"))["properties"]
    assert (managed["director"], managed["role"]) == ([firm(found, "org 4")], ["управляющая организация"])
    school = only(found, "PublicBody", name="МБОУ СОШ № 5")
    founded = only(found, "UnknownLink", object=school["id"])  # nobody owns a share of a school
    assert founded["properties"]["subject"] == school["properties"]["parent"] == [firm(found, "org 1")]


def test_purchases_with_their_suppliers_bidders_and_duties(found: list[Found]) -> None:
    contract = only(found, "Contract", name="К-1")
    award = only(found, "ContractAward", contract=contract["id"])["properties"]
    assert contract["properties"]["title"] == ["Уборка"] and contract["properties"]["authority"] == [firm(found, "org 1")]
    assert (award["supplier"], award["amount"], award["currency"]) == ([firm(found, "org 2")], ["1000.50"], ["RUB"])
    assert (award["date"], award["endDate"]) == (["2025-03-04"], ["2025-12-31"])
    assert only(found, "UnknownLink", role="субподрядчик", object=contract["id"])["properties"]["subject"] == [
        firm(found, "org 6")
    ]
    call = only(found, "CallForTenders")
    assert sorted(call["properties"]["tenderers"]) == sorted([firm(found, "org 2"), firm(found, "org 6")])
    assert {one["tenderer"]: one["won"] for one in call["affil"]["bids"]} == {
        firm(found, "org 2"): False,
        firm(found, "org 6"): True,
    }
    fourth = only(found, "Contract", name="К-4")
    assert only(found, "ContractAward", contract=fourth["id"])["properties"]["callForTenders"] == [call["id"]]
    fifth = only(found, "Contract", name="К-5")
    assert only(found, "ContractAward", contract=fifth["id"])["properties"]["supplier"] == [person(found, w.BROTHER)]
    [duty] = [
        one for one in of(found, "UnknownLink", object=fifth["id"]) if one["properties"]["subject"] == [person(found, w.SERVANT)]
    ]
    assert duty["properties"]["startDate"] == ["2025-01-10"]
    work = only(found, "Employment", employer=firm(found, "org 6"))
    assert work["properties"]["employee"] == [only(found, "Person", birthDate="1950-07-07")["id"]]


def test_a_finding_is_a_lead_between_its_ends_and_names_its_rule(made: tuple[Store, Run, Exported], found: list[Found]) -> None:
    leads = {one["properties"]["recordId"][0]: one for one in found if "finding" in one.get("affil", {})}
    contracts = {one["id"]: one["properties"]["name"] for one in of(found, "Contract")}
    for finding in made[1].findings:
        lead = leads[finding.id]
        assert (lead["affil"]["finding"]["rule"], lead["affil"]["finding"]["priority"]) == (finding.rule, finding.priority)
        assert "Повод проверить, а не вывод" in lead["properties"]["description"][0]
        if finding.employee and finding.supplier:
            assert lead["properties"]["subject"] == [person(found, finding.employee.name)]
            assert finding.supplier.inn
            [far] = [one["id"] for one in found if finding.supplier.inn in one["properties"].get("innCode", ())]
            assert lead["properties"]["object"] == [far]
        if finding.contract and finding.contract.number == "К-1":
            assert ["К-1"] in [contracts.get(one) for one in lead["affil"]["purchases"]]
    assert not [one for one in found if "topics" in one["properties"]], "nobody is marked"


def test_a_namesake_is_similar_and_not_the_same(found: list[Found]) -> None:
    like = only(found, "Similar")
    fathers = sorted(one["id"] for one in of(found, "Person", lastName="Верещагин", firstName="Савелий"))
    assert sorted(like["properties"]["candidate"] + like["properties"]["match"]) == fathers and len(fathers) == 2
    assert 0 < float(like["properties"]["confidenceScore"][0]) < 1


def test_every_entity_says_where_it_comes_from(found: list[Found]) -> None:
    files = {one["id"]: one["properties"]["title"][0] for one in of(found, "Document")}
    assert files.keys() and w.EXTRACTS in files.values() and "inbox/relatives.csv" in files.values()
    for one in found:
        told = one.get("affil", {}).get("records", [])
        named = {files[file] for file in one["properties"].get("proof", ())}
        if one["schema"] == "Similar":
            assert told
        elif one["schema"] != "Document":
            # Only what the program took from the name of a place of work has no record of its own.
            derived = one["schema"] == "Employment" and "employee_id" not in one.get("affil", {})
            assert derived or (told and named == {record["file"] for record in told}), one
    assert only(found, "Family", relationship="отец")["affil"]["records"] == [{"file": "inbox/relatives.csv", "locator": "R4"}]


def test_signs_nobody_sees_are_left_out(made: tuple[Store, Run, Exported]) -> None:
    content = made[2].files[w.FILE].decode("utf-8")
    assert "К-6" in content
    assert not {"\x01", "\x1b", "\u202e", "\\u0001", "\\u001b"} & set(content) and "\\u0001" not in content


def test_two_exports_are_equal_whatever_the_order_of_findings(made: tuple[Store, Run, Exported], tmp_path: Path) -> None:
    store, run, first = made
    again = replace(run, findings=tuple(reversed(run.findings)))
    assert w.exported("ftm", store, again, w.RU, tmp_path).files == first.files


@pytest.mark.parametrize(
    ("share", "told"),
    [("1/3", "33.333333"), ("3/5", "60"), ("1/1", "100"), ("7/8", "87.5"), ("1/1000", "0.1"), ("2/3", "66.666667"), ("0/1", "0")],
)
def test_a_share_in_per_cent(share: str, told: str) -> None:
    assert percent(Fraction(share)) == told


def test_a_number_nobody_can_dial_is_no_phone() -> None:
    assert phones("8 (913) 555-12-12, +7 495 123-45-67; 12-34, 7 (500) 111-22-33") == ["+74951234567", "+79135551212"]


def lineage(schema: str) -> set[str]:
    return set(MODEL[schema]["is_a"])


def test_every_entity_is_of_the_model_as_it_was_recorded(found: list[Found]) -> None:
    """`ftm_model.json`: properties, ranges and what is required, of followthemoney itself, which need not be installed here."""
    by_id = {one["id"]: one for one in found}
    for one in found:
        known = MODEL[one["schema"]]
        assert not set(one["properties"]) - set(known["properties"]), one
        assert all(one["properties"].get(name) for name in known["required"]), one
        for name, values in one["properties"].items():
            assert values and all(isinstance(value, str) and value for value in values)
            wanted = known["properties"][name]["range"]
            assert not wanted or all(wanted in lineage(by_id[value]["schema"]) for value in values), (one["schema"], name)


def test_followthemoney_itself_takes_every_entity_whole(found: list[Found]) -> None:
    """Valid, and cleaned by its own types nothing is lost or changed; the recorded model is that of the library."""
    with pytest.MonkeyPatch.context() as patch:  # what it imports would ask the system for a socket to see whether it knows IPv6
        patch.setattr(socket, "has_ipv6", False)
        library = pytest.importorskip("followthemoney", reason="the extra `ftm` is not installed: PyICU could not be built")
    for one in found:
        schema = library.model.get(one["schema"])
        schema.validate(one)
        proxy = library.model.get_proxy(one, cleaned=False)
        assert {name: sorted(proxy.get(name)) for name in one["properties"]} == one["properties"]
        assert proxy.context.get("affil") == one.get("affil")
    for name, known in MODEL.items():
        schema = library.model.get(name)
        assert sorted(schema.required) == known["required"] and sorted(schema.names) == known["is_a"]
        for prop, told in known["properties"].items():
            own = schema.get(prop)
            assert (own.type.name, own.range.name if own.range else "") == (told["type"], told["range"])
