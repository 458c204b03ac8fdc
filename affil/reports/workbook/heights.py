"""How high a row must be for its wrapped texts: not every office program works that out when it opens a file.

Estimated for Arial of 9 points, where a unit of width (a digit of 10 points) is 7 of 96 parts of an inch: a Russian letter
takes 0.87 of it, a capital 1.14; a line ends on average three letters early, because words are not divided.
"""

from __future__ import annotations

import math

LINE, AROUND, MOST = 11.6, 3.0, 409.0  # points; 409 is all a sheet allows
SMALL, CAPITAL, BOLD = 1.15, 0.88, 0.92  # letters to a unit of width; a bold one is wider
LOST = 3.0
SHORT = 0.8
COUNTED = 3  # lines; where more are expected a word more or less tells little


def short_text(width: float) -> int:
    """Letters that surely stand on one line of a column."""
    return int(width * SHORT)


def line_count(text: str, width: float, bold: bool = False) -> int:
    """Lines of `text` in a column of this width; of a long one by its length, of a shorter one word by word."""
    fits = width * (CAPITAL if text.isupper() else SMALL) * (BOLD if bold else 1)
    return sum(_lines(part, fits) for part in text.split("\n"))


def _lines(part: str, fits: float) -> int:
    if len(part) <= fits:
        return 1
    if len(part) > COUNTED * fits:
        return math.ceil(len(part) / max(fits - LOST, 4.0))
    lines, room = 1, fits
    for word in part.split(" "):
        if len(word) > room and room < fits:
            lines, room = lines + 1, fits
        lines += math.ceil(len(word) / fits) - 1 if len(word) > fits else 0
        room -= len(word) % fits + 1
    return lines


def row_height(lines: int) -> float:
    """Points for this many lines, never above what a sheet allows."""
    return min(lines * LINE + AROUND, MOST)
