"""Text from outside before it goes into a document: no sign that a reader cannot see or a program would obey."""

from __future__ import annotations

import re

# Controls, halves of surrogate pairs, non-characters XML has no place for, and signs that turn the direction of reading.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


def clean(text: str, longest: int = 2_000) -> str:
    """`text` without unseen signs, cut with `…` where it is longer than `longest` letters."""
    seen = UNSEEN.sub("", text)
    return seen if len(seen) <= longest else seen[:longest] + "…"
