"""`docs/testing.md` names every test that rests on hypothesis or an oracle, and nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
NOT_FOR_TESTS = {"clean", "demo", "docs", "expected", "gallery", "lint", "sbom", "types"}
GROUND = re.compile(
    r"^\s*(?:from|import) (?:hypothesis|oracle|genealogy|random_worlds|test_oracle)\b|\boracle\b|brute|another reader",
    re.MULTILINE,
)


def independent(source: str) -> bool:
    """Whether a test module rests on random examples or on a second answer."""
    return bool(GROUND.search(source))


def modules() -> list[str]:
    found = sorted((ROOT / "tests").rglob("test_*.py"))
    return [
        str(path.relative_to(ROOT).as_posix())
        for path in found
        if path != Path(__file__) and independent(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("module", modules())
def test_the_page_names_every_test_with_ground_of_its_own(module: str) -> None:
    assert f"`{module}`" in PAGE, f"say in docs/testing.md what {module} would catch"


def test_what_the_page_names_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE))
    assert len(named) > 40
    assert not [path for path in sorted(named) if not (ROOT / path).exists()]


def test_the_page_names_every_command_that_tests_and_no_other() -> None:
    named = set(re.findall(r"`make ([a-z]+)", PAGE))
    assert named >= TARGETS - NOT_FOR_TESTS
    assert named <= TARGETS | NOT_FOR_TESTS


@pytest.mark.parametrize(("source", "found"), [
    ("from hypothesis import given", True), ("from genealogy import Family", True), ('"""Against brute force."""', True),
    ("from affil.model import finding  # an hypothesis of ours", False),
])  # fmt: skip
def test_what_counts_as_ground_of_its_own(source: str, found: bool) -> None:
    assert independent(source) is found
