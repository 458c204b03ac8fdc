"""An invented run of a dozen findings: every document's test is made on it. All names and numbers are made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from affil.model.finding import Contract, Employee, EvidencePath, Finding, Party, Procedure, Source, Step
from affil.model.run import Coverage, RejectRow, RuleInfo, Run, SourceRow, Undetermined

STAFF = Source("inbox/Кадры/Должностные лица.xlsx", "Лист1!R5")
FORMS = Source("inbox/Анкеты/Родственники.xlsx", "Родственники!R17")
EXTRACT = Source("inbox/ЕГРЮЛ/VO_RUGFO_0000_1.xml", "ОГРН 1230000000001/СведДолжнФЛ")
CONTRACTS = Source("inbox/Перечень контрагентов.xlsx", "Лист1!R12")
SCHOOL = "МБОУ «Средняя общеобразовательная школа № 9» Заречного района"
SCHOOL_INN = "4299000109"
PERSON_INN = "429900000100"  # twelve digits; see test_html for one that passes the check


def official(number: int = 12, name: str = "Берестов Аркадий Львович", **more: Any) -> Employee:
    values: dict[str, Any] = {
        "key": f"o{number}", "employee_id": f"{number:05d}", "employer_inn": SCHOOL_INN, "employer": SCHOOL, "name": name,
        "inn": None, "status": "municipal servant", "procurement_role": "commission member",
        "position": "главный специалист", "department": "отдел закупок",
    }  # fmt: skip
    return Employee(**{**values, **more})


def party(number: int = 1, name: str = "ООО «Заречный строитель»") -> Party:
    inn = f"42990{number:05d}"
    return Party(inn, inn, name)


def contract(number: int = 1, **more: Any) -> Contract:
    values: dict[str, Any] = {
        "number": f"014230000122500{number:04d}", "signed_on": dt.date(2025, 3, 4), "customer_inn": SCHOOL_INN,
        "customer": SCHOOL, "price": Decimal("1234567.80"), "ground": "п. 4 ч. 1 ст. 93", "method": "единственный поставщик",
        "procedure_number": f"01423000012250{number:04d}", "subject": "Ремонт кровли",
    }  # fmt: skip
    return Contract(**{**values, **more})


def way(who: Employee, kin: str, supplier: Party, bought: Contract | Procedure, **more: Any) -> EvidencePath:
    """Official ← relative → firm → purchase ← customer ← official."""
    relative = more.pop("relative", "Берестова Нина Олеговна")
    tie = more.pop("control", "director")
    same = more.pop("same_as", None)
    since, until = more.pop("since", dt.date(2021, 6, 1)), more.pop("until", None)
    share = more.get("share")
    name = bought.number or "б/н"
    steps: list[Step] = []
    if kin != "self":
        steps.append(Step(who.name, kin, relative, FORMS))
    else:
        relative = who.name
    if same is not None:
        steps.append(Step(relative, "same_as", relative, EXTRACT, confidence=same))
    detail = f"{float(share) * 100:.0f} %" if share is not None else ""
    steps.append(Step(relative, tie, supplier.name, EXTRACT, since, until, target_kind="organisation", detail=detail))
    role = "supplier" if isinstance(bought, Contract) else "participant"
    steps.append(Step(supplier.name, role, name, CONTRACTS, origin_kind="organisation", target_kind="purchase"))
    steps.append(Step(who.name, "commission member", SCHOOL, STAFF, dt.date(2019, 9, 2), target_kind="organisation"))
    values: dict[str, Any] = {
        "share": None, "confidence": 1.0 if same is None else same, "identity_grade": "A" if same is None else "D",
        "in_force": True, "assumed": (),
    }  # fmt: skip
    return EvidencePath(tuple(steps), kin, tie, **{**values, **more})


def finding(number: int = 1, who: Employee | None = None, supplier: Party | None = None, **more: Any) -> Finding:
    who, supplier = who or official(), supplier or party()
    kin = more.pop("kin", "spouse")
    bought = more.pop("bought", None) or contract(number)
    relative = more.pop("relative", "Берестова Нина Олеговна")
    keys = ("control", "same_as", "since", "until", "share", "in_force", "assumed", "confidence", "identity_grade")
    given = {key: more.pop(key) for key in keys if key in more}
    values: dict[str, Any] = {
        "id": f"F-{number:012d}", "tie": f"T-{who.key}-{supplier.key}", "rule": "spouse-supplier", "priority": "high",
        "about": "official", "employee": who, "supplier": supplier,
        "contract": bought if isinstance(bought, Contract) else None,
        "procedure": bought if isinstance(bought, Procedure) else None,
        "path": way(who, kin, supplier, bought, relative=relative, **given), "other_paths": (), "kinship_alternatives": (),
        "circles": {"273-ФЗ ст. 10": "yes", "44-ФЗ ст. 31 ч. 1 п. 9": "yes"},
        "bases": ("44-ФЗ ст. 31 ч. 1 п. 9", "273-ФЗ ст. 10"),
        "relative": None if kin == "self" else relative, "relationship": None if kin == "self" else "супруга",
    }  # fmt: skip
    return Finding(**{**values, **more})


def rule(key: str, title: str) -> RuleInfo:
    return RuleInfo(
        key, "ab" * 32, {"ru": title, "en": f"Rule {key}"},
        {"ru": "Родственник должностного лица руководит контрагентом или владеет им на дату закупки заказчика, где служит лицо."},
        ("273-ФЗ ст. 10", "44-ФЗ ст. 31 ч. 1 п. 9"), "official",
        {"ru": "Принимало ли лицо участие в этой закупке; известна ли ему связь; кто исполнял контракт.", "en": "Took part?"},
        {"ru": "Запросить пояснения; разъяснить обязанность уведомить о возможном конфликте интересов.", "en": "Ask."},
        {"ru": "Передать вопрос на правовую оценку: соответствует ли участник требованиям.", "en": "Legal assessment."},
        {"ru": "Полный тёзка; устаревшая анкета; руководитель сменился до закупки.", "en": "A namesake."},
    )  # fmt: skip


def findings() -> tuple[Finding, ...]:
    """Twelve: a case with five contracts, two ways in a case, former and later ties, a bid, a supposition, namesakes."""
    head = official(3, "Яблочкин Сергей Тимофеевич", status="head of institution", position="директор", department=None)
    clerk = official(40, "Ольховская Дарья Викторовна", procurement_role=None, position="бухгалтер")
    firm, garden = party(2, "ООО «Озёрный край»"), party(3, "Общество с ограниченной ответственностью «Сад и огород плюс»")
    many = [finding(n, bought=contract(n, signed_on=dt.date(2025, n, 4))) for n in range(1, 6)]
    own = finding(6, head, firm, kin="self", control="owner", share=Fraction(7, 20), rule="official-supplier", priority="first")
    more = way(head, "sibling", firm, contract(6), relative="Яблочкин Пётр Тимофеевич", assumed=("start_unknown",))
    own = replace(own, other_paths=(more,))
    former = finding(
        7, head, garden, kin="spouse.sibling", relative="Грушевый Лев Ильич", relationship="брат жены", until=dt.date(2024, 5, 1),
        in_force=False, priority="low", rule="ended-tie", kinship_alternatives=("sibling.spouse",),
    )  # fmt: skip
    later = finding(
        8, clerk, garden, since=dt.date(2025, 9, 1), in_force=False, priority="low", relative="Ольховский Иван Иванович"
    )
    during = finding(9, clerk, firm, in_force="during_performance", priority="normal", relative="Ольховский Иван Иванович")
    bid = Procedure("0142300001225000077", dt.date(2025, 2, 18), SCHOOL_INN, False)
    lost = finding(10, official(), garden, bought=bid, kin="child.spouse", relationship="зять", relative="Рябинин Олег Олегович")
    guess = finding(11, clerk, party(4, "ООО «Новый мост»"), same_as=0.72, relative="Ольховский Иван Иванович", priority="normal")
    names = finding(12, head, party(5, "ООО «Тихий дол»"), same_as=0.21, name_only=True, priority="info", kin="parent")
    return (*many, own, former, later, during, lost, guess, replace(names, relative="Яблочкин Тимофей Петрович"))


def coverage(number: int, result: str = "full") -> Coverage:
    groups = {"spouse": "yes", "child": "none", "parent": "yes", "sibling": "yes", "spouse.parent": "no", "spouse.sibling": "yes"}
    reasons = {"full": (), "limited": ("groups_not_declared",), "none": ("no_questionnaire",)}[result]
    who = official(number, f"Служащий Номер{number:03d} Иванович")
    return Coverage(who, result, dt.date(2025, 1, 15), groups, 4, 2, 60, 120, reasons, reasons)


def run(found: tuple[Finding, ...] | None = None, **more: Any) -> Run:
    found = findings() if found is None else found
    values: dict[str, Any] = {
        "id": "R-0a1b2c3d4e5f60718293", "version": "0.1.0", "started": dt.datetime(2026, 3, 1, 14, 5, 9), "findings": found,
        "coverage": (*[coverage(n) for n in range(1, 53)], *[coverage(n, "limited") for n in range(53, 58)],
                     *[coverage(n, "none") for n in range(58, 61)]),
        "undetermined": (
            Undetermined("supplier", "АО «Дальний берег»", "4299000555", "joint_stock"),
            Undetermined("supplier", "ООО «Кедр»", "4299000556", "no_extract"),
            Undetermined("supplier", "Вязов Илья Ильич", None, "no_inn_supplier"),
            Undetermined("relative", "Осокина Алла Петровна", None, "relative_no_identity"),
            Undetermined("official", "Служащий Номер053", None, "groups_not_declared", {"groups": "spouse.parent, child"}),
        ),
        "rejects": (), "sources": (
            SourceRow(STAFF.file, "1" * 64, "table", {"officials": 60}, 0, ()),
            SourceRow(FORMS.file, "2" * 64, "table", {"relatives": 240}, 3, ()),
            *[SourceRow(f"inbox/ЕГРЮЛ/{n}.xml", f"{n:064d}", "egrul", {"organisations": 1}, 0, ()) for n in range(30)],
        ),
        "rules": {key: rule(key, title) for key, title in RULES.items()}, "settings": {"year": 2025, "own": ("b", "a")},
        "counts": {"findings": len(found)}, "period": (dt.date(2025, 1, 1), dt.date(2025, 12, 31)), "as_of": dt.date(2026, 3, 1),
        "pseudonym_key": "a key for tests",
    }  # fmt: skip
    return Run(**{**values, **more})


RULES = {
    "spouse-supplier": "Супруг должностного лица связан с контрагентом",
    "official-supplier": "Должностное лицо — контрагент или участник контрагента",
    "ended-tie": "Связь прекращена до закупки",
}


def large_run(cases: int = 200) -> Run:
    """`cases` cases of two contracts each, with long names, and a full list of reasons."""
    found: list[Finding] = []
    for number in range(1, cases + 1):
        who = official(number, f"Длиннофамильный Константин Константинович {number}")
        firm = party(number, f"ООО «Районная строительная компания № {number}»")
        for part in (0, 1):
            bought = contract(number * 2 + part)
            found.append(finding(number * 2 + part, who, firm, kin="spouse.sibling", relationship="брат жены", bought=bought,
                                 relative="Предлинный Александр Александрович", share=Fraction(1, 4), same_as=0.99,
                                 assumed=("end_unknown", "extract_older")))  # fmt: skip
    return run(tuple(found))


def hostile_run(text: str) -> Run:
    """A run where every name from outside is `text`."""
    who = official(1, text, position=text, department=text, employer=text, procurement_role=text)
    firm = Party(text, None, text)
    item = finding(
        1, who, firm, relative=text, relationship=text, bought=replace(contract(1), number=text, customer=text, ground=text)
    )
    source = SourceRow(text, "0" * 64, text, {text: 1}, 0, (text,))
    unclear = Undetermined("official", text, None, "groups_not_declared", {"groups": text})
    return run((item, replace(item, id="F-2", name_only=True, supplier=Party("x", None, text))), sources=(source,),
               undetermined=(unclear,))  # fmt: skip


def reject(reason: str, params: dict[str, str], taken: bool = False) -> RejectRow:
    return RejectRow("inbox/a.xlsx", "Лист1", 7, "ИНН", "=1+1", reason, params, taken)
