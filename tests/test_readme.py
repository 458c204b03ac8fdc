"""The README opens with what the program prints, not with what it once printed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def affil(*arguments: str, folder: Path) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "affil", *arguments], cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    return run.stdout


def blocks() -> list[str]:
    return README.split("```")[1::2]


def test_the_demo_prints_what_the_readme_shows(tmp_path: Path) -> None:
    summary = affil("demo", "affil-demo", folder=tmp_path)
    shown = next(block for block in blocks() if "Проверено" in block)
    assert shown.strip() in summary
    path = next(block for block in blocks() if block.strip().startswith("Путь по шагам"))
    finding = README.split("affil explain -w affil-demo ")[1].split("`")[0]
    told = affil("explain", "-w", "affil-demo", finding, folder=tmp_path)
    assert path.strip() in told


def test_the_readme_names_the_two_commands_first() -> None:
    first = blocks()[0]
    assert [line.split("#")[0].strip() for line in first.strip().splitlines()] == ["make demo", "make test"]
