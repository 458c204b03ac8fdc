"""Who works: asked on a terminal where nothing else tells it, and kept in affil.toml so that it is asked once."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Callable
from typing import TYPE_CHECKING

from affil.audit.who import name_line, who_works

if TYPE_CHECKING:
    from affil.settings import Settings
    from affil.words import Words
    from affil.workspace import Workspace

SECTION = "operator"


def operator(place: Workspace, settings: Settings, words: Words, ask: bool = True) -> str:
    """The name for the log; asks only where a person sits at a terminal and reads what is said."""
    told = settings.operator
    return who_works(told.name, told.each_time, _asking(place, told.each_time, words) if ask and can_ask() else None)


def can_ask() -> bool:
    """True where a person sits at a terminal; `--json` is read by programs."""
    return sys.stdin.isatty() and sys.stderr.isatty() and "--json" not in sys.argv


def _asking(place: Workspace, each_time: bool, words: Words) -> Callable[[str | None], str | None]:
    def ask(known: str | None) -> str | None:
        """The name typed, None where nothing was typed; kept in affil.toml where it is not asked each time."""
        from affil.commands.common import tell

        print(words("audit.who.ask_again", name=known) if known else words("audit.who.ask"), end="", file=sys.stderr, flush=True)
        try:
            answer = name_line(sys.stdin.readline())
        except (OSError, UnicodeDecodeError):
            return None
        if answer is None and known is None:
            tell(words("audit.who.account"))
        if answer is not None and not each_time:
            kept = keep_name(place, answer)
            tell(words("audit.who.kept" if kept else "audit.who.not_kept", file=place.settings_file, name=answer))
        return answer

    return ask


def keep_name(place: Workspace, name: str) -> bool:
    """Write the name into affil.toml, all else as it stands; False where that cannot be done."""
    from affil.settings import settings_of
    from affil.store.replaced import put_in_place

    file = place.settings_file
    draft = file.with_name(file.name + ".new")
    try:
        changed = with_name(file.read_bytes().decode("utf-8"), name).encode("utf-8")
        settings_of(changed, file)
        draft.write_bytes(changed)
        draft.chmod(0o600)
        put_in_place(draft, file)
    except (OSError, ValueError):
        return False
    return True


def with_name(text: str, name: str) -> str:
    """The text of affil.toml with this name in `[operator]`; `ValueError` where it is written in a way that cannot be changed."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.removesuffix(end).split(end)
    line = f"name = {json.dumps(name, ensure_ascii=False)}"
    first = next((number for number, one in enumerate(lines) if re.fullmatch(rf"\s*\[\s*{SECTION}\s*\]\s*(#.*)?", one)), None)
    if first is None:
        lines += ["", f"[{SECTION}]", line]
    else:
        beyond = next((number for number in range(first + 1, len(lines)) if lines[number].lstrip().startswith("[")), len(lines))
        there = [number for number in range(first + 1, beyond) if re.match(r"\s*name\s*=", lines[number])]
        lines[first + 1 : first + 1] = [] if there else [line]
        for number in there:
            lines[number] = line
    changed = end.join(lines) + end
    wanted = tomllib.loads(text.removeprefix("\ufeff"))
    wanted.setdefault(SECTION, {})["name"] = name
    if tomllib.loads(changed.removeprefix("\ufeff")) != wanted:
        raise ValueError(name)
    return changed
