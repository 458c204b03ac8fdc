"""Words that several sections of the report on a person use: kin, periods, control."""

from __future__ import annotations

from collections.abc import Sequence

from affil.kinship.naming import kin_name
from affil.person.participation import DECLARED_ONLY, SUPPLIED
from affil.reports.phrases import label
from affil.words import Words


def period_text(start: str, end: str, words: Words) -> str:
    """`с … по …` of two written days, or one half of it."""
    if start and end:
        return words("person.person.period_both", start=start, end=end)
    return (
        words("person.person.period_from", start=start) if start else words("person.person.period_until", end=end) if end else ""
    )


def kin_text(word: str, chains: Sequence[str], gender: str | None, words: Words) -> str:
    """The questionnaire's word, with its readings where it has several; in another language its meaning before it."""
    readings = [chain_text(chain, gender, None, words) for chain in chains]
    if len(readings) > 1:
        return words("person.kin.ambiguous", word=word, readings=", ".join(readings))
    if words.lang != "ru" and readings and readings[0] != word:
        return words("person.kin.foreign", kin=readings[0], word=word)
    return word


def inn_text(inn: str | None, words: Words) -> str:
    """`, ИНН …` after a name, nothing where it is unknown."""
    return words("person.questions.inn", inn=inn) if inn else ""


def control_word(kind: str, assumed: Sequence[str], words: Words) -> str:
    """The position in an organisation in words; that the size of a share is unknown is told."""
    if kind == "sole-proprietor":
        return words("person.firms.supplied" if SUPPLIED in assumed else "person.firms.proprietor")
    return words("person.firms.declared_only") if kind == DECLARED_ONLY else label(words, "reports.control", kind)


def chain_text(chain: str, gender: str | None, ego: str | None, words: Words) -> str:
    """The name of a chain of kin, the chain itself where it has none."""
    try:
        return kin_name(chain, gender, ego, words) if chain else ""
    except ValueError:
        return chain
