"""Entities of FollowTheMoney, gathered from many records and written as JSON lines. Nothing of its library is needed to write them.

The model: https://followthemoney.tech/explorer/ (schemata and properties). What it has no word for stands under the key `affil`,
which its library keeps as context.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from affil.language.identifiers import valid_inn, valid_ogrn
from affil.reports.clean import clean
from affil.store.store import Store
from affil.words import Words

DATASET = "affil"
SIGNS = 24
# FollowTheMoney takes names of 384 signs, identifiers of 64, addresses of 250, other texts of 1024 and more.
LONGEST = 380
_LONGEST = {
    "summary": 4_000, "description": 4_000, "title": 1_000, "role": 1_000, "position": 1_000, "address": 245,
    "callId": 60, "registrationNumber": 60, "kppCode": 60,
}  # fmt: skip
_COMPANY_ONLY = frozenset({"kppCode", "okopfCode", "capital"})
# Of two schemata one party was met as, the one that says more.
_RANK = {"LegalEntity": 0, "Organization": 1, "Company": 2, "PublicBody": 3, "Person": 4}

_PLAIN = (str, dt.date, Decimal, int)
_NAMELESS = "—"
# What FollowTheMoney refuses: numbers whose check digits are not right.
_CHECKS: dict[str, Callable[[str], bool]] = {"innCode": valid_inn, "ogrnCode": valid_ogrn}

Value = str | dt.date | Decimal | int | None
Record = tuple[str, str]  # source_id, locator


def entity_id(*key: str) -> str:
    """The same key gives the same id in every export; it tells nothing of the key."""
    return f"{DATASET}-{hashlib.sha256(chr(31).join(key).encode()).hexdigest()[:SIGNS]}"


def plain(text: str, longest: int = LONGEST) -> str:
    """One line without signs nobody sees, as FollowTheMoney cleans texts."""
    seen = " ".join(clean(text, longest=len(text)).split())
    return " ".join(clean(unicodedata.normalize("NFC", seen), longest).split())


@dataclass(slots=True)
class _Entity:
    schema: str
    properties: dict[str, set[str]] = field(default_factory=dict)
    records: set[Record] = field(default_factory=set)
    more: dict[str, Any] = field(default_factory=dict)


class Entities:
    """Entities by id; what is told of one twice is told once."""

    def __init__(self, store: Store, words: Words) -> None:
        """`words` tell what to call a party of which only the ИНН is known."""
        self._words = words
        self._files = {row["source_id"]: row for row in store.rows("SELECT source_id, file, kind FROM source")}
        self._found: dict[str, _Entity] = {}

    def add(
        self, schema: str, key: Iterable[str], records: Iterable[Record] = (), more: Mapping[str, Any] | None = None,
        **properties: Value | Iterable[Value],
    ) -> str:  # fmt: skip
        """Add what records (source, locator) tell of the entity of this key, and return its id. `more`: what stands under `affil`."""
        name = entity_id(*key)
        entity = self._found.setdefault(name, _Entity(schema))
        if entity.schema != schema and _RANK.get(schema, -1) > _RANK.get(entity.schema, -1):
            entity.schema = schema
        entity.records.update(records)
        for what, value in (more or {}).items():
            if value not in (None, "", [], {}):
                entity.more.setdefault(what, value)
        for prop, given in properties.items():
            many = [given] if given is None or isinstance(given, _PLAIN) else given
            texts = {text for one in many if (text := _text(prop, one))}
            if texts:
                entity.properties.setdefault(prop, set()).update(texts)
        return name

    def schema(self, *key: str) -> str | None:
        """What the entity of this key is, None where there is none."""
        entity = self._found.get(entity_id(*key))
        return entity.schema if entity else None

    def name(self, *key: str) -> str | None:
        """What the entity of this key is called."""
        entity = self._found.get(entity_id(*key))
        return min(entity.properties.get("name", ()), default=None) if entity else None

    def has_name(self, *key: str) -> bool:
        """Whether the entity of this key has a name."""
        entity = self._found.get(entity_id(*key))
        return entity is not None and "name" in entity.properties

    def count(self, schema: str) -> int:
        """How many entities are of a schema."""
        return sum(entity.schema == schema for entity in self._found.values())

    def lines(self) -> Iterator[str]:
        """One JSON object a line, sorted by id; the files that records stand in are entities too (`proof`)."""
        for source_id in sorted({record[0] for entity in self._found.values() for record in entity.records}):
            self._add_file(source_id)
        for name, entity in sorted(self._found.items()):
            yield json.dumps(self._shape(name, entity), ensure_ascii=False, separators=(",", ":"))

    def _add_file(self, source_id: str) -> None:
        row = self._files[source_id]
        path = plain(row["file"])
        self.add("Document", ("file", source_id), (), {"kind": row["kind"]}, fileName=path.rpartition("/")[2] or path, title=path)

    def _shape(self, name: str, entity: _Entity) -> dict[str, Any]:
        left_out = _COMPANY_ONLY if entity.schema != "Company" else frozenset()
        properties = {prop: sorted(values) for prop, values in sorted(entity.properties.items()) if prop not in left_out}
        if entity.records and entity.schema != "Similar":
            properties["proof"] = sorted({entity_id("file", source_id) for source_id, _ in entity.records})
        if entity.schema in _RANK:
            properties.setdefault("name", properties.get("alias", [])[:1] or self._unnamed(properties))
        if "alias" in properties:
            known = {value.casefold() for value in properties.get("name", ())}
            properties["alias"] = [value for value in properties["alias"] if value.casefold() not in known]
        places = sorted((self._files[source_id]["file"], locator) for source_id, locator in entity.records)
        more = {"records": [{"file": plain(file), "locator": plain(locator)} for file, locator in places]} if places else {}
        shape = {
            "id": name,
            "schema": entity.schema,
            "properties": {prop: values for prop, values in sorted(properties.items()) if values},
            "datasets": [DATASET],
            "affil": {**more, **entity.more},
        }
        return shape if shape["affil"] else {key: value for key, value in shape.items() if key != "affil"}

    def _unnamed(self, properties: Mapping[str, list[str]]) -> list[str]:
        return [self._words("export.inn", inn=inn) for inn in properties.get("innCode", ())[:1]] or [_NAMELESS]


def _text(prop: str, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        if prop in _CHECKS and not _CHECKS[prop](value):
            return ""
        return plain(value, _LONGEST.get(prop, LONGEST))
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


_BREAKS = re.compile(r"[\r\n\t;]+")
_COMMAS = re.compile(r",\s?[,.]")


def address(text: str | None) -> str:
    """An address as FollowTheMoney cleans it; `` where there is none."""
    return plain(_COMMAS.sub(", ", _BREAKS.sub(", ", text or "")), _LONGEST["address"])
