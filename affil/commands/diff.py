"""`affil diff`: what became of every tie from one run to another, and the information for a quarter or a year made of it."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affil.commands.act import ACT
from affil.commands.common import Debug, Folder, H, Json, Lang, opened, print_json, say, tell, wrong
from affil.commands.session import session

if TYPE_CHECKING:
    from affil.model.run import Run
    from affil.settings import Settings
    from affil.store.store import Store
    from affil.words import Words
    from affil.workspace import Workspace

PERIOD = re.compile(r"(?:([1-4])-)?(\d{4})")

Value = dict[str, Any]


def diff(
    earlier: Annotated[str, typer.Argument(help=H("diff.earlier"))],
    later: Annotated[str, typer.Argument(help=H("diff.later"))] = "latest",
    period: Annotated[str | None, typer.Option("--period", help=H("diff.period"))] = None,
    out: Annotated[Path | None, typer.Option("--out", help=H("diff.out"))] = None,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """New, gone, changed, reopened ties, and decisions that no longer cover, from one finished run to another."""
    from affil.audit.persons import persons_in, places_told
    from affil.reports.delta import delta
    from affil.reports.delta_text import delta_json, delta_text

    place, settings, words = opened(workspace, lang)
    asked = _periods(period, words)
    folder = _folder(place, out, asked, words)
    before, after = (_findings(place.run_folder(name), words) for name in (earlier, later))
    found = delta(before["findings"], after["findings"])
    with session(place, settings, words, "diff") as store:
        files = _information(store, place, settings, asked, before, words) if asked else {}
        shown = [one for one in (*before["findings"], *after["findings"]) if one["tie"] in found.ties]
        ACT.note(run=after["run"], findings=len(after["findings"]))
        ACT.looked_at(*persons_in(store, places_told(shown)))
    if files:
        _write(files, folder, words)
    if as_json:
        told: Value = {"information": {"folder": str(folder), "files": sorted(files)}} if files else {}
        print_json(delta_json(before["run"], after["run"], found) | told)
    else:
        say(delta_text(before["run"], after["run"], found, words))


def _findings(folder: Path, words: Words) -> Value:
    """`findings.json` of a run, as it was written."""
    from affil.reports.then import documents_then

    told: Value = json.loads(documents_then(folder, words)["findings.json"])
    return told


def _periods(period: str | None, words: Words) -> list[tuple[dt.date, dt.date]]:
    """First and last day of the quarter and of the year up to its end, or of the year alone; none where nothing is asked for."""
    from affil.answers.completeness import quarter_of

    if period is None:
        return []
    found = PERIOD.fullmatch(period.strip())
    if found is None or int(found[2]) < 1:
        wrong(words("quarter.bad_period", found=period))
    year = int(found[2])
    first = dt.date(year, 1, 1)
    asked = [quarter_of(dt.date(year, 3 * int(found[1]), 1))] if found[1] else []
    asked.append((first, asked[0][1] if asked else dt.date(year, 12, 31)))
    if asked[0][0] > dt.date.today():
        wrong(words("quarter.too_early", found=period))
    return asked


def _folder(place: Workspace, out: Path | None, asked: list[tuple[dt.date, dt.date]], words: Words) -> Path:
    """Where the information goes; what is there already is never replaced."""
    if out is not None and not asked:
        wrong(words("quarter.out_alone"))
    name = "-".join([str(asked[0][1].year), *([f"{(asked[0][1].month + 2) // 3}"] if len(asked) > 1 else [])]) if asked else ""
    folder = out or place.root / "information" / name
    if asked and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        wrong(words("cli.report.not_empty", folder=folder))
    if folder.resolve().is_relative_to(place.inbox.resolve()) or folder.resolve().is_relative_to(place.reports.resolve()):
        wrong(words("cli.report.inside", folder=folder))
    return folder


def _information(
    store: Store, place: Workspace, settings: Settings, asked: list[tuple[dt.date, dt.date]], before: Value, words: Words
) -> dict[str, bytes]:  # fmt: skip
    """The files by name: a run for each period, so that `affil screen --from --to --as-of` shows the same."""
    from affil import pipeline
    from affil.answers.quarter import figures
    from affil.audit.log import read
    from affil.decisions.log import read_log
    from affil.reports.information import information

    catalogue, log, looked = pipeline.rules_of(place), read_log(store), read(store)
    known = {one["tie"] for one in before["findings"]}
    runs: list[Run] = []
    periods = []
    for since, until in asked:
        run = pipeline.screen(store, catalogue, settings, pipeline.Scope(since, until, min(until, dt.date.today())))
        runs.append(run)
        periods.append(figures(store, run, settings.plan, known, log, looked))
    return information(runs, periods, before["run"], words)


def _write(files: dict[str, bytes], folder: Path, words: Words) -> None:
    from affil.reports.folder import write_documents

    write_documents(files, folder)
    tell(words("quarter.written", number=len(files), folder=folder))
