"""`affil precheck`: the officials and the commission of one procurement against its participants, before bids are considered."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affil.commands.act import ACT
from affil.commands.common import (
    DONE,
    TO_DECIDE,
    UNDETERMINED,
    VOICE,
    Debug,
    Folder,
    H,
    Json,
    Lang,
    if_opened,
    must_exist,
    opened,
    print_json,
    tell,
    wrong,
)  # fmt: skip
from affil.commands.session import session
from affil.words import Words

if TYPE_CHECKING:
    from affil.ingest.tables.request import Request
    from affil.precheck.asked import Asked
    from affil.precheck.pairs import Precheck
    from affil.settings import Settings
    from affil.store.store import Store
    from affil.workspace import Workspace

_LONGEST_NAME = 60


def precheck(
    procedure: Annotated[str | None, typer.Option("--procedure", help=H("precheck.cli.procedure"))] = None,
    participants: Annotated[Path | None, typer.Option("--participants", help=H("precheck.cli.participants"))] = None,
    commission: Annotated[Path | None, typer.Option("--commission", help=H("precheck.cli.commission"))] = None,
    customer: Annotated[str | None, typer.Option("--customer", help=H("precheck.cli.customer"))] = None,
    request: Annotated[Path | None, typer.Option("--request", help=H("precheck.cli.request"))] = None,
    stage: Annotated[str | None, typer.Option("--stage", help=H("precheck.cli.stage"))] = None,
    sheet: Annotated[str, typer.Option("--sheet", help=H("precheck.cli.sheet"))] = "full",
    out: Annotated[Path | None, typer.Option("--out", help=H("precheck.cli.out"))] = None,
    fail_on: Annotated[str, typer.Option("--fail-on", help=H("precheck.cli.fail_on"))] = "low",
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """One procurement before its bids are considered."""
    _, words = if_opened(workspace, lang)
    _check_asked(procedure, participants, commission, customer, request, words)
    _check_words(stage, sheet, fail_on, words)
    place, words, settings = _place(workspace, lang, by_store=participants is None and request is None)
    files = [file for file in (request, participants, commission) if file is not None]
    must_exist(files, words)
    if out is not None and out.exists():
        wrong(words("precheck.cli.exists", path=out))
    known = {"procedure_number": procedure, "customer_inn": customer, "stage": stage}
    told = {name: value for name, value in known.items() if value is not None}
    given = _request(files, request is not None, told, place, words)
    found = _answered(place, settings, given, "request" if request else "files", told, words)
    code = TO_DECIDE if found.at_or_above(fail_on) else UNDETERMINED if found.is_open else DONE
    _print(found, sheet, code, as_json, words)
    _write(found, sheet, out, None if as_json else place, as_json, words)
    if code != DONE:
        raise typer.Exit(code)


def _place(folder: Path, lang: str | None, by_store: bool) -> tuple[Workspace | None, Words, Settings]:
    """The workspace, which a question by files need not have."""
    from affil.settings import default_settings

    if by_store or (folder / "affil.toml").is_file():
        place, settings, words = opened(folder, lang)
        return place, words, settings
    _, words = if_opened(folder, lang)
    VOICE.words = words
    return None, words, default_settings(words.lang)


def _check_asked(
    procedure: str | None, participants: Path | None, commission: Path | None, customer: str | None, request: Path | None,
    words: Words,
) -> None:  # fmt: skip
    by_files = participants is not None
    wrongly_mixed = request is not None and (by_files or commission is not None or customer is not None or procedure is not None)
    lonely = not by_files and (commission is not None or customer is not None)
    if wrongly_mixed or lonely or not (request or by_files or procedure):
        wrong(words("precheck.cli.one_way"))
    if customer is not None:
        from affil.language.identifiers import valid_inn

        if len(customer) != 10 or not valid_inn(customer):
            wrong(words("precheck.cli.bad_customer", found=customer))


def _check_words(stage: str | None, sheet: str, fail_on: str, words: Words) -> None:
    from affil.model.finding import PRIORITIES
    from affil.precheck.asked import STAGES

    if stage is not None and stage not in STAGES:
        wrong(words("precheck.cli.unknown_stage", found=stage, expected=", ".join(STAGES)))
    if sheet not in ("full", "secretary"):
        wrong(words("precheck.cli.unknown_sheet", found=sheet, expected="full, secretary"))
    if fail_on not in PRIORITIES:
        wrong(words("cli.screen.unknown_priority", found=fail_on, expected=", ".join(PRIORITIES)))


def _request(files: list[Path], is_form: bool, told: dict[str, str], place: Workspace | None, words: Words) -> Request | None:
    """What the files say, None where none is given; what was not taken of them is told."""
    if not files:
        return None
    from affil.errors import InputError
    from affil.ingest.files import file_name
    from affil.ingest.inputs import InputFile
    from affil.ingest.refusal import FileRefusedError
    from affil.ingest.tables.request import read_request, read_tables_asked

    root = place.root if place else Path.cwd()
    inputs = [InputFile(name=file_name(file, file, root), path=file) for file in files]
    try:
        read = read_request(inputs[0]) if is_form else read_tables_asked(inputs, told)
    except FileRefusedError as refused:
        texts = words.raw(f"rejects.{refused.reject.reason}")
        told_why = ". ".join(texts[part].format_map(refused.reject.params) for part in ("reason", "remedy"))
        raise InputError(f"{', '.join(map(str, files))}: {told_why}") from refused
    for reject in read.rejects:
        why = words.raw(f"rejects.{reject.reason}.reason").format_map({"value": reject.value, **reject.params})
        tell(words("precheck.cli.not_taken", file=", ".join(one.name for one in inputs), row=reject.row or "—", why=why))
    return read


def _answered(
    place: Workspace | None, settings: Settings, given: Request | None, given_by: str, told: dict[str, str], words: Words
) -> Precheck:  # fmt: skip
    from affil.prechecked import precheck as answer
    from affil.rules.rule import load_rules
    from affil.shipped import shipped

    now = dt.datetime.now()
    catalogue = load_rules(shipped("rules"), *([place.rules] if place else []), lang=words.lang)
    with session(place if place and place.store.exists() else None, settings, words, "precheck") as store:
        with _asked(store, given, given_by, settings, told, now, words) as asked:
            found = answer(store.with_one_thread(), catalogue, settings, asked, now, len(given.rejects) if given else 0)
        _note(store, found)  # now that what was only asked about is gone from the store
    if place and not place.store.exists():
        ACT.leave("precheck")
    return found


def _note(store: Store, found: Precheck) -> None:
    """Whom the sheet is about, for the log: the officials the store keeps, and whom findings on them name."""
    from affil.audit.persons import persons_at, persons_of_findings

    findings = [finding for pair in found.pairs for finding in (*pair.findings, *pair.hints)]
    ACT.note(officials=len(found.seats.rows), participants=len(found.bidders), findings=len(findings), open=found.is_open)
    ACT.looked_at(*persons_at(store, [f"official|{seat.key}" for seat in found.seats.rows]))
    ACT.looked_at(*persons_of_findings(store, findings))


@contextmanager
def _asked(
    store: Store, given: Request | None, given_by: str, settings: Settings, told: dict[str, str], now: dt.datetime, words: Words
) -> Iterator[Asked]:  # fmt: skip
    from affil.precheck.asked import asked_in_store
    from affil.ties import only_customer

    default = only_customer(settings)
    with ExitStack() as stack:
        if given is None:
            yield asked_in_store(store, told["procedure_number"], default, told.get("stage"), words)
        else:
            from affil.precheck.given import laid_over

            yield stack.enter_context(laid_over(store, given, given_by, default, now, words))


def _print(found: Precheck, sheet: str, code: int, as_json: bool, words: Words) -> None:
    if as_json:
        from affil.reports.precheck.as_json import precheck_json

        print_json(precheck_json(found, sheet, code, words))
    else:
        from affil.reports.precheck.text import precheck_text

        print(precheck_text(found, sheet, words))


def _write(found: Precheck, sheet: str, out: Path | None, place: Workspace | None, as_json: bool, words: Words) -> None:
    """The document: where it was asked for, else below the workspace; what is there already is never replaced."""
    if out is None and place is None:
        if not as_json:
            tell(words("precheck.cli.no_document"))
        return
    from affil.errors import InputError
    from affil.reports.folder import write_private
    from affil.reports.word.precheck_sheet import precheck_docx

    content = precheck_docx(found, sheet, words)
    try:
        path = out or _free_path(place.root / "prechecks", found) if place else out
        assert path is not None
        write_private(path, content)
    except OSError as error:
        raise InputError(words("precheck.cli.cannot_write", path=out or "prechecks", cause=error.strerror or error)) from error
    tell(words("precheck.cli.written", path=path))


def _free_path(folder: Path, found: Precheck) -> Path:
    """`prechecks/<procurement>-<time>.docx`, with a number where that is taken."""
    folder.mkdir(mode=0o700, exist_ok=True)
    # No point, for Windows takes `CON.x` for a device, and no letter of four bytes, for a name has 255 of them.
    number = re.sub(r"[^0-9A-Za-zА-Яа-яЁё-]+", "_", found.asked.number).strip("_")[:_LONGEST_NAME] or "закупка"
    name = f"{number}-{found.made:%Y-%m-%d_%H-%M-%S}"
    taken = 1
    while (path := folder / (f"{name}.docx" if taken == 1 else f"{name}-{taken}.docx")).exists():
        taken += 1
    return path
