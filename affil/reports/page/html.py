"""`report.html`: one self-contained page that opens from a shared folder with no network (CONTRACT 4).

It is whole without its script, which only narrows the list of cases. It prints no addresses, birth dates or ИНН of natural
persons (OFFICER 7): none is put in, and any that came with a file's name or a locator is covered.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from affil.language.identifiers import valid_inn
from affil.model.finding import PRIORITIES
from affil.model.run import Run
from affil.reports import phrases
from affil.reports.cases import Case, cases_of
from affil.reports.clean import clean
from affil.reports.findings_json import findings_json
from affil.reports.kpi import kpi_of, kpi_text
from affil.reports.kpi_chart import kpi_svg
from affil.reports.page.facets import facets_of
from affil.reports.page.page_parts import Form, case_view, rules_of
from affil.reports.page.policy import TEMPLATES, policy, script_text, squeezed, style_of
from affil.reports.page.result import changes_text, imprint, result_of
from affil.reports.page.tables import limit_rows, reason_rows, source_lines
from affil.reports.values import date_text, in_text, part_text
from affil.words import Words

DRAWN = 200  # cases with drawings on a page that cannot draw all
FORMS = (Form(True, 6, DRAWN), Form(False, 6, DRAWN), Form(False, 1, DRAWN), Form(False, 1, DRAWN // 4))
MANY = Form(False, 1, DRAWN)
LARGEST = 1_000_000  # bytes, CONTRACT and issue 2: 200 cases in 1 MB
PERSON_INN = re.compile(r"(?<!\d)\d{12}(?!\d)")
BREAKS = re.compile("[\u200b-\u200d\u2028\u2029\u2060-\u2064\ufff9-\ufffb]")  # of words, lines and notes, unseen


def report_html(run: Run, words: Words, findings: bytes | None = None) -> bytes:
    """The page in the language of `words`, UTF-8; every value from outside is escaped. `findings`: its `findings.json`, where
    that is made already.

    The fullest form that is not above 1 MB: everything in each case; cases told briefly, with the texts of rules standing once
    after them; the same with the strongest way of each case only; drawings for the first 50 cases alone. Of more than 200
    cases the first 200, which are the strongest, have drawings, and the others are told in words.
    """
    cases = cases_of(run.findings)
    shared: dict[str, Any] = {
        "reasons": reason_rows(run, words),
        "limits": limit_rows(run, words),
        "sources": source_lines(run, words),
        "result": result_of(run, cases, words),
        "facets": facets_of(cases, words),
        "imprint": imprint(run, findings_json(run) if findings is None else findings, words),
        "changes": changes_text(run, words),
        "kpi": kpi_of(run),
    }
    page = b""
    for form in FORMS if len(cases) <= DRAWN else (MANY,):
        page = _page(run, cases, shared, words, form)
        if len(page) <= LARGEST:
            break
    return page


def _page(run: Run, cases: tuple[Case, ...], shared: dict[str, Any], words: Words, form: Form) -> bytes:
    views = [case_view(case, run, words, form) for case in cases]
    shown, namesakes = [view for view in views if not view.case.name_only], [view for view in views if view.case.name_only]
    style, script = style_of(shared["imprint"], words), script_text()
    text = (
        _environment()
        .get_template("report.html.j2")
        .render(
            run=run,
            words=words,
            cases=shown,
            namesakes=namesakes,
            roomy=form.roomy,
            drawn=form.drawn,
            rules=rules_of(views),
            results=Counter(item.result for item in run.coverage),
            priorities=[(key, sum(view.case.priority == key for view in shown)) for key in PRIORITIES],
            **shared,
            p=phrases,
            style=Markup(style),
            script=Markup(script),
            policy=Markup(policy(style, script)),
            date=date_text,
            kpi_lines=lambda found: kpi_text(found, words, brief=True).splitlines()[1:],
            kpi_svg=lambda found: Markup(kpi_svg(found, words, standalone=False)),
            part=lambda done, whole: in_text(part_text(done, whole), words),
            label=lambda table, key: phrases.label(words, table, key),
        )
    )
    return without_person_inn(squeezed(text)).encode("utf-8", "replace")


def without_person_inn(text: str) -> str:
    """`text` with every ИНН of a natural person covered but its first two digits (the region)."""
    return PERSON_INN.sub(lambda match: match[0][:2] + "•" * 10 if valid_inn(match[0]) else match[0], text)


def shown_text(value: object) -> object:
    """Any text before it is escaped: no control or direction signs, never longer than a page can bear."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return BREAKS.sub("", clean(value))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown_text,
    )
