"""Help has an example for every command, in both languages, and the examples are commands that there are."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
import typer
from in_process import Said

EXAMPLE = {"ru": re.compile(r"Примеры?: (.+)"), "en": re.compile(r"Examples?: (.+)")}


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, with the words by which it is called."""
    below = getattr(command, "commands", None)
    if below:
        for name, each in below.items():
            yield from commands(each, (*path, name))
    else:
        yield path, command


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_command_has_an_example_that_its_own_options_allow(
    lang: str, cli_anew: Callable[[Sequence[str]], Any], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    with monkeypatch.context() as patch:
        patch.setattr(sys, "argv", ["affil", "--lang", lang])
        found = dict(commands(typer.main.get_command(cli_anew(sys.argv).app)))
    cli_anew(["affil"])
    assert len(found) > 30
    for path, command in found.items():
        told = EXAMPLE[lang].search(command.help)
        assert told, f"affil {' '.join(path)}: no example"
        options = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
        for example in told[1].split(" · "):
            words = shlex.split(example)
            assert tuple(words[: len(path) + 1]) == ("affil", *path), example
            assert {word for word in words if word.startswith("--")} <= options, example


@pytest.mark.parametrize(
    ("words", "found"), [("affil scr", {"screen"}), ("affil match sh", {"show"}), ("affil screen --ye", {"--year"})]
)
def test_the_shell_is_told_what_a_word_may_become(
    affil: Callable[..., Said], monkeypatch: pytest.MonkeyPatch, words: str, found: set[str]
) -> None:
    monkeypatch.setenv("_AFFIL_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
    assert set(affil().out.split()) == found
