"""Readers of ЕИС documents: XML in any container, and JSON copies of it. The local name tells what one is (documents.yml)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from affil.ingest.eis.bundle import json_documents
from affil.ingest.eis.contracts import contract_number, take_contract
from affil.ingest.eis.kinds import NOT_NEEDED, documents, kind_of
from affil.ingest.eis.nodes import Element, child, children, day, local, text
from affil.ingest.eis.notices import procedure_number, take_notice
from affil.ingest.eis.protocols import protocol_number, take_protocol
from affil.ingest.eis.stream import xml_documents
from affil.ingest.eis.unfair import entry_number, take_exclusion, take_unfair
from affil.ingest.formats.xml_text import head_text, prolog_has_doctype
from affil.ingest.inputs import HEAD_BYTES, InputFile, Look
from affil.ingest.refusal import FileRefusedError
from affil.model.records import Sink

MOST_SHOWN = 5
LONGEST_PLACE = 100
_NOT_IN_A_PLACE = re.compile(r"[^\w .()№#+-]+")
_LONG_HEAD = 8 * HEAD_BYTES
_OURS = re.compile(r"zakupki\.gov\.ru/(?:oos|223fz|223|pprf615|fz44)")
_FIRST_TAGS = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)(?=[\s/>])")
_JSON_MARKS = re.compile(
    r"\"(?:\w+:)?(?:purchaseNumber|publishDTInEIS|protocolPublisherInfo|currentContractStage|suppliersInfo|unfairSupplierInfo|notificationNumber"
    r"|purchaseResponsibleInfo|commissionMembers|foundationDocInfo|purchaseNoticeNumber|contractRegNumber)\"\s*:"
)
_NUMBERS: dict[str, tuple[str, Callable[[Element], str | None]]] = {
    "contract": ("contract", contract_number), "ended": ("contract", contract_number), "notice": ("notice", procedure_number),
    "protocol": ("protocol", protocol_number), "unfair": ("РНП", entry_number), "excluded": ("РНП", entry_number),
}  # fmt: skip


class EisReader:
    """Reads contracts, notices, protocols and РНП of ЕИС in XML."""

    kind = "eis"

    def look(self, file: InputFile) -> Look:
        """Mine where the head names ЕИС, or the root or what stands in it is a document of ЕИС."""
        head = file.head()
        if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"<" and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return Look(False, "no_eis")
        found = _first_document(head_text(head))
        if found is None and _OURS.search(head_text(file.head(_LONG_HEAD))):
            found = _first_document(head_text(file.head(_LONG_HEAD))) or "?"
        return Look(True, "eis", {"document": found[:60]}) if found else Look(False, "no_eis")

    def read(self, file: InputFile, sink: Sink) -> None:
        """Push what the documents hold; those that are not needed are told by name."""
        if prolog_has_doctype(head_text(file.head(_LONG_HEAD))):
            raise FileRefusedError(file.name, "eis_doctype")
        _take_all(xml_documents(file, sink), sink)


class EisBundleReader:
    """Reads the same documents where they come as JSON."""

    kind = "eis"

    def look(self, file: InputFile) -> Look:
        """Mine where the text begins an object or a list and has field names of ЕИС."""
        head = file.head().removeprefix(b"\xef\xbb\xbf").lstrip()
        if head[:1] not in (b"{", b"[") or not _JSON_MARKS.search(head_text(file.head(_LONG_HEAD))):
            return Look(False, "no_eis_json")
        return Look(True, "eis_json")

    def read(self, file: InputFile, sink: Sink) -> None:
        """Push what the documents of the bundle hold."""
        _take_all(json_documents(file), sink)


def _first_document(head: str) -> str | None:
    """The name of the first document: of the root, or below what stands round documents; None where the root is none of ЕИС."""
    lists = documents()
    for found in _FIRST_TAGS.finditer(head):
        name = found[1]
        if name in lists.containers:
            continue
        needs_namespace = name in ("contract", "tender", "protocol", "complaint", "explanation")
        if kind_of(name) is None or (needs_namespace and not _OURS.search(head) and "<export" not in head):
            return None
        return name
    return None


def _take_all(found: Iterable[Element], sink: Sink) -> None:
    told = _Told()
    for document in found:
        kind = kind_of(local(document))
        for one in _items(document):
            if kind is None or kind == NOT_NEEDED or not _take(one, kind, one is not document, told, sink):
                told.passed[local(document)] += 1
    for name, times in sorted(told.passed.items()):
        sink.note(f"eis_not_needed|{name}: {times}")
    if told.nameless:
        sink.note(f"participants_depersonalised|{told.shown_nameless()}")


@dataclass(slots=True)
class _Told:
    """What is said once of a file: places given, documents passed over, procedures whose bidders are not named."""

    seen: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    nameless: Counter[str] = field(default_factory=Counter)

    def shown_nameless(self) -> str:
        """The first procedures and how many applications there are in all."""
        first = sorted(self.nameless)[:MOST_SHOWN]
        more = ", …" if len(self.nameless) > MOST_SHOWN else ""
        return f"{', '.join(first)}{more}: {self.nameless.total()}"


def _items(document: Element) -> list[Element]:
    """What the document is about: itself in 44-ФЗ; in 223-ФЗ the element «…Data» of each item of its body."""
    items = [one for body in children(document, "body") for one in children(body, "item")]
    return [next((one for one in children(item) if local(one).endswith("Data")), item) for item in items] or [document]


def _take(one: Element, kind: str, law_223: bool, told: _Told, sink: Sink) -> bool:
    title, number_of = _NUMBERS[kind]
    place = _place(title, number_of(one), one, told.seen)
    if kind == "contract":
        take_contract(one, place, sink, law_223)
    elif kind == "notice":
        take_notice(one, place, sink, law_223)
    elif kind == "protocol":
        nameless = take_protocol(one, place, sink, law_223)
        if nameless:
            told.nameless[procedure_number(one) or ""] += nameless
    elif kind == "unfair":
        take_unfair(one, place, sink)
    elif kind == "excluded":
        take_exclusion(one, place, sink)
    else:
        return _take_end(one, place, sink)
    return True


def _place(title: str, number: str | None, document: Element, seen: Counter[str]) -> str:
    """The document in words; one that comes again in the file is told apart by '#2'."""
    shown = number.removeprefix("РНП.") if number and title == "РНП" else number
    where = " ".join(part for part in (title, shown or local(document)) if part)
    if title == "РНП" and (
        since := day(text(document, "approveDate", "commonInfo/includeDate", "publishDate", "commonInfo/publishDT"))
    ):
        where += f" ({since:%d.%m.%Y})"
    where = _NOT_IN_A_PLACE.sub("-", where)[:LONGEST_PLACE]
    seen[where] += 1
    return where if seen[where] == 1 else f"{where}#{seen[where]}"


def _take_end(procedure: Element, place: str, sink: Sink) -> bool:
    """The end of a contract before its time; what else is told of its execution is not needed."""
    block = (
        child(procedure, "termination") if child(procedure, "termination") is not None else child(procedure, "terminationInfo")
    )
    cancelled = local(procedure) == "contractCancel"
    number = contract_number(procedure)
    ended = day(text(block, "terminationDate", "date", "documentDate")) or (
        day(text(procedure, "cancelDate")) if cancelled else None
    )
    if number is None or (block is None and not cancelled):
        return False
    sink.count("contract_ends")
    sink.add(
        "contract_end", place, {"contract_number": number, "ended_on": ended, "stage": "annulled" if cancelled else "terminated"}
    )
    return True
