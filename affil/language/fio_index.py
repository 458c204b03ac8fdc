"""The commonest Russian spelling behind a fold, from the lists of `russiannames`: zhelezniakov -> ЖЕЛЕЗНЯКОВ.

Made when the first name in foreign letters occurs (0.6 s, some 60 MB), given back by `forget`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from affil.language.fio_fold import fold_russian
from affil.language.fio_lists import TABLES, list_path

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LONGEST = 28  # signs of a fold; what is longer is no single name
_MOST = 4  # spellings of one fold that are weighed
# All parts in one list, the commonest words first. The feminine forms a list names beside the masculine one are words too.
_WORDS = """
SELECT replace(upper(text), 'Ё', 'Е') AS word, max(share)::DECIMAL(18, 9) AS share FROM ({lists})
WHERE length(text) BETWEEN 2 AND 24 AND regexp_full_match(text, '[А-Яа-яЁё]+(-[А-Яа-яЁё]+)?')
GROUP BY word ORDER BY share DESC, word
"""
_LIST = "SELECT text, count / {total} AS share FROM read_parquet('{path}')"
_FEMININE = "SELECT f_form, 0.3 * count / {total} FROM read_parquet('{path}') WHERE count > 1 AND f_form IS NOT NULL"


def _words() -> tuple[list[str], NDArray[Any]]:
    import duckdb  # only a name in foreign letters needs it
    import numpy

    lists = []
    with duckdb.connect(":memory:") as connection:
        for part in TABLES:
            path = list_path(part)
            total = connection.execute("SELECT sum(count)::BIGINT FROM read_parquet(?)", [path]).fetchall()[0][0]
            lists.append(_LIST.format(path=path, total=total))
            if part == "surname":
                lists.append(_FEMININE.format(path=path, total=total))
        columns = connection.execute(_WORDS.format(lists=" UNION ALL ".join(lists))).fetchnumpy()
    return list(map(str, columns["word"])), numpy.asarray(columns["share"]).astype("float32")


@cache
def _arrays() -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Folds in order, the words behind each (windows-1251: half the room), commonest first, and their shares in nats."""
    import numpy

    words, shares = _words()
    text = "\n".join(words)
    spelt = numpy.array(text.encode("cp1251").split(b"\n"))
    del words
    folds = numpy.array(fold_russian(text).encode("ascii").split(b"\n"), dtype=f"S{_LONGEST}")
    order = numpy.argsort(folds, kind="stable")
    return folds[order], spelt[order], numpy.log(shares[order] + 1e-9)


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
