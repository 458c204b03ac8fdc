"""The ways of a case as they are drawn: ways over the same persons and firms are one drawing with all their ties.

A man who both heads a firm and owns it is two paths of evidence and one picture.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from affil.model.finding import Step
from affil.reports import phrases
from affil.reports.cases import DrawnPath, touches_purchase
from affil.reports.page.drawing import start_of, walk
from affil.reports.page.identities import joined
from affil.words import Words

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DrawnWay:
    """One drawing: the strongest of its paths with the ties of all of them, and what it says in words (`facts`: key, text)."""

    drawn: DrawnPath
    facts: Facts


def drawn_ways(paths: tuple[DrawnPath, ...], words: Words) -> tuple[DrawnWay, ...]:
    """`paths` joined where they differ in nothing but parallel ties, in their order: the strongest first."""
    groups: dict[tuple[object, ...], list[DrawnPath]] = defaultdict(list)
    for drawn in paths:
        groups[_likeness(drawn, words)].append(drawn)
    return tuple(_way(group, words) for group in groups.values())


def _likeness(drawn: DrawnPath, words: Words) -> tuple[object, ...]:
    """What two paths of one drawing have in common: nodes in order, the number of purchases, all that is said but the ties."""
    steps, _ = joined(drawn.path.steps)
    nodes, _ = walk(steps, start_of(drawn))
    alike = tuple((node.key, node.kind) for node in nodes if node.kind != "purchase")
    return alike, drawn.purchases, _kinship(drawn, words)


def _way(group: list[DrawnPath], words: Words) -> DrawnWay:
    first = group[0]
    steps = list(first.path.steps)
    for other in group[1:]:
        _add(steps, other.path.steps)
    assumed = dict.fromkeys(key for one in group for key in one.path.assumed)
    told = [*_kinship(first, words), ("assumed", "; ".join(phrases.label(words, "assumed", key) for key in assumed))]
    told.insert(1, ("control", _controls(group, words)))
    facts = tuple((key, text) for key, text in told if text)
    return DrawnWay(replace(first, path=replace(first.path, steps=tuple(steps))), facts)


def _controls(group: list[DrawnPath], words: Words) -> str:
    """Positions in the organisation; a share that is the same for all of them is told once."""
    if len({one.path.share for one in group}) > 1:
        texts = (phrases.control_text(one.path, words) for one in group)
        return "; ".join(dict.fromkeys(text for text in texts if text))
    *others, last = dict.fromkeys(one.path.control for one in group)
    names = [phrases.label(words, "reports.control", control) for control in others]
    strongest = next(one.path for one in group if one.path.control == last)
    return "; ".join(text for text in (*names, phrases.control_text(strongest, words)) if text)


def _kinship(drawn: DrawnPath, words: Words) -> Facts:
    """Kinship, circles, how the person was established, other readings. Circles and readings are those of the finding's own
    kinship; a path by other kin has none of its own."""
    finding, path = drawn.finding, drawn.path
    own = path.kinship == finding.path.kinship
    circles = [f"{key} — {phrases.label(words, 'reports.circle', value)}" for key, value in phrases.circle_items(finding.circles)]
    return (
        ("kinship", phrases.kinship_word(finding, path, words)),
        ("circles", "; ".join(circles) if own else ""),
        ("grade", phrases.grade_text(path, words)),
        ("alternatives", phrases.alternatives(finding, words) if own else ""),
    )


def _add(steps: list[Step], others: tuple[Step, ...]) -> None:
    """Put ties that `steps` lacks beside those between the same ends."""
    for step in others:
        if not touches_purchase(step) and step not in steps:
            steps.insert(_place(step, steps), step)


def _place(step: Step, steps: list[Step]) -> int:
    """The place after the last step between the same persons or firms, or before the purchase."""
    beside = [place for place, one in enumerate(steps) if _names(one) == _names(step)]
    bought = (place for place, one in enumerate(steps) if touches_purchase(one))
    return beside[-1] + 1 if beside else next(bought, len(steps))


def _names(step: Step) -> frozenset[str]:
    return frozenset((step.origin.casefold(), step.target.casefold()))
