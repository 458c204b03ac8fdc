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
from affil.answers.correspondence import facts_of
from affil.demo import make_demo
from affil.model.run import Run
from affil.person.build import person_answer
from affil.person.who import find_person
from affil.precheck.asked import asked_in_store
from affil.prechecked import precheck
from affil.reports.documents import run_documents
from affil.reports.findings_json import json_bytes
from affil.reports.letters.all_letters import letter_files, letters_of
from affil.reports.person.as_json import person_value
from affil.reports.person.blocks import person_blocks
from affil.reports.person.leads import leads, told_in_run
from affil.reports.person.sheet import sheet_of
from affil.reports.phrases import in_language
from affil.reports.word.paper import Imprint
from affil.reports.word.person_paper import person_docx
from affil.reports.word.precheck_sheet import precheck_docx
from affil.settings import Settings
from affil.store.store import Store
from affil.ties import only_customer
from affil.words import Words
from affil.workspace import Workspace

GALLERY = Path(__file__).parent / "district"
STARTED = dt.datetime(2026, 3, 2, 10, 0)
SCOPE = pipeline.Scope(since=dt.date(2025, 1, 1), until=dt.date(2025, 12, 31), as_of=STARTED.date())
PROCEDURE = "0339300042122500037"
KEY = "the gallery's own key: a workspace's is made by chance"


@dataclass(frozen=True, slots=True)
class District:
    """The screened district: the run, and what a document that is no part of a run folder is made of."""

    run: Run
    store: Store
    place: Workspace
    settings: Settings
    words: Words


def person_report(made: District) -> dict[str, bytes]:
    """`affil person 00004 --employer 4299618729`: a member of the commission, one of whose relatives bids."""
    subject = find_person(made.store, "00004", "4299618729", made.words)
    told = leads(told_in_run(made.run), subject, lambda rule: in_language(made.run.rules[rule].title, made.words))
    region, months = made.settings.organisation.region_code, made.settings.thresholds.stale_questionnaire_months
    answer = person_answer(made.store, subject, told, region, months, STARTED.date(), made.run.id)
    checksum = hashlib.sha256(json_bytes(person_value(answer))).hexdigest()
    imprint = Imprint(made.run.id, made.run.version, made.run.rules_date, checksum, STARTED)
    sheet = sheet_of(made.settings)
    blocks = person_blocks(answer, sheet, made.words)
    return {"persons/00004.docx": person_docx(answer, blocks, sheet, imprint, made.words)}


def letters(made: District) -> dict[str, bytes]:
    """`affil check --letters`: of each kind the first, and the list of these."""
    found = letters_of(made.run, facts_of(made.store, made.run), made.words)
    first = {letter.kind: (name, letter) for name, letter in reversed(found)}
    chosen = [one for one in found if one in first.values()]
    return {f"letters/{name}": content for name, content in letter_files(made.run, chosen, made.words).items()}


def prechecks(made: District) -> dict[str, bytes]:
    """`affil precheck --procedure 0339300042122500037`, both sheets. Last: it puts its own tables in place of the run's."""
    catalogue = pipeline.rules_of(made.place)
    asked = asked_in_store(made.store, PROCEDURE, only_customer(made.settings), None, made.words)
    found = precheck(made.store, catalogue, made.settings, asked, STARTED, 0)
    sheets = ("full", "secretary")
    return {f"prechecks/{PROCEDURE}-{sheet}.docx": precheck_docx(found, sheet, made.words) for sheet in sheets}


# Documents beside those of the run folder, by name below `district/`.
MORE: tuple[Callable[[District], dict[str, bytes]], ...] = (person_report, letters, prechecks)


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
    found = run_documents(made.run, made.words)
    for make in MORE:
        found |= make(made)
    return found


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
