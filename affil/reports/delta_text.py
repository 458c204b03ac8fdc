"""Two runs side by side as JSON and as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from affil.reports.delta import Delta, TieTold
from affil.reports.phrases import label
from affil.words import Words

KINDS = ("new", "gone", "changed", "reopened", "expired")
MOST = 50  # of each kind in words; `--json` has all


def delta_json(earlier: str, later: str, found: Delta) -> dict[str, Any]:
    """The answer of `affil diff --json`: numbers and all ties of each kind, the strongest first."""
    ties = {kind: getattr(found, kind) for kind in KINDS}
    return {
        "earlier": earlier,
        "later": later,
        "counts": {**{kind: len(each) for kind, each in ties.items()}, "same": found.same},
        **{kind: [_json(one) for one in each] for kind, each in ties.items()},
    }


def _json(one: TieTold) -> dict[str, Any]:
    return {
        "tie": one.tie, "near": one.near, "far": one.far, "priority": one.priority, "purchases": one.purchases,
        "status": list(one.statuses), "changed": list(one.changed),
    }  # fmt: skip


def delta_text(earlier: str, later: str, found: Delta, words: Words) -> str:
    """The same for people."""
    return "\n".join(_lines(earlier, later, found, words))


def _lines(earlier: str, later: str, found: Delta, words: Words) -> Iterator[str]:
    yield words("diff.title", earlier=earlier, later=later)
    yield words("diff.counts", same=found.same, **{kind: len(getattr(found, kind)) for kind in KINDS})
    for kind in KINDS:
        ties: tuple[TieTold, ...] = getattr(found, kind)
        if ties:
            yield words(f"diff.kind.{kind}", number=len(ties))
        yield from (_line(one, words) for one in ties[:MOST])
        if len(ties) > MOST:
            yield words("diff.more", number=len(ties) - MOST)


def _line(one: TieTold, words: Words) -> str:
    line = words(
        "diff.line", near=one.near, far=one.far or words("diff.nobody"), tie=one.tie, purchases=one.purchases,
        priority=label(words, "reports.priority", one.priority),
        status=", ".join(label(words, "reports.state", status) for status in one.statuses),
    )  # fmt: skip
    changed = ", ".join(words(f"diff.what.{key}") for key in one.changed)
    return words("diff.line_changed", line=line, what=changed) if changed else line
