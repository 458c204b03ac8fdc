"""The other tools, each in an environment of its own outside the repository, installed when first asked for; never a dependency of affil."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

WANTED = {"splink": ("splink==5.0.0",), "nomenklatura": ("nomenklatura==4.17.0",)}


def tools_folder() -> Path:
    """Where the environments are: AFFIL_BENCHMARK_TOOLS, else below the temporary folder."""
    return Path(os.environ.get("AFFIL_BENCHMARK_TOOLS", Path(tempfile.gettempdir()) / "affil-benchmark-tools"))


def python_of(tool: str) -> Path:
    """The Python that has the tool; made and installed with pip where it is missing. Stops with pip's words where that fails."""
    folder = tools_folder() / tool
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (folder / "installed").exists():
        venv.create(folder, with_pip=True, clear=True)
        ran = subprocess.run([python, "-m", "pip", "install", "-q", *WANTED[tool]], capture_output=True, text=True)
        if ran.returncode:
            raise SystemExit(f"{tool} could not be installed:\n{ran.stderr}")
        (folder / "installed").write_text("\n".join(WANTED[tool]), encoding="utf-8")
    return python
