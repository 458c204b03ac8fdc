"""The statement that no signs were found in what was compared, or the interim result where it is withheld (OFFICER 3.3)."""

from __future__ import annotations

from affil.model.run import Run
from affil.reports.cases import Case
from affil.reports.phrases import in_language
from affil.reports.values import date_text
from affil.reports.word.addressee import addressed
from affil.reports.word.frame import changes_text, write_annexes, write_letterhead, write_signatures
from affil.reports.word.given import counted, day_months_after, number_of, spaced
from affil.reports.word.open_questions import namesakes_text, write_unknown
from affil.reports.word.outcome import Outcome
from affil.reports.word.paper import Imprint, Paper
from affil.reports.word.scope import (
    days_text,
    late_text,
    least_text,
    period_text,
    reach_text,
    sources_of,
    tables_missing,
    volume_lines,
    write_grounds,
    write_sources,
)
from affil.words import Words

ANNEXES = ("rules", "unknown", "names", "coverage")
NEVER_SEEN = ("undeclared", "hidden", "small_shares", "other_relations", "namesakes", "later")


def title_of(outcome: Outcome, words: Words) -> str:
    """The title by what was left open: none at all, so many persons and firms, or too much for a statement."""
    if outcome.kind == "partial":
        return words("nil.title.partial")
    return words("nil.title.open", of=outcome.unknown.told(words)) if outcome.unknown.any else words("nil.title.all")


def nil_docx(run: Run, cases: tuple[Case, ...], outcome: Outcome, imprint: Imprint, words: Words) -> bytes:
    """The document of a run without cases; `cases` are matches of nothing but a name."""
    paper = Paper(imprint, words, words(f"nil.file.{outcome.kind}"))
    right, _ = addressed(run, [], words)
    write_letterhead(paper, run, right, words)
    paper.title(title_of(outcome, words), period_text(run, words))
    sources = sources_of(run, words)
    paper.heading(words(f"nil.point.{'compared' if outcome.kind == 'partial' else 'checked'}"))
    write_grounds(paper, run, words)
    paper.bullets(volume_lines(run, outcome, words))
    paper.heading(words("nil.point.sources"))
    write_sources(paper, sources, words)
    _write_result(paper, run, outcome, words)
    _write_open(paper, run, cases, outcome, words)
    _write_end(paper, run, outcome, words)
    paper.next_page()
    _write_rules(paper, run, words)
    return paper.saved()


def _write_result(paper: Paper, run: Run, outcome: Outcome, words: Words) -> None:
    """That nothing was found among what was compared, or what is missing so that it can be said."""
    day = date_text(run.started.date())
    paper.heading(words(f"nil.point.{'lacking' if outcome.kind == 'partial' else 'result'}"))
    if outcome.kind == "nil":
        paper.text(words("nil.result", day=day))
        return
    texts = {
        "coverage": words("nil.lacks.coverage", reach=reach_text(outcome, words), least=least_text(outcome, words)),
        "lists": words("nil.lacks.lists", number=spaced(len(outcome.late)), customers=late_text(outcome, words)),
        "no_officials": words("nil.lacks.no_officials"), "no_purchases": words("nil.lacks.no_purchases"),
    }  # fmt: skip
    paper.text(words("nil.lacks.lead"), keep=True)
    paper.bullets([texts[key] for key in outcome.lacks])
    paper.text(words("nil.lacks.so_far", day=day))


def _write_open(paper: Paper, run: Run, cases: tuple[Case, ...], outcome: Outcome, words: Words) -> None:
    """What the comparison cannot show at all, and what could not be determined this time (points 4 and 5)."""
    always = outcome.unknown.always
    paper.heading(words("nil.point.limits"))
    paper.bullets([
        *(words(f"nil.limits.{key}") for key in NEVER_SEEN),
        *([words("nil.limits.before_extract", of=counted("nil.of.firms", always, words))] if always else []),
        *([words("nil.limits.tables")] if tables_missing(run, words) else []),
    ])  # fmt: skip
    paper.heading(words("nil.point.unknown"))
    write_unknown(paper, run, outcome, words)
    paper.text(namesakes_text(cases, words))
    paper.text(changes_text(run, words))


def _write_end(paper: Paper, run: Run, outcome: Outcome, words: Words) -> None:
    """How long it holds, disclaimer, annexes, signatures (points 6 and 7)."""
    until, months = day_months_after(run, "repeat_months"), number_of(run, "documents", "repeat_months")
    again = words("nil.again", day=date_text(until), months=months) if until else words("paper.blank")
    paper.heading(words("nil.point.valid"))
    if outcome.kind == "nil":
        paper.text(words("nil.valid", days=days_text(run.volume.extracts, words), again=again))
    else:
        paper.text(words("nil.repeat"))
    paper.heading(words("nil.point.disclaimer"))
    paper.disclaimer()
    paper.text(words("nil.annexes"), indent=False, keep=True)
    write_annexes(paper, run, ANNEXES, words)
    write_signatures(paper, run, words)


def _write_rules(paper: Paper, run: Run, words: Words) -> None:
    """Annex 1: every rule that was applied, with the norms it rests on."""
    paper.heading(words("nil.rules.title"))
    day = date_text(run.rules_date) or words("paper.no_date")
    paper.text(words("nil.rules.lead", number=len(run.rules), date=day, own=run.own_rules))
    rows = [
        (number, in_language(rule.title, words) or rule.id, words(f"nil.rules.about.{rule.about}"), "; ".join(rule.bases))
        for number, (_, rule) in enumerate(sorted(run.rules.items()), start=1)
    ]
    if rows:
        paper.table(words.raw("nil.rules.headings"), rows, (1, 7.8, 2.6, 5))
