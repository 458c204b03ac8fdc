"""The commands of the guides are run as they stand, in one workspace of the invented district; links and pictures are there."""

from __future__ import annotations

import os
import re
import shlex
import sys
from pathlib import Path

import pytest
from in_process import affil

sys.path.insert(0, str(Path(__file__).parent / "reports"))
from avoided import avoided_words

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"

OFFICER = sorted((DOCS / "ru").glob("*.md"))
ENGINEER = [DOCS / name for name in ("architecture.md", "add-a-rule.md", "add-a-document.md")]
BY_HAND = "<!-- за клавиатурой -->\n"
RUN: set[frozenset[str]] = set()
DONE, TO_DECIDE, BELOW_PLAN, CANNOT_SAY = 0, 3, 4, 5


def commands(page: Path) -> list[list[str]]:
    """The commands in the blocks of a page, those that need a person at the keyboard left out."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(rf"({BY_HAND})?^```\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    lines = [line.split("#")[0].strip() for by_hand, block in blocks if not by_hand for line in block.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("affil ")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, small_worlds: None, commands_built_once: None) -> Path:
    """Where the demonstration lies under the name the first guide gives it."""
    folder = tmp_path_factory.mktemp("guides")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert affil("demo", "пример").code == DONE
    return folder


USUAL = [page for page in (*OFFICER, *ENGINEER) if page.name != "god.md" or os.environ.get("AFFIL_PROOF")]


@pytest.mark.parametrize("page", USUAL, ids=lambda page: page.name)  # the year takes 25 s, and has its place in `make proof`
def test_the_commands_of_a_guide_do_what_it_says(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = page.name == "pervye-desyat-minut.md"
    monkeypatch.chdir(folder if first else folder / "пример")
    run = sorted(one.name for one in (folder / "пример" / "reports").iterdir() if one.is_dir())[0]
    found = commands(page)
    assert found
    for arguments in found:
        where = () if first else ("-w", "пример")
        asked = frozenset((*arguments, *where))
        if arguments[0] == "demo" or asked in RUN:
            continue  # the fixture ran it, or another page
        RUN.add(asked)
        ended = affil(*(run if word == "А" else word for word in arguments))
        assert ended.code in (DONE, TO_DECIDE, BELOW_PLAN, CANNOT_SAY), f"affil {' '.join(arguments)}: {ended.err}"
        assert ended.out or ended.err


@pytest.mark.parametrize("page", [*OFFICER, *ENGINEER], ids=lambda page: page.name)
def test_links_lead_somewhere_and_the_page_is_short(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert (page.parent / target).is_file(), target


def test_the_officers_guides_use_no_words_to_avoid() -> None:
    assert len(OFFICER) == 4
    assert {page.name: avoided_words(page.read_text(encoding="utf-8")) for page in OFFICER} == {page.name: [] for page in OFFICER}


def test_pictures_are_small() -> None:
    assert all(one.stat().st_size < 150_000 for one in (DOCS / "ru" / "img").glob("*.png"))


def test_the_page_on_the_architecture_names_every_stage_in_order() -> None:
    from test_architecture import ORDER

    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert named == list(ORDER)
