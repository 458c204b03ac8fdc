"""What officials declare and give notice of: other work, gifts, shares, debts, as ties to suppliers (CONTRACT 3, notices, declared_interests)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from affil.control.control import SHARE_UNKNOWN, Control
from affil.control.intervals import Period
from affil.control.shares import OWNER_ABOVE
from affil.store.store import Store

Row = dict[str, Any]
Names = dict[str, set[str]]

# What a notice of a kind makes of the official and the organisation it names: (control, means).
NOTICES = {
    "other work": ("employee", "notice"),
    "former servant employer": ("employee", "undecided"),
    "management": ("manager", "notice"),
    "gift": ("contact", "gift"),
}
# Whether the commission consented to a former servant's work there (273-ФЗ ст. 12); its other decisions leave that open.
DECISIONS = {"consent": "consent", "refusal": "refusal"}
# The same of a declared interest: section 6.2 (a debtor or creditor), sections 1 and 2 (who pays an income).
INTERESTS = {"obligation": ("contact", "obligation"), "income": ("employee", "interest")}


def declared_ties(store: Store, by_name: Names, suppliers: set[str]) -> list[Control]:
    """Controls from both tables over the suppliers they name by ИНН, or by a name exactly one supplier has."""
    return [*_notices(store, by_name, suppliers), *_interests(store, by_name, suppliers)]


def make_declared(store: Store) -> None:
    """Temporary table declared_on(official_key, as_of): of which officials interests are loaded, and the newest day they speak of."""
    store.sql("""
        CREATE OR REPLACE TEMPORARY TABLE declared_on AS
        SELECT official_key, max(as_of) AS as_of FROM declared_interest_in_force WHERE official_key IS NOT NULL GROUP BY 1""")


def _notices(store: Store, by_name: Names, suppliers: set[str]) -> Iterator[Control]:
    for row in store.rows("""
        SELECT n.*, p.party FROM notice_in_force n JOIN party p ON p.mention = 'official|' || n.official_key
        WHERE n.official_key IS NOT NULL ORDER BY n.source_id, n.locator"""):
        control, means = NOTICES.get(row["kind"] or "", ("", ""))
        if means == "undecided":
            means = DECISIONS.get(row["decision"] or "", means)
        for supplier in _named(row, by_name, suppliers) if control else ():
            period = Period(row["valid_from"], row["valid_to"], row["valid_to"] or row["noticed_on"])
            yield _control(row, supplier, control, means, f"notice|{row['source_id']}|{row['locator']}", period)


def _interests(store: Store, by_name: Names, suppliers: set[str]) -> Iterator[Control]:
    holders = _holders(store)
    for row in store.rows("""
        SELECT i.*, p.party AS own FROM declared_interest_in_force i JOIN party p ON p.mention = 'official|' || i.official_key
        WHERE i.official_key IS NOT NULL AND i.fact = 'interest' ORDER BY i.source_id, i.locator"""):
        row["party"] = row["own"] if row["holder"] == "self" else holders.get((row["official_key"], row["holder"]))
        control, means = ("", "interest") if row["kind"] == "share" else INTERESTS.get(row["kind"] or "", ("", ""))
        share = Fraction(row["share"]) if row["share"] and row["kind"] == "share" else None
        if row["kind"] == "share":
            control = "owner" if share is None or share > OWNER_ABOVE else "small-share"
        for supplier in _named(row, by_name, suppliers) if control and row["party"] else ():
            period = Period(None, None, row["as_of"])
            yield _control(row, supplier, control, means, f"interest|{row['source_id']}|{row['locator']}", period, share)


def _control(
    row: Row, supplier: str, control: str, means: str, evidence: str, period: Period, share: Fraction | None = None
) -> Control:
    unknown = (SHARE_UNKNOWN,) if control == "owner" and share is None else ()
    return Control(row["party"], supplier, control, share, share, period, ((evidence,),), unknown, means)


def _holders(store: Store) -> dict[tuple[str, str], str]:
    """The declared spouse or child of an official, where there is exactly one: (official, holder) → party."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for official, chain, party in store.sql("""
        SELECT r.official_key, r.chains, p.party FROM relative_in_force r JOIN party p ON p.mention = 'relative|' || r.source_id || '|' || r.locator
        SEMI JOIN declared_interest_in_force i ON i.official_key = r.official_key
        WHERE r.chains IN ('spouse', 'child')""").fetchall():
        found[official, chain].add(party)
    return {key: next(iter(parties)) for key, parties in found.items() if len(parties) == 1}


def _named(row: Row, by_name: Names, suppliers: set[str]) -> Iterable[str]:
    """The supplier an organisation's ИНН or name means."""
    if row["organisation_inn"]:
        return [party] if (party := "inn:" + row["organisation_inn"]) in suppliers else []
    fitting = by_name.get(row["organisation_key"] or "", set())
    return fitting if len(fitting) == 1 else []
