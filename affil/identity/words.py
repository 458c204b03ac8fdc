"""What the words of names are worth: their shares among the people of a gender, and the slips that make one of another.

The share of a word is that of the lists (affil/language/frequencies.py), laid over what the loaded registry shows:

    share = (list_… * share in the lists + others shown) / (list_… + persons shown)

where `others shown` leaves out the one who is compared, and of a surname his family; list_… are the persons the lists stand for
(weights.toml).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from affil.identity.channel import slip
from affil.identity.weights import weights
from affil.language.frequencies import NameFrequencies
from affil.store.store import Store

_PARTS = ("surname", "given", "patronymic")
_PAIRS = """
    SELECT DISTINCT '{part}' AS part, coalesce(b_gender, gender, '?') AS gender, {part} AS one, b_{part} AS other
    FROM pair WHERE {part} <> b_{part}"""


def make_words(store: Store, frequencies: NameFrequencies | None = None) -> None:
    """Temporary tables `word_share` (part, gender, word, share) and `slip` (part, gender, one, other, kind, ratio, two_names).

    Needs `pair` and `holder` (see weigh.py). `ratio`: how many times oftener the two words are seen of one person than of two.
    `frequencies`: of the lists, None reads them for just these words.
    """
    store.script(Path(__file__).with_suffix(".sql"))
    words = store.sql(
        """
        SELECT part, gender, word, greatest(coalesce(s.persons, 0) - CASE part WHEN 'surname' THEN $family ELSE 1 END, 0) AS others, coalesce(p.persons, 0) AS persons
        FROM needed_word LEFT JOIN shown_word s USING (part, gender, word) LEFT JOIN shown_persons p USING (gender)
        ORDER BY part, gender, word""",
        {"family": weights()["one_family"]},
    ).fetchnumpy()
    parts, genders, texts = (list[str](words[name]) for name in ("part", "gender", "word"))
    frequencies = frequencies or _load(parts, texts)
    listed = np.array(
        [frequencies.share(*key[:2], key[2] if key[2] != "?" else None) for key in zip(parts, texts, genders, strict=True)],
        dtype=float,
    )
    stand_for = np.array([weights()[f"list_{part}s"] for part in parts], dtype=float)
    shares = (stand_for * listed + words["others"]) / (stand_for + words["persons"])
    slavic = [(part, text) in frequencies.slavic for part, text in zip(parts, texts, strict=True)]
    _put(store, "word_share", {"part": parts, "gender": genders, "word": texts, "share": shares, "slavic": slavic})
    # A spelling nobody bears is rarer still than a name nobody happened to list: the lists miss 4 % of the people, on millions of spellings.
    bearers = np.array([frequencies.listed(part, text) for part, text in zip(parts, texts, strict=True)])
    spelt = np.where((bearers == 0) & (words["others"] == 0), shares * weights()["unborne"], shares)
    _make_slips(store, frequencies, dict(zip(zip(parts, genders, texts, strict=True), spelt.tolist(), strict=True)))


def _load(parts: list[str], texts: list[str]) -> NameFrequencies:
    by_part: dict[str, set[str]] = {part: set() for part in _PARTS}
    for part, text in zip(parts, texts, strict=True):
        by_part[part].add(text)
    return NameFrequencies.load(by_part["surname"], by_part["given"], by_part["patronymic"])


def _make_slips(store: Store, frequencies: NameFrequencies, shares: dict[tuple[str, str, str], float]) -> None:
    found: dict[str, list[Any]] = {name: [] for name in ("part", "gender", "one", "other", "kind", "ratio", "two_names")}
    for part, gender, one, other in store.sql(" UNION ALL ".join(_PAIRS.format(part=part) for part in _PARTS)).fetchall():
        low, high = sorted((one, other))
        made = slip(part, low, high, frequencies.listed(part, low), frequencies.listed(part, high))
        if made is not None:
            ratio = made.ratio(shares[part, gender, low], shares[part, gender, high])
            for name, value in zip(found, (part, gender, one, other, made.kind, ratio, made.two_names), strict=True):
                found[name].append(value)
    _put(store, "slip", found)


_KINDS = {"share": "DOUBLE", "ratio": "DOUBLE", "two_names": "BOOLEAN", "slavic": "BOOLEAN"}


def _put(store: Store, table: str, columns: dict[str, Any]) -> None:
    """A temporary table of whole columns; text by text, numbers by numbers, so that an empty one has its types too."""
    declared = ", ".join(f"{name} {_KINDS.get(name, 'VARCHAR')}" for name in columns)
    store.sql(f"CREATE OR REPLACE TEMPORARY TABLE {table} ({declared})")
    if len(columns["part"]):
        batch = {name: np.array(values, dtype=object if _KINDS.get(name) is None else None) for name, values in columns.items()}
        store.connection.register("_words", batch)
        store.sql(f"INSERT INTO {table} SELECT * FROM _words")
        store.connection.unregister("_words")
