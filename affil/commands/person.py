"""`affil person`: the report on one official, or on a candidate from a file that is not kept."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affil.commands.act import ACT
from affil.commands.common import TO_DECIDE, UNDETERMINED, Debug, Folder, H, Json, Lang, opened, print_json, tell, wrong
from affil.commands.session import session

if TYPE_CHECKING:
    from affil.model.records import Reject
    from affil.person.answer import PersonAnswer
    from affil.reports.person.leads import Told
    from affil.rules.rule import Catalogue
    from affil.settings import Settings
    from affil.store.store import Store
    from affil.words import Words
    from affil.workspace import Workspace

FOLDER = "persons"
LEAST = "low"
LONGEST = 20_000
_NUMBER = re.compile(r"[0-9A-Za-zА-Яа-яЁё-]{0,12}[0-9][0-9A-Za-zА-Яа-яЁё-]{0,12}")

Asked = Annotated[str | None, typer.Argument(help=H("person.asked"))]
Employer = Annotated[str | None, typer.Option("--employer", help=H("person.employer"))]
Candidate = Annotated[Path | None, typer.Option("--candidate", help=H("person.candidate_file"))]
Out = Annotated[Path | None, typer.Option("--out", help=H("person.out"))]
FailOn = Annotated[str | None, typer.Option("--fail-on", help=H("person.fail_on"))]


def person(
    asked: Asked = None, employer: Employer = None, candidate: Candidate = None, out: Out = None, fail_on: FailOn = None,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """The report on one person: text to stdout, a DOCX into `persons/` (with --json only where --out asks for it)."""
    from affil.language.identifiers import valid_inn
    from affil.model.finding import PRIORITIES
    from affil.reports.person.as_json import person_value
    from affil.rules.rule import load_rules
    from affil.shipped import shipped

    place, settings, words = opened(workspace, lang)
    if (asked is None) == (candidate is None):
        wrong(words("person.one_of"))
    if employer is not None and not (len(employer) == 10 and valid_inn(employer)):
        wrong(words("person.bad_employer", found=employer))
    if fail_on is not None and fail_on not in PRIORITIES:
        wrong(words("cli.screen.unknown_priority", found=fail_on, expected=", ".join(PRIORITIES)))
    now = dt.datetime.now()
    rejects: tuple[Reject, ...] = ()
    catalogue = load_rules(shipped("rules"), place.rules, lang=words.lang)
    if candidate is None:
        answer = _official(place, settings, catalogue, str(asked), employer, now, words)
    else:
        answer, rejects = _candidate(place, settings, candidate, employer, now, words)
    for reject in rejects:
        tell(_not_taken(reject, words))
    if as_json:
        print_json(person_value(answer))
    else:
        _print(answer, settings, words)
    if out is not None or not as_json:
        tell(words("person.written", file=_write(answer, out or place.root / FOLDER, settings, catalogue, now, words)))
    _leave(answer, fail_on or LEAST)


def _official(
    place: Workspace, settings: Settings, catalogue: Catalogue, asked: str, employer: str | None, now: dt.datetime, words: Words
) -> PersonAnswer:
    """The answer on an official, with the cases of the newest run where it is of the present data, else of a run made now."""
    from affil.audit.persons import persons_of_parties
    from affil.person.build import person_answer, prepare
    from affil.person.who import find_person
    from affil.reports.person.leads import leads
    from affil.reports.phrases import in_language

    with session(place, settings, words, "person") as store:
        told = _told(store, place, settings, catalogue)
        if told is None:
            run, findings = _screened(store, settings, catalogue)
        else:
            run, findings = told
            prepare(store, _default_customer(settings))
        subject = find_person(store, asked, employer, words)
        cases = leads(findings, subject, lambda rule: in_language(catalogue.info(rule).title, words) or rule)
        answer = person_answer(store, subject, cases, *_thresholds(settings), now.date(), run)
        ACT.looked_at(*persons_of_parties(store, [subject.party, *(one.party for one in answer.relatives)]))
        return answer


def _told(store: Store, place: Workspace, settings: Settings, catalogue: Catalogue) -> tuple[str, list[Told]] | None:
    """The newest run of the workspace and its findings, where data, rules, settings, decisions and program are still the same."""
    from affil import __version__
    from affil.decisions.course import courses_of
    from affil.decisions.log import deciding_values, effective, read_log
    from affil.reports.person.leads import told_in_folder
    from affil.store.outline import is_unlinked, run_id

    folder = place.latest_run()
    if folder is None or is_unlinked(store):
        return None
    log = read_log(store)
    if any(event.status for course in courses_of(log).values() for event in course.events):
        return None  # how the cases stand is part of a run, and only a run tells it
    decided = deciding_values(effective(log))
    run = run_id(store, catalogue.hashes, settings.deciding_values(), None, None, decided)
    told = told_in_folder(folder, run, __version__)
    return None if told is None else (run, told)


def _screened(store: Store, settings: Settings, catalogue: Catalogue) -> tuple[str, list[Told]]:
    from affil import pipeline
    from affil.reports.person.leads import told_in_run

    run = pipeline.screen(store, catalogue, settings, pipeline.Scope())
    return run.id, told_in_run(run)


def _candidate(
    place: Workspace, settings: Settings, file: Path, employer: str | None, now: dt.datetime, words: Words
) -> tuple[PersonAnswer, tuple[Reject, ...]]:
    """The answer on the candidate of the file; the store is as it was when this returns, but for the log."""
    from affil.audit.facts import file_sign
    from affil.person.build import person_answer, prepare
    from affil.person.candidate import candidate_subject, take_candidate
    from affil.resolve.link import link
    from affil.store.outline import is_unlinked

    customer = _default_customer(settings)
    with file.open("rb") as stream:
        ACT.note(candidate=file_sign(hashlib.file_digest(stream, "sha256").hexdigest()))
    with session(place, settings, words, "person") as store:
        if is_unlinked(store):
            link(store, customer)  # a load was cut short before this step
        with store.undone():
            taken = take_candidate(store, file, employer, customer, words)
            prepare(store, customer)
            subject = candidate_subject(store, taken.key)
            return person_answer(store, subject, (), *_thresholds(settings), now.date(), None), taken.rejects


def _thresholds(settings: Settings) -> tuple[str | None, int]:
    return settings.organisation.region_code, settings.thresholds.stale_questionnaire_months


def _default_customer(settings: Settings) -> str | None:
    customers = settings.purchases.customers
    return customers[0] if len(customers) == 1 else None


def _print(answer: PersonAnswer, settings: Settings, words: Words) -> None:
    from affil.reports.blocks import blocks_text
    from affil.reports.clean import clean
    from affil.reports.person.blocks import person_blocks
    from affil.reports.person.outcome import closing_lines
    from affil.reports.person.sheet import sheet_of

    text = blocks_text(person_blocks(answer, sheet_of(settings), words), words)
    lines = [words("person.document.file_title"), words("reports.personal_data"), *text.splitlines(), ""]
    lines += [*closing_lines(answer, sheet_of(settings), words), words("reports.disclaimer")]
    print("\n".join(clean(line, LONGEST) for line in lines))


def _write(answer: PersonAnswer, folder: Path, settings: Settings, catalogue: Catalogue, now: dt.datetime, words: Words) -> Path:
    """The document in a new file that only its owner can read; its name has no name of a person (OFFICER 5)."""
    from affil import __version__
    from affil.errors import InputError
    from affil.reports.findings_json import json_bytes
    from affil.reports.folder import write_private
    from affil.reports.person.as_json import person_value
    from affil.reports.person.blocks import person_blocks
    from affil.reports.person.sheet import sheet_of
    from affil.reports.word.paper import Imprint
    from affil.reports.word.person_paper import person_docx

    checksum = hashlib.sha256(json_bytes(person_value(answer))).hexdigest()
    imprint = Imprint(answer.run or words("person.no_run"), __version__, catalogue.edition, checksum, now)
    content = person_docx(answer, person_blocks(answer, sheet_of(settings), words), sheet_of(settings), imprint, words)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return next(_written(folder, f"{_file_name(answer)}_{now:%Y-%m-%d_%H-%M-%S}", content, write_private))
    except OSError as error:
        raise InputError(words("person.cannot_write", folder=folder, why=error.strerror or error)) from error


def _written(folder: Path, name: str, content: bytes, write: Callable[[Path, bytes], None]) -> Iterator[Path]:
    """The file under the first of its names that is free: what is there is never overwritten."""
    for number in itertools.count(1):
        path = folder / (f"{name}.docx" if number == 1 else f"{name}-{number}.docx")
        with contextlib.suppress(FileExistsError):
            write(path, content)
            yield path


def _file_name(answer: PersonAnswer) -> str:
    """The employee_id, where it is a number and no text; else signs that tell nobody who it is."""
    post = answer.subject.posts[0]
    if answer.run is None:
        return "candidate"
    if post.employee_id and _NUMBER.fullmatch(post.employee_id):
        return post.employee_id
    return "person-" + hashlib.sha256(post.key.encode("utf-8", "replace")).hexdigest()[:8]


def _not_taken(reject: Reject, words: Words) -> str:
    place = ", ".join(str(part) for part in (reject.sheet, reject.row, reject.column, reject.value) if part)
    why = str(words.raw(f"rejects.{reject.reason}.reason")).format_map({"value": reject.value, **reject.params})
    return words("person.not_taken", place=place or "—", why=why)


def _leave(answer: PersonAnswer, least: str) -> None:
    """Exit code 3 for a question of priority `least` or above, else 5 where there is no answer, else 0 (CONTRACT 2)."""
    from affil.model.finding import PRIORITIES

    if any(PRIORITIES.index(one.priority) <= PRIORITIES.index(least) for one in answer.questions):
        raise typer.Exit(TO_DECIDE)
    if answer.undetermined:
        raise typer.Exit(UNDETERMINED)
