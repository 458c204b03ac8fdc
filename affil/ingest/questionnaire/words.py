"""The words of questionnaires (words.yml), checked and compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from affil.plain_yaml import plain_yaml

_FLAGS = re.IGNORECASE | re.MULTILINE
LEFT_OUT = "left_out"


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str
    lead: str
    items: dict[str, str]
    left_out: list[str]
    hints: list[str]
    nothing: str
    change: str
    change_reason: str
    change_to: str
    work_from: str
    work_to: str
    work_post: str
    work_firm: str
    work_address: str
    still_there: str
    abroad: str
    signed_by_office: str
    signature: str
    date_words: str
    editions: dict[str, str]
    form: str
    form_items: list[str]
    unknown_form: str
    places: dict[str, str]
    posts: list[str]
    address_piece: str
    bodies: dict[str, str]
    genitive_begins: str
    genitive_endings: dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class QuestionnaireWords:
    """Patterns by what they find; `items` finds the beginning of any item, its group names the item."""

    title: re.Pattern[str]
    items: re.Pattern[str]
    hints: re.Pattern[str]
    nothing: re.Pattern[str]
    change: re.Pattern[str]
    change_reason: re.Pattern[str]
    change_to: re.Pattern[str]
    work_from: re.Pattern[str]
    work_to: re.Pattern[str]
    work_post: re.Pattern[str]
    work_firm: re.Pattern[str]
    work_address: re.Pattern[str]
    still_there: re.Pattern[str]
    abroad: re.Pattern[str]
    signed_by_office: re.Pattern[str]
    signature: re.Pattern[str]
    date_words: re.Pattern[str]
    editions: dict[str, re.Pattern[str]]
    form: str
    form_items: tuple[re.Pattern[str], ...]
    unknown_form: re.Pattern[str]
    table: str
    paragraph: str
    posts: re.Pattern[str]
    address_piece: re.Pattern[str]
    bodies: dict[str, str]
    genitive_begins: re.Pattern[str]
    genitive_endings: dict[str, str]


def _compiled(pattern: str, flags: int = _FLAGS) -> re.Pattern[str]:
    """A space of the pattern is any run of white space; one that may be absent (` ?`, ` *`) may be a run too."""
    return re.compile(re.sub(r" (?=[?*])", r"\\s", pattern).replace(" ", r"\s+").replace(r"\s?", r"\s*"), flags)


@cache
def questionnaire_words() -> QuestionnaireWords:
    """The shipped words."""
    spec = _Spec.model_validate(plain_yaml((Path(__file__).parent / "words.yml").read_text(encoding="utf-8")))
    left_out = "|".join(spec.left_out)
    groups = "|".join([f"(?P<{LEFT_OUT}>{left_out})", *(f"(?P<{name}>{pattern})" for name, pattern in spec.items.items())])
    plain = {
        name: _compiled(getattr(spec, name)) for name in QuestionnaireWords.__slots__ if isinstance(getattr(spec, name, 0), str)
    }
    compiled: dict[str, Any] = {
        **plain,
        "items": _compiled(f"^{spec.lead}(?:{groups})"),
        "title": _compiled(rf"^\W*{spec.title}$"),
        "hints": _compiled("|".join(f"(?:{hint})" for hint in spec.hints)),
        "change_reason": _compiled(spec.change_reason, 0),
        "change_to": _compiled(spec.change_to, 0),
        "editions": {name: _compiled(pattern) for name, pattern in spec.editions.items()},
        "form": spec.form,
        "form_items": tuple(map(_compiled, spec.form_items)),
        "table": spec.places["table"],
        "paragraph": spec.places["paragraph"],
        "posts": re.compile(rf"\W*(?:{'|'.join(spec.posts)})", re.IGNORECASE),
        "bodies": spec.bodies,
        "genitive_endings": spec.genitive_endings,
    }
    return QuestionnaireWords(**compiled)
