"""What the registry itself says of its entries on a supplier, where that leaves open who stands behind it."""

from __future__ import annotations

from collections.abc import Iterator

from affil.model.run import Undetermined
from affil.store.store import Store

# Of each organisation the newest extract speaks. What is said of a licence, a branch or a share of the company's own opens no question of who
# stands behind it, and a body of power that exercises an owner's rights is no affiliation.
_REMARKS = """
    SELECT DISTINCT r.company_inn, coalesce(c.short_name, c.full_name), EXISTS (SELECT 1 FROM purchase pu WHERE pu.supplier = 'inn:' || r.company_inn),
           r.kind, coalesce(r.of_whom, ''), coalesce(r.holder_name, r.holder_inn, ''), strftime(r.valid_from, '%d.%m.%Y'), strftime(r.valid_to, '%d.%m.%Y')
    FROM registry_remark r SEMI JOIN above ON above.inn = r.company_inn
    JOIN (SELECT inn, arg_max(short_name, extract_date) AS short_name, arg_max(full_name, extract_date) AS full_name, max(extract_date) AS newest
          FROM company WHERE inn IS NOT NULL GROUP BY inn) c ON c.inn = r.company_inn AND c.newest IS NOT DISTINCT FROM r.extract_date
    WHERE r.kind IN ('trust', 'inherited', 'pledged', 'disqualified') OR (r.kind = 'untrue' AND r.about <> 'СвАдресЮЛ')
       OR (r.kind = 'hidden' AND r.about IN ('СвДоляООО', 'СвРеорг', 'СвПредш', 'СвПреем'))
    ORDER BY ALL"""
_REASONS = {
    "untrue": "registry_untrue", "trust": "share_in_trust", "inherited": "share_inherited", "pledged": "share_pledged",
    "disqualified": "head_disqualified", "hidden": "restricted_part",
}  # fmt: skip
_UNKNOWN = "—"


def remarks(store: Store) -> Iterator[Undetermined]:
    """One for each remark; a trustee or a pledgee votes a share without owning it (ГК ст. 1012, 358.15), and is compared with nobody."""
    for inn, name, supplies, kind, whom, holder, since, until in store.sql(_REMARKS).fetchall():
        params = {"whom": whom or _UNKNOWN, "holder": holder or _UNKNOWN, "since": since or _UNKNOWN, "until": until or _UNKNOWN}
        yield Undetermined("supplier" if supplies else "holder", name or inn, inn, _REASONS[kind], params)
