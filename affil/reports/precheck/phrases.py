"""Parts of a pre-check in words: the same in its text, its JSON and its document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from affil.ingest.tables.request import UNNUMBERED
from affil.model.finding import Finding
from affil.precheck.doubts import Doubt
from affil.precheck.pairs import NONE_IN_DATA, OFFICIAL, PARTICIPANT, TO_DECIDE, UNDETERMINED, Pair, Precheck
from affil.precheck.seats import MEMBER, Role, Seat
from affil.reports.phrases import chain_word, control_text, grade_text, groups_text, in_language, label, path_sentences
from affil.reports.values import date_text, in_text, spaced_price
from affil.words import Words

FULL, SECRETARY = "full", "secretary"
SHEETS = (FULL, SECRETARY)
_LETTERS = {"ru": "абвгдежзиклмнопрстуфхцчшщэюя", "en": "abcdefghijklmnopqrstuvwxyz"}
_ARTICLE39 = "ст. 39"


@dataclass(frozen=True, slots=True)
class Told:
    """A reason with whom it is of: a line of item 4, or of the limits. `letter` is how the matrix names it."""

    subject: str
    doubt: Doubt
    letter: str = ""


def head_lines(found: Precheck, words: Words, with_stage: bool = True) -> list[str]:
    """What is asked, of whom, of what days: everything above item 1, without the title; the last line tells when it was made."""
    asked = found.asked
    numbered = asked.number != UNNUMBERED
    number = words("precheck.text.procedure", number=asked.number) if numbered else words("precheck.text.unnumbered")
    about = [number]
    told = {
        "subject": asked.subject,
        "price": in_text(spaced_price(asked.price), words),
        "method": asked.method,
        "ground": asked.ground,
        "notice_on": date_text(asked.notice_on),
    }
    about += [words(f"precheck.text.{key}", value=value) for key, value in told.items() if value]
    lines = [". ".join(about)]
    lines.append(words("precheck.text.customer", name=_named(asked.customer, asked.customer_inn, words)))
    if asked.organizer or asked.organizer_inn:
        lines.append(words("precheck.text.organizer", name=_named(asked.organizer, asked.organizer_inn, words)))
    if asked.stage and with_stage:
        lines.append(words("precheck.text.stage", value=words(f"precheck.stage.{asked.stage}")))
    return [*lines, made_line(found, words)]


def made_line(found: Precheck, words: Words) -> str:
    """When it was made, of what days the data are, and how many were compared."""
    spans = {name: _span(getattr(found.dates, name), words) for name in ("questionnaires", "applications", "extracts")}
    sizes = {"bidders": len(found.bidders), "officials": len(found.seats.rows), "pairs": len(found.pairs)}
    made = words("precheck.text.made", value=f"{date_text(found.made.date())} {found.made:%H:%M}")
    return " ".join([made, words("precheck.text.dates", **spans), words("precheck.text.sizes", **sizes)])


def _span(days: tuple[dt.date, dt.date] | None, words: Words) -> str:
    if days is None:
        return words("precheck.text.no_dates")
    first, last = map(date_text, days)
    return words("precheck.text.on", day=first) if first == last else words("precheck.text.span", first=first, last=last)


def _named(name: str | None, inn: str | None, words: Words) -> str:
    if inn and name:
        return words("precheck.text.with_inn", name=name, inn=inn)
    return words("precheck.text.with_inn", name="—", inn=inn) if inn else name or "—"


def bidder_text(found: Precheck, key: str, words: Words) -> str:
    """The participant's name and ИНН."""
    bidder = next(bidder for bidder in found.bidders if bidder.key == key)
    if bidder.inn is None:
        return words("precheck.text.unknown_inn", name=bidder.name)
    return words("precheck.text.with_inn", name=bidder.name, inn=bidder.inn)


def seat_text(seat: Seat, words: Words) -> str:
    """The person with all his roles."""
    return words("precheck.text.official", name=seat.name, role=roles_text(seat, words))


def roles_text(seat: Seat, words: Words) -> str:
    """Every role once, with what says so; of a commission what the list calls the member."""
    return "; ".join(dict.fromkeys(_role_text(role, words) for role in seat.roles))


def _role_text(role: Role, words: Words) -> str:
    told = role.detail if role.kind == MEMBER and role.by != "list" and role.detail else label(words, "reports.role", role.kind)
    parts = [words(f"precheck.by.{role.by}")] if role.by != "list" else []
    if role.since:
        parts.append(words("reports.period.from", start=date_text(role.since)))
    return f"{told} ({', '.join(parts)})" if parts else told


def cell_text(pair: Pair, letters: dict[tuple[str, str, Doubt], str], words: Words) -> str:
    """What the matrix says of the pair."""
    if pair.answer == TO_DECIDE:
        return words("precheck.cell.to_decide", number=pair.number)
    if pair.answer == UNDETERMINED:
        told = sorted({letters[mine] for mine in _sides(pair)}, key=lambda letter: (len(letter), letter))
        return words("precheck.cell.undetermined", letters=", ".join(told))
    return words("precheck.cell.limited" if pair.limits else "precheck.cell.none_in_data")


def _sides(pair: Pair) -> list[tuple[str, str, Doubt]]:
    """The reasons of an undetermined pair by the side they are of."""
    return [(side, key, doubt) for side, key, doubts in _by_side(pair.reasons, pair) for doubt in doubts]


def _by_side(doubts: Sequence[Doubt], pair: Pair) -> list[tuple[str, str, list[Doubt]]]:
    of_person = [doubt for doubt in doubts if doubt.reason in OF_PERSONS]
    return [
        (OFFICIAL, pair.official, of_person),
        (PARTICIPANT, pair.participant, [one for one in doubts if one not in of_person]),
    ]


OF_PERSONS = frozenset(
    {"not_in_list", "no_questionnaire", "groups_missing", "stale_questionnaire", "future_questionnaire", "no_identity"}
)


def letters_of(found: Precheck, words: Words) -> dict[tuple[str, str, Doubt], str]:
    """A letter for each reason of each person or participant that leaves a pair open, in the order of the matrix."""
    keys = dict.fromkeys(mine for pair in found.pairs if pair.answer == UNDETERMINED for mine in _sides(pair))
    return {key: _letter(number, words) for number, key in enumerate(keys)}


def _letter(number: int, words: Words) -> str:
    alphabet = _LETTERS[words.lang]
    round_, place = divmod(number, len(alphabet))
    return alphabet[place] + (str(round_ + 1) if round_ else "")


def undetermined_of(found: Precheck, words: Words) -> list[Told]:
    """The lines of item 4."""
    return [
        Told(_subject(found, side, key, words), doubt, letter) for (side, key, doubt), letter in letters_of(found, words).items()
    ]


def limit_lines(found: Precheck, sheet: str, words: Words) -> list[str]:
    """What limits the answer «no data»: a line a reason with all it is of, so that twenty with the same gap are one line."""
    by_reason: dict[str, list[str]] = {}
    for told in _limits_of(found, words):
        by_reason.setdefault(doubt_text(told.doubt, sheet, words), []).append(told.subject)
    return [words("precheck.text.limit", subject="; ".join(subjects), reason=reason) for reason, subjects in by_reason.items()]


def _limits_of(found: Precheck, words: Words) -> list[Told]:
    """Once a person and once a participant."""
    keys = dict.fromkeys(
        (side, key, doubt)
        for pair in found.pairs if pair.answer == NONE_IN_DATA
        for side, key, doubts in _by_side(pair.limits, pair) for doubt in doubts
    )  # fmt: skip
    ordered = sorted(keys, key=lambda one: one[0] == PARTICIPANT)
    return [Told(_subject(found, side, key, words), doubt) for side, key, doubt in ordered]


def _subject(found: Precheck, side: str, key: str, words: Words) -> str:
    if side == PARTICIPANT:
        return bidder_text(found, key, words)
    return next(seat.name for seat in found.seats.rows if seat.key == key)


def doubt_text(doubt: Doubt, sheet: str, words: Words) -> str:
    """The reason; for the secretary without what it is made of."""
    if sheet == SECRETARY:
        return words(f"precheck.reason.{doubt.reason}.short")
    params = {name: groups_text(value, words) if name == "groups" else value for name, value in doubt.params}
    return words(f"precheck.reason.{doubt.reason}.text", **params)


def remedy_text(doubt: Doubt, words: Words) -> str:
    """What to obtain."""
    return words(f"precheck.reason.{doubt.reason}.remedy")


def questions(pair: Pair, words: Words) -> list[str]:
    """The questions the findings put, the one about the official apart from the one about the participant."""
    told = []
    if OFFICIAL in pair.about:
        bases = {basis: None for finding in pair.findings if finding.about == OFFICIAL for basis in finding.bases}
        of_member = any(_ARTICLE39 in basis for basis in bases)
        told.append(words("precheck.about.member") if of_member else words("precheck.about.official", bases="; ".join(bases)))
    if PARTICIPANT in pair.about:
        told.append(words("precheck.about.participant"))
    return told


def essence(finding: Finding, found: Precheck, words: Words) -> str:
    """What a finding is about, in one sentence: by which rule, who he is to the official, what he is in the organisation."""
    title = in_language(found.rules[finding.rule].title, words)
    kin = _kinship(finding, words)
    control = control_text(finding.path, words)
    told = "; ".join(part for part in (", ".join(filter(None, [finding.relative, kin])), control) if part)
    return f"{title}: {told}" if told else title


def _kinship(finding: Finding, words: Words) -> str:
    chain = finding.path.kinship
    if chain is None or chain == "self":
        return words("reports.text.self") if chain else ""
    return finding.relationship or chain_word(chain, finding.relative, finding, words)


def told_of(pair: Pair, found: Precheck, words: Words) -> list[str]:
    """What is to be decided, sentence by sentence: the ties, the way of the strongest, how the person was established, what was
    taken for granted."""
    first = pair.findings[0]
    told = [*dict.fromkeys(essence(finding, found, words) for finding in pair.findings)]
    told.append(words("precheck.text.path", value=path_text(first, words)))
    told.append(words("precheck.text.identity", value=identity_text(first, words)))
    assumed = dict.fromkeys(label(words, "assumed", key) for finding in pair.findings for key in finding.path.assumed)
    if assumed:
        told.append(words("precheck.text.assumed", value="; ".join(assumed)))
    if first.rule in found.as_if_won:
        told.append(words("precheck.text.as_if_won"))
    return told


def identity_text(finding: Finding, words: Words) -> str:
    """How the person on the path was established."""
    return grade_text(finding.path, words)


def path_text(finding: Finding, words: Words) -> str:
    """The path in one line."""
    return path_sentences(finding.path, finding, words)


def to_confirm(pair: Pair, found: Precheck, words: Words) -> str:
    """What the rules ask to confirm by a document, each sentence once."""
    told = dict.fromkeys(in_language(found.rules[finding.rule].clarify, words) for finding in pair.findings)
    return " ".join(text for text in told if text)


def hint_lines(found: Precheck, words: Words) -> Iterator[str]:
    """Coincidences below what is to be decided, one a pair."""
    names = {seat.key: seat.name for seat in found.seats.rows}
    for pair in found.pairs:
        if pair.hints:
            finding = pair.hints[0]
            yield words(
                "precheck.text.hint", official=names[pair.official], participant=bidder_text(found, pair.participant, words),
                grade=identity_text(finding, words), title=essence(finding, found, words),
            )  # fmt: skip
