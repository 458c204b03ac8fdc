"""What a list of matches is worth: pairs with a probability and whether they are right, against the number of true pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ENOUGH = 0.99
"""The precision at which recall is told."""
BINS = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """All shares, 0 to 1. None where nothing can be said. `threshold` is the probability from which pairs count at the best F1."""

    pairs: int
    f1: float
    threshold: float | None
    precision: float
    recall: float
    recall_at_99: float
    calibration_error: float | None
    brier_skill: float | None


def scores(probability: NDArray[np.float64], right: NDArray[np.bool_], by_inn: NDArray[np.bool_], true_pairs: int) -> Scores:
    """F1 at its best threshold and recall at precision ≥ 0.99 over all pairs; calibration over the pairs without equal ИНН.

    Pairs of one probability are taken or left together. Of thresholds with the same F1 the highest counts.
    """
    if not len(probability) or not true_pairs:
        return Scores(len(probability), 0.0, None, 0.0, 0.0, 0.0, None, None)
    order = np.argsort(-probability, kind="stable")
    sorted_probability, hits = probability[order], np.cumsum(right[order])
    last_of_tie = np.append(np.diff(sorted_probability) != 0, True)
    taken, hits, thresholds = np.flatnonzero(last_of_tie) + 1, hits[last_of_tie], sorted_probability[last_of_tie]
    precision, recall = hits / taken, hits / true_pairs
    f1 = 2 * hits / (taken + true_pairs)
    best = int(np.argmax(f1))
    pure = recall[precision >= ENOUGH]
    return Scores(
        len(probability),
        float(f1[best]),
        float(thresholds[best]),
        float(precision[best]),
        float(recall[best]),
        float(pure.max()) if len(pure) else 0.0,
        calibration_error(probability[~by_inn], right[~by_inn]),
        brier_skill(probability[~by_inn], right[~by_inn]),
    )


def calibration_error(probability: NDArray[np.float64], right: NDArray[np.bool_]) -> float | None:
    """Mean distance, weighted by pairs, between the mean probability and the share right, in ten equal bins of probability."""
    if not len(probability):
        return None
    place = np.minimum((probability * BINS).astype(np.int64), BINS - 1)
    gap = np.bincount(place, probability, BINS) - np.bincount(place, right, BINS)
    return float(np.abs(gap).sum() / len(probability))


def brier_skill(probability: NDArray[np.float64], right: NDArray[np.bool_]) -> float | None:
    """1 - Brier score / that of always saying the share right; None where all pairs are right or all are wrong."""
    base = float(right.mean()) if len(right) else 0.0
    if base in (0.0, 1.0):
        return None
    return 1 - float(((probability - right) ** 2).mean()) / (base * (1 - base))
