"""How often a word is a given name, a surname or a patronymic in the lists of `russiannames` (its data, not its parser)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

TABLES = {"given": "names", "surname": "surnames", "patronymic": "midnames"}
_SMOOTHING = 0.3


def list_path(part: str) -> str:
    """The Parquet file of `part` ('given', 'surname', 'patronymic') inside the installed package."""
    return str(files("russiannames") / "data" / f"{TABLES[part]}.parquet")


@cache
def counts(part: str) -> dict[str, int]:
    """The bearers the list shows for every word of `part`, upper case, ё as е. Read once, when first asked (0.1–0.4 s)."""
    import duckdb  # only the few doubtful names need it, and it costs 50 ms to import

    least = 2 if part == "surname" else 1
    with duckdb.connect(":memory:") as connection:
        rows = connection.execute(
            "SELECT replace(upper(text), 'Ё', 'Е') AS word, sum(count)::BIGINT AS bearers"
            " FROM read_parquet(?) GROUP BY word HAVING bearers >= ?",
            [list_path(part), least],
        ).fetchall()
    return dict(rows)


@cache
def _total(part: str) -> int:
    return sum(counts(part).values())


def share(part: str, word: str) -> float:
    """The share of bearers of `word` among all of `part`, smoothed so that an unknown word is rare and not impossible."""
    return (counts(part).get(word, 0) + _SMOOTHING) / _total(part)
