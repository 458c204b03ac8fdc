"""The one screen that runs the stages: files → records → store → who is who → ties → rules → evidence → documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from affil import __version__
from affil.answers.completeness import is_quarter
from affil.answers.coverage import coverage
from affil.answers.outcomes import outcomes
from affil.answers.undetermined import undetermined
from affil.answers.unfair import unfair_listed
from affil.answers.volume import volume
from affil.audit.log import heads
from affil.decisions.log import deciding_values, effective, read_log
from affil.graph.evidence import verify
from affil.ingest.files import files_in, given_by_name
from affil.ingest.inputs import InputFile
from affil.ingest.readers import readers
from affil.model.finding import Finding
from affil.model.run import Coverage, Run, Undetermined
from affil.reports.changes import changes_since
from affil.reports.folder import write_run
from affil.resolve.withheld import read_again
from affil.review.basis import extracts_in
from affil.review.involved import involved_in
from affil.review.shown import changed, shown_courses
from affil.review.status import status_values, with_status
from affil.rules.evaluate import evaluate
from affil.rules.often import often_rules
from affil.rules.rule import Catalogue, load_rules
from affil.settings import Settings
from affil.shipped import shipped
from affil.store.load import load_files
from affil.store.loaded import Loaded
from affil.store.outline import counts, run_id, stored_rejects, stored_sources, with_withheld
from affil.store.secret import pseudonym_key
from affil.store.store import Store
from affil.ties import Scope, Ties, Told, link_all, only_customer, ties_of
from affil.workspace import Workspace

MOST_PASSES = 3

__all__ = ["Answers", "Scope", "answers", "found", "load", "load_these", "only_customer", "rules_of", "screen", "write"]


def load(
    store: Store, workspace: Workspace, paths: Sequence[Path], settings: Settings,
    told: Callable[[Loaded], None] = lambda _: None, expected: Callable[[int], None] = lambda _: None,
) -> list[Loaded]:  # fmt: skip
    """Load files and folders into the store and tie the rows of questionnaires to their officials.

    `expected` hears how many files there are, `told` of each as it is done. A file or archive among the paths is loaded though it
    was forgotten; what only lies in a folder is not. A file of which kin was withheld is read again once it may be taken.
    """
    files = files_in(paths, workspace.root)
    expected(len(files))
    return load_these(store, files, settings, told, given_by_name(files, paths, workspace.root))


def load_these(
    store: Store, files: Sequence[InputFile], settings: Settings, told: Callable[[Loaded], None] = lambda _: None,
    named: Collection[str] = (),
) -> list[Loaded]:  # fmt: skip
    """Load these files, under the names they have; the `named` also where they were forgotten."""
    without = settings.legal_basis.relatives.missing()
    loaded: dict[int, Loaded] = {}
    again, here = read_again(store, without), list(range(len(files)))
    for _ in range(MOST_PASSES):  # the kin of one file may hang on what another, read after it, says of the official
        chosen = [files[place] for place in here]
        done = load_files(store, chosen, dt.datetime.now(), told, readers(settings.headings), settings.headings, named, again)
        loaded |= dict(zip(here, done, strict=True))
        link_all(store, settings)  # also where all was loaded before: the settings may name the customer now
        again = read_again(store, without)
        here = [place for place, one in loaded.items() if one.source_id in again]
        if not here:
            break
    return with_withheld(store, list(loaded.values()))


@dataclass(frozen=True, slots=True)
class Answers:
    """What the rules found, how far every official was compared, and what cannot be said."""

    findings: tuple[Finding, ...]
    coverage: tuple[Coverage, ...]
    undetermined: tuple[Undetermined, ...]


def found(
    store: Store, catalogue: Catalogue, settings: Settings, scope: Scope, told: Told = lambda _: None
) -> tuple[Ties, list[Finding]]:
    """What the rules find, each finding walked again over the raw records, and the ties it rests on."""
    ties = ties_of(store, catalogue, settings, scope, told)
    told("rules")
    findings = evaluate(store, catalogue, ties.kin, ties.behind)
    told("evidence")
    verify(store, findings)
    return ties, with_status(findings, read_log(store), extracts_in(store), settings.review.agreeing)


def answers(
    store: Store, catalogue: Catalogue, settings: Settings, scope: Scope, as_of: dt.date, told: Told = lambda _: None
) -> Answers:
    """The three answers on what the store holds; `as_of` is the day that counts for what is stale or has not come yet."""
    ties, findings = found(store, catalogue, settings, scope, told)
    covered = coverage(store, as_of, settings.thresholds.stale_questionnaire_months)
    places = settings.thresholds.cluster_places
    unknown = undetermined(store, covered, ties.behind, ties.conflicts, findings, catalogue, as_of, places)
    return Answers(tuple(findings), tuple(covered), tuple(unknown))


def screen(store: Store, catalogue: Catalogue, settings: Settings, scope: Scope, told: Told = lambda _: None) -> Run:
    """Apply the rules to what the store holds; nothing lasting is written, save what a load that was cut short left undone."""
    started = dt.datetime.now()
    as_of = scope.as_of or started.date()
    said = answers(store, catalogue, settings, scope, as_of, told)
    log = read_log(store)
    decisions = effective(log)
    return Run(
        id=run_id(store, catalogue.hashes, settings.deciding_values(), scope.since, scope.until,
                  [*deciding_values(decisions), *status_values(said.findings)]),
        version=__version__, started=started,
        findings=said.findings, coverage=said.coverage, undetermined=said.undetermined,
        rejects=tuple(stored_rejects(store)), sources=tuple(stored_sources(store)),
        rules={rule_id: catalogue.info(rule_id) for rule_id in catalogue.rules}, settings=settings.as_values(),
        counts=counts(store) | {"decisions": len(decisions)}, period=(scope.since, scope.until), as_of=as_of,
        often=often_rules(store, catalogue, said.findings), volume=volume(store, settings.purchases.customers),
        unfair=unfair_listed(store), involved=involved_in(store, said.findings, settings), heads=heads(store),
         courses=shown_courses(log, settings.review.agreeing), changed=changed(said.findings, log, extracts_in(store)),
        outcomes=outcomes(log, (scope.since, scope.until)) if is_quarter(scope.since, scope.until) else None,
        rules_date=catalogue.edition, own_rules=catalogue.own, pseudonym_key=pseudonym_key(store),
    )  # fmt: skip


def write(run: Run, workspace: Workspace, lang: str) -> Path:
    """Write the run's folder, told against the newest one there is, and return it."""
    return write_run(replace(run, changes=changes_since(workspace.latest_run(), run)), workspace.reports, lang)


def rules_of(workspace: Workspace | None) -> Catalogue:
    """The shipped rules, with the workspace's own over them."""
    return load_rules(shipped("rules"), *([workspace.rules] if workspace else []), lang=workspace.lang if workspace else "ru")
