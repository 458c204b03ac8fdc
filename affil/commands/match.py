"""`affil match list`, `show`, `decide`: who is who in the findings as they are now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affil.commands.act import ACT
from affil.commands.common import Debug, Folder, H, Json, Lang, opened, print_json, say, tell, wrong
from affil.commands.match_options import By, Documents, Id, On, Why, decided_on, match_app, must_review, now, prefix, told
from affil.commands.screened import screened
from affil.commands.session import session

if TYPE_CHECKING:
    from affil.answers.identities import Pair
    from affil.decisions.entry import Entry
    from affil.model.run import Run
    from affil.settings import Settings
    from affil.store.store import Store
    from affil.words import Words
    from affil.workspace import Workspace

MOST_LISTED = 30


@match_app.command("list", help=H("match.list.help"))
def match_list(
    every: Annotated[bool, typer.Option("--all", help=H("match.list.all"))] = False,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Identities, by what a decision would change."""
    from affil.commands.match_text import alarm_lines, dormant_lines, list_lines, pair_value

    with _screened(workspace, lang, "list") as (_, run, words, pairs, _, _):
        listed = [pair for pair in pairs if every or _is_open(pair)]
        ACT.note(pairs=len(listed))
        if as_json:
            alarms = [one for one in run.undetermined if one.reason in ALARMS]
            print_json(
                {
                    "pairs": [pair_value(pair, words) for pair in listed],
                    "alarms": [{"reason": one.reason, "name": one.name, "inn": one.inn, **one.params} for one in alarms],
                }
            )
            ACT.looked_at(*_persons(listed))
            return
        shown = listed if every else listed[:MOST_LISTED]
        ACT.looked_at(*_persons(shown))
        say("\n".join([*list_lines(shown, len(listed), words), *dormant_lines(listed, words), *alarm_lines(run, ALARMS, words)]))


ALARMS = (
    "cluster_birth_dates",
    "cluster_inns",
    "cluster_names",
    "cluster_large",
    "decision_against_data",
    "decision_meets_both",
    "decision_ambiguous",
)


def _persons(pairs: Sequence[Pair]) -> Iterator[tuple[str, ...]]:
    """The references of both of each pair, for the access log."""
    yield from (who.references for pair in pairs for who in (pair.one, pair.other) if who.references)


def _is_open(pair: Pair) -> bool:
    """Not decided yet, or a decision that meets nobody now."""
    return pair.state in ("unsure", "dormant") or (pair.state == "undecided" and bool(pair.findings) and not pair.together)


@match_app.command("show", help=H("match.show.help"))
def match_show(name: Id, workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False) -> None:
    """One identity: both persons, the evidence, earlier decisions, what a decision would change."""
    from affil.commands.match_text import pair_value, show_lines

    with _screened(workspace, lang, "show", name) as (store, run, words, pairs, place, settings):
        pair = _found(pairs, name, words)
        ACT.looked_at(pair.one.references, pair.other.references)
        outcomes = {verdict: _outcome(store, run, pair, verdict, place, settings) for verdict in _verdicts_open(pair)}
        if as_json:
            print_json(pair_value(pair, words, whole=True) | {"outcomes": outcomes})
        else:
            say("\n".join(show_lines(pair, outcomes, words)))


def _verdicts_open(pair: Pair) -> Sequence[str]:
    """The verdicts a decision could change something by."""
    return (
        ("same", "different") if pair.state in ("undecided", "unsure") and pair.one.references and pair.other.references else ()
    )


def _outcome(store: Store, run: Run, pair: Pair, verdict: str, place: Workspace, settings: Settings) -> dict[str, object]:
    """What the findings would be after the decision: gone, new, and those with another priority; tried out and taken back."""
    from affil import pipeline
    from affil.decisions.log import append

    store.sql("BEGIN")
    try:
        append(store, [_fresh(pair, verdict, "—", "—", (), dt.date.today(), {})])
        after = pipeline.screen(store, pipeline.rules_of(place), settings, pipeline.Scope())
    finally:
        store.sql("ROLLBACK")
    old, new = ({finding.id: finding for finding in one.findings} for one in (run, after))
    changed = [
        {"id": id_, "priority": [was.priority, now.priority], "grade": [was.path.identity_grade, now.path.identity_grade]}
        for id_, was, now in ((id_, old[id_], new[id_]) for id_ in sorted(old.keys() & new.keys()))
        if (was.priority, was.path.identity_grade) != (now.priority, now.path.identity_grade)
    ]
    return {"gone": sorted(old.keys() - new.keys()), "new": sorted(new.keys() - old.keys()), "changed": changed}


@match_app.command("decide", help=H("match.decide.help"))
def match_decide(
    name: Id, verdict: Annotated[str, typer.Argument(help=H("match.option.verdict"))],
    by: By = None, why: Why = None, document: Documents = None, on: On = None,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Decide on one identity."""
    from affil.commands.match_text import entry_line, entry_value, shown
    from affil.decisions.entry import VERDICTS
    from affil.decisions.log import append

    _, _, words = opened(workspace, lang)
    if verdict not in VERDICTS:
        wrong(words("match.unknown_verdict", found=verdict, expected=", ".join(VERDICTS)))
    by, why = told("by", by or ACT.author, words), told("why", why, words)
    documents = tuple(told("document", one, words) for one in document or ())
    day = decided_on(on, words)
    with _screened(workspace, lang, "decide", name) as (store, run, words, pairs, place, settings):
        pair = _found(pairs, name, words)
        if not (pair.one.references and pair.other.references):
            wrong(words("match.no_references", id=name))
        shown_as = {0: shown(pair.one, words), 1: shown(pair.other, words)}
        entry = _fresh(pair, verdict, by, why, documents, day, shown_as)
        _must_not_contradict(store, entry, words)
        must_review(by, settings, words)
        _must_not_be_near(store, pair, by, settings, words)
        if settings.review.agreeing is not None and verdict in _verdicts_deciding():
            _must_change_nothing(pair, _outcome(store, run, pair, verdict, place, settings), words)
        with store.transaction():
            [written] = append(store, [entry])
            ACT.note(entry=written.number, verdict=verdict)
            ACT.looked_at(pair.one.references, pair.other.references)
            ACT.keep(store, "match decide")
    if as_json:
        print_json(entry_value(written, {}))
    else:
        say(entry_line(written, {}, words))
        tell(words("match.decide.next"))


def _fresh(pair: Pair, verdict: str, by: str, why: str, documents: tuple[str, ...], on: dt.date, shown: dict[int, str]) -> Entry:
    from affil.decisions.entry import Entry, Side

    sides = tuple(
        Side(who.references, who.name, shown.get(number, who.shown)) for number, who in enumerate((pair.one, pair.other))
    )
    return Entry(verdict, pair.id, sides, None, by, on, why, documents, now())


def _must_not_be_near(store: Store, pair: Pair, by: str, settings: Settings, words: Words) -> None:
    """Refuse who is too near a case the pair is part of, as `affil review` does; the access log has that, and why."""
    from affil.commands.review_desk import RefusedError
    from affil.reports.course_text import near_text
    from affil.review.four_eyes import reviewer_of
    from affil.review.near import Surroundings, person_of
    from affil.settings import Reviewer

    known = reviewer_of(by, settings.review.reviewers) or Reviewer(name=by)
    near = Surroundings(store, person_of(store, known)).near(pair.findings) if pair.findings else None
    if near is not None:
        ACT.note(refused=1, way=near.way)
        with store.transaction():
            ACT.keep(store, "match decide")
        raise RefusedError(words("course.near.refused", by=by, why=near_text(near, words)))


def _verdicts_deciding() -> tuple[str, ...]:
    from affil.decisions.entry import DIFFERENT, SAME

    return SAME, DIFFERENT


def _must_change_nothing(pair: Pair, outcome: dict[str, object], words: Words) -> None:
    """In the four-eyes mode one person alone decides nothing that opens, closes or changes a finding: that goes by its case."""
    if any(outcome.values()):
        ties = ", ".join(sorted({finding.tie for finding in pair.findings})) or "T-…"
        wrong(words("match.decide.four_eyes", id=pair.id, ties=ties))


def _must_not_contradict(store: Store, entry: Entry, words: Words) -> None:
    """Refuse what decisions in force say otherwise, of these persons themselves or of those they are one party with."""
    from affil.review.recorded import against

    found = against(store, entry)
    if found:
        wrong(words("match.contradicts", entries=", ".join(map(str, sorted(found))), first=min(found)))


@contextmanager
def _screened(
    folder: Path, lang: str | None, command: str, name: str | None = None
) -> Iterator[tuple[Store, Run, Words, list[Pair], Workspace, Settings]]:
    """The store after a screen, with its pairs: identities of the findings as they are now; `name` is an id to be read."""
    from affil import pipeline
    from affil.answers.identities import pairs
    from affil.decisions.log import read_log

    place, settings, words = opened(folder, lang)
    if name is not None:
        prefix(name, words)
    with session(place, settings, words, f"match {command}") as store:
        run = screened(store, place, settings, pipeline.Scope(), words)
        yield store, run, words, pairs(store, run.findings, read_log(store)), place, settings


def _found(pairs: Sequence[Pair], name: str, words: Words) -> Pair:
    """The one pair whose id begins so."""
    beginning = prefix(name, words)
    found = [pair for pair in pairs if pair.id.startswith(beginning)]
    if len(found) != 1:
        wrong(words("match.ambiguous" if found else "match.unknown", id=name))
    return found[0]
