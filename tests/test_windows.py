"""What Windows gets: .cmd files of a workspace, the offline folder with its installer, names, files that are open elsewhere.

Windows is not among the test machines: here stand the text of these files and the rules their names have to follow.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from in_process import Said

from affil.launchers import launchers
from affil.store import replaced
from affil.store.replaced import put_in_place
from affil.words import LANGUAGES, Words

ROOT = Path(__file__).parents[1]
RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))}


def illegal(name: str) -> bool:
    """Whether Windows refuses a file of this name (Microsoft: Naming Files, Paths, and Namespaces)."""
    bad = re.search(r'[<>:"/\\|?*\x00-\x1f]', name) or name[-1] in " ." or name.split(".")[0].rstrip().lower() in RESERVED
    return bool(bad) or len(name) > 120


def lines_of(content: bytes) -> list[str]:
    """The lines of a .cmd file: ASCII, each ended by CRLF."""
    text = content.decode("ascii")
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "") and "\r" not in text.replace("\r\n", "")
    return text.split("\r\n")[:-1]


def flow_is_whole(lines: list[str]) -> None:
    """Every place jumped to is there once, and every variable that is read was set here or by Windows."""
    labels = [line[1:] for line in lines if line.startswith(":")]
    gone_to = {found for line in lines for found in re.findall(r"(?:goto|call) :?(\w+)(?!\S)", line) if "call affil" not in line}
    assert len(set(labels)) == len(labels) and gone_to <= set(labels) and gone_to
    read = {name for line in lines for name in re.findall(r"%(\w+)%", line)}
    written = {name for line in lines for name in re.findall(r'set "(\w+)=', line)}
    assert read <= written | {"USERPROFILE", "errorlevel"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_six_files_start_the_six_actions_of_the_menu(lang: str) -> None:
    made = launchers(Words(lang))
    assert len(made) == len(Words(lang).raw("menu.actions")) == 6
    for number, (name, content) in enumerate(made.items(), start=1):
        assert name.startswith(f"{number} ") and name.endswith(".cmd") and not illegal(name)
        lines = lines_of(content)
        flow_is_whole(lines)
        assert lines[0] == "@echo off" and "pause" in lines and 'pushd "%~dp0"' in lines
        assert [line for line in lines if line.endswith(f"-m affil menu {number}")] and f"call affil menu {number}" in lines
        assert lines.index("chcp 65001 >nul") < lines.index('set "PYTHONUTF8=1"') < lines.index(f"call affil menu {number}")
        [told] = [line for line in lines if line.startswith("echo ")]
        assert not re.search(r"(?<!\^)[()<>&|]", told), "cmd.exe would take the sign for a command"


def test_a_new_workspace_has_names_that_windows_allows(affil: Callable[..., Said], tmp_path: Path) -> None:
    place = tmp_path / "Отдел (кадры) и К"
    assert affil("init", str(place)).code == 0
    names = [path.name for path in place.rglob("*")]
    assert len(names) > 15 and not [name for name in names if illegal(name)]
    assert affil("screen", "-w", str(place)).code == 0
    made = [path.relative_to(place) for path in (place / "reports").rglob("*")]
    assert len(made) > 10 and not [path for path in made if any(illegal(part) for part in path.parts)]
    assert max(len(str(path)) for path in made) < 100  # of the 260 signs that a path may have, the rest is the officer's
    assert illegal("con.txt") and illegal("a:b") and illegal("a.") and not illegal("1 Загрузить и сопоставить.cmd")


@pytest.fixture
def wheelhouse() -> ModuleType:
    """.ci/windows/wheelhouse.py."""
    told = importlib.util.spec_from_file_location("wheelhouse", ROOT / ".ci" / "windows" / "wheelhouse.py")
    assert told is not None and told.loader is not None
    module = importlib.util.module_from_spec(told)
    told.loader.exec_module(module)
    return module


def test_the_installer_needs_python_alone_and_no_network(wheelhouse: ModuleType, tmp_path: Path) -> None:
    wheelhouse.write_installer(tmp_path, ("3.12", "3.13"))
    lines = lines_of((tmp_path / "install.cmd").read_bytes())
    flow_is_whole(lines)
    assert 'for %%P in (python3.12 "py -3.12" python3.13 "py -3.13" python) do call :try %%P' in lines
    [install] = [line for line in lines if "pip install" in line]
    assert {"--no-index", "--require-hashes", "--find-links"} <= set(install.split())
    assert any("in (12,13,)" in line or "(12,13,)" in line for line in lines) and not [line for line in lines if "@" in line[1:]]
    shown = {name for line in lines for name in re.findall(r'type "texts\\(\w+\.txt)"', line)}
    assert shown == {path.name for path in (tmp_path / "texts").iterdir()}
    told = (tmp_path / "texts" / "no_python.txt").read_bytes().decode("utf-8")
    assert "3.12, 3.13" in told and "{" not in told and "\r\n" in told
    [target] = {found for line in lines for found in re.findall(r'set "TARGET=(.+)"', line)}
    assert all(f"{target}\\Scripts\\python.exe".encode() in content for content in launchers(Words("ru")).values())


def test_what_windows_alone_needs_is_among_the_wheels(wheelhouse: ModuleType) -> None:
    environment = wheelhouse.windows_environment("3.12")
    asked = [
        'colorama; platform_system == "Windows"', 'tzdata; sys_platform == "win32"', 'uvloop; sys_platform != "win32"',
        'old; python_version < "3.12"', 'more; extra == "all"', "plain>=1",
    ]  # fmt: skip
    assert [one.name for one in wheelhouse.needed(asked, environment)] == ["colorama", "tzdata", "plain"]
    assert "more" in [one.name for one in wheelhouse.needed(asked, environment, ["all"])]
    fixed = wheelhouse.fixed_versions((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    assert {"colorama", "tzdata", "duckdb", "pdfminer-six"} <= set(fixed)


@pytest.mark.parametrize(
    ("name", "fitting"),
    [
        ("a-1-py3-none-any.whl", True), ("a-1-py2.py3-none-any.whl", True), ("a-1-cp312-cp312-win_amd64.whl", True),
        ("a-1-cp39-abi3-win_amd64.whl", True), ("a-1-cp313-abi3-win_amd64.whl", False), ("a-1-py3-none-win_amd64.whl", True),
        ("a-1-cp311-cp311-win_amd64.whl", False), ("a-1-cp312-cp312-win32.whl", False), ("a-1-cp313-cp313t-win_amd64.whl", False),
        ("a-1-cp312-cp312-manylinux_2_28_x86_64.whl", False), ("a-1-py2-none-any.whl", False),
    ],
)  # fmt: skip
def test_a_wheel_fits_by_the_tags_of_its_name(wheelhouse: ModuleType, name: str, fitting: bool) -> None:
    assert wheelhouse.fits(Path(name), "3.12") is fitting


def test_every_wheel_has_its_hash(wheelhouse: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "wheels").mkdir()
    for tag in ("cp312-cp312", "cp313-cp313"):
        with zipfile.ZipFile(tmp_path / "wheels" / f"Py_Firm-1.2-{tag}-win_amd64.whl", "w") as archive:
            archive.writestr("Py_Firm-1.2.dist-info/METADATA", f"Name: Py-Firm\nRequires-Dist: x; extra == 'y'\n\n{tag}")
    wheelhouse.write_lists(tmp_path)
    [line] = (tmp_path / "requirements.txt").read_text().splitlines()
    sums = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((tmp_path / "wheels").iterdir())]
    assert line == f"py-firm==1.2 --hash=sha256:{sums[0]} --hash=sha256:{sums[1]}"
    listed = dict(reversed(line.split("  ")) for line in (tmp_path / "SHA256SUMS").read_text().splitlines())  # type: ignore[misc]
    assert listed == {
        f"wheels/{path.name}": told for path, told in zip(sorted((tmp_path / "wheels").iterdir()), sums, strict=True)
    }
    assert wheelhouse.requires_of(next((tmp_path / "wheels").iterdir())) == ["x; extra == 'y'"]


def test_make_wheelhouse_calls_it() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("\nwheelhouse:")[1].split("\n\n")[0]
    assert ".ci/windows/wheelhouse.py build/wheelhouse $(PYTHONS)" in recipe


def refusing(times: int, name: str = "") -> Callable[[Any, Any], None]:
    """`os.replace` of Windows where a program keeps the file open for so many tries."""
    replace, left = os.replace, [times]

    def refuse(draft: Any, target: Any) -> None:
        if left[0] and Path(target).name.endswith(name):
            left[0] -= 1
            raise PermissionError(13, "Access is denied", str(draft), 5, str(target))
        replace(draft, target)

    return refuse


def test_a_file_that_is_open_for_a_moment_is_replaced_and_one_that_stays_open_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, target = tmp_path / "draft", tmp_path / "таблица.xlsx"
    target.write_text("old")
    monkeypatch.setattr(replaced, "WAITS", (0.0, 0.0, 0.0))
    for times, told in ((3, "new"), (4, "old")):
        target.write_text("old")
        draft.write_text("new")
        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", refusing(times))
            if told == "new":
                put_in_place(draft, target)
            else:
                with pytest.raises(PermissionError) as error:
                    put_in_place(draft, target)
                assert error.value.filename == str(target)
        assert (target.read_text(), draft.exists()) == (told, False)


def test_a_file_open_in_excel_is_told_by_name_with_what_to_do(
    affil: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "place"
    affil("init", str(place))
    monkeypatch.setattr(os, "replace", refusing(99, "latest"))
    said = affil("screen", "-w", str(place))
    assert (said.code, said.out) == (1, "")
    last = said.err.splitlines()[-1]
    assert str(place / "reports" / "latest") in last and "Закройте его в Excel, Word" in last
    assert [path.name for path in (place / "reports").iterdir() if path.name.startswith(".")] == []
