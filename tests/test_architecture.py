"""A module imports its own stage and earlier ones only (DESIGN 1)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "affil"
ORDER = (
    "errors", "bound", "allocator", "shipped", "plain_yaml", "console", "words", "launchers",
    "model", "language", "settings", "ingest", "store",
    "decisions", "audit",
    "identity", "resolve", "procurement", "kinship", "control", "rules", "answers", "graph", "review", "person", "precheck",
    "retention", "reports", "export", "workspace", "demo", "progress", "ties", "pipeline", "prechecked", "verified",
    "case_results", "commands", "cli", "__main__",
)  # fmt: skip


def stage_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [node for node in froms if node.level], f"{path}: relative import"
    names |= {f"{node.module}.{alias.name}" for node in froms if node.module == "affil" for alias in node.names}
    names |= {node.module for node in froms if node.module and node.module != "affil"}
    return {name.split(".")[1] for name in names if name.startswith("affil.")} - {"__version__"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_earlier_stages(path: Path) -> None:
    stage = stage_of(path)
    if stage == "__init__":
        return
    assert stage in ORDER, f"{stage} is no stage: put it into its place in ORDER"
    later = {name for name in imported(path) if ORDER.index(name) > ORDER.index(stage)}
    assert not later, f"{path.name} imports {', '.join(sorted(later))}, which come later"


def test_the_check_would_find_an_upward_import(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("from affil.pipeline import screen\nfrom affil import cli\n", encoding="utf-8")
    assert imported(module) == {"pipeline", "cli"}
