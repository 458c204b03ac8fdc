"""«Лист предварительной проверки закупки» (OFFICER 3.4): the full sheet, and the secretary's without anything of kin."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from affil.precheck.asked import STAGES
from affil.precheck.bidders import Bidder
from affil.precheck.pairs import OFFICIAL, PARTICIPANT, TO_DECIDE, Pair, Precheck
from affil.precheck.seats import MEMBER, Seat
from affil.reports.precheck import phrases
from affil.reports.precheck.as_json import precheck_value
from affil.reports.precheck.phrases import SECRETARY
from affil.reports.word.paper import BOX, Imprint, Paper
from affil.words import Words

MOST_IN_A_BLOCK = 6  # participants side by side; more do not fit a page
_TICKED = "☒"
_BLANK_STATEMENTS = 5  # lines to fill by hand where no commission is known
_Row = Sequence[str]


def precheck_docx(found: Precheck, sheet: str, words: Words) -> bytes:
    """The sheet as DOCX; equal answers give equal bytes."""
    paper = Paper(_imprint(found, sheet, words), words, words("precheck.text.title"), landscape=True)
    paper.title(f"{words('precheck.text.title')} {words('precheck.docx.number')}")
    for line in _head(found, words):
        paper.text(line, align="left", indent=False)
    _result(paper, found, words)
    _matrix(paper, found, words)
    _to_decide(paper, found, sheet, words)
    _undetermined(paper, found, sheet, words)
    _statements(paper, found, words)
    _decision(paper, words)
    paper.text(words("precheck.text.not_permission"), indent=False, size=10)
    paper.disclaimer()
    return paper.saved()


def _imprint(found: Precheck, sheet: str, words: Words) -> Imprint:
    value = json.dumps(precheck_value(found, sheet, words), ensure_ascii=False, sort_keys=True, default=str)
    checksum = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return Imprint(found.run, found.version, found.rules_date, checksum, found.made)


def _head(found: Precheck, words: Words) -> list[str]:
    """What is asked, with a box for each stage in place of the line that names one."""
    lines = phrases.head_lines(found, words, with_stage=False)
    boxes = "   ".join(f"{_TICKED if found.asked.stage == stage else BOX} {words(f'precheck.stage.{stage}')}" for stage in STAGES)
    return [*lines[:-1], f"{words('precheck.docx.stage_title')} {boxes}", lines[-1]]


def _result(paper: Paper, found: Precheck, words: Words) -> None:
    paper.text(words("precheck.text.totals", **found.totals), align="left", indent=False)
    if found.seats.missing:
        paper.bullets([words(f"precheck.missing.{role}") + "." for role in found.seats.missing], "!")


def _matrix(paper: Paper, found: Precheck, words: Words) -> None:
    """Persons × participants, as many participants side by side as fit."""
    paper.heading(words("precheck.text.matrix"))
    if not found.seats.rows:
        paper.text(words("precheck.text.no_seats"), indent=False)
        return
    letters = phrases.letters_of(found, words)
    cells = {(pair.official, pair.participant): phrases.cell_text(pair, letters, words) for pair in found.pairs}
    numbered = list(enumerate(found.bidders, 1))
    for start in range(0, len(numbered), MOST_IN_A_BLOCK):
        block = numbered[start : start + MOST_IN_A_BLOCK]
        if len(numbered) > MOST_IN_A_BLOCK:
            paper.text(
                words("precheck.docx.block", first=block[0][0], last=block[-1][0], all=len(numbered)), indent=False, keep=True
            )
        headings = [
            words("precheck.docx.official"),
            *(f"{number}. {phrases.bidder_text(found, one.key, words)}" for number, one in block),
        ]
        rows = [_matrix_row(seat, [one for _, one in block], cells, words) for seat in found.seats.rows]
        paper.table(headings, rows, (2.4, *(1.3,) * len(block)))


def _matrix_row(seat: Seat, bidders: Sequence[Bidder], cells: dict[tuple[str, str], str], words: Words) -> _Row:
    return [phrases.seat_text(seat, words), *(cells[seat.key, bidder.key] for bidder in bidders)]


def _to_decide(paper: Paper, found: Precheck, sheet: str, words: Words) -> None:
    paper.heading(words("precheck.text.to_decide"))
    pairs = [pair for pair in found.pairs if pair.answer == TO_DECIDE]
    if not pairs:
        paper.text(words("precheck.text.nothing"), indent=False)
    elif sheet == SECRETARY:
        paper.table(
            ["№", words("precheck.docx.essence")],
            [[str(pair.number), words("precheck.text.ask_office")] for pair in pairs],
            (1, 9),
        )
    else:
        columns = ("official", "participant", "essence", "member_question", "participant_question", "confirm")
        headings = ["№", *(words(f"precheck.docx.{column}") for column in columns)]
        paper.table(headings, [_question_row(pair, found, words) for pair in pairs], (0.4, 1.6, 1.4, 3.6, 1.4, 1.3, 2.2))


def _question_row(pair: Pair, found: Precheck, words: Words) -> _Row:
    seat = next(seat for seat in found.seats.rows if seat.key == pair.official)
    told = phrases.told_of(pair, found, words)
    put = dict(zip(pair.about, phrases.questions(pair, words), strict=True))
    boxes = [f"{_TICKED if who in put else BOX} {put.get(who, '')}".rstrip() for who in (OFFICIAL, PARTICIPANT)]
    person, bidder = f"{seat.name}, {phrases.roles_text(seat, words)}", phrases.bidder_text(found, pair.participant, words)
    return [str(pair.number), person, bidder, "\n".join(told), *boxes, phrases.to_confirm(pair, found, words)]


def _undetermined(paper: Paper, found: Precheck, sheet: str, words: Words) -> None:
    paper.heading(words("precheck.text.undetermined"))
    rows = [
        [one.letter, one.subject, phrases.doubt_text(one.doubt, sheet, words), phrases.remedy_text(one.doubt, words)]
        for one in phrases.undetermined_of(found, words)
    ]
    if rows:
        headings = ["", *(words(f"precheck.docx.{column}") for column in ("subject", "reason", "remedy"))]
        paper.table(headings, rows, (0.4, 3, 4, 4))
    else:
        paper.text(words("precheck.text.nothing"), indent=False)
    for title, lines in (
        (words("precheck.text.limits"), phrases.limit_lines(found, sheet, words)),
        (words("precheck.text.hints"), _hints(found, sheet, words)),
    ):
        if lines:
            paper.subheading(title)
            paper.bullets(lines)


def _hints(found: Precheck, sheet: str, words: Words) -> list[str]:
    return [] if sheet == SECRETARY else list(phrases.hint_lines(found, words))


def _statements(paper: Paper, found: Precheck, words: Words) -> None:
    """A line to sign for each member of the commission."""
    paper.heading(words("precheck.docx.statements"))
    statement = "\n".join(
        [words("precheck.docx.statement"), *(f"{BOX} {words(f'precheck.docx.{key}')}" for key in ("have_none", "report"))]
    )
    headings = [
        words("precheck.docx.member"),
        words("precheck.docx.statements").partition(" ")[2],
        words("precheck.docx.signed"),
        words("precheck.docx.signature"),
    ]
    paper.table(headings, [[name, statement, "", ""] for name in _members(found)], (2.2, 5, 1.3, 1.3))


def _members(found: Precheck) -> Iterator[str]:
    members = [seat.name for seat in found.seats.rows if any(role.kind == MEMBER for role in seat.roles)]
    yield from members or [""] * _BLANK_STATEMENTS


def _decision(paper: Paper, words: Words) -> None:
    paper.heading(words("precheck.docx.decision"))
    paper.ticks([words(f"precheck.docx.{choice}") for choice in ("keep", "replace", "legal", "ask")])
    for line in ("ground", "decided_by"):
        paper.text(words(f"precheck.docx.{line}"), align="left", indent=False)
