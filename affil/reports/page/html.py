"""`report.html`: one self-contained page that opens from a shared folder with no network and no script (CONTRACT 4).

It prints no addresses, birth dates or ИНН of natural persons (OFFICER 7): none is put in, and any that came with a
file's name or a locator is covered.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from affil.language.identifiers import valid_inn
from affil.model.finding import PRIORITIES, Run
from affil.reports import phrases
from affil.reports.cases import Case, cases_of
from affil.reports.identity_text import namesakes_text
from affil.reports.page.page_parts import case_view, limit_rows, reason_rows, rules_of, source_lines
from affil.reports.values import date_text, in_text, part_text
from affil.words import Words

FORMS = ((True, 6), (False, 6), (False, 1))  # whether cases are told at length, and how many paths of each are drawn
LARGEST = 1_000_000  # bytes, CONTRACT and issue 2: 200 cases in 1 MB
TRIED_CASES = 400  # above this only the shortest form can fit
LONGEST = 2_000
PERSON_INN = re.compile(r"(?<!\d)\d{12}(?!\d)")
IDLE_SPACE = re.compile(r"\n\s+")
CONTROL_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def report_html(run: Run, words: Words) -> bytes:
    """The page in the language of `words`, UTF-8; every value from outside is escaped.

    The fullest of three forms that is not above 1 MB: everything in each case; cases told briefly, with the texts of rules
    standing once after them; the same with the strongest path of each case only.
    """
    cases = cases_of(run.findings)
    tables: dict[str, list[Any]] = {
        "reasons": reason_rows(run, words),
        "limits": limit_rows(run, words),
        "sources": source_lines(run, words),
    }
    page = b""
    for roomy, most in FORMS if len(cases) <= TRIED_CASES else FORMS[-1:]:
        page = _page(run, cases, tables, words, roomy, most)
        if len(page) <= LARGEST:
            break
    return page


def _page(run: Run, cases: tuple[Case, ...], tables: dict[str, list[Any]], words: Words, roomy: bool, most: int) -> bytes:
    views = [case_view(case, run, words, roomy, most) for case in cases]
    shown, namesakes = [view for view in views if not view.case.name_only], [view for view in views if view.case.name_only]
    text = (
        _environment()
        .get_template("report.html.j2")
        .render(
            run=run,
            words=words,
            cases=shown,
            namesakes=namesakes,
            roomy=roomy,
            rules=rules_of(views),
            results=Counter(item.result for item in run.coverage),
            priorities=[(key, sum(view.case.priority == key for view in shown)) for key in PRIORITIES],
            **tables,
            p=phrases,
            namesakes_of=lambda step: namesakes_text(step.resemblance, words),
            date=date_text,
            part=lambda done, whole: in_text(part_text(done, whole), words),
            label=lambda table, key: phrases.label(words, table, key),
        )
    )
    return without_person_inn(IDLE_SPACE.sub("\n", text)).encode("utf-8", "replace")


def without_person_inn(text: str) -> str:
    """`text` with every ИНН of a natural person covered but its first two digits (the region)."""
    return PERSON_INN.sub(lambda match: match[0][:2] + "•" * 10 if valid_inn(match[0]) else match[0], text)


def shown_text(value: object) -> object:
    """Any text before it is escaped: no control or direction signs, never longer than a page can bear."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    clean = CONTROL_SIGNS.sub("", value)
    return clean if len(clean) <= LONGEST else clean[:LONGEST] + "…"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown_text,
    )
