"""Hard cases by name alone: how often each matcher takes such a pair for one person.

What is accepted: for affil, a pair whose probability is at least half of what the same pair would have if the words that are written differently
were written as the registry has them (initials and gaps stay), so that it is the difference that is judged and not how common the name
is; for logic-v2 and WRatio the usual thresholds 0.7 and 85; for SQL the equal full name.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz

from benchmarks.matching.channel import one_letter_less
from benchmarks.matching.names import Floats, NameTables, draw, read_names
from benchmarks.matching.parameters import Names
from benchmarks.matching.tools import python_of

SHOULD = {
    "initials": "yes",
    "no patronymic": "yes",
    "siblings": "no",
    "other patronymic": "no",
    "one letter apart": "no",
    "maiden surname": "unknown",
}
LOGIC_V2_ACCEPTS, WRATIO_ACCEPTS, AFFIL_ACCEPTS = 0.7, 85.0, 0.5
_YEAR = 7
"""Place in DECADES of the decade all are born in."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A name as declared, and surname, given name and patronymic of the registry; `as_there` is the declared name without the difference."""

    declared: str
    registry: tuple[str, str, str]
    as_there: str


def make_pairs(case: str, count: int, seed: int = 1) -> list[Pair]:
    """`count` pairs of men and as many of women of one of the cases of SHOULD; words drawn by how frequent they are."""
    rng, tables = np.random.default_rng(seed), _tables()
    return [pair for woman in (False, True) for pair in _pairs(case, rng, tables, woman, count)]


@cache
def _tables() -> NameTables:
    return read_names(Names())


def _pairs(case: str, rng: np.random.Generator, tables: NameTables, woman: bool, count: int) -> list[Pair]:
    families = tables.women if woman else tables.men
    givens = tables.female if woman else tables.male
    patronymics = tables.male.daughters if woman else tables.male.sons
    parts = (
        (families, tables.families[0]),
        (givens.words, givens.shares[0, _YEAR]),
        (patronymics, tables.male.shares[0, _YEAR - 3]),
    )
    # drawn for every case alike, so that the cases differ in one word; what comes out equal by chance is no case
    there, other = ([words[draw(rng, shares, 2 * count)] for words, shares in parts] for _ in range(2))
    near, shares = _near_families()
    for place, pair in enumerate(draw(rng, shares, 2 * count) if case == "one letter apart" else ()):
        other[0][place], there[0][place] = families[near[pair][0]], families[near[pair][1]]
    rows = zip(zip(*there, strict=True), zip(*other, strict=True), strict=True)
    made = (_pair(case, names, drawn, spaced=place % 2 == 0) for place, (names, drawn) in enumerate(rows))
    return [pair for pair in made if pair is not None][:count]


def _pair(case: str, there: tuple[str, str, str], other: tuple[str, str, str], spaced: bool) -> Pair | None:
    surname, given, patronymic = there
    if case in ("initials", "no patronymic"):
        short = f"{given[0]}.{' ' if spaced else ''}{patronymic[0]}."
        text = f"{surname} {short}" if case == "initials" else f"{surname} {given}"
        return Pair(text, there, text)
    place = {"siblings": 1, "other patronymic": 2}.get(case, 0)
    declared = [*there[:place], other[place], *there[place + 1 :]]
    return Pair(" ".join(declared), there, " ".join(there)) if other[place] != there[place] else None


@cache
def _near_families() -> tuple[list[tuple[int, int]], Floats]:
    """Pairs of families of the Slavic list whose two surnames are one letter apart, men and women alike, by how often two people bear them."""
    tables = _tables()
    shares = tables.families[0]
    frequent = np.argsort(-shares)[:30_000]
    places: dict[str, list[int]] = defaultdict(list)
    for family in frequent.tolist():
        for rest in one_letter_less(str(tables.men[family])):
            places[rest].append(family)
    near = {(one, other) for found in places.values() for one in found for other in found if one != other}
    pairs = sorted(pair for pair in near if _one_apart(tables.men, *pair) and _one_apart(tables.women, *pair))
    return pairs, np.array([shares[one] * shares[other] for one, other in pairs])


def _one_apart(words: Any, one: int, other: int) -> bool:
    left, right = str(words[one]), str(words[other])
    if len(left) == len(right):
        return sum(a != b for a, b in zip(left, right, strict=True)) == 1
    return abs(len(left) - len(right)) == 1


def hard_case_rates(count: int) -> dict[str, dict[str, float]]:
    """For each case the share of pairs each matcher accepts."""
    accepts: dict[str, Callable[[list[Pair]], list[bool]]] = {
        "SQL": lambda pairs: [pair.declared == " ".join(pair.registry) for pair in pairs],
        "rapidfuzz WRatio": lambda pairs: [
            fuzz.WRatio(pair.declared, " ".join(pair.registry)) >= WRATIO_ACCEPTS for pair in pairs
        ],
        "nomenklatura logic-v2": _logic_v2,
        "affil": _affil,
    }
    rates: dict[str, dict[str, float]] = {}
    for case, should in SHOULD.items():
        pairs = make_pairs(case, count)
        rates[f"{case} ({should})"] = {matcher: float(np.mean(accept(pairs))) for matcher, accept in accepts.items()}
    return rates


def _logic_v2(pairs: list[Pair]) -> list[bool]:
    with tempfile.TemporaryDirectory() as made:
        asked, told = Path(made) / "pairs.json", Path(made) / "scores.json"
        asked.write_text(json.dumps([(pair.declared, " ".join(pair.registry)) for pair in pairs]), encoding="utf-8")
        script = Path(__file__).with_name("logic_v2_script.py")
        subprocess.run([str(python_of("nomenklatura")), "-P", str(script), str(asked), str(told)], check=True)
        return [score >= LOGIC_V2_ACCEPTS for score in json.loads(told.read_text(encoding="utf-8"))]


def _affil(pairs: list[Pair]) -> list[bool]:
    judged = _affil_probabilities([(pair.declared, pair.registry) for pair in pairs])
    without = _affil_probabilities([(pair.as_there, pair.registry) for pair in pairs])
    return [one > 0 and one >= AFFIL_ACCEPTS * other for one, other in zip(judged, without, strict=True)]


def _affil_probabilities(pairs: list[tuple[str, tuple[str, str, str]]]) -> list[float]:
    """0 where affil takes the two for two persons; all at home in one region, the registry's person the only one of the name there."""
    from affil.identity.compare import Person, compare_all
    from affil.language.fio import name_from_parts, parse_name

    names = [(parse_name(text), name_from_parts(*parts)) for text, parts in pairs]
    asked = [(Person(one, home_region="52"), Person(other, home_region="52")) for one, other in names if one]
    found = iter(compare_all(asked))
    return [(match.probability if (match := next(found)) else 0.0) if one else 0.0 for one, _ in names]
