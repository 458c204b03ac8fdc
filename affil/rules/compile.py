"""A rule's path into SQL over the derived tables: purchases first, kinship last (DESIGN 5)."""

from __future__ import annotations

from affil.rules.rule import Control, Kin, Rule, Supplies

# An unknown bound counts as covering; so does an unknown day. Which assumptions that were is worked out for what is found.
_COVERS = "(pu.event_date IS NULL OR (coalesce({t}.valid_from, pu.event_date) <= pu.event_date AND coalesce({t}.valid_to, pu.event_date) >= pu.event_date))"

# The wording of the day the purchase was announced, or of its event; of an unknown day, the present one.
_WORDING = (
    "coalesce(pu.notice_on, pu.event_date, DATE '9999-12-31') BETWEEN coalesce(kc.valid_from, DATE '0001-01-01') "
    "AND coalesce(kc.valid_to, DATE '9999-12-31')"
)

# Of an unknown day at least this is known: it is one day, so all ties of the path must have held on a common one.
_MEET = """(pu.event_date IS NOT NULL OR coalesce(greatest(k.valid_from, c.valid_from, s.valid_from), DATE '0001-01-01')
                <= coalesce(least(k.valid_to, c.valid_to, s.valid_to), DATE '9999-12-31'))"""

# A person who supplies is his own firm: he deals on after he gave up the registration, so no window bounds him.
_TIME = {
    "in-force": _COVERS.format(t="c"),
    "ended-before": "c.valid_to < pu.event_date AND (c.kind = 'sole-proprietor' OR c.valid_to >= pu.event_date - to_months($months))",
    "began-after": "c.valid_from > pu.event_date AND (c.kind = 'sole-proprietor' OR c.valid_from <= pu.event_date + to_months($months)"
    " OR c.valid_from <= pu.ends_on)",
}

# A tie that ended or begins is no finding of its own while the same person holds another one over the day.
_NO_OTHER = f"""NOT EXISTS (SELECT 1 FROM control c2 JOIN who w2 ON w2.behind = c2.person
    WHERE c2.supplier = c.supplier AND w2.declared = w.declared AND {_COVERS.format(t="c2")})"""


def compile_rule(rule: Rule) -> tuple[str, dict[str, object]]:
    """(SQL, parameters) giving official_key, purchase, kin_id, control_id, declared, behind, role, service source and dates.

    Needs the temporary tables purchase, purchase_scope, service, control, kin, kin_circle and who.
    """
    parameters: dict[str, object] = {"events": list(rule.events)}
    conditions = [
        "list_contains($events, pu.event)",
        "NOT (pu.by_name AND w.probability < 1)",
        _COVERS.format(t="k"),
        _COVERS.format(t="s"),
        _MEET,
    ]
    for hop in rule.path:
        if hop.kin:
            conditions.append(_kin(hop.kin, parameters))
        elif hop.control:
            conditions.append(_control(hop.control, parameters))
        elif hop.supplies:
            conditions.append(_supplies(hop.supplies, parameters))
    conditions.append(_TIME[rule.time])
    if rule.time != "in-force":
        parameters["months"] = rule.window_months
        conditions.append(_NO_OTHER)
    if rule.roles:
        parameters["roles"] = list(rule.roles)
        conditions.append("list_contains($roles, s.role)")
    return (
        """
        SELECT DISTINCT s.official_key, pu.purchase, k.kin_id, c.control_id, w.declared, w.behind, w.probability,
               s.kind AS service_kind, s.role, s.detail, s.employer_by, s.valid_from AS served_from, s.valid_to AS served_to, s.source_id, s.locator
        FROM purchase pu
        JOIN control c ON c.supplier = pu.supplier
        JOIN who w ON w.behind = c.person
        JOIN kin k ON k.person = w.declared
        JOIN service s ON s.official_key = k.official_key
        JOIN purchase_scope ps ON ps.purchase = pu.purchase AND ps.scope = s.scope
        WHERE """
        + "\n          AND ".join(conditions),
        parameters,
    )


def _kin(hop: Kin, parameters: dict[str, object]) -> str:
    if hop.groups:
        parameters["groups"] = list(hop.groups)
        return "list_contains($groups, k.kin_group)"
    parameters["circle"] = hop.circle
    return f"EXISTS (SELECT 1 FROM kin_circle kc WHERE kc.kin_id = k.kin_id AND kc.circle = $circle AND {_WORDING})"


def _control(hop: Control, parameters: dict[str, object]) -> str:
    parameters["kinds"] = list(hop.kinds)
    return "list_contains($kinds, c.kind)"


def _supplies(hop: Supplies, parameters: dict[str, object]) -> str:
    parameters["supplies"] = list(hop.roles)
    return "list_contains($supplies, pu.role)"
