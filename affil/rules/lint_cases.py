"""Every fault of a rule's cases: their shape, their kinds, the columns of their tables, what they expect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from affil.ingest.vocabulary.vocabulary import vocabulary
from affil.kinship.circles import circle_ids
from affil.model.finding import CONTROLS, GRADES, PRIORITIES
from affil.rules.cases import COMPANY_KEYS, TABLES, Case, Expected, parsed_cases
from affil.rules.faults import Fault, known_and_nearest
from affil.rules.rule import yaml_of
from affil.words import Words


def case_faults(rule: Path, rule_file: str, draft: bool) -> Iterator[Fault]:
    """What is wrong with the cases beside a rule's file. Those of a draft may be missing, which is a note."""
    path, file = rule.with_name(f"{rule.stem}.cases.yml"), rule_file.removesuffix(".yml") + ".cases.yml"
    if not path.is_file():
        yield Fault(file, "", "no_cases", note=draft)
        return
    cases, faults = parsed_cases(yaml_of(path, file), file)
    yield from faults
    yield from (fault for where, case in cases for fault in _of_case(where, case, file))
    names = Counter(case.name for _, case in cases)
    yield from (Fault(file, name, "case_twice", str(number)) for name, number in names.items() if number > 1)
    for kind in ("positive", "near-miss") if not faults else ():  # one that could not be read may be of any kind
        if not any(case.kind == kind for _, case in cases):
            yield Fault(file, "", "no_case_of", params=(("kind", kind),), note=draft)


def _of_case(where: str, case: Case, file: str) -> Iterator[Fault]:
    if (case.kind == "positive") != bool(case.expect) and case.kind in ("positive", "near-miss"):
        yield Fault(file, f"{where}.expect", "expects_nothing" if case.kind == "positive" else "expects_something", case.kind)
    if case.kind == "cannot-say" and not case.undetermined:
        yield Fault(file, f"{where}.undetermined", "says_no_reason", case.kind)
    for reason in case.undetermined:
        known = list(Words("en").raw("undetermined"))
        if reason not in known:
            yield Fault(file, f"{where}.undetermined", "unknown_name", reason, known_and_nearest(reason, known))
    for table in TABLES:
        fields = list(vocabulary().tables[table].fields)
        for number, row in enumerate(getattr(case, table)):
            yield from _unknown_keys(file, f"{where}.{table}.{number}", row, fields)
    for number, company in enumerate(case.companies):
        yield from _unknown_keys(file, f"{where}.companies.{number}", company, COMPANY_KEYS)
    for number, expected in enumerate(case.expect):
        yield from _of_expected(file, f"{where}.expect.{number}", expected)


def _unknown_keys(file: str, where: str, row: dict[str, Any], known: Any) -> Iterator[Fault]:
    for key in row:
        if key not in known:
            yield Fault(file, f"{where}.{key}", "unknown_key", str(row[key]), known_and_nearest(str(key), list(known)))


def _of_expected(file: str, where: str, expected: Expected) -> Iterator[Fault]:
    words: tuple[tuple[str, str | None, tuple[str, ...]], ...] = (
        ("control", expected.control, CONTROLS), ("grade", expected.grade, GRADES), ("priority", expected.priority, PRIORITIES),
        *(("circles", circle, circle_ids()) for circle in expected.circles or {}),
    )  # fmt: skip
    for key, word, known in words:
        if word is not None and word not in known:
            yield Fault(file, f"{where}.{key}", "unknown_name", word, known_and_nearest(word, known))
