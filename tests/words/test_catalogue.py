"""The catalogue: both languages have the same topics and keys, the same placeholders, and no word an officer should not read."""

from __future__ import annotations

import string
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import affil.words
from affil.shipped import shipped
from affil.words import LANGUAGES, Words

sys.path.insert(0, str(Path(__file__).parents[1] / "reports"))
from avoided import avoided_words

FOLDER = Path(affil.words.__file__).parent
TOPICS = sorted({path.stem for lang in LANGUAGES for path in (FOLDER / lang).glob("*.toml")})
FORMS = {"templates"}  # cells of empty forms may be empty


def texts(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of a table with its path; entries of a list are numbered."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from texts(inner, (*path, str(number)))


def catalogue(lang: str, topic: str) -> dict[tuple[str, ...], str]:
    with (FOLDER / lang / f"{topic}.toml").open("rb") as file:
        return dict(texts(tomllib.load(file)))


def keys(lang: str, topic: str) -> set[tuple[str, ...]]:
    """Paths of all texts. Lists of headings are as long in both languages; lists of synonyms and choices may differ."""
    paths = catalogue(lang, topic)
    return {path if "headings" in path else tuple(part for part in path if not part.isdigit()) for path in paths}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("topic", TOPICS)
def test_both_languages_have_the_same_keys(topic: str) -> None:
    assert keys("ru", topic) == keys("en", topic)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_text_takes_the_same_values_in_both_languages(topic: str) -> None:
    russian, english = catalogue("ru", topic), catalogue("en", topic)
    differing = {path for path in russian.keys() & english.keys() if placeholders(russian[path]) != placeholders(english[path])}
    assert not differing


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_no_text_is_empty_or_uses_words_to_avoid(lang: str, topic: str) -> None:
    for path, text in catalogue(lang, topic).items():
        if topic not in FORMS:
            assert text.strip(), path
        assert not avoided_words(text), path


@pytest.mark.parametrize(
    "text",
    ["нарушений не выявлено", "Презумпция невиновности", "фиктивный развод", "связей нет", "по итогам проверки",
     "status: confirmed", "a critical hit", "marked red", "Дробление закупок"],
)  # fmt: skip
def test_the_search_finds_words_to_avoid(text: str) -> None:
    assert avoided_words(text)


@pytest.mark.parametrize(
    "text", ["Проверено 57 из 60", "в проверенной части признаков не обнаружено", "уклонение", "предпочтительно"]
)
def test_the_search_lets_plain_words_pass(text: str) -> None:
    assert not avoided_words(text)


def test_no_rule_says_a_word_to_avoid() -> None:
    found = {path.name: avoided_words(path.read_text("utf-8")) for path in shipped("rules").rglob("*.y*ml")}
    assert {name: words for name, words in found.items() if words} == {}


def test_a_missing_key_and_language_are_errors() -> None:
    with pytest.raises(KeyError):
        Words("ru")("reports.no_such_text")
    with pytest.raises(ValueError, match="language"):
        Words("de")
