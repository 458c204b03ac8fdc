"""`memo.docx`: the memo on possible ties, or, where none was found, the statement of that (OFFICER 3.2, 3.3)."""

from __future__ import annotations

from collections.abc import Sequence

from affil.model.finding import PRIORITIES
from affil.model.run import Run
from affil.reports.cases import Case, cases_of
from affil.reports.phrases import label, often_lines
from affil.reports.values import date_text
from affil.reports.word.addressee import addressed, signers_in
from affil.reports.word.case_tables import ROWS_SHOWN, bought, priorities_text, write_cases
from affil.reports.word.case_text import write_case
from affil.reports.word.closed_cases import is_closed, write_closed
from affil.reports.word.frame import changes_text, write_annexes, write_letterhead, write_signatures
from affil.reports.word.given import day_after, number_of, rubles, spaced
from affil.reports.word.imprint import imprint_of
from affil.reports.word.nil import nil_docx
from affil.reports.word.open_questions import namesakes_text, write_unknown
from affil.reports.word.outcome import Outcome, outcome_of
from affil.reports.word.paper import Paper
from affil.reports.word.scope import period_text, sources_of, volume_lines, write_grounds, write_sources
from affil.words import Words

SURE = ("first", "high")  # told in full, whatever their number up to MOST
FEW, MOST = 12, 40
ANNEXES = ("ties", "unknown", "names", "coverage")


def memo_docx(run: Run, words: Words, findings: bytes | None = None) -> bytes:
    """The run's Word document, equal runs give equal bytes; `findings`: its `findings.json` where that is made already."""
    cases = cases_of(run.findings)
    outcome, imprint = outcome_of(run, cases), imprint_of(run, findings)
    if outcome.kind != "memo":
        return nil_docx(run, cases, outcome, imprint, words)
    paper = Paper(imprint, words, words("memo.title"))
    shown = [case for case in cases if not case.name_only]
    _write_head(paper, run, shown, words)
    _write_scope(paper, run, outcome, words)
    _write_cases(paper, run, shown, words)
    paper.heading(words("memo.point.unknown"))
    write_unknown(paper, run, outcome, words)
    paper.heading(words("memo.point.names"))
    paper.text(namesakes_text(cases, words))
    _write_end(paper, run, words)
    return paper.saved()


def _write_head(paper: Paper, run: Run, shown: Sequence[Case], words: Words) -> None:
    right, remark = addressed(run, shown, words)
    write_letterhead(paper, run, right, words)
    paper.title(words("memo.title"), words("memo.about") + "\n" + period_text(run, words))
    for text in (remark, signers_in(run, shown, words)):
        if text:
            paper.text(text, size=11)


def _write_scope(paper: Paper, run: Run, outcome: Outcome, words: Words) -> None:
    paper.heading(words("memo.point.grounds"))
    write_grounds(paper, run, words)
    paper.heading(words("memo.point.volume"))
    paper.bullets(volume_lines(run, outcome, words))
    paper.heading(words("memo.point.sources"))
    write_sources(paper, sources_of(run, words), words)


def _write_cases(paper: Paper, run: Run, shown: Sequence[Case], words: Words) -> None:
    """Sums and the day to deal with them, all in short, the strongest in full; those closed before apart, at the end."""
    closed = [case for case in shown if is_closed(case)]
    paper.heading(words("memo.point.cases"))
    if len(closed) < len(shown):
        _write_open(paper, run, [case for case in shown if not is_closed(case)], words)
    else:
        paper.text(words("memo.closed.all"))
    write_closed(paper, closed, run, words)


def _write_open(paper: Paper, run: Run, shown: Sequence[Case], words: Words) -> None:
    full = number_in_full(shown)
    _write_sums(paper, run, shown, words)
    paper.text(words("memo.cases.leads"))
    for line in often_lines(run, words):
        paper.text(line, size=11)
    if len(shown) > 1:
        paper.text(_told_text(shown, full, words))
        write_cases(paper, shown, full, words)
    sources = sources_of(run, words)
    for place, case in enumerate(shown[:full], start=1):
        write_case(paper, case, f"4.{place}", run, sources, words)


def _write_sums(paper: Paper, run: Run, shown: Sequence[Case], words: Words) -> None:
    """How many cases and purchases, and the day by which the cases are to be dealt with."""
    number, price, unpriced = bought(shown)
    sums = {"number": spaced(len(shown)), "purchases": spaced(number), "price": rubles(price, words)}
    missing = words("memo.volume.unpriced", number=spaced(unpriced)) if unpriced else ""
    paper.text(words("memo.cases.sums", priorities=priorities_text(shown, words), unpriced=missing, **sums))
    by, days = day_after(run, "case_days"), number_of(run, "documents", "case_days")
    until = words("memo.by_day", day=date_text(by), days=days) if by else words("paper.blank")
    paper.text(words("memo.cases.until", until=until), lead=words("memo.cases.until_lead"))


def number_in_full(shown: Sequence[Case]) -> int:
    """How many of the cases, strongest first, are told in full: whole priorities, never above `MOST` cases.

    The strongest priority there is and the two highest always; a weaker one where all of it fits into `FEW` cases.
    """
    full = 0
    for priority in PRIORITIES:
        number = sum(case.priority == priority for case in shown)
        if not number:
            continue
        if priority not in SURE and full and full + number > FEW:
            break
        full += number
    return min(full, MOST)


def _told_text(shown: Sequence[Case], full: int, words: Words) -> str:
    """Which cases are told in full, which in the table only, and which in the file only."""
    kinds = dict.fromkeys(label(words, "reports.priority", case.priority) for case in shown[:full])
    told = [words("memo.cases.full", number=spaced(full), kinds=", ".join(kinds))]
    if full < len(shown):
        told.append(words("memo.cases.short", number=spaced(len(shown) - full)))
    if len(shown) > ROWS_SHOWN:
        first, last = shown[ROWS_SHOWN].number, shown[-1].number
        told.append(words("memo.cases.only_file", rows=ROWS_SHOWN, first=first, last=last))
    return " ".join(told)


def _write_end(paper: Paper, run: Run, words: Words) -> None:
    """Changes, disclaimer, annexes, signatures (points 7 to 9)."""
    paper.heading(words("memo.point.changes"))
    paper.text(changes_text(run, words))
    paper.heading(words("memo.point.disclaimer"))
    paper.disclaimer()
    paper.heading(words("memo.point.annexes"))
    write_annexes(paper, run, ANNEXES, words)
    write_signatures(paper, run, words)
    paper.gap()
    paper.signatures([(words("memo.sign.employer"), "")])
    blank = words("paper.blank")
    paper.text(words("memo.sign.order", blank=blank * 3), align="left", indent=False)
    paper.text(words("memo.sign.until", blank=blank), align="left", indent=False)
