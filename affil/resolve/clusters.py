"""Clusters that never hold two persons who were judged different: a constrained union, whatever the order of what is given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Label = tuple[int, int]
"""A decision «different» and the side of it (0 or 1) a member stands on."""


@dataclass(frozen=True, slots=True)
class Contested:
    """A group of one tier that would have joined persons judged different by `decisions`; it was not joined as a whole."""

    tier: int
    decisions: tuple[int, ...]
    members: tuple[str, ...]


def clusters(
    members: Iterable[str], tiers: Sequence[Iterable[Iterable[str]]], labels: Mapping[str, frozenset[Label]]
) -> tuple[dict[str, str], list[Contested]]:
    """(the leader of each member's cluster, its smallest member; what was not joined).

    `tiers`: groups of members that are one person, tier by tier in order of trust. What one tier would join is joined at once, so
    that no order of groups matters. Where that brings two sides of a decision together, only those are joined who stand on the same sides
    (who stands on none could be of either, and stays apart from both). A member on both sides of a decision counts as on neither.
    """
    state = _State(members, labels)
    contested = [one for tier, groups in enumerate(tiers) for one in state.join(tier, groups)]
    return {member: state.find(member) for member in sorted(state.leader)}, contested


class _State:
    def __init__(self, members: Iterable[str], labels: Mapping[str, frozenset[Label]]) -> None:
        self.leader = {member: member for member in members}
        self.labels = {member: _one_sided(labels.get(member, frozenset())) for member in self.leader}

    def find(self, member: str) -> str:
        """The leader of the cluster he is in."""
        while self.leader[member] != member:
            self.leader[member] = self.leader[self.leader[member]]
            member = self.leader[member]
        return member

    def join(self, tier: int, groups: Iterable[Iterable[str]]) -> Iterable[Contested]:
        """Join what the groups of a tier have in common, save whom a decision keeps apart; what was contested is told."""
        for heads in self._together(groups):
            crossed = _crossed(label for head in heads for label in self.labels[head])
            alike: dict[frozenset[Label], list[str]] = defaultdict(list)
            for head in heads:
                alike[frozenset(label for label in self.labels[head] if label[0] in crossed)].append(head)
            if crossed:
                yield Contested(tier, tuple(sorted(crossed)), tuple(sorted(heads)))
            for same in alike.values():
                self._union(same)

    def _together(self, groups: Iterable[Iterable[str]]) -> list[list[str]]:
        """The clusters that the groups would join, each set of them once, smallest leader first."""
        near: dict[str, str] = {}

        def find(head: str) -> str:
            """The smallest leader of the clusters joined with `head` so far."""
            while near.setdefault(head, head) != head:
                near[head] = near[near[head]]
                head = near[head]
            return head

        for group in groups:
            heads = [self.find(member) for member in group]
            for head in heads[1:]:
                low, high = sorted((find(heads[0]), find(head)))
                near[high] = low
        together: dict[str, list[str]] = defaultdict(list)
        for head in sorted(near):
            together[find(head)].append(head)
        return [heads for _, heads in sorted(together.items()) if len(heads) > 1]

    def _union(self, heads: list[str]) -> None:
        first = min(heads)
        for head in heads:
            self.leader[head] = first
        self.labels[first] = frozenset().union(*(self.labels[head] for head in heads))


def _crossed(labels: Iterable[Label]) -> set[int]:
    """The decisions both sides of which are among the labels."""
    seen = set(labels)
    return {decision for decision, side in seen if (decision, 1 - side) in seen}


def _one_sided(labels: frozenset[Label]) -> frozenset[Label]:
    crossed = _crossed(labels)
    return frozenset(label for label in labels if label[0] not in crossed)
