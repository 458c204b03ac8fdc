"""A supplier named without an ИНН: by ОГРН for certain, by a name one loaded organisation bears as a supposition, else not.

One town, screened once: the official himself runs every company, so whom a contract was tied to shows in its finding.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from worlds import loaded, screened, table

from affil.language.companies import company_key
from affil.language.identifiers import valid_inn, valid_ogrn
from affil.model.finding import Finding
from affil.model.run import Run
from affil.reports.explain import explain
from affil.resolve.firms import make_firms
from affil.store.store import Store
from affil.words import LANGUAGES, Words

pytestmark = pytest.mark.usefixtures("stores_used_again")

Row = dict[str, Any]
DAY = dt.date(2025, 3, 1)
HIMSELF = {"name": "Громов Пётр Ильич", "surname": "ГРОМОВ", "given": "ПЕТР", "patronymic": "ИЛЬИЧ", "inn": "420000001375"}
OTHER = {"name": "Чижов Иван Иванович", "surname": "ЧИЖОВ", "given": "ИВАН", "patronymic": "ИВАНОВИЧ", "inn": None}
OFFICIAL = {
    "employee_id": "1",
    "name": HIMSELF["name"],
    "inn": HIMSELF["inn"],
    "employer_inn": "4200000012",
    "employer": "Школа",
    "status": "head of institution",
    "procurement_role": "head of customer",
}
COMMON = {"signed_on": "01.02.2025", "customer_inn": "4200000012", "customer": "Школа", "ground": "п. 4 ч. 1 ст. 93"}


def numbers(first: int, valid: Any) -> list[str]:
    """Registered numbers that pass their check, from `first` on."""
    return [str(number) for number in range(first, first + 400) if valid(str(number))]


INNS = dict(zip("abcdefghijklmn", numbers(4200000100, valid_inn), strict=False))
OGRN, OGRN_OF_NOBODY = numbers(1024200000001, valid_ogrn)[:2]
COMPANIES = {
    "a": "ООО «ТРАНСМАРКЕТПЛЮС-45»",
    "b": "ООО «ЗИМОРОДОК»",
    "c": "ООО «СИНИЦА»",
    "d": "ООО «СИНИЦА»",
    "e": "ООО «ЩЕГОЛ»",
    "f": "ООО «ДРОЗД»",
    "g": "ООО «ДРОЗД»",
    "h": "ООО «СТРОЙСЕРВИСЮГ»",
    "i": "ООО «ТКП»",
    "j": "ООО «ИВОЛГА»",
    "k": "ООО «ИВОЛГА»",
    "l": "ООО «УДОД»",
}
CONTRACTS = {
    "unique": {"supplier": "Общество с ограниченой ответственностью «Трансмаркетплюс-45»"},
    "certain": {"supplier": "ООО «Зимородок»", "supplier_inn": INNS["b"]},
    "ogrn cell": {"supplier": "ООО «Синица»", "supplier_inn": OGRN},
    "ogrn name": {"supplier": f"ООО «Синица» (ОГРН {OGRN})"},
    "ogrn alone": {"supplier_inn": OGRN},
    "other ogrn": {"supplier": f"ООО «Щегол» (ОГРН {OGRN_OF_NOBODY})"},
    "several": {"supplier": "Дрозд ООО"},
    "near": {"supplier": "ООО «Строй-Сервис-Юг»"},
    "short": {"supplier": "ООО «ТКП»"},
    "full": {"supplier": "ООО «Транспортная контора Петуха»"},
    "ip": {"supplier": "ИП Кристалл"},
    "branch": {"supplier": "Энский филиал ООО «Зимородок»", "supplier_inn": INNS["b"]},
}
BIDS = [
    {"procedure_number": "31", "participant": "ООО «Иволга»", "phone": "8 (38445) 5-11-22"},
    {"procedure_number": "29", "participant": "ООО «Иволга»", "participant_inn": INNS["k"], "phone": "+7 38445 51122"},
    {"procedure_number": "38", "participant": "ИП Кристалл"},
    {"procedure_number": "37", "participant": "ООО «Удод»", "director": HIMSELF["name"], "director_inn": HIMSELF["inn"]},
]
SUCCESSION = [
    ("b", "predecessor", "4200000020", "ООО «СОРОКА»"),
    ("b", "successor", INNS["e"], "ООО «ЩЕГОЛ»"),
    ("f", "predecessor", INNS["c"], "ООО «СИНИЦА»"),
]


def company(sign: str, name: str) -> Row:
    row = {"source_id": "egrul", "locator": INNS[sign], "inn": INNS[sign], "ogrn": OGRN if sign == "c" else "1" + INNS[sign]}
    keys = {"name_key": company_key(name)}
    if sign == "i":
        keys = {"name_key": company_key("ООО «Транспортная контора Петуха»"), "short_key": company_key(name)}
    return {
        **row,
        **keys,
        "short_name": name,
        "legal_form_code": "12300",
        "extract_date": DAY,
        "registered_on": dt.date(2010, 1, 1),
    }


def director(sign: str) -> Row:
    who = OTHER if sign == "l" else HIMSELF
    name_key = " ".join(str(who[part]) for part in ("surname", "given", "patronymic"))
    row = {"source_id": "egrul", "locator": f"{INNS[sign]}/СведДолжнФЛ[1]", "company_inn": INNS[sign], "ogrn": "1" + INNS[sign]}
    return {
        **row,
        **who,
        "name_key": name_key,
        "kind": "director",
        "holder_kind": "person",
        "since": dt.date(2015, 1, 1),
        "extract_date": DAY,
    }


def successions() -> list[Row]:
    common = {"source_id": "egrul", "since": DAY}
    return [
        {**common, "locator": kind, "company_inn": INNS[sign], "kind": kind, "other_inn": inn, "other_name": name}
        for sign, kind, inn, name in SUCCESSION
    ]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    root = tmp_path_factory.mktemp("town")
    contracts = [{**COMMON, "contract_number": number, **supplier} for number, supplier in CONTRACTS.items()]
    bids = [{**bid, "applied_on": "01.02.2025", "customer_inn": "4200000012"} for bid in BIDS]
    with Store.open(None) as store:
        store.sql("INSERT INTO source VALUES ('egrul', 'egrul', 'egrul.xml', 'egrul', 0, now(), '{}', 0, '[]')")
        store.append("company", [company(sign, name) for sign, name in COMPANIES.items()])
        store.append("registry_tie", [director(sign) for sign in COMPANIES])
        store.append("succession", successions())
        loaded(store, root, table(root / "o.csv", [OFFICIAL]), table(root / "c.csv", contracts), table(root / "b.csv", bids))
        return screened(store)


@pytest.fixture(scope="module")
def own(run: Run) -> dict[str, Finding]:
    """What joins the official himself to a supplier or bidder he runs, by contract or procedure."""
    found = {}
    for one in run.findings:
        number = one.contract.number if one.contract else one.procedure.number if one.procedure else None
        if one.path.kinship == "self" and one.rule == ("article31-tie" if one.procedure else "self-director-supplier") and number:
            found[number] = one
    return found


def told(run: Run, reason: str, name: str) -> dict[str, str]:
    """The parameters of the one thing of that reason told of suppliers whose name holds `name`."""
    (found,) = [one for one in run.undetermined if one.reason == reason and name in one.name.upper()]
    return dict(found.params)


def inn_and_grade(finding: Finding) -> tuple[str | None, str]:
    return finding.supplier.inn if finding.supplier else None, finding.path.identity_grade


def test_a_name_one_loaded_organisation_bears_is_a_supposition(run: Run, own: dict[str, Finding]) -> None:
    assert inn_and_grade(own["unique"]) == (INNS["a"], "D")
    assert 0.5 < own["unique"].path.confidence <= 0.95
    assert own["unique"].priority not in ("first", "high")
    assert "supplier_by_name" in own["unique"].path.assumed
    assert told(run, "inn_by_name", "ТРАНСМАРКЕТ")["probability"].endswith(" %")


def test_an_inn_is_certain(own: dict[str, Finding]) -> None:
    assert inn_and_grade(own["certain"]) == inn_and_grade(own["branch"]) == (INNS["b"], "A")


@pytest.mark.parametrize("number", ["ogrn cell", "ogrn name", "ogrn alone"])
def test_an_ogrn_is_no_supposition(run: Run, own: dict[str, Finding], number: str) -> None:
    assert inn_and_grade(own[number]) == (INNS["c"], "A")
    assert not [one for one in run.rejects if one.column == "supplier_inn"]


def test_an_ogrn_of_another_outweighs_the_name(run: Run, own: dict[str, Finding]) -> None:
    assert "other ogrn" not in own and told(run, "no_inn_supplier", "ЩЕГОЛ") == {}


def test_a_name_several_bear_is_told_with_the_candidates(run: Run, own: dict[str, Finding]) -> None:
    params = told(run, "name_of_several", "ДРОЗД")
    assert "several" not in own and params["number"] == "2"
    assert INNS["f"] in params["organisations"] and INNS["g"] in params["organisations"]


def test_a_near_name_is_told_and_not_taken(run: Run, own: dict[str, Finding]) -> None:
    assert "near" not in own and INNS["h"] in told(run, "name_is_near", "СТРОЙ")["organisations"]


def test_short_and_full_name_are_both_known(own: dict[str, Finding]) -> None:
    assert inn_and_grade(own["short"]) == inn_and_grade(own["full"]) == (INNS["i"], "D")


def test_an_agreeing_phone_chooses_among_several_and_makes_it_grade_c(own: dict[str, Finding]) -> None:
    assert inn_and_grade(own["31"]) == (INNS["k"], "C")
    assert inn_and_grade(own["29"]) == (INNS["k"], "A")


def test_a_director_an_application_names_is_certain_for_that_bid(own: dict[str, Finding]) -> None:
    """Whoever else bears the bidder's name; the one of the loaded extract is run by another person."""
    assert own["37"].path.identity_grade == "A" and own["37"].path.confidence > 0.9


def test_a_sole_proprietor_whom_nothing_names_is_told_and_stops_nothing(run: Run) -> None:
    assert [one.reason for one in run.undetermined if "Кристалл" in one.name]


def test_one_customer_is_no_fact_of_the_organisation_itself() -> None:
    """A name and another purchase of the same customer: surer than the name alone, and still found by its name only."""
    companies = [company(sign, f"ООО «Птица {sign}»") for sign in "abcdefgh"] + [company("j", "ООО «Вектор»")]
    bought = [named(f"ООО «Птица {sign}»", INNS[sign]) for sign in "abcdefgh"]
    asked = named("ООО «Вектор»")
    ((_, _, grade, alone, _),) = supposed(companies, [*bought, asked])
    ((_, _, still, again, evidence),) = supposed(companies, [*bought, asked, named("ООО «Вектор»", INNS["j"])])
    assert (grade, still) == ("D", "D") and again > alone and "firm_customer" in evidence


@pytest.mark.parametrize("lang", LANGUAGES)
def test_why_an_organisation_is_supposed_is_told_line_by_line_and_adds_up(own: dict[str, Finding], run: Run, lang: str) -> None:
    words = Words(lang)
    told = set()
    for found in own.values():
        for step in found.path.steps:
            if step.resemblance is None or step.relation == "same_as":
                continue
            lines = step.resemblance.evidence
            told |= {line["key"] for line in lines}
            assert 2 ** sum(line["bits"] for line in lines) == pytest.approx(step.confidence / (1 - step.confidence), rel=0.01)
            text = explain(found, run, words)
            assert words("identity.firm_heading") in text and "{" not in text
            assert all(words(f"identity.evidence.{line['key']}", **line["params"])[:20] in text for line in lines)
            if found.path.identity_grade != "A":  # A: the application itself names the director
                assert words(f"reports.text.firm_grade_{found.path.identity_grade}") in text
    assert {"firm_loaded", "firm_name", "firm_limit"} <= told


def test_predecessor_and_successor_are_told(run: Run) -> None:
    name = "ЗИМОРОДОК"
    assert told(run, "predecessor_no_extract", name) == {"organisation": "ООО «СОРОКА», ИНН 4200000020", "since": "01.03.2025"}
    assert told(run, "successor_not_compared", "СИНИЦА")["organisation"] == f"ООО «ДРОЗД», ИНН {INNS['f']}"  # from its extract
    assert told(run, "successor_not_compared", name)["organisation"] == f"ООО «ЩЕГОЛ», ИНН {INNS['e']}"


def supposed(companies: list[Row], contracts: list[Row]) -> list[tuple[Any, ...]]:
    with Store.open(None) as store:
        store.append("company", companies)
        rows = [
            {"source_id": "c", "locator": str(place), "supplier_kind": "organisation", **row}
            for place, row in enumerate(contracts)
        ]
        store.append("contract", rows)
        make_firms(store)
        return store.sql("SELECT firm_key, party, grade, probability, evidence FROM firm_party ORDER BY ALL").fetchall()


def named(name: str, inn: str | None = None) -> Row:
    return {"supplier": name, "supplier_key": company_key(name), "supplier_inn": inn, "customer_inn": "4200000012"}


def test_the_more_extracts_are_loaded_the_surer_a_name_and_a_common_one_is_less_sure() -> None:
    companies = [company(sign, f"ООО «Птица {sign}»") for sign in "abcdefgh"] + [
        company("i", "ООО «Птица i»") | {"short_name": "x"}
    ]
    companies = [*companies, {**company("j", "ООО «Вектор»")}]
    few = [named(f"ООО «Птица {sign}»", INNS[sign]) for sign in "abc"] + [named("ООО «Лес»", INNS[sign]) for sign in "klmn"]
    many = [named(f"ООО «Птица {sign}»", INNS[sign]) for sign in "abcdefg"]
    asked = [named("ООО «Птица h»"), named("ООО «Вектор»")]
    less, more = (
        {key: probability for key, _, _, probability, _ in supposed(companies, [*bought, *asked])} for bought in (few, many)
    )
    bird, vector = company_key("ООО «Птица h»"), company_key("ООО «Вектор»")
    assert less[bird] < more[bird] and less[vector] < less[bird] and more[vector] < more[bird]


def test_row_order_changes_nothing() -> None:
    companies = [company(sign, name) for sign, name in COMPANIES.items()]
    contracts = [named(name) for name in COMPANIES.values()]
    assert supposed(companies, contracts) == supposed(companies[::-1], contracts[::-1])
