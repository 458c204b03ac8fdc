"""README of the sample data: what is there, and the tables of what is planted, made from the same lists as the files."""

from __future__ import annotations

from pathlib import Path

from making.plants import FIRMS, PROPRIETORS, PURCHASES
from making.purchases import Bid, Contract
from making.ties import MISSES, SELF, TIES

_HEAD = Path(__file__).with_name("readme_head.md").read_text(encoding="utf-8")


def _unit(name: str) -> str:
    return next(unit.short for unit in (*FIRMS, *PROPRIETORS) if unit.name == name)


def _purchase(key: str, contracts: list[Contract], bids: list[Bid]) -> str:
    contract = next((c for c in contracts if c.key == key), None)
    if contract:
        return f"{contract.number}, {contract.day:%d.%m.%Y}"
    bid = next(b for b in bids if b.key == key)
    return f"закупка {bid.procedure}, заявка {bid.day:%d.%m.%Y}, не победил"


def readme(staff: int, kin: int, contracts: list[Contract], bids: list[Bid]) -> str:
    """The whole page."""
    procedures = len({bid.procedure for bid in bids})
    page = [
        _HEAD.format(staff=staff, kin=kin, contracts=len(contracts), bids=len(bids), procedures=procedures),
        "## Planted ties\n\n",
    ]
    page.append(
        "| official | relative | firm | contract or procedure | rule | kinship | control | grade | in_force | note |\n|"
        + "---|" * 10
        + "\n"
    )
    for tie in TIES:
        control = f"{tie.control} {tie.share}".strip()
        purchase = _purchase(tie.purchase, contracts, bids)
        kinship = f"`{tie.kinship}`" if tie.kinship else SELF
        cells = [tie.official, tie.relative, _unit(tie.supplier), purchase, tie.rule, kinship, control,
                 tie.grade, str(tie.in_force).lower(), tie.why]  # fmt: skip
        page.append("| " + " | ".join(cells) + " |\n")
    page.append("\n## Near misses\n\n| official | person | firm | must not be found | why |\n|---|---|---|---|---|\n")
    for miss in MISSES:
        limit = f" (harmless below {miss.below:g})" if miss.below is not None else ""
        rule = ("anything" if miss.rule == "*" else miss.rule) + limit
        page.append("| " + " | ".join([miss.official, miss.relative, _unit(miss.supplier), rule, miss.why]) + " |\n")
    page.append(
        f"\n{len(TIES)} ties and {len(MISSES)} near misses in {len(PURCHASES)} planted purchases; the others tie nobody.\n"
    )
    return "".join(page)
