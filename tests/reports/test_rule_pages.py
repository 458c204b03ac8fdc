"""The pages of the rules: what is committed is what the generator makes, and it says what the rule files say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from affil.reports.rule_pages import INDEX, rule_pages, write_pages
from affil.rules.cases import read_cases
from affil.rules.rule import load_rules

ROOT = Path(__file__).parents[2]
RULES, DOCS = ROOT / "rules", ROOT / "docs" / "rules"
CATALOGUE = load_rules(RULES)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return rule_pages(RULES)


def test_the_committed_pages_are_those_of_the_rules(pages: dict[str, str]) -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in DOCS.iterdir()}
    stale = sorted(name for name in pages.keys() | committed.keys() if pages.get(name) != committed.get(name))
    assert stale == [], "write them anew: make docs (python -m affil.reports.rule_pages docs/rules)"


def test_every_page_says_what_its_rule_says(pages: dict[str, str]) -> None:
    assert pages.keys() == {INDEX, *(f"{rule}.md" for rule in CATALOGUE.rules)}
    for rule in CATALOGUE.rules.values():
        page = pages[f"{rule.id}.md"]
        russian, english = page.split("\n---\n")
        assert russian.startswith(f"# {rule.title.ru}\n")
        assert f"# {rule.title.en}\n" in english
        for half, lang in ((russian, "ru"), (english, "en")):
            texts = [rule.explanation, rule.clarify, rule.false_positives]
            texts += [rule.actions.official, rule.actions.participant] if rule.actions else []
            assert all(text.both()[lang] in half for text in texts if text)
            assert all(basis.id in half for basis in rule.bases)
            assert all(f"{basis.since:%d.%m.%Y}" in half for basis in rule.bases if basis.since)


def test_every_case_is_told_with_its_reason(pages: dict[str, str]) -> None:
    for path in sorted(RULES.rglob("*.cases.yml")):
        page = pages[f"{path.name.removesuffix('.cases.yml')}.md"]
        for case in read_cases(path):
            assert page.count(f"**{case.name}** — {case.why.strip()}") == 2


def test_no_key_of_a_rule_stands_on_a_page_for_want_of_words(pages: dict[str, str]) -> None:
    """A condition that has no text yet is shown as `key`: value."""
    assert [
        (name, found) for name, page in pages.items() for found in re.findall(r"^- `[a-z_0-9]+`:.*", page, re.MULTILINE)
    ] == []


def test_links_of_the_index_lead_to_pages(pages: dict[str, str]) -> None:
    assert set(re.findall(r"\]\(([^)]+)\)", pages[INDEX])) == pages.keys() - {INDEX}


def test_writing_twice_gives_the_same_and_removes_what_is_gone(tmp_path: Path, pages: dict[str, str]) -> None:
    (tmp_path / "gone-rule.md").write_text("x", encoding="utf-8")
    write_pages(RULES, tmp_path)
    write_pages(RULES, tmp_path)
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == pages
