"""What is wrong with a rule file, as values that words can tell: where, what was found, what was expected, what to do."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from affil.words import Words

FOUND_SIGNS = 60
_RANGES = {"greater_than": ">", "greater_than_equal": "≥", "less_than": "<", "less_than_equal": "≤"}
_SHAPES = {
    "string_type": "text", "bool_type": "yes_or_no", "bool_parsing": "yes_or_no", "int_type": "whole", "int_parsing": "whole",
    "int_from_float": "whole", "float_type": "number", "float_parsing": "number", "date_type": "date", "date_parsing": "date",
    "date_from_datetime_parsing": "date", "date_from_datetime_inexact": "date", "tuple_type": "list", "list_type": "list",
    "model_type": "table", "model_attributes_type": "table", "dict_type": "table", "string_pattern_mismatch": "id",
    "string_too_short": "not_empty", "too_short": "not_empty", "missing": "present",
}  # fmt: skip


class Misfit(ValueError):
    """Parts of a rule that do not go together: `kind` is a text of `lint`, `key` where, `parts` the keys it was seen in."""

    def __init__(self, kind: str, key: str = "", parts: Sequence[str] = (), **params: str) -> None:
        self.kind, self.key, self.parts, self.params = kind, key, tuple(parts), params
        super().__init__(Words("en")(f"lint.{kind}.expected", **params))


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file. `kind` names its texts in the catalogue; a `note` is told and is no fault."""

    file: str
    key: str
    kind: str
    found: str = ""
    params: tuple[tuple[str, str], ...] = ()
    note: bool = False

    def parts(self, words: Words) -> dict[str, str]:
        """The fault as `affil rules check --json` tells it."""
        params = dict(self.params)
        return {
            "file": self.file, "key": self.key, "kind": self.kind, "found": self.found,
            "expected": words(f"lint.{self.kind}.expected", **params), "remedy": words(f"lint.{self.kind}.remedy", **params),
        }  # fmt: skip

    def line(self, words: Words) -> str:
        """The fault in one line."""
        told = self.parts(words)
        told["where"] = told.pop("key") or words("lint.whole_file")
        return words("lint.note" if self.note else "lint.line" if self.found else "lint.nothing_found", **told)


def schema_faults(error: ValidationError, file: str, model: type[BaseModel], within: str = "") -> Iterator[Fault]:
    """Every fault that the shape of a file has. `within` is put before each key."""
    for one in error.errors():
        where = ".".join(str(part) for part in (*((within,) if within else ()), *one["loc"]))
        found = shown(one.get("input"))
        kind, context = one["type"], one.get("ctx", {})
        misfit = context.get("error")
        if isinstance(misfit, Misfit):
            yield misfit_fault(misfit, file, where, found)
        elif kind == "extra_forbidden":
            yield Fault(
                file, where, "unknown_key", found, known_and_nearest(str(one["loc"][-1]), _keys_at(model, one["loc"][:-1]))
            )
        elif kind == "literal_error":
            yield Fault(
                file, where, "one_of", found, (("known", str(context["expected"]).replace(" or ", ", ").replace("'", "")),)
            )
        elif kind in _RANGES:
            yield Fault(file, where, "range", found, (("range", f"{_RANGES[kind]} {next(iter(context.values()))}"),))
        elif kind in _SHAPES:
            yield Fault(file, where, _SHAPES[kind], "" if kind == "missing" else found)
        else:
            yield Fault(file, where, "other", found, (("message", one["msg"]),))


def misfit_fault(misfit: Misfit, file: str, where: str = "", found: str = "") -> Fault:
    """A misfit as a fault of a file; `where` is the part of the file it was seen in."""
    key = ".".join(part for part in (where, misfit.key) if part)
    return Fault(file, key, misfit.kind, found, tuple(sorted(misfit.params.items())))


def known_and_nearest(name: str, known: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What a misspelt name is told with: the names there are, the likeliest first."""
    nearest = get_close_matches(name, known, n=1)
    return (("known", ", ".join([*nearest, *(each for each in sorted(known) if each not in nearest)])),)


def shown(value: object) -> str:
    """A value of a file in a line of text."""
    text = " ".join(str(value).split())
    return text if len(text) <= FOUND_SIGNS else text[:FOUND_SIGNS] + "…"


def _keys_at(model: type[BaseModel], path: Sequence[int | str]) -> list[str]:
    for part in path:
        if isinstance(part, str) and part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in typing.get_args(annotation) if (found := _model_in(part))), None)
