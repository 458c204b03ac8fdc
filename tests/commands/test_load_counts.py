"""`affil load --json` counts the elements of a registry file as CONTRACT 2 names them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("small_worlds")


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


def test_members_a_protocol_names_are_taken_though_none_of_them_is_an_official(tmp_path: Path, affil: Callable[..., Any]) -> None:
    affil("init", str(tmp_path / "w"))
    member = {"nameInfo": {"lastName": "Чиж", "firstName": "Пётр", "middleName": "Ильич"}, "role": {"name": "Член комиссии"}}
    protocol = {
        "commonInfo": {"purchaseNumber": "0142300000124000013"},
        "protocolInfo": {"commissionInfo": {"commissionMembers": {"commissionMember": [member]}}},
    }
    (tmp_path / "w" / "inbox" / "p.json").write_text(json.dumps({"protocol": [protocol]}, ensure_ascii=False), encoding="utf-8")
    (one,) = json.loads(affil("load", "-w", str(tmp_path / "w"), "--json").out)["files"]
    assert (one["taken"].get("commission_members"), one["rejected"]) == (1, 0)
