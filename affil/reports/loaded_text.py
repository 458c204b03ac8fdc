"""What became of one file that was loaded, in lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from affil.answers.group_text import group_text, reason_of, remedy_of
from affil.store.loaded import Loaded
from affil.words import Words

MOST_GROUPS = 12


def loaded_lines(one: Loaded, words: Words) -> Iterator[str]:
    """Its kind, what was taken, what was not and why; a refused file stands out. Nothing of one loaded before."""
    if one.why in ("same", "forgotten"):
        yield words(f"load.{one.why}", file=one.file, same_as=one.same_as)
    if one.skipped:
        return
    if one.why:
        yield words(f"load.{one.why}", file=one.file)
    refusal = one.refusal
    if refusal:
        yield words("load.refused", file=one.file, why=reason_of(refusal, words), remedy=remedy_of(refusal, words))
    else:
        yield words(
            "load.file", file=one.file, kind=kind_text(one.kind, words), taken=taken_text(one.taken, words), rejected=one.rejected
        )
    rest = [group for group in one.groups if group is not refusal]
    yield from (group_text(group, words) for group in rest[:MOST_GROUPS])
    if len(rest) > MOST_GROUPS:
        yield words("cli.check.more", number=len(rest) - MOST_GROUPS)
    yield from ("  " + words.note(note) for note in one.notes)


def kind_text(kind: str, words: Words) -> str:
    """The kind of a file as people call it; a kind that has no name yet stands as it is."""
    return str(words.raw("load.kind").get(kind, kind))


def taken_text(taken: dict[str, int], words: Words) -> str:
    """What was taken, counted."""
    return ", ".join(f"{words(f'cli.taken.{what}')} {number}" for what, number in sorted(taken.items())) or words(
        "cli.load.nothing"
    )
