"""One decision on all cases of a pattern: the list is shown and confirmed, each case gets an entry of its own, linked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from affil.commands.common import say
from affil.commands.review_asked import Dropped, Questions
from affil.commands.review_desk import Desk, Item, Wanted
from affil.decisions.events import CLOSED, event_kinds
from affil.errors import AffilError
from affil.reports.course_text import near_text
from affil.reports.phrases import label, rule_title
from affil.review.basis import ways_of
from affil.words import Words

EXPLAIN = "explain"
GROUP_SIGNS = 8


@dataclass(frozen=True, slots=True)
class Pattern:
    """Cases that have one thing in common; `text` says which."""

    text: str
    items: tuple[Item, ...]


def patterns(desk: Desk, item: Item) -> list[Pattern]:
    """What the case has in common with other cases that are not closed; a pattern of one case is none."""
    open_ones = [one for one in desk.items if one.status != CLOSED]
    found = [
        Pattern(text, tuple(one for one in open_ones if mark in _marks(desk, one)))
        for mark, text in _marks(desk, item).items()
    ]  # fmt: skip
    return [one for one in found if len(one.items) > 1]


def _marks(desk: Desk, item: Item) -> dict[tuple[str, str], str]:
    """What a case may have in common with another, each in words."""
    words, case = desk.words, item.case
    marks = {("supplier", case.far.key): words("review.bulk.supplier", name=case.far.name)}
    if case.official is not None:
        marks["official", case.near.key] = words("review.bulk.official", name=case.near.name)
    marks |= {("person", key): words("review.bulk.person", name=name) for key, name in _persons(item)}
    for finding in item.findings:
        marks["rule", finding.rule] = words("review.bulk.rule", name=rule_title(desk.run, finding, words))
    return marks | ({("names", ""): words("review.bulk.names")} if case.name_only else {})


def _persons(item: Item) -> Iterator[tuple[str, str]]:
    """The persons between the official and the supplier."""
    for finding in item.findings:
        for way in ways_of(finding):
            for tie in way.ties:
                for key, name in ((tie.origin, tie.origin_name), (tie.target, tie.target_name)):
                    if key.startswith("person:"):
                        yield key, name


def bulk(desk: Desk, by: str, item: Item, ask: Questions, keys: Mapping[str, str]) -> Sequence[Wanted]:
    """The acts of one decision on several cases; none where there is no pattern or it is not confirmed."""
    known, words = patterns(desk, item), desk.words
    if not known:
        say(words("review.bulk.none"))
        return ()
    try:
        say(words("review.bulk.head"))
        chosen = known[ask.choice([words("review.bulk.choice", text=one.text, cases=len(one.items)) for one in known])]
        kind = _kind(ask, keys)
        act = ask.act(kind, None)
        items = list(_allowed(desk, by, chosen.items))
        desk.looked_at(items)
        _show(items, words)
        answer = ask.text("review.bulk.confirm", number=len(items)).casefold()
    except Dropped:
        say(words("review.ask.dropped"))
        return ()
    if answer not in words("review.bulk.yes").split() or not items:
        say(words("review.ask.dropped"))
        return ()
    group = "G-" + hashlib.sha256("\n".join([kind, str(act.on), *(one.tie for one in items)]).encode()).hexdigest()[:GROUP_SIGNS]
    why = words("review.bulk.why", why=act.why, number=len(items), pattern=chosen.text, group=group).strip()
    return list(_makeable(desk, [Wanted(one, replace(act, why=why)) for one in items]))


def _kind(ask: Questions, keys: Mapping[str, str]) -> str:
    action = keys.get(ask.text("review.bulk.kind").casefold(), "")
    if action == EXPLAIN:
        return ask.one_of("review.ask.explain", ("asked", "answered"))
    if action not in event_kinds():
        raise Dropped
    return action


def _allowed(desk: Desk, by: str, items: Sequence[Item]) -> Iterator[Item]:
    for item in items:
        near = desk.near(by, item)
        if near is None:
            yield item
        else:
            say(desk.words("review.bulk.skipped", number=item.case.number, why=near_text(near, desk.words)))


def _show(items: Sequence[Item], words: Words) -> None:
    say(words("review.bulk.list"))
    for item in items:
        told = {"near": item.case.near.name, "far": item.case.far.name, "number": item.case.number}
        say(words("review.bulk.item", priority=label(words, "reports.priority", item.case.priority), **told))


def _makeable(desk: Desk, wanted: Sequence[Wanted]) -> Iterator[Wanted]:
    """The acts that can be written; of the others the reason is told."""
    for one in wanted:
        try:
            desk.entries(one)
        except AffilError as error:
            say(desk.words("review.bulk.skipped", number=one.item.case.number, why=error))
        else:
            yield one
