"""`docs/rules/`: a page a rule and their index, made of the rule files and their cases: Russian first, English below.

`python -m affil.reports.rule_pages FOLDER` writes them anew and removes the pages of rules that are gone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from affil.reports.phrases import label
from affil.rules.cases import Case, read_cases
from affil.rules.conditions import Basis, Series
from affil.rules.hops import Control, Hop, Kin, NamePattern, Related, Supplies
from affil.rules.rule import Catalogue, Rule, load_rules, rule_files
from affil.shipped import shipped
from affil.words import LANGUAGES, Words

INDEX = "README.md"
CONDITIONS = {"statuses": "reports.status", "roles": "reports.role", "lowest_grade": "reports.grade"}


def rule_pages(folder: Path) -> dict[str, str]:
    """The text of every page by the name of its file, for the rules below `folder`."""
    catalogue = load_rules(folder)
    cases = {path.stem: _cases_beside(path) for path in rule_files(folder)}
    pages = {
        f"{rule_id}.md": _page(rule, catalogue.families[rule_id], cases[rule_id]) for rule_id, rule in catalogue.rules.items()
    }
    return {INDEX: _index(catalogue), **pages}


def write_pages(folder: Path, into: Path) -> None:
    """Write the pages of the rules below `folder`, and nothing else, into a folder of their own."""
    pages = rule_pages(folder)
    into.mkdir(parents=True, exist_ok=True)
    for path in sorted(into.glob("*.md")):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (into / name).write_text(text, encoding="utf-8", newline="\n")


def _cases_beside(path: Path) -> list[Case]:
    cases = path.with_name(f"{path.stem}.cases.yml")
    return read_cases(cases) if cases.is_file() else []


def _index(catalogue: Catalogue) -> str:
    parts = []
    for words in map(Words, LANGUAGES):
        lines = [f"# {words('rulepage.index_title')}", "", words("rulepage.index_intro")]
        for family in sorted(set(catalogue.families.values())):
            heads = [words(f"rulepage.column_{name}") for name in ("rule", "title", "about", "priority")]
            lines += ["", f"## {family}", "", f"| {' | '.join(heads)} |", "|---|---|---|---|"]
            mine = [rule for rule in catalogue.rules.values() if catalogue.families[rule.id] == family]
            lines += [_row(rule, words) for rule in mine]
        parts.append("\n".join(lines))
    return "\n\n---\n\n".join(parts) + "\n"


def _row(rule: Rule, words: Words) -> str:
    title, about = rule.title.both()[words.lang], words(f"rulepage.{rule.about}")
    return f"| [{rule.id}]({rule.id}.md) | {_cell(title)} | {about} | {label(words, 'reports.priority', rule.priority.base)} |"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _page(rule: Rule, family: str, cases: list[Case]) -> str:
    both = ["\n".join(_in_language(rule, family, cases, Words(lang))) for lang in LANGUAGES]
    return "\n\n---\n\n".join(both) + "\n"


def _in_language(rule: Rule, family: str, cases: list[Case], words: Words) -> Iterator[str]:
    status, about = words(f"rulepage.status.{rule.status}"), words(f"rulepage.about_{rule.about}")
    yield f"# {rule.title.both()[words.lang]}"
    yield from ("", words("rulepage.meta", id=rule.id, family=family, about=about, status=status))
    if rule.explanation:
        yield from ("", rule.explanation.both()[words.lang])
    if rule.path:
        yield from _section("path", [f"{n}. {text}" for n, text in enumerate(_path(rule, words), start=1)], words)
    if rule.series:
        yield from _section("counted", [f"- {text}" for text in _series(rule.series, words)], words)
    yield from _section("conditions", [f"- {text}" for text in _conditions(rule, words)], words)
    yield from _section("priority", [_worth(rule, words)], words)
    yield from _section("bases", [f"- {_basis(basis, words)}" for basis in rule.bases] or [words("rulepage.no_bases")], words)
    yield from _section("clarify", [rule.clarify.both()[words.lang]] if rule.clarify else [], words)
    actions = rule.actions
    yield from _section("action_official", [actions.official.both()[words.lang]] if actions else [], words)
    yield from _section("action_participant", [actions.participant.both()[words.lang]] if actions else [], words)
    yield from _section("false_positives", [rule.false_positives.both()[words.lang]] if rule.false_positives else [], words)
    yield from _section("references", ["; ".join(rule.references)] if rule.references else [], words)
    yield from _section("cases", [f"- {_case(case, words)}" for case in cases], words)
    yield from ("", f"*{words('rulepage.generated')}*")


def _section(name: str, lines: list[str], words: Words) -> Iterator[str]:
    if lines:
        yield from ("", f"## {words(f'rulepage.{name}')}", "", *lines)


def _path(rule: Rule, words: Words) -> Iterator[str]:
    for hop in rule.path:
        yield " ".join(_hop(hop, alone=len(rule.path) == 1, words=words))


def _hop(hop: Hop, alone: bool, words: Words) -> Iterator[str]:
    value = hop.value
    if isinstance(value, Kin):
        named = _either([label(words, "rulepage.group", group) for group in value.groups])
        yield (
            words("rulepage.hop.kin_circle", value=value.circle)
            if value.circle
            else words("rulepage.hop.kin_groups", value=named)
        )
        if value.composed:
            yield words("rulepage.hop.kin_composed")
    elif isinstance(value, NamePattern):
        yield words("rulepage.hop.name_pattern", surname=f"{value.surname_bearers:g}", bearers=f"{value.bearers:g}")
    elif isinstance(value, Control):
        yield words("rulepage.hop.control_kinds", value=_either([label(words, "reports.control", kind) for kind in value.kinds]))
        if value.means:
            yield words(
                "rulepage.hop.control_means", value=_either([label(words, "rulepage.means", each) for each in value.means])
            )
        if value.over:
            yield words("rulepage.hop.control_over", value=value.over)
    elif isinstance(value, Related):
        yield words("rulepage.hop.related_by", value=_either([label(words, "rulepage.link", each) for each in value.by]))
    elif isinstance(value, Supplies):
        told = _either([label(words, "rulepage.supply", role) for role in value.roles])
        yield words("rulepage.hop.supplies_alone" if alone else "rulepage.hop.supplies_roles", value=told)
    else:
        yield label(words, "rulepage.hop", hop.name)


def _either(texts: list[str]) -> str:
    return "; ".join(texts)


def _series(series: Series, words: Words) -> Iterator[str]:
    yield (
        words("rulepage.condition.of", value=", ".join(f"`{each}`" for each in series.of))
        if series.of
        else words("rulepage.condition.of_purchases")
    )
    yield words("rulepage.condition.per", value=label(words, "rulepage.per", series.per))
    yield words("rulepage.condition.least", value=series.least, count=label(words, "rulepage.count", series.count))
    yield from _asked(series, words, but=("of", "per", "count", "least"))


def _conditions(rule: Rule, words: Words) -> Iterator[str]:
    if rule.events:
        yield words("rulepage.condition.events", value=_either([label(words, "rulepage.event", event) for event in rule.events]))
    if rule.roles:
        yield words("rulepage.condition.roles", value=_either([label(words, "reports.role", role) for role in rule.roles]))
    if rule.path:
        yield words(f"rulepage.condition.time_{rule.time}", months=rule.window_months)
    for part in (rule.officials, rule.suppliers, rule.purchases):
        yield from _asked(part, words)
    if rule.lowest_grade != "D":
        yield words("rulepage.condition.lowest_grade", value=label(words, "reports.grade", rule.lowest_grade))
    yield words("rulepage.condition.most", value=_percent(rule.most))


def _asked(part: Any, words: Words, but: tuple[str, ...] = ()) -> Iterator[str]:
    """What a part of a rule asks beyond its defaults; a key that has no text yet stands as it is in the file."""
    texts = words.raw("rulepage.condition")
    for key, field in type(part).model_fields.items():
        value = getattr(part, key)
        if key in but or value == field.default:
            continue
        told = _value(key, value, words)
        yield texts[key].format(value=told) if key in texts else f"`{key}`: {told}"


def _value(key: str, value: Any, words: Words) -> str:
    if isinstance(value, tuple):
        return ", ".join(label(words, CONDITIONS[key], str(each)) if key in CONDITIONS else str(each) for each in value)
    if isinstance(value, float):
        return _percent(value) if value < 1 else f"{value:,.0f}".replace(",", " ")
    return str(value)


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def _worth(rule: Rule, words: Words) -> str:
    shares = any(isinstance(hop.value, Control) and "small-share" in hop.value.kinds for hop in rule.path)
    keys = ("base", "role", "article31", *(("small_share",) if shares else ()))
    told = [(key, getattr(rule.priority, key)) for key in keys if getattr(rule.priority, key)]
    return "; ".join(words(f"rulepage.worth.{key}", value=label(words, "reports.priority", value)) for key, value in told) + "."


def _basis(basis: Basis, words: Words) -> str:
    kind = "both" if basis.since and basis.until else "since" if basis.since else "until" if basis.until else None
    days = {"since": f"{basis.since:%d.%m.%Y}" if basis.since else "", "until": f"{basis.until:%d.%m.%Y}" if basis.until else ""}
    dates = words(f"rulepage.{kind}", **{key: day for key, day in days.items() if day}) if kind else ""
    law = words("rulepage.law", law=basis.law) if basis.law else ""
    return words("rulepage.basis", id=basis.id, law=law, dates=dates)


def _case(case: Case, words: Words) -> str:
    found = [
        ", ".join(f"{key} {value}" for key, value in one.model_dump(exclude_none=True).items() if key != "circles")
        for one in case.expect
    ]
    told = found + ([words("rulepage.expected_undetermined", reasons=", ".join(case.undetermined))] if case.undetermined else [])
    why = case.why.strip()
    kind = words(f"rulepage.kind.{case.kind}")
    return f"{kind}: " + words(
        "rulepage.case",
        name=case.name,
        why=why if why.endswith(".") else f"{why}.",
        expected="; ".join(told) or words("rulepage.expected_nothing"),
    )


if __name__ == "__main__":
    write_pages(shipped("rules"), Path(sys.argv[1]))
