"""The grammar of descriptive phrases: «двоюродный брат жены», «дед / бабушка супруга», "wife's sister's husband"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import product

from affil.language.kin_vocabulary import Adjective, Effect, Noun, effects, longest_noun, meant_adjective, meant_noun, phrases

_MAX_NOUNS = 4
_MAX_CHAINS = 12
_WORDS = re.compile(r"[a-zа-я†]+|[/\\,;+&]")
_POSSESSIVE = re.compile(r"(?:'|’|`)s\b|(?<=s)(?:'|’)(?=\s)")
_SHARED_POSSESSIVE = re.compile(r"(?:'|’|`)s\s*/\s*(\w+)(?:'|’|`)s")


@dataclass(frozen=True, slots=True)
class Reading:
    """The meanings of a phrase, before they become a `KinWord`."""

    chains: tuple[str, ...]
    gender: str | None
    ego_gender: str | None
    group: bool


@dataclass(frozen=True, slots=True)
class _Member:
    """A noun with its adjectives, as one of several on a level («брат или сестра»)."""

    noun: Noun
    adjectives: tuple[str, ...]
    joined: str  # the word that joins it to the member before, '' for the first


_Level = tuple[_Member, ...]
_Phrase = tuple[_Level, ...]  # the head first, then each genitive
_Token = tuple[str, tuple[Noun, ...], Adjective | None]


def read_phrase(text: str) -> Reading | None:
    """What the phrase means, None where a word of it is not known or the words do not fit together."""
    for pattern, instead in (*phrases().replace, (phrases().one_parent, " ")):
        text = pattern.sub(instead, text)
    tokens = _tokens(_without_possessives(text))
    if not tokens:
        return None
    for adjective_first, backwards in product((True, False), (True, False)):
        found = _alternatives(tokens, adjective_first, backwards) or _alternatives(
            _turned(tokens), adjective_first, backwards=False
        )
        readings = [_meaning(phrase) for phrase in found]
        whole = [reading for reading in readings if reading]
        if whole and len(whole) == len(readings):
            return merged(whole, together=False)
    return None


def merged(readings: list[Reading], together: bool) -> Reading:
    """One reading of several said side by side: what all of them allow, or all their meanings where nothing is common."""
    common = [chain for chain in readings[0].chains if all(chain in other.chains for other in readings)]
    every = [chain for reading in readings for chain in reading.chains]
    genders = {reading.gender for reading in readings}
    egos = {reading.ego_gender for reading in readings}
    return Reading(
        tuple(dict.fromkeys(common or every)),
        genders.pop() if len(genders) == 1 else None,
        egos.pop() if len(egos) == 1 else None,
        together or all(reading.group for reading in readings),
    )


def _without_possessives(text: str) -> str:
    """ "wife's sister's husband" as "husband of sister of wife"; "spouse's uncle / aunt" as "uncle / aunt of spouse"."""
    text, shared = _SHARED_POSSESSIVE.subn(r"/\1's", text)
    parts = [part.strip() for part in re.split(r"([/,])", text)]
    owners = [bool(_POSSESSIVE.search(part)) for part in parts]
    if shared or (owners[0] and not any(owners[1:])):
        parts = [" ".join(parts)]
    return " ".join(" of ".join(_owners_last(piece) for piece in re.split(r"\bof\b", part)) for part in parts)


def _owners_last(text: str) -> str:
    return " of ".join(reversed(_POSSESSIVE.split(text)))


def _tokens(text: str) -> list[_Token]:
    """The words of the phrase with what each can be; [] where one is unknown."""
    words = _WORDS.findall(text)
    tokens: list[_Token] = []
    while words:
        taken, token = _next_token(words)
        if not taken:
            return []
        tokens.append(token)
        words = words[taken:]
    return tokens


def _next_token(words: list[str]) -> tuple[int, _Token]:
    for size in range(min(longest_noun(), len(words)), 1, -1):
        nouns = meant_noun(" ".join(words[:size]))
        if nouns:
            return size, (" ".join(words[:size]), nouns, None)
    word = words[0]
    if word in phrases().join or word in phrases().of:
        return 1, (word, (), None)
    nouns, adjective = meant_noun(word), meant_adjective(word)
    return (1 if nouns or adjective else 0), (word, nouns, adjective)


def _turned(tokens: list[_Token]) -> list[_Token]:
    """«жены брат» as «брат жены»: the phrase with its last noun first, where nothing joins its parts."""
    nouns = [place for place, token in enumerate(tokens) if token[1]]
    if len(nouns) < 2 or any(not token[1] and token[2] is None for token in tokens):
        return []
    head = nouns[-2] + 1
    return tokens[head:] + tokens[:head]


def _alternatives(tokens: list[_Token], adjective_first: bool, backwards: bool) -> list[_Phrase]:
    """The phrase as levels, or several phrases («муж внучки / жена внука»); [] where the cases do not fit."""
    phrases_found: list[list[list[_Member]]] = []
    waiting: list[str] = []
    joined = ""
    for place, (word, nouns, adjective) in enumerate(tokens):
        later_noun = any(token[1] for token in tokens[place + 1 :])
        if adjective and (not nouns or (adjective_first and (later_noun or phrases_found))):
            if phrases_found and (not later_noun or (backwards and not joined and adjective.of is not True)):
                # a nominative speaks of the head («брат мужа двоюродный»), a genitive of the word before it
                _describe(phrases_found[-1][0 if adjective.of is False else -1], adjective.effect)
            else:
                waiting.append(adjective.effect)
        elif nouns:
            if not _placed(phrases_found, nouns, tuple(waiting), joined):
                return []
            waiting, joined = [], ""
        else:
            joined = word
    return [] if waiting else [tuple(tuple(level) for level in phrase) for phrase in phrases_found]


def _describe(level: list[_Member], effect: str) -> None:
    level[-1] = replace(level[-1], adjectives=(*level[-1].adjectives, effect))


def _placed(found: list[list[list[_Member]]], nouns: tuple[Noun, ...], adjectives: tuple[str, ...], joined: str) -> bool:
    """Puts a noun where its case allows: head, beside the one before, the next genitive, or a new phrase."""
    head = next((noun for noun in nouns if not noun.of), None)
    tail = next((noun for noun in nouns if noun.of), None)
    if not found:
        if head:
            found.append([[_Member(head, adjectives, "")]])
        return head is not None
    phrase = found[-1]
    beside = joined != "" and joined not in phrases().of
    if beside and head and (len(phrase) == 1 or not tail):
        if len(phrase) == 1 and all(member.noun != head for member in phrase[0]):
            phrase[0].append(_Member(head, adjectives or _shared(phrase[0], joined), joined))
        else:
            found.append([[_Member(head, adjectives, joined)]])
        return True
    if not tail or (not beside and tail.chains and _english(phrase) and joined not in phrases().of):
        return False
    if beside and len(phrase) > 1:
        phrase[-1].append(_Member(tail, adjectives or _shared(phrase[-1], joined), joined))
    else:
        phrase.append([_Member(tail, adjectives, "")])
    return len(phrase) <= _MAX_NOUNS


def _shared(level: list[_Member], joined: str) -> tuple[str, ...]:
    """«бывшие тесть/тёща», «двоюродный брат или сестра»: the adjective speaks of both; after a comma it does not."""
    return () if joined in (",", ";") else level[-1].adjectives


def _english(phrase: list[list[_Member]]) -> bool:
    return phrase[-1][-1].noun.english


def _meaning(phrase: _Phrase) -> Reading | None:
    levels = [_level_meaning(level) for level in phrase]
    known = [level for level in levels if level]
    if len(known) < len(levels):
        return None
    chains: tuple[str, ...] = known[-1].chains
    for level in reversed(known[:-1]):
        chains = tuple(filter(None, (_followed(near, far) for near, far in product(chains, level.chains))))
    if not chains:
        return None
    chains = tuple(each for chain in chains for each in (phrases().also.get(chain, chain), chain))
    return Reading(tuple(dict.fromkeys(chains))[:_MAX_CHAINS], known[0].gender, known[-1].ego_gender, known[0].group)


def _followed(near: str, far: str) -> str | None:
    """The chain of «far» kin of one's «near» kin («сын супруги»: near spouse, far child); None where there is no such.

    Only the two links that meet are shortened: «сын отца жены» is the wife's brother.
    """
    before, _, last = near.rpartition(".")
    first, _, after = far.partition(".")
    seam = f"{last}.{first}"
    if seam in phrases().nothing:
        return None
    return ".".join(filter(None, (before, phrases().short.get(seam, seam), after)))


def _level_meaning(level: _Level) -> Reading | None:
    readings = [_member_meaning(member) for member in level]
    known = [reading for reading in readings if reading]
    if not known or len(known) < len(readings):
        return None
    return merged(known, together=any(member.joined in phrases().together for member in level))


def _member_meaning(member: _Member) -> Reading | None:
    chains = member.noun.chains
    for name in member.adjectives:
        chains = tuple(turned for chain in chains for turned in _described(chain, effects()[name]))
    if not chains:
        return None
    return Reading(tuple(dict.fromkeys(chains)), member.noun.gender, member.noun.ego_gender, member.noun.many)


def _described(chain: str, effect: Effect) -> tuple[str, ...]:
    """The readings of `chain` under an adjective; () where the adjective cannot be said of it."""
    if effect.name == "none":
        return (chain,)
    if chain in effect.turns:
        return tuple(effect.turns[chain])
    links = chain.split(".")
    plain = [link.split("(")[0] for link in links]
    place = next((plain.index(word) for word in effect.on if word in plain), None)
    if place is None:
        return (chain,) if effect.keeps else ()
    if "(" not in links[place]:
        links[place] = f"{links[place]}({effect.mark})"
    marked = ".".join(links)
    return (marked, chain) if effect.keeps else (marked,)
