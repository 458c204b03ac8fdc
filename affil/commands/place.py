"""`affil init`, `load`: the workspace and what is loaded into it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affil.commands.act import ACT
from affil.commands.common import (
    FRESH,
    Debug,
    Folder,
    H,
    Json,
    Lang,
    language,
    must_exist,
    opened,
    print_json,
    tell,
    wrong,
)
from affil.commands.session import session
from affil.words import Words

if TYPE_CHECKING:
    from affil.store.loaded import Loaded
    from affil.store.store import Store


def init(
    folder: Annotated[Path, typer.Argument(help=H("cli.init.folder"))],
    as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Make a workspace."""
    from affil.workspace import init_workspace

    words = Words(language(lang, FRESH))
    workspace = init_workspace(folder, words.lang)
    ACT.begin(workspace, workspace.settings(), words)
    ACT.leave("init")
    if as_json:
        print_json({"workspace": str(workspace.root)})
    else:
        print(words("cli.init.done", folder=workspace.root))


def load(
    paths: Annotated[list[Path] | None, typer.Argument(help=H("cli.load.paths"))] = None,
    explain: Annotated[bool, typer.Option("--explain", help=H("load.option.explain"))] = False,
    map_headings: Annotated[bool, typer.Option("--map", help=H("load.option.map"))] = False,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Load files into the store."""
    place, settings, words = opened(workspace, lang)
    wanted = paths or [place.inbox]
    must_exist(wanted, words)
    if explain and map_headings:
        wrong(words("load.two_ways"))
    if explain:
        from affil.commands.load_explain import explained

        explained(place, settings, wanted, as_json, words)
        ACT.later("load --explain")
        return
    from affil import pipeline
    from affil.audit.facts import loaded_facts
    from affil.progress import Told
    from affil.store.outline import with_unlinked
    from affil.store.own_headings import unknown_headings

    with session(place, settings, words, "load") as store:
        with Told(words, quiet=as_json) as told:
            read = pipeline.load(store, place, wanted, settings, told.loaded, told.files)
        ACT.note(**loaded_facts(read))
        ACT.keep(store, "load")
        loaded = with_unlinked(store, read)
        unknown = [one for one in unknown_headings(store) if one.filled]
        if not (as_json and map_headings):
            _tell_loaded(read, loaded, as_json, words)
        warn_of_withheld(store, read, words)
        if map_headings:
            from affil.commands.load_map import ask_headings

            ask_headings(store, place, wanted, unknown, as_json, words)
        elif unknown and not as_json:
            tell(words("load.unknown_headings", number=len(unknown)))


def warn_of_withheld(store: Store, loaded: Sequence[Loaded], words: Words) -> None:
    """That kin of the files just read was not taken for want of a legal basis, and what to do."""
    from affil.resolve.withheld import withheld_in

    officials, rows = withheld_in(store, [one.source_id for one in loaded if not one.skipped])
    if rows:
        tell(words("load.withheld", officials=officials, rows=rows))


def _tell_loaded(read: Sequence[Loaded], loaded: Sequence[Loaded], as_json: bool, words: Words) -> None:
    if as_json:
        print_json({"files": [_value(one) for one in loaded]})
        return
    unlinked = sum(one.rejected for one in loaded) - sum(one.rejected for one in read)
    if unlinked:  # known only when all files are in: the lines of the files could not tell it
        tell(words("cli.load.unlinked", number=unlinked))
    tell(
        words(
            "cli.load.done",
            files=len(loaded),
            skipped=sum(one.skipped for one in loaded),
            rejected=sum(one.rejected for one in loaded),
        )
    )


def _value(one: Loaded) -> dict[str, Any]:
    value = {"file": one.file, "kind": one.kind, "taken": _taken(one), "rejected": one.rejected, "skipped": one.skipped}
    return value | ({"same_as": one.same_as} if one.same_as else {}) | ({"why": one.why} if one.why else {})


def _taken(one: Loaded) -> dict[str, int]:
    """The counts as CONTRACT 2 names them: entrepreneurs of ЕГРИП are organisations there (СвЮЛ + СвИП)."""
    taken = dict(one.taken)
    entrepreneurs = taken.pop("proprietors", 0)
    return taken | ({"organisations": taken.get("organisations", 0) + entrepreneurs} if entrepreneurs else {})
