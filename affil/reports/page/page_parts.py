"""What `report.html` shows, as plain values made of a run: cases with their drawings and purchases, reasons, sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from affil.model.finding import Step
from affil.model.run import RuleInfo, Run
from affil.reports import phrases
from affil.reports.cases import Case, DrawnPath, drawn_paths
from affil.reports.decided import changes_in
from affil.reports.identity_text import namesakes_text
from affil.reports.page.drawing import Drawing, drawing_of
from affil.reports.page.facets import ABOUT
from affil.reports.page.purchases import Bought, bought
from affil.reports.page.ways import DrawnWay, Facts, drawn_ways
from affil.words import Words

HOW = ("kinship", "control")  # the facts that say how somebody is tied


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step in words, its source, and why an identity in it is supposed."""

    text: str
    source: str
    namesakes: str


@dataclass(frozen=True, slots=True)
class PathView:
    """One way of a case in words, and drawn where the page has room for that."""

    drawing: Drawing | None
    facts: Facts
    steps: tuple[StepLine, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as the page shows it; `how` is the tie in a few words, `about` whom the questions concern."""

    case: Case
    how: str
    about: str
    state: str
    paths: tuple[PathView, ...]
    more: int
    rules: tuple[RuleInfo, ...]
    bases: tuple[str, ...]
    bought: Bought
    changed: tuple[str, ...] = ()
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """How much of a case the page tells. `roomy`: everything in each case, else briefly, the texts of rules once after them;
    `ways` is the most of one case, `drawn` the number of cases with drawings."""

    roomy: bool
    ways: int
    drawn: int


def case_view(case: Case, run: Run, words: Words, form: Form) -> CaseView:
    """What the page needs of a case: its drawings, the rules that found it, the norms they name."""
    ways = drawn_ways(drawn_paths(case), words)
    brief = not form.roomy and not case.name_only
    drawn = case.number <= form.drawn and not case.name_only
    paths = tuple(_path_view(way, words, brief, drawn) for way in ways[: form.ways])
    found = [rule for finding in case.findings if (rule := phrases.rule_of(run, finding))]
    rules = tuple({rule.id: rule for rule in found}.values())
    bases = tuple(dict.fromkeys(base for finding in case.findings for base in finding.bases))
    about = _labels("page.about_whom", [key for key in ABOUT if any(one.about == key for one in case.findings)], words)
    state = _labels("reports.state", [one.status for one in case.findings], words)
    more = max(len(ways) - form.ways, 0)
    return CaseView(case, how_text(ways[0].facts), about, state, paths, more, rules, bases, bought(case, words),
                    tuple(changes_in(run, case.findings, words)), all(one.status == "open" for one in case.findings))  # fmt: skip


def _labels(table: str, keys: list[str], words: Words) -> str:
    return "; ".join(dict.fromkeys(phrases.label(words, table, key) for key in keys))


def _path_view(way: DrawnWay, words: Words, brief: bool, drawn: bool) -> PathView:
    drawing = drawing_of(way.drawn, words, captions=not brief) if drawn else None
    facts = tuple(fact for fact in way.facts if not (brief and fact[0] in HOW))  # the steps say it just beside
    return PathView(drawing, facts, tuple(step_lines(way.drawn, words, brief)))


def how_text(facts: Facts) -> str:
    """The tie in a few words: what the relative is, and what he is in the organisation."""
    return " — ".join(text for key, text in facts if key in HOW)


def step_lines(drawn: DrawnPath, words: Words, brief: bool) -> Iterator[StepLine]:
    """The steps in words. Briefly, a step that goes on from the one before names only its far end, and a source is told once."""
    here, source = drawn.finding.ends[0].name, ""
    for step in drawn.path.steps:
        goes_on = brief and step.origin in (here, drawn.finding.ends[0].name)
        text = _next_end(step, drawn, words) if goes_on else phrases.step_sentence(step, drawn.finding, words)
        told = phrases.source_text(step, words)
        same = brief and told == source
        namesakes = namesakes_text(step.resemblance, words) if step.resemblance else ""
        yield StepLine(text, words("page.same_source") if same else told, namesakes)
        here, source = step.target, told


def _next_end(step: Step, drawn: DrawnPath, words: Words) -> str:
    word = phrases.relation_word(step, drawn.finding, words)
    tie = word if step.target == step.origin else f"{word}: {step.target}"
    return ", ".join(text for text in (tie, phrases.detail_text(step, words), phrases.period_text(step, words)) if text)


def rules_of(views: list[CaseView]) -> list[RuleInfo]:
    """The rules of these cases, each once, by id."""
    rules = {rule.id: rule for view in views for rule in view.rules}
    return [rules[key] for key in sorted(rules)]
