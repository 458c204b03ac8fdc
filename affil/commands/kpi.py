"""`affil kpi`: officials checked for affiliation against the monthly plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affil.commands.act import ACT
from affil.commands.common import BELOW_PLAN, Debug, Folder, H, Json, Lang, day, opened, print_json, say, tell, wrong
from affil.commands.screened import screened
from affil.commands.session import session

if TYPE_CHECKING:
    from affil.answers.kpi import Kpi
    from affil.words import Words


def kpi(
    workspace: Folder = Path(),
    headcount: Annotated[int | None, typer.Option("--headcount", min=1, help=H("kpi.headcount"))] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help=H("kpi.as_of"))] = None,
    institutions: Annotated[bool, typer.Option("--institutions", help=H("kpi.institutions.help"))] = False,
    svg: Annotated[Path | None, typer.Option("--svg", help=H("kpi.chart.help"))] = None,
    as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """The indicator of the plan; exit code 4 below the plan, which takes a headcount, or below the norm of institutions."""
    from affil import pipeline
    from affil.answers.institutions import institutions as covered
    from affil.answers.kpi import kpi as indicator
    from affil.audit.persons import persons_of_officials
    from affil.reports.kpi import institutions_json, institutions_text, kpi_json, kpi_text

    place, settings, words = opened(workspace, lang)
    if svg is not None and (institutions or svg.resolve().is_relative_to(place.inbox.resolve())):
        wrong(words("kpi.chart.institutions" if institutions else "kpi.chart.inbox", file=svg))
    plan = settings.plan
    with session(place, settings, words, "kpi") as store:
        run = screened(store, place, settings, pipeline.Scope(as_of=day(as_of, words)), words)
        of_institutions = covered(store, run, plan) if institutions else None
        found = indicator(run, plan.by_month, headcount or plan.headcount, plan.counts)
        ACT.note(run=run.id, officials=run.counts["officials"])
        named = of_institutions.named if of_institutions else found.unchecked
        ACT.looked_at(*persons_of_officials(store, [row.employee.key for row in named]))
    if of_institutions is not None:
        print_json(institutions_json(of_institutions)) if as_json else say(institutions_text(of_institutions, words))
        raise typer.Exit(BELOW_PLAN if of_institutions.below_norm else 0)
    if svg is not None:
        _draw(found, svg, words)
    print_json(kpi_json(found, words)) if as_json else say(kpi_text(found, words))
    if found.below_plan:
        raise typer.Exit(BELOW_PLAN)


def _draw(found: Kpi, file: Path, words: Words) -> None:
    """The chart as a file; numbers only, nobody's name."""
    from affil.errors import SettingsError
    from affil.reports.folder import replace_text
    from affil.reports.kpi_chart import kpi_svg

    try:
        replace_text(file, kpi_svg(found, words))
    except OSError as error:
        raise SettingsError(words("workspace.cannot_write", folder=file, cause=error.strerror or error)) from None
    tell(words("kpi.chart.written", file=file))
