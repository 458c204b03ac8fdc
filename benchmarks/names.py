"""Names read per second in bulk: a million rows, 98 % of them regular. `python -m benchmarks.names [rows]`.

Names are drawn from the lists of `russiannames` with a fixed seed. Prints seconds and names/s of one thread and of all.
"""

from __future__ import annotations

import random
import sys
import time

import duckdb
import numpy

from affil.language.fio_bulk import parse_name_fields, parse_names
from affil.language.fio_lists import counts

_REGULAR_SHARE = 0.98


def drawn(rows: int, seed: int = 1) -> list[tuple[str, str, str]]:
    """Surname, given name, patronymic as common as in the lists; gender agrees where the ending tells it."""
    dice = random.Random(seed)
    parts = []
    for part in ("surname", "given", "patronymic"):
        words = {word: count for word, count in counts(part).items() if len(word) > 2 and count > 1}
        parts.append(dice.choices(list(words), weights=list(words.values()), k=rows))
    return list(zip(*parts, strict=True))


def written(name: tuple[str, str, str], dice: random.Random) -> str:
    """The name in one line: mostly regular, now and then as people write it."""
    surname, given, patronymic = name
    if dice.random() < _REGULAR_SHARE:
        return f"{surname} {given} {patronymic}"
    return dice.choice(
        [
            f"{surname} {given[0]}. {patronymic[0]}.",
            f"{given} {patronymic} {surname}",
            f"{surname} ({given}) {given} {patronymic}",
            f"{surname},{given} {patronymic}",
            f"ИП {surname} {given} {patronymic}",
            f"{surname} {patronymic} {given}",
        ]
    )


def main() -> None:
    """Print the figures."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    names = drawn(rows)
    dice = random.Random(2)
    columns = {"line": [written(name, dice) for name in names]} | {
        part: [name[place] for name in names] for place, part in enumerate(("surname", "given", "patronymic"))
    }
    for threads in (1, 2):
        connection = duckdb.connect(":memory:", config={"threads": threads})
        connection.register("drawn", {name: numpy.array(column, dtype=object) for name, column in columns.items()})
        connection.execute("CREATE TABLE names AS SELECT * FROM drawn")
        begun = time.perf_counter()
        parse_names(connection, "names", "line", "read")
        lines = time.perf_counter()
        parse_name_fields(connection, "names", "surname", "given", "patronymic", "read")
        fields = time.perf_counter()
        for what, seconds in (("one line", lines - begun), ("three fields", fields - lines)):
            print(f"{what}, {threads} thread(s): {rows} rows in {seconds:.2f} s, {rows / seconds:,.0f} names/s")


if __name__ == "__main__":
    main()
