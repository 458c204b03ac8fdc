"""Whose name goes into the log, and the name kept in affil.toml."""

from __future__ import annotations

import io
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from in_process import affil
from worklog import NAME, log_of, workspace

from affil.audit.who import account, name_line, who_works
from affil.commands.operator import with_name
from affil.settings import default_toml


@pytest.mark.parametrize(
    ("environment", "configured", "each_time", "answer", "expected", "asked"),
    [
        ("Иванова", "Петрова", True, "Сидорова", "Иванова", False),
        (None, "Петрова", False, "Сидорова", "Петрова", False),
        (None, "Петрова", True, "Сидорова", "Сидорова", True),
        (None, "Петрова", True, None, "Петрова", True),
        (None, None, False, "Сидорова", "Сидорова", True),
        (" \t", "", False, "Сидорова", "Сидорова", True),
        (None, None, False, None, "account", True),
        (None, None, False, "?", "account", True),
        ("account:root", "Петрова", False, None, "Петрова", False),
    ],
)
def test_the_first_that_names_somebody_counts(
    environment: str | None, configured: str | None, each_time: bool, answer: str | None, expected: str, asked: bool
) -> None:
    heard = []

    def ask(known: str | None) -> str | None:
        heard.append(known)
        return answer

    who = who_works(configured, each_time, ask, {} if environment is None else {"AFFIL_WHO": environment})
    assert who == (account() if expected == "account" else expected) and bool(heard) is asked
    assert who_works(None, False, None, {}) == account() and account().startswith("account:")


@given(st.text())
def test_a_name_is_one_printable_line_and_no_account(text: str) -> None:
    name = name_line(text)
    assert name is None or (name.isprintable() and name == name.strip() and len(name) <= 200 and not name.startswith("account:"))


TEXTS = [
    default_toml("ru"), default_toml("en"), 'language = "ru"\n', "", '[operator]\n', 
    '[operator] # мы\neach_time = true\n\n[plan]\nheadcount = 1\n',
    '[operator]\nname = "Старая"\n[documents]\nhead = "name = x"\n', 'language = "ru"\r\n[operator]\r\nname = ""\r\n',
]  # fmt: skip


@given(st.sampled_from(TEXTS), st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
@example(default_toml("ru"), 'Берёзова "Алла" \\ Львовна')
def test_the_name_is_kept_and_all_else_stays(text: str, name: str) -> None:
    changed = with_name(text, name)
    wanted = tomllib.loads(text)
    wanted.setdefault("operator", {})["name"] = name
    assert tomllib.loads(changed) == wanted
    lost = [line for line in text.splitlines() if line.strip() and line not in changed and not line.startswith("name")]
    assert lost == []


@pytest.mark.parametrize("text", ['operator = {name = "x"}\n', "operator.name = 'x'\n", "[operator]\nname = '''\nx'''\n"])
def test_what_cannot_be_changed_safely_is_left(text: str) -> None:
    with pytest.raises(ValueError):
        with_name(text, NAME)


class Terminal(io.StringIO):
    """A person sits there."""

    def isatty(self) -> bool:
        return True


def test_a_person_at_a_terminal_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AFFIL_WHO", raising=False)
    root = workspace(tmp_path / "Округ")
    monkeypatch.setattr(sys, "stdin", Terminal(f"{NAME}\n"))
    monkeypatch.setattr("affil.commands.operator.can_ask", lambda: True)
    first = affil("audit", "verify", "-w", str(root))
    assert "Работает (ФИО): " in first.err and f"В журнале: {NAME}" in first.err
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    assert affil("audit", "verify", "-w", str(root)).err == ""
    assert [entry["who"] for entry in log_of(root)] == [account(), NAME, NAME]  # `init` had nobody to ask
    assert tomllib.loads((root / "affil.toml").read_text(encoding="utf-8"))["operator"] == {"name": NAME, "each_time": False}


def test_the_account_is_told_as_one_and_signs_no_decision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AFFIL_WHO", raising=False)
    root = workspace(tmp_path / "Округ")
    assert "учётная запись " in affil("audit", "show", "-w", str(root)).out
    refused = affil("match", "decide", "M-000", "same", "--why", "сверено", "-w", str(root))
    assert refused.code == 2 and "--by" in refused.err
    monkeypatch.setenv("AFFIL_WHO", NAME)
    assert "--by" not in affil("match", "decide", "M-000", "same", "--why", "сверено", "-w", str(root)).err
