"""The demonstration: a workspace made of the shipped sample district."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

from affil.settings import filled_toml
from affil.shipped import shipped
from affil.workspace import Workspace, init_workspace, open_workspace


def make_demo(folder: Path, lang: str) -> Workspace:
    """A workspace at `folder` with the sample district in its inbox; an existing demonstration is used again."""
    if (folder / "affil.toml").is_file():
        return open_workspace(folder, lang)
    workspace = init_workspace(folder, lang)
    shutil.copytree(shipped("sample_data") / "district" / "inbox", workspace.inbox, dirs_exist_ok=True)
    values = tomllib.loads((shipped("sample_data") / "district" / "settings.toml").read_text(encoding="utf-8"))
    workspace.settings_file.write_text(filled_toml(lang, values), encoding="utf-8", newline="\n")
    return workspace
