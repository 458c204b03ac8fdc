"""`make wheelhouse`: a folder from which affil installs on Windows without a network.

    python .ci/windows/wheelhouse.py OUT 3.12 3.13

Into OUT go `wheels/` (affil itself and all it needs, for win_amd64 and each Python named), `requirements.txt` with the SHA-256 of
every wheel, which pip compares when it installs, `SHA256SUMS`, `install.cmd` and the texts it shows. Versions are those of
`constraints.txt`. What Windows needs is worked out here from what the wheels say of themselves: pip takes `sys_platform` for that
of the machine it runs on, so what is for Windows alone (colorama, tzdata) would be missing.
"""

from __future__ import annotations

import email.parser
import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PLATFORM = "win_amd64"
OWN = "affil"
PIP = (sys.executable, "-m", "pip")
QUIET = ("--quiet", "--disable-pip-version-check")


def main(arguments: Sequence[str]) -> int:
    """Make the folder anew; the exit code."""
    out, pythons = Path(arguments[0]), tuple(arguments[1:])
    if not pythons or not all(re.fullmatch(r"3\.\d+", one) for one in pythons):
        print("usage: wheelhouse.py OUT PYTHON…, for example: wheelhouse.py build/wheelhouse 3.12 3.13", file=sys.stderr)
        return 2
    shutil.rmtree(out, ignore_errors=True)
    wheels = out / "wheels"
    wheels.mkdir(parents=True)
    _pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(ROOT))
    fixed = fixed_versions((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    for python in pythons:
        print(f"Python {python}", file=sys.stderr)
        fetch(wheels, python, fixed)
    write_lists(out)
    write_installer(out, pythons)
    size = sum(each.stat().st_size for each in wheels.iterdir())
    print(f"{out}: {len(list(wheels.iterdir()))} wheels, {size / 1e6:.0f} MB, Python {', '.join(pythons)}, {PLATFORM}")
    return 0


def fixed_versions(constraints: str) -> dict[str, str]:
    """Name to version, as `constraints.txt` fixes them."""
    pairs = (line.split("==") for line in constraints.split())
    return {canonicalize_name(name): version for name, version in pairs}


def windows_environment(python: str) -> dict[str, str]:
    """What markers of requirements see on Windows with this Python."""
    told = {name: str(value) for name, value in default_environment().items()}
    return told | {
        "os_name": "nt", "sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64",
        "platform_python_implementation": "CPython", "implementation_name": "cpython", "python_version": python,
        "python_full_version": f"{python}.0", "extra": "",
    }  # fmt: skip


def needed(requires: Iterable[str], environment: dict[str, str], extras: Iterable[str] = ()) -> list[Requirement]:
    """Of what a wheel requires, what holds in this environment."""
    found = [Requirement(line) for line in requires]
    asked = ("", *extras)
    return [one for one in found if one.marker is None or any(one.marker.evaluate(environment | {"extra": e}) for e in asked)]


def requires_of(wheel: Path) -> list[str]:
    """The lines Requires-Dist of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        [name] = [each for each in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", each)]
        told = email.parser.BytesParser().parsebytes(archive.read(name), headersonly=True)
    return list(told.get_all("Requires-Dist") or ())


def name_of(wheel: Path) -> str:
    """The package of a wheel, by its file's name."""
    return canonicalize_name(wheel.name.split("-")[0])


def fits(wheel: Path, python: str) -> bool:
    """Whether the wheel installs under this Python on Windows, by the tags of its name."""
    pythons, abis, platforms = (part.split(".") for part in wheel.name.removesuffix(".whl").split("-")[-3:])
    if not {"any", PLATFORM} & set(platforms):
        return False
    minor = int(python.split(".")[1])
    stable = "abi3" in abis and any(re.fullmatch(r"cp3\d+", one) and int(one[3:]) <= minor for one in pythons)
    plain = "none" in abis and any(one in ("py3", f"py3{minor}", f"cp3{minor}") for one in pythons)
    return stable or plain or f"cp3{minor}" in abis


def fetch(wheels: Path, python: str, fixed: dict[str, str]) -> None:
    """Download what affil needs under this Python, round by round, until nothing that a wheel requires is missing."""
    environment = windows_environment(python)
    seen: set[tuple[str, tuple[str, ...]]] = set()
    waiting = [Requirement(OWN)]
    while waiting:
        _download(wheels, python, [one for one in waiting if not _wheel(wheels, one, python)], fixed)
        found: list[Requirement] = []
        for one in waiting:
            seen.add((canonicalize_name(one.name), tuple(sorted(one.extras))))
            wheel = _wheel(wheels, one, python)
            if wheel is None:
                raise SystemExit(f"{one.name}: no wheel for {PLATFORM}, Python {python}")
            found += needed(requires_of(wheel), environment, one.extras)
        waiting = [one for one in found if (canonicalize_name(one.name), tuple(sorted(one.extras))) not in seen]


def _wheel(wheels: Path, one: Requirement, python: str) -> Path | None:
    wanted = canonicalize_name(one.name)
    return next((each for each in sorted(wheels.glob("*.whl")) if name_of(each) == wanted and fits(each, python)), None)


def _download(wheels: Path, python: str, requirements: Sequence[Requirement], fixed: dict[str, str]) -> None:
    names = sorted({canonicalize_name(one.name) for one in requirements})
    unfixed = [name for name in names if name not in fixed]
    if unfixed:
        raise SystemExit(f"no version is fixed for {', '.join(unfixed)}: add a line to constraints.txt")
    if names:
        platform = ("--only-binary=:all:", "--platform", PLATFORM, "--implementation", "cp", "--python-version", python)
        _pip("download", "--no-deps", *platform, "--dest", str(wheels), *(f"{name}=={fixed[name]}" for name in names))


def write_lists(out: Path) -> None:
    """`requirements.txt` with hashes, which pip compares, and `SHA256SUMS`, which `sha256sum -c` and `certutil` know."""
    sums = {each: hashlib.sha256(each.read_bytes()).hexdigest() for each in sorted((out / "wheels").glob("*.whl"))}
    hashes: dict[str, list[str]] = {}
    for wheel, told in sums.items():
        hashes.setdefault(f"{name_of(wheel)}=={wheel.name.split('-')[1]}", []).append(f"--hash=sha256:{told}")
    lines = [" ".join([wanted, *told]) for wanted, told in sorted(hashes.items())]
    (out / "requirements.txt").write_text("\n".join(lines) + "\n", encoding="ascii", newline="\n")
    listed = [f"{told}  wheels/{wheel.name}" for wheel, told in sums.items()]
    (out / "SHA256SUMS").write_text("\n".join(listed) + "\n", encoding="ascii", newline="\n")


def write_installer(out: Path, pythons: Sequence[str]) -> None:
    """`install.cmd` for these Pythons, and the texts it shows."""
    (out / "install.cmd").write_bytes(installer((HERE / "install.cmd").read_text(encoding="ascii"), pythons).encode("ascii"))
    texts = out / "texts"
    texts.mkdir()
    for text in sorted((HERE / "texts").glob("*.txt")):
        told = text.read_text(encoding="utf-8").replace("{pythons}", ", ".join(pythons)).replace("{first}", pythons[0])
        (texts / text.name).write_bytes(told.replace("\n", "\r\n").encode("utf-8"))


def installer(template: str, pythons: Sequence[str]) -> str:
    """The text of `install.cmd`, its lines ended as cmd.exe needs them."""
    minors = ",".join(one.split(".")[1] for one in pythons)
    tried = " ".join(f'python{one} "py -{one}"' for one in pythons)
    filled = template.replace("@MINORS@", minors).replace("@TRIED@", f"{tried} python")
    return filled.replace("\r\n", "\n").replace("\n", "\r\n")


def _pip(*arguments: str) -> None:
    done = subprocess.run([*PIP, arguments[0], *QUIET, *arguments[1:]], check=False)
    if done.returncode:
        raise SystemExit(f"pip {arguments[0]} failed; what it said stands above")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
