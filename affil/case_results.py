"""How the cases of the rules come out when they go through the real stages: `affil rules test`."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from affil import pipeline
from affil.errors import AffilError
from affil.resolve.link import link
from affil.rules.cases import Case, faults, fill, read_cases
from affil.rules.rule import Catalogue, rule_files
from affil.settings import default_settings
from affil.store.store import Store
from affil.words import Words

CASE_KINDS = ("positive", "near-miss", "exception", "cannot-say")
FEW = 24  # cases that are done before a second process has read the program
MOST_PROCESSES = 8


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case of one rule and what was wrong with it, in words; nothing where it came out as told."""

    rule: str
    case: str
    kind: str
    faults: tuple[str, ...]


def cases_of(folders: Sequence[Path], rules: Sequence[str], lang: str = "ru") -> list[tuple[str, Case]]:
    """The cases of these rules, in order; where a later folder has a rule of the same id, its cases and not the others'.

    Raises `RuleError` where a file of cases is wrong.
    """
    beside = {path.stem: path.with_name(f"{path.stem}.cases.yml") for folder in folders for path in rule_files(folder)}
    files = [(rule, beside[rule]) for rule in rules if rule in beside and beside[rule].is_file()]
    return [(rule, case) for rule, path in files for case in read_cases(path, lang)]


def case_results(catalogue: Catalogue, cases: Sequence[tuple[str, Case]], lang: str = "ru") -> Iterator[CaseResult]:
    """The results in the order of the cases, each as soon as it is known; many cases are shared out among processes."""
    processes = min(os.cpu_count() or 1, MOST_PROCESSES, len(cases) // FEW)
    jobs = [(with_its_own(catalogue, rule), rule, case, lang) for rule, case in cases]
    if processes < 2:
        yield from (case_result(*job) for job in jobs)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_of_job, jobs, chunksize=4)


def results_text(rules: Sequence[str], results: Sequence[CaseResult], words: Words) -> str:
    """One line a rule with the cases of each kind that came out as told, the faults below it, and the sum."""
    lines = []
    for rule in rules:
        mine = [result for result in results if result.rule == rule]
        sums = [words("cases.passed", kind=words(f"cases.kind.{kind}"), **sums) for kind, sums in _by_kind(mine).items()]
        lines.append(words("cases.rule", rule=rule, told=", ".join(sums) or words("cases.none")))
        lines += [words("cases.fault", case=result.case, fault=fault) for result in mine for fault in result.faults]
    passed = sum(not result.faults for result in results)
    return "\n".join([*lines, words("cases.sum", number=len(results), passed=passed)])


def results_json(rules: Sequence[str], results: Sequence[CaseResult]) -> list[dict[str, object]]:
    """Per rule its cases by kind, how many there are and how many came out as told, and the faults."""
    return [
        {
            "rule": rule,
            "cases": _by_kind([result for result in results if result.rule == rule]),
            "faults": [{"case": r.case, "fault": fault} for r in results if r.rule == rule for fault in r.faults],
        }
        for rule in rules
    ]


def _by_kind(results: Sequence[CaseResult]) -> dict[str, dict[str, int]]:
    kinds = [kind for kind in CASE_KINDS if any(result.kind == kind for result in results)]
    return {
        kind: {
            "passed": sum(result.kind == kind and not result.faults for result in results),
            "number": sum(result.kind == kind for result in results),
        }
        for kind in kinds
    }


def with_its_own(catalogue: Catalogue, rule: str) -> Catalogue:
    """The catalogue with this rule and those it counts alone: a case asks of no other what it finds."""
    series = catalogue.rules[rule].series
    wanted = {rule, *(series.of if series else ())}
    part = {rule_id: found for rule_id, found in catalogue.rules.items() if rule_id in wanted}
    return Catalogue(part, {each: catalogue.hashes[each] for each in part}, {each: catalogue.families[each] for each in part})


def _of_job(job: tuple[Catalogue, str, Case, str]) -> CaseResult:
    return case_result(*job)


def case_result(catalogue: Catalogue, rule: str, case: Case, lang: str = "ru") -> CaseResult:
    """One case through the real stages, in a store of its own."""
    told = partial(CaseResult, rule, case.name, case.kind)
    with Store.open(None).with_few_rows() as store:
        try:
            fill(store, case, lang)
        except AffilError as error:
            return told((str(error),))
        link(store)
        asked = store, catalogue, default_settings(), pipeline.Scope()
        if case.undetermined:
            came = pipeline.answers(*asked, dt.date.today())
            return told(faults(case, rule, list(came.findings), [one.reason for one in came.undetermined], lang).faults)
        _, findings = pipeline.found(*asked)
    return told(faults(case, rule, findings, [], lang).faults)
