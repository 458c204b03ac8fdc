"""Drawings of a case: records of one person are one shape, parallel ties one picture; a supposed identity joins nothing."""

from __future__ import annotations

from dataclasses import replace

import fake_run

from affil.model.finding import EvidencePath, Finding, Resemblance, Source, Step
from affil.reports.cases import cases_of, drawn_paths
from affil.reports.page.drawing import drawing_of
from affil.reports.page.identities import joined
from affil.reports.page.ways import DrawnWay, drawn_ways
from affil.words import Words

RU = Words("ru")
HEAD, OWNER = Source("inbox/e.xml", "ОГРН 1/СведДолжнФЛ[1]"), Source("inbox/e.xml", "ОГРН 1/УчрФЛ[1]")


def path(relation: str, source: Source, resemblance: Resemblance | None = None, share: str = "") -> EvidencePath:
    """Official, his wife, the registry's record of her (another one for each post), the firm, the purchase."""
    mention = f"tie|{source.locator}"
    wife, record = "Берестова Нина Олеговна", "БЕРЕСТОВА НИНА ОЛЕГОВНА"
    whole = fake_run.finding(1).path
    firm, bought = fake_run.party().name, fake_run.contract().number or ""
    steps = (
        Step(fake_run.official().name, "spouse", wife, fake_run.FORMS, origin_id="o", target_id="r"),
        Step(wife, "same_as", record, source, detail="inn", origin_id="r", target_id=mention, resemblance=resemblance,
             confidence=0.7 if resemblance else 1.0),
        Step(record, relation, firm, source, target_kind="organisation", origin_id=mention, target_id="f", detail=share),
        Step(firm, "supplier", bought, fake_run.CONTRACTS, origin_kind="organisation", target_kind="purchase",
             origin_id="f", target_id="p"),
        Step(fake_run.official().name, "service", fake_run.SCHOOL, fake_run.STAFF, target_kind="organisation",
             origin_id="o", target_id="c"),
    )  # fmt: skip
    return replace(whole, steps=steps, control=relation)


def ways(*paths: EvidencePath) -> tuple[DrawnWay, ...]:
    found: Finding = replace(fake_run.finding(1), path=paths[0], other_paths=paths[1:])
    (case,) = cases_of((found,))
    return drawn_ways(drawn_paths(case), RU)


def test_head_and_owner_of_a_firm_are_one_drawing_with_two_arrows() -> None:
    (way,) = ways(path("director", HEAD), path("owner", OWNER, share="35 %"))
    drawing = drawing_of(way.drawn, RU)
    assert [shape.kind for shape in drawing.shapes] == ["official", "person", "organisation", "purchase", "organisation"]
    assert [arrow.lines[0] for arrow in drawing.arrows if not arrow.turned] == [
        "супруга", "руководитель", "участник", "поставщик", "заказчик",
    ]  # fmt: skip
    assert drawing.shapes[1].note == "то же лицо: совпал ИНН"
    assert dict(way.facts)["control"] == "руководитель; участник (доля более 10 %)"


def test_the_steps_in_words_keep_every_record_with_its_source() -> None:
    (way,) = ways(path("director", HEAD), path("owner", OWNER))
    told = [(step.relation, step.source.locator) for step in way.drawn.path.steps]
    assert [relation for relation, _ in told] == ["spouse", "same_as", "same_as", "director", "owner", "supplier", "service"]
    assert {locator for relation, locator in told if relation == "same_as"} == {HEAD.locator, OWNER.locator}


def test_parallel_arrows_do_not_lie_upon_each_other_or_their_labels() -> None:
    (way,) = ways(path("director", HEAD), path("owner", OWNER))
    arrows = [arrow for arrow in drawing_of(way.drawn, RU).arrows if arrow.lines[0] in ("руководитель", "участник")]
    across = [int(arrow.d[1:].split(" ")[0]) for arrow in arrows]
    assert len(set(across)) == 2 and max(across) < min(arrow.x for arrow in arrows)
    assert arrows[1].y - arrows[0].y >= 14 * len(arrows[0].lines)


def test_a_supposed_identity_stays_between_two_shapes() -> None:
    guess = Resemblance(evidence=(), expected=3.0, seen=1)
    found = ways(path("director", HEAD, guess), path("owner", OWNER, guess))
    assert len(found) == 2
    assert [shape.kind for shape in drawing_of(found[0].drawn, RU).shapes].count("person") == 2


def test_a_surname_that_changed_stays_to_be_seen() -> None:
    steps = path("director", HEAD).steps
    renamed = [replace(step, target="РЯБИНИНА НИНА ОЛЕГОВНА") if step.relation == "same_as" else step for step in steps]
    left, identities = joined(renamed)
    assert len(left) == len(steps) and not identities


def test_joining_follows_records_of_records() -> None:
    chain = [Step("Ель", "same_as", "ЕЛЬ", HEAD, origin_id=a, target_id=b) for a, b in (("1", "2"), ("2", "3"))]
    left, identities = joined(
        [*chain, Step("ЕЛЬ", "director", "ООО", HEAD, target_kind="organisation", origin_id="3", target_id="f")]
    )
    assert [(step.origin_id, step.origin) for step in left] == [("1", "Ель")]
    assert {key: len(same) for key, same in identities.items()} == {"1": 2}
