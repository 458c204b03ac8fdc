"""Entries for tests, and ways to make them by chance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from affil.decisions.entry import BEGINNING, DIFFERENT, SAME, UNDO, Entry, Side, subject_of

INNS = ("500100732259", "772400000003", "540000000007", "660000000009")
PEOPLE = (*(f"inn:{inn}" for inn in INNS), "kin:4200000000|7|ВОЛНОВ ПЁТР ИЛЬИЧ", "name:фирма «Вереск»|ВОЛНОВ ПЁТР ИЛЬИЧ")


def decision(one: str | Sequence[str], other: str | Sequence[str], verdict: str = SAME, **more: object) -> Entry:
    """An entry on two persons, each given by one reference or several."""
    sides = tuple(
        Side(tuple(sorted({who} if isinstance(who, str) else who)), "Волнов Пётр Ильич", "брат") for who in (one, other)
    )
    entry = Entry(
        verdict, subject_of(sides[0].references[0], sides[1].references[0]), sides, None, "Петрова А. Б.", dt.date(2026, 3, 12),
        "сверено", (), dt.datetime(2026, 3, 12, 10, 30),
    )  # fmt: skip
    return replace(entry, **more)  # type: ignore[arg-type]


def undo(entry: Entry, **more: object) -> Entry:
    """The entry that takes another back."""
    return replace(entry, verdict=UNDO, sides=(), undoes=entry.digest, why="ошибка", documents=(), **more)  # type: ignore[arg-type]


def numbered(entries: Sequence[Entry]) -> list[Entry]:
    """The entries chained as a log."""
    log, previous = list[Entry](), BEGINNING
    for number, entry in enumerate(entries, start=1):
        log.append(replace(entry, number=number, previous=previous, hash=entry.chained(previous)))
        previous = log[-1].hash
    return log


texts = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=12).map(str.strip).filter(bool)


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    """Logs of decisions and undos, each on two of `PEOPLE`; they may contradict each other."""
    entries = list[Entry]()
    for minute in range(draw(st.integers(0, 8))):
        open_ones = [
            entry for entry in entries if entry.verdict != UNDO and undo(entry).undoes not in {e.undoes for e in entries}
        ]
        if open_ones and draw(st.booleans()):
            entries.append(undo(draw(st.sampled_from(open_ones)), recorded_at=dt.datetime(2026, 3, 13, 9, minute)))
            continue
        one, other = draw(st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=2, unique=True))
        entries.append(
            decision(one, other, draw(st.sampled_from((SAME, DIFFERENT, "unsure"))), by=draw(texts), why=draw(texts),
                     documents=tuple(draw(st.lists(texts, max_size=2))), recorded_at=dt.datetime(2026, 3, 12, 9, minute))
        )  # fmt: skip
    return numbered(entries)
