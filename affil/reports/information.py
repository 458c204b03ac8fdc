"""The files of the information for a period: the document, the figures for programs, the public numbers made of the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from affil.answers.quarter import Figures
from affil.model.run import Run
from affil.reports.anonymous.summary_files import summary_public
from affil.reports.findings_json import findings_json, json_bytes
from affil.reports.word.imprint import imprint_of
from affil.reports.word.quarterly import information_docx
from affil.words import Words


def information(runs: Sequence[Run], periods: Sequence[Figures], earlier: str | None, words: Words) -> dict[str, bytes]:
    """By name: `information.docx`, `figures.json`, `summary_public/…` of the first period. `runs` are those of `periods`."""
    last = runs[-1]
    return {
        "information.docx": information_docx(last, periods, earlier, imprint_of(last, findings_json(last)), words),
        "figures.json": json_bytes({"earlier": earlier, "periods": [_value(one) for one in periods]}),
        **summary_public(runs[0], words),
    }


def _value(one: Figures) -> dict[str, Any]:
    told = {key: {name: _plain(value) for name, value in getattr(one, key).items()} for key in ("all", "national")}
    return {"run": one.run, "from": one.since.isoformat(), "to": one.until.isoformat(), **told}


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int) else f"{value:.2f}"
