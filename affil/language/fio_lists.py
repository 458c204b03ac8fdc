"""How often a word is a given name, a surname or a patronymic in the lists of `russiannames` (its data, not its parser)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from affil.bound import without_pandas

if TYPE_CHECKING:
    import duckdb

TABLES = {"given": "names", "surname": "surnames", "patronymic": "midnames"}
_SMOOTHING = 0.3

_LINES_SQL = """
SELECT replace(upper(text), 'Ё', 'Е') AS word, count, replace(upper(f_form), 'Ё', 'Е') AS feminine FROM read_parquet($path)
"""
_SURNAMES_SQL = f"""
CREATE TABLE surname AS
SELECT word, sum(count) AS bearers, max(feminine) AS feminine FROM ({_LINES_SQL}) GROUP BY word
"""

# Whole groups are kept of every word that is asked for, of the one it is the feminine form of, and of its own feminine form.
_FEW_SURNAMES_SQL = f"""
CREATE OR REPLACE TEMPORARY TABLE surname AS
WITH asked AS (SELECT unnest($words) AS word), line AS MATERIALIZED ({_LINES_SQL}),
near AS (SELECT DISTINCT unnest([word, feminine]) AS word FROM line WHERE word IN (FROM asked) OR feminine IN (FROM asked))
SELECT word, sum(count) AS bearers, max(feminine) AS feminine FROM line SEMI JOIN near USING (word) GROUP BY word
"""


def list_path(part: str) -> str:
    """The Parquet file of `part` ('given', 'surname', 'patronymic') inside the installed package."""
    return str(files("russiannames") / "data" / f"{TABLES[part]}.parquet")


def read_surnames(connection: duckdb.DuckDBPyConnection, words: list[str]) -> None:
    """Make the temporary table `surname`: comparable word, bearers, and the comparable feminine form the list names beside it.

    It has the families of `words` alone: without the grouping of all others it takes 0.1 s less.
    """
    with without_pandas():
        connection.execute(_FEW_SURNAMES_SQL, {"words": words, "path": list_path("surname")})


@cache
def database() -> duckdb.DuckDBPyConnection:
    """A database in memory with the table `surname` of the whole list, made once (0.25 s) for the order of names."""
    import duckdb  # only the few doubtful names need it, and it costs 50 ms to import

    connection = duckdb.connect(":memory:")
    with without_pandas():
        connection.execute(_SURNAMES_SQL, {"path": list_path("surname")})
    return connection


def made_database() -> duckdb.DuckDBPyConnection | None:
    """The database, where the order of names has made it already."""
    return database() if database.cache_info().currsize else None


def close_database() -> None:
    """Give back its 60 MB; it is made again when asked for, and what `counts` has told stays known."""
    if (made := made_database()) is not None:
        made.close()
        database.cache_clear()


@cache
def counts(part: str) -> dict[str, int]:
    """The bearers the list shows for every word of `part`, upper case, ё as е. Read once, when first asked (0.1–0.4 s)."""
    with without_pandas(), database().cursor() as cursor:
        if part == "surname":
            cursor.execute("SELECT word, bearers::BIGINT AS bearers FROM surname WHERE bearers >= 2")
        else:
            cursor.execute(
                "SELECT replace(upper(text), 'Ё', 'Е') AS word, sum(count)::BIGINT AS bearers FROM read_parquet(?) GROUP BY word",
                [list_path(part)],
            )
        columns = cursor.fetchnumpy()  # whole columns: 200,000 tuples would take twice as long
    return dict(zip(columns["word"].tolist(), columns["bearers"].tolist(), strict=True))


@cache
def _total(part: str) -> int:
    return sum(counts(part).values())


def share(part: str, word: str) -> float:
    """The share of bearers of `word` among all of `part`, smoothed so that an unknown word is rare and not impossible."""
    return (counts(part).get(word, 0) + _SMOOTHING) / _total(part)
