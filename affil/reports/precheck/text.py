"""The pre-check sheet as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from affil.precheck.pairs import TO_DECIDE, Pair, Precheck
from affil.reports.clean import clean
from affil.reports.precheck import phrases
from affil.reports.precheck.phrases import SECRETARY
from affil.words import Words

_WIDEST_ROLE = 60
_LONGEST = 10_000_000  # no sheet is so long: unseen signs go, nothing is cut


def precheck_text(found: Precheck, sheet: str, words: Words) -> str:
    """The sheet in words; for the secretary no relative, degree, position or path, and no rule that would tell them."""
    blocks = [
        [words("precheck.text.title"), *phrases.head_lines(found, words)],
        [
            words("precheck.text.totals", **found.totals),
            *(words(f"precheck.missing.{role}") + "." for role in found.seats.missing),
        ],
        [words("precheck.text.matrix"), *_matrix(found, words)],
        [words("precheck.text.to_decide"), *_listed(_to_decide(found, sheet, words), words)],
        [words("precheck.text.undetermined"), *_listed(_undetermined(found, sheet, words), words)],
        _if_any(words("precheck.text.limits"), phrases.limit_lines(found, sheet, words)),
        _if_any(words("precheck.text.hints"), [] if sheet == SECRETARY else list(phrases.hint_lines(found, words))),
        [words("precheck.text.statements_in_sheet"), words("precheck.text.not_permission"), words("reports.disclaimer")],
    ]
    return clean("\n\n".join("\n".join(block) for block in blocks if block), _LONGEST)


def _listed(lines: Iterator[str], words: Words) -> list[str]:
    return list(lines) or [f"  {words('precheck.text.nothing')}"]


def _if_any(title: str, lines: list[str]) -> list[str]:
    return [title, *(f"  {line}" for line in lines)] if lines else []


def _matrix(found: Precheck, words: Words) -> Iterator[str]:
    """Participants by number, then a line for each person with a cell for each of them."""
    for number, bidder in enumerate(found.bidders, 1):
        yield "  " + words("precheck.text.participant", number=number, name=phrases.bidder_text(found, bidder.key, words))
    if not found.seats.rows:
        yield "  " + words("precheck.text.no_seats")
        return
    letters = phrases.letters_of(found, words)
    cells = {(pair.official, pair.participant): phrases.cell_text(pair, letters, words) for pair in found.pairs}
    width = max((len(text) for text in cells.values()), default=1)
    people = [phrases.seat_text(seat, words) for seat in found.seats.rows]
    column = min(max(map(len, people)), _WIDEST_ROLE)
    yield "  " + " | ".join([" " * column, *(str(number).ljust(width) for number, _ in enumerate(found.bidders, 1))]).rstrip()
    for seat, person in zip(found.seats.rows, people, strict=True):
        row = [cells[seat.key, bidder.key].ljust(width) for bidder in found.bidders]
        if len(person) > column:
            yield f"  {person}"
            person = ""
        yield "  " + " | ".join([person.ljust(column), *row]).rstrip()


def _to_decide(found: Precheck, sheet: str, words: Words) -> Iterator[str]:
    people = {seat.key: phrases.seat_text(seat, words) for seat in found.seats.rows}
    for pair in found.pairs:
        if pair.answer != TO_DECIDE:
            continue
        if sheet == SECRETARY:
            yield f"  № {pair.number}: {words('precheck.text.ask_office')}"
            continue
        yield f"  № {pair.number}. {people[pair.official]} × {phrases.bidder_text(found, pair.participant, words)}"
        yield from (f"     {line}" for line in _told(pair, found, words))


def _told(pair: Pair, found: Precheck, words: Words) -> Iterator[str]:
    yield from phrases.questions(pair, words)
    yield from phrases.told_of(pair, found, words)
    yield words("precheck.text.confirm", value=phrases.to_confirm(pair, found, words))


def _undetermined(found: Precheck, sheet: str, words: Words) -> Iterator[str]:
    for told in phrases.undetermined_of(found, words):
        reason, remedy = phrases.doubt_text(told.doubt, sheet, words), phrases.remedy_text(told.doubt, words)
        yield "  " + words("precheck.text.letter", letter=told.letter, subject=told.subject, reason=reason, remedy=remedy)
