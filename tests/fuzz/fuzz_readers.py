"""`make fuzz`: bytes that nobody thought of, guided by what they reach in the readers (atheris, after libFuzzer).

    python tests/fuzz/fuzz_readers.py FORMAT SECONDS

A reader may refuse a file with a reason of the catalogue, or reject rows with one; anything else it raises is a defect. What is
packed (workbooks, Word files) is fuzzed inside its package: else only the zip would be tried.
"""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "ingest")]

with atheris.instrument_imports(include=["affil.ingest", "affil.language"]):
    from affil.ingest.readers import readers

from harmful import HARMFUL, text_cells, workbook
from sources import SOURCES

from affil.errors import InputError
from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError
from affil.model.records import Sink
from affil.words import Words

INBOX = ROOT / "sample_data" / "district" / "inbox"
READERS = readers()
SLOWEST = 20  # seconds one file may take
MOST_MEMORY = 2_000  # MB
LONGEST = 200_000  # bytes: what is slow with more is slow with these


def _workbook(data: bytes) -> bytes:
    return _repacked(workbook(""), {"xl/worksheets/sheet1.xml": data})


def _word(data: bytes) -> bytes:
    return _repacked(_empty_word(), {"word/document.xml": data})


def _repacked(package: bytes, changed: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name) or old.read(name))
    return stream.getvalue()


@cache
def _empty_word() -> bytes:
    import docx

    stream = io.BytesIO()
    docx.Document().save(stream)
    return stream.getvalue()


def _document_xml() -> bytes:
    with zipfile.ZipFile(io.BytesIO(_empty_word())) as package:
        return package.read("word/document.xml")


def _inside_word() -> Iterator[bytes]:
    for one in _samples(".docx"):
        with zipfile.ZipFile(io.BytesIO(one)) as package:
            yield package.read("word/document.xml")


def _sheet_xml() -> bytes:
    main = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    rows = text_cells(
        ("Таб. №", "ФИО сотрудника", "Степень родства", "ФИО родственника"), ("7", "Юшков П. И.", "жена", "Юшкова А. Л.")
    )
    return main + rows.encode() + b"</worksheet>"


def _samples(*endings: str) -> Iterator[bytes]:
    """Small files of the sample district, of the invented sources and of the harmful ones with these endings."""
    for path in sorted(INBOX.rglob("*")):
        if path.is_file() and path.name.endswith(endings) and path.stat().st_size <= LONGEST:
            yield path.read_bytes()
    for name, make in [(name, make) for name, (_, make) in SOURCES.items()] + list(HARMFUL.items()):
        if name.endswith(endings) and len(data := make()) <= LONGEST:
            yield data


FORMATS: dict[str, tuple[Callable[[bytes], bytes], Callable[[], list[bytes]]]] = {
    "xml": (bytes, lambda: list(_samples(".xml"))),
    "csv": (bytes, lambda: list(_samples(".csv"))),
    "json": (bytes, lambda: list(_samples(".json"))),
    "pdf": (bytes, lambda: list(_samples(".pdf"))),
    "zip": (bytes, lambda: list(_samples(".zip", ".xlsx", ".docx", ".ods"))),
    "workbook": (_workbook, lambda: [_sheet_xml()]),
    "word": (_word, lambda: [_document_xml(), *_inside_word()]),
}


def try_file(data: bytes) -> None:
    """Read `data` as `affil load` would; whatever is raised but a refusal goes out."""
    file = InputFile("inbox/file", data=data)
    sink = Sink(lambda table, rows: None)
    try:
        reader = next((one for one in READERS if one.look(file).mine), None)
        if reader is not None:
            reader.read(file, sink)
    except FileRefusedError as refused:
        sink.rejects.append(refused.reject)
    except InputError:
        return
    for reject in sink.rejects:
        Words("ru")(f"rejects.{reject.reason}.reason", **reject.params)


def main() -> None:
    """Fuzz one format for so many seconds; the exit code is not 0 where something fell over."""
    name, seconds = sys.argv[1], int(sys.argv[2])
    wrapped, seeds = FORMATS[name]
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds()):
            Path(folder, f"{number:03}").write_bytes(seed)
        limits = [f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MOST_MEMORY}", f"-max_len={LONGEST}"]
        atheris.Setup([sys.argv[0], *limits, folder], lambda data: try_file(wrapped(data)))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
