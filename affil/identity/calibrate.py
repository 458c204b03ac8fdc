"""The model set right by the data itself: where many ИНН are known on both sides, who is one person is known for them.

For the declared persons whose ИНН is known the loaded registry tells which of their namesakes are they. From them is learned how much
the odds of the model must be raised or lowered in these data:

    log odds' = shift + slope * log odds + shift of the kind of agreement

by maximum likelihood of the true holder (or of none) among all holders whose name agrees (a conditional logit), pulled towards the model
as it stands. It is used only where enough is known (ENOUGH), so a district's findings do not move with every file. The method is
Platt's (1999), with competing alternatives as in McFadden (1974).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from affil.store.store import Store

ENOUGH = 300
"""Declared persons of known ИНН with a namesake in the registry; fewer would make the figures jump."""
KINDS = ("typo", "initials", "no_patronymic", "former_surname", "changed")
_PULL = np.array([1 / 3.0**2, 1 / 0.3**2, *[1 / 0.7**2] * len(KINDS)])
_LEAST_SLOPE, _STEPS, _FAR, _NEAR = 0.3, 100, 60.0, 1e-9
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Correction:
    """What was learned from how many declared persons: `shift` and `slope` of the natural log of odds, and the shift of each of KINDS."""

    persons: int
    shift: float = 0.0
    slope: float = 1.0
    by_kind: tuple[float, ...] = (0.0,) * len(KINDS)


def calibrate(store: Store) -> Correction:
    """Correct the odds of the temporary table `weighed`, where enough ИНН are known; what was learned is returned."""
    learned = _learned(store)
    if learned.persons >= ENOUGH:
        store.temporary("kind_shift", {"agreement": "VARCHAR", "shift": "DOUBLE"}, list(zip(KINDS, learned.by_kind, strict=True)))
        store.sql(
            """
            CREATE OR REPLACE TEMPORARY TABLE weighed AS
            SELECT w.* REPLACE (exp($shift + $slope * ln(odds / coalesce(inn_ratio, 1)) + coalesce(k.shift, 0)) * coalesce(inn_ratio, 1) AS odds)
            FROM weighed w LEFT JOIN kind_shift k USING (agreement)""",
            {"shift": learned.shift, "slope": learned.slope},
        )
    return learned


def _learned(store: Store) -> Correction:
    known = store.sql("""
        SELECT dense_rank() OVER (ORDER BY declared) - 1 AS person, ln(max(odds / coalesce(inn_ratio, 1))) AS log_odds, bool_or(known_same) AS same,
               arg_max(agreement, (odds, -pair_id)) AS agreement
        FROM weighed WHERE known_same IS NOT NULL AND (agreement NOT IN ('changed', 'contradicted') OR birth_kind = 'date') GROUP BY declared, behind ORDER BY declared, behind
    """).fetchnumpy()
    person = np.asarray(known["person"], dtype=np.int64)
    persons = int(person.max()) + 1 if len(person) else 0
    if persons < ENOUGH:
        return Correction(persons)
    agreement, log_odds = np.asarray(known["agreement"]), np.asarray(known["log_odds"], dtype=np.float64)
    facts = np.column_stack([np.ones(len(person)), log_odds, *((agreement == kind).astype(float) for kind in KINDS)])
    found = _fitted(facts, np.asarray(known["same"], dtype=np.float64), person)
    return Correction(persons, float(found[0]), max(_LEAST_SLOPE, float(found[1])), tuple(float(one) for one in found[2:]))


def _fitted(facts: Floats, same: Floats, person: NDArray[np.int64]) -> Floats:
    """The weights that make the true holders likeliest, by Newton's method; `person` says which rows exclude each other, in order."""
    start = np.flatnonzero(np.r_[True, person[1:] != person[:-1]])
    model = np.array([0.0, 1.0, *[0.0] * len(KINDS)])

    def likelihood(weights: Floats) -> float:
        """The log of how likely the true holders are, less the pull towards the model (nats)."""
        logs = np.clip(facts @ weights, -_FAR, _FAR)
        pull = _PULL @ (weights - model) ** 2 / 2
        return float(same @ logs - np.log1p(np.add.reduceat(np.exp(logs), start)).sum() - pull)

    weights, reached = model, likelihood(model)
    for _ in range(_STEPS):
        odds = np.exp(np.clip(facts @ weights, -_FAR, _FAR))
        chance = odds / (1 + np.add.reduceat(odds, start))[person]
        pulled = np.add.reduceat(chance[:, None] * facts, start)
        gradient = facts.T @ (same - chance) - _PULL * (weights - model)
        curve = facts.T @ (chance[:, None] * facts) - pulled.T @ pulled + np.diag(_PULL)
        step = np.linalg.solve(curve, gradient)
        while (further := likelihood(weights + step)) < reached and np.abs(step).max() > _NEAR:
            step = step / 2  # a whole step may lead over the summit
        if np.abs(step).max() <= _NEAR:
            break
        weights, reached = weights + step, further
    return weights
