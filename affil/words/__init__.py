"""Every text a person reads, in Russian and English: one TOML file a topic in `ru/` and `en/`, the same keys in both."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("ru", "en")


@cache
def _topic(lang: str, topic: str) -> dict[str, Any]:
    with (Path(__file__).parent / lang / f"{topic}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _value(lang: str, key: str) -> Any:
    topic, *path = key.split(".")
    value: Any = _topic(lang, topic)
    for part in path:
        value = value[part]
    return value


class Words:
    """The catalogue in one language: `words("rejects.bad_inn.reason", value="123")` gives the sentence, filled in.

    The first part of a key is the file, the rest the path of tables inside it. A missing key is a `KeyError`:
    a text that is not in the catalogue is a defect, not something to show.
    """

    def __init__(self, lang: str) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"language {lang!r}: expected one of {', '.join(LANGUAGES)}")
        self.lang = lang

    def __call__(self, key: str, **params: object) -> str:
        text = self.raw(key)
        if not isinstance(text, str):
            raise KeyError(key)
        return text.format(**params) if params else text

    def note(self, note: str) -> str:
        """The sentence of a remark about a file: a key of `notes`, then `|`, then its value."""
        key, _, value = note.partition("|")
        return self(f"notes.{key}", value=value)

    def raw(self, key: str) -> Any:
        """The value at `key` as it stands in the catalogue: a text, a list of texts or a table."""
        return _value(self.lang, key)
