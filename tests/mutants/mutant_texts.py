"""Small changes of SQL and of the YAML the statutes stand in: much of the logic is written there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

_SQL = re.compile(r"\b(SELECT|FROM|WHERE|JOIN|AND|OR|IS NULL|IS NOT NULL|NOT EXISTS|BETWEEN|CASE WHEN|ORDER BY|QUALIFY)\b")
_COMMENT = re.compile(r"--[^\n]*")
_QUOTED = re.compile(r"'(?:[^']|'')*'")
_SWAPS = (
    (r"(?<= )<=(?= )", "<"), (r"(?<= )>=(?= )", ">"), (r"(?<= )<(?= )", "<="), (r"(?<= )>(?= )", ">="), (r"(?<= )<>(?= )", "="),
    (r"(?<= )=(?= )", "<>"), (r"\bAND\b", "OR"), (r"\bOR\b(?! REPLACE)", "AND"), (r"\bIS NULL\b", "IS NOT NULL"),
    (r"\bIS NOT NULL\b", "IS NULL"), (r"\bIS DISTINCT FROM\b", "IS NOT DISTINCT FROM"),
    (r"\bIS NOT DISTINCT FROM\b", "IS DISTINCT FROM"), (r"\bNOT EXISTS\b", "EXISTS"), (r"\bNOT IN\b", "IN"),
    (r"(?<!NOT )\bIN(?= \()", "NOT IN"), (r"\bNOT (?=[a-z(])", ""), (r"\bLEFT JOIN\b", "JOIN"), (r"\bSEMI JOIN\b", "ANTI JOIN"),
    (r"\bANTI JOIN\b", "SEMI JOIN"), (r"\bmin\(", "max("), (r"\bmax\(", "min("), (r"\bbool_or\(", "bool_and("),
    (r"\bbool_and\(", "bool_or("), (r"\bgreatest\(", "least("), (r"\bleast\(", "greatest("), (r"\btrue\b", "false"),
    (r"\bfalse\b", "true"), (r"\bSELECT DISTINCT\b", "SELECT"), (r"(?<= )DESC\b", "ASC"), (r"\bNULLS LAST\b", "NULLS FIRST"),
    (r"\bNULLS FIRST\b", "NULLS LAST"), (r"(?<= )\+(?= )", "-"), (r"(?<= )-(?= )", "+"),
)  # fmt: skip
_NUMBER = re.compile(r"(?<![\w.$])\d+(?:\.\d+)?(?![\w.])")


def is_sql(text: str) -> bool:
    """Whether a string is a statement or a part of one: its words are in capitals."""
    return bool(_SQL.search(text))


def sql_changes(text: str) -> list[tuple[tuple[int, str], str]]:
    """Each change of a piece of SQL: its line in the piece (from 0) and how it reads, and the whole piece with it made."""
    dark = [match.span() for match in _COMMENT.finditer(text)]
    quoted = [match.span() for match in _QUOTED.finditer(text) if not _within(match.start(), dark)]
    found: list[tuple[int, int, str]] = []
    for pattern, new in _SWAPS:
        found += [
            (*match.span(), new) for match in re.finditer(pattern, text) if not (new == "OR" and _of_between(text, match.start()))
        ]
    found += [
        (*match.span(), str(float(match[0]) + 1) if "." in match[0] else str(int(match[0]) + 1))
        for match in _NUMBER.finditer(text)
    ]
    found = [each for each in found if not _within(each[0], [*dark, *quoted])]
    found += [(end - 1, end, "XX'") for start, end in quoted if re.search(r"\w", text[start:end])]
    return [_made(text, *each) for each in sorted(found)]


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _of_between(text: str, place: int) -> bool:
    """Whether the AND at `place` belongs to a BETWEEN."""
    between = text.rfind("BETWEEN", 0, place)
    return between >= 0 and not re.search(r"\bAND\b", text[between:place])


def _made(text: str, start: int, end: int, new: str) -> tuple[tuple[int, str], str]:
    left, right = max(0, start - 40), min(len(text), end + 25)
    before = " ".join(f"{text[left:start]}[{text[start:end]}]{text[end:right]}".split())
    return (text.count("\n", 0, start), f"{before}  ->  [{new}]"), text[:start] + new + text[end:]


def yaml_changes(text: str) -> Iterator[tuple[tuple[int, str], str]]:
    """An item of a list gone, a day later, true for false, a day for null; comments stay."""
    lines = text.split("\n")
    for i, line in enumerate(lines):
        for told, new in _of_line(line.split("#")[0].rstrip()):
            yield (i, told), "\n".join([*lines[:i], *([] if new is None else [new]), *lines[i + 1 :]])


def _of_line(line: str) -> Iterator[tuple[str, str | None]]:
    if re.fullmatch(r" +- [a-z.]+", line):
        yield f"{line.strip()}  ->  gone", None
    if match := re.search(r"\d{4}-\d\d-\d\d", line):
        later = (dt.date.fromisoformat(match[0]) + dt.timedelta(days=1)).isoformat()
        yield f"{line.strip()}  ->  {later}", line.replace(match[0], later)
    if match := re.search(r"\[([a-z., ]+)\]", line):
        items = match[1].split(", ")
        for item in items:
            yield f"{line.strip()}  ->  without {item}", line.replace(match[1], ", ".join(one for one in items if one != item))
    for old, new in ((": true", ": false"), (": false", ": true"), (": null", ": 2023-01-01")):
        if line.endswith(old):
            yield f"{line.strip()}  ->  {new[2:]}", line.removesuffix(old) + new
