"""The members an order names, clause by clause: who, as what, and whether he comes in, goes out or stands in for another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from affil.ingest.orders.names import Named, from_accusative, names_in
from affil.ingest.orders.words import order_words
from affil.language.fio import parse_name

MEMBER = "член комиссии"
APPROVE, PUT_IN, TAKE_OUT, STAND_IN, REPLACE = "approve", "put_in", "take_out", "stand_in", "replace"
_CLAUSES = re.compile(r"[;\n]|(?<=[а-яё»)])\.\s+(?=[А-ЯЁ])")
_ITEM = re.compile(r"^\W*\d{1,2}(?:\.\d{1,2})*[.)]\s*")
_SIGNATURE = re.compile(r"(?:_{2,}|\t|\s{3,}).*$")
_LEAD = re.compile(r"^[\s\d.)(•·–—-]*")
_LONGEST_ROLE_LINE = 120
_GOVERNS = re.compile(r"(?:\bна|включить|назначить|ввести)\s+$", re.IGNORECASE)
_TO = re.compile(r"\sна\s+$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an order, and where it stands; `cells` where it is a row of a table."""

    text: str
    sheet: str
    row: int | None
    cells: tuple[str, ...] = ()

    @property
    def locator(self) -> str:
        """«абзац 7», «Таблица 2!R5»."""
        return self.sheet if self.row is None else f"{self.sheet}!R{self.row}"


@dataclass(frozen=True, slots=True)
class Seat:
    """One member: the name to read, as written, the post beside it, the role, and what is done with him."""

    name: str
    written: str
    post: str
    role: str
    doing: str
    line: Line


@dataclass(frozen=True, slots=True)
class Unread:
    """A clause with a name in it that was not taken, and why (a key under `rejects`)."""

    reason: str
    text: str
    line: Line


def members(lines: Sequence[Line]) -> Iterator[Seat | Unread]:
    """What the operative part of an order says; lines before any words of approval or change are passed over."""
    state = _Order()
    for line in lines:
        yield from state.line(line)


class _Order:
    def __init__(self) -> None:
        self.doing: str | None = None
        self.role: str | None = None
        self.governed = False  # the names stand right behind the verb, in the case it asks for
        self.begun = False

    def line(self, line: Line) -> Iterator[Seat | Unread]:
        """The seats and unread clauses of one line; none where the line ends the list or is a signature."""
        words = order_words()
        if words.ends.search(line.text):
            self.doing = self.role = None
            return
        if self.doing and not line.cells and self._is_signature(line.text):
            self.doing = None
            return
        clauses = [line.text] if line.cells else [one for one in _CLAUSES.split(line.text) if one and one.strip()]
        for clause in clauses:
            yield from self._clause(clause, line)

    def _is_signature(self, text: str) -> bool:
        """«Директор ______ И. И. Иванов»: the post of a head, a gap, one name with initials."""
        gap = _SIGNATURE.search(text)
        told = list(names_in(text[gap.start() :])) if gap else []
        if gap is None or len(told) != 1 or not told[0].short:
            return False
        post = text[: gap.start()]
        return told[0].text[1:2] == "." or (order_words().head.match(post) is not None and role_in(post) is None)

    def _clause(self, clause: str, line: Line) -> Iterator[Seat | Unread]:
        doing = _doing_in(clause)
        if doing or (_ITEM.match(clause) and not line.cells and not list(names_in(clause))):
            self.doing, self.role = doing or self.doing, None
            self.begun = self.begun or doing is not None
        found = list(names_in(clause))
        if not found:
            role = role_in(clause)
            if role and len(clause) <= _LONGEST_ROLE_LINE and _LEAD.sub("", clause)[:1].lower() in "пзсчо":
                self.role = role
            return
        if self.doing is None and (self.begun or role_in(clause) is None):
            return
        if doing:
            self.governed = ":" not in clause[: found[0].start]
        yield from self._seats(clause, found, line)

    def _seats(self, clause: str, found: list[Named], line: Line) -> Iterator[Seat | Unread]:
        doing = self.doing or APPROVE
        if doing == STAND_IN:
            yield from self._stand_in(clause, found, line)
            return
        for n, named in enumerate(found):
            before = clause[found[n - 1].end if n else 0 : named.start]
            behind = clause[named.end : found[n + 1].start if n + 1 < len(found) else len(clause)]
            own = doing
            if doing == REPLACE:
                own = PUT_IN if _TO.search(before) else TAKE_OUT
            name = _nominative(named, own, self.governed, behind)
            if name is None or parse_name(name) is None:
                yield Unread("order_case_unclear" if name is None else "order_unreadable", clause.strip(), line)
                continue
            told = self._role(before, behind, n == 0)
            yield Seat(name, named.text, _post(behind), told or MEMBER, own, line)

    def _role(self, before: str, behind: str, first: bool) -> str | None:
        """The role said before the name (it holds for the names that follow), or behind it, or in the line above."""
        ahead, after = role_in(before), role_in(behind)
        if ahead and (not after or first or ":" in before):
            self.role = ahead if ":" in before or ahead == MEMBER else self.role
            return ahead
        return after or ahead or self.role

    def _stand_in(self, clause: str, found: list[Named], line: Line) -> Iterator[Seat | Unread]:
        """«На период отсутствия Ивановой М. П. — Сидоров П. И.»: the last named sits, the first is away."""
        if len(found) != 2:
            yield Unread("order_unreadable", clause.strip(), line)
            return
        away, named = found
        name = _nominative(named, STAND_IN, _GOVERNS.search(clause[: named.start]) is not None, clause[named.end :])
        told = " ".join(_ITEM.sub("", clause[: away.end]).split()).strip(" –—-,")
        role = f"{role_in(clause[away.end :]) or MEMBER}, {told[:1].lower()}{told[1:]}"
        if name is None or parse_name(name) is None:
            yield Unread("order_case_unclear", clause.strip(), line)
        else:
            yield Seat(name, named.text, _post(clause[named.end :]), role, STAND_IN, line)


def _nominative(named: Named, doing: str, governed: bool, behind: str) -> str | None:
    oblique = governed if doing == STAND_IN else doing in order_words().oblique
    return from_accusative(named.text, governed, behind) if named.short and oblique else named.text


def _doing_in(clause: str) -> str | None:
    """What a clause does: standing in is told beside other verbs and wins, then the verb that comes last."""
    found = {doing: match.start() for doing, pattern in order_words().doings.items() if (match := pattern.search(clause))}
    if STAND_IN in found or not found:
        return STAND_IN if found else None
    named = next((one.start for one in names_in(clause)), len(clause))
    ahead = {doing: at for doing, at in found.items() if at < named}
    changes = [doing for doing in ahead if doing != APPROVE]  # «включить в состав комиссии» approves nothing
    return max(changes or ahead, key=lambda doing: ahead[doing]) if ahead else None


def role_in(text: str) -> str | None:
    """The role a text names, with the remark that it has no vote."""
    words = order_words()
    hits = [(match.start(), role) for role, pattern in words.roles.items() if (match := pattern.search(text))]
    if not hits:
        return None
    at = min(place for place, _ in hits)
    role = next(role for place, role in hits if place == at)
    no_vote = words.no_vote.search(text)
    return f"{role} ({no_vote[0].lower()})" if no_vote else role


def _post(behind: str) -> str:
    """The post behind a name: what stands before the next dash, without a role."""
    pieces = re.split(r"\s[–—-]\s|[;|(]", behind.strip(" ,.–—-"))
    return next((" ".join(piece.split()).strip(" ,.:") for piece in pieces if piece.strip() and role_in(piece) is None), "")


def once_each(found: Iterable[Seat]) -> tuple[list[Seat], list[Seat]]:
    """Seats with each member once, and those nobody can tell apart: one name, two posts."""
    by_name: dict[tuple[str, str], list[Seat]] = {}
    for seat in found:
        name = parse_name(seat.name)
        by_name.setdefault((name.key or seat.name if name else seat.name, seat.doing), []).append(seat)
    alike = {key for key, seats in by_name.items() if _differ({seat.post.lower() for seat in seats if seat.post})}
    once = [seats[0] for key, seats in by_name.items() if key not in alike]
    return once, [seat for key, seats in by_name.items() if key in alike for seat in seats]


def _differ(posts: set[str]) -> bool:
    """True where two posts are not one written shorter: «директор» and «директор школы» are one."""
    return any(not one.startswith(other) and not other.startswith(one) for one in posts for other in posts)
