"""The comparable form of the letters of a name: one case, one е, one alphabet, one hyphen."""

from __future__ import annotations

import re
import unicodedata

_LOOK_ALIKE = str.maketrans("ABCEHKMOPTXYË", "АВСЕНКМОРТХУЕ")
LOOK_ALIKE_ONLY = re.compile(r"[ABCEHKMOPTXYË.\-]+")
_LATIN = re.compile(r"[A-ZË]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_WORD = re.compile(r"[^\s()/,;]+")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_ROUND_HYPHEN = re.compile(r"(?<=[^\W\d_]{2}) ?- ?(?=[^\W\d_]{2})")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u0301]")


def comparable(text: str) -> str:
    """`text` in upper case with ё as е, Latin look-alikes in Russian text as Russian letters, plain hyphens, single spaces."""
    # Stress marks (U+0301) go, the dots of ё and the breve of й stay: they are composed again.
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", unicodedata.normalize("NFKD", text)))
    upper = _DASHES.sub("-", composed.upper().replace("Ё", "Е"))
    spaced = _ROUND_HYPHEN.sub("-", " ".join(upper.split()))
    if _LATIN.search(spaced) is None or _CYRILLIC.search(spaced) is None:
        return spaced
    return _WORD.sub(_one_alphabet, spaced)


def _one_alphabet(found: re.Match[str]) -> str:
    word = found.group()
    return word.translate(_LOOK_ALIKE) if _CYRILLIC.search(word) or LOOK_ALIKE_ONLY.fullmatch(word) else word
