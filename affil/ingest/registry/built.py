"""A record of another source written as the registry's own XML element, and taken as that: all sources are read alike.

What is read from a PDF or JSON becomes СвЮЛ or СвИП with the attributes the registry would give, so rows, counts, checks and
shares are made by the same code and are equal. Only the places differ: a tie is found at a page and an item, not at an XPath.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from affil.ingest.registry.fns_records import take_company, take_proprietor
from affil.ingest.registry.fns_values import Element, local
from affil.ingest.values.readable import readable
from affil.model.records import Reject, Sink


@dataclass(slots=True)
class Built:
    """The element, and where each of its children was read: `СведДолжнФЛ[1]` → «стр. 3, п. 39».

    `not_given`: what the source never tells, columns of `company` (`owners_given`, `directors_given`) that become false.
    """

    element: Element
    place: str
    places: dict[str, str] = field(default_factory=dict)
    not_given: tuple[str, ...] = ()

    def mark(self, element: Element, place: str) -> None:
        """Remember where an element was read; call it when the element stands in its parent."""
        parent = element.getparent()
        number = 0 if parent is None else sum(1 for one in parent if one.tag == element.tag)
        self.places[f"{element.tag}[{number}]"] = place


def put(parent: Element, name: str, **attributes: str | None) -> Element:
    """A child element; what is None is left out."""
    return etree.SubElement(parent, name, _given(attributes))


def put_text(parent: Element, name: str, text: str) -> Element:
    """A child element with text."""
    element = etree.SubElement(parent, name)
    element.text = readable(text)
    return element


def record(name: str, **attributes: str | None) -> Element:
    """An element of its own; what is None is left out."""
    return etree.Element(name, _given(attributes))


def _given(attributes: Mapping[str, str | None]) -> dict[str, str]:
    return {key: readable(value) for key, value in attributes.items() if value}


def take(built: Built, sink: Sink) -> None:
    """The rows of the record, with the places where they were read."""
    placed = _PlacedSink(built, sink)
    taken = take_company if local(built.element) == "СвЮЛ" else take_proprietor
    taken(built.element, built.place, placed)
    placed.close()
    sink.taken.update(placed.taken)
    for note in placed.notes:
        sink.note(note)


class _PlacedSink(Sink):
    """Gives the rows of one record their places, and passes them on."""

    def __init__(self, built: Built, sink: Sink) -> None:
        # zero-argument super() fails in a class that dataclass(slots=True) made anew
        Sink.__init__(self, write=lambda table, rows: None)
        self._built = built
        self._to = sink

    def add(self, table: str, locator: str, values: Mapping[str, Any]) -> None:
        """One record for `table`."""
        if self._built.not_given and table == "company":
            values = {**values, **dict.fromkeys(self._built.not_given, False)}
        elif self._built.not_given and table == "registry_tie":
            values = {**values, "partial": True}
        self._to.add(table, self._placed(locator), values)

    def reject(self, reject: Reject) -> None:
        """A value that was not taken."""
        params = {key: self._placed(value) if key == "locator" else value for key, value in reject.params.items()}
        self._to.reject(Reject(reject.reason, reject.sheet, None, reject.column, reject.value, params, reject.row_taken))

    def _placed(self, locator: str) -> str:
        head, slash, child = locator.partition("/")
        return f"{head}/{self._built.places[child]}" if slash and child in self._built.places else locator
