"""What a row builder does with regular rows, in SQL: which rows are regular, and which of their columns are worked out.

A plan tells no more than that; whatever else a builder puts into a record must be a field of the table as it stands, and a probe
of the builder itself shows whether that still holds (`stale`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from affil.ingest.tables.rows.contracts import contract_records
from affil.ingest.tables.rows.people import official_records, relative_records
from affil.ingest.tables.rows.row import Builder, RowRefusedError, TableRow
from affil.ingest.values.organisation_cell import INN_IN_NAME, OGRN_IN_NAME
from affil.ingest.values.periods import period_bounds
from affil.ingest.vocabulary.vocabulary import plain, vocabulary
from affil.language.fio import former_surnames
from affil.language.kin_words import parse_relationship

PERSON = ("surname", "given", "patronymic", "name_key", "gender")
Values = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Lookup:
    """A table `name` of what Python makes of each distinct combination of the SQL expressions `keys`.

    `made` takes one and gives the values of `columns`; None sends the rows that have it to the row builder.
    """

    name: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    made: Callable[..., Values | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How regular rows of one table become records.

    `{field}` in SQL stands for a value. `names`: name of a lookup of person names → the SQL it reads.
    `derived`: column of the record → SQL. `slow`: SQL of rows to judge. `refused_judged`: fields whose refused cell does.
    `never_with`: fields no sheet for this plan has. `never_regular`: columns of the record that are NULL in regular rows.
    """

    build: Builder
    table: str
    probe: Mapping[str, Any]
    lookups: tuple[Lookup, ...]
    names: Mapping[str, str]
    derived: Mapping[str, str]
    slow: tuple[str, ...]
    refused_judged: frozenset[str]
    never_with: frozenset[str] = frozenset()
    never_regular: frozenset[str] = frozenset()

    def stale(self, fields: Mapping[str, object]) -> bool:
        """True where the builder puts something into a record that this plan does not know."""
        row = TableRow(dict(self.probe), [])
        try:
            records = self.build(row)
        except RowRefusedError:
            return True
        if len(records) != 1 or records[0][0] != self.table or row.problems:
            return True
        rest = {name: value for name, value in records[0][1].items() if name not in self.derived.keys() | self.never_regular}
        return any(name not in fields or value != self.probe.get(name) for name, value in rest.items())


def re2_superset(pattern: str) -> str:
    """A pattern in RE2 that finds whatever the Python one finds, and more: RE2 knows letters beyond ASCII in classes only."""
    wider = re.sub(r"\\w[+*]?|\\b|\(\?[=!<][^()]*\)", "", pattern)
    return "(?i)" + wider.replace(r"\s", "[^0-9A-Za-zА-Яа-яЁё]").replace("е", "[её]")


def _supplier(text: str, digits: str | None) -> Values | None:
    """What the builder of contracts makes of a supplier's name beside an ИНН of so many digits or none."""
    if INN_IN_NAME.search(text) or (digits is None and OGRN_IN_NAME.search(text)):
        return None
    inn = {"supplier_inn": ("0" * int(digits),)} if digits else {}
    row = TableRow({"supplier": text, "signed_on": dt.date(2020, 1, 1), **inn}, [])
    records = contract_records(row)
    record = records[0][1]
    if len(records) > 1 or row.problems or record["supplier"] != text or (record["supplier_inn"] is not None) != bool(inn):
        return None
    return tuple(record[name] for name in ("supplier_kind", "supplier_key", *PERSON))


def _period(text: str) -> Values:
    first, last = period_bounds(text) or (None, None)
    return (first.isoformat(), last.isoformat()) if first and last else (None, None)


def _kin(text: str) -> Values | None:
    kin = parse_relationship(text)
    if kin is None or vocabulary().divorced.search(text):
        return None
    return "|".join(kin.chains), kin.gender


def _former(text: str) -> Values:
    return ("|".join(dict.fromkeys(former_surnames(text))) or None,)


def _irregular_name(text: str) -> Values | None:
    """What the builder of relatives says of a name that may be «нет», two names, or tell of a death."""
    if ";" in text:  # several persons in one cell are told apart before the builder (people_sheet.py)
        return None
    row = TableRow({"relationship": "брат", "name": text, "employee_id": "1"}, [])
    try:
        [(_, record)] = relative_records(row)
    except (RowRefusedError, ValueError):
        return None
    regular = record["fact"] == "none" or (
        record["fact"] == "person" and record["chains"] == "sibling" and not record["valid_to"] and not record["birth_year"]
    )
    return (record["fact"],) if regular and not row.problems else None


_REGULAR_NAME = "[А-ЯЁа-яё-]+( [А-ЯЁа-яё-]+){0,2}( ?[А-ЯЁ][.]){0,2}"


def _person(names: str, former: str) -> dict[str, str]:
    """The person columns of a name, former surnames of a column of their own added."""
    added = (
        f"CASE WHEN {former} IS NULL THEN {names}.former_surnames WHEN {names}.surname IS NULL THEN {former} "
        f"ELSE nullif(array_to_string(list_filter(string_split({former}, '|'), one -> one <> {names}.surname), '|'), '') END"
    )
    return {**{one: f"{names}.{one}" for one in PERSON}, "former_surnames": added}


_WHOLE_NAME = "coalesce({name}, nullif(concat_ws(' ', {surname}, {given}, {patronymic}), ''))"
_FORMER = Lookup("former", ("{former_names}",), ("surnames",), _former)


# Words by which a cell of a contract may say more than it is headed: an agreement, a bill, an end, a natural person.
_TELLS_MORE = (
    "согл|доп|д[./]с|измен|расторг|продл|срок|действ|гпх|гпд|гражданск|физ|самозан|agreement|addend|amend|terminat|состав|№"
)
_OTHER_PAPERS = "сч|контракт|дог|упд|чек|накл|без|б[/.-]?н|акт|заказ|заявк"
_PLAIN_NUMBER = "[0-9A-Za-zА-Яа-яЁё/_.-]*[0-9][0-9A-Za-zА-Яа-яЁё/_.-]*"


def _without_apostrophes(field: str) -> str:
    """What the builder makes of a text that the ЕИС puts between apostrophes."""
    value = f"{{{field}}}"
    mark = "''''"  # one apostrophe in SQL
    marked = f"starts_with({value}, {mark}) AND ends_with({value}, {mark})"
    return f"CASE WHEN {marked} THEN nullif(trim(trim({value}, {mark})), '') ELSE {value} END"


def _contracts() -> Plan:
    digits = "CAST(length({supplier_inn}) AS VARCHAR)"
    party = Lookup("party", ("{supplier}", digits), ("kind", "key", *PERSON), _supplier)
    return Plan(
        build=contract_records,
        table="contract",
        probe={"supplier": "ООО «Проба»", "supplier_inn": ("0" * 10,), "signed_on": dt.date(2020, 1, 1), "price": Decimal(1)},
        lookups=(party, Lookup("period", ("{period}",), ("first", "last"), _period)),
        names={},
        derived={
            "supplier": "{supplier}",
            "supplier_inn": "{supplier_inn}",
            "supplier_kind": "CASE WHEN {supplier} IS NOT NULL THEN party.kind WHEN length({supplier_inn}) = 12 THEN 'person' "
            "ELSE 'organisation' END",
            "supplier_key": "party.key",
            **{one: f"party.{one}" for one in PERSON},
            "period_from": "CAST(period.first AS DATE)",
            "period_to": "CAST(period.last AS DATE)",
            "paper": "CAST(NULL AS VARCHAR)",
            "customer_hint": "{customer_hint}",
            **{one: _without_apostrophes(one) for one in ("customer", "subject", "method")},
        },
        slow=(
            "{supplier} IS NULL AND {supplier_inn} IS NULL",
            "{signed_on} IS NULL AND {price} IS NULL AND {contract_number} IS NULL AND {subject} IS NULL",
            f"{{contract_number}} IS NOT NULL AND NOT regexp_full_match({{contract_number}}, '{_PLAIN_NUMBER}')",
            *(f"regexp_matches(lower({{{one}}}), '{_TELLS_MORE}')" for one in ("subject", "ground", "method")),
            f"regexp_matches(lower({{contract_number}}), '{_TELLS_MORE}|{_OTHER_PAPERS}')",
            "starts_with({ground}, '''')",
            "{own_number} IS NOT NULL AND ({contract_number} IS NULL OR NOT regexp_matches({own_number}, '[0-9]'))",
            "{signed_on} IS NULL AND {period} IS NULL",
            "{signed_on} > {ends_on}",
            "{notice_on} > {signed_on}",
        ),
        refused_judged=frozenset({"supplier_inn"}),
        never_with=frozenset({"number_and_date", "remark", "payment_note", "paid_on", "terminated_on"}),
    )


def _officials() -> Plan:
    return Plan(
        build=official_records,
        table="official",
        probe={"name": "Пробный Пётр Петрович", "hired": dt.date(2020, 1, 1), "position": "проба"},
        lookups=(_FORMER,),
        names={"person": _WHOLE_NAME},
        derived={
            "name": _WHOLE_NAME,
            **_person("person", "former.surnames"),
            "birth_date": "{birth_date}",
            "birth_year": "{birth_date.year}",
        },
        never_regular=frozenset({"unit"}),
        slow=(
            "person.surname IS NULL",
            "{hired} > {dismissed}",
            "former.surnames IS NOT NULL AND person.former_surnames IS NOT NULL",
        ),
        refused_judged=frozenset(),
    )


def _relatives() -> Plan:
    words = vocabulary()
    nobody = f"^[^0-9A-Za-zА-Яа-яЁё№%#]*(?:{re2_superset(words.nobody.pattern).removeprefix('(?i)')})"
    judged = re2_superset(f"{words.deceased.pattern}|{words.divorced.pattern}")
    irregular = (
        f"CASE WHEN NOT regexp_full_match({_WHOLE_NAME}, '{_REGULAR_NAME}') OR regexp_matches({_WHOLE_NAME}, '(?i){nobody}') "
        f"THEN {_WHOLE_NAME} END"
    )
    person = _person("person", "former.surnames")
    fact = "coalesce(irregular.fact, 'person')"
    there = f"{fact} = 'person'"
    return Plan(
        build=relative_records,
        table="relative",
        probe={"relationship": "брат", "name": "Пробный Пётр Петрович", "employee_id": "1", "position": "проба"},
        lookups=(
            Lookup("kin", ("{relationship}",), ("chains", "gender"), _kin),
            _FORMER,
            Lookup("irregular", (irregular,), ("fact",), _irregular_name),
        ),
        names={"person": _WHOLE_NAME, "his": "{official_name}"},
        derived={
            "name": _WHOLE_NAME,
            **{one: f"CASE WHEN {there} THEN {sql} END" for one, sql in person.items()},
            "gender": f"CASE WHEN {there} THEN coalesce(person.gender, kin.gender) END",
            "official_name": "{official_name}",
            "official_name_key": "his.name_key",
            "relationship": "{relationship}",
            "chains": "kin.chains",
            "fact": fact,
            "birth_date": "{birth_date}",
            "birth_year": "{birth_date.year}",
            "valid_to": "{valid_to}",
        },
        slow=(
            "{relationship} IS NULL",
            "{official_name} IS NULL AND {employee_id} IS NULL",
            f"{_WHOLE_NAME} IS NULL",
            f"person.surname IS NULL AND {there}",
            "{valid_from} > {valid_to}",
            "former.surnames IS NOT NULL AND person.former_surnames IS NOT NULL",
            f"regexp_matches(concat_ws(' ', {_WHOLE_NAME}, {{employer}}, {{position}}, {{address}}, {{relationship}}), "
            f"'{judged}')",
        ),
        refused_judged=frozenset(),
    )


@cache
def plans() -> dict[str, Plan]:
    """The plan of each table that has one."""
    return {"contracts": _contracts(), "officials": _officials(), "relatives": _relatives()}


def judged_beginnings() -> str:
    """RE2 for the first cell of a row that may be no record: totals, signatures, numbers of columns."""
    words = vocabulary().no_record.pattern.replace(" ", "[^0-9A-Za-zА-Яа-яЁё№%#]+")
    return rf"(?i)^[^0-9A-Za-zА-Яа-яЁё№%#]*(?:{re2_superset(words).removeprefix('(?i)')})|^(?:гр.*)?[0-9]{{1,2}}(?:\.0|[а-е])?$"


def judged_examples() -> str:
    """RE2 for the number of a row that may be the example of a form."""
    return "(?i)" + "|".join(sorted(one.replace("е", "[её]") for one in vocabulary().example))


def heading_word(headings: Sequence[str]) -> tuple[int, str] | None:
    """Which of the headings has the longest word, and that word in comparable form: a row without it is no heading said again."""
    words = [(len(word), -place, word) for place, heading in enumerate(headings) for word in plain(heading).split()]
    return (-max(words)[1], max(words)[2]) if words else None
