"""`affil person-data`: the answer to a person's request about the processing of his data (152-ФЗ ст. 14)."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affil.commands.act import ACT
from affil.commands.common import Debug, Folder, H, Json, Lang, opened, print_json, say, tell
from affil.commands.purge import keys_of
from affil.commands.session import session
from affil.commands.subject_options import Employer

if TYPE_CHECKING:
    from affil.words import Words

FOLDER = "persons"


def person_data(
    asked: Annotated[str, typer.Argument(help=H("retention.option.data_person"))],
    employer: Employer = None,
    out: Annotated[Path | None, typer.Option("--out", help=H("retention.option.data_out"))] = None,
    workspace: Folder = Path(),
    as_json: Json = False,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """What is held about a person; text to stdout, a DOCX into `persons/` (with --json only where --out asks for it)."""
    from affil.decisions.log import read_log
    from affil.reports.blocks import blocks_text
    from affil.reports.subject_answer import SubjectAnswer, answer_blocks, answer_value
    from affil.reports.word.subject_paper import answer_docx
    from affil.retention.copies import copies_naming
    from affil.retention.subject import held_about
    from affil.retention.terms import term_of

    place, settings, words = opened(workspace, lang)
    now = dt.datetime.now().replace(microsecond=0)
    with session(place, settings, words, "person-data") as store:
        keys = keys_of(store, settings, asked, employer, words)
        log = read_log(store, words.lang)
        found = held_about(store, keys, log)
        terms = tuple(term_of(store, key, settings.retention, now.date(), log) for key in keys)
        rows = store.rows("SELECT * FROM official_in_force WHERE official_key IN (SELECT unnest(?))", [keys])
        ACT.looked_at(*({one for row in rows for one in _references(row)},))
    answer = SubjectAnswer(found, terms, copies_naming(place.root, place.store, found.quoting).runs, settings, now)
    if as_json:
        print_json(answer_value(answer, words))
    else:
        say(blocks_text(answer_blocks(answer, words), words))
    if out is not None or not as_json:
        file = _written(out or place.root / FOLDER, keys[0], answer_docx(answer, words), now, words)
        tell(words("retention.data.written", file=file))
        tell(words("retention.data.before_sending"))


def _references(row: dict[str, Any]) -> frozenset[str]:
    from affil.decisions.references import references_of

    return references_of("official", row)


def _written(folder: Path, key: str, content: bytes, now: dt.datetime, words: Words) -> Path:
    """A new file whose name tells nobody who it is about."""
    from affil.errors import InputError
    from affil.reports.folder import write_private

    name = f"data-{hashlib.sha256(key.encode()).hexdigest()[:8]}_{now:%Y-%m-%d_%H-%M-%S}.docx"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(folder / name, content)
    except OSError as error:
        raise InputError(words("retention.plan.cannot_write", folder=folder, cause=error.strerror or error)) from error
    return folder / name
