"""Writes `reports/district/` anew: every document of the program, made of the fictional district with a fixed clock and key.

Run from the top of the repository: `make gallery`. The same bytes every time (tests/test_gallery.py), so a change of a document
is seen in the change that made it. A document that no run folder holds is a line of `MORE`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from affil import pipeline
from affil.demo import make_demo
from affil.model.finding import Run
from affil.person.build import person_answer
from affil.person.who import find_person
from affil.reports.documents import run_documents
from affil.reports.findings_json import json_bytes
from affil.reports.person_blocks import person_blocks
from affil.reports.person_json import person_value
from affil.reports.person_leads import leads, told_in_run
from affil.reports.phrases import in_language
from affil.reports.word.paper import Imprint
from affil.reports.word.person_paper import person_docx
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


def person_report(made: District) -> bytes:
    """`affil person 00004 --employer 4299618729`: a member of the commission, one of whose relatives bids."""
    subject = find_person(made.store, "00004", "4299618729", made.words)
    told = leads(told_in_run(made.run), subject, lambda rule: in_language(made.run.rules[rule].title, made.words))
    answer = person_answer(made.store, subject, told, made.settings, STARTED.date(), made.run.id)
    checksum = hashlib.sha256(json_bytes(person_value(answer))).hexdigest()
    imprint = Imprint(made.run.id, made.run.version, made.run.rules_date, checksum, STARTED)
    return person_docx(answer, person_blocks(answer, made.settings, made.words), made.settings, imprint, made.words)


# Documents beside those of the run folder: name below `district/`, and what makes it.
MORE: tuple[tuple[str, Callable[[District], bytes]], ...] = (("persons/00004.docx", person_report),)


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
