"""`affil export`: data and findings of a run for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affil.commands.act import ACT
from affil.commands.common import Debug, Folder, H, Json, Lang, opened, print_json, tell, wrong
from affil.commands.screened import screened
from affil.commands.session import session

if TYPE_CHECKING:
    from affil.export.formats import Exported
    from affil.words import Words
    from affil.workspace import Workspace

# What `--format` names, and by which endings `--out` is taken for a file of it and not for a folder.
FORMS: dict[str, tuple[str, ...]] = {
    "ftm": (".json", ".jsonl", ".ndjson", ".ijson", ".ftm"), "gexf": (".gexf", ".xml"), "graphml": (".graphml", ".xml"),
    "parquet": (),
}  # fmt: skip
KNOWN = ", ".join(FORMS)


def export(
    run: Annotated[str, typer.Argument(help=H("export.run"))] = "latest",
    form: Annotated[str | None, typer.Option("--format", help=H("export.format", formats=KNOWN))] = None,
    out: Annotated[Path | None, typer.Option("--out", help=H("export.out"))] = None,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Write a run's data and findings for another program; the run is made anew from the store and must be the same one."""
    from tempfile import TemporaryDirectory

    from affil import pipeline
    from affil.export.formats import exported
    from affil.reports.again import asked_run, told_as_then

    place, settings, words = opened(workspace, lang)
    if form not in FORMS:
        wrong(words("export.unknown_format", found=form, expected=KNOWN) if form else words("export.no_format", expected=KNOWN))
    folder = place.run_folder(run)
    _free(place, out, form, words)
    then = asked_run(folder, words)
    with session(place, settings, words, "export") as store:
        now = screened(store, place, settings, pipeline.Scope(*then.period, then.as_of), words)
        if now.id != then.run:
            wrong(words("export.another", run=then.run, now=now.id))
        with TemporaryDirectory(prefix=".writing-", dir=place.root) as draft:
            made = exported(form, store, told_as_then(now, then), words, Path(draft))
        ACT.note(run=then.run, formats=[form], people=made.people)
    path = _written(place, made, out, f"{folder.name}-{form}", form)
    tell(words("export.personal", people=made.people))
    if as_json:
        print_json(
            {
                "run": then.run,
                "format": form,
                "path": str(path),
                "files": sorted(made.files),
                "people": made.people,
                **made.counts,
            }
        )
    else:
        kind = "graph" if form in ("gexf", "graphml") else form
        tell(words("export.done", what=words(f"export.what_{kind}", **made.counts), path=path))


def _is_file(out: Path, form: str) -> bool:
    return out.suffix.lower() in FORMS[form] and not out.is_dir()


def _free(place: Workspace, out: Path | None, form: str, words: Words) -> None:
    """Stop where something is there already, or where what is loaded or what proves a run lies."""
    if out is None:
        return
    for kept in (place.inbox, place.reports):
        if out.resolve().is_relative_to(kept.resolve()):
            wrong(words("export.inside", folder=kept))
    if out.exists() and (_is_file(out, form) or not out.is_dir() or any(out.iterdir())):
        wrong(words("export.taken", path=out))


def _written(place: Workspace, made: Exported, out: Path | None, name: str, form: str) -> Path:
    """Write the files for their owner only, and return where."""
    from affil.reports.folder import write_documents, write_folder

    if out is None:
        return write_folder(made.files, place.exports, name)
    if _is_file(out, form):
        [content] = made.files.values()
        write_documents({out.name: content}, out.parent)
    else:
        write_documents(made.files, out)
    return out
