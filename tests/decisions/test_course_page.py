"""The page on the course of a case says what the data says: every event, every answer, how long it holds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
STATUS = {"closed": "закрыто", "in progress": "рассматривается", None: "не меняется"}


def rows() -> Iterator[str]:
    events = yaml.safe_load((ROOT / "affil" / "decisions" / "events.yml").read_text(encoding="utf-8"))
    words = tomllib.loads((ROOT / "affil" / "words" / "ru" / "course.toml").read_text(encoding="utf-8"))
    for key, event in events.items():
        for answer, its_own in (event.get("outcomes") or {None: {}}).items():
            told = event | its_own
            status = told.get("status")
            cells = (
                f"{words['event'][key]} (`{key}`)",
                words["question"][event["question"]],
                f"{words['outcome'][key][answer]} (`{answer}`)" if answer else "—",
                STATUS[status],
                words["covers"][told["covers"]] if status == "closed" else "—",
            )
            yield f"| {' | '.join(cells)} |"


def test_the_table_of_the_page_is_the_table_of_events() -> None:
    page = (ROOT / "docs" / "course-of-a-case.md").read_text(encoding="utf-8")
    told = [line for line in page.splitlines() if line.startswith("| ") and "(`" in line]
    assert told == list(rows())
