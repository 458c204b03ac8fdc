"""A candidate and his kin from a small file: put into the store for the time of one answer, inside `Store.undone`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from affil.errors import InputError, UsageError
from affil.ingest.inputs import InputFile
from affil.ingest.readers import reader_for, readers
from affil.ingest.refusal import FileRefusedError
from affil.language.fio import parse_name
from affil.model.records import Reject, Sink
from affil.person.answer import Subject
from affil.person.who import CANDIDATE, Row, subject_of
from affil.resolve.link import same_name
from affil.store.store import Store
from affil.words import Words

SOURCE_ID = "candidate"
KIND = "table"
_HIS = ("relative", "declared_interest", "notice", "search")  # what the file may tell of him


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the file: the key of the candidate, and what of the file was not taken."""

    key: str
    rejects: tuple[Reject, ...]


def take_candidate(store: Store, file: Path, employer: str | None, default_employer: str | None, words: Words) -> Taken:
    """Write the one candidate of the file, and whom he names, to the store; the caller undoes it (`Store.undone`).

    The file has the tables officials and relatives (CONTRACT 3), in two sheets or one: a list of relatives that names the candidate
    is enough. `employer` is the ИНН of the customer he is a candidate for, else the file's, else `default_employer`.
    `InputError` where the file cannot be read or names no person; `UsageError` where it names several or no customer is known.
    """
    tables, rejects = _read(file, words)
    official = _one(tables, file, words)
    inn = _employer(official, employer, default_employer, file, words)
    key = f"{inn}|{SOURCE_ID}|{official['name_key'] or official['name']}"
    mine = {"source_id": SOURCE_ID, "official_key": key}
    store.sql(
        "INSERT INTO source VALUES (?, ?, ?, ?, (SELECT coalesce(max(batch), 0) + 1 FROM source), TIMESTAMP '2000-01-01', '{}', 0, '[]')",
        [SOURCE_ID, SOURCE_ID, file.name, KIND],
    )
    store.append("official", [{**official, **mine, "employer_inn": inn, "status": CANDIDATE, "employee_id": None}])
    for table in _HIS:
        rows, others = _his(tables[table], official, table)
        store.append(table, [{**row, **mine} for row in rows])
        rejects += [_of_another(row) for row in others]
    return Taken(key, tuple(rejects))


def candidate_subject(store: Store, key: str) -> Subject:
    """The candidate as a person, with the posts the store knows of him already; needs the temporary table party."""
    rows = store.rows(
        """SELECT o.*, p.party FROM official_in_force o JOIN party p ON p.mention = 'official|' || o.official_key
           WHERE p.party = (SELECT party FROM party WHERE mention = 'official|' || $1)
           ORDER BY o.official_key <> $1, o.employer_inn, o.official_key""",
        [key],
    )
    return subject_of(rows)


def _read(file: Path, words: Words) -> tuple[dict[str, list[Row]], list[Reject]]:
    if not file.is_file():
        raise InputError(words("cli.load.missing", path=file))
    tables: dict[str, list[Row]] = defaultdict(list)
    sink = Sink(lambda table, rows: tables[table].extend(rows), in_memory=True)
    given = InputFile(file.name, file)
    try:
        reader = reader_for(given, readers())
        if reader is None or reader.kind != KIND:
            raise InputError(words("person.candidate.not_a_table", file=file.name))
        reader.read(given, sink)
    except (OSError, FileRefusedError) as error:
        raise InputError(
            words("person.candidate.unreadable", file=file.name, why=getattr(error, "strerror", None) or error)
        ) from error
    sink.close()
    return tables, list(sink.rejects)


def _one(tables: dict[str, list[Row]], file: Path, words: Words) -> Row:
    """The one person the file is about."""
    of_list = [row for row in tables["official"] if not row.get("beside_kin")]
    people = {(row["name_key"] or row["name"], row.get("birth_date")): row for row in of_list or tables["official"]}
    if not people:
        people = {(name, None): _named(name) for name in sorted({row["official_name"] for row in tables["relative"]} - {None})}
    if not people:
        raise InputError(words("person.candidate.nobody", file=file.name))
    if len(people) > 1:
        listed = "; ".join(str(row["name"]) for row in people.values())
        raise UsageError(words("person.candidate.several", file=file.name, listed=listed))
    return next(iter(people.values()))


def _named(name: str) -> dict[str, Any]:
    parsed = parse_name(name)
    columns = parsed.columns() if parsed else {}
    return {"locator": "", "name_key": None, **columns, "name": name}


def _employer(official: Row, asked: str | None, default: str | None, file: Path, words: Words) -> str:
    told = official.get("employer_inn")
    if asked and told and asked != told:
        raise UsageError(words("person.candidate.two_employers", file=file.name, told=told, asked=asked))
    inn = asked or told or default
    if not inn:
        raise UsageError(words("person.candidate.no_employer", file=file.name))
    return str(inn)


def _his(rows: list[Row], official: Row, table: str) -> tuple[list[Row], list[Row]]:
    """Rows of the candidate, and those that name somebody else."""
    column = "official_name_key" if table == "relative" else "name_key"
    if table == "search":  # anybody may be searched
        return rows, []
    his = [row for row in rows if not row.get(column) or same_name(row[column], official["name_key"])]
    return his, [row for row in rows if row not in his]


def _of_another(row: Row) -> Reject:
    return Reject("official_not_found", value=str(row.get("official_name") or row.get("name") or ""))
