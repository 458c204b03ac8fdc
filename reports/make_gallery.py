"""Writes `reports/district/` anew: every document of the program, made of the fictional district with a fixed clock and key.

Run from the top of the repository: `make gallery`. The same bytes every time (tests/test_gallery.py), so a change of a document
is seen in the change that made it. A document that no run folder holds is a line of `MORE`.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from affil import pipeline
from affil.demo import make_demo
from affil.model.finding import Run
from affil.reports.documents import run_documents
from affil.settings import Settings
from affil.store.store import Store
from affil.words import Words
from affil.workspace import Workspace

GALLERY = Path(__file__).parent / "district"
STARTED = dt.datetime(2026, 3, 2, 10, 0)
SCOPE = pipeline.Scope(since=dt.date(2025, 1, 1), until=dt.date(2025, 12, 31), as_of=STARTED.date())
KEY = "the gallery's own key: a workspace's is made by chance"


@dataclass(frozen=True, slots=True)
class District:
    """The screened district: the run, and what a document that is no part of a run folder is made of."""

    run: Run
    store: Store
    place: Workspace
    settings: Settings
    words: Words


# Documents beside those of the run folder: name below `district/`, and what makes it.
MORE: tuple[tuple[str, Callable[[District], bytes]], ...] = ()


@contextmanager
def district(lang: str = "ru") -> Iterator[District]:
    """The demonstration's workspace, loaded and screened in memory; the folder is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, Store.open(None, lang) as store:
        place = make_demo(Path(folder) / "district", lang)
        settings = place.settings()
        pipeline.load(store, place, [place.inbox], settings)
        run = pipeline.screen(store, pipeline.rules_of(place), settings, SCOPE)
        yield District(replace(run, started=STARTED, pseudonym_key=KEY), store, place, settings, Words(lang))


def documents(made: District) -> dict[str, bytes]:
    """Every file of the gallery by name."""
    return {**run_documents(made.run, made.words), **{name: maker(made) for name, maker in MORE}}


def main() -> None:
    """Write the gallery in place of the old one."""
    with district() as made:
        found = documents(made)
    shutil.rmtree(GALLERY, ignore_errors=True)
    for name, content in found.items():
        file = GALLERY / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


if __name__ == "__main__":
    main()
