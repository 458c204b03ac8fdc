"""`affil person-data`: the answer to a person's request about the processing of his data (152-ФЗ ст. 14)."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affil.commands.act import ACT
from affil.commands.common import Debug, Folder, H, Json, Lang, opened, print_json, say, tell
from affil.commands.purge import keys_of, reason_text
from affil.commands.session import session
from affil.commands.subject_options import Employer

if TYPE_CHECKING:
    from affil.reports.blocks import Block
    from affil.retention.subject import Held
    from affil.retention.terms import Term
    from affil.settings import Settings
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
    from affil.retention.copies import copies_naming
    from affil.retention.subject import held_about
    from affil.retention.terms import term_of

    place, settings, words = opened(workspace, lang)
    now = dt.datetime.now().replace(microsecond=0)
    with session(place, settings, words, "person-data") as store:
        keys = keys_of(store, settings, asked, employer, words)
        log = read_log(store, words.lang)
        found = held_about(store, keys, log)
        terms = [term_of(store, key, settings.retention, now.date(), log) for key in keys]
        rows = store.rows("SELECT * FROM official_in_force WHERE official_key IN (SELECT unnest(?))", [keys])
        ACT.looked_at(*({one for row in rows for one in _references(row)},))
    runs = copies_naming(place.root, place.store, found.quoting).runs
    value = _value(found, terms, runs, settings, words)
    if as_json:
        print_json(value)
    else:
        say(blocks_text(_blocks(found, terms, runs, settings, now, words), words))
    if out is not None or not as_json:
        content = _document(found, terms, runs, settings, now, words)
        tell(words("retention.data.written", file=_written(out or place.root / FOLDER, keys[0], content, now, words)))


def _references(row: dict[str, Any]) -> frozenset[str]:
    from affil.decisions.references import references_of

    return references_of("official", row)


def _blocks(
    found: Held, terms: list[Term], runs: tuple[str, ...], settings: Settings, now: dt.datetime, words: Words
) -> list[Block]:
    from affil.reports.blocks import Bullets, Heading, Table, Text

    held = [
        (_what(one.table, one.field, words), _shown(one.field, one.value, words), one.file, one.place, f"{one.loaded:%d.%m.%Y}")
        for one in found.items
    ]
    masked = words("retention.data.masked")
    kin = [
        (one.relationship, masked, ", ".join(_field(name, words) for name in one.fields), one.file, one.place)
        for one in found.kin
    ]
    said: list[Block] = [
        *(
            Text(words("retention.data.subject", name=one.name, id=one.employee_id or "—", employer=one.employer or "—"))
            for one in terms
        ),
        Text(words("retention.data.made", date=f"{now:%d.%m.%Y %H:%M}")),
        Heading(words("retention.data.basis")),
        *(Text(text) for text in _bases(terms, settings, words)),
        Heading(words("retention.data.purpose")),
        Text(words("retention.data.purposes")),
        Heading(words("retention.data.held")),
        Table(words.raw("retention.data.held_headings"), tuple(held), (4, 5, 5, 4, 2.5)),
        Heading(words("retention.data.kin")),
        Table(words.raw("retention.data.kin_headings"), tuple(kin), (3, 3, 5, 5, 4))
        if kin
        else Text(words("retention.data.nothing")),
    ]
    if found.others:
        said.append(Text(words("retention.data.others", number=found.others)))
    said += [Heading(words("retention.data.term")), Bullets(tuple(reason_text(one, settings, words) for one in terms))]
    said.append(Heading(words("retention.data.looked")))
    looks = tuple((f"{one.at:%d.%m.%Y %H:%M}", *_look(one.who, one.command, words)) for one in found.looks)
    said.append(
        Table(words.raw("retention.data.looked_headings"), looks, (4, 6, 6))
        if looks
        else Text(words("retention.data.nobody_looked"))
    )
    said.append(Text(words("retention.data.given", runs=", ".join(runs)) if runs else words("retention.data.none_given")))
    said.append(Heading(words("retention.data.decisions", number=len(found.events))))
    if found.events:
        said.append(
            Bullets(
                tuple(
                    words("retention.data.decision", date=f"{on:%d.%m.%Y}", what=_event(kind, words)) for on, kind in found.events
                )
            )
        )
    return [*said, Text(words("retention.data.rights"))]


def _bases(terms: list[Term], settings: Settings, words: Words) -> list[str]:
    from affil.reports.phrases import label

    told = []
    for status in dict.fromkeys(one.status for one in terms):
        basis, kin = (
            part.of(status) or words("retention.data.no_basis")
            for part in (settings.legal_basis.person, settings.legal_basis.relatives)
        )
        name = label(words, "reports.status", status) or words("memo.no_status")
        told += [
            words("retention.data.basis_person", status=name, basis=basis),
            words("retention.data.basis_relatives", basis=kin),
        ]
    return told


def _shown(field: str, value: str, words: Words) -> str:
    from affil.reports.phrases import label

    table = {"status": "reports.status", "procurement_role": "reports.role"}.get(field)
    return (label(words, table, value) or value) if table else value


def _what(table: str, field: str, words: Words) -> str:
    return f"{words(f'retention.data.table.{table}')}: {_field(field, words, table)}"


_TABLES = {"official": "officials", "commission_seat": "commissions", "duty": "duties", "declared_interest": "declared_interests",
           "notice": "notices", "search": "searches", "relative": "relatives"}  # fmt: skip
_NAMED = {"former_surnames": "former_names", "noticed_on": "date", "searched_on": "date", "valid_from": "from", "valid_to": "to",
          "kind_text": "kind", "result_text": "result", "holder_text": "holder", "relationship_text": "relationship"}  # fmt: skip


def _field(name: str, words: Words, table: str = "relative") -> str:
    """A column as the form of its own table calls it, in Russian, the only language forms have; «С» is no day of a wedding."""
    from affil.ingest.vocabulary.vocabulary import vocabulary

    if table not in _TABLES:
        return name
    fields = vocabulary().tables[_TABLES[table]].fields
    field = fields.get(name) or fields.get(_NAMED.get(name, name)) or fields.get("member" if name == "name" else name)
    return str(field.heading) if field is not None else name


def _look(who: str, command: str, words: Words) -> tuple[str, str]:
    """Who looked and what he did, as the log itself tells them."""
    from affil.audit.entry import ACCOUNT

    named = words("audit.account", name=who.removeprefix(ACCOUNT)) if who.startswith(ACCOUNT) else who
    return named, str(words.raw("audit.command").get(command, command))


def _event(kind: str, words: Words) -> str:
    return str(words.raw("workbook.event").get(kind, kind))


def _document(found: Held, terms: list[Term], runs: tuple[str, ...], settings: Settings, now: dt.datetime, words: Words) -> bytes:
    from affil import __version__
    from affil.reports.findings_json import json_bytes
    from affil.reports.word.paper import Imprint, Paper
    from affil.reports.word.person_paper import put_block

    checksum = hashlib.sha256(json_bytes(_value(found, terms, runs, settings, words))).hexdigest()
    paper = Paper(Imprint("—", __version__, None, checksum, now), words, words("retention.data.file_title"))
    paper.letterhead(
        [settings.organisation.name or "", settings.documents.department or "", words("paper.date_and_number")], [found.name]
    )
    paper.title(words("retention.data.title"), words("retention.data.under"))
    for block in _blocks(found, terms, runs, settings, now, words):
        put_block(paper, block)
    paper.signatures(
        [
            (words("retention.act.performed"), settings.documents.executor or ""),
            (words("retention.act.head"), settings.documents.head or ""),
        ]
    )
    return paper.saved()


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


def _value(found: Held, terms: list[Term], runs: tuple[str, ...], settings: Settings, words: Words) -> dict[str, Any]:
    return {
        "name": found.name,
        "posts": [
            {
                "employee_id": one.employee_id,
                "employer": one.employer,
                "status": one.status,
                "term": reason_text(one, settings, words),
                "basis": settings.legal_basis.person.of(one.status),
                "basis_relatives": settings.legal_basis.relatives.of(one.status),
            }
            for one in terms
        ],
        "held": [
            {
                "table": one.table,
                "field": one.field,
                "value": one.value,
                "file": one.file,
                "place": one.place,
                "loaded": one.loaded.isoformat(),
            }
            for one in found.items
        ],
        "relatives": [
            {"relationship": one.relationship, "fields": list(one.fields), "file": one.file, "place": one.place}
            for one in found.kin
        ],
        "named_by_others": found.others,
        "looked": [{"at": one.at.isoformat(), "who": one.who, "command": one.command} for one in found.looks],
        "runs": list(runs),
        "events": [{"on": on.isoformat(), "event": kind} for on, kind in found.events],
    }
