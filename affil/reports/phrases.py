"""Parts of findings in the words of the catalogue: steps, kinship, what the tie was on the date of procurement, reasons."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache

from affil.kinship.naming import kin_name
from affil.language.fio import parse_name
from affil.model.finding import Contract, EvidencePath, Finding, Procedure, Step
from affil.model.run import Coverage, RuleInfo, Run, Undetermined
from affil.reports.values import date_text, in_text, part_text, percent_text
from affil.words import Words

NAME_PATTERN = "name-pattern"  # the step by which surname and patronymic alone speak for kinship
CERTAIN = 0.95  # an identity below this is a supposition and is drawn dashed
KIN = re.compile(r"(self|parent|child|spouse|sibling|partner|ward|guardian)([.(]|$)")
SHARE = re.compile(r"\d+([.,]\d+)? %")
CIRCLES = ("44-ФЗ ст. 31 ч. 1 п. 9", "273-ФЗ ст. 10")  # in the order documents name them


def label(words: Words, table: str, key: str | None) -> str:
    """The word for `key` in a table of the catalogue; a value from outside that is not in it stands as it is."""
    if not key:
        return ""
    text = words.raw(table).get(key, key)
    return text if isinstance(text, str) else key


def is_kin(relation: str) -> bool:
    """True where a step's relation is a chain of kin."""
    return KIN.match(relation) is not None


def is_supposed(step: Step) -> bool:
    """True for an identity, or kinship, that is a supposition."""
    return _is_doubtful(step) or step.relation == NAME_PATTERN


def _is_doubtful(step: Step) -> bool:
    return step.relation == "same_as" and (step.resemblance is not None or step.confidence < CERTAIN)


def kinship_word(finding: Finding, path: EvidencePath, words: Words) -> str:
    """What the relative is to the official: the questionnaire's word for the main path, else the chain's name."""
    if path.kinship is None:
        return words("reports.text.kin_by_name") if _is_by_name(path) else ""
    if path.kinship == "self":
        return words("reports.text.self")
    if finding.relationship and path.kinship == finding.path.kinship:
        return finding.relationship
    whole = next((step.target for step in path.steps if step.relation == path.kinship), None)
    return chain_word(path.kinship, whole or (finding.relative if path is finding.path else None), finding, words)


def _is_by_name(path: EvidencePath) -> bool:
    return any(step.relation == NAME_PATTERN for step in path.steps)


def grade_text(path: EvidencePath, words: Words) -> str:
    """How the person on the path was established; where only surname and patronymic speak for kinship, not even that;
    or how the organisation was, where that is what is supposed."""
    if _is_by_name(path):
        return words("reports.text.grade_by_name")
    if path.identity_grade in ("C", "D") and _is_firm_supposed(path):
        return words(f"reports.text.firm_grade_{path.identity_grade}")
    return label(words, "reports.grade", path.identity_grade)


def _is_firm_supposed(path: EvidencePath) -> bool:
    """True where the organisation is taken for the loaded one by its name, and all persons of the path are certain."""
    supposed = [step for step in path.steps if step.relation == "same_as" and step.confidence < CERTAIN]
    return not supposed and any(step.resemblance is not None and step.relation != "same_as" for step in path.steps)


def chain_word(chain: str, who: str | None, finding: Finding | None, words: Words) -> str:
    """The name of a chain seen from the official, with the genders that the names tell; the chain itself where it has none."""
    try:
        return kin_name(chain, gender_of(who), gender_of(finding.employee.name if finding and finding.employee else None), words)
    except ValueError:
        return chain


def gender_of(name: str | None) -> str | None:
    """`m` or `f` where the name tells it."""
    parsed = parse_name(name) if name else None
    return parsed.gender if parsed else None


def alternatives(finding: Finding, words: Words) -> str:
    """Other readings of the questionnaire's word."""
    return "; ".join(chain_word(chain, finding.relative, finding, words) for chain in finding.kinship_alternatives)


def relation_word(step: Step, finding: Finding | None, words: Words) -> str:
    """The word on a step's line. Kin is read outward: the second person is this to the first."""
    if is_kin(step.relation):
        if finding and finding.employee and finding.relationship:
            own = step.origin == finding.employee.name and step.relation == finding.path.kinship
            return finding.relationship if own else step_kin(step, words)
        return step_kin(step, words)
    if _is_doubtful(step):
        return words("reports.relation.supposed")
    known = label(words, "reports.relation", step.relation)
    return known if known != step.relation else label(words, "reports.role", step.relation)


def step_kin(step: Step, words: Words) -> str:
    """What a step's second person is to its first."""
    try:
        return kin_name(step.relation, gender_of(step.target), gender_of(step.origin), words)
    except ValueError:
        return step.relation


def detail_text(step: Step, words: Words) -> str:
    """A step's detail in words: a share, a post, what of two names agrees; of kin only the relation is told."""
    if is_kin(step.relation):
        return ""
    if step.relation == "same_as":
        agreement = label(words, "reports.agreement", step.detail)
        return ", ".join(part for part in (agreement, _decided_text(step, words)) if part)
    if step.relation == NAME_PATTERN:
        return _pattern_text(step, words)
    if SHARE.fullmatch(step.detail):
        return words("reports.text.share", share=in_text(step.detail.removesuffix(" %").replace(".", ","), words))
    return step.detail


def _decided_text(step: Step, words: Words) -> str:
    """What a person decided on the two ends, if anything."""
    told = step.decided
    if told is None:
        return ""
    documents = words("match.step.documents", documents="; ".join(told.documents)) if told.documents else ""
    return words(f"match.step.{told.verdict}", by=told.by, on=date_text(told.on), documents=documents)


def _pattern_text(step: Step, words: Words) -> str:
    """Which kin the names would fit, and how many people of the region are expected to bear such names."""
    readings, surname, bearers = step.detail.split(" ")
    kin = [kin_name(chain, gender_of(step.target), gender_of(step.origin), words) for chain in readings.split("|")]
    number = bearers if float(bearers) >= 1 else words("reports.text.less_than_one")
    key = "father_pattern" if readings == "parent" else "name_pattern"
    return words(f"reports.text.{key}", kin=words("reports.text.or").join(kin), surname=surname, bearers=number)


def period_text(step: Step, words: Words) -> str:
    """`с 01.02.2020 по 03.04.2024`, one half of it, a single day, or nothing; an end nobody saw is told by the days around it."""
    start, end = date_text(step.valid_from), date_text(step.valid_to)
    if step.last_seen is not None and step.valid_to is not None:
        gone = words("reports.period.between", seen=date_text(step.last_seen), gone=date_text(step.valid_to + dt.timedelta(1)))
        return ", ".join(part for part in (words("reports.period.from", start=start) if start else "", gone) if part)
    if start == end:
        return start
    if start and end:
        return words("reports.period.both", start=start, end=end)
    if start:
        return words("reports.period.from", start=start)
    return words("reports.period.until", end=end) if end else ""


def step_sentence(step: Step, finding: Finding | None, words: Words) -> str:
    """One step in words with its detail and dates, without the source."""
    templates = words.raw("reports.step")
    key = "kin" if is_kin(step.relation) else "supposed" if _is_doubtful(step) else step.relation
    template = templates.get(key, templates["role"])
    text = template.format(origin=step.origin, target=step.target, relation=relation_word(step, finding, words))
    return ", ".join(part for part in (text, detail_text(step, words), period_text(step, words)) if part)


def source_text(step: Step, words: Words) -> str:
    """File and locator of a step's record; of a decision the entry of the log."""
    if step.decided and step.decided.verdict == "same":
        return words("match.source", number=step.decided.entry)
    return words("reports.text.source", file=step.source.file, locator=step.source.locator)


def path_sentences(path: EvidencePath, finding: Finding | None, words: Words) -> str:
    """All steps of a path in one line."""
    return "; ".join(step_sentence(step, finding, words) for step in path.steps)


def event_dates(contract: Contract | None, procedure: Procedure | None) -> list[dt.date]:
    """Dates a tie is compared with: of signing, then of the application."""
    dates = (contract.signed_on if contract else None, procedure.applied_on if procedure else None)
    return [date for date in dates if date is not None]


def force_text(finding: Finding, words: Words) -> str:
    """What the tie was on the date of procurement (OFFICER 3.1): in force, ended, begun after, begun in performance, unknown."""
    dates = event_dates(finding.contract, finding.procedure)
    if finding.path.in_force == "during_performance":
        return words("reports.force.during_performance")
    if not dates:
        return words("reports.force.unknown")
    if finding.path.in_force:
        return words("reports.force.yes")
    for date in dates:
        text = _outside(finding.path, date, words)
        if text:
            return text
    return words("reports.force.unknown")


def _outside(path: EvidencePath, date: dt.date, words: Words) -> str:
    ended = [(step.valid_to, step.last_seen) for step in path.steps if step.valid_to is not None and step.valid_to < date]
    if ended:
        last, seen = min(ended, key=lambda end: end[0])
        return words("reports.force.ended_by" if seen else "reports.force.ended", date=date_text(last))
    begun = [step.valid_from for step in path.steps if step.valid_from is not None and step.valid_from > date]
    return words("reports.force.begun", date=date_text(max(begun))) if begun else ""


def customer_name(finding: Finding) -> str:
    """The customer of a finding's purchase: as named; a bid carries only an ИНН, named where it is the official's employer."""
    contract, official = finding.contract, finding.employee
    if contract is not None and contract.customer:
        return contract.customer
    bid = finding.procedure
    inn = contract.customer_inn if contract is not None else bid.customer_inn if bid is not None else None
    return (official.employer if official and inn and inn == official.employer_inn else None) or ""


def control_text(path: EvidencePath, words: Words) -> str:
    """Position in the organisation and, where known, the share."""
    share = words("reports.text.share", share=in_text(percent_text(path.share), words)) if path.share is not None else ""
    return ", ".join(part for part in (label(words, "reports.control", path.control), share) if part)


def circle_items(circles: Mapping[str, str]) -> list[tuple[str, str]]:
    """Circles in a fixed order, whatever the order they were put in."""
    known = [key for key in CIRCLES if key in circles]
    return [(key, circles[key]) for key in known + sorted(set(circles) - set(CIRCLES))]


def rule_of(run: Run, finding: Finding) -> RuleInfo | None:
    """The rule behind a finding, None where the run does not describe it."""
    return run.rules.get(finding.rule)


def in_language(texts: Mapping[str, str], words: Words) -> str:
    """A rule's text in the document's language, Russian where there is no other."""
    return texts.get(words.lang) or texts.get("ru", "")


def often_lines(run: Run, words: Words) -> list[str]:
    """A sentence for each rule that fires on more than its share of the purchases."""
    told = []
    for often in run.often:
        percent = in_text(part_text(often.purchases, often.screened), words)
        counts = {"purchases": often.purchases, "screened": often.screened}
        told.append(words("explain.often", rule=_title(run, often.rule, words), percent=percent, **counts))
    return told


def _title(run: Run, rule_id: str, words: Words) -> str:
    rule = run.rules.get(rule_id)
    return (in_language(rule.title, words) if rule else "") or rule_id


def rule_title(run: Run, finding: Finding, words: Words) -> str:
    """The rule's title, its id where the run does not describe it."""
    rule = rule_of(run, finding)
    return (in_language(rule.title, words) if rule else "") or finding.rule


def groups_text(groups: str, words: Words) -> str:
    """Names of groups of kin given as machine words apart by commas or bars; texts stay as they are."""
    return _groups_text(groups, words.lang) if groups else ""


@lru_cache(maxsize=1_000)  # thousands of people leave out the same few groups
def _groups_text(groups: str, lang: str) -> str:
    names = [label(Words(lang), "coverage.groups", part.strip()) for part in re.split(r"[|;]|,(?=\s*[a-z])", groups)]
    return "; ".join(name for name in names if name)


def undetermined_text(item: Undetermined, part: str, words: Words) -> str:
    """`reason`, `affects`, `remedy` or `where` of something that could not be determined."""
    filled = {"groups": "", "companies": "", **item.params}
    return words(f"undetermined.{item.reason}.{part}", **{**filled, "groups": groups_text(filled["groups"], words)})


def coverage_text(coverage: Coverage, key: str, part: str, words: Words) -> str:
    """A reason or remedy of an official's coverage; `key` is a table of `undetermined`."""
    missing = [group for group, told in coverage.groups.items() if told == "no"]
    return words(f"undetermined.{key}.{part}", groups=groups_text("|".join(missing), words), companies="")


def short_reason(key: str, words: Words) -> str:
    """A reason without its particulars, the same for all it concerns: what sums are counted by."""
    table = words.raw(f"undetermined.{key}")
    return str(table.get("short", table["reason"]))
