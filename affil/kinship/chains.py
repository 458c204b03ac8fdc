"""The algebra of kinship chains: texts such as `spouse.sibling` or `child(adopted).child`, read from the official outward.

Links are `parent child spouse sibling`, with the marks `former` (of spouse), `half` (of sibling), `adopted` (of parent and
child); `partner`, `ward` and `guardian` stand alone. Degree follows Civil Code art. 1145 p. 1: the number of births.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

SELF = "self"
_INVERSE = {
    "parent": "child", "child": "parent", "spouse": "spouse", "sibling": "sibling",
    "partner": "partner", "ward": "guardian", "guardian": "ward",
}  # fmt: skip
_BIRTHS = {"parent": 1, "child": 1, "sibling": 2}
_MARKS = {"spouse": ("former",), "sibling": ("half",), "parent": ("adopted",), "child": ("adopted",)}
_ALONE = frozenset(("partner", "ward", "guardian"))
_LINK = re.compile(r"([a-z]+)(?:\(([a-z]+)\))?")


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain."""

    kind: str
    mark: str | None = None

    def __str__(self) -> str:
        return f"{self.kind}({self.mark})" if self.mark else self.kind


_Chain = tuple[Link, ...]


@cache
def parsed(chain: str) -> tuple[Link, ...]:
    """The links of `chain`, () of `self`; ValueError where a word or mark is not one of kinship."""
    return () if chain == SELF else tuple(_link(text) for text in chain.split("."))


def _link(text: str) -> Link:
    match = _LINK.fullmatch(text)
    if match is None or match[1] not in _INVERSE or (match[2] and match[2] not in _MARKS.get(match[1], ())):
        raise ValueError(f"kinship link {text!r}: expected {', '.join(_INVERSE)}, with the marks former, half, adopted")
    return Link(match[1], match[2])


def formatted(links: tuple[Link, ...]) -> str:
    """The chain of `links` as text."""
    return ".".join(map(str, links)) or SELF


def links(chain: str) -> int:
    """Number of links, 0 of `self`."""
    return len(parsed(chain))


def ended_marriage(chain: str) -> str:
    """The chain with its first marriage a former one: `spouse.parent` → `spouse(former).parent`; itself where there is none."""
    parts = chain.split(".")
    first = parts.index("spouse") if "spouse" in parts else None
    return ".".join("spouse(former)" if index == first else part for index, part in enumerate(parts))


def marriages(chain: str) -> int:
    """Number of marriages on the way, ended ones too."""
    return sum(link.kind == "spouse" for link in parsed(chain))


def degree(chain: str) -> int | None:
    """Births on the way (Civil Code art. 1145 p. 1), of kin by marriage those of the blood part; None where there are none."""
    return sum(_BIRTHS.get(link.kind, 0) for link in parsed(chain)) or None


@cache
def without_marks(chain: str, *marks: str) -> str:
    """`chain` with the named marks left out: `sibling(half)` without half is `sibling`."""
    return formatted(tuple(Link(link.kind) if link.mark in marks else link for link in parsed(chain)))


@cache
def inverse(chain: str) -> str:
    """What the official is to the relative: `spouse.sibling` seen from there is `sibling.spouse`."""
    return formatted(tuple(Link(_INVERSE[link.kind], link.mark) for link in reversed(parsed(chain))))


@cache
def concat_reduce(near: str, far: str) -> tuple[str, ...]:
    """All that the `far` kin of one's `near` kin can be to one, shortest first, then by alphabet; () if nothing.

    The two ends are different persons. Persons inside a chain have no names, so those on both sides of the seam may be
    one and the same: the mother's (parent) grandchild (child.child) is one's own child or a nephew (sibling.child).
    Only the seam is reduced: a declared stepson (spouse.child) never becomes a child by himself.
    """
    found = {formatted(chain) for chain in _joined(parsed(near), parsed(far)) if chain}
    return tuple(sorted(found, key=lambda chain: (links(chain), chain)))


def _joined(near: _Chain, far: _Chain) -> Iterator[_Chain]:
    if not near or not far:
        yield near or far
    elif len(near + far) > 1 and any(link.kind in _ALONE for link in near + far):
        return
    else:
        for middle in _seam(near[-1], far[0]):
            yield from _settled(near[:-1], middle, far[1:])


def _settled(before: _Chain, middle: _Chain, after: _Chain) -> Iterator[_Chain]:
    """The chains left when the two links at the seam became `middle`: none, one or two links."""
    if len(middle) == 2:
        yield before + middle + after
    elif not middle:
        yield from _joined(before, after)
    else:
        for start in _joined(before, middle):
            yield from _joined(start, after)


@cache
def _seam(near: Link, far: Link) -> tuple[_Chain, ...]:
    """What two neighbouring links amount to: () is the person one came from, two links are no shorter relation."""
    rule = _SEAMS.get((near.kind, far.kind))
    return rule(near, far) if rule else ((near, far),)


def _parents_child(near: Link, far: Link) -> tuple[_Chain, ...]:
    """Oneself or a brother or sister, perhaps a half one; an adopted child is equal to one by birth (Family Code art. 137)."""
    return (), (Link("sibling"),), (Link("sibling", "half"),)


def _childs_parent(near: Link, far: Link) -> tuple[_Chain, ...]:
    """Oneself, the spouse, or the other parent with whom there is no marriage (`child.parent`)."""
    return (), (Link("spouse"),), (Link("child"), Link("parent"))


def _spouses_spouse(near: Link, far: Link) -> tuple[_Chain, ...]:
    """Oneself; another person only where one of the marriages is over."""
    if near.mark == far.mark:
        return ((), (near, far)) if near.mark else ((),)
    return ((near, far),)


def _siblings_sibling(near: Link, far: Link) -> tuple[_Chain, ...]:
    """Full brothers and sisters share both parents; a half sibling's half sibling may share none with one."""
    half, full = Link("sibling", "half"), Link("sibling")
    if near.mark and far.mark:
        return (), (half,), (full,), (near, far)
    return (), (half if near.mark or far.mark else full,)


def _siblings_parent(near: Link, far: Link) -> tuple[_Chain, ...]:
    """One's own parent; of a half sibling perhaps another: a parent's spouse, or a parent without marriage."""
    if not near.mark:
        return ((far,),)
    return (far,), (Link("parent"), Link("spouse")), (near, far)


def _childs_sibling(near: Link, far: Link) -> tuple[_Chain, ...]:
    """One's own child; a half sibling of one's child perhaps only the spouse's, or neither's."""
    own = (((near,),) if near.mark else ()) + ((Link("child"),),)
    if not far.mark:
        return own
    return *own, (Link("spouse"), Link("child")), (near, far)


def _parents_spouse(near: Link, far: Link) -> tuple[_Chain, ...]:
    """The other parent, or a step-parent."""
    adopted = ((near,),) if near.mark else ()
    return (Link("parent"),), *adopted, (near, far)


def _spouses_child(near: Link, far: Link) -> tuple[_Chain, ...]:
    """One's own child, or a stepchild."""
    adopted = ((far,),) if far.mark else ()
    return (Link("child"),), *adopted, (near, far)


_SEAMS = {
    ("parent", "child"): _parents_child,
    ("child", "parent"): _childs_parent,
    ("spouse", "spouse"): _spouses_spouse,
    ("sibling", "sibling"): _siblings_sibling,
    ("sibling", "parent"): _siblings_parent,
    ("child", "sibling"): _childs_sibling,
    ("parent", "spouse"): _parents_spouse,
    ("spouse", "child"): _spouses_child,
}
