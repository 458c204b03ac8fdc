"""Text without the signs that are none: what files of other programs bring along and nobody sees."""

from __future__ import annotations

import re

# In no text of people; neither XML nor the store takes them. Half a pair of UTF-16 is what a broken escape in JSON leaves.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Soft hyphens, zero-width and direction marks, control signs: copied along from Word and PDF, seen by nobody.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_SPACES = re.compile(r"\s+")


# In no name of a file: signs that move a terminal's cursor, colour it, or turn the direction of reading («фото\u202egpj.exe»).
_UNSEEN_IN_NAME = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def readable_name(name: str) -> str:
    """The name of a file as it can be shown: a sign of doubt in place of signs nobody sees and of bytes that are no text."""
    return _UNSEEN_IN_NAME.sub("\ufffd", name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def readable(text: str, instead: str = " ") -> str:
    """The text with `instead` in place of every sign that is none: for formats that can hold any, as PDF and JSON."""
    return _NO_TEXT.sub(instead, text)


def visible(text: str) -> str:
    """What a person sees of the text, on one line with single spaces."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
