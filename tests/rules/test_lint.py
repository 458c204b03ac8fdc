"""`affil rules check`: every fault planted in a rule or its cases is told, with file and key; what is right is not."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from affil.errors import RuleError
from affil.rules.cases import read_cases
from affil.rules.faults import Fault
from affil.rules.lint import Linted, lint
from affil.rules.rule import RuleForm, load_rules, read_rule
from affil.words import LANGUAGES, Words

RULES = Path(__file__).parents[2] / "rules"
FEW = RULES / "time"  # one small family beside the rule that is changed: all of them are read in the test of the shipped rules
MODEL = RULES / "kin" / "spouse-supplier.yml"
Change = Callable[[str], str]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a copy of one rule and its cases under another id."""
    text = MODEL.read_text(encoding="utf-8").replace("id: spouse-supplier", "id: own-rule", 1)
    (tmp_path / "own-rule.yml").write_text(text, encoding="utf-8")
    shutil.copy(MODEL.with_name("spouse-supplier.cases.yml"), tmp_path / "own-rule.cases.yml")
    return tmp_path


def changed(path: Path, change: Change) -> None:
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before, "the change changes nothing: correct the test"
    path.write_text(after, encoding="utf-8")


def kinds(told: Linted) -> set[tuple[str, str]]:
    return {(fault.key, fault.kind) for fault in told.faults}


def test_the_shipped_rules_have_no_fault() -> None:
    told = lint(RULES)
    assert [fault.line(Words("en")) for fault in told.faults] == []
    assert told.files == len(load_rules(RULES).rules)


def test_a_copy_under_another_id_has_no_fault(own: Path) -> None:
    assert lint(FEW, own).faults == ()
    assert lint(FEW, own).notes == ()


def sub(pattern: str, by: str) -> Change:
    return lambda text: re.sub(pattern, by, text, count=1, flags=re.MULTILINE)


TITLE_RU = r"^title:\n  ru:.*\n(?:    .*\n)*"
TITLE_EN = r"^title:\n(  ru:.*\n(?:    .*\n)*)  en:.*\n(?:    .*\n)*"
CLARIFY_EN = r"(^clarify:\n  ru:(?:.*\n)(?:    .*\n)*)  en:.*\n(?:    .*\n)*"
FAULTS: dict[str, tuple[Change, str, str]] = {
    "unknown field": (sub("^about:", "aboot: x\nabout:"), "aboot", "unknown_key"),
    "unknown field below": (sub("kinds:", "kind:"), "path.1.control.kind", "unknown_key"),
    "missing field": (sub("^about:.*\n", ""), "about", "present"),
    "text in one language": (sub(CLARIFY_EN, r"\1"), "clarify.en", "present"),
    "empty translation": (sub(TITLE_EN, "title:\n\\1  en: ''\n"), "title.en", "not_empty"),
    "blank translation": (sub(TITLE_EN, "title:\n\\1  en: ' '\n"), "title.en", "not_empty"),
    "hop that cannot follow": (sub(r"^  - control:.*\n", ""), "path", "hop_follows"),
    "no first hop": (sub(r"^  - kin:.*\n", ""), "path", "first_hop"),
    "no last hop": (sub(r"^  - supplies:.*\n", ""), "path", "last_hop"),
    "rivals of one who is no relation": (sub(r"^  - supplies:.*\n", "  - rivals: {}\n"), "path", "rivals"),
    "hop twice": (sub(r"^(  - supplies:.*\n)", r"\1\1"), "path", "hop_twice"),
    "pattern of names at an institution": (
        lambda text: sub(r"^  - kin:.*\n", "  - name_pattern: {surname_bearers: 250, bearers: 1}\n")(
            sub(r"^  - supplies:.*\n", "  - subordinate: {}\n")(text)
        ),
        "path",
        "name_pattern",
    ),
    "no threshold of names": (
        sub(r"^  - kin:.*\n", "  - name_pattern: {surname_bearers: 250}\n"), "path.0.name_pattern.bearers", "present"
    ),
    "unknown kin group": (sub(r"groups: \[spouse\]", "groups: [wife]"), "path.0.kin.groups", "unknown_name"),
    "unknown circle": (sub(r"groups: \[spouse\]", "circle: ст. 10"), "path.0.kin.circle", "unknown_name"),
    "groups and circle": (sub(r"groups: \[spouse\]", "groups: [spouse], circle: СК ст. 14"), "path.0.kin", "groups_or_circle"),
    "no share": (sub(r"kinds: \[", "over: half, kinds: ["), "path.1.control.over", "share"),
    "unknown control": (sub("director,", "directors,"), "path.1.control.kinds.1", "one_of"),
    "unknown role": (sub("^about:", "roles: [chief]\nabout:"), "roles", "unknown_name"),
    "unknown status": (sub("^about:", "officials: {statuses: [boss]}\nabout:"), "officials.statuses", "unknown_name"),
    "series of nothing": (
        sub(r"^path:\n(?:  - .*\n)+", "series: {of: [wife-supplier], per: supplier, count: officials, least: 2}\n"),
        "series.of", "unknown_name",
    ),
    "path and series": (
        sub("^path:", "series: {of: [], per: supplier, count: officials, least: 2}\npath:"), "path", "path_or_series",
    ),
    "number out of range": (sub("^about:", "most: 40\nabout:"), "most", "range"),
    "dates reversed": (sub("^bases:", "bases:\n  - {id: x, since: 2023-01-01, until: 2022-12-31}"), "bases.0", "dates_reversed"),
    "no such day": (sub(r"^bases:\n", "bases:\n  - {id: x, since: '2023-02-30'}\n"), "bases.0.since", "date"),
    "window without a time": (sub("^about:", "window_months: 6\nabout:"), "window_months", "window"),
    "event left out": (sub(r"^events:.*\n", ""), "events", "events"),
    "text missing for stable": (sub(r"^false_positives:\n(?:  .*\n)+", ""), "false_positives", "missing_for_stable"),
    "another id": (sub("^id: own-rule", "id: other-rule"), "id", "id_is_name"),
    "accusing word": (sub("^  ru: >-\n    ", "  ru: >-\n    Фиктивный развод. "), "title.ru", "accusing"),
    "no YAML": (lambda text: text + "a: [\n", "", "yaml"),
    "not a mapping": (lambda _: "- just\n- a list\n", "", "table"),
    "empty file": (lambda _: "\n", "", "table"),
    "a day the calendar lacks": (lambda text: text + "since: 2023-02-30\n", "", "yaml"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_key(name: str, own: Path) -> None:
    change, key, kind = FAULTS[name]
    if name == "accusing word":
        changed(own / "own-rule.yml", sub(TITLE_RU, "title:\n  ru: Фиктивный развод\n"))
    else:
        changed(own / "own-rule.yml", change)
    told = lint(FEW, own)
    assert (key, kind) in kinds(told)
    assert {fault.file for fault in told.faults} == {"own-rule.yml"}
    for lang in LANGUAGES:
        lines = [fault.line(Words(lang)) for fault in told.faults]
        assert all(
            "\n" not in line and "{" not in line.replace(str(fault.found), "")
            for line, fault in zip(lines, told.faults, strict=True)
        )


def test_each_fault_alone_is_told_alone(own: Path) -> None:
    """A part that is wrong says nothing of the parts that are right."""
    whole = (own / "own-rule.yml").read_text(encoding="utf-8")
    for name in ("unknown field", "missing field", "unknown kin group", "unknown control", "number out of range", "another id"):
        change, key, kind = FAULTS[name]
        (own / "own-rule.yml").write_text(change(whole), encoding="utf-8")
        assert kinds(lint(FEW, own)) == {(key, kind)}, name


def test_all_faults_of_a_file_are_told_at_once(own: Path) -> None:
    together = (
        "unknown field",
        "missing field",
        "unknown control",
        "no first hop",
        "dates reversed",
        "window without a time",
        "event left out",
        "another id",
    )
    text = (own / "own-rule.yml").read_text(encoding="utf-8")
    for name in together:
        if name != "missing field":
            text = FAULTS[name][0](text)
    text = FAULTS["missing field"][0](text)
    (own / "own-rule.yml").write_text(text, encoding="utf-8")
    wanted = {(key.replace("path.1.", "path.0."), kind) for key, kind in (FAULTS[name][1:] for name in together)}
    assert kinds(lint(FEW, own)) == wanted


CASE = "- {name: a, kind: near-miss, why: b}\n"
CASE_FAULTS: dict[str, tuple[Change, str, str]] = {
    "no case": (lambda _: "[]\n", "", "no_case_of"),
    "no near miss": (lambda text: text.replace("kind: near-miss", "kind: exception"), "", "no_case_of"),
    "no positive": (lambda _: CASE, "", "no_case_of"),
    "unknown field": (lambda text: text + "- {name: a, kind: near-miss, why: b, expects: []}\n", "a.expects", "unknown_key"),
    "unknown kind": (lambda text: text + "- {name: a, kind: near, why: b}\n", "a.kind", "one_of"),
    "positive without expectation": (lambda text: text + "- {name: a, kind: positive, why: b}\n", "a.expect", "expects_nothing"),
    "near miss with one": (
        lambda text: text + "- {name: a, kind: near-miss, why: b, expect: [{control: owner}]}\n", "a.expect", "expects_something",
    ),
    "cannot say without a reason": (
        lambda text: text + "- {name: a, kind: cannot-say, why: b}\n", "a.undetermined", "says_no_reason",
    ),
    "unknown reason": (
        lambda text: text + "- {name: a, kind: cannot-say, why: b, undetermined: [lost]}\n", "a.undetermined", "unknown_name",
    ),
    "unknown column": (
        lambda text: text + "- {name: a, kind: near-miss, why: b, officials: [{nmae: x}]}\n", "a.officials.0.nmae", "unknown_key",
    ),
    "unknown grade": (
        lambda text: text + "- {name: a, kind: positive, why: b, expect: [{grade: E}]}\n", "a.expect.0.grade", "unknown_name",
    ),
    "same name twice": (lambda text: text + CASE + CASE, "a", "case_twice"),
    "no list": (lambda _: "name: a\n", "", "list"),
    "no YAML": (lambda _: "- {name: a\n", "", "yaml"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASE_FAULTS)
def test_a_fault_of_a_case_is_told(name: str, own: Path) -> None:
    change, key, kind = CASE_FAULTS[name]
    changed(own / "own-rule.cases.yml", change)
    told = lint(FEW, own)
    assert (key, kind) in kinds(told)
    assert {fault.file for fault in told.faults} == {"own-rule.cases.yml"}


def test_a_rule_without_cases_and_cases_without_a_rule(own: Path) -> None:
    (own / "own-rule.cases.yml").rename(own / "old-rule.cases.yml")
    assert {(fault.file, fault.kind) for fault in lint(FEW, own).faults} == {
        ("own-rule.cases.yml", "no_cases"), ("old-rule.cases.yml", "cases_of_nothing"),
    }  # fmt: skip


def test_a_file_that_is_not_read_is_told(own: Path) -> None:
    (own / "own-rule.yml").rename(own / "own-rule.yaml")
    assert ("own-rule.yaml", "not_yml") in {(fault.file, fault.kind) for fault in lint(FEW, own).faults}


def test_a_rule_that_overrides_is_a_note_and_no_fault(tmp_path: Path) -> None:
    for name in ("spouse-supplier.yml", "spouse-supplier.cases.yml"):
        shutil.copy(MODEL.with_name(name), tmp_path / name)
    told = lint(RULES, tmp_path)
    assert told.faults == ()
    assert [(note.file, note.kind) for note in told.notes] == [("spouse-supplier.yml", "overrides")]


def test_one_id_in_two_files_of_a_folder(own: Path) -> None:
    for name in ("own-rule.yml", "own-rule.cases.yml"):
        (own / "more").mkdir(exist_ok=True)
        shutil.copy(own / name, own / "more" / name)
    assert {(fault.file, fault.kind) for fault in lint(FEW, own).faults} == {("own-rule.yml", "id_twice")}


DRAFT = """\
id: own-rule
status: draft
title: {ru: Правило, en: A rule}
about: official
events: [award]
path: [kin: {groups: [spouse]}, control: {kinds: [director]}, supplies: {}]
priority: {base: low}
bases: [{id: "273-ФЗ ст. 10"}]
"""


def test_a_draft_may_leave_texts_and_cases_out_and_is_told_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "own-rule.yml").write_text(DRAFT, encoding="utf-8")
    told = lint(FEW, tmp_path)
    assert told.faults == ()
    missing = {(note.key, note.kind) for note in told.notes}
    assert missing == {(key, "missing_in_draft") for key in ("explanation", "clarify", "actions", "false_positives")} | {
        ("", "no_cases")
    }
    assert load_rules(tmp_path).info("own-rule").clarify == {}


def test_a_stable_rule_may_not(tmp_path: Path) -> None:
    (tmp_path / "own-rule.yml").write_text(DRAFT.replace("status: draft\n", ""), encoding="utf-8")
    assert {fault.kind for fault in lint(FEW, tmp_path).faults} == {"missing_for_stable", "no_cases"}
    with pytest.raises(RuleError, match="explanation"):
        load_rules(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["фиктивный развод", "Незаявленное родство", "сговор с заказчиком", "Дробление закупок", "фирма-клон",
     "номинальный директор", "признан виновным", "Презумпция невиновности", "по итогам проверки", "нарушений не выявлено",
     "undeclared kin", "collusion", "a critical hit", "confirmed", "guilty"],
)  # fmt: skip
def test_words_to_avoid_are_found(text: str, own: Path) -> None:
    changed(own / "own-rule.yml", sub(TITLE_RU, f"title:\n  ru: {text}\n"))
    assert ("title.ru", "accusing") in kinds(lint(FEW, own))


@pytest.mark.parametrize(
    "text", ["Проверено 57 из 60", "уклонение", "номинальная стоимость доли", "Добросовестность предполагается"]
)
def test_plain_words_pass(text: str, own: Path) -> None:
    changed(own / "own-rule.yml", sub(TITLE_RU, f"title:\n  ru: {text}\n"))
    assert kinds(lint(FEW, own)) == set()


def test_a_misspelt_key_is_answered_with_the_nearest_first(own: Path) -> None:
    changed(own / "own-rule.yml", sub("kinds:", "kindz:"))
    told = {fault.kind: fault for fault in lint(own).faults}
    assert dict(told["unknown_key"].params)["known"].startswith("kinds, ")


def test_reading_tells_the_first_fault_in_one_line_of_the_officers_language(own: Path) -> None:
    changed(own / "own-rule.yml", lambda text: FAULTS["unknown field"][0](FAULTS["unknown control"][0](text)))
    with pytest.raises(RuleError) as russian:
        read_rule(own / "own-rule.yml", "ru")
    with pytest.raises(RuleError) as english:
        load_rules(own, lang="en")
    assert re.fullmatch(r"own-rule\.yml: [^\n]*ожидалось: [^\n]*ещё ошибок в этом файле: 1[^\n]*", str(russian.value))
    assert re.fullmatch(r"own-rule\.yml: [^\n]*expected: [^\n]*and 1 more faults in this file[^\n]*", str(english.value))


def test_reading_cases_tells_the_first_fault_in_one_line(own: Path) -> None:
    changed(own / "own-rule.cases.yml", CASE_FAULTS["unknown field"][0])
    with pytest.raises(RuleError, match=r"^own-rule\.cases\.yml: a\.expects: .*[^\n]*$"):
        read_cases(own / "own-rule.cases.yml")


def test_every_kind_of_fault_has_its_texts() -> None:
    """Texts are looked up by kind when a fault is told: one that is missing would be a crash in place of a message."""
    for lang in LANGUAGES:
        table = Words(lang).raw
        for kind in {kind for _, _, kind in (*FAULTS.values(), *CASE_FAULTS.values())}:
            assert set(table(f"lint.{kind}")) == {"expected", "remedy"}
    assert (
        Fault("f", "k", "other", "x", (("message", "m"),))
        .line(Words("en"))
        .startswith("f: k: found: x; expected: another value (m)")
    )


def test_the_form_and_what_stands_in_for_wrong_parts_fit() -> None:
    """A file of which every key is wrong is still told key by key."""
    required = {name for name, field in RuleForm.model_fields.items() if field.is_required()}
    assert {key for key, _ in required_faults()} == required


def required_faults() -> set[tuple[str, str]]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "own-rule.yml").write_text("status: draft\n", encoding="utf-8")
        return {(key, kind) for key, kind in kinds(lint(Path(folder))) if kind == "present"}
