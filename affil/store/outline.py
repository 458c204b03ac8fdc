"""What the store holds, from outside: its sources, what was not taken, sums, and the hash that names a run."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from affil.model.run import RejectRow, SourceRow
from affil.store.store import Store

if TYPE_CHECKING:
    from affil.store.loaded import Loaded

# Tables that decide what a run finds; the order of rows and where they stand in a file do not.
# The day a record speaks of: what «date of the data» of a file is in documents.
_DATED = {
    "official": "questionnaire_date", "relative": "questionnaire_date", "contract": "signed_on", "participant": "applied_on",
    "company": "extract_date", "proprietor": "extract_date", "declared_interest": "as_of", "notice": "noticed_on", "search": "searched_on",
    "tender": "notice_on", "unfair_supplier": "included_on",
}  # fmt: skip

_DECIDING = (
    "official_in_force", "relative_in_force", "contract_in_force", "participant_in_force", "participant_person_in_force",
    "commission_seat_in_force", "institution_in_force", "duty_in_force", "declared_interest_in_force", "notice_in_force",
    "search_in_force", "tender", "contract_end", "unfair_supplier", "company", "proprietor", "registry_tie", "registry_remark", "succession",
)  # fmt: skip
KIN_WITHOUT_BASIS = "kin_without_basis"  # of a reject: kin that may not be kept (affil/resolve/withheld.py)
REFUSED = "person_destroyed"  # of a reject: one whose data were destroyed before (affil/resolve/destroyed.py)
_PLACE = "source_id, locator"
_PLACES = {"relative_in_force": f"{_PLACE}, official_row"}

# Tables whose rows are nothing without the official they speak of: what their rows are counted as on loading, the table of
# the vocabulary, its field with the official's name, and the column that keeps it.
_OF_OFFICIALS = {
    "relative": ("relatives", "relatives", "official_name", "official_name"),
    "commission_seat": ("commission_members", "commissions", "member", "name"),
    "duty": ("duties", "duties", "member", "name"),
    "declared_interest": ("declared_interests", "declared_interests", "name", "name"),
    "notice": ("notices", "notices", "name", "name"),
}
# «Лист1!R17», and «Лист1!R17/Дети[2]» for one of several in a row.
_SHEET_AND_ROW = re.compile(r"(?:(?P<sheet>.*)!)?R(?P<row>\d+)(?:/[^!]*)?$")


def run_id(
    store: Store, rules: Mapping[str, str], settings: Mapping[str, object], since: dt.date | None, until: dt.date | None,
    decisions: Sequence[object] = (),
) -> str:  # fmt: skip
    """`R-` and 16 hex digits: the hash of inputs, rules, settings, the period asked for and decisions in force; no clock (CONTRACT 4).

    The inputs are the records in force, as a set: shuffled rows and files, or another name of a file, give the same run.
    """
    digest = hashlib.sha256()
    for view in _DECIDING:
        row = store.sql(f"""
            SELECT count(*), coalesce(sum(md5_number_lower(CAST(t AS VARCHAR))), 0), coalesce(bit_xor(md5_number_upper(CAST(t AS VARCHAR))), 0)
            FROM (SELECT * EXCLUDE ({_PLACES.get(view, _PLACE)}) FROM {view}) t""").fetchone()
        digest.update(f"{view}:{row};".encode())
    asked = [dict(rules), dict(settings), str(since), str(until), *([list(decisions)] if decisions else [])]
    digest.update(json.dumps(asked, sort_keys=True, ensure_ascii=False).encode())
    return "R-" + digest.hexdigest()[:16]


def stored_sources(store: Store) -> list[SourceRow]:
    """Every file loaded, by name, with the first and the last day its records speak of."""
    days = " UNION ALL ".join(f"SELECT source_id, {column} AS day FROM {table}" for table, column in _DATED.items())
    rows = store.rows(f"""
        SELECT source.*, first, last FROM source
        LEFT JOIN (SELECT source_id, min(day) AS first, max(day) AS last FROM ({days}) GROUP BY 1) USING (source_id) ORDER BY file, sha256""")
    return [
        SourceRow(
            row["file"], row["sha256"], row["kind"], json.loads(row["taken"]), row["rejected"], tuple(json.loads(row["notes"])),
            (row["first"], row["last"]),
        )
        for row in rows
    ]  # fmt: skip


def stored_rejects(store: Store) -> list[RejectRow]:
    """Every row or value not taken: what readers refused, and rows whose official could not be found."""
    rows = store.rows("SELECT s.file, r.* FROM reject r JOIN source s USING (source_id)")
    refused = [
        RejectRow(row["file"], row["sheet"] or "", row["row_no"], row["column_name"] or "", row["value"] or "", row["reason"], json.loads(row["params"]), row["row_taken"])
        for row in rows
    ]  # fmt: skip
    return sorted(
        [*refused, *_unlinked(store)], key=lambda row: (row.file, row.sheet, row.row or 0, row.column, row.reason, row.value)
    )


def _unlinked(store: Store) -> list[RejectRow]:
    rejects = []
    for table, (_, known_as, field, column) in _OF_OFFICIALS.items():
        rows = store.rows(f"""
            SELECT DISTINCT s.file, t.locator, t.link_problem AS problem, coalesce(t.employee_id, '') AS id, coalesce(t.{column}, '') AS who
            FROM {table}_in_force t JOIN source s USING (source_id) WHERE t.link_problem <> 'not_ours'""")
        rejects += [_reject(row, known_as, field) for row in rows]
    return rejects


def _reject(row: dict[str, Any], table: str, name_field: str) -> RejectRow:
    from affil.ingest.vocabulary.vocabulary import vocabulary  # only rows that belong to nobody are told with a heading

    place = _SHEET_AND_ROW.match(row["locator"])
    value = " ".join(part for part in (row["id"], row["who"]) if part)
    sheet, number = (place["sheet"] or "", int(place["row"])) if place else ("", None)
    heading = vocabulary().tables[table].fields["employee_id" if row["id"] else name_field].heading
    reason = "seat_member_not_found" if (table, row["problem"]) == ("commissions", "official_not_found") else row["problem"]
    return RejectRow(row["file"], sheet, number, heading, value, reason, {"value": value}, row_taken=False)


def with_unlinked(store: Store, loaded: list[Loaded]) -> list[Loaded]:
    """What was loaded, with rows that belong to no official counted as rejected instead of taken.

    A protocol of the ЕИС names the commission of whoever published it: that its members are not the officer's is no fault of it.
    """
    lost: dict[tuple[str, str], int] = {}
    for table, (what, *_) in _OF_OFFICIALS.items():
        for source_id, number in store.sql(
            f"SELECT source_id, count(DISTINCT locator) FROM {table} WHERE link_problem <> 'not_ours' AND superseded_by IS NULL GROUP BY 1"
        ).fetchall():
            lost[source_id, what] = number
    return [
        one
        if one.kind == "eis"
        else replace(
            one,
            taken={what: number - lost.get((one.source_id, what), 0) for what, number in one.taken.items()},
            rejected=one.rejected + sum(lost.get((one.source_id, what), 0) for what in one.taken),
        )
        for one in loaded
    ]


def with_withheld(store: Store, loaded: list[Loaded]) -> list[Loaded]:
    """What was loaded, as the store counts it now: kin that was withheld once all officials were known is rejected, not taken."""
    counted = {
        source_id: (json.loads(taken), rejected)
        for source_id, taken, rejected in store.sql(
            "SELECT source_id, taken, rejected FROM source WHERE source_id IN (SELECT source_id FROM reject WHERE reason IN (?, ?))",
            [KIN_WITHOUT_BASIS, REFUSED],
        ).fetchall()
    }
    return [
        replace(one, taken=counted[one.source_id][0], rejected=counted[one.source_id][1]) if one.source_id in counted else one
        for one in loaded
    ]


def is_unlinked(store: Store) -> bool:
    """True where rows are in the store that nobody has tied to officials yet."""
    if store.sql("FROM official WHERE official_key IS NULL LIMIT 1").fetchone():
        return True
    waiting = "WHERE official_key IS NULL AND link_problem IS NULL AND superseded_by IS NULL LIMIT 1"
    return any(store.sql(f"SELECT 1 FROM {table} {waiting}").fetchone() for table in (*_OF_OFFICIALS, "search"))


def counts(store: Store) -> dict[str, int]:
    """The sums a run reports: officials, relatives, purchases, suppliers, extracts in the store and in this run's period."""
    row = store.rows("""
        SELECT (SELECT count(*) FROM official_in_force) AS officials,
               (SELECT count(*) FROM relative_in_force WHERE fact = 'person' AND official_key IS NOT NULL) AS relatives,
               (SELECT count(*) FROM purchase WHERE event = 'award') AS contracts,
               (SELECT count(*) FROM purchase WHERE event = 'bid') AS bids,
               (SELECT count(DISTINCT supplier) FROM purchase) AS suppliers,
               (SELECT count(DISTINCT inn) FROM company) AS companies,
               (SELECT count(DISTINCT inn) FROM proprietor) AS proprietors""")
    return {name: int(number) for name, number in row[0].items()}
