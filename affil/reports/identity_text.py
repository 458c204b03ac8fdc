"""Why two records may speak of one person, in words: the evidence line by line in bits, its sum, the holders of the name."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from affil.model.finding import Resemblance
from affil.reports.values import in_text
from affil.words import Words

_CHANCES = ((0.95, "nearly_sure"), (0.8, "likely"), (0.5, "rather"), (0.2, "rather_not"), (0.05, "unlikely"), (0.0, "hardly"))
_COUNTS = ("people", "one_in")
_SHORTENED = frozenset({"given_initial", "patronymic_initial", "patronymic_not_declared", "patronymic_not_shown"})
_DECIMAL = re.compile(r"\d+\.\d+")
FIRM = "firm_"
_PARTS = (2, 3, 4, 5, 10, 20, 100, 1000)


def identity_lines(evidence: Sequence[Mapping[str, Any]], probability: float, words: Words) -> list[str]:
    """The heading, a line for each piece of evidence ({"key", "bits", "params"}), and the sum in bits and in words."""
    told = [words("identity.line", bits=_bits(one["bits"], words), text=_text(one, words)) for one in evidence]
    firm = any(one["key"].startswith(FIRM) for one in evidence)
    return [
        words("identity.firm_heading" if firm else "identity.heading"),
        *told,
        words(
            "identity.sum", bits=_bits(_sum(evidence, probability), words), chance=chance_text(probability, words, of_firms=firm)
        ),
    ]


def _sum(evidence: Sequence[Mapping[str, Any]], probability: float) -> float:
    """The bits of the probability; those of the printed lines, where only rounding is between: a reader adds them up."""
    printed = sum(float(round(one["bits"], 1)) for one in evidence)
    if not 0 < probability < 1:
        return printed
    odds = math.log2(probability / (1 - probability))
    return printed if abs(printed - odds) <= 0.05 * (len(evidence) + 1) else odds


def _text(one: Mapping[str, Any], words: Words) -> str:
    params = {name: _number(name, value, words) for name, value in one["params"].items()}
    return words(f"identity.evidence.{one['key']}", **params)


def _number(name: str, value: str, words: Words) -> str:
    if value.isdigit() and name in _COUNTS:
        return _spaced(_two_figures(value) if name == "one_in" else value)
    return in_text(value.replace(".", ","), words) if _DECIMAL.fullmatch(value) else value


def _two_figures(number: str) -> str:
    """How often a name is borne is not known to more than two figures: 8 349 908 is told as 8 300 000."""
    return str(round(int(number), 2 - len(number)))


def _spaced(number: str) -> str:
    return f"{int(number):,}".replace(",", "\u00a0")


def _bits(bits: float, words: Words) -> str:
    """`+3,4` or `−12,0`, as wide as the widest of them."""
    return in_text(f"{bits:+.1f}".replace("-", "−").replace(".", ","), words).rjust(6)


def chance_text(probability: float, words: Words, of_firms: bool = False) -> str:
    """The probability that it is one, person or organisation, in words: «вероятно одно лицо (примерно 9 из 10 …)»."""
    name = next(name for least, name in _CHANCES if probability >= least)
    of, whole = _simple(probability)
    return words("identity.of.odds", chance=words(f"identity.{'firm_chance' if of_firms else 'chance'}.{name}"), of=of, all=whole)


def _simple(probability: float) -> tuple[int, int]:
    """The share of few that is near the probability: 0.67 is 2 of 3, 0.04 is 1 of 20; never all and never none."""
    shares = ((round(probability * whole), whole) for whole in _PARTS)
    possible = [(of, whole) for of, whole in shares if 0 < of < whole]
    near = [
        (of, whole) for of, whole in possible if abs(of / whole - probability) <= 0.1 * min(probability, 1 - probability) + 0.01
    ]
    return (near or possible or [(1, 1000) if probability < 0.5 else (999, 1000)])[0]


def holders_text(expected: float, seen: int, evidence: Iterable[Mapping[str, Any]], words: Words) -> str:
    """How many others of this name, as far as both sources write it, are expected in the region, and how many of the full name
    the loaded extracts show, the one compared included."""
    number = words("identity.fewer_than_one") if expected < 1 else words("identity.about", number=_rounded(expected))
    full = not _SHORTENED.intersection(one["key"] for one in evidence)
    return words("identity.holders" if full else "identity.holders_of_shorter", expected=number, seen=seen)


def namesakes_text(found: Resemblance, words: Words) -> str:
    """`holders_text` of a supposed identity; nothing where no holders are counted, as of an organisation."""
    if found.expected is None or found.seen is None:
        return ""
    return holders_text(found.expected, found.seen, found.evidence, words)


def _rounded(number: float) -> str:
    """Two figures are more than is known: 47 is told as 50, 312 as 300."""
    if number < 10:
        return str(round(number))
    step = 10 ** (len(str(round(number))) - 1)
    return _spaced(str(round(number / step) * step)) if number >= 20 else str(round(number))
