"""What every command does about a destruction that was cut short: it finishes it, or calls it off, and says which."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from affil.commands.common import tell

if TYPE_CHECKING:
    from affil.retention.unfinished import Note
    from affil.store.store import Store
    from affil.words import Words
    from affil.workspace import Workspace


class Unfinished:
    """The destructions noted in the store of a workspace (affil/retention/unfinished.py), for one session of `command`."""

    def __init__(self, place: Workspace, words: Words, command: str) -> None:
        self._place, self._words, self._command = place, words, command

    def take_up(self, store: Store) -> None:
        """At the beginning: those whose rows are all there are called off, of the others the files are deleted."""
        from affil.retention.unfinished import call_off, delete_files

        for note in self._notes(store):
            try:
                if not note.is_gone:
                    done = call_off(store, note, self._place.root)
                    self._tell("called_off" if done else "not_called_off", note)
                    continue
            except OSError as error:
                self._tell("not_called_off", note, cause=error.strerror or error)
                continue
            self._tell("goes_on", note)
            for name, cause in delete_files(store, note, self._place.root, self._place.store):
                self._tell("not_deleted", note, name=name, cause=cause)

    def is_due(self, store: Store) -> bool:
        """Whether the papers of any are to be named."""
        return any(note.is_gone for note in self._notes(store))

    def do(self, store: Store) -> None:
        """The store is written anew: the papers take their names."""
        from affil.retention.unfinished import DONE, NO_DRAFT, give_up, publish

        for note in self._notes(store):
            try:
                came = publish(store, note, self._place.root)
            except OSError as error:
                self._tell("not_named", note, cause=error.strerror or error)
                continue
            if came == DONE:
                self._tell("done" if note.on.date() == dt.date.today() else "done_later", note)
            elif came is not None:
                self._tell(came, note)
                if came == NO_DRAFT and self._command == "purge":  # whoever purges has read it now
                    give_up(store, note)

    def _notes(self, store: Store) -> list[Note]:
        if store.sql("SELECT 1 FROM meta WHERE starts_with(key, 'purge_note ') LIMIT 1").fetchone() is None:
            return []  # nearly always: nothing more is imported
        from affil.retention.unfinished import notes_of

        return notes_of(store)

    def _tell(self, key: str, note: Note, **more: object) -> None:
        names = ", ".join(note.papers)
        told = {"date": f"{note.on:%d.%m.%Y %H:%M}", "folder": note.place(self._place.root), "names": names, **more}
        tell(self._words(f"retention.unfinished.{key}", today=f"{dt.date.today():%d.%m.%Y}", **told))
