"""Where the person and his kin were searched by hand, and what he gave notice of, as the officer's journals say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from affil.model.finding import Source
from affil.person.answer import Notice, Searched, Subject
from affil.plain_yaml import plain_yaml
from affil.store.store import Store

Row = dict[str, Any]
OTHER = "other"

_SEARCHES = """
    SELECT * FROM search_in_force
    WHERE list_contains($keys, official_key) OR list_contains($inns, inn) OR (inn IS NULL AND official_key IS NULL AND list_contains($names, name_key))
    ORDER BY searched_on NULLS LAST, service, who, source_id, len(locator), locator"""
_NOTICES = """
    SELECT n.*, s.file FROM notice_in_force n JOIN source s USING (source_id) WHERE list_contains($keys, official_key)
    ORDER BY noticed_on NULLS LAST, source_id, len(locator), locator"""


@cache
def _services() -> dict[str, tuple[re.Pattern[str], ...]]:
    told = plain_yaml((Path(__file__).parent / "services.yml").read_text(encoding="utf-8"))
    return {kind: tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns) for kind, patterns in told.items()}


def service_kind(service: str) -> str:
    """registry, disqualified, trust or other."""
    return next((kind for kind, known in _services().items() if any(one.search(service) for one in known)), OTHER)


def searches(store: Store, subject: Subject, rows: Iterable[Row]) -> tuple[Searched, ...]:
    """Entries about him (by number, ИНН, or full name), and about those his questionnaire names (by ИНН, or full name), by day."""
    kin = [row for row in rows if row["fact"] == "person"]
    keys = [post.key for post in subject.posts]
    inns = sorted({row["inn"] for row in kin if row["inn"]} | ({subject.inn} if subject.inn else set()))
    names = sorted({row["name_key"] for row in kin if row["name_key"] and row["given"]})
    found = store.rows(_SEARCHES, {"keys": keys, "inns": inns, "names": names})
    return tuple(
        Searched(
            row["who"] or "", row["official_key"] in keys or (row["inn"] is not None and row["inn"] == subject.inn), row["searched_by"],
            row["service"] or "", service_kind(row["service"] or ""), row["searched_on"], row["result"], row["file"],
        )
        for row in found
    )  # fmt: skip


def notices(store: Store, subject: Subject) -> tuple[Notice, ...]:
    """His notices to the employer's representative, by day."""
    return tuple(
        Notice(
            row["kind"], row["kind_text"], row["number"], row["noticed_on"], row["organisation"], row["organisation_inn"],
            row["decision"], Source(row["file"], row["locator"]),
        )
        for row in store.rows(_NOTICES, {"keys": [post.key for post in subject.posts]})
    )  # fmt: skip
