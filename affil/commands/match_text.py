"""The answers of `affil match` in words and as plain values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from affil.answers.identities import Evidence, Pair, Person, Record
from affil.decisions.entry import Entry, shown_id
from affil.model.run import Run
from affil.reports.identity_text import holders_text, identity_lines
from affil.reports.phrases import label, undetermined_text
from affil.reports.values import date_text
from affil.words import Words

MOST_FINDINGS = 10


def shown(who: Person, words: Words) -> str:
    """A person by his first record: «жена; служащий: Иванов И. И.»; as the log has him where nothing loaded shows him."""
    return role(who.records[0], words) if who.records else who.shown


def role(record: Record, words: Words) -> str:
    """What a record shows its person as."""
    word = record.word or ("" if record.role != "relative" else words("match.role.unnamed"))
    word = f" ({word})" if word and record.role != "relative" else word
    return words(f"match.role.{record.role}", word=word, of=record.of or "—")


def list_lines(pairs: Sequence[Pair], whole: int, words: Words) -> Iterator[str]:
    """The list, three lines a pair."""
    if not pairs:
        yield words("match.list.none")
        return
    yield words("match.list.head", number=whole)
    for pair in pairs:
        yield ""
        yield words(
            "match.list.first", id=shown_id(pair.id), state=_state(pair, words), probability=_probability(pair.evidence, words)
        )
        for who in (pair.one, pair.other):
            yield words("match.list.person", name=who.name, shown=shown(who, words))
        yield "  " + _change(pair, words)
    if whole > len(pairs):
        yield ""
        yield words("match.list.more", number=whole - len(pairs))


def _state(pair: Pair, words: Words) -> str:
    return words(f"match.state.{'together' if pair.together and pair.state == 'undecided' else pair.state}")


def _probability(evidence: Evidence | None, words: Words) -> str:
    """The probability in words: its number belongs to the technical sheet."""
    if evidence is None:
        return ""
    steps = ((0.9, "very_likely"), (0.7, "likely"), (0.3, "open"), (0.1, "unlikely"), (0.0, "very_unlikely"))
    return words("match.probability." + next(key for least, key in steps if evidence.probability >= least))


def _change(pair: Pair, words: Words) -> str:
    """What a decision would touch."""
    if not pair.findings:
        return words("match.change.nothing")
    text = words("match.change.touched", cases=pair.cases, purchases=pair.purchases)
    now, then = (label(words, "reports.priority", key) for key in (pair.priority, pair.if_same))
    if pair.state in ("undecided", "unsure") and not pair.together:
        text += words("match.change.priority" if now != then else "match.change.same_priority", now=now, then=then)
    return text


def show_lines(pair: Pair, outcomes: Mapping[str, Mapping[str, Any]], words: Words) -> Iterator[str]:
    """One pair in full."""
    yield words("match.show.title", id=shown_id(pair.id), state=_state(pair, words))
    for number, who in enumerate((pair.one, pair.other), start=1):
        yield ""
        yield words("match.show.person", number=number, name=who.name)
        yield from (f"  {line}" for line in _records(who, words))
    yield ""
    yield from _evidence_lines(pair, words)
    if pair.entries:
        yield ""
        yield words("match.show.decisions")
        numbers = {entry.digest: entry.number for entry in pair.entries}
        yield from (f"  {entry_line(entry, numbers, words)}" for entry in pair.entries)
    yield ""
    yield _change(pair, words)
    for verdict, outcome in outcomes.items():
        yield from _outcome_lines(verdict, outcome, words)
    yield ""
    yield words("match.show.how" if pair.state in ("undecided", "unsure") else "match.show.how_undo", id=shown_id(pair.id))


def _records(who: Person, words: Words) -> Iterator[str]:
    if not who.records:
        yield words("match.show.dormant", shown=who.shown)
    for record in who.records:
        facts = [record.name, role(record, words)]
        if record.birth_date:
            facts.append(words("match.show.born", day=date_text(record.birth_date)))
        if record.inn:
            facts.append(words("match.show.inn", inn=record.inn))
        yield "— " + ", ".join(facts)
        yield "  " + words("reports.text.source", file=record.source.file, locator=record.source.locator)


def _evidence_lines(pair: Pair, words: Words) -> Iterator[str]:
    found = pair.evidence
    if found is None:
        yield words("match.evidence.together" if pair.together else "match.evidence.none")
        return
    yield words(
        "match.evidence.head",
        grade=label(words, "reports.grade", found.grade),
        agreement=label(words, "reports.agreement", found.agreement),
    )
    if found.lines:
        yield from (f"  {line}" for line in identity_lines(found.lines, found.probability, words))
    if found.expected_holders is not None and found.seen_holders is not None:
        yield "  " + holders_text(found.expected_holders, found.seen_holders, found.lines, words)


def _outcome_lines(verdict: str, outcome: Mapping[str, Any], words: Words) -> Iterator[str]:
    yield words(f"match.outcome.{verdict}")
    if not any(outcome.values()):
        yield "  " + words("match.outcome.nothing")
    for key in ("gone", "new"):
        if outcome[key]:
            yield "  " + words(f"match.outcome.{key}", number=len(outcome[key]), ids=_some(outcome[key]))
    for one in outcome["changed"][:MOST_FINDINGS]:
        now, then = (label(words, "reports.priority", key) for key in one["priority"])
        grade, proved = (label(words, "reports.grade", key) for key in one["grade"])
        yield "  " + words("match.outcome.changed", id=one["id"], now=now, then=then, grade=grade, proved=proved)
    if len(outcome["changed"]) > MOST_FINDINGS:
        yield "  " + words("match.outcome.more", number=len(outcome["changed"]) - MOST_FINDINGS)


def _some(ids: Sequence[str]) -> str:
    return ", ".join(ids[:MOST_FINDINGS]) + ("…" if len(ids) > MOST_FINDINGS else "")


def entry_line(entry: Entry, numbers: Mapping[str, int], words: Words, in_force: Collection[int] | None = None) -> str:
    """An entry in one line; `numbers` of entries by digest tell what an undo takes back, `in_force` which still count."""
    what = words(f"match.entry.{entry.verdict}", number=numbers.get(entry.undoes or "", "?"))
    names = words("match.entry.names", one=entry.sides[0].name, other=entry.sides[1].name) if len(entry.sides) == 2 else ""
    documents = words("match.entry.documents", documents="; ".join(entry.documents)) if entry.documents else ""
    out = words("match.entry.not_in_force") if in_force is not None and entry.sides and entry.number not in in_force else ""
    return words(
        "match.entry.line", number=entry.number, on=date_text(entry.on), id=shown_id(entry.subject), what=what, names=names,
        by=entry.by, why=entry.why, documents=documents, out=out,
    )  # fmt: skip


def dormant_lines(pairs: Collection[Pair], words: Words) -> Iterator[str]:
    """The decisions that meet nobody now, most often as a newer table writes a name otherwise: nothing else tells of them."""
    asleep = [pair for pair in pairs if pair.state == "dormant"]
    if asleep:
        yield ""
        yield words("match.dormant.head", number=len(asleep))
    for pair in asleep:
        numbers = ", ".join(str(entry.number) for entry in pair.entries)
        yield "  " + words("match.dormant.line", id=shown_id(pair.id), one=pair.one.name, other=pair.other.name, entries=numbers)


def alarm_lines(run: Run, reasons: Collection[str], words: Words) -> Iterator[str]:
    """Parties that are perhaps several persons, and decisions that could not be carried out as they stand."""
    alarms = [one for one in run.undetermined if one.reason in reasons]
    if alarms:
        yield ""
        yield words("match.alarms", number=len(alarms))
    for one in alarms:
        yield f"  {one.name}: {undetermined_text(one, 'reason', words)}. {undetermined_text(one, 'remedy', words)}."


def entry_value(entry: Entry, numbers: Mapping[str, int]) -> dict[str, Any]:
    """An entry for `--json`."""
    return {
        "number": entry.number, "kind": entry.kind, "verdict": entry.verdict, "id": shown_id(entry.subject),
        "persons": [{"name": one.name, "shown": one.shown, "references": list(one.references)} for one in entry.sides],
        "undoes": numbers.get(entry.undoes) if entry.undoes else None, "by": entry.by, "on": entry.on.isoformat(),
        "why": entry.why, "documents": list(entry.documents), "recorded_at": entry.recorded_at.isoformat(), "hash": entry.hash,
    }  # fmt: skip


def pair_value(pair: Pair, words: Words, whole: bool = False) -> dict[str, Any]:
    """A pair for `--json`; `whole`: with every record, the evidence and earlier entries."""
    found = pair.evidence
    value: dict[str, Any] = {
        "id": shown_id(pair.id), "state": pair.state, "together": pair.together,
        "persons": [{"name": who.name, "shown": shown(who, words)} for who in (pair.one, pair.other)],
        "probability": round(found.probability, 4) if found else None, "grade": found.grade if found else None,
        "cases": pair.cases, "purchases": pair.purchases, "priority": pair.priority, "if_same": pair.if_same,
        "findings": sorted(finding.id for finding in pair.findings),
    }  # fmt: skip
    if whole:
        value["records"] = [[_record_value(record) for record in who.records] for who in (pair.one, pair.other)]
        value["references"] = [list(who.references) for who in (pair.one, pair.other)]
        value["evidence"] = None if found is None else {
            "agreement": found.agreement, "expected_holders": found.expected_holders, "seen_holders": found.seen_holders,
            "lines": list(found.lines),
        }  # fmt: skip
        numbers = {entry.digest: entry.number for entry in pair.entries}
        value["decisions"] = [entry_value(entry, numbers) for entry in pair.entries]
    return value


def _record_value(record: Record) -> dict[str, Any]:
    return {
        "role": record.role, "name": record.name, "word": record.word, "of": record.of, "inn": record.inn,
        "birth_date": record.birth_date.isoformat() if record.birth_date else None,
        "source": {"file": record.source.file, "locator": record.source.locator},
    }  # fmt: skip
