"""The one door by which commands open the store: its key, who holds it, a clock that went back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from affil.commands.act import ACT
from affil.commands.common import tell

if TYPE_CHECKING:
    from affil.settings import Settings
    from affil.store.connect import StoreHeldError
    from affil.store.store import Store
    from affil.words import Words
    from affil.workspace import Workspace

CLOCK_MAY_BE_BEHIND = dt.timedelta(hours=2)


@contextmanager
def session(
    place: Workspace | None, settings: Settings, words: Words, command: str, logged: bool = True, again: bool = False
) -> Iterator[Store]:  # fmt: skip
    """The open store of the workspace for `command`, as it is typed: `screen`, `match decide`; None gives one in memory.

    What the command noted (affil/commands/act.py) is in the log once this ends without an error, before anything is printed after
    it; `logged` is false where the command has more to note later, `again` true where it has been told of the store before.

    Raises `StoreHeldError` saying who holds it and since when, `StoreError` and `SettingsError` where it cannot be opened.
    """
    from affil.audit.waiting import take_in
    from affil.commands.unfinished import Unfinished
    from affil.store.connect import StoreHeldError
    from affil.store.encrypt import tidy
    from affil.store.holder import held
    from affil.store.key import key_of
    from affil.store.rewrite import rewritten_after
    from affil.store.store import Store

    if place is None:
        with Store.open(None, words.lang) as store:
            yield store
        return
    key = key_of(settings, place.root, words)
    try:
        store = Store.open(place.store, words.lang, key, tell)
    except StoreHeldError as error:
        raise held_error(place, error, words) from error
    unfinished = Unfinished(place, words, command)
    with held(place.store, command), rewritten_after(store, place.store, key, words, tell, unfinished):
        if not again:
            tidy(place.store)
            _tell_of_the_clock(store, words)
            unfinished.take_up(store)
        take_in(store, place.root)
        ACT.entered()
        yield store
        if logged:
            ACT.leaving(store, command)


def held_error(place: Workspace, error: StoreHeldError, words: Words) -> StoreHeldError:
    """The same error saying who holds the store and since when, where that is known."""
    from affil.store.connect import StoreHeldError
    from affil.store.holder import holder_of

    found = holder_of(place.store)
    if found is None:
        return error
    since = dt.datetime.fromisoformat(found.since)
    told = words(
        "store.held", path=place.store, command=found.command, operator=found.operator, host=found.host, pid=found.pid,
        time=f"{since:%H:%M}", date=f"{since:%d.%m.%Y}",
    )  # fmt: skip
    return StoreHeldError(told)


def _tell_of_the_clock(store: Store, words: Words) -> None:
    """A clock set back makes the order of what was done doubtful: it is told, and nothing rests on it."""
    [(last,)] = store.sql("""
        SELECT max(told) FROM (SELECT max(loaded_at) AS told FROM source UNION ALL SELECT max(recorded_at) FROM decision
        UNION ALL SELECT max("at") FROM audit)""").fetchall()
    now = dt.datetime.now()
    if last is not None and last - now > CLOCK_MAY_BE_BEHIND:
        tell(words("store.clock", now=f"{now:%d.%m.%Y %H:%M}", last=f"{last:%d.%m.%Y %H:%M}"))
