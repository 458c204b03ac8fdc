"""Rules that fire on more than their share of the purchases: a sign to look at the data, or at the rule, before the findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction

from affil.model.finding import Contract, Finding
from affil.model.run import OftenRule
from affil.rules.rule import Catalogue
from affil.store.store import Store

FEWEST = 20  # purchases below which a share says nothing
Key = tuple[str, ...]
_SCREENED = """
    SELECT count(DISTINCT coalesce('procedure|' || procedure_number,
        concat_ws('|', 'contract', coalesce(customer_inn, ''), coalesce(contract_number, concat_ws('|', event_date, price, subject)))))
    FROM purchase"""


def often_rules(store: Store, catalogue: Catalogue, findings: Sequence[Finding]) -> tuple[OftenRule, ...]:
    """The rules whose findings are about more than `most` of the screened purchases, by id; none where there are fewer than 20.

    A purchase is a procedure with all its bids and contracts, or a contract of which no procedure is known.
    Needs the temporary table purchase.
    """
    row = store.sql(_SCREENED).fetchone()
    screened = int(row[0]) if row else 0
    if screened < FEWEST:
        return ()
    found: dict[str, set[Key]] = defaultdict(set)
    for finding in findings:
        found[finding.rule] |= set(
            _keys((finding.contract, *finding.contracts), finding.procedure.number if finding.procedure else None)
        )
    counted = ((rule_id, len(keys), catalogue.rules[rule_id].most) for rule_id, keys in sorted(found.items()))
    return tuple(OftenRule(rule_id, n, screened, most) for rule_id, n, most in counted if n > Fraction(str(most)) * screened)


def _keys(contracts: Iterable[Contract | None], procedure: str | None) -> Iterable[Key]:
    """What the purchases of a finding are counted by, as `_SCREENED` counts them."""
    if procedure:
        yield ("procedure", procedure)
    for one in contracts:
        if one and one.procedure_number:
            yield ("procedure", one.procedure_number)
        elif one and not procedure:
            told = (one.customer_inn, one.number) if one.number else (one.customer_inn, one.signed_on, one.price, one.subject)
            yield ("contract", *(str(part or "") for part in told))
