"""What affil stands on: few packages, one version of each, each told with its licence (docs/dependencies.md)."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

ROOT = Path(__file__).parents[1]
PERMISSIVE = re.compile(r"(MIT|MIT-0|BSD(-[23]-Clause)?|0BSD|Apache(-2\.0)?|ISC|PSF-2\.0|Zlib|CC0-1\.0)")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _direct() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [_plain(re.match(r"[\w.-]+", line)[0]) for line in project["dependencies"]]  # type: ignore[index]


def _needed_by(name: str) -> set[str]:
    """A package's own requirements on this machine, extras left out."""
    from packaging.requirements import Requirement

    told = [Requirement(line) for line in distribution(name).requires or ()]
    return {_plain(one.name) for one in told if one.marker is None or one.marker.evaluate({"extra": ""})}


def _installed() -> set[str]:
    """Everything a user gets: what affil names, and what that needs."""
    found, waiting = set[str](), set(_direct())
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= _needed_by(name) - found
    return found


def _licence(package: Distribution) -> str:
    told = package.metadata
    classified = "; ".join(line.rsplit(":: ", 1)[-1] for line in told.get_all("Classifier") or () if line.startswith("License"))
    stated = told.get("License-Expression") or (told.get("License") or "").strip().split("\n")[0]
    return stated if 0 < len(stated) < 80 else classified


def _table() -> dict[str, str]:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("| ")]
    return {_plain(row[1]): row[3] for row in rows[1:] if len(row) == 4}


def test_every_direct_dependency_is_told_and_no_other() -> None:
    assert set(_table()) == set(_direct())


def test_what_they_need_is_told() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    behind = page.split("Behind them")[1].split("Their licences")[0].split(":", 1)[1]
    told = {_plain(name) for name in re.findall(r"[\w-]+", behind)}
    # tzdata is for Windows alone in some versions of what needs it
    assert _installed() - set(_direct()) == told - {"tzdata"} | ({"tzdata"} & _installed())


def test_one_version_of_each_is_fixed() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    fixed = {_plain(line.partition("==")[0]): line.partition("==")[2] for line in lines}
    assert all(version and re.fullmatch(r"[\w.+]+", version) for version in fixed.values())
    assert {name: distribution(name).version for name in _installed()} == {name: fixed[name] for name in _installed()}


def test_licences_are_permissive_and_as_told() -> None:
    for name in sorted(_installed()):
        licence = _licence(distribution(name))
        if name == "python-stdnum":
            assert "LGPL" in licence or "Lesser" in licence
            continue
        parts = re.findall(r"[A-Z0-9][\w.-]*", licence.replace("License", "").replace("Software", ""))
        known = [part for part in parts if part not in {"AND", "OR", "OSI", "Approved", "The", "Foundation", "Python"}]
        assert known and all(PERMISSIVE.match(part) for part in known), (name, licence)


def test_the_page_tells_the_licence_each_package_states() -> None:
    for name, told in _table().items():
        stated = _licence(distribution(name))
        family = "LGPL" if "Lesser" in stated or "LGPL" in stated else re.match(r"MIT|BSD|Apache", stated.strip())
        assert family, (name, stated)
        assert (family if isinstance(family, str) else family[0]) in told, (name, stated, told)
