"""Taking persons out of the store: every row about them, and what rows of others say of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from affil.decisions.references import references_of
from affil.language.fio import parse_name
from affil.resolve.link import NOT_OURS, Officials, same_name
from affil.store.outline import KIN_WITHOUT_BASIS
from affil.store.store import Store

Row = dict[str, Any]
_PLACE = re.compile(r"(?:(?P<sheet>.*)!)?R(?P<row>\d+)(?:/[^!]*)?$")
# The name of the official in tables whose rows are about one, and in cells of rows that are about somebody else.
_ABOUT_HIM = {
    "relative": "official_name_key",
    "commission_seat": "name_key",
    "duty": "name_key",
    "declared_interest": "name_key",
    "notice": "name_key",
}
_NAMED_IN = {"official": "reports_to", "institution": "head", "contract": "contract_manager"}


@dataclass(slots=True)
class TakenOut:
    """What went: rows by table, references of the persons, their names as comparable keys, and the sources that told of them.

    `went`: the rows themselves, where a whole row went but for rejects. `kept_mentions`: cells of other people's rows that may mean
    him or a namesake who stays.
    """

    rows: Counter[str] = field(default_factory=Counter)
    references: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    inns: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    went: dict[str, list[Row]] = field(default_factory=dict)
    kept_mentions: int = 0


def take_out(store: Store, keys: Collection[str]) -> TakenOut:
    """Delete what the store has of the officials of these keys and of their kin. The transaction, and linking after it, are the caller's.

    Public registers stay as they are: what they say is not held about the official. So does what other officials' questionnaires say.
    """
    gone, wanted = TakenOut(), sorted(keys)
    officials = store.rows("SELECT * FROM official WHERE official_key IN (SELECT unnest(CAST(? AS VARCHAR[])))", [wanted])
    if not officials:
        return gone
    his = Officials(officials)
    rows = {"official": officials} | {table: _about(store, table, column, his, keys) for table, column in _ABOUT_HIM.items()}
    _note(gone, "official", officials)
    _note(gone, "relative", rows["relative"])
    rows["search"] = _searches(store, his, keys, rows["relative"])
    for table, found in rows.items():
        _delete(store, table, found, gone)
    _blank_mentions(store, officials, gone)
    _delete_rejects(store, rows, keys, gone)
    return gone


def _about(store: Store, table: str, name: str, his: Officials, keys: Collection[str]) -> list[Row]:
    """Rows tied to him, and rows tied to nobody that would fit him: a row that may be his is nobody else's to be tied to."""
    rows = store.rows(f"SELECT * FROM {table} WHERE coalesce(link_problem, '') <> '{NOT_OURS}'")
    return [row for row in rows if row["official_key"] in keys or (row["official_key"] is None and _may_be(row, name, his))]


def _may_be(row: Row, name: str, his: Officials) -> bool:
    if not row["employee_id"] and not row[name]:
        return False
    served = {inn for inn in (row.get("employer_inn"), row.get("customer_inn")) if inn}
    return his.find(row["employee_id"], row[name], served)[1] in (None, "official_ambiguous")


def _searches(store: Store, his: Officials, keys: Collection[str], kin: list[Row]) -> list[Row]:
    """Searches for him, and for his kin where nobody who stays is called so."""
    inns, names = {row["inn"] for row in kin} - {None}, {row["name_key"] for row in kin} - {None}
    found = []
    for row in store.rows("SELECT * FROM search"):
        mine = row["official_key"] in keys or (
            row["official_key"] is None and his.searched(row)[1] in (None, "official_ambiguous")
        )
        kins = row["inn"] in inns if row["inn"] else row["name_key"] in names
        if mine or (row["official_key"] is None and kins):
            found.append(row)
    return found


def _note(gone: TakenOut, kind: str, rows: Iterable[Row]) -> None:
    for row in rows:
        gone.references |= references_of(kind, row)
        gone.names |= {row["name_key"]} - {None} if row["given"] else set()
        gone.inns |= {row["inn"]} - {None}
        gone.written |= {row["name"]} - {None}


def _delete(store: Store, table: str, found: list[Row], gone: TakenOut) -> None:
    if not found:
        return
    columns = {"source_id": "VARCHAR", "locator": "VARCHAR"}
    store.temporary("taken_out", columns, sorted({(row["source_id"], row["locator"]) for row in found}))
    store.sql(f"DELETE FROM {table} WHERE (source_id, locator) IN (SELECT (source_id, locator) FROM taken_out)")
    gone.rows[table] += len(found)
    gone.went.setdefault(table, []).extend(found)
    gone.sources |= {row["source_id"] for row in found}


def _blank_mentions(store: Store, officials: list[Row], gone: TakenOut) -> None:
    """Cells of other people's rows that name him: a superior, a head, a manager of a contract. Not those of public registers."""
    staying = [name for (name,) in store.sql("SELECT DISTINCT name_key FROM official WHERE name_key IS NOT NULL").fetchall()]
    his = {row["name_key"] for row in officials} - {None}
    for table, column in _NAMED_IN.items():
        told = store.sql(f"""
            SELECT DISTINCT {column} FROM {table} JOIN source USING (source_id) WHERE {column} IS NOT NULL AND source.kind NOT LIKE 'eis%'""").fetchall()
        for (text,) in told:
            name = parse_name(text)
            if name is None or not any(_is_one(name.key, one) for one in his):
                continue
            if any(_is_one(name.key, one) for one in staying):
                gone.kept_mentions += 1
                continue
            store.sql(f"UPDATE {table} SET {column} = NULL WHERE {column} = ?", [text])
            gone.rows[f"{table}.{column}"] += 1


def _is_one(named: str | None, other: str) -> bool:
    """Initials at least: a bare surname names nobody."""
    return bool(named) and " " in str(named) and same_name(named, other)


def _delete_rejects(store: Store, rows: dict[str, list[Row]], keys: Collection[str], gone: TakenOut) -> None:
    """What was not taken from his rows, and what quotes him or his kin."""
    places = {
        (row["source_id"], place["sheet"] or "", int(place["row"]))
        for found in rows.values()
        for row in found
        if (place := _PLACE.match(row["locator"] or ""))
    }
    quoting = Quoting(gone.names, gone.inns)
    drop = []
    for row in store.rows("SELECT rowid AS place, * FROM reject"):
        params = json.loads(row["params"])
        at = (row["source_id"], row["sheet"] or "", row["row_no"])
        withheld = row["reason"] == KIN_WITHOUT_BASIS and params.get("official_key") in keys
        if at in places or withheld or quoting.found_in(f"{row['value']} {row['params']}"):
            drop.append(row["place"])
            gone.sources.add(row["source_id"])
    if drop:
        store.sql("DELETE FROM reject WHERE rowid IN (SELECT unnest(?))", [drop])
        gone.rows["reject"] += len(drop)


class Quoting:
    """Finds people by full name, by surname and initials, in any case of declension, or by ИНН, in a text."""

    def __init__(self, names: Iterable[str], inns: Iterable[str]) -> None:
        """`names` are comparable: «ИВАНОВ ИВАН ИВАНОВИЧ»."""
        names, inns = set(names), set(inns)
        patterns = [pattern for name in sorted(set(names)) if (pattern := _pattern(name))] + [
            rf"(?<!\d){inn}(?!\d)" for inn in sorted(set(inns))
        ]
        self._pattern = re.compile("|".join(patterns)) if patterns else None
        # Each text that names one of them has one of these, once it is in capitals and ё is е: for a first look by the store.
        self.hints = tuple(sorted({_cut(_comparable(name).split()[0]) for name in names if " " in name} | set(inns)))

    def found_in(self, text: str) -> bool:
        """True where the text may name one of them."""
        return self._pattern is not None and self._pattern.search(_comparable(text)) is not None

    def cut_from(self, text: str) -> str:
        """The text, comparable, without what names them: whom else does it name?"""
        return self._pattern.sub(" ", _comparable(text)) if self._pattern else _comparable(text)


_GAP = r"[\s,.;|/<>()«»\"'_\\-]{1,6}"
_ENDINGS = re.compile(r"[АЕИОУЫЭЮЯЙЬ]+$")


def _comparable(text: str) -> str:
    return text.upper().replace("Ё", "Е")


def _pattern(name: str) -> str:
    surname, *rest = _comparable(name).split()
    if not rest:
        return ""
    last, given = _stem(surname), rest[0]
    first = re.escape(given[0]) if given.endswith(".") else _stem(given)
    full = "" if given.endswith(".") else rf"|{first}{_GAP}(?:\w+{_GAP})?{last}"
    after = rf"{re.escape(rest[1][0])}\b" if len(rest) > 1 else ""
    initials = (
        rf"{last}{_GAP}{re.escape(given[0])}\.?\s*{after}|(?<!\w){re.escape(given[0])}\.\s*{after and after + '[.]?'}\s*{last}"
    )
    return f"(?:{last}{_GAP}{first}{full}|{initials})"


def _stem(word: str) -> str:
    return rf"(?<!\w){re.escape(_cut(word))}\w{{0,4}}(?!\w)"


def _cut(word: str) -> str:
    cut = _ENDINGS.sub("", word)
    return cut if len(cut) >= 3 else word
