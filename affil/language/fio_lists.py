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

# A temporary table is seen only where it was made; the shared one is not temporary.
_SURNAMES_SQL = """
CREATE {temporary} TABLE surname AS
SELECT replace(upper(text), 'Ё', 'Е') AS word, sum(count) AS bearers, max(replace(upper(f_form), 'Ё', 'Е')) AS feminine
FROM read_parquet(?) GROUP BY ALL
"""


def list_path(part: str) -> str:
    """The Parquet file of `part` ('given', 'surname', 'patronymic') inside the installed package."""
    return str(files("russiannames") / "data" / f"{TABLES[part]}.parquet")


def read_surnames(connection: duckdb.DuckDBPyConnection, temporary: bool = True) -> None:
    """Make the table `surname`: comparable word, bearers, and the comparable feminine form the list names beside it."""
    with without_pandas():
        connection.execute(_SURNAMES_SQL.format(temporary="TEMPORARY" if temporary else ""), [list_path("surname")])


@cache
def database() -> duckdb.DuckDBPyConnection:
    """A database in memory with the table `surname`, made once (0.25 s) for the order of names and for their frequencies."""
    import duckdb  # only the few doubtful names need it, and it costs 50 ms to import

    connection = duckdb.connect(":memory:")
    read_surnames(connection, temporary=False)
    return connection


def close_database() -> None:
    """Give back its 60 MB; it is made again when asked for, and what `counts` has told stays known."""
    database().close()
    database.cache_clear()


@cache
def counts(part: str) -> dict[str, int]:
    """The bearers the list shows for every word of `part`, upper case, ё as е. Read once, when first asked (0.1–0.4 s)."""
    with database().cursor() as cursor:
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
