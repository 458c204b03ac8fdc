"""The commonest Russian spelling behind a fold, from the lists of `russiannames`: zhelezniakov -> ЖЕЛЕЗНЯКОВ.

Made when the first name in foreign letters occurs (0.6 s, 25 MB), given back by `forget`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from affil.language.fio_fold import fold_encoded
from affil.language.fio_lists import list_path

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

_LONGEST = 28  # signs of a fold; what is longer is no single name
_MOST = 4  # spellings of one fold that are weighed
# The feminine forms a list names beside the masculine one are words too.
_WORDS = """
SELECT replace(upper({column}), 'Ё', 'Е') AS word, ({weight} * count / {total})::FLOAT AS share FROM read_parquet('{path}')
WHERE length({column}) BETWEEN 2 AND 24 AND regexp_full_match({column}, '[А-Яа-яЁё]+(-[А-Яа-яЁё]+)?') AND count >= {least}
"""
_COLUMNS = (("surname", "text", 1.0, 1), ("surname", "f_form", 0.3, 2), ("given", "text", 1.0, 1), ("patronymic", "text", 1.0, 1))


@cache
def _arrays() -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Folds in order, the words behind each (windows-1251: half the room), commonest first, and their shares in nats."""
    import duckdb  # only a name in foreign letters needs it
    import numpy

    with duckdb.connect(":memory:") as connection:
        read = [_columns(connection, *column) for column in _COLUMNS]
    folds, words, shares = (numpy.concatenate(one) for one in zip(*read, strict=True))
    order = numpy.lexsort((words, -shares, folds))
    return folds[order], words[order], numpy.log(shares[order] + 1e-9)


def _columns(
    connection: duckdb.DuckDBPyConnection, part: str, column: str, weight: float, least: int
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Folds, words and shares of one column of the list of `part`."""
    import numpy

    path = list_path(part)
    total = connection.execute("SELECT sum(count)::BIGINT FROM read_parquet(?)", [path]).fetchall()[0][0]
    query = _WORDS.format(column=column, weight=weight, total=total, path=path, least=least)
    read = connection.execute(query).fetchnumpy()
    text = "\n".join(read.pop("word"))
    encoded = text.encode("cp1251")
    words, folds = (each.split(b"\n") if each else [] for each in (encoded, fold_encoded(encoded)))
    return numpy.array(folds, dtype=f"S{_LONGEST}"), numpy.array(words, dtype=bytes), numpy.asarray(read["share"])


def spellings(folds: Sequence[str]) -> dict[str, list[tuple[str, float]]]:
    """Of `folds` those that are listed: the commonest words in upper case and the shares of their bearers in nats (negative)."""
    import numpy

    known, words, shares = _arrays()
    asked = numpy.array([fold.encode("ascii", "ignore")[:_LONGEST] for fold in folds])
    bounds = zip(folds, known.searchsorted(asked).tolist(), known.searchsorted(asked, side="right").tolist(), strict=True)
    return {
        fold: [(words[place].decode("cp1251"), float(shares[place])) for place in range(first, min(last, first + _MOST))]
        for fold, first, last in bounds
        if first < last
    }


def forget() -> None:
    """Give the index back; it is made again when asked for."""
    _arrays.cache_clear()
