"""`affil report`: the documents of a finished run once more, beside its folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from affil.commands.act import ACT
from affil.commands.common import Debug, Folder, H, Json, Lang, opened, print_json, tell, wrong
from affil.commands.screened import screened
from affil.commands.session import session
from affil.words import Words

# What `--format` names, by how the file's name within the run's folder begins or ends.
FORMATS = ("json", "csv", "xlsx", "docx", "html", "pseudonymised", "summary_public")
KNOWN = ", ".join(FORMATS)


def report(
    run: Annotated[str, typer.Argument(help=H("cli.report.run"))] = "latest",
    formats: Annotated[list[str] | None, typer.Option("--format", help=H("cli.report.format", formats=KNOWN))] = None,
    out: Annotated[Path | None, typer.Option("--out", help=H("cli.report.out"))] = None,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Write a run's documents again; the run is made anew from the store and must be the same one."""
    from affil import pipeline
    from affil.reports.again import asked_run, told_as_then
    from affil.reports.documents import run_documents
    from affil.reports.folder import write_documents
    from affil.reports.then import documents_then
    from affil.store.connect import StoreHeldError

    place, settings, words = opened(workspace, lang)
    asked = list(dict.fromkeys(formats or FORMATS))
    for one in asked:
        if one not in FORMATS:
            wrong(words("cli.report.unknown_format", found=one, expected=KNOWN))
    folder = place.run_folder(run)
    then = asked_run(folder, words)
    target = out or folder.with_name(f"{folder.name}_documents")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        wrong(words("cli.report.not_empty", folder=target))
    if target.resolve().is_relative_to(folder.resolve()):
        wrong(words("cli.report.inside", folder=folder))
    try:
        with session(place, settings, words, "report") as store:
            now = screened(store, place, settings, pipeline.Scope(*then.period, then.as_of), words)
            ACT.note(run=then.run, formats=asked)
        if now.id != then.run:
            wrong(words("cli.report.another", run=then.run, now=now.id, folder=folder))
        documents = run_documents(told_as_then(now, then), Words(lang or then.lang))
    except StoreHeldError as error:
        if lang not in (None, then.lang):  # in the language they were written in they are there
            raise
        documents = documents_then(folder, words)
        tell(words("store.then.documents", why=error, run=folder.name))
    chosen = {name: content for name, content in documents.items() if _format(name) in asked}
    write_documents(chosen, target)
    ACT.later("documents", run=then.run, documents=len(chosen))
    if as_json:
        print_json({"run": then.run, "folder": str(target), "files": sorted(chosen)})
    else:
        tell(words("cli.report.done", number=len(chosen), folder=target))


def _format(name: str) -> str:
    """The format a document of a run belongs to; the manifest belongs to none."""
    return "" if name == "manifest.json" else name.partition("/")[0] if "/" in name else name.rpartition(".")[2]
