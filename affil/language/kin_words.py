"""What a word or phrase of kinship means, as chains seen from the official.

Ground: Family Code arts. 14, 137, 152; Civil Code art. 1145; the terms of kinship and affinity of the questionnaire
(form 667-р p. 13). Vocabulary: `kin_words.csv`, `kin_marks.toml`; grammar of phrases: `kin_phrases.py`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache

from affil.language.kin_phrases import Reading, merged, read_phrase
from affil.language.kin_vocabulary import folded, meant_noun, phrases

_LOOK_ALIKE = str.maketrans("aceopxykmtbh", "асеорхукмтвн")
_LONGEST = 200  # characters; more is a story, not a word of kinship
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]?")
_ENDING = re.compile(r"(?<=[а-я])\s*\(\s*(?:а|ая|я|и|ы|ья|ье|ие|ые|ий|ый|ой|ка|ца|ница|ица|его|ей|ых)\s*\)")
_DASH = re.compile(r"\s+[‐-―−-]+\s+(.+)$")
_LIST = re.compile(r"\s*[,;]\s*")
_TWO_GENDERS = re.compile(r"(\w+)\s*\((\w+)\)")


@dataclass(frozen=True, slots=True)
class KinWord:
    """The meaning of a word of kinship: `chains` are its readings, best first.

    `gender` is the relative's where the word tells it, `ego_gender` the speaker's (тесть is said by a man);
    `group` is a plural («родители»): a group of kin, not a person.
    """

    chains: tuple[str, ...]
    gender: str | None
    ego_gender: str | None
    group: bool


@cache
def parse_relationship(text: str) -> KinWord | None:
    """What `text` («брат жены», «зять (муж дочери)», "wife's sister") means; None where it names no kin known here.

    An ambiguous word keeps all its readings. Godparents are not kin. A typing error is forgiven where only one
    kin word is one edit away, and never turns one kin word into another.
    """
    if len(text) > _LONGEST:
        return None
    written = _spelled(text)
    whole = _TWO_GENDERS.sub(_either, _ENDING.sub("", written))
    outside = " ".join(_BRACKET.sub(" ", whole).split())
    notes = _BRACKET.findall(whole)
    reading = _one_parent(read_phrase(outside), outside)
    if reading is None and _LIST.search(outside):  # «отец, пенсионер»: what follows the kin word is remarks
        outside, *remarks = _LIST.split(outside)
        reading, notes = _one_parent(read_phrase(outside), outside), [*remarks, *notes]
    for note in notes:
        reading = _noted(outside, reading, note.strip())
    if reading is None:
        return None
    gender = None if _head_of_either_gender(written) else reading.gender
    return KinWord(reading.chains, gender, reading.ego_gender, reading.group)


def _spelled(text: str) -> str:
    """Lower case, ё as е, what follows a dash in brackets, hyphens as spaces, Latin look-alikes in Cyrillic words as Cyrillic."""
    text = _DASH.sub(r" (\1)", folded(unicodedata.normalize("NFKC", text)).strip())
    text = re.sub(r"[‐-―−_-]+", " ", text).strip(" .,:;\n\t")
    words = re.split(r"(\W+)", text)
    return "".join(word.translate(_LOOK_ALIKE) if re.search("[а-я]", word) else word for word in words)


def _either(match: re.Match[str]) -> str:
    """«брата (сестры)» as «брата / сестры»: the same kin, man or woman."""
    one, other = ({noun.chains for noun in meant_noun(match[place])} for place in (1, 2))
    return f"{match[1]} / {match[2]}" if one & other else match[0]


def _head_of_either_gender(written: str) -> bool:
    """Whether an ending in brackets («супруг(а)») stands on the word that tells the relative's gender, not on a later one."""
    ending = _ENDING.search(written)
    before = re.findall(r"\w+", written[: ending.start()])[:-1] if ending else []
    return ending is not None and not any(meant_noun(word) for word in before)


def _one_parent(reading: Reading | None, text: str) -> Reading | None:
    """«сестра по отцу» is a half sister; of other kin the line of descent changes nothing."""
    if reading is None or reading.chains != ("sibling",) or not phrases().one_parent.search(text):
        return reading
    return replace(reading, chains=("sibling(half)",))


def _noted(outside: str, reading: Reading | None, note: str) -> Reading | None:
    """The reading after what stands in brackets behind it: a choice among meanings, an adjective, the rest of the phrase."""
    if set(re.findall(r"\w+", note)) & phrases().not_kin:
        return None
    alone = read_phrase(note)
    if reading is None:
        return alone if not outside or outside in phrases().unspecific else None
    instead = read_phrase(f"{outside.rpartition(' ')[0]} {note}")
    for same in filter(None, (alone, instead)):
        if set(same.chains) & set(reading.chains):
            narrowed = merged([same, reading], together=False)
            return replace(narrowed, ego_gender=reading.ego_gender or same.ego_gender, group=reading.group)
    joined = f"{outside} {note}"
    together = _one_parent(read_phrase(joined), joined)
    if together:
        return together
    return merged([reading, alone], together=False) if alone else reading
