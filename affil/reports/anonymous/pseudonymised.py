"""`pseudonymised/`: the tables of a run with persons, firms and contracts under pseudonyms; they stay personal data.

A table holds pseudonyms, words of the catalogue, numbers and quarters, and nothing as a file had it: posts, subjects, grounds,
words of questionnaires, names and rows of files are left out, because each of them can be a name. Rows stand in the order of
their pseudonyms: the order of the other documents is that of the alphabet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from affil.model.finding import Finding
from affil.model.run import Coverage, Run, Undetermined
from affil.reports.anonymous.coarse import price_band, quarter_text, share_band
from affil.reports.anonymous.pseudonyms import Pseudonyms
from affil.reports.anonymous.rewritten import Rewriter, kinship_name
from affil.reports.cases import Case, Purchase, cases_of, drawn_paths
from affil.reports.coverage_csv import GROUPS
from affil.reports.phrases import CIRCLES, event_dates, grade_text, rule_title, short_reason
from affil.reports.table_csv import table_csv
from affil.words import Words

FOLDER = "pseudonymised"
Row = tuple[object, ...]
_POINT = re.compile(r"п\.\s*(\d+)\s*ч\.\s*1\s*ст\.\s*93\b", re.IGNORECASE)


def pseudonymised(run: Run, words: Words) -> dict[str, bytes]:
    """The files of the folder by name; ValueError where the run has no key. Equal runs with equal keys give equal bytes."""
    names, cases = Pseudonyms(run, words), cases_of(run.findings)
    paths = Rewriter(run, names, words)
    tables = {
        "findings": [_finding(case, purchase, run, names, paths, words) for case in cases for purchase in case.purchases],
        "steps": [row for case in cases for row in _steps(case, names, paths)],
        "coverage": [_coverage(item, names, words) for item in run.coverage],
        "not_determinable": [_undetermined(item, names, words) for item in run.undetermined],
    }
    written = {f"{FOLDER}/{name}.csv": _table(name, rows, words) for name, rows in tables.items()}
    return {**written, f"{FOLDER}/README.txt": _readme(words)}


def _table(name: str, rows: list[Row], words: Words) -> bytes:
    """Every row says what it is: a row copied into another table takes that along."""
    ordered = sorted(rows, key=lambda row: [f"{value:09d}" if isinstance(value, int) else str(value) for value in row])
    return table_csv(words.raw(f"public.{name}.headings"), [(words("public.mark"), *row) for row in ordered])


def _readme(words: Words) -> bytes:
    text = "\n\n".join((words("reports.personal_data"), words("public.readme"), words("reports.disclaimer"))) + "\n"
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def _finding(case: Case, purchase: Purchase, run: Run, names: Pseudonyms, paths: Rewriter, words: Words) -> Row:
    found, first = purchase.findings, purchase.findings[0]
    official, kin = case.official, _each(found, lambda one: kinship_name(one.path, words))
    return (
        names.case(case.near.key, case.far.key),
        _word("reports.priority", first.priority, words),
        _word("reports.state", first.status, words),
        names.official(official) if official else _party(first, names, near=True),
        names.post(official) if official else "",
        _word("reports.status", official.status, words) if official else "",
        names.firm(official.employer_inn, official.employer) if official else "",
        names.department(official) if official else "",
        _word("reports.role", official.procurement_role, words) if official else "",
        _each(found, lambda one: names.person(one.relative) if one.relative else ""),
        kin,
        *(_each(found, _circle(circle, words)) for circle in CIRCLES),
        _each(found, lambda one: _word("reports.control", one.path.control, words)),
        _each(found, lambda one: share_band(one.path.share, words)),
        _party(first, names, near=False),
        *_purchase(first, names, words),
        _each(found, lambda one: _force(one, words)),
        _each(found, lambda one: grade_text(one.path, words)),
        _each(found, lambda one: rule_title(run, one, words)),
        "; ".join(dict.fromkeys(base for one in found for base in one.bases)),
        _each(found, lambda one: "; ".join(step.sentence for step in paths.steps(one.path, one)), "  "),
    )  # fmt: skip


def _circle(circle: str, words: Words) -> Callable[[Finding], str]:
    return lambda finding: _word("reports.circle", finding.circles.get(circle, "unknown"), words)


def _party(finding: Finding, names: Pseudonyms, near: bool) -> str:
    """The other end of a finding, or the near one of suppliers alone."""
    end = finding.ends[0 if near else 1]
    if getattr(end, "kind", "organisation") == "person":
        return names.person(end.name)
    return names.firm(end.inn, end.name)


def _purchase(finding: Finding, names: Pseudonyms, words: Words) -> Row:
    """Customer, organiser, contract, procedure, quarter, price and how the supplier was chosen."""
    contract, bid = finding.contract, finding.procedure
    day = next(iter(event_dates(contract, bid)), None)
    if contract is None:
        customer = names.firm(bid.customer_inn, None) if bid else ""
        return customer, "", "", names.bid(bid), quarter_text(day, words), "", ""
    return (
        names.firm(contract.customer_inn, contract.customer),
        names.firm(contract.organizer_inn, None),
        names.contract(contract),
        names.procedure(contract.procedure_number) or names.bid(bid),
        quarter_text(day, words),
        price_band(contract.price, words),
        _ground(contract.ground, words),
    )


def _ground(ground: str | None, words: Words) -> str:
    """The point of 44-ФЗ ст. 93 ч. 1 where the text names one; the text itself is a cell of a file."""
    point = _POINT.search(ground or "")
    return words("public.ground", point=point[1]) if point else words("public.other_ground") if ground else ""


def _force(finding: Finding, words: Words) -> str:
    """What the tie was on the day of the purchase, without the day (OFFICER 3.1)."""
    state = finding.path.in_force
    days = event_dates(finding.contract, finding.procedure)
    if state == "during_performance":
        return words("public.force.during_performance")
    if state or not days:
        return words("public.force.yes" if state and days else "public.force.unknown")
    for day in days:
        if any(step.valid_to and step.valid_to < day for step in finding.path.steps):
            return words("public.force.ended")
        if any(step.valid_from and step.valid_from > day for step in finding.path.steps):
            return words("public.force.begun")
    return words("public.force.unknown")


def _steps(case: Case, names: Pseudonyms, paths: Rewriter) -> Iterable[Row]:
    key = names.case(case.near.key, case.far.key)
    for number, drawn in enumerate(drawn_paths(case), start=1):
        for place, step in enumerate(paths.steps(drawn.path, drawn.finding), start=1):
            yield (
                key, number, place, step.origin, step.relation, step.target,
                step.since, step.until, step.share, step.source,
            )  # fmt: skip


def _coverage(item: Coverage, names: Pseudonyms, words: Words) -> Row:
    official = item.employee
    return (
        names.official(official),
        names.post(official),
        _word("reports.status", official.status, words),
        names.firm(official.employer_inn, official.employer),
        names.department(official),
        _word("coverage.result", item.result, words),
        quarter_text(item.questionnaire_date, words),
        *(_word("coverage.group", item.groups.get(group, "no"), words) for group in GROUPS),
        item.relatives,
        item.relatives_with_inn,
        item.organisations,
        item.contracts,
        "; ".join(dict.fromkeys(short_reason(reason, words) for reason in item.reasons)),
    )


def _undetermined(item: Undetermined, names: Pseudonyms, words: Words) -> Row:
    table = words.raw(f"undetermined.{item.reason}")
    official = item.params.get("official")
    return (
        _who(item, names),
        _word("reports.undetermined.kind", item.kind, words),
        names.person(official) if official else "",
        short_reason(item.reason, words),
        table["affects"],
        table["remedy"],
    )


def _who(item: Undetermined, names: Pseudonyms) -> str:
    if item.kind in ("official", "relative"):
        return names.person(item.name)
    return names.contact(item.name) if item.kind == "contact" else names.firm(item.inn, item.name)


def _word(table: str, key: str | None, words: Words) -> str:
    """A word of the catalogue; a value that is not in it came from a file and is told as «иное»."""
    return "" if not key else str(words.raw(table).get(key, words("public.other")))


def _each(found: Iterable[Finding], value: Callable[[Finding], str], apart: str = "; ") -> str:
    """The different values of a row's findings, each once."""
    return apart.join(dict.fromkeys(filter(None, map(value, found))))
