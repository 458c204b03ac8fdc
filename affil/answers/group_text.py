"""What was not taken in words: one line for all rows of one reason, with the first few places."""

from __future__ import annotations

from affil.model.grouped import Group
from affil.model.records import Reject
from affil.model.run import RejectRow
from affil.words import Words

_PLACE = ("sheet", "row", "column", "value")


def group_text(group: Group, words: Words) -> str:
    """One line: where, why and what to do; of several rows how many there are and the first of them."""
    why, remedy = reason_of(group, words), remedy_of(group, words)
    if group.row_taken:
        why = words("load.value_only", why=why)
    if group.number == 1:
        place = _place(group.first[0], words, _PLACE)
        return words("load.row", place=place, why=why, remedy=remedy) if place else words("load.whole", why=why, remedy=remedy)
    places = _places(group, words)
    if group.number > len(group.first):
        places = words("load.and_more", places=places)
    return words("load.group", number=group.number, why=why, remedy=remedy, places=places)


def _places(group: Group, words: Words) -> str:
    """The first places; what they share, the file, the sheet, the column, is said once."""
    shared = {_place(one, words, ("sheet", "column")) for one in group.first}
    if len(shared) != 1 or any(one.row is None for one in group.first):
        return "; ".join(_place(one, words, _PLACE) for one in group.first)
    rows = [words("load.row_value", row=one.row, value=one.value) if one.value else str(one.row) for one in group.first]
    return words("load.rows_of", place=shared.pop(), rows=", ".join(rows)).removeprefix(": ")


def reason_of(group: Group, words: Words) -> str:
    """Why, filled in; what differs among the rows is «…»."""
    return _filled(group, "reason", words)


def remedy_of(group: Group, words: Words) -> str:
    """What to do."""
    return _filled(group, "remedy", words)


def _filled(group: Group, part: str, words: Words) -> str:
    return str(words.raw(f"rejects.{group.reason}.{part}")).format_map(_Ellipsis(group.params))


def _place(one: Reject | RejectRow, words: Words, shown: tuple[str, ...]) -> str:
    """Where the row stands, as a person says it; what is unknown is left out."""
    parts = [words(f"cli.check.place.{part}", value=value) for part in shown if (value := getattr(one, part))]
    return ", ".join([one.file, *parts] if isinstance(one, RejectRow) else parts)


class _Ellipsis(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"
