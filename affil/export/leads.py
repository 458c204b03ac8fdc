"""Findings as UnknownLink, supposed identities as Similar: leads for a person to look at, and they say so."""

from __future__ import annotations

from collections.abc import Iterator

from affil.export.world import World, ends_of, parties_of, party_id, party_key
from affil.model.finding import EvidencePath, Finding, Step
from affil.reports.findings_json import finding_value
from affil.reports.phrases import NAME_PATTERN, event_dates, is_supposed, label, path_sentences, rule_title

_TOLD = (
    "id", "tie", "rule", "priority", "confidence", "identity_grade", "kinship", "kinship_alternatives", "control", "share", "in_force",
    "assumed", "circles", "bases", "about", "status",
)  # fmt: skip


def add_leads(world: World) -> None:
    """One UnknownLink a finding, from the official to the supplier (or whoever else it joins)."""
    findings = sorted(world.run.findings, key=lambda finding: finding.id)
    parties = parties_of(world.store, _nodes(findings))
    for finding in findings:
        _add_finding(world, finding, parties)
        for path in paths_of(finding):
            for step in path.steps:
                if is_supposed(step):
                    _add_supposed(world, step, parties)


def paths_of(finding: Finding) -> tuple[EvidencePath, ...]:
    """Its path and the others between the same ends."""
    return finding.path, *finding.other_paths


def _nodes(findings: list[Finding]) -> Iterator[str]:
    for finding in findings:
        yield from ends_of(finding)
        for path in paths_of(finding):
            for step in path.steps:
                yield from (step.origin_id, step.target_id)


def _add_finding(world: World, finding: Finding, parties: dict[str, str]) -> None:
    words = world.words
    near, far = (_end(world, node, end.name, parties) for node, end in zip(ends_of(finding), finding.ends, strict=True))
    records = {record for step in finding.path.steps for record in world.records_of(step)}
    day = next(iter(event_dates(finding.contract, finding.procedure)), None)
    bought = sorted({world.bought[step.target_id] for step in finding.path.steps if step.target_id in world.bought})
    value = finding_value(finding)
    world.book.add(
        "UnknownLink", ("finding", finding.id), sorted(records), {"finding": {key: value[key] for key in _TOLD}, "purchases": bought},
        subject=near, object=far, role=rule_title(world.run, finding, words), recordId=finding.id, date=day,
        status=label(words, "reports.priority", finding.priority),
        summary=path_sentences(finding.path, finding, words), description=words("export.lead"),
    )  # fmt: skip


def _end(world: World, node: str, name: str, parties: dict[str, str]) -> str:
    """The entity a finding ends at; a customer known by name alone may be nowhere else."""
    key = party_key(parties.get(node, node))
    if world.book.schema(*key) is None:
        world.book.add("LegalEntity", key, name=name)
    return party_id(key[1])


def _add_supposed(world: World, step: Step, parties: dict[str, str]) -> None:
    """Two records that may be one person's, or of kin by their names: with the probability, and never merged."""
    ends = [parties.get(node) for node in (step.origin_id, step.target_id)]
    one, other = ends
    if one is None or other is None or one == other:
        return
    if step.relation == NAME_PATTERN:
        world.book.add(
            "UnknownLink", ("name-pattern", one, other), world.records_of(step),
            {"probability": round(step.confidence, 4)},
            subject=party_id(one), object=party_id(other), role=world.words("export.role.name_pattern"), description=world.words("export.lead"),
        )  # fmt: skip
        return
    first, second = sorted((one, other))
    world.book.add(
        "Similar", ("similar", first, second), (), {"records": [{"file": step.source.file, "locator": step.source.locator}]},
        candidate=party_id(first), match=party_id(second), confidenceScore=f"{step.confidence:.4f}", matcher="affil",
        criteria=world.words("export.supposed"),
    )  # fmt: skip
