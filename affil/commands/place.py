"""`affil init`, `load`: the workspace and what is loaded into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
)
from affil.words import Words

if TYPE_CHECKING:
    pass


def init(
    folder: Annotated[Path, typer.Argument(help=H("cli.init.folder"))],
    as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Make a workspace."""
    from affil.workspace import init_workspace

    words = Words(language(lang, FRESH))
    workspace = init_workspace(folder, words.lang)
    if as_json:
        print_json({"workspace": str(workspace.root)})
    else:
        print(words("cli.init.done", folder=workspace.root))


def load(
    paths: Annotated[list[Path] | None, typer.Argument(help=H("cli.load.paths"))] = None,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Load files into the store."""
    from affil import pipeline
    from affil.progress import Told
    from affil.store.outline import with_unlinked
    from affil.store.store import Store

    place, settings, words = opened(workspace, lang)
    with Store.open(place.store, words.lang) as store, Told(words, quiet=as_json) as told:
        must_exist(paths or [place.inbox], words)
        read = pipeline.load(store, place, paths or [place.inbox], settings, told.loaded, told.files)
        loaded = with_unlinked(store, read)
    if as_json:
        print_json(
            {
                "files": [
                    {"file": one.file, "kind": one.kind, "taken": one.taken, "rejected": one.rejected, "skipped": one.skipped}
                    for one in loaded
                ]
            }
        )
    else:
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
