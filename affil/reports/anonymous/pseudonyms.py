"""Stable names in place of names: «Лицо-KTRW-XLMP-BCDF», made with a secret key, so that no list of names undoes them."""

from __future__ import annotations

import hmac
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from affil.language.companies import company_key, person_in_supplier_name
from affil.model.finding import Contract, Employee, Finding, Procedure
from affil.model.run import Run
from affil.words import Words

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels and no digits: a pseudonym is no word and holds no number
GROUPS, GROUP = 3, 4  # 20^12, about 2^52: among 100,000 persons two share one once in a million runs
PERSON_INN = 12
_NODE_INN = re.compile(r"(?:inn|customer|organizer|supplier:inn):(\d{10}|\d{12})")
_NO_LETTER = re.compile(r"[\W_]+")


class Pseudonyms:
    """The pseudonyms of one run in one language: the same person, firm or contract has the same one in every table.

    They depend on the key and on the name alone, so the runs of one workspace can be compared. A person's is that of his full
    name; where several officials bear it, told apart by ИНН (without one, by post), each of them has his own. A firm's is that
    of its ИНН, without one of its name. Raises ValueError where the run has no key: a plain hash of a name is undone by
    hashing every name there is.
    """

    def __init__(self, run: Run, words: Words) -> None:
        if not run.pseudonym_key:
            raise ValueError("pseudonyms need the key of the workspace")
        self._key = run.pseudonym_key.encode("utf-8")
        self._words = words
        self._bearers = _bearers(run)
        self._inns = _inns_of_names(run)
        self._known: dict[tuple[str, ...], str] = {}

    def official(self, official: Employee) -> str:
        """Of an official, told from officials of the same full name."""
        name, bearer = folded(official.name), _bearer(official)
        bearers = self._bearers[name]
        return self._made("person", name, bearer) if len(bearers) > 1 and bearer in bearers else self._made("person", name)

    def person(self, name: str) -> str:
        """Of anybody of whom only the name is known; where several officials bear it, it is none of theirs."""
        return self._made("person", folded(name))

    def firm(self, inn: str | None, name: str | None) -> str:
        """Of an organisation or entrepreneur; '' where neither ИНН nor name is known."""
        key = (company_key(name) or folded(name)) if name else ""
        found = self._inns.get(key, set()) if key and not inn else set()
        known = inn or (next(iter(found)) if len(found) == 1 else None)
        if known:
            return self._made("proprietor" if len(known) == PERSON_INN else "organisation", "inn", known)
        alone = person_in_supplier_name(name) if name else None
        if alone:
            return self._made("proprietor", "name", folded(alone))
        return self._made("organisation", "name", key) if key else ""

    def node(self, node: str, name: str) -> str:
        """Of an organisation or entrepreneur on a path, by its node of the evidence graph where that tells the ИНН."""
        told = _NODE_INN.fullmatch(node)
        return self.firm(told[1] if told else None, name)

    def contract(self, contract: Contract) -> str:
        """Of a contract: its customer and number, without a number what else is known of it."""
        if contract.number:
            return self.contract_number(contract.number, contract.customer_inn)
        known = (contract.signed_on, contract.price, contract.subject, contract.customer_inn, contract.procedure_number)
        return self._made("contract", *("" if value is None else str(value) for value in known))

    def contract_number(self, number: str, customer_inn: str | None) -> str:
        """Of a contract by its number, which may be another customer's too."""
        return self._made("contract", folded(number), customer_inn or "")

    def procedure(self, number: str | None) -> str:
        """Of a procedure; '' where it has no number."""
        return self._made("procedure", folded(number)) if number else ""

    def bid(self, bid: Procedure | None) -> str:
        """Of the procedure of a bid; '' where there is none."""
        return self.procedure(bid.number) if bid else ""

    def post(self, official: Employee) -> str:
        """In place of an employee's number, unique within an employer; '' where there is none."""
        return self._made("post", official.employer_inn or "", official.employee_id) if official.employee_id else ""

    def department(self, official: Employee) -> str:
        """Of a department of an employer; '' where none is known."""
        employer = official.employer_inn or folded(official.employer or "")
        return self._made("department", employer, folded(official.department)) if official.department else ""

    def contact(self, text: str) -> str:
        """Of an address, a phone or an e-mail."""
        return self._made("contact", folded(text))

    def case(self, near: str, far: str) -> str:
        """Of a case by the keys of its two ends: the number of a case tells its place in the alphabet."""
        return self._made("case", near, far)

    def _made(self, kind: str, *identity: str) -> str:
        found = self._known.get((kind, *identity))
        if found is None:
            found = f"{self._words(f'public.pseudonym.{kind}')}-{code(self._key, kind, *identity)}"
            self._known[kind, *identity] = found
        return found


def code(key: bytes, *identity: str) -> str:
    """`KTRW-XLMP-BCDF`: letters of the HMAC-SHA-256 (RFC 2104) of the identity under the key."""
    digest = hmac.digest(key, "\x1f".join(identity).encode("utf-8", "replace"), "sha256")
    number = int.from_bytes(digest)
    letters = []
    for _ in range(GROUPS * GROUP):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "-".join("".join(letters[start : start + GROUP]) for start in range(0, len(letters), GROUP))


def folded(name: str) -> str:
    """A name without case, «ё» and signs: spellings of one name are one."""
    return _NO_LETTER.sub(" ", name.upper().replace("Ё", "Е")).strip() or name


def _bearer(official: Employee) -> str:
    return official.inn or official.key


def _bearers(run: Run) -> defaultdict[str, set[str]]:
    """Who of the officials bears a full name; members of commissions who are none of them are not told apart."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for item in run.coverage:
        if not item.employee.key.startswith("seat|"):
            found[folded(item.employee.name)].add(_bearer(item.employee))
    for finding in run.findings:
        if finding.employee is not None:
            found[folded(finding.employee.name)].add(_bearer(finding.employee))
    return found


def _inns_of_names(run: Run) -> defaultdict[str, set[str]]:
    """The ИНН that the run knows an organisation's name by, so that a step which tells the name only finds its firm."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for inn, name in _named_firms(run):
        if inn and name:
            found[company_key(name) or folded(name)].add(inn)
    return found


def _named_firms(run: Run) -> Iterable[tuple[str | None, str | None]]:
    yield from ((item.employee.employer_inn, item.employee.employer) for item in run.coverage)
    yield from ((item.inn, item.name) for item in run.undetermined if item.kind in ("supplier", "participant", "holder"))
    for finding in run.findings:
        yield from _firms_of(finding)


def _firms_of(finding: Finding) -> Iterator[tuple[str | None, str | None]]:
    if finding.employee:
        yield finding.employee.employer_inn, finding.employee.employer
    if finding.supplier:
        yield finding.supplier.inn, finding.supplier.name
    if finding.other_party and finding.other_party.kind == "organisation":
        yield finding.other_party.inn, finding.other_party.name
    for contract in (finding.contract, *finding.contracts):
        if contract:
            yield contract.customer_inn, contract.customer
    for path in (finding.path, *finding.other_paths):
        for step in path.steps:
            for node, name in ((step.origin_id, step.origin), (step.target_id, step.target)):
                told = _NODE_INN.fullmatch(node)
                yield (told[1] if told else None), name
