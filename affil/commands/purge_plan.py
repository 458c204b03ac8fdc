"""What `affil purge` is asked for: whose data are past their term, or the one person meant, and what would go and stay."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from affil.commands.common import wrong
from affil.commands.match_options import line

if TYPE_CHECKING:
    from affil.decisions.entry import Entry
    from affil.retention.copies import Copies
    from affil.retention.named import Kept
    from affil.retention.purge import Gone
    from affil.retention.terms import Term, Terms
    from affil.settings import Settings
    from affil.store.store import Store
    from affil.words import Words
    from affil.workspace import Workspace

_DATE = re.compile(r"\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}\s+[а-яa-z]{3,}\s+\d{4}\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?:№|\bN|\bno\.?)\s*\w|б/н", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed. `why` and `documents` are one line each."""

    on: dt.date
    person: str | None
    employer: str | None
    why: str
    documents: tuple[str, ...]

    @classmethod
    def of(
        cls, on: dt.date, person: str | None, employer: str | None, why: str | None, documents: Sequence[str] | None, words: Words
    ) -> Asked:
        """`UsageError` where a document is told without its number or its date."""
        told = tuple(text for text in map(line, documents or ()) if text)
        for text in told:
            if not _DATE.search(text) or not _NUMBER.search(_DATE.sub(" ", text)):
                wrong(words("retention.plan.bad_document", found=text))
        return cls(on, person, employer, line(why or ""), told)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a purge would do: the terms, whom it takes and why, what goes of them and what stays, which files name them.

    `documents`: what the destruction before the term rests on; `one`: of one person asked for, not of all past their term.
    """

    terms: Terms
    people: list[Term]
    why: dict[str, str]
    gone: Gone
    kept: tuple[Kept, ...]
    copies: Copies
    runs: tuple[str, ...]
    held_runs: tuple[str, ...]
    one: bool
    documents: tuple[str, ...] = ()

    @property
    def orphans(self) -> tuple[str, ...]:
        """The sources whose kin of nobody goes too."""
        return () if self.one else tuple(source_id for source_id, *_ in self.terms.orphans)

    @property
    def cuts_log(self) -> bool:
        """Entries of the access log go by their term; as long as anybody is held all of it may be evidence."""
        return bool(self.terms.log_entries) and not self.one and not self.terms.held

    @property
    def is_empty(self) -> bool:
        """Nothing is to be destroyed."""
        return not (self.people or self.orphans or self.runs)


def planned(store: Store, place: Workspace, settings: Settings, asked: Asked, words: Words) -> Plan:
    """The plan; nothing is done. `UsageError` where the person asked for is not there, is held, or a reason is missing."""
    from affil.decisions.log import read_log
    from affil.retention.copies import Copies, copies_naming
    from affil.retention.purge import what_would_stay
    from affil.retention.terms import PAST, names_of_runs, terms
    from affil.store.outline import is_unlinked
    from affil.ties import link_all

    if is_unlinked(store):
        link_all(store, settings)
    log, one = read_log(store, words.lang), asked.person is not None
    told = terms(store, settings.retention, asked.on, log, names_of_runs(place.reports))
    people = _asked_for(store, settings, asked, log, words) if one else told.of_state(PAST)
    why = _reasons(people, asked, settings, words)
    orphans = () if one else tuple(source_id for source_id, *_ in told.orphans)
    gone, kept = what_would_stay(store, people, orphans)
    if any(gone.quoting.found_in(text) for text in asked.documents):
        wrong(words("retention.plan.document_names"))
    copies = copies_naming(place.root, place.store, gone.quoting) if people or orphans else Copies()
    held = () if one else _held_runs(place, store, told)
    runs = () if one else tuple(name for name in told.runs if name not in held)
    staying = [name for name in copies.runs if name not in runs]
    staying += [f"{name}/manifest.json" for name in runs if gone.quoting.found_in(_manifest(place.reports / name))]
    young = Copies(copies.inbox, tuple(staying), copies.written, copies.backups, copies.unread)
    return Plan(told, people, why, gone, kept, young, runs, held, one, asked.documents)


def _reasons(people: Sequence[Term], asked: Asked, settings: Settings, words: Words) -> dict[str, str]:
    """Why each is destroyed. Before the term is over it is asked for, and the document it rests on."""
    from affil.retention.terms import PAST

    reasons = {one.key: reason_text(one, settings, words) for one in people}
    if asked.person is None:
        return reasons
    if any(one.state != PAST for one in people) and not (asked.why and asked.documents):
        wrong(words("retention.plan.needs_why", why="; ".join(reasons.values())))
    documents = "; ".join(asked.documents)
    given = [asked.why] if asked.why else []
    given += [words("retention.reason.document", document=documents)] if documents else []
    return {key: "; ".join(given if asked.why else [reason, *given]) for key, reason in reasons.items()}


def _manifest(folder: Path) -> str:
    """All that is left of an emptied run: it may tell of a file called after a person."""
    with suppress(OSError):
        return (folder / "manifest.json").read_text(encoding="utf-8", errors="replace")
    return ""


def _asked_for(store: Store, settings: Settings, asked: Asked, log: Sequence[Entry], words: Words) -> list[Term]:
    """The posts of the one person meant; with an employer that post alone. Who is held is refused."""
    from affil.retention.terms import HELD, term_of

    person = asked.person or ""
    keys = keys_of(store, settings, person, asked.employer, words)
    found = [term_of(store, key, settings.retention, asked.on, log) for key in keys]
    for one in found:
        if one.state == HELD:
            wrong(words("retention.plan.is_held", why=reason_text(one, settings, words), id=one.employee_id or person))
    return found


def keys_of(store: Store, settings: Settings, person: str, employer: str | None, words: Words) -> list[str]:
    """The posts of the person of this number or ИНН, at `employer` alone where given; `UsageError` as for `affil person`."""
    from affil.person.who import find_person
    from affil.resolve.parties import make_parties

    make_parties(store)
    posts = find_person(store, person, employer, words).posts
    return [post.key for post in posts if employer is None or post.employer_inn == employer]


def _held_runs(place: Workspace, store: Store, told: Terms) -> tuple[str, ...]:
    """Folders past their term that name somebody who is held: evidence."""
    from affil.resolve.take_out import Quoting
    from affil.retention.copies import copies_naming
    from affil.retention.terms import HELD

    keys = [one.key for one in told.of_state(HELD)]
    if not keys or not told.runs:
        return ()
    rows = store.rows("SELECT name_key, inn FROM official_in_force WHERE official_key IN (SELECT unnest(?))", [keys])
    quoting = Quoting((row["name_key"] for row in rows if row["name_key"]), (row["inn"] for row in rows if row["inn"]))
    return tuple(name for name in copies_naming(place.root, place.store, quoting).runs if name in told.runs)


def reason_text(one: Term, settings: Settings, words: Words) -> str:
    """Why somebody is past his term, or is not, in words."""
    from affil.retention.terms import RUNNING

    key = f"{one.reason}_running" if one.state == RUNNING and one.until else one.reason
    hold = one.hold
    return words(
        f"retention.reason.{key}",
        since=day_text(hold.on if hold else one.since),
        until=day_text(one.until),
        why=hold.why if hold else "",
        by=hold.by if hold else "",
        days=settings.retention.candidate_days,
        id=one.employee_id,
    )


def day_text(value: dt.date | None) -> str:
    """A day as it is written; nothing for None."""
    return f"{value:%d.%m.%Y}" if value else ""
