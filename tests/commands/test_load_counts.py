"""`affil load --json` counts the elements of a registry file as CONTRACT 2 names them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_organisations_are_companies_and_entrepreneurs(tmp_path: Path, affil: Callable[..., Any]) -> None:
    affil("init", str(tmp_path / "w"))
    companies = '<СвЮЛ ОГРН="1"><СвНаимЮЛ НаимЮЛПолн="ООО Чиж"/></СвЮЛ>' * 2
    (tmp_path / "w" / "inbox" / "both.xml").write_text(f'<ЕГРЮЛ>{companies}<СвИП ОГРНИП="1"/></ЕГРЮЛ>', encoding="utf-8")
    (tmp_path / "w" / "inbox" / "ip.xml").write_text('<ЕГРИП><СвИП ОГРНИП="2"/></ЕГРИП>', encoding="utf-8")
    for _again in range(2):  # taken of a skipped file repeats what was taken the first time
        files = json.loads(affil("load", "-w", str(tmp_path / "w"), "--json").out)["files"]
        assert {one["file"]: one["taken"] for one in files} == {
            "inbox/both.xml": {"organisations": 3},
            "inbox/ip.xml": {"organisations": 1},
        }
