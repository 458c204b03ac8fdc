"""The indicators of the plan, of officials and of institutions, as JSON and as text (OFFICER 1, 8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from affil.answers.institutions import Institution, Institutions
from affil.answers.kpi import Checked, Kpi, kpi, place_of
from affil.model.run import Coverage, Run
from affil.reports.coverage_csv import joined_reasons
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
        "by_month": list(found.by_month),
        "departments": [{"name": one.name or None, **_json(one.officials)} for one in found.departments],
        "unchecked": [_unchecked_json(row, words) for row in found.unchecked],
        "definition": words(f"kpi.definition.{found.counts}"),
    }


def _unchecked_json(row: Coverage, words: Words) -> dict[str, Any]:
    who = row.employee
    return {
        "employee_id": who.employee_id, "employer_inn": who.employer_inn, "name": who.name, "department": who.department,
        "reason": joined_reasons(row, row.reasons, "reason", words), "remedy": joined_reasons(row, row.remedies, "remedy", words),
    }  # fmt: skip


def _json(checked: Checked) -> dict[str, int]:
    return {"full": checked.full, "limited": checked.limited, "none": checked.none, "loaded": checked.loaded}


def _share(part: int, whole: int | None) -> float | None:
    """Rounded down: 99.96 % is not 100."""
    return None if whole is None else part * 1000 // whole / 10


def kpi_of(run: Run) -> Kpi | None:
    """The indicator as the run's own settings have it; None for a run that tells no plan."""
    plan: Any = run.settings.get("plan") or {}
    if "by_month" not in plan:
        return None
    return kpi(run, plan["by_month"], plan.get("headcount") or None, plan.get("counts", "limited"))


def kpi_text(found: Kpi, words: Words, brief: bool = False) -> str:
    """The same for people; the definition stands under the number. `brief`: without departments and names."""
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
    return "\n".join(lines if brief else [*lines, *_departments(found, words), *_unchecked(found, words)])


def _departments(found: Kpi, words: Words) -> Iterator[str]:
    """A line a department, where there are several."""
    if len(found.departments) > 1:
        yield words("kpi.departments")
        for one in found.departments:
            yield _row(one.name or words("kpi.no_department"), one.officials, words)


def _unchecked(found: Kpi, words: Words) -> Iterator[str]:
    if found.unchecked:
        yield words("kpi.unchecked", number=len(found.unchecked))
    for row in found.unchecked:
        place = place_of(row) or words("kpi.no_department")
        yield words("kpi.who", name=row.employee.name, place=place, reason=joined_reasons(row, row.reasons, "reason", words))


def institutions_json(found: Institutions) -> dict[str, Any]:
    """The answer of `affil kpi --institutions --json`."""
    return {
        "as_of": found.as_of,
        "all": len(found.all),
        "covered": found.covered,
        "norm": found.norm,
        "below_norm": found.below_norm,
        "institutions": [_institution_json(one) for one in found.all],
    }


def _institution_json(one: Institution) -> dict[str, Any]:
    return {
        "inn": one.inn, "name": one.name, "covered": one.is_covered, "head_checked": one.is_head_checked,
        "heads": [row.employee.name for row in one.heads], "contracts": one.listed,
    }  # fmt: skip


def institutions_text(found: Institutions, words: Words) -> str:
    """The same for people: the number, its definition, and what each one not covered lacks."""
    if not found.all:
        return words("kpi.institutions.none")
    norm = words("kpi.institutions.no_norm") if found.norm is None else words(
        f"kpi.institutions.{'below' if found.below_norm else 'met'}", norm=found.norm
    )  # fmt: skip
    lines = [words("kpi.institutions.title", date=date_text(found.as_of), covered=found.covered, all=len(found.all), norm=norm)]
    lines.append(words("kpi.institutions.definition", year=found.as_of.year))
    lines += [_lacking(one, words) for one in found.all if not one.is_covered]
    return "\n".join(lines)


def _lacking(one: Institution, words: Words) -> str:
    lacks = [] if one.heads else [words("kpi.institutions.no_head")]
    if one.heads and not one.is_head_checked:
        lacks.append(words("kpi.institutions.head_unchecked", name=", ".join(row.employee.name for row in one.heads)))
    if not one.listed:
        lacks.append(words("kpi.institutions.no_list"))
    return words(
        "kpi.institutions.lacking", name=one.name or words("kpi.institutions.unnamed"), inn=one.inn, lacks="; ".join(lacks)
    )


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
