"""What `report.html` shows, as plain values made of a run: cases with their drawings and purchases, reasons, sources."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from affil.model.finding import ALMOST_ALWAYS, RuleInfo, Run, SourceRow, Step
from affil.reports import phrases
from affil.reports.cases import Case, DrawnPath, Purchase, drawn_paths
from affil.reports.not_determinable_csv import sorted_undetermined
from affil.reports.page.drawing import Drawing, drawing_of
from affil.reports.values import date_text, in_text, spaced_price
from affil.words import Words

NAMES_A_REASON = 5
FILES_A_KIND = 20
BOUGHT = ("customer", "ground", "force")


@dataclass(frozen=True, slots=True)
class PathView:
    """One drawn path of a case."""

    drawn: DrawnPath
    drawing: Drawing
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class BoughtRow:
    """One contract or procedure of a case; `texts` has its customer, ground and what the tie was on its date."""

    number: str
    date: str
    price: str
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Bought:
    """Purchases of a case: what is the same for all is said once (`shared`), the rest has columns of its `own`."""

    rows: tuple[BoughtRow, ...]
    shared: tuple[tuple[str, str], ...]
    own: tuple[str, ...]
    priced: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as the page shows it."""

    case: Case
    paths: tuple[PathView, ...]
    more: int
    rules: tuple[RuleInfo, ...]
    bases: tuple[str, ...]
    bought: Bought


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


def case_view(case: Case, run: Run, words: Words, roomy: bool, most: int) -> CaseView:
    """What the page needs of a case: its drawings, the rules that found it, the norms they name."""
    drawn = drawn_paths(case)
    paths = tuple(PathView(item, drawing_of(item, words, roomy), item.path.steps) for item in drawn[:most])
    found = [rule for finding in case.findings if (rule := phrases.rule_of(run, finding))]
    rules = tuple({rule.id: rule for rule in found}.values())
    bases = tuple(dict.fromkeys(base for finding in case.findings for base in finding.bases))
    return CaseView(case, paths, max(len(drawn) - most, 0), rules, bases, bought(case, words))


def bought(case: Case, words: Words) -> Bought:
    """The purchases of a case as the page lists them."""
    rows = tuple(_bought_row(purchase, words) for purchase in case.purchases)
    kinds = {key: {row.texts[key] for row in rows} for key in BOUGHT}
    shared = tuple((key, rows[0].texts[key]) for key in BOUGHT if len(kinds[key]) == 1 and rows[0].texts[key])
    return Bought(rows, shared, tuple(key for key in BOUGHT if len(kinds[key]) > 1), any(row.price for row in rows))


def _bought_row(purchase: Purchase, words: Words) -> BoughtRow:
    contract, bid, force = purchase.contract, purchase.procedure, forces(purchase, words)
    customer = phrases.customer_name(purchase.findings[0])
    if contract is not None:
        ground = "; ".join(text for text in (contract.ground, contract.method) if text)
        texts = {"customer": customer or contract.customer_inn or "", "ground": ground, "force": force}
        return BoughtRow(
            contract.number or "", date_text(contract.signed_on), in_text(spaced_price(contract.price), words), texts
        )
    if bid is None:
        return BoughtRow("", "", "", {"customer": "", "ground": "", "force": force})
    won = "" if bid.won is None else words("reports.text.procedure_won" if bid.won else "reports.text.procedure_lost")
    number = ", ".join(text for text in (bid.number, won) if text)
    return BoughtRow(
        number, date_text(bid.applied_on), "", {"customer": customer or bid.customer_inn or "", "ground": "", "force": force}
    )


def forces(purchase: Purchase, words: Words) -> str:
    """What the ties of a purchase were on its date, each word once."""
    return "; ".join(dict.fromkeys(phrases.force_text(finding, words) for finding in purchase.findings))


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


def rules_of(views: list[CaseView]) -> list[RuleInfo]:
    """The rules of these cases, each once, by id."""
    rules = {rule.id: rule for view in views for rule in view.rules}
    return [rules[key] for key in sorted(rules)]
