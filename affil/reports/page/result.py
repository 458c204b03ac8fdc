"""What a run without cases proves, and how far: a title made by the data (OFFICER 3.3), what was compared, what was not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from affil.model.finding import Run
from affil.reports.values import in_text, part_text
from affil.words import Words

PERSONS = frozenset({"official", "relative"})
SUPPLIERS = frozenset({"supplier", "participant"})
COMPARED = ("contracts", "bids", "suppliers", "companies", "proprietors")  # of `Run.counts`, in the order of reading


@dataclass(frozen=True, slots=True)
class Result:
    """`title` and one explaining sentence under it; `compared` are names with numbers; `not_shown` what no such result tells."""

    title: str
    note: str
    compared: tuple[tuple[str, str], ...]
    not_shown: tuple[str, ...]


def result_of(run: Run, words: Words) -> Result:
    """The result of a run as its page tells it; the title is for a run without cases."""
    interim = interim_reason(run, words)
    persons, suppliers = undetermined_count(run, PERSONS), undetermined_count(run, SUPPLIERS)
    others = len(run.undetermined) > 0
    if interim:
        title, note = words("page.result.interim"), interim
    elif persons or suppliers:
        title, note = words("page.result.part", who=_whom(persons, suppliers, words)), words("page.result.part_note")
    elif others:
        title, note = words("page.result.part_other"), words("page.result.part_note")
    else:
        title, note = words("page.result.clear"), words("page.result.clear_note")
    return Result(title, note, compared(run, words), tuple(words.raw("page.result.not_shown")))


def interim_reason(run: Run, words: Words) -> str:
    """Why the result is only an interim one, or nothing: nobody compared, or fewer than the settings ask for."""
    whole = len(run.coverage)
    done = sum(item.result != "none" for item in run.coverage)
    if done == 0:
        return words("page.result.nobody")
    least = Decimal(str(_threshold(run)))
    if Decimal(done) >= least * whole:
        return ""
    shown = f"{least * 100:f}".rstrip("0").rstrip(".") if "." in f"{least * 100:f}" else f"{least * 100:f}"
    percent, limit = in_text(part_text(done, whole), words), in_text(shown.replace(".", ","), words)
    return words("page.result.below", done=done, all=whole, percent=percent, limit=limit)


def _threshold(run: Run) -> object:
    thresholds = run.settings.get("thresholds")
    return thresholds.get("nil_statement_coverage", 0) if isinstance(thresholds, dict) else 0


def undetermined_count(run: Run, kinds: frozenset[str]) -> int:
    """How many persons or firms of `kinds` have no full answer, each once whatever the number of reasons.

    Two of one name and without an ИНН are two where one reason is told twice.
    """
    told = Counter((item.kind, item.name, item.inn, item.reason) for item in run.undetermined if item.kind in kinds)
    most: dict[tuple[str, str | None], int] = {}
    for (_, name, inn, _), number in told.items():
        most[name, inn] = max(most.get((name, inn), 0), number)
    return sum(most.values())


def _whom(persons: int, suppliers: int, words: Words) -> str:
    parts = (("person", persons), ("supplier", suppliers))
    told = [words(f"page.result.{_number(key, number)}", number=number) for key, number in parts if number]
    return words("page.result.and").join(told)


def _number(key: str, number: int) -> str:
    """The genitive of Russian: 1, 21, 31 … in the singular, but 11."""
    return f"{key}_one" if number % 10 == 1 and number % 100 != 11 else f"{key}_many"


def compared(run: Run, words: Words) -> tuple[tuple[str, str], ...]:
    """What was compared, as names and numbers; a sum the run does not carry is left out."""
    whole, done = len(run.coverage), sum(item.result != "none" for item in run.coverage)
    rows = [("officials", words("page.tile.of", done=done, all=whole))]
    rows.append(("relatives", str(sum(item.relatives for item in run.coverage))))
    rows += [(key, str(run.counts[key])) for key in COMPARED if key in run.counts]
    rows += [("rules", str(len(run.rules))), ("files", str(len(run.sources)))]
    return tuple((words(f"page.result.of.{key}"), number) for key, number in rows)
