"""The rows of `findings.csv` and of the workbook: one a case and contract, or procedure where there is none (OFFICER 3.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from affil.model.finding import Finding
from affil.model.run import Run
from affil.reports.cases import Case, Purchase, Way, cases_of, way_of
from affil.reports.decided import course_in, decision_cells
from affil.reports.phrases import (
    CIRCLES,
    customer_name,
    force_text,
    grade_text,
    in_language,
    kinship_word,
    label,
    path_sentences,
    rule_of,
    rule_title,
    source_text,
)
from affil.reports.table_csv import Cells
from affil.reports.values import percent_text
from affil.words import Words


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One purchase of a case with the cells of its row, dates, prices and shares as they are."""

    case: Case
    purchase: Purchase
    key: str
    cells: Cells


def case_rows(run: Run, words: Words) -> Iterator[CaseRow]:
    """All findings, however low, as rows of cases in the order of the table."""
    for case in cases_of(run.findings):
        for purchase in case.purchases:
            key = row_key(purchase.findings[0], purchase)
            yield CaseRow(case, purchase, key, _cells(case, purchase, key, run, words))


def row_key(finding: Finding, purchase: Purchase) -> str:
    """The key by which a filled row finds its place again: depends on the tie and the purchase only."""
    text = "\x1f".join((finding.tie, *purchase.key))
    return "K-" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def _cells(case: Case, purchase: Purchase, key: str, run: Run, words: Words) -> Cells:
    found = purchase.findings
    return (
        case.number,
        label(words, "reports.priority", found[0].priority),
        label(words, "reports.state", found[0].status),
        *_official(case, words),
        *_tie(found, words),
        *_purchase(purchase),
        *_assessment(found, run, words),
        *decision_cells(course_in(run, found[0].tie), found, words),
        run.id,
        found[0].tie,
        key,
    )


def _official(case: Case, words: Words) -> Cells:
    official = case.official
    if official is None:  # suppliers alone: the nearer one stands where the official would
        return "", case.near.name, "", "", "", ""
    role = label(words, "reports.role", official.procurement_role)
    status = label(words, "reports.status", official.status)
    return official.employee_id, official.name, status, official.position, official.department, role


def _tie(found: tuple[Finding, ...], words: Words) -> Cells:
    """Relative, degree, circles, position and share; where findings of a row differ, their values stand in one order."""
    return (
        _aligned(found, lambda finding: finding.relative or ""),
        _aligned(found, lambda finding: kinship_word(finding, finding.path, words)),
        *(_aligned(found, _circle_reader(circle, words)) for circle in CIRCLES),
        _aligned(found, lambda finding: label(words, "reports.control", finding.path.control)),
        _share(found),
    )


def _share(found: tuple[Finding, ...]) -> Fraction | str | None:
    """The one share of the row; a text where findings differ."""
    text, share = _aligned(found, lambda finding: percent_text(finding.path.share)), found[0].path.share
    return share if text == percent_text(share) else text


def _circle_reader(circle: str, words: Words) -> Callable[[Finding], str]:
    return lambda finding: label(words, "reports.circle", finding.circles.get(circle, "unknown"))


def _purchase(purchase: Purchase) -> Cells:
    finding, contract, bid = purchase.findings[0], purchase.contract, purchase.procedure
    far = finding.ends[1]
    supplier = (far.name, far.inn)
    if contract is None:
        customer, number = (bid.customer_inn, bid.number) if bid else (None, None)
        return *supplier, customer_name(finding), customer, "", "", "", "", "", number, ""
    ground = "; ".join(text for text in (contract.ground, contract.method) if text)
    number = contract.procedure_number or (bid.number if bid else None)
    return (
        *supplier,
        customer_name(finding),
        contract.customer_inn,
        contract.organizer_inn,
        contract.number,
        contract.signed_on,
        contract.price,
        ground,
        number,
        contract.national_project,
    )


def _assessment(found: tuple[Finding, ...], run: Run, words: Words) -> Cells:
    rules = [rule for rule in (rule_of(run, finding) for finding in found) if rule]
    return (
        _aligned(found, lambda finding: force_text(finding, words)),
        _aligned(found, lambda finding: grade_text(finding.path, words)),
        _distinct(rule_title(run, finding, words) for finding in found),
        _distinct(base for finding in found for base in finding.bases),
        _paths(found, words),
        _distinct(source_text(step, words) for finding in found for step in finding.path.steps),
        _distinct(in_language(rule.clarify, words) for rule in rules),
        _distinct(in_language(rule.action_official, words) for rule in rules),
        _distinct(in_language(rule.action_participant, words) for rule in rules),
    )


def _paths(found: tuple[Finding, ...], words: Words) -> str:
    """Different ways to the purchase, strongest first, numbered where there are several."""
    texts: dict[Way, str] = {}
    for finding in found:
        for path in (finding.path, *finding.other_paths):
            texts.setdefault(way_of(path), path_sentences(path, finding, words))
    if len(texts) == 1:
        return next(iter(texts.values()))
    return "  ".join(words("reports.text.path", number=number, steps=text) for number, text in enumerate(texts.values(), start=1))


def _aligned(found: tuple[Finding, ...], value: Callable[[Finding], str]) -> str:
    """One value where all findings agree; else one value for each different way, the same order in every column."""
    ways: dict[tuple[object, ...], Finding] = {}
    for finding in found:
        path = finding.path
        ways.setdefault((finding.relative, path.kinship, path.control, path.share, path.in_force, path.identity_grade), finding)
    values = [value(finding) for finding in ways.values()]
    return values[0] if len(set(values)) == 1 else "; ".join(values)


def _distinct(texts: Iterable[str]) -> str:
    """Each text once; `; ` between words, a space after a sentence."""
    parts = dict.fromkeys(text for text in texts if text)
    return "; ".join(parts).replace(".; ", ". ") if all(part.endswith(".") for part in parts) else "; ".join(parts)
