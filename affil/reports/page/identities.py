"""Records that certainly tell of one person are one shape of a drawing; a supposed identity stays a line between two shapes.

A registry names a man once as head and once as owner, and the questionnaire a third time: three records, one person. The steps
in words still tell each identity with its source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from affil.model.finding import Step
from affil.reports.phrases import is_supposed


class Node(NamedTuple):
    """A shape to be: two nodes are one where their graph ids are, or without ids where name and kind are."""

    name: str
    kind: str
    id: str = ""

    @property
    def key(self) -> str:
        """What tells the node from others: its graph id, without one its name."""
        return self.id or self.name

    def is_same(self, other: Node) -> bool:
        """Whether two ends of steps are one node."""
        return self.id == other.id if self.id and other.id else self[:2] == other[:2]


def ends_of(step: Step) -> tuple[Node, Node]:
    """The two nodes of a step."""
    return Node(step.origin, step.origin_kind, step.origin_id), Node(step.target, step.target_kind, step.target_id)


def is_certain_identity(step: Step) -> bool:
    """Whether a step says that two records of one name are one, and nobody has to suppose it."""
    return step.relation == "same_as" and not is_supposed(step) and _folded(step.origin) == _folded(step.target)


def joined(steps: Sequence[Step]) -> tuple[list[Step], dict[str, list[Step]]]:
    """The other steps between nodes joined by certain identities, and these identities by the key of the node they made."""
    first: dict[str, Node] = {}
    identities: dict[str, list[Step]] = defaultdict(list)
    for step in filter(is_certain_identity, steps):
        origin, target = ends_of(step)
        root = first.get(origin.key, origin)
        identities[root.key].append(step)
        if target.key != root.key:
            first[target.key] = root
    return [_between(step, first) for step in steps if not is_certain_identity(step)], identities


def _between(step: Step, first: dict[str, Node]) -> Step:
    origin, target = (first.get(end.key, end) for end in ends_of(step))
    return replace(
        step,
        origin=origin.name, origin_kind=origin.kind, origin_id=origin.id,
        target=target.name, target_kind=target.kind, target_id=target.id,
    )  # fmt: skip


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").split())
