"""A rule's own cases: small worlds in YAML, run through the real stages, with what must and must not come out."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from affil.errors import RuleError
from affil.ingest.inputs import InputFile
from affil.ingest.tables.tabular import TableReader
from affil.ingest.vocabulary.vocabulary import vocabulary
from affil.language.companies import company_key
from affil.language.fio import parse_name
from affil.model.finding import Finding
from affil.model.records import Reject, Sink
from affil.rules.faults import Fault, schema_faults
from affil.rules.rule import yaml_of
from affil.store.store import Store
from affil.words import Words

Row = dict[str, Any]

TABLES = (
    "officials", "relatives", "contracts", "participants", "commissions", "organisations",
    "declared_interests", "notices", "searches", "duties",
)  # fmt: skip
_MAY_BE_NUMBERS = ("who", "by")
_OF_COMPANIES = ("legal_form", "legal_form_code", "registered_on", "ended_on", "address", "email")
COMPANY_KEYS = (
    "name",
    "inn",
    "extract",
    "directors",
    "owners",
    "managing",
    *_OF_COMPANIES,
)  # what `_registry` reads of a company


class Expected(BaseModel):
    """One finding that must come out; keys left out may be anything.

    `other`: employee_id or ИНН of the other party; `contracts`: how many the finding is over; `bases`: all its norms, in order.
    """

    model_config = ConfigDict(extra="forbid")
    supplier: str | None = None
    official: str | None = None
    other: str | None = None
    contracts: int | None = None
    kinship: str | None = None
    control: str | None = None
    share: float | None = None
    in_force: bool | Literal["during_performance"] | None = None
    grade: str | None = None
    priority: str | None = None
    circles: dict[str, str] | None = None
    bases: list[str] | None = None


class Case(BaseModel):
    """A small world. `kind`: positive, near-miss, exception (the law itself exempts it), cannot-say (`undetermined` names why).

    Rows of the tables use the machine names of CONTRACT 3. `companies`: name, inn, extract (date), legal_form, legal_form_code,
    registered_on, ended_on, address, email, directors, owners (name or company, inn, share, since), managing; `proprietors`:
    name, inn, registered_on, ended_on, extract. An ИНН may be written `org 7` or `person 7`: invented, with right check digits.
    """

    model_config = ConfigDict(extra="forbid")
    name: str
    kind: Literal["positive", "near-miss", "exception", "cannot-say"]
    why: str
    officials: list[Row] = []
    relatives: list[Row] = []
    contracts: list[Row] = []
    participants: list[Row] = []
    commissions: list[Row] = []
    organisations: list[Row] = []
    declared_interests: list[Row] = []
    notices: list[Row] = []
    searches: list[Row] = []
    duties: list[Row] = []
    companies: list[Row] = []
    proprietors: list[Row] = []
    expect: list[Expected] = []
    undetermined: list[str] = []


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was wrong with a case; empty where nothing was."""

    case: str
    faults: tuple[str, ...]


def read_cases(path: Path, lang: str = "ru") -> list[Case]:
    """The cases of one file. Raises `RuleError` with file, case, key and what was expected, in `lang`."""
    data = yaml_of(path, path.name)
    cases, faults = parsed_cases(data, path.name)
    if faults:
        more = Words(lang)("lint.more", number=len(faults) - 1) if len(faults) > 1 else ""
        raise RuleError(faults[0].line(Words(lang)) + more)
    return [case for _, case in cases]


def parsed_cases(data: Any, file: str) -> tuple[list[tuple[str, Case]], list[Fault]]:
    """The cases that are right in their shape, each with what it is called, and every fault of the others."""
    if isinstance(data, Fault) or not isinstance(data, list):
        return [], [data if isinstance(data, Fault) else Fault(file, "", "list", type(data).__name__)]
    cases: list[tuple[str, Case]] = []
    faults: list[Fault] = []
    for number, item in enumerate(data, start=1):
        where = str(item["name"]) if isinstance(item, dict) and item.get("name") else str(number)
        try:
            cases.append((where, Case.model_validate(item)))
        except ValidationError as error:
            faults += schema_faults(error, file, Case, where)
    return cases, faults


def fill(store: Store, case: Case, lang: str = "en") -> None:
    """Write a case into an empty store, its tables through the table reader as a CSV file each.

    Raises `RuleError`, in `lang`, where a row is not taken.
    """
    store.append("source", [{"source_id": "case", "sha256": "case", "file": "case.yml", "kind": "table", "batch": 1,
                             "loaded_at": dt.datetime(2025, 1, 1), "taken": "{}", "rejected": 0, "notes": "[]"}])  # fmt: skip
    for table in TABLES:
        rows = getattr(case, table)
        if rows:
            sink = Sink(lambda name, found: store.append(name, [{"source_id": "case", **row} for row in found]))
            TableReader().read(InputFile(f"{table}.csv", data=_as_csv(rows, table)), sink)
            sink.close()
            if sink.rejects:
                raise RuleError(_not_taken(table, sink.rejects[0], Words(lang)))
    registry: dict[str, list[Row]] = {}
    for table, found in _registry(case):
        registry.setdefault(table, []).append({"source_id": "case", **found})
    for table, rows in registry.items():
        store.append(table, rows)


def _not_taken(table: str, row: Reject, words: Words) -> str:
    why = words(f"rejects.{row.reason}.reason", **row.params)
    return words("cases.not_taken", table=table, column=row.column, value=row.value, why=why)


def _as_csv(rows: list[Row], table: str) -> bytes:
    # Every heading of the table, so that a case may give as few columns as it needs and is still read as that table.
    fields = {name for name, field in vocabulary().tables[table].fields.items() if field.part_of is None}
    names = sorted(fields.union(*rows))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(names)
    for row in rows:
        writer.writerow(["" if row.get(name) is None else _text(name, row[name]) for name in names])
    return text.getvalue().replace("\r\n", f"\r\n{''}").encode("utf-8-sig")


def _text(name: str, value: Any) -> str:
    return number(str(value)) if "inn" in name or name in _MAY_BE_NUMBERS else str(value)


def number(text: str) -> str:
    """`org 7` and `person 7` as invented ИНН with right check digits (region 42); anything else as it is."""
    kind, _, serial = text.partition(" ")
    if kind == "org" and serial.isdigit():
        return _with_check("42" + serial.zfill(7), (2, 4, 10, 3, 5, 9, 4, 6, 8))
    if kind == "person" and serial.isdigit():
        first = _with_check("42" + serial.zfill(8), (7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
        return _with_check(first, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
    return text


def _with_check(digits: str, weights: tuple[int, ...]) -> str:
    return digits + str(sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 % 10)


def _registry(case: Case) -> Iterator[tuple[str, Row]]:
    for n, company in enumerate(case.companies):
        inn, day = number(company["inn"]), company.get("extract", dt.date(2025, 12, 1))
        place = f"ОГРН {n}"
        yield (
            "company",
            {
                "locator": f"{place}/{day}", "ogrn": f"1{n:012d}", "inn": inn, "short_name": company["name"], "name_key": company_key(company["name"]),
                "extract_date": day, **{key: company.get(key) for key in _OF_COMPANIES},
            },
        )  # fmt: skip
        for kind in ("directors", "owners", "managing"):
            for i, holder in enumerate(company.get(kind, [])):
                yield (
                    "registry_tie",
                    {
                        "locator": f"{place}/{day}/{kind}[{i + 1}]",
                        "ogrn": f"1{n:012d}",
                        "company_inn": inn,
                        "extract_date": day,
                        **_tie(kind, holder),
                    },
                )
    for n, person in enumerate(case.proprietors):
        yield (
            "proprietor",
            {
                "locator": f"ОГРНИП {n}", "ogrnip": f"3{n:014d}", "inn": number(person["inn"]), "extract_date": person.get("extract", dt.date(2025, 12, 1)),
                "registered_on": person.get("registered_on"), "ended_on": person.get("ended_on"), **_person(person["name"]),
            },
        )  # fmt: skip


def _tie(kind: str, holder: Row) -> Row:
    tie: Row = {
        "kind": {"directors": "director", "owners": "owner", "managing": "managing"}[kind],
        "since": holder.get("since"),
        "restricted": False,
    }
    if "share" in holder:
        share = Fraction(str(holder["share"]))
        tie["share"] = f"{share.numerator}/{share.denominator}"
    if "company" in holder:
        return {
            **tie,
            "holder_kind": holder.get("holder_kind", "organisation"),
            "holder_name": holder["company"],
            "holder_inn": number(holder["inn"]) if "inn" in holder else None,
        }
    return {
        **tie,
        "holder_kind": "person",
        "inn": number(holder["inn"]) if holder.get("inn") else None,
        **_person(holder["name"]),
    }


def _person(name: str) -> Row:
    parsed = parse_name(name)
    if parsed is None:
        raise RuleError(f"case: {name!r} is no name of a person")
    columns = parsed.columns()
    columns.pop("former_surnames", None)
    return {"name": name, **columns}


def faults(case: Case, rule_id: str, findings: list[Finding], undetermined: list[str], lang: str = "en") -> Outcome:
    """Compare what came out for one rule with what the case expects: neither a finding missing nor one too many."""
    words = Words(lang)
    mine = [finding for finding in findings if finding.rule == rule_id]
    wrong = []
    left = list(mine)
    for expected in case.expect:
        fitting = [finding for finding in left if not list(_differences(expected, finding))]
        if fitting:
            left.remove(fitting[0])
            continue
        near = [
            words("cases.differs", name=name, found=found, wanted=wanted)
            for finding in mine
            if expected.supplier is None or (finding.supplier and finding.supplier.inn == number(expected.supplier))
            for name, wanted, found in _differences(expected, finding)
        ]
        told = ", ".join(f"{key}: {value}" for key, value in expected.model_dump(exclude_none=True).items())
        nearest = words("cases.nearest", differences=", ".join(near)) if near else ""
        wrong.append(words("cases.not_found", expected=told) + nearest)
    wrong += [words("cases.too_many", found=_told(finding)) for finding in left]
    wrong += [words("cases.not_undetermined", reason=reason) for reason in case.undetermined if reason not in undetermined]
    return Outcome(case.name, tuple(wrong))


def _told(finding: Finding) -> str:
    path, (near, far) = finding.path, finding.ends
    return ", ".join(str(part) for part in (near.name, far.name, path.kinship, path.control, path.identity_grade) if part)


def _differences(expected: Expected, finding: Finding) -> Iterator[tuple[str, object, object]]:
    """Name, what was wanted and what was found, where these are not the same."""
    path, other = finding.path, finding.other_party
    pairs: list[tuple[str, Any, Any]] = [
        ("supplier", expected.supplier and number(expected.supplier), finding.supplier and finding.supplier.inn),
        ("official", expected.official, finding.employee and finding.employee.employee_id),
        ("other", expected.other and number(expected.other), other and (other.employee_id or other.inn)),
        ("contracts", expected.contracts, len(finding.contracts)),
        ("kinship", expected.kinship, path.kinship),
        ("control", expected.control, path.control),
        ("share", expected.share, None if path.share is None else round(float(path.share), 4)),
        ("in_force", expected.in_force, path.in_force),
        ("grade", expected.grade, path.identity_grade),
        ("priority", expected.priority, finding.priority),
        ("bases", expected.bases, list(finding.bases)),
        ("circles", expected.circles, {key: finding.circles.get(key) for key in expected.circles or {}}),
    ]
    for name, wanted, found in pairs:
        if wanted is not None and wanted != found:
            yield name, wanted, found
