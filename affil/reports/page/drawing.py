"""Where the shapes and lines of a drawn path stand. One column from the official down to the purchase, readable on a phone.

A step whose both ends are already drawn closes a loop (the purchase's customer is where the official serves): it runs
along a rail at the left. The template turns this into SVG and escapes every text.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from affil.model.finding import Step
from affil.reports.cases import DrawnPath
from affil.reports.page.identities import Node, ends_of, joined
from affil.reports.phrases import detail_text, is_kin, is_supposed, period_text, relation_word
from affil.words import Words

WIDTH = 320  # shapes are four less; the style sheet says so too
RAIL = 26  # room for one rail and its turned label
NAME_CHARS, NAME_LINES, NOTE_CHARS = 36, 3, 48
LABEL_CHARS, LABEL_LINES = 42, 3
BROAD, WIDEST = frozenset("жмфшщыюmw—"), 1.7
LINE, CAPTION = 16, 14
BESIDE, APART = 8, 6  # between parallel arrows, and between their labels
PLAIN_CONTROLS = frozenset(
    {"sole-proprietor", "director", "manager", "owner", "same_as", "name-pattern", "supplier", "participant"}
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn person (rounded), organisation (square) or purchase (a sheet with a folded corner); `y` is its upper edge,
    `note` tells what makes several records one person."""

    kind: str
    caption: str
    lines: tuple[str, ...]
    note: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow: `d` is its SVG path, `lines` its label at `x`, `y`, turned upright along a rail where `turned`."""

    d: str
    dashed: bool
    lines: tuple[str, ...]
    x: int
    y: int
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole drawing in units of its own view box; shapes are `inner` wide and begin at `left`."""

    width: int
    height: int
    left: int
    inner: int
    shapes: tuple[Shape, ...]
    arrows: tuple[Line, ...]


def drawing_of(drawn: DrawnPath, words: Words, captions: bool = True) -> Drawing:
    """The drawing of one path, the official on top; without `captions` shapes carry only names, and a legend tells the rest."""
    steps, identities = joined(drawn.path.steps)
    nodes, edges = walk(steps, start_of(drawn))
    notes = {key: _note(same, words) for key, same in identities.items()}
    rails = sum(1 for origin, target, _ in edges if abs(origin - target) != 1)
    left = 4 + RAIL * rails
    gaps = [_gap(index, edges, drawn, words) for index in range(len(nodes) - 1)]
    shapes = _shapes(nodes, gaps, drawn, words, captions, notes)
    arrows = _arrows(edges, shapes, left, drawn, words) + _customers(nodes, edges, shapes, left, words)
    height = shapes[-1].y + shapes[-1].height + 4
    return Drawing(left + WIDTH, height, left, WIDTH - 4, tuple(shapes), tuple(arrows))


def start_of(drawn: DrawnPath) -> Node:
    """Where the walk begins: the official, or a supplier where there is none."""
    return Node(drawn.finding.ends[0].name, "person" if drawn.finding.employee else "organisation")


def walk(steps: Sequence[Step], start: Node) -> tuple[list[Node], list[tuple[int, int, Step]]]:
    """Nodes in the order of a walk over the steps from `start`, and the steps as pairs of places in that list.

    Two persons of one name are two nodes: a step from a name to itself always leads to a new one.
    """
    nodes = [_first_node(steps, start)]
    edges: list[tuple[int, int, Step]] = []
    left = list(steps)
    here = 0
    while left:
        step = min(left, key=lambda item: _order(item, nodes[here]))
        left.remove(step)
        here = _place(step, here, nodes, edges)
    return nodes, edges


def _first_node(steps: Sequence[Step], start: Node) -> Node:
    ends = [end for step in steps for end in ends_of(step)]
    return next((end for end in ends if end.is_same(start)), ends[0] if ends else start)


def _order(step: Step, here: Node) -> tuple[bool, bool, bool]:
    """Steps that touch the place come first, an identity before what it leads to, kin and firms before the post."""
    main = is_kin(step.relation) or step.relation in PLAIN_CONTROLS
    return not any(here.is_same(end) for end in ends_of(step)), step.relation != "same_as", not main


def _place(step: Step, here: int, nodes: list[Node], edges: list[tuple[int, int, Step]]) -> int:
    origin, target = ends_of(step)
    if not nodes[here].is_same(origin) and not nodes[here].is_same(target):
        here = _known_or_new(origin, nodes)
    forward = nodes[here].is_same(origin)
    other = target if forward else origin
    place = _new(other, nodes) if origin.is_same(target) else _known_or_new(other, nodes)
    edges.append((here, place, step) if forward else (place, here, step))
    return place if place == len(nodes) - 1 else here


def _known_or_new(node: Node, nodes: list[Node]) -> int:
    known = [place for place, other in enumerate(nodes) if other.is_same(node)]
    return known[0] if known else _new(node, nodes)


def _new(node: Node, nodes: list[Node]) -> int:
    nodes.append(node)
    return len(nodes) - 1


def _label(step: Step, drawn: DrawnPath, words: Words) -> tuple[str, ...]:
    texts = (relation_word(step, drawn.finding, words), detail_text(step, words), period_text(step, words))
    lines = [line for text in texts if text for line in wrapped(text, LABEL_CHARS, 2)]
    return tuple(lines[:LABEL_LINES])


def _gap(index: int, edges: list[tuple[int, int, Step]], drawn: DrawnPath, words: Words) -> int:
    """Height between two shapes: room for the label of the line between them."""
    between = [step for origin, target, step in edges if {origin, target} == {index, index + 1}]
    lines = sum(len(_label(step, drawn, words)) for step in between)
    return 24 + (LINE - 2) * max(lines, 1) + APART * max(len(between) - 1, 0)


def _note(identities: list[Step], words: Words) -> str:
    """What makes several records one node: `то же лицо: совпал ИНН`."""
    told = dict.fromkeys(detail_text(step, words) for step in identities)
    text = "; ".join(detail for detail in told if detail)
    word = words("reports.relation.same_as")
    return wrapped(f"{word}: {text}" if text else word, NOTE_CHARS, 1)[0]


def _shapes(
    nodes: list[Node], gaps: list[int], drawn: DrawnPath, words: Words, captions: bool, notes: dict[str, str]
) -> list[Shape]:
    shapes: list[Shape] = []
    y = 4
    for index, node in enumerate(nodes):
        name, kind, _ = node
        lines = wrapped(name, NAME_CHARS, NAME_LINES)
        if kind == "purchase" and drawn.purchases > 1:
            lines = (*lines, words("page.more_purchases", number=drawn.purchases - 1))
        official = drawn.finding.employee
        key = "official" if index == 0 and official and name == official.name else kind
        note = notes.get(node.key, "")
        height = (CAPTION if captions else 0) + 16 + LINE * len(lines) + (CAPTION if note else 0)
        shapes.append(Shape(key, words.raw("page.kind").get(key, "") if captions else "", lines, note, y, height))
        y += height + (gaps[index] if index < len(gaps) else 0)
    return shapes


def _arrows(edges: list[tuple[int, int, Step]], shapes: list[Shape], left: int, drawn: DrawnPath, words: Words) -> list[Line]:
    arrows: list[Line] = []
    used: dict[int, list[int]] = defaultdict(list)  # by gap, the lines of each label in it
    rail = left - 4
    for origin, target, step in edges:
        label = _label(step, drawn, words)
        if abs(origin - target) == 1:
            upper = min(origin, target)
            arrows.append(_straight(origin, target, shapes, left, label, used[upper], is_supposed(step)))
            used[upper].append(len(label))
        else:
            rail -= RAIL
            arrows.append(_railed(origin, target, shapes, left, rail + 16, label, is_supposed(step)))
    return arrows


def _customers(nodes: list[Node], edges: list[tuple[int, int, Step]], shapes: list[Shape], left: int, words: Words) -> list[Line]:
    """The line from a customer to the purchase above him: the purchase's own record names him, no step of its own does."""
    joined = {frozenset(edge[:2]) for edge in edges}
    label = (words("reports.relation.customer"),)
    return [
        _straight(place + 1, place, shapes, left, label, [], False)
        for place in range(len(nodes) - 1)
        if (nodes[place].kind, nodes[place + 1].kind) == ("purchase", "organisation")
        and frozenset((place, place + 1)) not in joined
    ]


def _straight(
    origin: int, target: int, shapes: list[Shape], left: int, label: tuple[str, ...], above: list[int], dashed: bool
) -> Line:
    """An arrow down or up a gap; `above` are the lines of the labels that stand in it already, whose arrows run at the right."""
    upper = shapes[min(origin, target)]
    top, bottom = upper.y + upper.height, shapes[max(origin, target)].y
    x = left + max(24 - BESIDE * len(above), 4)
    start, end = (top, bottom - 2) if origin < target else (bottom, top + 2)
    return Line(f"M{x} {start}V{end}", dashed, label, left + 40, top + 24 + sum(above) * (LINE - 2) + APART * len(above))


def _railed(origin: int, target: int, shapes: list[Shape], left: int, rail: int, label: tuple[str, ...], dashed: bool) -> Line:
    start, end = (shapes[place].y + shapes[place].height // 2 for place in (origin, target))
    room = abs(end - start) // 7
    text = ", ".join(label)
    text = text if len(text) <= room else text[: max(room - 1, 0)] + "…"
    return Line(f"M{left} {start}H{rail}V{end}H{left - 2}", dashed, (text,), rail - 6, (start + end) // 2, turned=True)


def wrapped(text: str, width: int, most: int) -> tuple[str, ...]:
    """`text` in lines of at most `width` small letters; what does not go into `most` lines ends with an ellipsis."""
    short = " ".join(text[: width * (most + 2)].split())
    if len(short) * WIDEST <= width:  # most labels; `textwrap` takes fifty times as long to say the same
        return (short,)
    room = int(width * len(short) / sum(map(_breadth, short)))
    return (short,) if len(short) <= room else tuple(textwrap.wrap(short, room, max_lines=most, placeholder=" …"))


def _breadth(sign: str) -> float:
    """How wide a sign is, counted in small letters: registries write names in capitals, and «Щ» is twice as wide as «е»."""
    return (1.25 if sign.isupper() else 1.0) * (1.35 if sign.lower() in BROAD else 1.0)
