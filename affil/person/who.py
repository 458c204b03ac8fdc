"""The official a number or an ИНН means: every post of the one person it fits."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from affil.errors import UsageError
from affil.person.answer import Post, Subject
from affil.store.store import Store
from affil.words import Words

Row = dict[str, Any]
MOST_LISTED = 20
CANDIDATE = "candidate"

_OFFICIALS = """
    SELECT o.*, p.party FROM official_in_force o JOIN party p ON p.mention = 'official|' || o.official_key
    WHERE o.inn = $asked OR lower(ltrim(trim(o.employee_id), '0')) = lower(ltrim($asked, '0')) OR p.party = $asked
    ORDER BY o.employer_inn NULLS LAST, o.employee_id NULLS LAST, o.official_key"""


def find_person(store: Store, asked: str, employer: str | None, words: Words) -> Subject:
    """The person of this employee_id (leading zeros do not count) or ИНН; with `employer` only there.

    All posts of that person come with him, whoever the employer is. `UsageError` where nobody fits, and where two persons do: it
    lists them with employer and department. Needs the temporary table party.
    """
    rows = store.rows(_OFFICIALS, {"asked": asked.strip()})
    fitting = [row for row in rows if _fits(row, asked.strip()) and (employer is None or row["employer_inn"] == employer)]
    parties = sorted({row["party"] for row in fitting})
    if not parties:
        raise UsageError(words("person.unknown", asked=asked))
    if len(parties) > 1:
        listed = "\n".join(_listed(row, words) for row in fitting[:MOST_LISTED])
        raise UsageError(words("person.several", asked=asked, number=len(parties), listed=listed))
    return subject_of(store.rows(_OFFICIALS, {"asked": parties[0]}))


def subject_of(rows: list[Row]) -> Subject:
    """The person whose posts these rows of `official` are, each with its party; of facts that differ the first known counts.

    He is a candidate where the first of them is none yet.
    """
    known: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        for column in ("name", "birth_date", "inn", "gender"):
            if row[column] is not None:
                known[column].append(row[column])
    former = {surname for row in rows for surname in (row["former_surnames"] or "").split("|") if surname}
    first = {column: values[0] for column, values in known.items()}
    return Subject(
        rows[0]["party"], first.get("name") or "", tuple(sorted(former)), first.get("birth_date"), first.get("inn"),
        first.get("gender"), max((row["questionnaire_date"] for row in rows if row["questionnaire_date"]), default=None),
        tuple(_post(row) for row in rows), rows[0]["status"] == CANDIDATE,
    )  # fmt: skip


def _fits(row: Row, asked: str) -> bool:
    number = (row["employee_id"] or "").strip()
    return row["inn"] == asked or (bool(number) and number.lstrip("0").casefold() == asked.lstrip("0").casefold())


def _listed(row: Row, words: Words) -> str:
    return words(
        "person.listed", name=row["name"] or "", number=row["employee_id"] or words("person.no_number"),
        employer=row["employer"] or "", inn=row["employer_inn"] or words("person.no_inn"),
        department=row["department"] or words("person.no_department"),
    )  # fmt: skip


def _post(row: Row) -> Post:
    return Post(
        row["official_key"], row["employee_id"], row["employer_inn"], row["employer"], row["status"], row["position"],
        row["department"], row["procurement_role"], row["hired"], row["dismissed"],
    )  # fmt: skip
