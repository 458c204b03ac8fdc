"""ФНС registry XML, ЕГРЮЛ and ЕГРИП, in every container it comes in; the container does not matter, the records do.

`Файл/Документ/СвЮЛ`, `EGRUL/СвЮЛ`, `EGRIP/СвИП`, `ЕГРЮЛ/СвЮЛ`, `ЕГРИП/СвИП`, a bare record, with or without namespaces.
"""

from __future__ import annotations

import re

from affil.ingest.formats.xml_text import elements_after, head_text, prolog_has_doctype, told_encoding
from affil.ingest.inputs import HEAD_BYTES, InputFile, Look
from affil.ingest.refusal import FileRefusedError
from affil.ingest.registry.fns_batch import Places, take
from affil.ingest.registry.fns_fast import take_fast
from affil.ingest.registry.fns_records import TAKE
from affil.model.records import Sink

# A СМЭВ message may carry its envelope and signatures before the first record.
_LONG_HEAD = 16 * HEAD_BYTES
_OLD_FORMAT = re.compile(r"<(?:[\w.-]+:)?(?:EGRUL_UL_DATA|EGRIP_IP_DATA)\b")
_MARKS = {
    "egrul": re.compile(r"<(?:[\w.-]+:)?(?:СвЮЛ|EGRUL|ЕГРЮЛ|EGRUL_UL_DATA)(?=[\s/>])|ТипИнф\s*=\s*[\"']ЕГРЮЛ"),
    "egrip": re.compile(r"<(?:[\w.-]+:)?(?:СвИП|EGRIP|ЕГРИП|EGRIP_IP_DATA)(?=[\s/>])|ТипИнф\s*=\s*[\"']ЕГРИП"),
}


class RegistryReader:
    """Reads extracts of one register; records of the other one in the same file are taken too."""

    def __init__(self, kind: str) -> None:
        if kind not in _MARKS:
            raise ValueError(f"kind {kind!r}: expected one of {', '.join(_MARKS)}")
        self.kind = kind

    def look(self, file: InputFile) -> Look:
        """Mine where the first mark of a register in the head of the file is of this one."""
        found = register_of(file)
        return Look(found == self.kind, f"registry_{found}" if found else "no_registry")

    def read(self, file: InputFile, sink: Sink) -> None:
        """Push companies, ties and proprietors. `FileRefusedError` where the format is older than 2015 or nothing can be read."""
        head = head_text(file.head(_LONG_HEAD))
        if _OLD_FORMAT.search(head):
            raise FileRefusedError(file.name, "xml_old_format")
        if prolog_has_doctype(head):
            raise FileRefusedError(file.name, "xml_doctype")
        encoding, places = told_encoding(file, sink), Places()
        given = take_fast(file, encoding, places, sink)
        if given is not None:
            for record in elements_after(file, sink, tuple(TAKE), encoding, given):
                take(record, places, sink)


def register_of(file: InputFile) -> str | None:
    """'egrul' or 'egrip' by the content of the file, None where it is neither."""
    head = file.head()
    if not _may_be_xml(head):
        return None
    return _first_mark(head_text(head)) or _first_mark(head_text(file.head(_LONG_HEAD)))


def _may_be_xml(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" or head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _first_mark(head: str) -> str | None:
    found = {kind: match.start() for kind, mark in _MARKS.items() if (match := mark.search(head))}
    return min(found, key=found.__getitem__) if found else None
