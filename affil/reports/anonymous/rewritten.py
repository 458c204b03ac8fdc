"""Steps of a path under pseudonyms, in words of the catalogue alone: nothing stands in them as a file had it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from affil.kinship.naming import kin_name
from affil.model.finding import EvidencePath, Finding, Step
from affil.model.run import Run
from affil.reports.anonymous.coarse import quarter_text, share_band
from affil.reports.anonymous.pseudonyms import Pseudonyms
from affil.reports.phrases import NAME_PATTERN, is_kin, is_supposed
from affil.words import Words

_SHARE = re.compile(r"(\d+(?:\.\d+)?) %")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One step: both ends under pseudonyms, the quarters it held in, a share as a band, what kind of file it stands in."""

    origin: str
    relation: str
    target: str
    since: str
    until: str
    share: str
    source: str
    sentence: str


class Rewriter:
    """Rewrites the steps of a run's paths."""

    def __init__(self, run: Run, names: Pseudonyms, words: Words) -> None:
        self._names, self._words = names, words
        self._kinds = {source.file: source.kind for source in run.sources}

    def steps(self, path: EvidencePath, finding: Finding) -> list[Rewritten]:
        """The steps of a path. Records that a certain step joins are one person and have the pseudonym of the first."""
        joined: dict[str, str] = {}
        return [self._step(step, finding, joined) for step in path.steps]

    def _step(self, step: Step, finding: Finding, joined: dict[str, str]) -> Rewritten:
        words = self._words
        near, far = step.origin_id or step.origin, step.target_id or step.target
        origin = joined.get(near) or self._end(step.origin_id, step.origin_kind, step.origin, finding)
        target = joined.get(far) or self._end(step.target_id, step.target_kind, step.target, finding)
        if step.relation == "same_as" and not is_supposed(step) and not _is_supplier(step.target_id):
            target = origin
        joined |= {near: origin, far: target}
        since, until, share = quarter_text(step.valid_from, words), quarter_text(step.valid_to, words), _share(step, words)
        relation = _relation(step, words)
        sentence = _template(step, words).format(origin=origin, target=target, relation=relation)
        parts = (sentence, _agreement(step, words), share and words("public.share", band=share), _period(since, until))
        told = ", ".join(part for part in parts if part)
        return Rewritten(origin, relation, target, since, until, share, self._source(step), told)

    def _end(self, node: str, kind: str, name: str, finding: Finding) -> str:
        names = self._names
        if node == "registry":
            return self._words("public.register")
        if kind == "purchase":
            return _purchase(name, finding, names)
        if kind == "organisation" or node.startswith(("inn:", "customer:", "supplier:")):
            return names.node(node, name)
        if _is_supplier(node) and finding.supplier:
            return names.firm(finding.supplier.inn, finding.supplier.name)
        if finding.employee and node == f"official|{finding.employee.key}":
            return names.official(finding.employee)
        return names.person(name)

    def _source(self, step: Step) -> str:
        known = self._words.raw("public.source")
        return str(known.get("decision" if step.decided else self._kinds.get(step.source.file, ""), known["other"]))


def kinship_name(path: EvidencePath, words: Words) -> str:
    """What the relative is to the official, without the word of the questionnaire and without genders."""
    if path.kinship is None:
        return words("reports.text.kin_by_name") if any(step.relation == NAME_PATTERN for step in path.steps) else ""
    return words("reports.text.self") if path.kinship == "self" else chain_name(path.kinship, words)


def chain_name(chain: str, words: Words) -> str:
    """The name of a chain of kin that tells no gender; the chain itself where it has none."""
    try:
        return kin_name(chain, None, None, words)
    except ValueError:
        return chain


def _is_supplier(node: str) -> bool:
    """True of a mention of a person as the supplier: his other capacity, with a pseudonym of its own."""
    return node.partition("|")[0] in ("contract", "participant")


def _purchase(name: str, finding: Finding, names: Pseudonyms) -> str:
    for contract in (finding.contract, *finding.contracts):
        if contract and name == contract.number:
            return names.contract(contract)
    known = {finding.procedure and finding.procedure.number, finding.contract and finding.contract.procedure_number}
    if name in known:
        return names.procedure(name)
    return (
        names.contract(finding.contract)
        if finding.contract and not finding.contract.number
        else names.contract_number(name, None)
    )


def _agreement(step: Step, words: Words) -> str:
    """What two names or records agree in; details of other steps are texts from files."""
    return str(words.raw("reports.agreement").get(step.detail, "")) if step.relation == "same_as" else ""


def _template(step: Step, words: Words) -> str:
    templates = words.raw("reports.step")
    supposed = step.relation == "same_as" and is_supposed(step)
    key = "kin" if is_kin(step.relation) else "supposed" if supposed else step.relation
    return str(templates.get(key, templates["role"]))


def _relation(step: Step, words: Words) -> str:
    if is_kin(step.relation):
        return chain_name(step.relation, words)
    if step.relation == "same_as" and is_supposed(step):
        return words("reports.relation.supposed")
    for table in ("reports.relation", "reports.role"):
        if step.relation in words.raw(table):
            return str(words.raw(table)[step.relation])
    return words("public.other")


def _share(step: Step, words: Words) -> str:
    told = _SHARE.fullmatch(step.detail)
    return share_band(Fraction(told[1]) / 100, words) if told else ""


def _period(since: str, until: str) -> str:
    return since if since == until else f"{since or '…'} — {until or '…'}"
