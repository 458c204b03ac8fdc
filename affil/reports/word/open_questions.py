"""What could not be determined, by reason and with what to do, and matches of nothing but a name (points 5 and 6)."""

from __future__ import annotations

from collections import Counter, defaultdict

from affil.model.run import ALMOST_ALWAYS, Run
from affil.reports.cases import Case
from affil.reports.phrases import label, short_reason, undetermined_text
from affil.reports.word.given import spaced
from affil.reports.word.outcome import Outcome
from affil.reports.word.paper import Paper
from affil.reports.word.scope import late_text, least_text, tables_missing
from affil.words import Words

Reason = tuple[str, str, str]  # reason, what to do, where


def write_unknown(paper: Paper, run: Run, outcome: Outcome, words: Words) -> None:
    """Numbers of persons and firms, the customers without a list, rows not taken, tables not loaded, and the reasons."""
    unknown = outcome.unknown
    paper.text(words("memo.unknown.sums", **{key: spaced(getattr(unknown, key)) for key in ("officials", "relatives", "firms")}))
    lines = [
        words("memo.unknown.absent", number=spaced(unknown.absent)) if unknown.absent else "",
        words("memo.unknown.coverage", least=least_text(outcome, words)) if "coverage" in outcome.lacks else "",
        words("memo.unknown.late", customers=late_text(outcome, words)) if outcome.late else "",
        _not_taken(run, words),
        *(words("memo.unknown.table", table=text) for text in tables_missing(run, words)),
    ]
    paper.bullets([line for line in lines if line], size=11)
    rows = reason_rows(run, words)
    if rows:
        paper.table(words.raw("memo.unknown.headings"), rows, (5, 2.4, 1.5, 6, 2))


def _not_taken(run: Run, words: Words) -> str:
    number = sum(not row.row_taken for row in run.rejects)
    return words("memo.unknown.rejects", number=spaced(number)) if number else ""


def reason_rows(run: Run, words: Words) -> list[tuple[str, ...]]:
    """Reasons, the commonest first, what holds for nearly all last: of whom, how many, what to do; the day is people's."""
    counts: Counter[Reason] = Counter()
    kinds: dict[Reason, set[str]] = defaultdict(set)
    last: set[Reason] = set()
    for item in run.undetermined:
        remedy, where = (undetermined_text(item, part, words) for part in ("remedy", "where"))
        reason = (short_reason(item.reason, words), remedy, where)
        counts[reason] += 1
        kinds[reason].add(label(words, "reports.undetermined.kind", item.kind))
        if item.reason in ALMOST_ALWAYS:
            last.add(reason)
    ordered = sorted(counts, key=lambda reason: (reason in last, -counts[reason], reason))
    return [
        (
            reason[0],
            ", ".join(sorted(kinds[reason])),
            spaced(counts[reason]),
            words("memo.unknown.remedy", remedy=reason[1], where=reason[2]),
            "",
        )
        for reason in ordered
    ]


def namesakes_text(cases: tuple[Case, ...], words: Words) -> str:
    """How many cases rest on nothing but a name: only their number, they are no information on a tie (OFFICER 3.2)."""
    return words("memo.namesakes", number=spaced(sum(case.name_only for case in cases)))
