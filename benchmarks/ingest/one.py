"""One reading in a process of its own: `python -m benchmarks.ingest.one WHAT FILE STORE [ROWS]` prints seconds, peak MB, rows."""

from __future__ import annotations

import datetime as dt
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

DATES = ("Дата заключения", "Дата окончания", "Дата рожд.", "Дата рождения", "Дата приёма", "Дата заполнения анкеты")
MONEY = "Цена контракта, руб."


def affil(path: Path, store: Path) -> int:
    """The file into a fresh store as `affil load` does it."""
    from affil.ingest.inputs import InputFile
    from affil.store.load import load_files
    from affil.store.store import Store

    with Store.open(store) as opened:
        [loaded] = load_files(opened, [InputFile(path.name, path)], dt.datetime(2026, 1, 1), lambda _: None)
    return sum(loaded.taken.values())


def duckdb(path: Path, store: Path) -> int:
    """The same text into a fresh DuckDB file, dates and money typed; rows that do not fit the types are left out."""
    import duckdb as bare

    with path.open(encoding="utf-8-sig") as file:
        headings = file.readline().rstrip("\r\n").split(";")
    types = {heading: "DATE" if heading in DATES else "DECIMAL(18,2)" if heading == MONEY else "VARCHAR" for heading in headings}
    with bare.connect(str(store)) as connection:
        connection.execute(
            "CREATE TABLE list AS SELECT * FROM read_csv($file, delim = ';', quote = '\"', escape = '\"', header = true, "
            f"columns = {types}, dateformat = '%d.%m.%Y', decimal_separator = ',', ignore_errors = true)",
            {"file": str(path)},
        )
        row = connection.execute("SELECT count(*) FROM list").fetchone()
    return int(row[0]) if row else 0


def calamine(path: Path, _: Path) -> int:
    """Every sheet of the workbook as lists of cells."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


WAYS: dict[str, Callable[[Path, Path], int]] = {"affil": affil, "duckdb": duckdb, "calamine": calamine}


def main() -> None:
    """Command line."""
    what, path, store = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    store.unlink(missing_ok=True)
    started, busy = time.perf_counter(), time.process_time()
    rows = WAYS[what](path, store)
    seconds, processor = time.perf_counter() - started, time.process_time() - busy
    print(f"{seconds:.3f} {processor:.3f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} {rows}")


if __name__ == "__main__":
    main()
