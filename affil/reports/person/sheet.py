"""What the settings say of the report on a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from affil.settings import Settings


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the settings say of documents. `bases`: the legal basis for each category of person that has one, `kin_bases` that for
    relatives of such persons; `candidate_days`: how long the report on a candidate is kept after the decision."""

    organisation: str
    department: str
    addressee: str
    executor: str
    access_list: str
    candidate_days: int
    bases: Mapping[str, str]
    kin_bases: Mapping[str, str] = field(default_factory=dict)


def sheet_of(settings: Settings) -> Sheet:
    """What the documents need of the settings; a blank where nothing is entered."""
    documents, bases = settings.documents, settings.legal_basis.person.model_dump(by_alias=True)
    return Sheet(
        settings.organisation.name or "", documents.department or "", documents.addressee or "", documents.executor or "",
        documents.access_list or "", settings.retention.candidate_days, {key: text for key, text in bases.items() if text},
        {key: text for key, text in settings.legal_basis.relatives.model_dump(by_alias=True).items() if text},
    )  # fmt: skip
