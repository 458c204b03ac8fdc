"""What a reviewer has before him: the cases as they are now, how each stands, who may look at it, and writing an act down."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from affil.answers.identities import Pair, pairs
from affil.commands.act import ACT
from affil.commands.match_options import now
from affil.commands.match_text import shown
from affil.decisions.course import Basis, Course, Event, courses_of, seen_entry, undo_of
from affil.decisions.entry import CASE, UNDO, Entry
from affil.decisions.events import CLOSED, IN_PROGRESS, OPEN, REOPENED
from affil.decisions.log import append, of_kind, read_log
from affil.errors import AffilError, UsageError
from affil.model.finding import Finding
from affil.model.run import Nearness, Run
from affil.reports.cases import Case, cases_of
from affil.reports.course_text import fault_text, near_text
from affil.review.basis import basis_of, extracts_in
from affil.review.changed import Change
from affil.review.four_eyes import BLIND, agreed, reviewer_of, visible_to
from affil.review.near import Surroundings, person_of
from affil.review.recorded import Act, Fault, against, entries_of, event_for, fault_in
from affil.review.status import Standing, standing_of
from affil.review.to_do import ToDo, is_unseen, to_do
from affil.settings import Reviewer, Settings
from affil.store.store import Store
from affil.words import Words

WORST_FIRST = (REOPENED, OPEN, IN_PROGRESS, CLOSED)
DOUBTED = ("undecided", "unsure")


class RefusedError(AffilError):
    """Who acts may not look into this case."""


@dataclass(frozen=True, slots=True)
class Item:
    """One case with its course; `found` are its findings, each with how it stands."""

    case: Case
    tie: str
    course: Course
    found: tuple[tuple[Finding, Standing], ...]
    left: ToDo

    @property
    def status(self) -> str:
        """How the case stands: as that of its findings which is furthest from closed."""
        return min((standing.status for _, standing in self.found), key=WORST_FIRST.index)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All its findings."""
        return tuple(finding for finding, _ in self.found)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What reopened it, each change once."""
        return tuple(dict.fromkeys(change for _, standing in self.found for change in standing.changes))

    @property
    def waits(self) -> str:
        """`disagreement`, `second`, or empty."""
        return min((standing.waits for _, standing in self.found if standing.waits), default="")

    @property
    def is_unseen(self) -> bool:
        """True where one of its findings was shown to nobody yet."""
        return is_unseen(self.course, self.findings)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An act on a case; `purchases`: keys of those it is on where its numbers do not tell; `pair`: the id of an identity."""

    item: Item
    act: Act
    purchases: frozenset[str] | None = None
    pair: str | None = None


class Desk:
    """The cases of a run, read again from the log after every act."""

    def __init__(self, store: Store, run: Run, settings: Settings, words: Words, today: dt.date | None = None) -> None:
        self.store, self.run, self.settings, self.words = store, run, settings, words
        self.today = today or dt.date.today()
        self.extracts = extracts_in(store)
        self._cases = cases_of(run.findings)
        self._near: dict[str, Surroundings] = {}
        self._pairs: list[Pair] | None = None
        self.read()

    @property
    def reviewers(self) -> Sequence[Reviewer] | None:
        """Those of the four-eyes mode, None where it is off."""
        return self.settings.review.agreeing

    def read(self) -> None:
        """Look at the log anew."""
        self.log = read_log(self.store, self.words.lang)
        self.courses = courses_of(self.log)
        self.items = tuple(item for case in self._cases for item in self._items(case))

    def _items(self, case: Case) -> Iterator[Item]:
        by_tie: dict[str, list[Finding]] = defaultdict(list)
        for finding in case.findings:
            by_tie[finding.tie].append(finding)
        for tie, findings in by_tie.items():
            course = self.courses.get(tie, Course(tie))
            found = tuple((one, standing_of(one, course, self.extracts, self.reviewers)) for one in findings)
            yield Item(case, tie, course, found, to_do(course, found, self.today))

    def item(self, tie: str) -> Item:
        """The case of a tie that is on the desk."""
        return next(item for item in self.items if item.tie == tie)

    def visible(self, course: Course, by: str) -> Course:
        """The course as this person may see it."""
        return visible_to(course, by, self.reviewers) if self.reviewers is not None else course

    def near(self, by: str, item: Item) -> Nearness | None:
        """Why this person may not look into the case; None where nothing loaded says so."""
        if by not in self._near:
            known = reviewer_of(by, self.settings.review.reviewers) or Reviewer(name=by)
            self._near[by] = Surroundings(self.store, person_of(self.store, known))
        return self._near[by].near(item.findings)

    def refuse(self, by: str, item: Item) -> None:
        """Raise `RefusedError` where this person may not look into the case; the log has that he was refused, and why."""
        near = self.near(by, item)
        if near is None:
            return
        ACT.note(refused=1, way=near.way)
        with self.store.transaction():
            ACT.keep(self.store, "review")
        raise RefusedError(self.words("course.near.refused", by=by, why=near_text(near, self.words)))

    def pairs_of(self, item: Item, every: bool = False) -> list[Pair]:
        """The doubtful identities the case rests on; `every`: those the data make one person too."""
        if self._pairs is None:
            self._pairs = pairs(self.store, self.run.findings, self.log)
        mine = [pair for pair in self._pairs if any(finding.tie == item.tie for finding in pair.findings)]
        return [pair for pair in mine if (every or not pair.together) and pair.one.references and pair.other.references]

    def entries(self, wanted: Wanted, at: dt.datetime | None = None) -> list[Entry]:
        """The entries an act makes, not written yet; raises `UsageError` or `RefusedError` saying why it makes none."""
        item, act = wanted.item, wanted.act
        fault = fault_in(act, item.findings, self.settings, self.today)
        if fault is not None:
            raise UsageError(fault_text(fault, self.words))
        self.refuse(act.by, item)
        event = event_for(act, item.findings, self.extracts, self.settings, at or now())
        if wanted.purchases is not None:
            event = replace(event, purchases=tuple(sorted(wanted.purchases)))
        pair = self._pair(wanted) if act.kind == "identity" and self._decides(event, item) else None
        names = (shown(pair.one, self.words), shown(pair.other, self.words)) if pair else ("", "")
        made = entries_of(event, pair, names)
        if len(made) > 1 and (found := against(self.store, made[0])):
            raise UsageError(self.words("match.contradicts", entries=", ".join(map(str, sorted(found))), first=min(found)))
        return made

    def _decides(self, event: Event, item: Item) -> bool:
        """Of two reviewers the first decides nothing yet: a namesake he took away would never come before the second."""
        return self.reviewers is None or agreed(event, [*item.course.events, event], self.reviewers)

    def _pair(self, wanted: Wanted) -> Pair | None:
        known = self.pairs_of(wanted.item, every=wanted.pair is not None)
        if wanted.pair is not None:
            known = [pair for pair in known if pair.id.startswith(wanted.pair)]
            if len(known) != 1:
                raise UsageError(self.words("match.unknown", id=wanted.pair))
        open_ones = [pair for pair in known if pair.state in DOUBTED] or known
        if len(open_ones) > 1:
            ids = ", ".join(f"{pair.id} ({pair.one.name} × {pair.other.name})" for pair in open_ones)
            raise UsageError(self.words("review.several_pairs", pairs=ids))
        return open_ones[0] if open_ones else None

    def record(self, wanted: Iterable[Wanted]) -> list[Entry]:
        """Write the acts down, all or none, and what of them the access log tells."""
        at, every = now(), list(wanted)
        made = [entry for one in every for entry in self.entries(one, at)]
        with self.store.transaction():
            written = append(self.store, made)
            kinds = sorted({one.act.kind for one in every})
            ACT.note(entries=len(written), first=written[0].number if written else 0, events=kinds, cases=len(every))
            self.looked_at([one.item for one in every])
            ACT.keep(self.store, "review")
        self._pairs = None
        self.read()
        return written

    def undo(self, entries: Sequence[Entry], by: str, why: str) -> list[Entry]:
        """Take entries of the log back; what two must agree on only a reviewer takes back."""
        from affil.audit.persons import persons_of_entries

        judged = any(entry.kind != CASE or entry.verdict in BLIND for entry in entries)
        if judged and self.reviewers is not None and reviewer_of(by, self.reviewers) is None:
            raise UsageError(fault_text(Fault("no_reviewer", {"by": by}), self.words))
        with self.store.transaction():
            written = append(self.store, [undo_of(entry, by, self.today, why, now()) for entry in entries])
            ACT.note(entry=written[0].number, undoes=entries[0].number)
            ACT.looked_at(*persons_of_entries(self.store, entries))
            ACT.keep(self.store, "review")
        self._pairs = None
        self.read()
        return written

    def looked_at(self, items: Iterable[Item]) -> None:
        """The access log has whom these cases show."""
        from affil.audit.persons import persons_of_findings

        ACT.looked_at(*persons_of_findings(self.store, [finding for item in items for finding in item.findings]))

    def see(self, item: Item, by: str) -> Item:
        """Write down that the case was shown to this person, where it was shown to nobody before; the case as it then is."""
        from affil.audit.persons import persons_of_events

        self.looked_at([item])
        ACT.looked_at(*persons_of_events(self.store, self.same_people(item)))  # the screen tells what was decided on them too
        with self.store.transaction():
            if item.is_unseen:
                near, far = item.findings[0].ends
                due = dt.timedelta(days=self.settings.documents.case_days)
                basis = basis_of(item.findings, self.extracts)
                seen = seen_entry(item.tie, by, now(), basis=basis, official=near.name, supplier=far.name, due=self.today + due)
                [written] = append(self.store, [seen])
                ACT.note(entries=1, first=written.number, events=["seen"])
            ACT.note(cases=1)
            ACT.keep(self.store, "review")
        self.read()
        return self.item(item.tie)

    def same_people(self, item: Item) -> list[Event]:
        """What was decided before on other ties of the same official, the same persons or the same firm, by day."""
        mine = _called(basis_of(item.findings, self.extracts))
        others = (course for tie, course in self.courses.items() if tie != item.tie)
        events = (
            event for course in others for event in course.events if event.of.question != "course" or event.status == CLOSED
        )
        return sorted((event for event in events if mine & _called(event.basis)), key=lambda event: event.order)


def _called(basis: Basis) -> set[str]:
    return {end for way in basis.ways for tie in way.ties for end in (tie.origin, tie.target) if not end.startswith("contact:")}


def turns(items: Iterable[Item], by: str, reviewers: Sequence[Reviewer] | None) -> list[Item]:
    """The cases still to be looked into: reopened, never seen, for this reviewer to second, then the rest, each by priority."""
    return sorted(
        (item for item in items if item.status != CLOSED), key=lambda item: (_turn(item, by, reviewers), item.case.number)
    )


def _turn(item: Item, by: str, reviewers: Sequence[Reviewer] | None) -> int:
    if item.status == REOPENED:
        return 0
    if item.is_unseen:
        return 1
    mine = reviewer_of(by, reviewers) if reviewers else None
    if item.waits and mine is not None and not any(reviewer_of(event.by, reviewers or ()) == mine for event in _deciding(item)):
        return 1
    return 2


def _deciding(item: Item) -> list[Event]:
    return [event for event in item.course.events if event.of.question != "course" or event.status == CLOSED]


def to_undo(log: Sequence[Entry], number: int) -> list[Entry]:
    """The event of this number and the entry on two persons made with it, where they can be taken back; else nothing."""
    found = {entry.number: entry for entry in of_kind(log, CASE)}.get(number)
    gone = {entry.undoes for entry in log if entry.undoes}
    if found is None or found.verdict == UNDO or found.digest in gone:
        return []
    linked = [entry for entry in log if entry.digest == found.facts.get("identity") and entry.digest not in gone]
    return [found, *linked]
