"""`affil audit show`, `verify`: the log of who did what, in words, and whether it is whole."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from affil.commands.act import ACT
from affil.commands.common import FAILED, Debug, Folder, H, Json, Lang, day, opened, print_json, say, wrong
from affil.commands.session import session

if TYPE_CHECKING:
    from affil.audit.entry import Entry
    from affil.store.store import Store
    from affil.words import Words
    from affil.workspace import Workspace

MOST_PERSONS = 10
LEAST_HEAD = 12
UNTOLD = ("waited", "decisions")  # what the program needs to prove the log; `--json` has it
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?")
_PERSON = re.compile(r"P-[2-9A-HJKMNP-Z]{10}")

audit_app = typer.Typer(help=H("audit.help"), no_args_is_help=True, rich_markup_mode=None)


@audit_app.command("show", help=H("audit.show.help"))
def audit_show(
    since: Annotated[str | None, typer.Option("--since", help=H("audit.show.since"))] = None,
    until: Annotated[str | None, typer.Option("--until", help=H("audit.show.until"))] = None,
    command: Annotated[str | None, typer.Option("--command", help=H("audit.show.command"))] = None,
    who: Annotated[str | None, typer.Option("--who", help=H("audit.show.who"))] = None,
    person: Annotated[str | None, typer.Option("--person", help=H("audit.show.person"))] = None,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """The log, or the part of it asked for."""
    from affil.audit.log import read

    place, settings, words = opened(workspace, lang)
    first, last = day(since, words), day(until, words)
    if first and last and first > last:
        wrong(words("audit.show.reversed", since=since, until=until))
    if person is not None and not _PERSON.fullmatch(person := person.upper()):
        wrong(words("audit.show.bad_person", found=person))
    with session(place, settings, words, "audit show") as store:
        log = read(store)
        shown = [
            entry
            for entry in log
            if (first is None or entry.at.date() >= first) and (last is None or entry.at.date() <= last)
            and (command is None or entry.command == command or entry.command.startswith(f"{command} "))
            and (who is None or who.casefold() in shown_who(entry, words).casefold())
            and (person is None or person in entry.facts.get("persons", ()))
        ]  # fmt: skip
        ACT.note(entries=len(shown), **({"persons": [person]} if person and any(person in one.body for one in log) else {}))
    if as_json:
        print_json({"entries": [entry_value(entry) for entry in shown]})
    else:
        say("\n".join([*(entry_line(entry, words) for entry in shown), words("audit.count", shown=len(shown), all=len(log))]))


@audit_app.command("verify", help=H("audit.check.help"))
def audit_verify(
    head: Annotated[str | None, typer.Option("--head", help=H("audit.check.head"))] = None,
    workspace: Folder = Path(), as_json: Json = False, lang: Lang = None, debug: Debug = False,
) -> None:  # fmt: skip
    """Whether both logs are whole; exit code 1 where they are not."""
    place, settings, words = opened(workspace, lang)
    noted = None if head is None else head.strip().casefold()
    if noted is not None and (len(noted) < LEAST_HEAD or set(noted) - set("0123456789abcdef")):
        wrong(words("audit.bad_head", found=head))
    with session(place, settings, words, "audit verify") as store:
        told = _checked(store, place, noted, words)
        ACT.note(state="whole" if told["whole"] else "broken", **({"broken": told["broken"]} if told["broken"] else {}))
    if as_json:
        print_json(told)
    else:
        say("\n".join(_told(told, words)))
    if not told["whole"]:
        raise typer.Exit(FAILED)


def _checked(store: Store, place: Workspace, noted: str | None, words: Words) -> dict[str, Any]:
    from affil.audit.cut import decision_hashes
    from affil.audit.log import beginning, broken_link, heads, read, without_decisions
    from affil.audit.waiting import unread
    from affil.decisions.log import read_log
    from affil.errors import StoreError

    log, now, decided = read(store), heads(store), decision_hashes(store)
    broken, decisions_broken = broken_link(log), None
    try:
        read_log(store, words.lang)
    except StoreError as error:
        decisions_broken = str(error)
    compared, missing = _against_runs(store, place)
    lost = without_decisions(log, decided)
    found = None if noted is None else _noted(noted, {entry.number: entry.hash for entry in log}, decided)
    told = {
        "entries": len(log), "broken": broken, "head": {"number": now["audit"][0], "hash": now["audit"][1]},
        "cut_through": beginning(log)[0] or None,
        "decisions": {"entries": now["decisions"][0], "why_broken": decisions_broken, "head": now["decisions"][1],
                      "gone": [{"entry": entry, "decision": decision} for entry, decision in lost]},
        "noted_head_found": None if noted is None else found is not None,
        "noted_head": None if found is None else {"log": found[0], "number": found[1]},
        "runs_compared": compared, "runs_after_which_cut": missing,
        "clock_set_back_at": _set_back(log),
        "waiting_unreadable": unread(place.root),
    }  # fmt: skip
    faults = (broken is not None, decisions_broken, lost, told["noted_head_found"] is False, missing, told["waiting_unreadable"])
    return {"whole": not any(faults), **told}


def _noted(noted: str, accessed: Mapping[int, str], decided: Mapping[int, str]) -> tuple[str, int] | None:
    """In which log the entry stands whose hash was noted, and its number; None where neither has it."""
    from affil.audit.log import place_of

    places = (("audit", place_of(accessed, noted)), ("decisions", place_of(decided, noted)))
    return next(((log, number) for log, number in places if number is not None), None)


def _set_back(log: Sequence[Entry]) -> list[int]:
    """Numbers of entries whose time is before that of the one before; one that waited for the store is rightly so."""
    return [later.number for one, later in pairwise(log) if later.at < one.at and "waited" not in later.facts]


def _against_runs(store: Store, place: Workspace) -> tuple[int, list[dict[str, Any]]]:
    """How many runs tell the heads of the logs of their time, and which of those heads the logs do not have any more."""
    from affil.audit.cut import cut_since
    from affil.verified import manifest_of

    compared, missing = 0, list[dict[str, Any]]()
    for name in place.runs():
        try:
            told = manifest_of(place.reports / name).heads
        except ValueError:  # a folder that is damaged is told by `affil verify`
            continue
        compared += bool(told)
        missing += [{"run": name, "log": log, "number": told[log][0]} for log in cut_since(store, told)]
    return compared, missing


def _told(told: dict[str, Any], words: Words) -> Iterator[str]:
    decisions = told["decisions"]
    if told["broken"] is None:
        yield words("audit.check.whole", number=told["entries"])
    else:
        yield words("audit.check.broken", number=told["broken"])
    if told["cut_through"]:
        yield words("audit.check.cut_through", number=told["cut_through"])
    if decisions["why_broken"] is not None:
        yield words("audit.check.decisions_broken", why=decisions["why_broken"])
    if lost := decisions["gone"]:
        yield words("audit.check.decisions_gone", number=len(lost), **lost[0])
    elif decisions["why_broken"] is None:
        yield words("audit.check.decisions", number=decisions["entries"])
    for one in told["runs_after_which_cut"]:
        yield words("audit.check.run_missing", run=one["run"], log=words(f"audit.check.log_{one['log']}"), number=one["number"])
    if told["runs_compared"]:
        yield words("audit.check.runs", number=told["runs_compared"])
    for number in told["clock_set_back_at"]:
        yield words("audit.check.backwards", number=number)
    if told["waiting_unreadable"]:
        yield words("audit.waiting", number=told["waiting_unreadable"])
    if told["noted_head_found"]:
        yield words(
            "audit.check.head_found",
            log=words(f"audit.check.in_{told['noted_head']['log']}"),
            number=told["noted_head"]["number"],
        )
    elif told["noted_head_found"] is False:
        yield words("audit.check.head_missing_or_cut" if told["cut_through"] else "audit.check.head_missing")
    yield words("audit.check.head_now", number=told["head"]["number"], hash=told["head"]["hash"])
    if decisions["entries"]:
        yield words("audit.check.decisions_head_now", number=decisions["entries"], hash=decisions["head"])


def entry_value(entry: Entry) -> dict[str, Any]:
    """An entry for `--json`."""
    return {
        "number": entry.number, "at": entry.at.isoformat(), "who": entry.who, "command": entry.command, "body": entry.facts,
        "hash": entry.hash,
    }  # fmt: skip


def entry_line(entry: Entry, words: Words) -> str:
    """An entry in one line of words."""
    command = words.raw("audit.command").get(entry.command, entry.command)
    order = list(words.raw("audit.fact"))
    told = sorted(entry.facts.items(), key=lambda fact: (order.index(fact[0]) if fact[0] in order else len(order), fact[0]))
    facts = [_fact(key, value, words) for key, value in told if key not in UNTOLD]
    return words(
        "audit.entry", number=entry.number, at=f"{entry.at:%d.%m.%Y %H:%M:%S}", who=shown_who(entry, words),
        command=f"{command} ({entry.command})", facts=": " + "; ".join(facts) if facts else "",
    )  # fmt: skip


def shown_who(entry: Entry, words: Words) -> str:
    """Who it was; an account is told as one."""
    from affil.audit.entry import ACCOUNT

    return words("audit.account", name=entry.who.removeprefix(ACCOUNT)) if entry.who.startswith(ACCOUNT) else entry.who


def _fact(key: str, value: object, words: Words) -> str:
    known = words.raw("audit.fact")
    text = known.get(key, known["_"])
    return str(text).format(key=key, value=_value(value, words))


def _value(value: object, words: Words) -> str:
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        from affil.reports.loaded_text import kind_text

        kinds = Counter(str(one.get("kind", "")) for one in value)
        told = ", ".join(f"{kind_text(kind, words)} {number}" for kind, number in sorted(kinds.items()) if kind)
        return f"{len(value)}" + (f" ({told})" if told else "")
    if isinstance(value, bool):
        return str(words.raw("audit.value")["true" if value else "false"])
    if isinstance(value, list):
        return _listed([str(one) for one in value])
    if isinstance(value, str) and _DAY.fullmatch(value):
        return _day(value)
    return str(words.raw("audit.value").get(value, value)) if isinstance(value, str) else str(value)


def _day(text: str) -> str:
    """A day as people write it; as it stands where there is no such day."""
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{at:%d.%m.%Y %H:%M:%S}" if "T" in text else f"{at:%d.%m.%Y}"


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(texts[:MOST_PERSONS]) + (f" … ({len(texts)})" if len(texts) > MOST_PERSONS else "")
