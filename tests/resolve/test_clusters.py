"""Clusters against a plain walk over the groups, and the one thing they must never do."""

from __future__ import annotations

import random
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from affil.resolve.clusters import Label, clusters

pytestmark = pytest.mark.usefixtures("small_worlds")

MEMBERS = tuple("abcdefgh")
groups = st.lists(st.lists(st.sampled_from(MEMBERS), min_size=1, max_size=4), max_size=5)
tiers = st.lists(groups, max_size=4)
labels = st.dictionaries(st.sampled_from(MEMBERS), st.frozensets(st.tuples(st.integers(1, 3), st.integers(0, 1)), max_size=3))


def one_sided(told: frozenset[Label]) -> frozenset[Label]:
    return frozenset((number, side) for number, side in told if (number, 1 - side) not in told)


@given(tiers, labels)
def test_no_cluster_has_both_sides_of_a_decision_and_each_lies_in_what_the_groups_join(
    told: list[list[list[str]]], said: dict[str, frozenset[Label]]
) -> None:
    leader, contested = clusters(MEMBERS, told, said)
    graph = nx.Graph((one, other) for tier in told for group in tier for one, other in combinations(group, 2))
    graph.add_nodes_from(MEMBERS)
    whole = {member: min(nx.node_connected_component(graph, member)) for member in MEMBERS}
    assert set(leader) == set(MEMBERS)
    assert all(
        leader[leader[member]] == leader[member] == min(m for m in MEMBERS if leader[m] == leader[member]) for member in MEMBERS
    )
    for one, other in combinations(MEMBERS, 2):
        if leader[one] == leader[other]:
            assert whole[one] == whole[other]
            assert not any(
                (number, 1 - side) in one_sided(said.get(other, frozenset()))
                for number, side in one_sided(said.get(one, frozenset()))
            )
    assert bool(contested) or leader == whole, "where nothing was in the way, all is joined"


@given(tiers, labels, st.randoms(use_true_random=False))
def test_no_order_matters(told: list[list[list[str]]], said: dict[str, frozenset[Label]], rng: random.Random) -> None:
    shuffled = [rng.sample([rng.sample(group, len(group)) for group in tier], len(tier)) for tier in told]
    members = rng.sample(MEMBERS, len(MEMBERS))
    again = dict(rng.sample(sorted(said.items(), key=str), len(said)))
    assert clusters(MEMBERS, told, said) == clusters(members, shuffled, again)


def test_who_could_be_of_either_side_is_of_neither_and_stays_with_his_like() -> None:
    """c and d have the ИНН that a and b share; a and b were judged different."""
    said = {"a": frozenset({(7, 0)}), "b": frozenset({(7, 1)})}
    leader, contested = clusters("abcd", [[["a", "b", "c", "d"]]], said)
    assert leader == {"a": "a", "b": "b", "c": "c", "d": "c"}
    assert [(one.tier, one.decisions, one.members) for one in contested] == [(0, (7,), ("a", "b", "c", "d"))]


def test_a_tier_of_more_trust_decides_for_the_later_ones() -> None:
    """A third record would join the two: by the first tier it is a's, so the second may not make it b's."""
    said = {"a": frozenset({(1, 0)}), "b": frozenset({(1, 1)})}
    leader, contested = clusters("abc", [[["a", "c"]], [["c", "b"]]], said)
    assert leader == {"a": "a", "b": "b", "c": "a"}
    assert [one.tier for one in contested] == [1]
