"""One finding as sentences, and the sums of a run, both as plain text for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path

from affil.kinship.naming import degree_text
from affil.model.finding import PRIORITIES, Contract, Employee, EvidencePath, Finding, OtherParty, Party, Procedure, Step
from affil.model.run import ALMOST_ALWAYS, Run
from affil.reports.cases import cases_of
from affil.reports.identity_text import identity_lines, namesakes_text
from affil.reports.phrases import (
    circle_items,
    control_text,
    force_text,
    grade_text,
    in_language,
    kinship_word,
    label,
    often_lines,
    rule_of,
    rule_title,
    short_reason,
    source_text,
    step_sentence,
)
from affil.reports.values import date_text, in_text, part_text, spaced_price
from affil.reports.word.outcome import reach_of
from affil.words import Words

REASONS_SHOWN = 4


def explain(finding: Finding, run: Run, words: Words) -> str:
    """The finding in words: who, the path, every step with its source, what was taken for granted, norms, what to clarify."""
    lines = [*_head(finding, run, words), *_path(finding.path, finding, words)]
    for number, other in enumerate(finding.other_paths, start=2):
        lines += ["", words("explain.other_path", number=number), *_path(other, finding, words)]
    lines += ["", *_assessment(finding, words), *_advice(finding, run, words), "", words("reports.disclaimer")]
    return "\n".join(lines)


def _head(finding: Finding, run: Run, words: Words) -> list[str]:
    lines = [
        words("explain.title", id=finding.id, title=rule_title(run, finding, words)),
        words("explain.priority", priority=label(words, "reports.priority", finding.priority)),
    ]
    if finding.employee:
        lines.append(words("explain.official", name=_official(finding.employee, words)))
    if finding.supplier:
        lines.append(words("explain.supplier", name=_named(finding.supplier, words)))
    if finding.other_party:
        lines.append(words("explain.other_party", name=_named(finding.other_party, words)))
    return [*lines, *_purchase(finding, words), ""]


def _official(official: Employee, words: Words) -> str:
    post = ", ".join(text for text in (official.position, label(words, "reports.role", official.procurement_role)) if text)
    return words("explain.with_post", name=official.name, post=post) if post else official.name


def _named(party: Party | OtherParty, words: Words) -> str:
    return words("explain.with_inn", name=party.name, inn=party.inn) if party.inn else party.name


def _purchase(finding: Finding, words: Words) -> list[str]:
    if finding.contract is not None:
        return [words("explain.contract", text=_contract(finding.contract, words))]
    return [words("explain.procedure", text=_procedure(finding.procedure, words))] if finding.procedure else []


def _contract(contract: Contract, words: Words) -> str:
    price = words("explain.price", price=in_text(spaced_price(contract.price), words)) if contract.price is not None else ""
    signed = words("explain.on", date=date_text(contract.signed_on)) if contract.signed_on else ""
    return ", ".join(text for text in (contract.number, signed, price, contract.ground) if text)


def _procedure(bid: Procedure, words: Words) -> str:
    applied = words("explain.applied", date=date_text(bid.applied_on)) if bid.applied_on else ""
    result = "" if bid.won is None else words("reports.text.procedure_won" if bid.won else "reports.text.procedure_lost")
    return ", ".join(text for text in (bid.number, applied, result) if text)


def _path(path: EvidencePath, finding: Finding, words: Words) -> list[str]:
    lines = [words("explain.path")]
    for number, step in enumerate(path.steps, start=1):
        lines.append(f"  {number}. {step_sentence(step, finding, words)}")
        lines.append("     " + words("explain.source", source=source_text(step, words)))
        lines += [f"     {line}" for line in _resemblance(step, words)]
    if path.kinship:
        kinship = [kinship_word(finding, path, words), degree_text(path.kinship, words)]
        lines.append(words("explain.kinship", text=", ".join(text for text in kinship if text)))
    control = control_text(path, words)
    if control:
        lines.append(words("explain.control", text=control))
    lines.append(words("explain.grade", text=grade_text(path, words)))
    if path.assumed:
        lines.append(words("explain.assumed"))
        lines += [f"  — {label(words, 'assumed', key)}" for key in path.assumed]
    return lines


def _resemblance(step: Step, words: Words) -> list[str]:
    """Of a supposed identity the evidence in bits, and of a person who else bears the name."""
    found = step.resemblance
    if found is None:
        return []
    lines = identity_lines(found.evidence, step.confidence, words) if found.evidence else []
    return [*lines, *filter(None, [namesakes_text(found, words)])]


def _assessment(finding: Finding, words: Words) -> list[str]:
    lines = [words("explain.force", text=force_text(finding, words))]
    circles = "; ".join(f"{key} — {label(words, 'reports.circle', value)}" for key, value in circle_items(finding.circles))
    if circles:
        lines.append(words("explain.circles", text=circles))
    if finding.bases:
        lines.append(words("explain.bases", text="; ".join(finding.bases)))
    return lines


def _advice(finding: Finding, run: Run, words: Words) -> list[str]:
    rule = rule_of(run, finding)
    if rule is None:
        return []
    texts = {
        "clarify": rule.clarify,
        "action_official": rule.action_official,
        "action_participant": rule.action_participant,
        "other_explanations": rule.false_positives,
    }
    told = {key: in_language(text, words) for key, text in texts.items()}
    return [f"{words(f'page.{key}')}: {text}" for key, text in told.items() if text]


def summary(run: Run, words: Words, folder: Path | str | None) -> str:
    """The sums `screen` ends with, one a line; `folder` is the run's folder, or None where nothing was written."""
    lines = [_checked(run, words), *_not_checked(run, words), *_links(run, words), _undetermined(run, words)]
    lines += often_lines(run, words)
    if run.rejects:
        lines.append(words("explain.sum.rejects", number=len(run.rejects)))
    if folder is not None:
        lines.append(words("explain.sum.report", path=Path(folder) / "report.html"))
    return "\n".join(lines)


def _checked(run: Run, words: Words) -> str:
    results = Counter(item.result for item in run.coverage)
    done, reach = results["full"] + results["limited"], reach_of(run)
    text = words("explain.sum.checked", done=done, all=reach.whole, percent=in_text(part_text(done, reach.whole), words))
    if reach.absent:
        text += " " + words("explain.sum.absent", number=reach.absent)
    return text + (" " + words("explain.sum.limited", number=results["limited"]) if results["limited"] else "")


def _not_checked(run: Run, words: Words) -> list[str]:
    left = [item for item in run.coverage if item.result == "none"]
    if not left:
        return []
    reasons = Counter(short_reason(key, words) for item in left for key in item.reasons)
    return [words("explain.sum.not_checked", number=len(left), reasons=_counted(reasons))]


def _links(run: Run, words: Words) -> list[str]:
    cases = cases_of(run.findings)
    links = [case for case in cases if not case.name_only]
    counts = {label(words, "reports.priority", key): sum(case.priority == key for case in links) for key in PRIORITIES}
    detail = ", ".join(f"{text} — {number}" for text, number in counts.items() if number)
    purchases = sum(case.purchase_count for case in links)
    first = words("explain.sum.links", number=len(links), detail=detail, purchases=purchases)
    return [
        first if links else words("explain.sum.no_links"),
        words("explain.sum.namesakes", number=len(cases) - len(links)),
    ]


def _undetermined(run: Run, words: Words) -> str:
    if not run.undetermined:
        return words("explain.sum.nothing_undetermined")
    reasons = Counter(short_reason(item.reason, words) for item in run.undetermined)
    last = {short_reason(reason, words) for reason in ALMOST_ALWAYS}
    return words("explain.sum.undetermined", number=len(run.undetermined), reasons=_counted(reasons, last))


def _counted(reasons: Counter[str], last: Collection[str] = ()) -> str:
    ordered = sorted(reasons.items(), key=lambda pair: (pair[0] in last, -pair[1], pair[0]))
    text = "; ".join(f"{reason} — {number}" for reason, number in ordered[:REASONS_SHOWN])
    return text + (" …" if len(ordered) > REASONS_SHOWN else "")
