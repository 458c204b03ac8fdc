"""The files of the catalogue: their shape, their words, their norms, and that a misspelt key is told and not passed over."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from affil.errors import RuleError
from affil.kinship.circles import circle_ids
from affil.rules.cases import read_cases
from affil.rules.hops import Kin
from affil.rules.rule import Rule, Text, content_hash, load_rules, read_rule
from affil.words import Words

sys.path.insert(0, str(Path(__file__).parents[1] / "reports"))
from avoided import avoided_words

RULES = Path(__file__).parents[2] / "rules"
FILES = sorted(path for path in RULES.rglob("*.yml") if not path.name.endswith(".cases.yml"))
IDS = [path.stem for path in FILES]
CATALOGUE = load_rules(RULES).rules

# Norms a finding may be assessed by, as documents print them; a new one is added here by whoever has read it.
NORMS = {
    "273-ФЗ ст. 8", "273-ФЗ ст. 10", "273-ФЗ ст. 11", "273-ФЗ ст. 12", "273-ФЗ ст. 12.3",
    "25-ФЗ ст. 11 ч. 2", "25-ФЗ ст. 13 ч. 1 п. 5", "25-ФЗ ст. 14 ч. 1",
    "44-ФЗ ст. 31 ч. 1 п. 3", "44-ФЗ ст. 31 ч. 1 п. 9", "44-ФЗ ст. 31 ч. 8", "44-ФЗ ст. 31 ч. 9", "44-ФЗ ст. 34 ч. 22",
    "44-ФЗ ст. 34 ч. 23", "44-ФЗ ст. 38 ч. 7", "44-ФЗ ст. 39 ч. 6", "44-ФЗ ст. 39 ч. 7", "44-ФЗ ст. 93 ч. 1",
    "223-ФЗ ст. 3 ч. 7.1", "223-ФЗ ст. 3 ч. 7.2",
}  # fmt: skip
REFERENCE = re.compile(
    r"(?:273-ФЗ|25-ФЗ|44-ФЗ|135-ФЗ|223-ФЗ|СК|НК) ст\. \d+(?:\.\d+)?(?: ч\. \d+(?:\.\d+)?(?:, \d+(?:\.\d+)?)*)?"
    r"(?: п\. \d+(?:, \d+)*)?(?: «[а-я]»(?:, «[а-я]»)*)?"
)
# Where the law exempts nobody, an invented exception would only mislead.
WITHOUT_EXCEPTION = {
    "outer-kin-supplier", "former-spouse-supplier", "cohabitant-coparent-supplier",
    "exit-before-event", "tie-ended-before-event", "tie-began-after-event", "historic-tie-at-award",
    "kin-employed-by-supplier", "kin-not-in-questionnaire-shared-relative", "kin-not-in-questionnaire-shared-address",
    "kin-not-in-questionnaire-name-pattern",
    "shared-phone-email-employee-supplier", "group-of-persons", "same-director-or-founder-other-company",
    "nominee-mass-director", "mass-address-winner", "young-company-winner", "terminated-company-winner",
    "bidders-shared-contact", "subcontractor-affiliated",
    "kin-admin-vs-institution", "supplier-former-staff-now-official",
    "many-employees-one-supplier", "low-competition-series", "swap-two-customers",
    "creditor-debtor", "gift-from-supplier", "declared-vs-registry-mismatch",
}  # fmt: skip
# What the registry shows of organisations alone: no norm attaches to it, so none is cited (`bases` may be empty).
SIGNS = {"nominee-mass-director", "mass-address-winner", "young-company-winner"}
POSTS = {"head of customer", "commission member", "head of contract service", "contract manager"}


def texts(rule: Rule) -> list[Text]:
    return [rule.title, rule.explanation, rule.clarify, rule.actions.official, rule.actions.participant, rule.false_positives]


def test_every_rule_promised_is_there() -> None:
    assert set(IDS) >= {
        "self-sole-proprietor-supplier", "self-director-supplier", "self-founder-supplier",
        "spouse-supplier", "close-kin-supplier", "grand-kin-supplier",
        "in-law-supplier", "outer-kin-supplier", "former-spouse-supplier",
        "cohabitant-coparent-supplier", "indirect-ownership-chain", "article31-tie", "article39-tie", "contract-service-kin",
        "exit-before-event", "tie-ended-before-event", "tie-began-after-event",
    }  # fmt: skip


def test_no_id_comes_twice_and_none_is_lost() -> None:
    assert len(set(IDS)) == len(IDS) == len(CATALOGUE)


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_texts_are_in_both_languages(rule: Rule) -> None:
    for text in texts(rule):
        assert re.search("[а-яё]", text.ru)
        assert re.search("[a-z]{3}", text.en)
        # the names of Russian registers, laws and words stay Russian in English
        words = re.findall("[а-яёА-ЯЁ]{2,}", re.sub("«[^»]*»", "", text.en))
        assert {word.upper() for word in words} <= {"ФЗ", "ИНН", "ЕГРЮЛ", "ЕГРИП"}, text.en


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_no_text_uses_a_word_to_avoid(rule: Rule) -> None:
    assert [word for text in texts(rule) for side in (text.ru, text.en) for word in avoided_words(side)] == []


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_norms_are_known(rule: Rule) -> None:
    assert {basis.id for basis in rule.bases} <= NORMS
    assert bool(rule.references) != (rule.id in SIGNS)
    assert [text for text in rule.references if not REFERENCE.fullmatch(text)] == []


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_the_two_questions_are_not_mixed(rule: Rule) -> None:
    """Art. 31(1)(9) is a question about the bidder, all else one about the official or his customer (CONTRACT 4)."""
    of_article31 = [basis.id for basis in rule.bases if basis.id == "44-ФЗ ст. 31 ч. 1 п. 9"]
    assert bool(of_article31) == (rule.about == "participant")


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_circles_and_groups_exist(rule: Rule) -> None:
    kin = rule.hop("kin") or Kin(groups=("self",))
    assert isinstance(kin, Kin)
    assert kin.circle is None or kin.circle in circle_ids()
    assert set(kin.groups) <= {"self", "spouse", "former-spouse", "close-kin", "grand-kin", "in-law", "partner", "outer-kin"}
    assert set(rule.roles) <= POSTS | {"specification author", "acceptance", "other"}
    assert set(rule.series.of if rule.series else ()) <= set(CATALOGUE)


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.parent.name in ("kin", "commission", "time")], ids=lambda path: path.stem
)
def test_no_kind_of_control_is_forgotten(path: Path) -> None:
    """Art. 10 of 273-FZ knows no threshold; only art. 31 of 44-FZ begins above 10 %."""
    kinds = {kind for hop in CATALOGUE[path.stem].path if hop.control for kind in hop.control.kinds}
    if kinds <= {"employee", "contact"}:  # rules about who neither runs nor owns
        return
    if path.stem == "commission-member-shareholder-creditor":  # point 3 of art. 39(6): an applicant who is a person is point 2
        assert kinds == {"director", "manager", "owner", "indirect-owner", "small-share", "contact"}
        return
    above = {"sole-proprietor", "director", "manager", "owner", "indirect-owner"}
    assert kinds == (above if path.stem == "article31-tie" else above | {"small-share"})


def test_kin_outside_both_circles_is_never_above_normal() -> None:
    """OFFICER 5 and CONTRACT 4: only «иные близкие отношения» can speak for them."""
    outside = [
        CATALOGUE[rule_id].priority
        for rule_id in ("outer-kin-supplier", "former-spouse-supplier", "cohabitant-coparent-supplier")
    ]
    assert {(p.base, p.role, p.article31) for p in outside} == {("low", "normal", None)}


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_a_rule_has_cases_of_every_kind(path: Path) -> None:
    cases = read_cases(path.with_name(f"{path.stem}.cases.yml"))
    kinds = [case.kind for case in cases]
    assert kinds.count("positive") >= 2
    assert kinds.count("near-miss") >= 2
    assert kinds.count("cannot-say") >= 1
    assert ("exception" in kinds) != (path.stem in WITHOUT_EXCEPTION)
    assert len({case.name for case in cases}) == len(cases)


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_cases_say_what_they_claim(path: Path) -> None:
    known = Words("ru")
    for case in read_cases(path.with_name(f"{path.stem}.cases.yml")):
        assert case.kind != "positive" or case.expect, case.name
        assert case.kind != "near-miss" or not case.expect, case.name
        assert (case.kind == "cannot-say") == bool(case.undetermined), case.name
        assert all(known(f"undetermined.{reason}.remedy") for reason in case.undetermined if reason != "groups_not_declared")


BROKEN: dict[str, tuple[Callable[[str], str], str]] = {
    "misspelt key": (lambda text: text.replace("\nevents:", "\nevent:"), r"event"),
    "misspelt key below": (lambda text: text.replace("kinds:", "kind:"), r"path\.\d\.control\.kind"),
    "unknown kind of control": (lambda text: text.replace("director,", "directors,", 1), r"path\.1\.control\.kinds"),
    "text in one language": (lambda text: re.sub(r"(clarify:\n  ru:.*\n)  en:.*\n", r"\1", text), r"clarify\.en"),
    "unknown priority": (lambda text: text.replace("base: normal", "base: urgent"), r"priority\.base"),
    "hops out of order": (lambda text: text.replace("  - kin: {groups: [spouse]}\n", ""), r"control → supplies"),
    "window without a time": (lambda text: text + "window_months: 12\n", r"window_months"),
    "no YAML": (lambda text: text + "a: [\n", r"YAML"),
    "another id": (lambda text: text.replace("id: spouse-supplier", "id: wife-supplier"), r"wife-supplier.*spouse-supplier"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_rule_is_told_with_file_and_key(fault: str, tmp_path: Path) -> None:
    break_it, told = BROKEN[fault]
    whole = (RULES / "kin" / "spouse-supplier.yml").read_text(encoding="utf-8")
    broken = break_it(whole)
    assert broken != whole
    path = tmp_path / "spouse-supplier.yml"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(RuleError, match=rf"(?s)spouse-supplier\.yml: .*{told}"):
        read_rule(path)


def test_a_misspelt_key_of_a_case_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.cases.yml"
    path.write_text("- {name: a, kind: positive, why: b, expects: []}\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"(?s)x\.cases\.yml.*expects"):
        read_cases(path)


def test_a_workspace_rule_overrides_the_shipped_one(tmp_path: Path) -> None:
    text = (RULES / "kin" / "spouse-supplier.yml").read_text(encoding="utf-8")
    (tmp_path / "spouse-supplier.yml").write_text(text.replace("base: normal", "base: high"), encoding="utf-8")
    own, shipped = load_rules(RULES, tmp_path), load_rules(RULES)
    assert own.rules["spouse-supplier"].priority.base == "high"
    assert own.hashes["spouse-supplier"] != shipped.hashes["spouse-supplier"]
    assert {rule for rule in own.hashes if own.hashes[rule] != shipped.hashes[rule]} == {"spouse-supplier"}


def test_a_comment_does_not_change_what_a_rule_means(tmp_path: Path) -> None:
    text = (RULES / "kin" / "spouse-supplier.yml").read_text(encoding="utf-8")
    (tmp_path / "spouse-supplier.yml").write_text("# read again in spring\n" + text, encoding="utf-8")
    assert load_rules(tmp_path).hashes["spouse-supplier"] == load_rules(RULES).hashes["spouse-supplier"]


def test_no_rule_changes_without_the_date_of_the_edition() -> None:
    catalogue = load_rules(RULES)
    told = tomllib.loads((RULES / "edition.toml").read_text(encoding="utf-8"))
    assert catalogue.edition == told["date"]
    assert told["sha256"] == content_hash(catalogue.hashes), "rules changed: read them, then set date and sha256 in edition.toml"
    assert told["sha256"] != content_hash({**catalogue.hashes, IDS[0]: "another"})
