"""What a finding says of kin, all stages together: an ambiguous word decided or not, and the circle by the wording of the day."""

from __future__ import annotations

from pathlib import Path

import pytest

from affil.model.finding import Finding
from affil.pipeline import Scope, rules_of, screen
from affil.resolve.link import link
from affil.rules.cases import fill, read_cases
from affil.settings import default_settings
from affil.store.store import Store

pytestmark = pytest.mark.usefixtures("stores_used_again")

K44, K273 = "44-ФЗ ст. 31 ч. 1 п. 9", "273-ФЗ ст. 10"
CASE = """
- name: the zyat runs the firm
  kind: positive
  why: "tried with different rows beside him"
  officials:
    - {{employee_id: "101", name: Верещагин Платон Савельевич, employer_inn: org 1, inn: person 1}}
  relatives:
    - {{employee_id: "101", relationship: {word}, name: Мохов Прокл Данилович, inn: person 23}}
{rows}
  contracts:
    - contract_number: К-1
      signed_on: {day}
      customer_inn: org 1
      supplier: ООО «Вереск»
      supplier_inn: org 20
      price: 250000
      ground: п. 4 ч. 1 ст. 93
  companies:
    - name: ООО «Вереск»
      inn: org 20
      directors: [{{name: Мохов Прокл Данилович, inn: person 23, since: 2018-05-14}}]
      owners: [{{name: Нечаев Родион Фокич, inn: person 90, share: 1/1, since: 2018-05-14}}]
  expect:
    - {{supplier: org 20, official: "101"}}
"""
DAUGHTER = '    - {employee_id: "101", relationship: дочь, name: Верещагина Анна Платоновна, inn: person 24}'
SISTER = '    - {employee_id: "101", relationship: сестра, name: Рябова Вера Савельевна, inn: person 25}'
NO_CHILDREN = '    - {employee_id: "101", relationship: дети, name: нет}'
NO_SISTERS = '    - {employee_id: "101", relationship: братья и сёстры, name: нет}'


def found(folder: Path, *rows: str, word: str = "зять", day: str = "2025-03-04") -> Finding:
    path = folder / "zyat.cases.yml"
    path.write_text(CASE.format(word=word, rows="\n".join(rows), day=day), encoding="utf-8")
    (case,) = read_cases(path)
    with Store.open(None) as store:
        fill(store, case)
        link(store)
        (finding,) = screen(store, rules_of(None), default_settings(), Scope()).findings
    return finding


@pytest.mark.parametrize(
    ("rows", "rule", "chain", "others", "circle", "decided"),
    [
        ((), "in-law-supplier", "child.spouse", ("sibling.spouse",), "disputed", "kin_word_ambiguous"),
        ((DAUGHTER, SISTER), "in-law-supplier", "child.spouse", ("sibling.spouse",), "disputed", "kin_word_ambiguous"),
        ((DAUGHTER, NO_SISTERS), "in-law-supplier", "child.spouse", (), "yes", "kin_word_decided"),
        ((SISTER, NO_CHILDREN), "outer-kin-supplier", "sibling.spouse", (), "no", "kin_word_decided"),
    ],
)
def test_a_zyat_is_whose_husband_the_questionnaire_says(
    rows: tuple[str, ...], rule: str, chain: str, others: tuple[str, ...], circle: str, decided: str, tmp_path: Path
) -> None:
    finding = found(tmp_path, *rows)
    assert (finding.rule, finding.path.kinship, finding.kinship_alternatives) == (rule, chain, others)
    assert finding.circles == {K44: "no", K273: circle}
    assert {decided} == {"kin_word_ambiguous", "kin_word_decided"} & set(finding.path.assumed)


@pytest.mark.parametrize(("day", "k44"), [("2022-06-30", "unknown"), ("2022-07-01", "no")])
def test_the_circle_is_that_of_the_day_of_the_purchase(day: str, k44: str, tmp_path: Path) -> None:
    """160-ФЗ in force since 01.07.2022; who was meant before has not been read."""
    finding = found(tmp_path, word="муж дочери", day=day)
    assert finding.circles == {K44: k44, K273: "yes"}
