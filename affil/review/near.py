"""Who may not look into a case: a person too near its subject by what is loaded, and how near he is.

He is the official, or whom the path names; kin of one of them, declared or composed, by a chain of up to four steps; owner,
director or worker of the supplier, or kin of one; the direct superior or a direct subordinate of the official. What is no longer
so counts too: nobody need look into how long it takes to be unbiased.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from affil.kinship.compose import Kin, compose
from affil.kinship.table import kin_edges
from affil.language.fio import parse_name
from affil.model.finding import Finding, OtherParty, Party
from affil.model.run import Nearness
from affil.resolve.link import same_name
from affil.settings import Reviewer
from affil.store.store import Store

Row = dict[str, Any]
MOST_STEPS = 4
HALF = 0.5  # of a supposed identity: below it a name alone is no information
SELF = "self"
NO_TIE = ("contact", "group")  # a common address makes nobody biased

_OFFICIALS = """
    SELECT o.official_key, o.employee_id, o.employer_inn, o.name, o.name_key, p.party
    FROM official_in_force o JOIN party p ON p.mention = 'official|' || o.official_key ORDER BY o.official_key"""
_NAMED = "SELECT DISTINCT party FROM mention JOIN party USING (mention) WHERE name_key = ? ORDER BY party"


@dataclass(frozen=True, slots=True)
class Person:
    """One person: his posts by official key, and what he is in the graph; empty where the files do not know him."""

    name: str
    posts: frozenset[str]
    parties: frozenset[str]


def person_of(store: Store, reviewer: Reviewer) -> Person:
    """Who the reviewer is in the loaded files: by the number he has in the list, else everybody of his full name.

    Needs the temporary tables of a screen, in the same session, as all of this module does.
    """
    name = parse_name(reviewer.name)
    if reviewer.employee_id:
        rows = [row for row in store.rows(_OFFICIALS) if _has_number(row, reviewer)]
        named = [row for row in rows if name and same_name(name.key, row["name_key"])]
        if rows:
            return _person(reviewer.name, named or rows)
    return _by_name(store, reviewer.name)


def persons_named(store: Store, fits: Callable[[str], bool]) -> list[Person]:
    """The officials whose names fit, a person each: whom a letterhead means."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in store.rows(_OFFICIALS):
        if row["name"] and fits(row["name"]):
            groups[row["party"]].append(row)
    return [_person(rows[0]["name"], rows) for _, rows in sorted(groups.items())]


def _has_number(row: Row, reviewer: Reviewer) -> bool:
    asked, found = (str(number or "").strip().lstrip("0") for number in (reviewer.employee_id, row["employee_id"]))
    return bool(asked) and asked == found and (reviewer.employer_inn is None or reviewer.employer_inn == row["employer_inn"])


def _person(name: str, rows: Sequence[Row]) -> Person:
    return Person(name, frozenset(row["official_key"] for row in rows), frozenset(row["party"] for row in rows))


def _by_name(store: Store, full: str) -> Person:
    """Everybody of this name, surname, given name and patronymic: a namesake is refused rather than a relative let in."""
    name = parse_name(full)
    key = (name.key if name else None) or ""
    if len(key.split(" ")) < 3 or "." in key:
        return Person(full, frozenset(), frozenset())
    parties = frozenset(str(row[0]) for row in store.sql(_NAMED, [key]).fetchall())
    posts = frozenset(row["official_key"] for row in store.rows(_OFFICIALS) if row["party"] in parties)
    return Person(full, posts, parties)


class Surroundings:
    """Whom a person is near to, asked once for any number of cases; `kin` is the kin of several persons, worked out together."""

    def __init__(self, store: Store, person: Person, kin: Sequence[Kin] | None = None) -> None:
        self.person = person
        self.chains = _chains(store, person.parties, kin_of(store, person.parties) if kin is None else kin)
        self.superiors, self.subordinates = _service(store, person.posts)
        self.controls = _controls(store, self.chains)
        self._parties: dict[str, str] = {}
        self._store = store

    def near(self, findings: Sequence[Finding]) -> Nearness | None:
        """How near he is to the subject of a case, the nearest first; None where nothing loaded says that he is."""
        self.learn(findings)
        ways = [way for finding in findings for way in self._ways(finding)]
        return min(ways, key=lambda way: (_RANK.index(way.way), len(way.chain.split(".")), repr(way)), default=None)

    def _ways(self, finding: Finding) -> Iterable[Nearness]:
        subject = [(key, name) for key, name in _officials_of(finding) if key not in self.person.posts]
        if len(subject) < len(_officials_of(finding)):
            yield Nearness("official")
        for key, name in subject:
            yield from self._to_party(self._party_of("official|" + key), name)
            if key in self.subordinates:
                yield Nearness("superior", name)
            if key in self.superiors:
                yield Nearness("subordinate", name)
        for node, name in _persons_on_path(finding):
            yield from self._to_party(self._party_of(node), name, on_path=True)
        for organisation, name in _organisations_of(finding):
            for kind, chain in self.controls.get(organisation, ()):
                yield Nearness("supplier" if chain == SELF else "supplier_kin", name, chain, kind)

    def _to_party(self, party: str | None, name: str, on_path: bool = False) -> Iterable[Nearness]:
        chain = self.chains.get(party or "")
        if chain is not None:
            yield Nearness(("path" if on_path else "official") if chain == SELF else "kin", name, chain)

    def learn(self, findings: Sequence[Finding]) -> None:
        """Look up at once who stands in these findings; of many cases that is quicker than case by case."""
        nodes = {node for finding in findings for node, _ in _persons_on_path(finding)}
        nodes |= {"official|" + key for finding in findings for key, _ in _officials_of(finding)}
        fresh = sorted(nodes - self._parties.keys())
        if fresh:
            rows = self._store.sql(
                "SELECT mention, party FROM party WHERE mention IN (SELECT unnest(CAST(? AS VARCHAR[])))", [fresh]
            )
            self._parties |= dict.fromkeys(fresh, "") | dict(rows.fetchall())

    def _party_of(self, node: str) -> str | None:
        return self._parties.get(node) or None


_RANK = ("official", "path", "kin", "supplier", "supplier_kin", "superior", "subordinate")


def too_near(store: Store, reviewer: Reviewer, findings: Sequence[Finding]) -> Nearness | None:
    """Why this reviewer may not look into the case these findings make; None where nothing loaded speaks against him."""
    return Surroundings(store, person_of(store, reviewer)).near(findings)


def kin_of(store: Store, parties: Collection[str]) -> list[Kin]:
    """The kin of these persons, declared or composed, by chains of up to four steps."""
    return compose(kin_edges(store), parties, max_links=MOST_STEPS, max_marriages=MOST_STEPS) if parties else []


def _chains(store: Store, parties: frozenset[str], kin: Iterable[Kin]) -> dict[str, str]:
    """The persons he is one with, and his kin, each by the shortest chain."""
    chains = dict.fromkeys(sorted(parties), SELF)
    for one in (one for one in kin if one.ego in parties):
        known = chains.get(one.person)
        if known is None or (known != SELF and len(one.chain) < len(known)):
            chains[one.person] = one.chain
    supposed = store.sql("SELECT declared, behind FROM identity WHERE probability >= ? ORDER BY ALL", [HALF]).fetchall()
    for declared, behind in supposed:
        if declared in chains:
            chains.setdefault(behind, chains[declared])
    return chains


def _service(store: Store, posts: Collection[str]) -> tuple[set[str], set[str]]:
    """Official keys of his direct superiors and subordinates."""
    rows = store.sql("SELECT subordinate, chief FROM chief").fetchall()
    return {chief for low, chief in rows if low in posts}, {low for low, chief in rows if chief in posts}


def _controls(store: Store, chains: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """By supplier: what he or one of his kin is to it, and by which chain."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for person, supplier, kind in store.sql("SELECT DISTINCT person, supplier, kind FROM control").fetchall():
        if person in chains and kind not in NO_TIE:
            found[supplier].add((kind, chains[person]))
    return {supplier: sorted(ties) for supplier, ties in found.items()}


def _officials_of(finding: Finding) -> list[tuple[str, str]]:
    """Key and name of the officials a finding is about."""
    officials = [(finding.employee.key, finding.employee.name)] if finding.employee else []
    other = finding.other_party
    return [*officials, *([(other.key, other.name)] if other and other.kind == "person" else [])]


def _persons_on_path(finding: Finding) -> list[tuple[str, str]]:
    """Records of the persons its ways lead over, with their names."""
    steps = [step for path in (finding.path, *finding.other_paths) for step in path.steps]
    ends = [(step.origin_kind, step.origin_id, step.origin) for step in steps]
    ends += [(step.target_kind, step.target_id, step.target) for step in steps]
    return sorted({(node, name) for kind, node, name in ends if kind == "person" and not node.startswith("official|")})


def _organisations_of(finding: Finding) -> list[tuple[str, str]]:
    """Supplier and other organisation of a finding, as the table `control` calls them, with their names."""
    ends: list[Party | OtherParty] = [finding.supplier] if finding.supplier else []
    ends += [finding.other_party] if finding.other_party and finding.other_party.kind == "organisation" else []
    return [(f"inn:{end.inn}" if end.inn else end.key, end.name) for end in ends]
