"""rules/README.md describes the whole form: every key, every hop and every word a key may have."""

from __future__ import annotations

import re
import typing
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from affil.ingest.vocabulary.vocabulary import vocabulary
from affil.kinship.circles import group_ids
from affil.rules.cases import COMPANY_KEYS, TABLES, Case, Expected
from affil.rules.rule import RuleForm

TEXT = (Path(__file__).parents[2] / "rules" / "README.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*", TEXT))
UNSAID = {"ru", "en"}


def names_of(model: type[BaseModel], seen: set[type]) -> set[str]:
    """Every key of a model and of the models in it, and every word that one of its keys may have."""
    if model in seen:
        return set()
    seen.add(model)
    found = set(model.model_fields)
    for field in model.model_fields.values():
        found |= names_in(field.annotation, seen)
    return found


def names_in(annotation: Any, seen: set[type]) -> set[str]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return names_of(annotation, seen)
    if typing.get_origin(annotation) is typing.Literal:
        return {str(word) for word in typing.get_args(annotation)}
    return {name for part in typing.get_args(annotation) for name in names_in(part, seen)}


def said(name: str) -> bool:
    return name in WORDS or (not name.isidentifier() and name in TEXT)


@pytest.mark.parametrize("model", [RuleForm, Case, Expected])
def test_every_key_and_word_of_the_form_is_described(model: type[BaseModel]) -> None:
    names = names_of(model, set()) - UNSAID
    assert len(names) > 10
    assert sorted(name for name in names if not said(name)) == []


def test_the_words_of_the_vocabularies_are_described() -> None:
    names = {*group_ids(), *COMPANY_KEYS, *TABLES, *vocabulary().values["status"].values()}
    names |= set(vocabulary().values["procurement_role"].values())
    assert sorted(name for name in names if name not in TEXT) == []
