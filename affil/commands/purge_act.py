"""The act of a destruction and the extract of the log: what they say, what they are called, and their drafts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from affil.commands.act import ACT
from affil.commands.purge_text import stays_of

if TYPE_CHECKING:
    from affil.commands.purge_plan import Plan
    from affil.reports.word.destruction import Act, Destroyed
    from affil.retention.terms import Term, Terms
    from affil.settings import Settings
    from affil.store.store import Store
    from affil.words import Words
    from affil.workspace import Workspace


def act_of(
    store: Store, place: Workspace, settings: Settings, plan: Plan, keep_copies: bool, now: dt.datetime, words: Words
) -> Act:
    """What both papers say, asked while the rows are there."""
    from affil.reports.word.destruction import Act

    subjects = [_subject(store, one, plan.why[one.key], words) for one in plan.people]
    if not plan.one and plan.terms.orphans:
        subjects += _orphan_subjects(store, plan.terms, settings, words)
    copies, deleted = plan.copies, (*plan.copies.written, *plan.copies.backups)
    left = [(name, "inbox") for name in copies.inbox]
    left += [(f"reports/{name}", "manifest" if name.endswith("manifest.json") else "run") for name in copies.runs]
    left += [(name, "unread") for name in copies.unread]
    left += [(name, "kept") for name in deleted if keep_copies]
    files = () if keep_copies else deleted
    runs = tuple(f"reports/{name}" for name in plan.runs)
    return Act(tuple(subjects), place.root.name, now, files, runs, tuple(left), stays=stays_of(plan, words), by=ACT.author)


def _subject(store: Store, one: Term, why: str, words: Words) -> Destroyed:
    from affil.reports.word.destruction import Destroyed, Kinsman, categories_of, post_text
    from affil.retention.destroyed import told_of
    from affil.retention.purge import what_would_go

    told = told_of(one.name, what_would_go(store, [one]))
    where = post_text(one.employee_id, one.employer, words)
    kin = tuple(
        Kinsman(kin.name, kin.relationship, categories_of(kin.columns, words), _codes(store, kin.references)) for kin in told.kin
    )
    return Destroyed(one.name, where, _codes(store, told.own.references), categories_of(told.own.columns, words), why, kin)


def _orphan_subjects(store: Store, told: Terms, settings: Settings, words: Words) -> list[Destroyed]:
    """Relatives of nobody known, by name too."""
    from affil.reports.word.destruction import Destroyed, categories_of
    from affil.retention.destroyed import orphans_told

    why = words("retention.act.why_orphans", days=settings.retention.relative_days)
    return [
        Destroyed(
            one.name,
            words("retention.act.kin_alone", degree=one.relationship or words("retention.act.no_degree")),
            _codes(store, one.references),
            categories_of(one.columns, words),
            why,
        )
        for one in orphans_told(store, [source_id for source_id, *_ in told.orphans])
    ]


def _codes(store: Store, references: Collection[str]) -> str:
    from affil.audit.numbers import numbers_of

    return ", ".join(numbers_of(store, references)) if references else ""


def names_of_papers(folder: Path, now: dt.datetime, words: Words) -> tuple[str, str]:
    """What the act and the extract are called: as nothing in the folder is, no draft either."""
    from affil.retention.unfinished import DRAFT

    stamp, number = f"{now:%Y-%m-%d_%H-%M-%S}", 1
    while True:
        told = stamp if number == 1 else f"{stamp}-{number}"
        act, extract = (words(f"retention.act.{key}", stamp=told) for key in ("file_act", "file_extract"))
        if not any((folder / f"{name}{ending}").exists() for name in (act, extract) for ending in ("", DRAFT)):
            return act, extract
        number += 1


def write_drafts(act: Act, folder: Path, names: tuple[str, ...], settings: Settings, words: Words) -> None:
    """The papers whole and on the disk, each with `DRAFT` after its name."""
    from affil.errors import InputError
    from affil.reports.folder import write_private
    from affil.reports.word.destruction import act_docx, extract_docx
    from affil.retention.unfinished import DRAFT

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, write in zip(names, (act_docx, extract_docx), strict=True):
            write_private(folder / f"{name}{DRAFT}", write(act, settings, words))
    except OSError as error:
        raise InputError(words("retention.plan.cannot_write", folder=folder, cause=error.strerror or error)) from error
