"""A command line that cannot be understood, told in the officer's language: what is wrong with it and where its help is."""

from __future__ import annotations

import re
from typing import Any

from affil.commands.act import typed
from affil.words import Words

NAMED = re.compile(r"'([^']*)'|\((.*)\)$")


def is_usage(error: BaseException) -> bool:
    """Whether the library of the command line raised this over what was typed."""
    return hasattr(error, "format_message") and hasattr(error, "exit_code") and hasattr(error, "ctx")


def usage_text(error: Any, words: Words) -> str:
    """One line; help itself where nothing but a group of commands was typed."""
    kinds = {each.__name__ for each in type(error).__mro__}
    if "NoArgsIsHelpError" in kinds:
        return str(error.format_message())
    return words("usage.wrong", why=_why(error, kinds, words), help=f"{_command(error)} --help")


def _why(error: Any, kinds: set[str], words: Words) -> str:
    if "NoSuchOption" in kinds:
        return _alike(words, "usage.no_option", error.option_name, error.possibilities or ())
    if "MissingParameter" in kinds:
        return words("usage.missing", name=_name(error))
    if "BadParameter" in kinds:
        if "integer" in error.message:
            return words("usage.bad_number", name=_name(error))
        return words("usage.bad_value", name=_name(error), why=error.message)
    if "BadOptionUsage" in kinds:
        return words("usage.no_value", name=error.option_name)
    found = NAMED.search(error.message.replace("argument(s)", "arguments").rstrip("."))
    name = (found[1] or found[2] or "") if found else ""
    if error.message.startswith("No such command"):
        from difflib import get_close_matches

        known = getattr(error.ctx.command, "commands", {})
        return _alike(words, "usage.no_command", name, get_close_matches(name, known, 3))
    if "unexpected extra argument" in error.message:
        return words("usage.too_many", name=name)
    return str(error.message)


def _alike(words: Words, key: str, name: str, alike: Any) -> str:
    told = words(key, name=name)
    return f"{told}{words('usage.alike', names=', '.join(sorted(alike)))}" if alike else told


def _name(error: Any) -> str:
    """`--year`, or the name of an argument as help shows it."""
    param = error.param
    return "" if param is None else str(param.opts[0] if param.opts and param.opts[0].startswith("-") else param.name)


def _command(error: Any) -> str:
    """`affil match show`, however the program was started."""
    context, names = error.ctx, list[str]()
    if context is None:
        return f"affil {typed()}".strip()
    while context.parent is not None:
        names.insert(0, str(context.info_name))
        context = context.parent
    return " ".join(["affil", *names])
