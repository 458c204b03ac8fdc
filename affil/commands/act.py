"""What one command does, gathered while it runs and written to the log when it ends; also where it fails."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from affil.commands.operator import operator

if TYPE_CHECKING:
    from affil.audit.waiting import Waiting
    from affil.settings import Settings
    from affil.store.store import Store
    from affil.words import Words
    from affil.workspace import Workspace

GROUPS = {"match", "audit", "rules", "key"}
UNLOGGED = {"rules"}  # the catalogue of rules is nobody's data


class Act:
    """One command. `opened` begins it, `session` keeps it, `main` tells it where it failed; commands note what may be told."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Nothing has begun."""
        self._place: tuple[Workspace, Settings, Words] | None = None
        self._who = ""
        self._facts: dict[str, Any] = {}
        self._persons: list[tuple[str, ...]] = []
        self._places: list[tuple[str, str]] = []
        self._is_kept = False

    @property
    def who(self) -> str:
        """Who works, for the log; empty where no workspace was opened."""
        return self._who

    @property
    def author(self) -> str | None:
        """The name a decision may be signed with; None where only an account is known, which is no name."""
        from affil.audit.entry import ACCOUNT

        return None if not self._who or self._who.startswith(ACCOUNT) else self._who

    def begin(self, place: Workspace, settings: Settings, words: Words, ask: bool = True) -> None:
        """A workspace was opened: from here on what is done is logged. The second time in one command changes nothing."""
        if typed() in UNLOGGED or (self._place is not None and self._place[0].root == place.root):
            return
        self._place = (place, settings, words)
        self._who = operator(place, settings, words, ask)

    def note(self, **facts: object) -> None:
        """Facts of the entry to come; affil/audit/body.py says of which forms."""
        self._facts |= facts

    def looked_at(self, *persons: Iterable[str]) -> None:
        """Persons were shown, each by his references."""
        self._persons += [tuple(sorted(told)) for told in map(set, persons) if told]

    def seen_in(self, places: Iterable[tuple[str, str]]) -> None:
        """Persons were shown out of the folder of a run: those of these records (file, locator), found in the store later."""
        self._places += places

    def keep(self, store: Store, command: str) -> None:
        """Write what was noted to the end of the log, and forget it here. A transaction that is open is the caller's.

        So a decision and its entry in the log are kept together or not at all.
        """
        from affil.audit.waiting import written

        written(store, self._entry(command))
        self._forget()
        self._is_kept = True

    def entered(self) -> None:
        """A session begins: what is kept from here on is its own."""
        self._is_kept = False

    def leaving(self, store: Store, command: str) -> None:
        """A session ends well: its entry is written, unless the command kept one itself and noted nothing since."""
        if not self._is_kept or self._facts or self._persons or self._places:
            with store.transaction():
                self.keep(store, command)

    def _forget(self) -> None:
        self._facts, self._persons, self._places = {}, [], []

    def later(self, command: str, **facts: object) -> None:
        """One more entry once the store is closed; where it cannot be opened now, the entry waits beside it."""
        if self._place is None:
            return
        from affil.commands.session import session
        from affil.errors import AffilError

        place, settings, words = self._place
        self.note(**facts)
        if place.store.exists():
            try:
                with session(place, settings, words, command, again=True):
                    return
            except AffilError:
                pass
        self.leave(command)

    def leave(self, command: str) -> None:
        """Leave what was noted beside the store, which another holds; where even that fails, say so."""
        if self._place is None:
            return
        from affil.audit.waiting import leave
        from affil.commands.common import tell

        place, _, words = self._place
        try:
            leave(place.root, self._entry(command))
        except OSError as error:
            tell(words("audit.not_kept", folder=place.root, cause=error.strerror or error))
        self._forget()

    def failed(self, exit_code: int) -> None:
        """The command ended so: the log has it with its code alone, for what an error says quotes what it met."""
        self._forget()
        self.later(typed() or "affil", result="failed", exit=exit_code)

    def _entry(self, command: str) -> Waiting:
        from affil.audit.waiting import Waiting

        return Waiting(dt.datetime.now(), self._who, command, self._facts, tuple(self._persons), tuple(sorted(set(self._places))))


def typed() -> str:
    """The command as it was typed: `screen`, `match show`; empty where there is none."""
    words = [one for one in sys.argv[1:3] if one[:1].isascii() and one.replace("-", "").isalpha() and one.islower()]
    if not words or words[0] != sys.argv[1]:
        return ""
    return " ".join(words) if words[0] in GROUPS and words[0] not in UNLOGGED else words[0]


ACT = Act()
