"""`affil forget`: what was loaded is taken back, with everything that hung on it."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affil.commands.act import ACT
from affil.commands.common import Debug, Folder, H, Json, Lang, opened, print_json, say, tell, wrong
from affil.commands.session import session

if TYPE_CHECKING:
    from affil.audit.persons import Persons
    from affil.resolve.forget import Gone
    from affil.store.store import Store
    from affil.words import Words
    from affil.workspace import Workspace

MOST_SHOWN = 20


def forget(
    sources: Annotated[list[str], typer.Argument(help=H("load.forget.source"))],
    yes: Annotated[bool, typer.Option("--yes", help=H("load.forget.yes"))] = False,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Take loaded files back."""
    from affil.audit.facts import source_facts
    from affil.pipeline import only_customer
    from affil.resolve.forget import forget as take_back
    from affil.resolve.forget import what_would_go

    place, settings, words = opened(workspace, lang)
    employer, without = only_customer(settings), settings.legal_basis.relatives.missing()
    with session(place, settings, words, "forget") as store:
        found = sorted({one for name in sources for one in _meant(store, place, name, words)})
        gone, told = what_would_go(store, found, employer, without), source_facts(store, [source_id for _, source_id in found])
        if not as_json:
            say("\n".join(_lines(gone, words)))
        if not yes and not as_json and not sys.stdin.isatty():
            wrong(words("load.forget.not_asked"))
        done = yes or (not as_json and _agreed(words))
        if done:
            take_back(store, found, employer, dt.datetime.now(), without)
        ACT.note(files=told, done=done)
        ACT.looked_at(*_shown(store, found, gone))
    if as_json:
        print_json(_value(gone, done))
    else:
        tell(words("load.forget.done", number=len(found)) if done else words("load.forget.kept"))


def _shown(store: Store, sources: Sequence[tuple[str, str]], gone: Gone) -> Persons:
    """Whom the list of officials named and the store still knows; of who is gone with his files no number is kept."""
    from affil.audit.persons import persons_of_officials

    ids = [source_id for _, source_id in sources]
    rows = store.sql(
        "SELECT DISTINCT official_key, name FROM official WHERE source_id IN (SELECT unnest(CAST(? AS VARCHAR[])))", [ids]
    ).fetchall()
    return persons_of_officials(store, (key for key, name in rows if name in gone.officials))


def _meant(store: Store, place: Workspace, name: str, words: Words) -> list[tuple[str, str]]:
    from affil.ingest.files import file_name
    from affil.resolve.forget import sources_named

    path = Path(name)
    found = sources_named(store, [name, file_name(path, path, place.root)])
    if not found:
        known = [file for (file,) in store.sql("SELECT DISTINCT file FROM source ORDER BY 1").fetchall()]
        if not known:
            wrong(words("load.forget.unknown_empty", name=name))
        shown = "; ".join(known[:MOST_SHOWN])
        wrong(words("load.forget.unknown", name=name, known=shown if len(known) <= MOST_SHOWN else f"{shown} …"))
    return found


def _agreed(words: Words) -> bool:
    try:
        answer = input(words("load.forget.ask"))
    except EOFError:
        return False
    return answer.strip().casefold() in {word.strip() for word in words("load.forget.yes_words").split(",")}


def _lines(gone: Gone, words: Words) -> Iterator[str]:
    yield words("load.forget.going", number=len(gone.sources))
    yield from (words("load.forget.file", file=file) for file, _ in gone.sources[:MOST_SHOWN])
    if len(gone.sources) > MOST_SHOWN:
        yield words("load.forget.more_files", number=len(gone.sources) - MOST_SHOWN)
    for table, number in sorted(gone.rows.items()):
        yield words("load.forget.row", table=words.raw("load.table").get(table, table), number=number)
    if not gone.rows:
        yield words("load.forget.nothing")
    if gone.officials:
        yield words("load.forget.officials", number=len(gone.officials), names=_some(gone.officials))
    if gone.restored:
        yield words("load.forget.restored", number=gone.restored)
    if gone.unlinked:
        yield words("load.forget.unlinked", number=gone.unlinked)
    if gone.decisions:
        yield words("load.forget.decisions", numbers=_some([str(number) for number in gone.decisions]))


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_SHOWN]) + (" …" if len(names) > MOST_SHOWN else "")


def _value(gone: Gone, done: bool) -> dict[str, Any]:
    return {
        "forgotten": done,
        "files": [{"file": file, "source_id": source_id} for file, source_id in gone.sources],
        "rows": gone.rows,
        "officials": list(gone.officials),
        "restored": gone.restored,
        "unlinked": gone.unlinked,
        "decisions": list(gone.decisions),
    }
