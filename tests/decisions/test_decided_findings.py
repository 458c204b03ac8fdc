"""What decisions do to findings, on the shipped district and on small worlds of invented people."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from entries import decision, undo
from worlds import loaded, screened, table

from affil.answers.identities import Pair, pairs
from affil.decisions.entry import DIFFERENT, SAME, UNSURE, Entry
from affil.decisions.log import append, deciding_values, read_log
from affil.decisions.references import references_of
from affil.decisions.textfile import export_text, imported
from affil.model.finding import Finding
from affil.model.run import Run
from affil.pipeline import Scope
from affil.reports.explain import explain
from affil.reports.findings_json import findings_json
from affil.resolve.decided import keeping_apart
from affil.resolve.large_clusters import large_clusters
from affil.resolve.link import link
from affil.resolve.parties import make_parties
from affil.rules.cases import number
from affil.store.store import Store
from affil.words import Words

pytestmark = pytest.mark.usefixtures("small_worlds")

DISTRICT = Path(__file__).parents[2] / "sample_data" / "district"
WIFE = "ИВАНОВА ЕЛЕНА СЕРГЕЕВНА"  # a namesake by design: a very common name, a company far away from her
RU = Words("ru")

Row = dict[str, Any]


@pytest.fixture(scope="module")
def loaded_district() -> Iterator[Store]:
    with Store.open(None) as store:
        loaded(store, DISTRICT)
        yield store


@pytest.fixture(scope="module")
def before(loaded_district: Store) -> Run:
    """The district with nothing decided."""
    return screened(loaded_district)


@pytest.fixture(scope="module")
def asked(loaded_district: Store, before: Run) -> Pair:
    """The wife and the director who bears her name."""
    return pair_of(loaded_district, before, WIFE)


@pytest.fixture
def district(loaded_district: Store) -> Iterator[Store]:
    """The district; what a test decides is taken back after it."""
    with taken_back(loaded_district):
        yield loaded_district


@contextmanager
def taken_back(store: Store) -> Iterator[None]:
    store.sql("BEGIN")
    yield
    store.sql("ROLLBACK")


@dataclass(frozen=True)
class Same:
    """The run after «same», the log as a text file, and the run after the undo."""

    run: Run
    text: str
    undone: Run


@pytest.fixture(scope="module")
def same(loaded_district: Store, asked: Pair) -> Same:
    with taken_back(loaded_district):
        entry = decided(loaded_district, asked, SAME, documents=("паспорт, копия от 12.03.2026",))
        run, text = screened(loaded_district), export_text(read_log(loaded_district), RU)
        append(loaded_district, [undo(entry)])
        return Same(run, text, screened(loaded_district))


def pair_of(store: Store, run: Run, name: str) -> Pair:
    found = pairs(store, run.findings, read_log(store))
    [pair] = [one for one in found if name.casefold() in one.other.name.casefold() and not one.together]
    return pair


def decided(store: Store, pair: Pair, verdict: str, **more: Any) -> Entry:
    [entry] = append(store, [decision(pair.one.references, pair.other.references, verdict, subject=pair.id, **more)])
    return entry


def touched(run: Run, pair: Pair) -> list[Finding]:
    ids = {finding.id for finding in pair.findings}
    return [finding for finding in run.findings if finding.id in ids]


def test_a_supposition_decided_same_is_grade_p_with_the_decision_as_its_source(before: Run, asked: Pair, same: Same) -> None:
    [was] = asked.findings
    assert (was.path.identity_grade, was.priority, was.name_only, asked.if_same) == ("D", "info", True, "normal")
    [now] = touched(same.run, asked)
    assert (now.path.identity_grade, now.path.confidence, now.priority, now.name_only) == ("P", 1.0, "normal", False)
    [step] = [step for step in now.path.steps if step.relation == "same_as"]
    assert (step.source.file, step.source.locator) == ("affil.duckdb", f"decision!{asked.id[:10]}")
    text = explain(now, same.run, RU)
    assert "по решению, Петрова А. Б., 12.03.2026; документ: паспорт, копия от 12.03.2026" in text
    assert "журнал решений, запись 1" in text
    assert (same.run.id != before.id, same.run.counts["decisions"]) == (True, 1)


def test_undo_brings_back_the_very_bytes_and_the_run_id(before: Run, same: Same) -> None:
    assert findings_json(same.run) != findings_json(before)
    assert findings_json(same.undone) == findings_json(before)


def test_a_log_taken_over_does_the_same_whoever_decided_and_when_a_document_changes_the_run(district: Store, same: Same) -> None:
    by_another = same.text.replace("Петрова А. Б.", "Иной О. О.").replace("2026-03-12", "2026-04-01").encode()
    append(district, imported(by_another, "f", [], RU))
    assert [entry.by for entry in read_log(district)] == ["Иной О. О."]
    assert findings_json(screened(district)) == findings_json(same.run)
    other = [
        deciding_values(imported(text.encode(), "f", [], RU)) for text in (same.text, same.text.replace("копия", "подлинник"))
    ]
    assert other[0] != other[1]


def test_decided_different_the_findings_are_gone_and_nothing_else_is(district: Store, before: Run, asked: Pair) -> None:
    decided(district, asked, DIFFERENT)
    after = screened(district)
    gone = {finding.id for finding in before.findings} - {finding.id for finding in after.findings}
    assert gone == {finding.id for finding in asked.findings}
    assert not touched(after, asked)
    assert [one.state for one in pairs(district, after.findings, read_log(district)) if one.id == asked.id] == [DIFFERENT]


def test_unsure_changes_no_score_and_is_shown(district: Store, before: Run, asked: Pair) -> None:
    decided(district, asked, UNSURE)
    after = screened(district)
    assert without_run(after) == without_run(before)
    [finding] = touched(after, asked)
    assert "решение: не установлено (Петрова А. Б., 12.03.2026)" in explain(finding, after, RU)


def without_run(run: Run) -> list[Any]:
    return json.loads(findings_json(run))["findings"]


def test_references_of_raw_records_and_of_mentions_are_the_same(district: Store, before: Run) -> None:
    make_parties(district)
    told: dict[str, set[str]] = {}
    for mention, reference in district.sql("SELECT mention, reference FROM reference").fetchall():
        told.setdefault(mention, set()).add(reference)
    raw = {
        "official": "SELECT *, 'official|' || official_key AS mention FROM official_in_force",
        "relative": "SELECT *, concat_ws('|', 'relative', source_id, locator) AS mention FROM relative_in_force",
        "tie": "SELECT *, concat_ws('|', 'tie', source_id, locator, extract_date) AS mention FROM registry_tie",
        "proprietor": "SELECT *, concat_ws('|', 'proprietor', source_id, locator, extract_date) AS mention FROM proprietor",
        "disclosed": """SELECT *, concat_ws('|', 'disclosed', source_id, locator, kind, coalesce(name_key, inn)) AS mention
                        FROM participant_person_in_force""",
    }  # fmt: skip
    taken = {row[0] for row in district.sql("FROM not_his_inn").fetchall()}
    checked = 0
    for kind, query in raw.items():
        for row in district.rows(query):
            if row["mention"] in told and row["mention"] not in taken:
                assert references_of(kind, row) == told[row["mention"]], row["mention"]
                checked += 1
    assert checked > 300


# Small worlds: an official, his kin, and a bidder whose director the application names.

CUSTOMER, FIRM, OTHER_FIRM, THIRD_FIRM = (number(f"org {place}") for place in range(1, 5))
PERSON, STRANGER = number("person 1"), number("person 2")
NAME = "Юшкова Марфа Ильинична"


def world(root: Path, relatives: list[Row], directors: Sequence[tuple[str, str | None]] = ((FIRM, None),)) -> None:
    inbox = root / "inbox"
    table(inbox / "officials.csv", [{"employee_id": "1", "name": "Юшков Пётр Ильич", "employer_inn": CUSTOMER}])
    table(inbox / "relatives.csv", [{"employee_id": "1", "relationship": "сестра", "name": NAME, **row} for row in relatives])
    bids = [
        {"procedure_number": f"0100000000026{firm[-6:]}", "participant_inn": firm, "participant": f"ООО «Вереск-{firm[-2:]}»",
         "customer_inn": CUSTOMER, "applied_on": "2026-02-03", "director": NAME, "director_inn": inn}
        for firm, inn in directors
    ]  # fmt: skip
    table(inbox / "participants.csv", bids)
    contracts = [
        {"contract_number": f"{place}-М/26", "signed_on": f"2026-02-{19 + place}", "customer_inn": CUSTOMER, "supplier_inn": firm,
         "supplier": f"ООО «Вереск-{firm[-2:]}»"}
        for place, (firm, _) in enumerate(directors, start=1)
    ]  # fmt: skip
    table(inbox / "contracts.csv", contracts)


def she(verdict: str = SAME) -> Entry:
    """The decision on the sister and the director of the first firm, by the references that `affil match` gives them."""
    return decision(f"kin:{CUSTOMER}|1|ЮШКОВА МАРФА ИЛЬИНИЧНА", f"name:{FIRM}|ЮШКОВА МАРФА ИЛЬИНИЧНА", verdict)


def decided_findings(run: Run) -> list[Finding]:
    return [one for one in run.findings if any(step.detail == "decision" for step in one.path.steps)]


def parties(store: Store) -> list[set[str]]:
    groups: dict[str, set[str]] = {}
    rows = store.sql("SELECT kind, company, inn, party FROM mention JOIN party USING (mention)").fetchall()
    for kind, company, inn, party in rows:
        groups.setdefault(party, set()).add(f"{kind} {company or ''} {inn or ''}".strip())
    return sorted(groups.values(), key=sorted)


def test_a_decision_holds_in_a_newer_questionnaire_that_knows_more(tmp_path: Path) -> None:
    world(tmp_path, [{}])
    with Store.open(None) as store:
        loaded(store, tmp_path)
        append(store, [she()])
        newer = {"employee_id": "1", "relationship": "сестра", "name": NAME, "inn": PERSON, "birth_date": "1980-05-06"}
        table(tmp_path / "inbox" / "relatives.csv", [newer])
        loaded(store, tmp_path)
        now = decided_findings(screened(store))
        assert [finding.path.identity_grade for finding in now] == ["P"] * len(now) != []
        assert store.sql("SELECT count(*) FROM relative_in_force WHERE inn IS NULL").fetchone() == (0,)


def test_a_decision_that_meets_nobody_now_is_kept_and_told_as_dormant(tmp_path: Path) -> None:
    world(tmp_path, [{}])
    with Store.open(None) as store:
        loaded(store, tmp_path)
        [entry] = append(store, [she()])
        another = {"employee_id": "1", "relationship": "сестра", "name": "Юшкова Анна Ильинична"}
        table(tmp_path / "inbox" / "relatives.csv", [another])
        loaded(store, tmp_path)
        after = screened(store)
        [kept] = [one for one in pairs(store, after.findings, read_log(store)) if one.id == entry.subject]
        assert (kept.state, kept.one.name, kept.findings) == ("dormant", "Волнов Пётр Ильич", ())


def test_different_wins_over_the_same_inn_and_over_a_third_record(tmp_path: Path) -> None:
    """The questionnaire has the director's ИНН by mistake: judged different, the two never meet, though all else joins them."""
    world(tmp_path, [{"inn": PERSON}], [(FIRM, PERSON), (OTHER_FIRM, PERSON)])
    with Store.open(None) as store:
        loaded(store, tmp_path)
        before = screened(store)
        assert len(parties(store)) == 2, "the official, and one person of three records"
        merged = [one for one in pairs(store, before.findings, []) if one.together and one.other.name == NAME]
        first = min(merged, key=lambda one: one.other.references)
        assert (first.one.references, first.other.references) == (
            (f"kin:{CUSTOMER}|1|ЮШКОВА МАРФА ИЛЬИНИЧНА",),
            (f"name:{FIRM}|ЮШКОВА МАРФА ИЛЬИНИЧНА",),
        ), "what both have in common tells nobody apart"
        decided(store, first, DIFFERENT)
        after = screened(store)
        assert parties(store) == [
            {f"disclosed {FIRM} {PERSON}", f"disclosed {OTHER_FIRM} {PERSON}"},
            {"official"},
            {f"relative  {PERSON}"},
        ]
        assert not [one for one in after.findings if one.supplier and one.supplier.inn == FIRM]
        assert [(one.reason, one.params) for one in after.undetermined if one.reason.startswith("decision")] == [
            ("decision_against_data", {"entries": "1"})
        ]
        third = f"name:{OTHER_FIRM}|ЮШКОВА МАРФА ИЛЬИНИЧНА"
        assert keeping_apart(store, first.one.references, [third]) == {1}, (
            "she is not the one whom the ИНН joins to the other either"
        )
        assert keeping_apart(store, first.other.references, [third]) == set()


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_rows_changes_no_party(tmp_path: Path, turned: bool) -> None:
    rows, directors = [{"inn": PERSON}, {"birth_date": "1980-05-06"}], [(FIRM, PERSON), (OTHER_FIRM, PERSON), (THIRD_FIRM, None)]
    world(tmp_path, rows[::-1] if turned else rows, directors[::-1] if turned else directors)
    born, named = "born:ЮШКОВА МАРФА ИЛЬИНИЧНА|1980-05-06", "name:{}|ЮШКОВА МАРФА ИЛЬИНИЧНА"
    with Store.open(None) as store:
        loaded(store, tmp_path)
        append(store, [decision(born, named.format(THIRD_FIRM)), decision(born, named.format(FIRM), DIFFERENT)])
        make_parties(store)
        assert parties(store) == [
            {f"disclosed {FIRM} {PERSON}", f"disclosed {OTHER_FIRM} {PERSON}", f"relative  {PERSON}"},
            {f"disclosed {THIRD_FIRM}", "relative"},
            {"official"},
        ]  # fmt: skip


def test_who_is_joined_to_one_of_the_two_by_a_birth_date_comes_by_two_steps(tmp_path: Path) -> None:
    """Decided by the name in one questionnaire; another names her with the birth date that the newer one has too."""
    inbox = tmp_path / "inbox"
    with Store.open(None) as store:
        world(tmp_path, [{}])
        loaded(store, tmp_path)
        append(store, [she()])
        officials = [("1", "Юшков Пётр Ильич"), ("2", "Лаптев Олег Юрьевич")]
        table(inbox / "officials.csv", [{"employee_id": id_, "name": name, "employer_inn": CUSTOMER} for id_, name in officials])
        rows = [{"employee_id": "1", "relationship": "сестра"}, {"employee_id": "2", "relationship": "жена"}]
        table(inbox / "relatives.csv", [{**row, "name": NAME, "birth_date": "1980-05-06"} for row in rows])
        loaded(store, tmp_path)
        run = screened(store)
        wives = [one for one in run.findings if one.employee and one.employee.employee_id == "2" and one.path.kinship == "spouse"]
        assert wives
        for wife in wives:
            assert [(s.detail, s.source.file) for s in wife.path.steps if s.relation == "same_as"] == [
                ("birth_date", "inbox/relatives.csv"), ("decision", "affil.duckdb"),
            ]  # fmt: skip
            assert (wife.path.identity_grade, wife.path.confidence) == ("B", 0.97)


def test_whom_an_inn_joins_to_one_of_the_two_comes_by_the_decision_and_the_inn(tmp_path: Path) -> None:
    """Decided on the director of one firm; a newer application tells her ИНН, which the director of another firm has too."""
    with Store.open(None) as store:
        world(tmp_path, [{}])
        loaded(store, tmp_path)
        append(store, [she()])
        world(tmp_path, [{}], [(FIRM, PERSON), (OTHER_FIRM, PERSON)])
        loaded(store, tmp_path)
        found = screened(store, Scope(dt.date(2026, 2, 21))).findings  # of a purchase from the other firm alone
        assert {one.supplier.inn for one in found if one.supplier} == {OTHER_FIRM}
        for one in found:
            assert [step.detail for step in one.path.steps if step.relation == "same_as"] == ["decision", "inn"]
            assert (one.path.identity_grade, one.path.confidence) == ("A", 0.99)


def test_two_relatives_of_one_name_are_no_reference_to_either(tmp_path: Path) -> None:
    """A decision by the name in a questionnaire is not carried over to the other of two who bear it now."""
    world(tmp_path, [{}])
    with Store.open(None) as store:
        loaded(store, tmp_path)
        append(store, [she()])
        two = (("сестра", "1980-05-06"), ("мать", "1950-01-02"))
        rows = [{"employee_id": "1", "relationship": word, "name": NAME, "birth_date": born} for word, born in two]
        table(tmp_path / "inbox" / "relatives.csv", rows)
        loaded(store, tmp_path)
        after = screened(store)
        assert not [one for one in after.findings if one.path.identity_grade == "P"]
        assert {one.params["entries"] for one in after.undetermined if one.reason == "decision_ambiguous"} == {"1"}


def test_an_official_with_another_persons_number_is_not_he(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    with Store.open(None) as store:
        table(inbox / "officials.csv", [{"employee_id": "1", "name": "Юшков Пётр Ильич", "employer_inn": CUSTOMER}])
        loaded(store, tmp_path)
        append(store, [decision(f"official:{CUSTOMER}|1|ПЕТР ИЛЬИЧ", f"inn:{PERSON}", SAME)])
        make_parties(store)
        assert store.sql("SELECT count(*) FROM judged WHERE side = 0").fetchone() == (1,)
        store.sql("UPDATE official SET given = 'ОЛЕГ', name_key = 'ЮШКОВ ОЛЕГ ИЛЬИЧ', name = 'Юшков Олег Ильич'")
        link(store)
        make_parties(store)
        assert store.sql("SELECT count(*) FROM judged").fetchone() == (0,)


def test_one_inn_in_the_questionnaires_of_different_people_is_an_alarm(tmp_path: Path) -> None:
    """Two birth dates under one ИНН: told, and who they are is left to a person."""
    another = {"inn": PERSON, "birth_date": "1991-01-01", "relationship": "жена"}
    world(tmp_path, [{"inn": PERSON, "birth_date": "1980-05-06"}, another])
    with Store.open(None) as store:
        loaded(store, tmp_path)
        make_parties(store)
        told = [(one["name"], one["reason"], one["days"]) for one in large_clusters(store, most_places=12)]
        assert told == [(NAME, "cluster_birth_dates", 2)]
