"""Steps collected along one path, from record to record, with the weakest identity and the product of confidences."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

from affil.model.finding import GRADES, Resemblance, Source, Step
from affil.rules.records import Joint, Records

Row = dict[str, Any]
Dates = tuple[dt.date | None, dt.date | None]


class Walk:
    """A walk that stands on a record of a person, an organisation or something they have in common."""

    def __init__(self, records: Records) -> None:
        self.records, self.steps = records, list[Step]()
        self._grades, self.confidence = set[str](), 1.0
        self._joined: set[tuple[str, str]] = set()
        self.here = self._person = self._name = ""
        self._kind = "person"

    @property
    def grade(self) -> str:
        """Of the weakest identity so far; A where nothing was joined (CONTRACT 4)."""
        return max(self._grades, key=GRADES.index, default="A")

    def start(self, mention: str) -> None:
        """Begin at a record of a person."""
        self.here = self._person = mention
        self._name, self._kind = self.records.mentions[mention]["name"] or "", "person"

    def stand(self, organisation: str, name: str) -> None:
        """Begin at an organisation."""
        self.here, self._name, self._kind = organisation, name, "organisation"

    def join(self, mention: str, identity: Row | None = None) -> None:
        """Step from the record we stand on to another record of the same person, if it is another."""
        if identity is None:
            for there, joint in self.records.joints(self.here, mention):
                self._join(there, joint)
            return
        doubt = self.records.doubt(self.here, mention)
        alike = _resemblance(identity)
        self._join(
            mention, Joint(identity["grade"], identity["probability"], identity["agreement"], decided=doubt, resemblance=alike)
        )

    def _join(self, mention: str, joint: Joint) -> None:
        one, other = self.records.mentions[self.here], self.records.mentions[mention]
        self.weaken(joint, (self.here, other["party"]))
        self.steps.append(
            Step(one["name"] or "", "same_as", other["name"] or one["name"] or "", joint.source or self.records.source(other),
                 confidence=joint.confidence, detail=joint.agreement, origin_id=self.here, target_id=mention, decided=joint.decided,
                 resemblance=joint.resemblance)
        )  # fmt: skip
        self.here, self._name = mention, other["name"] or one["name"] or ""

    def weaken(self, joint: Joint, seam: tuple[str, str]) -> None:
        """Let the path be no surer than this joint; several chains of one person rest on one and the same identity."""
        self._grades.add(joint.grade)
        if seam not in self._joined:
            self.confidence *= joint.confidence
            self._joined.add(seam)

    def go(self, relation: str, end: str, source: Source, detail: str, dates: Dates) -> None:
        """A step of kin to another record of a person."""
        one, other = self.records.mentions[self.here], self.records.mentions[end]
        self.steps.append(
            Step(one["name"], relation, other["name"], source, *dates, detail=detail, origin_id=self.here, target_id=end)
        )
        self.start(end)

    def suppose(self, relation: str, end: str, confidence: float, detail: str) -> None:
        """A step to a record of a person who only may have to do with the one we stand on: grade D, whatever follows."""
        one, other = self.records.mentions[self.here], self.records.mentions[end]
        self.weaken(Joint("D", confidence, relation), (self.here, other["party"]))
        self.steps.append(
            Step(one["name"] or "", relation, other["name"] or "", self.records.source(other), confidence=confidence, detail=detail,
                 origin_id=self.here, target_id=end)
        )  # fmt: skip
        self.start(end)

    def to(self, relation: str, end: str, name: str, source: Source, dates: Dates = (None, None), detail: str = "",
           kind: str = "organisation", last_seen: dt.date | None = None) -> None:  # fmt: skip
        """A step from where we stand to anything else. `last_seen`: where it ended on a day nobody saw, between that and its end."""
        self.steps.append(Step(self._name, relation, name, source, *dates, detail=detail, origin_kind=self._kind, target_kind=kind,
                               origin_id=self.here, target_id=end, last_seen=last_seen))  # fmt: skip
        self.here, self._name, self._kind = end, name, kind

    def named_only(self, joint: Joint, seam: tuple[str, str]) -> None:
        """What we stand on is an organisation that the last step names without an ИНН: the step is no surer than its name."""
        self.weaken(joint, seam)
        if self.steps and self.steps[-1].target_id == self.here:
            self.steps[-1] = replace(self.steps[-1], confidence=joint.confidence, resemblance=joint.resemblance)

    def back_to_person(self) -> None:
        """Stand on the person again, to follow another chain of ownership from him."""
        if self._person:
            self.start(self._person)


def _resemblance(identity: Row) -> Resemblance:
    return Resemblance(tuple(json.loads(identity["evidence"])), identity["expected_holders"], identity["seen_holders"])
