"""Slips of the pen in one word, with the chance of each: the generator draws from these, the true model sums over them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

ALIKE = {
    "И": "ЫЕЙ", "Ы": "И", "О": "А", "А": "О", "Е": "ИЯ", "Я": "Е", "Й": "И", "Д": "Т", "Т": "Д", "Б": "П", "П": "Б", "В": "Ф", "Ф": "В",
    "Г": "К", "К": "Г", "З": "С", "С": "З", "Ш": "ЩЖ", "Щ": "Ш", "Ж": "Ш", "Э": "Е", "Ь": "Ъ", "Ъ": "Ь", "Ю": "У", "У": "Ю", "Ц": "С", "Х": "Г",
}  # fmt: skip
"""Letters that sound or look alike."""

_ROWS = ("ЙЦУКЕНГШЩЗХЪ", "ФЫВАПРОЛДЖЭ", "ЯЧСМИТЬБЮ")
BESIDE = {
    letter: "".join(row[place] for place in (index - 1, index + 1) if 0 <= place < len(row))
    for row in _ROWS
    for index, letter in enumerate(row)
}
"""Neighbours on the keyboard, in the row."""

KINDS = (("alike", 0.4), ("double", 0.13), ("drop", 0.2), ("swap", 0.12), ("beside", 0.15))


def slips(word: str) -> Iterator[tuple[str, float]]:
    """Every spelling one slip away with its chance among all slips. A spelling may come twice; the first letter stays."""
    for kind, chance in KINDS:
        made = list(_of_kind(kind, word))
        for spelling in made:
            yield spelling, chance / len(made)


def _of_kind(kind: str, word: str) -> Iterator[str]:
    for place in range(1, len(word)):
        before, letter, after = word[:place], word[place], word[place + 1 :]
        if kind in ("alike", "beside"):
            yield from (before + other + after for other in (ALIKE if kind == "alike" else BESIDE).get(letter, ""))
        elif kind == "double" and letter != "-":
            yield before + letter + letter + after
        elif kind == "drop" and len(word) > 3:
            yield before + after
        elif kind == "swap" and after and after[0] != letter:
            yield before + after[0] + letter + after[1:]


def slip(word: str, rng: np.random.Generator) -> str:
    """One of them, drawn by its chance; the word itself where it is too short to slip."""
    if len(word) < 3:
        return word
    made = list(slips(word))
    chances = np.cumsum([chance for _, chance in made])
    return made[min(int(np.searchsorted(chances, rng.random() * chances[-1])), len(made) - 1)][0]
