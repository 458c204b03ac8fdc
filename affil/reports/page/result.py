"""What a run without cases proves, and how far: a title made by the data (OFFICER 3.3), what was compared, what was not.

The page says what the statement in `memo.docx` says: both are made of the same `Outcome`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from affil.model.run import Run
from affil.reports.cases import Case
from affil.reports.page.tables import Row
from affil.reports.values import date_text, in_text, part_text
from affil.reports.word.given import counted, spaced
from affil.reports.word.outcome import Outcome, outcome_of
from affil.words import Words

NOT_ALWAYS = frozenset({"before_extract", "tables"})  # limits of the statement that depend on the run, or name a point of it


@dataclass(frozen=True, slots=True)
class Result:
    """`title` and the `notes` under it are for a run without cases; `compared` are names with numbers; `not_shown` is what no
    such result tells; `unknown` whom the answer is not determined about, empty where that is nobody."""

    title: str
    notes: tuple[str, ...]
    compared: tuple[Row, ...]
    not_shown: tuple[str, ...]
    unknown: str


def result_of(run: Run, cases: tuple[Case, ...], words: Words) -> Result:
    """The result of a run as its page tells it."""
    outcome = outcome_of(run, cases)
    unknown = outcome.unknown.told(words) if outcome.unknown.any else ""
    kind = "interim" if outcome.lacks else "part" if unknown else "clear"
    title = words(f"page.result.{kind}", who=unknown) if kind == "part" else words(f"page.result.{kind}")
    notes = _lacks(outcome, words) or (words(f"page.result.{kind}_note"),)
    return Result(title, notes, _compared(run, outcome, words), _not_shown(outcome, words), unknown)


def _lacks(outcome: Outcome, words: Words) -> tuple[str, ...]:
    """Why the result is only an interim one, a sentence for each reason."""
    reach = outcome.reach
    limit = f"{float(1 if reach.least is None else reach.least) * 100:.4g}"
    shares = {"percent": part_text(reach.checked, reach.whole), "limit": limit.replace(".", ",")}
    numbers = {"done": spaced(reach.checked), "all": spaced(reach.whole)}
    customers = "; ".join(customer.name or customer.inn for customer in outcome.late)
    texts = {
        "coverage": words("page.result.below", **numbers, **{key: in_text(text, words) for key, text in shares.items()}),
        "lists": words("nil.lacks.lists", number=spaced(len(outcome.late)), customers=customers),
        "no_officials": words("nil.lacks.no_officials"),
        "no_purchases": words("nil.lacks.no_purchases"),
    }
    return tuple(texts[key] for key in outcome.lacks)


def _compared(run: Run, outcome: Outcome, words: Words) -> tuple[Row, ...]:
    """What was compared, as names and numbers."""
    volume, reach = run.volume, outcome.reach
    handed = len(volume.customers) - len(outcome.late)
    numbers = {
        "officials": words("page.tile.of", done=spaced(reach.checked), all=spaced(reach.whole)),
        "relatives": spaced(volume.relatives),
        "suppliers": spaced(volume.suppliers),
        "participants": spaced(volume.participants),
        "contracts": spaced(volume.all.contracts),
        "companies": spaced(volume.companies),
        "proprietors": spaced(volume.proprietors),
        "lists": words("page.tile.of", done=spaced(handed), all=spaced(len(volume.customers))) if volume.customers else "",
        "rules": words("page.result.edition", number=spaced(len(run.rules)), date=date_text(run.rules_date))
        if run.rules_date else spaced(len(run.rules)),
        "files": spaced(len(run.sources)),
    }  # fmt: skip
    return tuple((words(f"page.result.of.{key}"), text) for key, text in numbers.items() if text)


def _not_shown(outcome: Outcome, words: Words) -> tuple[str, ...]:
    """The limits of the statement, in its words."""
    told = [text for key, text in words.raw("nil.limits").items() if key not in NOT_ALWAYS]
    if outcome.unknown.always:
        told.append(words("nil.limits.before_extract", of=counted("nil.of.firms", outcome.unknown.always, words)))
    return tuple(text.rstrip(";") for text in told)


def changes_text(run: Run, words: Words) -> str:
    """Ties new, gone, changed, reopened against the earlier run, as the memo tells them; nothing where there is none."""
    if run.changes is None:
        return ""
    told = {key: spaced(getattr(run.changes, key)) for key in ("new", "gone", "changed", "reopened")}
    return words("memo.changes.text", run=run.changes.run, **told)


def imprint(run: Run, findings: bytes, words: Words) -> str:
    """What stands at the foot of every sheet of a run's documents: run, version, edition of the rules, checksum of `findings`,
    the bytes of `findings.json`. The Word documents have a class for it, which takes 0.1 s to import."""
    rules = date_text(run.rules_date) or words("paper.no_date")
    checksum = hashlib.sha256(findings).hexdigest()[:8]
    return words("paper.footer", run=run.id, version=run.version, rules=rules, checksum=checksum)
