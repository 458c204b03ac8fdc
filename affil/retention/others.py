"""Other persons in a text: what a person is told about himself names nobody else (152-ФЗ ст. 14 ч. 2)."""

from __future__ import annotations

import re
from collections.abc import Collection

from affil.resolve.take_out import Quoting
from affil.store.store import Store

CLOSED = "•••"


class Others:
    """The other persons the store knows, found in a text as `Quoting` finds them, beside his own name where it stands there."""

    def __init__(self, store: Store, keys: list[str], own: Quoting, names: Collection[str], inns: Collection[str]) -> None:
        self._own, self._by_start = own, dict[str, list[str]]()
        rows = store.sql(
            """SELECT DISTINCT name_key, inn FROM official WHERE official_key NOT IN (SELECT unnest(CAST(? AS VARCHAR[])))
            UNION SELECT DISTINCT name_key, inn FROM relative""",
            [keys],
        ).fetchall()
        self._inns = {inn for _, inn in rows if inn} - set(inns)
        for name in sorted({name for name, _ in rows if name} - set(names)):
            self._by_start.setdefault(name[:2], []).append(name)

    def closed(self, text: str) -> str:
        """The text, or `CLOSED` where it names one of them."""
        rest = self._own.cut_from(text)
        words = set(re.findall(r"\w+", rest))
        maybe = [name for start in sorted({word[:2] for word in words}) for name in self._by_start.get(start, ())]
        inns = self._inns & words
        return CLOSED if (maybe or inns) and Quoting(maybe, inns).found_in(rest) else text
