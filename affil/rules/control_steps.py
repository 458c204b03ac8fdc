"""Steps from a person over what he holds to an organisation, and from one organisation to another it belongs with."""

from __future__ import annotations

import datetime as dt
from typing import Any

from affil.control.contacts import contact_keys
from affil.control.control import Control
from affil.control.intervals import Period
from affil.control.related import Relation
from affil.rules.by_name import named_joint, own_application
from affil.rules.records import Joint, Records
from affil.rules.walk import Walk

Row = dict[str, Any]

# A place of work known by name only: the supplier of that name. Names of firms repeat across the country.
BY_NAME_CONFIDENCE = 0.85
UNFAIR = "unfair-register"  # РНП lists founders and members of the bodies together
JOURNAL = {"interest": "declares", "obligation": "obligation", "gift": "gift"}  # what is no notice of work


class ControlSteps:
    """Adds such steps to a walk. `names` gives a company's or supplier's name by party."""

    def __init__(self, records: Records, names: dict[str, str]) -> None:
        self.records, self.names = records, names

    def along(self, walk: Walk, chain: tuple[str, ...], control: Control, row: Row, purchase: Row | None) -> None:
        """One chain of what somebody holds, from the person to the organisation."""
        self._chain(walk, chain, control, row)
        self._named_only(walk, chain, control, purchase)

    def _chain(self, walk: Walk, chain: tuple[str, ...], control: Control, row: Row) -> None:
        walk.back_to_person()
        first = chain[0]
        if first in self.records.journals:
            self._journal_step(walk, first, control)
            return
        walk.join(
            first, self.records.identities.get((row["declared"], row["behind"])) if row["declared"] != row["behind"] else None
        )
        if control.kind == "contact":
            self._contact_steps(walk, str(control.means), chain[0], chain[1], control.company)
        elif control.kind == "sole-proprietor":
            registered = self.records.proprietors.get(first)
            walk.to("sole-proprietor", "supplier:" + control.company, self.names[control.company],
                            self.records.source(registered or self.records.mentions[first]),
                            dates=(control.period.valid_from, control.period.valid_to) if registered else (None, None), kind="person")  # fmt: skip
        elif control.means:
            self._post_step(walk, first, control)
        else:
            self._registry_steps(walk, chain, control)

    def _named_only(self, walk: Walk, chain: tuple[str, ...], control: Control, purchase: Row | None) -> None:
        """An application of a bidder without an ИНН is one of this organisation by its name only, save in that very purchase."""
        for evidence in chain:
            told = self.records.disclosed.get(evidence) or self.records.bidders.get(evidence)
            if told and told["name_grade"] not in (None, "A") and not own_application(control, purchase):
                walk.named_only(named_joint(told), ("name", control.company))

    def _post_step(self, walk: Walk, mention: str, control: Control) -> None:
        """A place of work a questionnaire names, or a post the officer's own list does."""
        record = self.records.relatives.get(mention) or self.records.mentions[mention]
        if control.kind == "employee" and control.company.removeprefix("inn:") not in (record.get("employer") or ""):
            walk.weaken(Joint("C", BY_NAME_CONFIDENCE, "company"), (mention, control.company))
        walk.to(control.kind, control.company, self.names.get(control.company, control.company), self.records.source(record),
                        dates=(control.period.valid_from, control.period.valid_to), detail=record.get("position") or "")  # fmt: skip

    def _journal_step(self, walk: Walk, evidence: str, control: Control) -> None:
        """What a notice or a declaration tells; no registry stands behind it."""
        record = self.records.journals[evidence]
        relation = JOURNAL.get(str(control.means), "notice-of-work")
        detail = f"{control.share.numerator}/{control.share.denominator}" if control.share is not None else ""
        walk.to(relation, control.company, self.names.get(control.company, control.company), self.records.source(record),
                (control.period.valid_from, control.period.valid_to), _percent(detail) if detail else record["detail"] or "")  # fmt: skip

    def _registry_steps(self, walk: Walk, chain: tuple[str, ...], control: Control) -> None:
        for evidence in chain:
            tie = self.records.ties.get(evidence) or self.records.disclosed[evidence]
            inn = tie.get("company_inn") or tie.get("participant_inn")
            company = "inn:" + inn if inn else str(tie.get("named_party") or f"firm:{tie['participant_key']}")
            relation = UNFAIR if tie.get("basis") else "manager" if tie["kind"] == "managing" else tie["kind"]
            share = tie.get("share")
            walk.to(relation, company, self.names.get(company, company), self.records.source(tie),
                            dates=(tie.get("since"), control.period.valid_to if evidence == chain[-1] else None),
                            last_seen=_last_seen(control.period) if evidence == chain[-1] else None,
                            detail=_percent(share) if share and tie["kind"] == "owner" else (tie.get("position") or ""))  # fmt: skip

    def _contact_steps(self, walk: Walk, means: str, one: str, other: str, company: str) -> None:
        """To what two records have in common, and from there to the organisation. Its text is not repeated: personal data."""
        near, far = self._record(one), self._record(other)
        keys = set(contact_keys(means, far[means]))
        key = min(keys & set(contact_keys(means, near.get(means))) or keys)  # a mention has no address, and an address is one
        walk.to(means, f"{means}:{key}", "…", self.records.source(near), kind="contact")
        walk.to(means, company, self.names.get(company, company), self.records.source(far))

    def _record(self, evidence: str) -> Row:
        found: Row = (
            self.records.bidders.get(evidence) or self.records.companies.get(evidence) or self.records.relatives.get(evidence)
            or self.records.mentions[evidence]
        )  # fmt: skip
        return found

    def over(self, walk: Walk, relation: Relation, from_official: bool) -> None:
        """From one organisation to the other, over the person, owner or contact they have in common."""
        if not from_official:
            walk.stand(relation.one, self.names.get(relation.one, relation.one))
        name = self.names.get(relation.other, relation.other)
        if relation.link in ("address", "phone", "email"):
            self._contact_steps(walk, relation.link, relation.evidence[0], relation.evidence[1], relation.other)
            return
        ties = [self.records.ties[evidence] for evidence in relation.evidence]
        if len(ties) == 1:
            owns = relation.holder == relation.one
            walk.to(
                "owner" if owns else "has-owner",
                relation.other,
                name,
                self.records.source(ties[0]),
                dates=(ties[0]["since"], None),
            )
            return
        self._common_holder(walk, relation, ties)

    def _common_holder(self, walk: Walk, relation: Relation, ties: list[Row]) -> None:
        near, far = relation.evidence
        person = ties[0]["holder_kind"] == "person"
        holder = near if person else relation.holder
        shown = (ties[0]["name"] or "") if person else self.names.get(relation.holder, ties[0]["holder_name"] or relation.holder)
        walk.to(f"has-{_role(ties[0])}", holder, shown, self.records.source(ties[0]), dates=(ties[0]["since"], None),
                kind="person" if person else "organisation")  # fmt: skip
        if person:
            walk.join(far)
        walk.to(_role(ties[1]), relation.other, self.names.get(relation.other, relation.other), self.records.source(ties[1]),
                dates=(ties[1]["since"], None))  # fmt: skip


def _role(tie: Row) -> str:
    return "owner" if tie["kind"] == "owner" else "director"


def _percent(share: str) -> str:
    numerator, denominator = share.split("/")
    value = int(numerator) * 100 / int(denominator)
    return f"{value:.4f}".rstrip("0").rstrip(".") + " %"


def _last_seen(period: Period) -> dt.date | None:
    """The last day a source shows the tie, where all that is known of its end is that it came later, and by `valid_to`."""
    seen, end = period.known_until, period.valid_to
    return seen if seen is not None and end is not None and seen < end else None
