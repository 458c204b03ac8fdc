"""The other tables of `report.html`: what could not be determined, why checks were limited, what was loaded."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from affil.model.run import ALMOST_ALWAYS, Run, SourceRow
from affil.reports import phrases
from affil.reports.not_determinable_csv import sorted_undetermined
from affil.words import Words

NAMES_A_REASON = 5
FILES_A_KIND = 20
Row = tuple[str, str]  # a name and its number


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason for which something could not be determined: how many, and whom it is safe to name."""

    reason: str
    affects: str
    remedy: str
    where: str
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A loaded file, or all files of one kind where they are many."""

    name: str
    kind: str
    taken: dict[str, int]
    rejected: int


def reason_rows(run: Run, words: Words) -> list[ReasonRow]:
    """What could not be determined, by reason, the commonest first. Relatives and persons who supply are not named."""
    names: dict[tuple[str, ...], list[str]] = defaultdict(list)
    counts: Counter[tuple[str, ...]] = Counter()
    last = {phrases.short_reason(reason, words) for reason in ALMOST_ALWAYS}
    for item in sorted_undetermined(run):
        told = (phrases.undetermined_text(item, part, words) for part in ("affects", "remedy", "where"))
        key = (phrases.short_reason(item.reason, words), *told)
        counts[key] += 1
        if item.kind == "official" or (item.inn is not None and len(item.inn) == 10):
            names[key].append(item.name)
    ordered = sorted(counts, key=lambda key: (key[0] in last, -counts[key], key))
    return [_reason_row(key, counts[key], names[key]) for key in ordered]


def _reason_row(texts: tuple[str, ...], count: int, names: list[str]) -> ReasonRow:
    reason, affects, remedy, where = texts
    return ReasonRow(reason, affects, remedy, where, count, tuple(dict.fromkeys(names))[:NAMES_A_REASON])


def limit_rows(run: Run, words: Words) -> list[tuple[str, int]]:
    """Why officials were checked with limits or not at all, by reason, the commonest first."""
    counts = Counter(text for item in run.coverage for text in {phrases.short_reason(key, words) for key in item.reasons})
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def source_lines(run: Run, words: Words) -> list[SourceLine]:
    """Loaded files by kind and name; a kind with many files is one line with their sums."""
    kinds: dict[str, list[SourceRow]] = defaultdict(list)
    for source in run.sources:
        kinds[source.kind].append(source)
    lines: list[SourceLine] = []
    for kind, files in sorted(kinds.items()):
        ordered = sorted(files, key=lambda source: (source.file, source.sha256))
        lines += [_together(kind, ordered, words)] if len(ordered) > FILES_A_KIND else [_alone(file) for file in ordered]
    return lines


def _together(kind: str, files: list[SourceRow], words: Words) -> SourceLine:
    taken: Counter[str] = Counter()
    for file in files:
        taken.update(file.taken)
    name = words("page.files", number=len(files))
    return SourceLine(name, kind, dict(sorted(taken.items())), sum(file.rejected for file in files))


def _alone(file: SourceRow) -> SourceLine:
    return SourceLine(file.file, file.kind, dict(sorted(file.taken.items())), file.rejected)
