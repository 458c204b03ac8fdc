"""Drawn paths: every step is a line, two persons of one name are two shapes, a closing step runs along the rail."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import fake_run
from hypothesis import given
from hypothesis import strategies as st

from affil.model.finding import Source, Step
from affil.reports.cases import DrawnPath
from affil.reports.page.drawing import Drawing, drawing_of, walk
from affil.reports.page.identities import Node, is_certain_identity
from affil.words import Words

RU = Words("ru")
SOURCE = Source("a.xlsx", "R1")


def drawn(found: object) -> Drawing:
    assert isinstance(found, fake_run.Finding)
    return drawing_of(DrawnPath(found.path, found, 1), RU)


def test_the_path_reads_down_from_the_official_and_closes_at_the_customer() -> None:
    drawing = drawn(fake_run.finding(1))
    assert [shape.kind for shape in drawing.shapes] == ["official", "person", "organisation", "purchase", "organisation"]
    assert len(drawing.arrows) == 5
    (rail,) = [arrow for arrow in drawing.arrows if arrow.turned]
    assert rail.lines[0].startswith("член комиссии, с 02.09.2019")


def test_labels_carry_share_and_dates() -> None:
    drawing = drawn(fake_run.finding(1, control="owner", share=fake_run.Fraction(7, 20)))
    (line,) = [arrow for arrow in drawing.arrows if arrow.lines[0] == "участник"]
    assert line.lines == ("участник", "доля 35 %", "с 01.06.2021")


def test_a_supposed_identity_is_dashed_and_its_two_persons_are_two_shapes() -> None:
    drawing = drawn(fake_run.finding(1, same_as=0.6))
    assert [arrow.dashed for arrow in drawing.arrows] == [False, True, False, False, False, False]
    assert [shape.kind for shape in drawing.shapes].count("person") == 2
    sure = drawn(fake_run.finding(1, same_as=0.99))
    assert not any(arrow.dashed for arrow in sure.arrows)


def test_a_father_of_the_same_name_is_another_shape() -> None:
    who = fake_run.official()
    found = fake_run.finding(1, who, kin="parent", relative=who.name)
    assert [shape.kind for shape in drawn(found).shapes][:2] == ["official", "person"]


def test_long_names_are_cut_to_three_lines() -> None:
    found = fake_run.finding(1, relative="Очень " * 3000)
    drawing = drawn(found)
    assert max(len(shape.lines) for shape in drawing.shapes) == 3
    assert drawing.height < 1000


def test_shapes_do_not_overlap() -> None:
    for found in fake_run.findings():
        shapes = drawn(found).shapes
        assert all(upper.y + upper.height + 20 <= lower.y for upper, lower in pairwise(shapes))


names = st.sampled_from("АБВГД")
steps = st.builds(Step, names, st.sampled_from(["spouse", "director", "service", "same_as", "supplier"]), names, st.just(SOURCE))


@given(st.lists(steps, min_size=1, max_size=8))
def test_any_steps_are_all_drawn_between_their_own_ends(path: list[Step]) -> None:
    nodes, edges = walk(path, Node("А", "person"))
    assert sorted(map(repr, (step for *_, step in edges))) == sorted(map(repr, path))
    for origin, target, step in edges:
        assert (nodes[origin][0], nodes[target][0]) == (step.origin, step.target)
        assert origin != target
    found = fake_run.finding(1)
    whole = replace(found.path, steps=tuple(path))
    lines = [step for step in path if not is_certain_identity(step)]  # no purchases here, so no customers of them
    assert len(drawing_of(DrawnPath(whole, found, 1), RU).arrows) == len(lines)
