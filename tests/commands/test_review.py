"""`affil review`: a sitting at a terminal, resumed; one event without dialogue; what is due; who is refused; two reviewers."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pytest
from review_world import BROTHER, BY, OFFICIAL, OTHER, affil, answered, cases, made, newest_book, sitting

FIRM, KIN = "ООО «Вереск»", "ИП Юшков Яков Ильич"
TODAY = f"{dt.date.today():%d.%m.%Y}"


pytestmark = pytest.mark.usefixtures("small_worlds", "commands_built_once", "forms_written_once", "review_rules")


@pytest.fixture(scope="module")
def by_two(tmp_path_factory: pytest.TempPathFactory, small_worlds: None, review_rules: None) -> Path:
    return made(tmp_path_factory.mktemp("two") / "place", four_eyes=True)


@pytest.fixture(scope="module")
def pair(first: Path) -> str:
    """The one doubtful identity of this workspace; whoever reviews, it has the same id."""
    [found] = json.loads(affil("match", "list", "-w", str(first), "--json").out)["pairs"]
    return str(found["id"])


@pytest.fixture
def place(first: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first, tmp_path / "place"))


def recorded(place: Path, name: str, *told: str, by: str = BY) -> int:
    return affil("review", "-w", str(place), cases(place)[name]["tie"], *told, "--by", by).code


def test_a_sitting_shows_a_case_once_records_undoes_and_is_resumed(place: Path) -> None:
    seen = sitting(place, ["п", "1", "12-03", "", "", "", "v", "1", "", "", "", "-", "ошибка", "в"])
    assert "Случай № 1 (1 из 2 на рассмотрение)" in seen and "Как связаны:" in seen and "Что уточнить:" in seen
    assert "Записано: 2." in seen and "№ 12-03" in seen
    assert "Осталось на рассмотрение: 2" in seen
    told = cases(place)
    begun = [case for case in told.values() if case["events"]]
    assert len(begun) == 1 and [event["event"] for event in begun[0]["events"]][:2] == ["seen", "asked"]
    assert begun[0]["first_seen"]["by"] == BY

    again = sitting(place, ["", "в"])  # the one nobody saw comes first, the one in progress after it
    other = next(name for name, case in told.items() if not case["events"])
    assert again.index(other) < again.index("Ход рассмотрения") < again.index("(2 из 2")
    assert all(case["first_seen"] for case in cases(place).values())
    assert [event["event"] for event in cases(place)[begun[0]["far"]["name"]]["events"]].count("seen") == 1


def test_a_key_is_the_same_in_either_layout_and_the_reason_is_obligatory_where_a_case_is_closed(place: Path) -> None:
    seen = answered(place, ["c", "2", "", "", "z", "c", "2", "справка ЗАГС", "", "", "q"], case=cases(place)[KIN]["tie"])
    assert "Без этого записать нельзя" in seen and "Ничего не записано" in seen and "не понята" in seen
    told = cases(place)[KIN]
    assert (told["status"], told["answers"]) == ("closed", {"tie": "not_established"})
    assert told["events"][-1]["why"] == "справка ЗАГС" and told["events"][-1]["covers"] == "until_change"


def test_one_decision_on_all_cases_of_the_same_official_makes_an_entry_each(place: Path) -> None:
    refused = answered(place, ["г", "2", "д", "", "", "", "нет", "в"])
    assert "то же должностное лицо" in refused and "Ничего не записано" in refused
    assert not [event for case in cases(place).values() for event in case["events"] if event["event"] == "report"]
    seen = answered(place, ["г", "1", "д", "77", "в связи с планом", "", "да", "в"])
    assert "Записано случаев: 2." in seen and "№ 1 " in seen and "№ 2 " in seen
    events = [event for case in cases(place).values() for event in case["events"] if event["event"] == "report"]
    undone = answered(place, ["г", "1", "р", "8", "группой", "", "", "да", "-", "не те", "в"])
    assert undone.count("отменена записью") == 2
    assert not [event for case in cases(place).values() for event in case["events"] if event["event"] == "order"]
    groups = {event["why"].rpartition("; ")[2] for event in events}
    assert [event["number"] for event in events] == ["77"] * 2 and len(groups) == 1 and groups.pop().startswith("G-")


def test_without_a_terminal_it_says_what_to_use(place: Path) -> None:
    said = affil("review", "-w", str(place))
    assert said.code == 2 and "--json" in said.err and "--import" in said.err


def test_an_event_is_given_by_tie_or_row_key_never_by_number(place: Path) -> None:
    told = cases(place)[FIRM]
    event = ("--event", "commission", "--outcome", "no_conflict", "--number", "4", "--date", "01.03.2026", "--by", BY, "--json")
    said = affil("review", "-w", str(place), told["keys"][0], *event)
    assert said.code == 0 and json.loads(said.out)["recorded"][0]["number"] == "4"
    assert json.loads(said.out)["status"] == "in progress"
    refused = affil("review", "-w", str(place), str(told["number"]), *event)
    assert refused.code == 2 and told["tie"] in refused.err
    for wrong in (
        "tie", "tie --outcome same", "gone", "closed --outcome minor", "report --date 01.01.2099", "report --purchase другая"
    ):  # fmt: skip
        assert affil("review", "-w", str(place), told["tie"], "--event", *wrong.split(), "--by", BY).code == 2
    assert [event["event"] for event in cases(place)[FIRM]["events"]] == ["commission"]


def test_what_is_due_is_told_for_a_day_and_shows_nobody_anything(place: Path) -> None:
    on, by = "01.03.2026", dt.date(2026, 3, 11)  # reply_days = 10
    assert recorded(place, FIRM, "--event", "asked", "--date", on) == 0
    early = json.loads(affil("review", "-w", str(place), "--due", "--as-of", "10.03.2026", "--json").out)
    late = json.loads(affil("review", "-w", str(place), "--due", "--as-of", "12.03.2026", "--json").out)
    assert early["counts"] == {"soon": 1, "unseen": 1} and late["counts"] == {"overdue": 1, "unseen": 1}
    assert late["waiting"][0]["due"] == by.isoformat() and late["waiting"][0]["event"] == "asked"
    assert "Просрочено: 1" in affil("review", "-w", str(place), "--due", "--as-of", "12.03.2026").out
    assert cases(place)[KIN]["first_seen"] is None
    assert recorded(place, KIN, "--event", "asked", "--date", on, "--due-on", "04.03.2026") == 0
    due = json.loads(affil("review", "-w", str(place), "--due", "--as-of", "05.03.2026", "--json").out)
    assert due["counts"] == {"overdue": 1, "soon": 1} and due["waiting"][0]["due"] == "2026-03-04"


def test_an_event_is_undone_once(place: Path) -> None:
    assert recorded(place, KIN, "--event", "closed", "--outcome", "minor", "--why", "мелочь") == 0
    [event] = cases(place)[KIN]["events"]
    undo = ("review", "-w", str(place), "--undo", str(event["entry"]), "--by", BY, "--why", "ошибка")
    assert affil(*undo).code == 0 and cases(place)[KIN]["status"] == "open"
    assert affil(*undo).code == 2
    log = json.loads(affil("audit", "show", "-w", str(place), "--json").out)["entries"]
    assert [len(entry["body"]["persons"]) for entry in log if "undoes" in entry["body"]] == [1]


def test_who_is_too_near_is_refused_with_the_reason_and_the_log_has_it(place: Path) -> None:
    said = affil("review", "-w", str(place), cases(place)[FIRM]["tie"], "--event", "report", "--by", OFFICIAL)
    assert said.code == 1 and "рассматривать этот случай нельзя" in said.err and not cases(place)[FIRM]["events"]
    log = json.loads(affil("audit", "show", "-w", str(place), "--json").out)["entries"]
    assert [entry["body"]["way"] for entry in log if entry["body"].get("refused")] == ["official"]
    seen = answered(place, [], by=OFFICIAL)
    assert "Как связаны" not in seen and seen.count("нельзя") + seen.count("пропускается") == 2


def test_the_second_reviewer_does_not_see_the_first_and_a_disagreement_is_told(by_two: Path, tmp_path: Path) -> None:
    place = Path(shutil.copytree(by_two, tmp_path / "place"))
    closing = ("--event", "tie", "--outcome", "not_established", "--why", "тайное слово")
    assert recorded(place, KIN, *closing) == 0
    assert (cases(place)[KIN]["status"], cases(place)[KIN]["waits"]) == ("in progress", "second")
    blind = answered(place, ["в"], by=OTHER, case=cases(place)[KIN]["tie"])
    assert "тайное слово" not in blind and "до вашего не показываются" in blind
    assert affil("screen", "-w", str(place)).code == 0
    assert all(
        b"\xd1\x82\xd0\xb0\xd0\xb9\xd0\xbd\xd0\xbe\xd0\xb5" not in one.read_bytes()
        for one in newest_book(place).parent.glob("*.csv")
    )
    assert recorded(place, KIN, "--event", "tie", "--outcome", "established", "--document", "акт № 3", by=OTHER) == 0
    assert cases(place)[KIN]["waits"] == "disagreement"
    assert "решили по-разному: 1" in affil("review", "-w", str(place), "--due").out
    assert recorded(place, KIN, *closing, by=OTHER) == 0
    assert cases(place)[KIN]["status"] == "closed"


def test_who_is_who_is_decided_by_two_where_it_changes_a_finding(by_two: Path, pair: str, tmp_path: Path) -> None:
    place = Path(shutil.copytree(by_two, tmp_path / "place"))
    w, why = ("-w", str(place)), ("--why", "сверено")
    refused = affil("match", "decide", pair, "different", *why, "--by", BY, *w)
    [tie] = re.findall("T-[0-9a-f]{12}", refused.err)
    assert refused.code == 2 and "--event identity" in refused.err
    event = ("--event", "identity", "--outcome", "different", "--pair", pair, *why, "--document", "паспорт", "--json")
    told = [json.loads(affil("review", *w, tie, *event, "--by", by).out) for by in (BY, OTHER)]
    assert [one["status"] for one in told] == ["in progress", "closed"]
    [told] = json.loads(affil("match", "history", *w, "--json").out)
    undo = ("match", "undo", str(told["number"]), *why, *w)
    assert affil(*undo, "--by", "Никто Иван Ильич").code == 2 and affil(*undo, "--by", OTHER).code == 0


def test_whom_a_pair_concerns_decides_nothing_on_it(place: Path, pair: str) -> None:
    said = affil("match", "decide", pair, "different", "--why", "не она", "--by", OFFICIAL, "-w", str(place))
    assert said.code == 1 and "нельзя" in said.err
    assert not json.loads(affil("match", "history", "-w", str(place), "--json").out)


def test_a_sitting_speaks_english(place: Path) -> None:
    seen = answered(place, ["i", "l", "12-r", "", "", "q"], case=cases(place)[KIN]["tie"], lang="en")
    assert "Case no." in seen and "How they are tied:" in seen and "Recorded: " in seen
    assert not [word for word in ("Случай", "Источник", "связаны", "Ход", "доклад", "Записано", "Осталось") if word in seen]
    due = affil("review", "--due", "-w", str(place), "--lang", "en")
    assert due.code == 0 and "Seen by nobody yet: 1" in due.out


def test_documents_of_the_next_run_tell_what_was_decided(place: Path) -> None:
    assert (
        recorded(place, KIN, "--event", "tie", "--outcome", "established", "--document", "акт № 3", "--why", "видно из акта") == 0
    )
    assert affil("screen", "-w", str(place)).code == 0
    folder = newest_book(place).parent
    rows = (folder / "findings.csv").read_text("utf-8-sig").split("\r\n")
    [row] = [row for row in rows if BROTHER in row and "в работе" in row]
    assert f"подтвердилась документом;{BY};{TODAY};видно из акта;" in row
    assert all(one["status"] == "in progress" for one in json.loads((folder / "findings.json").read_text("utf-8"))["findings"]
               if one["supplier"]["inn"] == BROTHER)  # fmt: skip
