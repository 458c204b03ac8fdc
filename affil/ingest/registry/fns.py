"""ФНС registry XML, ЕГРЮЛ and ЕГРИП, in every container it comes in; the container does not matter, the records do.

`Файл/Документ/СвЮЛ`, `EGRUL/СвЮЛ`, `EGRIP/СвИП`, `ЕГРЮЛ/СвЮЛ`, `ЕГРИП/СвИП`, a bare record, with or without namespaces.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from affil.ingest.formats.xml_text import elements, head_text, prolog_has_doctype
from affil.ingest.inputs import HEAD_BYTES, InputFile, Look
from affil.ingest.refusal import FileRefusedError
from affil.ingest.registry.fns_records import registry_number, take_company, take_proprietor
from affil.ingest.registry.fns_values import Element, local
from affil.model.records import Sink

# A СМЭВ message may carry its envelope and signatures before the first record.
_LONG_HEAD = 16 * HEAD_BYTES
_OLD_FORMAT = re.compile(r"<(?:[\w.-]+:)?(?:EGRUL_UL_DATA|EGRIP_IP_DATA)\b")
_MARKS = {
    "egrul": re.compile(r"<(?:[\w.-]+:)?(?:СвЮЛ|EGRUL|ЕГРЮЛ|EGRUL_UL_DATA)(?=[\s/>])|ТипИнф\s*=\s*[\"']ЕГРЮЛ"),
    "egrip": re.compile(r"<(?:[\w.-]+:)?(?:СвИП|EGRIP|ЕГРИП|EGRIP_IP_DATA)(?=[\s/>])|ТипИнф\s*=\s*[\"']ЕГРИП"),
}
_TAKE: dict[str, tuple[str, Callable[[Element, str, Sink], None]]] = {
    "СвЮЛ": ("ОГРН", take_company),
    "СвИП": ("ОГРНИП", take_proprietor),
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
        seen: Counter[str] = Counter()
        for record in elements(file, sink, tuple(_TAKE)):
            name = local(record)
            title, take = _TAKE[name]
            take(record, _locator(name, title, registry_number(record), seen), sink)


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


def _locator(name: str, title: str, number: str | None, seen: Counter[str]) -> str:
    """The record in words; one that comes again in the file, an extract of another day, is told apart by '#2'."""
    place = f"{title} {number}" if number else name
    seen[place] += 1
    return place if seen[place] == 1 else f"{place}#{seen[place]}"
