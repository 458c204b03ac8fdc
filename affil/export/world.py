"""What the parts of an export share: the open store after its run, the run, the words, and who a node of a path is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from affil.export.entities import Entities, Record, entity_id
from affil.model.finding import Employee, Finding, OtherParty, Party, Step
from affil.model.run import Run
from affil.store.store import Store
from affil.words import Words

Row = dict[str, Any]


@dataclass(slots=True)
class World:
    """One export. `store` still has the temporary tables of the run (`party`, `mention`, `purchase`, `service`, `control`).

    `bought`: id of the contract or call for tenders of each row of `purchase`, by its key and by its record. `files`: the sources
    that were loaded under a name, oldest first.
    """

    store: Store
    run: Run
    words: Words
    book: Entities
    bought: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)

    def records_of(self, step: Step) -> list[Record]:
        """The record a step cites; of several files of one name the one its ends stand in. None of a decision."""
        sources = self.files.get(step.source.file, [])
        meant = [source for source in sources if source in step.origin_id or source in step.target_id] or sources[-1:]
        return [(source, step.source.locator) for source in meant]


def world_of(store: Store, run: Run, words: Words) -> World:
    """A world with nothing in it yet."""
    files: dict[str, list[str]] = {}
    for file, source_id in store.sql("SELECT file, source_id FROM source ORDER BY batch, loaded_at, source_id").fetchall():
        files.setdefault(file, []).append(source_id)
    return World(store, run, words, Entities(store, words), files=files)


def party_key(party: str) -> tuple[str, str]:
    """The key of the entity of a party of the run (`inn:…`, `born:…`, `name:…`, `one:…`, `firm:…`)."""
    return "party", party


def body_key(inn: str | None, name: str | None) -> tuple[str, str] | None:
    """The key of a customer, employer or institution; None where neither ИНН nor name is known."""
    if inn:
        return party_key(f"inn:{inn}")
    return ("body", name.casefold()) if name else None


def parties_of(store: Store, nodes: Iterable[str]) -> dict[str, str]:
    """The party each node of the evidence graph is, of those that are a person or an organisation."""
    wanted = sorted(set(nodes))
    known: dict[str, str] = dict(
        store.sql("SELECT mention, party FROM party WHERE mention IN (SELECT unnest(CAST(? AS VARCHAR[])))", [wanted]).fetchall()
    )
    for node in wanted:
        kind, _, rest = node.partition(":")
        if kind in ("inn", "firm") and rest:
            known.setdefault(node, node)
        elif kind == "supplier" and rest:
            known.setdefault(node, rest)
        elif kind == "customer" and rest:
            known.setdefault(node, f"inn:{rest}")
    return known


def ends_of(finding: Finding) -> tuple[str, str]:
    """The nodes a finding joins: a record of an official, or a party."""
    near, far = (_node(end) for end in finding.ends)
    return near, far


def _node(end: Employee | Party | OtherParty) -> str:
    if isinstance(end, Employee) or (isinstance(end, OtherParty) and end.kind == "person"):
        return f"official|{end.key}"
    return f"inn:{end.inn}" if end.inn else end.key


def party_id(party: str) -> str:
    """The id of the entity of a party."""
    return entity_id(*party_key(party))
