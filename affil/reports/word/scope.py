"""What was compared, in words: by which papers, how much, from which sources (a memo's points 1 to 3, a statement's 1 and 2)."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from affil.model.run import Money, Run, SourceRow
from affil.reports.phrases import label
from affil.reports.values import date_text, in_text, part_text
from affil.reports.word.given import rubles, setting, spaced, text_of
from affil.reports.word.outcome import Outcome
from affil.reports.word.paper import Paper
from affil.words import Words

FILES_SHOWN = 15  # with more files than this, those of one kind are told together
ALIKE = 3  # … where there are more than so many of it
SEAT = "seat|"  # a member of a commission who is none of the officials (affil/answers/coverage.py)
TABLES = ("participants", "commission_members", "organisations", "duties", "declared_interests", "notices")


@dataclass(frozen=True, slots=True)
class Sources:
    """Rows of the table of sources, and which of them tells each file: a step of a path names its source by that number."""

    rows: tuple[tuple[str, ...], ...]
    number: dict[str, int]
    by_file: dict[str, SourceRow]
    questionnaires: dict[str, dt.date]  # of each official by key


def period_text(run: Run, words: Words) -> str:
    """`за период с 01.01.2025 по 31.12.2025`, half of it, or all that is loaded."""
    since, until = (date_text(day) for day in run.period)
    key = "both" if since and until else "from" if since else "until" if until else "all"
    return words(f"memo.period.{key}", since=since, until=until)


def write_grounds(paper: Paper, run: Run, words: Words) -> None:
    """The plan and the regulation, who analysed, and the legal basis of each category of persons in the run."""
    blank = words("paper.blank")
    values = {key: text_of(run, "documents", key) or blank for key in ("plan", "regulation", "executor")}
    made = f"{date_text(run.started.date())} {run.started:%H:%M}"
    paper.text(words("memo.grounds", run=run.id, made=made, **values))
    statuses = sorted({row.employee.status for row in run.coverage if row.employee.status})
    rows = [
        (label(words, "reports.status", status), *(_basis(run, who, status, words) for who in ("person", "relatives")))
        for status in statuses
    ]
    if rows:
        paper.text(words("memo.legal.lead"), keep=True)
        paper.table(words.raw("memo.legal.headings"), rows, (3, 6, 6))


def _basis(run: Run, who: str, status: str, words: Words) -> str:
    value = setting(run, "legal_basis", who, status)
    return value if isinstance(value, str) and value else words("paper.blank")


def volume_lines(run: Run, outcome: Outcome, words: Words) -> list[str]:
    """How many persons, firms and purchases were compared, a sentence or two each."""
    volume = run.volume
    lists, expected = len(volume.customers) - len(outcome.late), len(volume.customers)
    return [
        _officials(run, outcome, words),
        words("memo.volume.relatives", number=spaced(volume.relatives)),
        words("memo.volume.firms", suppliers=spaced(volume.suppliers), participants=spaced(volume.participants),
              procedures=spaced(volume.procedures)),
        words("memo.volume.contracts", all=_money(volume.all, words), national=_money(volume.national, words),
              small=_money(volume.small, words)),
        words("memo.volume.extracts", companies=spaced(volume.companies), proprietors=spaced(volume.proprietors),
              days=days_text(volume.extracts, words), searches=spaced(volume.searches)),
        words("memo.volume.lists", handed=lists, all=expected),
    ]  # fmt: skip


def late_text(outcome: Outcome, words: Words) -> str:
    """The customers whose list is not handed in, by name and ИНН."""
    return "; ".join(words("memo.volume.customer", name=one.name or words("memo.no_name"), inn=one.inn) for one in outcome.late)


def _officials(run: Run, outcome: Outcome, words: Words) -> str:
    officials = [row.employee for row in run.coverage if not row.employee.key.startswith(SEAT)]
    statuses = Counter(label(words, "reports.status", who.status) or words("memo.no_status") for who in officials)
    kinds = "; ".join(f"{status} — {spaced(number)}" for status, number in sorted(statuses.items()))
    results = Counter(row.result for row in run.coverage)
    told = [
        words("memo.volume.officials", number=spaced(len(officials)), kinds=f" ({kinds})" if kinds else ""),
        words("memo.volume.members", number=spaced(run.volume.members), others=spaced(run.volume.unlinked_members)),
        words("memo.volume.checked", **{key: spaced(results[key]) for key in ("full", "limited", "none")}),
        reach_text(outcome, words),
    ]
    return " ".join(told)


def reach_text(outcome: Outcome, words: Words) -> str:
    """The part of the persons to be checked who were, with both numbers and what is counted as checked."""
    reach = outcome.reach
    percent = in_text(part_text(reach.checked, reach.whole), words)
    by = "headcount" if reach.absent or reach.headcount == reach.whole else "more" if reach.headcount else "loaded"
    counts = words(f"memo.volume.counts.{'full' if reach.only_full else 'limited'}")
    told = words(
        f"memo.volume.reach.{by}", checked=spaced(reach.checked), all=spaced(reach.whole), percent=percent, counts=counts
    )
    return told + (" " + words("memo.unknown.absent", number=spaced(reach.absent)) if reach.absent else "")


def _money(money: Money, words: Words) -> str:
    unpriced = words("memo.volume.unpriced", number=spaced(money.unpriced)) if money.unpriced else ""
    return words("memo.volume.money", number=spaced(money.contracts), price=rubles(money.price, words)) + unpriced


def least_text(outcome: Outcome, words: Words) -> str:
    """The part of the persons, in per cent, that a statement needs checked; all where the settings tell none."""
    least = outcome.reach.least
    return in_text(f"{float(1 if least is None else least) * 100:.4g}".replace(".", ","), words)


def days_text(days: tuple[dt.date | None, dt.date | None], words: Words) -> str:
    """`02.03.2026`, or `с … по …`, or that no date is given."""
    first, last = (date_text(day) for day in days)
    if not first:
        return words("memo.sources.undated")
    return first if first == last else words("memo.days", first=first, last=last)


def write_sources(paper: Paper, sources: Sources, words: Words) -> None:
    """The table of sources with the dates of their data and rows taken and not taken."""
    if sources.rows:
        paper.table(words.raw("memo.sources.headings"), sources.rows, (1, 3.3, 4.7, 2.4, 3.8, 1.9))
    else:
        paper.text(words("memo.sources.none"))


def sources_of(run: Run, words: Words) -> Sources:
    """Files by kind and name; where there are many, the files of one kind together."""
    kinds: dict[str, list[SourceRow]] = defaultdict(list)
    for source in sorted(run.sources, key=lambda source: (source.file, source.sha256)):
        kinds[kind_text(source, words)].append(source)
    refused = _refused(run)
    rows: list[tuple[str, ...]] = []
    number: dict[str, int] = {}
    for kind, files in sorted(kinds.items()):
        together = len(run.sources) > FILES_SHOWN and len(files) > ALIKE
        for group in [files] if together else [[file] for file in files]:
            rows.append((str(len(rows) + 1), kind, *_source_row(group, refused, words)))
            number |= {file.file: len(rows) for file in group}
    dated = {row.employee.key: row.questionnaire_date for row in run.coverage if row.questionnaire_date}
    return Sources(tuple(rows), number, {source.file: source for source in run.sources}, dated)


def _source_row(files: Sequence[SourceRow], refused: Counter[str], words: Words) -> tuple[str, ...]:
    name = files[0].file if len(files) == 1 else words("memo.sources.files", number=spaced(len(files)))
    days = sorted(day for file in files for day in file.dated if day)
    taken: Counter[str] = Counter()
    for file in files:
        taken.update(file.taken)
    told = "; ".join(f"{label(words, 'cli.taken', key)} — {spaced(count)}" for key, count in sorted(taken.items()) if count)
    not_taken = sum(max(file.rejected, refused[file.file]) for file in files)
    dates = days_text((days[0], days[-1]) if days else (None, None), words)
    return name, dates, told or words("memo.sources.nothing"), spaced(not_taken)


def _refused(run: Run) -> Counter[str]:
    """Rows not taken of each file, those among them whose official could not be found: known only after loading."""
    places = {(row.file, row.sheet, row.row, row.value if row.row is None else "") for row in run.rejects if not row.row_taken}
    return Counter(file for file, *_ in places)


def kind_text(source: SourceRow, words: Words) -> str:
    """What a file is: an extract by its registry, a table by what was taken from it."""
    if source.kind != "table":
        return label(words, "memo.kind", source.kind)
    kinds = [key for key in sorted(source.taken) if source.taken[key]]
    return label(words, "memo.kind.table", kinds[0]) if len(kinds) == 1 else words("memo.kind.mixed")


def tables_missing(run: Run, words: Words) -> list[str]:
    """Tables of which nothing is loaded, each with the answers that are missing without it."""
    loaded = {key for source in run.sources if source.kind == "table" for key, number in source.taken.items() if number}
    return [words(f"memo.missing.{key}") for key in TABLES if key not in loaded]
