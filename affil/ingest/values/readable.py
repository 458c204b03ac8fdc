"""Text from formats that can hold any sign: PDF, JSON."""

from __future__ import annotations

import re

# In no text of people; neither XML nor the store takes them. Half a pair of UTF-16 is what a broken escape in JSON leaves.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def readable(text: str) -> str:
    """The text with a space in place of every sign that is none."""
    return _NO_TEXT.sub(" ", text)
