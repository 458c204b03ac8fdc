"""Whether a decision can stand beside those in force: nobody is one person with somebody and different from him, by any steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from affil.decisions.entry import DIFFERENT, SAME, UNSURE, Entry


def contradicted(standing: Sequence[Entry], fresh: Entry) -> list[Entry]:
    """The entries in force that cannot hold together with `fresh`, by number; none where it can be written.

    Two persons are joined where decisions lead from one to the other, reference by reference. «Unsure» says nothing against
    «unsure»; over a decision it would say less than is known, so that one is undone first.
    """
    other_verdict = [e for e in standing if e.subject == fresh.subject and e.verdict != fresh.verdict and e.verdict != UNSURE]
    if fresh.verdict == UNSURE:
        return other_verdict
    together = [*standing, fresh]
    joined = _joined(entry for entry in together if entry.verdict == SAME)
    found = list(other_verdict)
    for entry in together:
        if entry.verdict == DIFFERENT:
            groups = [{joined[ref] for ref in side.references if ref in joined} for side in entry.sides]
            meeting = set.intersection(*groups)
            if meeting and fresh.verdict == DIFFERENT and entry is not fresh:
                continue  # an older quarrel, not this entry's
            found += [one for one in together if _of(one, meeting, joined)] + ([entry] if meeting else [])
    return sorted({one.number: one for one in found if one is not fresh}.values(), key=lambda one: one.number)


def _of(entry: Entry, groups: set[str], joined: dict[str, str]) -> bool:
    return entry.verdict == SAME and any(joined.get(ref) in groups for side in entry.sides for ref in side.references)


def _joined(same: Iterable[Entry]) -> dict[str, str]:
    """The group of every reference that a decision «same» speaks of."""
    leader: dict[str, str] = {}

    def find(ref: str) -> str:
        """The reference that stands for the group of `ref`; itself where nothing joins it yet."""
        while leader.setdefault(ref, ref) != ref:
            ref = leader[ref]
        return ref

    for entry in same:
        references = sorted(ref for side in entry.sides for ref in side.references)
        for ref in references:
            low, high = sorted((find(references[0]), find(ref)))
            leader[high] = low
    return {ref: find(ref) for ref in list(leader)}
