"""A sitting at the terminal: one case after another, a key each; what is recorded is kept at once."""

from __future__ import annotations

from collections.abc import Sequence

from affil.commands.common import say, tell
from affil.commands.match_options import line
from affil.commands.review_asked import Dropped, Questions
from affil.commands.review_bulk import bulk
from affil.commands.review_desk import Desk, Item, RefusedError, Wanted, to_undo, turns
from affil.commands.review_text import case_lines, event_line
from affil.decisions.entry import CASE
from affil.decisions.events import CLOSED
from affil.errors import UsageError
from affil.reports.course_text import near_text
from affil.reports.explain import explain
from affil.words import Words

EXPLAIN = "explain"


def actions(words: Words) -> dict[str, str]:
    """The action of each key: a letter of one layout and the letter of the same key in the other."""
    return {key: action for action, keys in words.raw("review.keys").items() for key in keys}


class Sitting:
    """A reviewer at work; `every`: the closed cases too."""

    def __init__(self, desk: Desk, by: str, every: bool = False) -> None:
        self.desk, self.by, self.every, self.words = desk, by, every, desk.words
        self.ask = Questions(desk, by)
        self.open_ones = set[str]()
        self.shown = set[str]()
        self.mine: list[list[int]] = []  # numbers of the entries of each act of this sitting

    def run(self, ties: Sequence[str] | None = None) -> None:
        """Show the cases until there is none left or the reviewer leaves; what is said at the end tells how to go on."""
        ties = list(ties or self._ties())
        if not ties:
            closed = sum(item.status == CLOSED for item in self.desk.items)
            say(self.words("review.nothing", number=len(self.desk.items), closed=closed))
            return
        self.open_ones = {item.tie for item in self.desk.items if item.status != CLOSED}
        place = 0
        try:
            while place < len(ties):
                place = max(0, place + self._case(ties[place], (place + 1, len(ties))))
        except (Dropped, EOFError):
            pass
        say(self.words("review.key.saved", number=len(turns(self.desk.items, self.by, self.desk.reviewers))))
        if self.mine:
            tell(self.words("review.next"))

    def _ties(self) -> list[str]:
        items = turns(self.desk.items, self.by, self.desk.reviewers)
        rest = [item for item in self.desk.items if item.status == CLOSED] if self.every else []
        return [item.tie for item in (*items, *rest)]

    def _case(self, tie: str, place: tuple[int, int]) -> int:
        """Show a case and take keys; how far to go from it. Of one he may not look into only the reason is told."""
        item = self.desk.item(tie)
        if tie in self.open_ones and item.status == CLOSED and tie not in self.shown:
            return 1  # closed meanwhile, with a group
        near = self.desk.near(self.by, item)
        if near is not None:
            try:
                self.desk.refuse(self.by, item)
            except RefusedError:
                say(self.words("review.bulk.skipped", number=item.case.number, why=near_text(near, self.words)).strip())
            return 1
        self.shown.add(tie)
        item = self.desk.see(item, self.by)
        say("\n".join(case_lines(self.desk, item, self.by, place)))
        return self._keys(item, place)

    def _keys(self, item: Item, place: tuple[int, int]) -> int:
        known = actions(self.words)
        while True:
            say(self.words("review.key.line"))
            key = self.ask.text("review.key.prompt").casefold()
            if not key:
                return 1
            action = known.get(key)
            if action == "quit":
                raise Dropped
            if action == "back":
                if place[0] > 1:
                    return -1
                say(self.words("review.key.first"))
            elif action is None:
                say(self.words("review.key.unknown", typed=key))
            else:
                self._do(action, self.desk.item(item.tie))

    def _do(self, action: str, item: Item) -> None:
        if action == "steps":
            say("\n\n".join(explain(finding, self.desk.run, self.words) for finding in item.findings))
        elif action == "undo":
            self._undo()
        elif action == "bulk":
            self._kept(bulk(self.desk, self.by, item, self.ask, actions(self.words)))
        else:
            self._event(action, item)

    def _event(self, action: str, item: Item) -> None:
        try:
            kind = self.ask.one_of("review.ask.explain", ("asked", "answered")) if action == EXPLAIN else action
            act = self.ask.act(kind, item)
            pair = self.ask.pair(item) if kind == "identity" else None
            self._kept([Wanted(item, act, None, pair)])
        except Dropped:
            say(self.words("review.ask.dropped"))

    def _kept(self, wanted: Sequence[Wanted]) -> None:
        if not wanted:
            return
        try:
            written = self.desk.record(wanted)
        except (UsageError, RefusedError) as error:
            say(str(error))
            return
        numbers = [entry.number for entry in written if entry.kind == CASE]
        self.mine.append(numbers)
        if len(wanted) > 1:
            say(self.words("review.bulk.done", number=len(wanted)))
            return
        for event in self.desk.item(wanted[0].item.tie).course.events:
            if event.entry in numbers:
                say(self.words("review.recorded", line=event_line(event, self.words).strip()))

    def _undo(self) -> None:
        """Take the last act back, of one on a group all its entries."""
        entries = [entry for number in (self.mine[-1] if self.mine else ()) for entry in to_undo(self.desk.log, number)]
        if not entries:
            say(self.words("review.ask.undo_nothing"))
            return
        why = line(self.ask.text("review.ask.undo_why"))
        if not why:
            say(self.words("review.ask.dropped"))
            return
        self.mine.pop()
        for entry, undo in zip(entries, self.desk.undo(entries, self.by, why), strict=True):
            say(self.words("review.undone", number=entry.number, entry=undo.number))
