"""Organisations that a purchase names without an ИНН: by ОГРН, else by name as far as the loaded names allow.

A name is no identity. Borne by one loaded organisation it is a supposition with a probability; borne by several, or only nearly, it is
told as such with the candidates (`answers/undetermined.py`).

The probability. Of the suppliers the purchases name with an ИНН a part s has an extract loaded, so an unnamed one has it by the same chance.
If it has, it is the one of this name; if not, it bears the name by coincidence, as E others of as many organisations do:

    P = s * L / (s * L + (1 - s) * E)

E is counted in the loaded names: by Good and Turing, a name seen once is seen 2 * n2 / n1 times among as many others, n1 and n2 being the names
borne by one organisation and by two; of a name from the list of common ones at least 1. L multiplies what else agrees (LIKELIHOOD). The name
alone is never surer than MOST_BY_NAME: the one who looked for an extract by name may have taken a namesake's.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from affil.language.addresses import flat_key
from affil.language.companies import company_key
from affil.language.company_names import (
    SHORTEST_NEAR,
    Agreement,
    CompanyName,
    agreement,
    is_common,
    near_keys,
    near_sound,
    parse_company,
)
from affil.language.emails import emails
from affil.language.phones import phone_numbers
from affil.store.store import Store

MOST_BY_NAME, MOST = 0.95, 0.99
NO_FORM = 0.3
"""A name without its form fits an АО as well as an ООО: of three organisations of one name, two are of another form."""
NO_EXTRACT = 0.5
"""The chance that a supplier without an ИНН is another row's, where no extract can tell: a customer buys again from every second one."""
LIKELIHOOD = {"address": 100.0, "phone": 300.0, "email": 300.0, "customer": 5.0}
"""How much oftener this agrees for one organisation than for two of one name."""
_NUMBER = " ОГРН "


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation that loaded tables name together with its ИНН: its comparable names, ОГРН, and what can be compared."""

    inn: str
    keys: set[str] = field(default_factory=set)
    ogrns: set[str] = field(default_factory=set)
    facts: set[tuple[str, str]] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    seen_in: set[str] = field(default_factory=set)  # 'extract', 'purchase'


@dataclass(frozen=True, slots=True)
class Supposed:
    """Who the organisation of a key is taken for; grade A: by ОГРН, C: name and another fact, D: name alone. `evidence` in bits."""

    inn: str
    grade: str
    probability: float
    agreement: str
    evidence: tuple[dict[str, object], ...] = ()


def make_firms(store: Store) -> None:
    """Temporary tables firm_party(firm_key, party, grade, probability, agreement, evidence) of the keys that can be taken for one loaded
    organisation, and firm_candidate(firm_key, inn, name, agreement) of all that may be meant.

    `firm_key` is the comparable name under which contracts and bids without an ИНН are kept (supplier_key, participant_key).
    """
    unnamed = _unnamed(store)
    known = _known(store) if unnamed else {}
    found = _Names(known).resolved(unnamed) if unnamed else []
    columns = {
        "firm_key": "VARCHAR",
        "party": "VARCHAR",
        "grade": "VARCHAR",
        "probability": "DOUBLE",
        "agreement": "VARCHAR",
        "evidence": "VARCHAR",
    }
    rows = [
        (key, "inn:" + one.inn, one.grade, one.probability, one.agreement, list(one.evidence)) for key, one, _ in found if one
    ]
    store.temporary("firm_party", columns, rows)
    candidates = [
        (key, inn, min(known[inn].names, default=inn), how) for key, _, fitting in found for inn, how in sorted(fitting.items())
    ]
    store.temporary("firm_candidate", dict.fromkeys(("firm_key", "inn", "name", "agreement"), "VARCHAR"), candidates)


def _unnamed(store: Store) -> dict[str, set[tuple[str, str]]]:
    """Keys of organisations named without an ИНН, with what else the rows tell of them."""
    found: dict[str, set[tuple[str, str]]] = {}
    for key, address, phone, email, customer in store.sql(_query("unnamed")).fetchall():
        found.setdefault(key, set()).update(_facts(address, phone, email, customer))
    return found


def _known(store: Store) -> dict[str, Known]:
    known: dict[str, Known] = {}
    for inn, ogrn, name, key, short, address, phone, email, customer, bought in store.sql(_query("known")).fetchall():
        one = known.setdefault(inn, Known(inn))
        one.keys.update(each for each in (key if key is not None else company_key(name or ""), short) if each)
        one.names.update([name] if name else [])
        one.facts.update(_facts(address, phone, email, customer))
        if ogrn:
            one.ogrns.add(ogrn)
        one.seen_in.update((["extract"] if ogrn else []) + (["purchase"] if bought else []))
    return known


def _query(part: str) -> str:
    """One of the two queries of firms.sql, each named by the comment before it."""
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    return next(one for one in text.split(";\n") if one.lstrip().startswith(f"-- {part}:"))


def _facts(address: str | None, phone: str | None, email: str | None, customer: str | None) -> Iterable[tuple[str, str]]:
    flat = flat_key(address) if address else None
    yield from [("address", flat.partition("|")[2])] if flat else []
    yield from (("phone", number) for number in phone_numbers(phone or ""))
    yield from (("email", mailbox) for mailbox in emails(email or ""))
    yield from [("customer", customer)] if customer else []


class _Names:
    """The loaded organisations by name."""

    def __init__(self, known: Mapping[str, Known]) -> None:
        self.known = known
        self.by_ogrn: dict[str, set[str]] = defaultdict(set)
        self.by_proper: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self.near: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self.sounds: dict[int, list[str]] = defaultdict(list)
        for one in known.values():
            for ogrn in one.ogrns:
                self.by_ogrn[ogrn].add(one.inn)
            for key in one.keys:
                self.by_proper[parse_company(key).proper].add(one.inn)
        for proper in self.by_proper:
            name = CompanyName("", proper)
            for place in near_keys(name):
                self.near[place].add(proper)
            self.sounds[len(near_sound(name))].append(near_sound(name))
        bought = [one.seen_in for one in known.values() if "purchase" in one.seen_in]
        self.seen = (sum("extract" in seen_in for seen_in in bought) + 1) / (len(bought) + 2)
        borne = Counter(len(inns) for inns in self.by_proper.values())
        self.namesakes = 2 * (borne[2] + 0.5) / (borne[1] + 1)

    def resolved(self, unnamed: Mapping[str, set[tuple[str, str]]]) -> list[tuple[str, Supposed | None, dict[str, str]]]:
        """For each key whom it is taken for and everybody it may mean (ИНН → agreement), sorted by key."""
        return [(key, *self._resolve(key, unnamed[key])) for key in sorted(unnamed)]

    def _resolve(self, firm_key: str, facts: set[tuple[str, str]]) -> tuple[Supposed | None, dict[str, str]]:
        key, ogrn = _parted(firm_key)
        by_number = self.by_ogrn.get(ogrn or "", set())
        if len(by_number) == 1:
            return Supposed(min(by_number), "A", 1.0, "ogrn"), {}
        fitting: dict[str, str] = {inn: how for inn, how in self._fitting(key).items() if not (ogrn and self.known[inn].ogrns)}
        best = min(fitting.values(), key=("same", "no_form", "near").index, default="near")
        named = sorted(inn for inn, how in fitting.items() if how == best)
        if best == "near":
            return None, fitting
        agreeing = {inn: sorted({means for means, _ in facts & self.known[inn].facts}) for inn in named}
        told = [inn for inn in named if any(means != "customer" for means in agreeing[inn])]
        if len(named) == 1 or len(told) == 1:
            inn = told[0] if len(told) == 1 else named[0]
            return self._supposed(inn, key, best, agreeing[inn], len(named)), {inn: best}
        return None, dict.fromkeys(named, best)

    def _fitting(self, key: str) -> dict[str, Agreement]:
        """The organisations a name may mean, by their best agreement; near ones only where no name is the same."""
        name = parse_company(key)
        found = self._agreeing(key, {name.proper}, ("same", "no_form"))
        return found or self._agreeing(key, self._near(name), ("near",))

    def _agreeing(self, key: str, propers: set[tuple[str, ...]], wanted: tuple[Agreement, ...]) -> dict[str, Agreement]:
        found: dict[str, Agreement] = {}
        for inn in {inn for proper in propers for inn in self.by_proper.get(proper, ())}:
            ways = {agreement(key, other) for other in self.known[inn].keys}
            best = next((way for way in wanted if way in ways), None)
            if best:
                found[inn] = best
        return found

    def _near(self, name: CompanyName) -> set[tuple[str, ...]]:
        found = {proper for place in near_keys(name) for proper in self.near.get(place, ())}
        sound = near_sound(name)
        for length in range(len(sound) - 1, len(sound) + 2) if len(sound) >= SHORTEST_NEAR else ():
            alike = process.extract_iter(sound, self.sounds.get(length, ()), scorer=OSA.distance, score_cutoff=1, processor=None)
            found.update(proper for spelt, *_ in alike for proper in self.near["~" + spelt])
        return found

    def _supposed(self, inn: str, key: str, how: str, facts: list[str], bearers: int) -> Supposed:
        """The supposition with its evidence: each line's bits are log2 of what it multiplies the odds by."""
        loaded = "extract" in self.known[inn].seen_in
        prior = self.seen if loaded else NO_EXTRACT
        expected = max(self.namesakes, 1.0 if is_common(parse_company(key)) else 0.0, bearers - 1.0)
        lines = [
            _line("firm_loaded" if loaded else "firm_not_loaded", prior / (1 - prior), percent=f"{prior:.0%}".rstrip("%")),
            _line(
                "firm_name", 1 / expected, bearers=str(bearers), organisations=str(len(self.known)), expected=f"{expected:.2f}"
            ),
            *([_line("firm_no_form", NO_FORM)] if how == "no_form" else []),
            *(_line("firm_" + means, LIKELIHOOD[means]) for means in facts),
        ]
        odds = 2 ** sum(float(str(line["bits"])) for line in lines)
        own = [means for means in facts if means != "customer"]  # a customer is nobody's own: it buys from many of one name
        most = MOST if own and how == "same" else MOST_BY_NAME
        probability = min(odds / (1 + odds), most)
        if probability == most:
            lines.append(_line("firm_limit", most / (1 - most) / odds))
        return Supposed(inn, "C" if most == MOST else "D", round(probability, 4), how, tuple(lines))


def _line(key: str, odds: float, **params: str) -> dict[str, object]:
    return {"key": key, "bits": round(math.log2(odds), 4), "params": params}


def _parted(firm_key: str) -> tuple[str, str | None]:
    """The comparable name and the ОГРН of a key as ingest keeps it."""
    name, sign, ogrn = f" {firm_key}".rpartition(_NUMBER)
    return (name.strip(), ogrn) if sign else (firm_key, None)
