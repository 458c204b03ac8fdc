"""`affil kpi`: officials checked for affiliation against the monthly plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from affil.commands.act import ACT
from affil.commands.common import BELOW_PLAN, Debug, Folder, H, Json, Lang, day, opened, print_json
from affil.commands.session import session


def kpi(
    workspace: Folder = Path(),
    headcount: Annotated[int | None, typer.Option("--headcount", min=1, help=H("kpi.headcount"))] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help=H("kpi.as_of"))] = None,
    as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """The indicator of the plan; exit code 4 where it is below the plan, which takes a headcount."""
    from affil import pipeline
    from affil.answers.kpi import kpi as indicator
    from affil.reports.kpi import kpi_json, kpi_text

    place, settings, words = opened(workspace, lang)
    with session(place, settings, words, "kpi") as store:
        run = pipeline.screen(store, pipeline.rules_of(place), settings, pipeline.Scope(as_of=day(as_of, words)))
        ACT.note(run=run.id, officials=run.counts["officials"])
    plan = settings.plan
    found = indicator(run, plan.by_month, headcount or plan.headcount, plan.counts)
    if as_json:
        print_json(kpi_json(found, words))
    else:
        print(kpi_text(found, words))
    if found.below_plan:
        raise typer.Exit(BELOW_PLAN)
