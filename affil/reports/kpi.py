"""The indicator of the plan as JSON and as text (OFFICER 8)."""

from __future__ import annotations

from typing import Any

from affil.answers.kpi import Checked, Kpi
from affil.reports.values import date_text, in_text, part_text
from affil.words import Words


def kpi_json(found: Kpi, words: Words) -> dict[str, Any]:
    """The answer of `affil kpi --json`; shares in per cent, rounded down to one decimal, null without a headcount."""
    return {
        "as_of": found.as_of,
        "month": found.as_of.month,
        "officials": _json(found.officials),
        "municipal_servants": _json(found.servants),
        "not_on_staff": found.not_on_staff,
        "unlinked_members": found.unlinked_members,
        "headcount": found.headcount,
        "of": found.whole,
        "counts": found.counts,
        "checked": found.done,
        "share": _share(found.done, found.whole),
        "share_full": _share(found.officials.full, found.whole),
        "plan": found.plan,
        "below_plan": found.below_plan,
        "definition": words(f"kpi.definition.{found.counts}"),
    }


def _json(checked: Checked) -> dict[str, int]:
    return {"full": checked.full, "limited": checked.limited, "none": checked.none, "loaded": checked.loaded}


def _share(part: int, whole: int | None) -> float | None:
    """Rounded down: 99.96 % is not 100."""
    return None if whole is None else part * 1000 // whole / 10


def kpi_text(found: Kpi, words: Words) -> str:
    """The same for people; the definition stands under the number."""
    lines = [words("kpi.title", date=date_text(found.as_of))]
    lines += [_row(words("kpi.all"), found.officials, words), _row(words("kpi.servants"), found.servants, words)]
    lines.append(_compared(found, words))
    lines.append(words(f"kpi.definition.{found.counts}"))
    if found.headcount is not None and found.headcount < found.officials.loaded:
        lines.append(words("kpi.more_loaded", headcount=found.headcount, loaded=found.officials.loaded))
    if found.not_on_staff:
        lines.append(words("kpi.not_on_staff", number=found.not_on_staff))
    if found.unlinked_members:
        lines.append(words("kpi.unlinked", number=found.unlinked_members))
    return "\n".join(lines)


def _row(who: str, checked: Checked, words: Words) -> str:
    return words("kpi.row", who=who, full=checked.full, limited=checked.limited, none=checked.none, loaded=checked.loaded)


def _compared(found: Kpi, words: Words) -> str:
    month = words.raw("kpi.months")[found.as_of.month - 1]
    if found.whole is None:
        return words("kpi.no_share", month=month, plan=found.plan)
    share, full = (in_text(part_text(part, found.whole), words) for part in (found.done, found.officials.full))
    result = words("kpi.below" if found.below_plan else "kpi.met")
    return words(
        "kpi.share", share=share, done=found.done, whole=found.whole, month=month, plan=found.plan, result=result, full=full
    )
