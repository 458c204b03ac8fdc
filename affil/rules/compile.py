"""A rule's path into SQL over the derived tables: hop by hop a join, purchases first where the planner finds it cheapest (DESIGN 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from affil.rules.conditions import Suppliers
from affil.rules.hops import Control, Exchange, Kin, NamePattern, Related, ReportsTo, Rivals, Subordinate, Supplies
from affil.rules.rule import Rule

# An unknown bound counts as covering; of an unknown day its period does, where that is known: a tie that surely held on no day of it
# does not cover. Which assumptions that were is worked out for what is found.
_COVERS = "(coalesce({t}.valid_from <= pu.event_to, true) AND coalesce({t}.valid_to >= pu.event_from, true))"

# The wording of the day the purchase was announced, or of its event, at the latest; of a day nothing is known of, the present one.
_WORDING = (
    "coalesce(pu.notice_on, pu.event_to, DATE '9999-12-31') BETWEEN coalesce(kc.valid_from, DATE '0001-01-01') "
    "AND coalesce(kc.valid_to, DATE '9999-12-31')"
)
_TODAY = "kc.valid_to IS NULL"

# A tie of kin and control begins when both hold: the one who runs the supplier may become kin later, by marriage.
_BEGUN = "greatest(k.valid_from, c.valid_from)"

# Times but in-force ask on which side of the event a day lies: of an unknown day they say nothing.
# No window bounds a person who supplies: he is his own firm. He is in force himself where his supply is on record (control/table.py),
# so `ended-before` meets subcontractors only, `began-after` also him who became kin by a later marriage.
_TIME = {
    "in-force": _COVERS.format(t="c"),
    "ended-since": _COVERS.format(t="c")
    + " AND c.valid_to >= pu.event_date AND c.valid_to <= pu.event_date + to_months($months)",
    "ended-before": "c.valid_to < pu.event_date AND (c.kind = 'sole-proprietor' OR c.valid_to >= pu.event_date - to_months($months))",
    "ended-before-hire": "c.valid_to < s.valid_from AND c.valid_to >= s.valid_from - to_months($months) AND c.valid_to < pu.event_date",
    "began-after": f"{_BEGUN} > pu.event_date AND ((c.kind = 'sole-proprietor' AND coalesce(k.valid_from <= pu.event_date, true))"
    f" OR {_BEGUN} <= pu.event_date + to_months($months) OR {_BEGUN} <= pu.ends_on)"
    f" AND coalesce(k.valid_to >= {_BEGUN}, true) AND coalesce(c.valid_to >= {_BEGUN}, true)",
}
_NOT_HELD = ("ended-before", "began-after", "ended-before-hire")

# A tie that ended or begins is no finding of its own while the same person holds another one over the day.
_NO_OTHER = f"""NOT EXISTS (SELECT 1 FROM control c2 JOIN who w2 ON w2.behind = c2.person
    WHERE c2.supplier = c.supplier AND w2.declared = w.declared AND c2.means IS NULL AND {_COVERS.format(t="c2")})"""
_NO_KIN = f"""NOT EXISTS (SELECT 1 FROM kin k2 WHERE k2.official_key = k.official_key AND k2.person = k.person AND {_COVERS.format(t="k2")}"""

# Nor has a tie ended since while the same person still holds another one when the window is over. What he held between counts with it:
# a share that changed, or a newer extract that shows the same one, begins a new row.
_NONE_LATER = """NOT EXISTS (SELECT 1 FROM control c2 JOIN who w2 ON w2.behind = c2.person
    WHERE c2.supplier = c.supplier AND w2.declared = w.declared AND c2.means IS NULL
      AND coalesce(c2.valid_to > pu.event_date + to_months($months), true))"""

# Work, a contact or another organisation between is told where the person neither runs nor owns the supplier himself: else that is
# the tie, and other rules tell it.
_WEAK = frozenset({"employee", "contact"})
_NOTHING_STRONGER = f"""NOT EXISTS (SELECT 1 FROM control c3 JOIN who w3 ON w3.behind = c3.person
    WHERE c3.supplier = pu.supplier AND w3.declared = w.declared AND w3.probability >= 0.5 AND c3.kind NOT IN ('employee', 'contact')
      AND {_COVERS.format(t="c3")})"""

# Of a declaration without a day it is not known that the tie came later. Declarations name organisations, few give the ИНН.
_UNDECLARED = (
    "c.means IS NULL",
    "coalesce(c.valid_from <= di.as_of, true) AND coalesce(c.valid_to >= di.as_of, true)",
    """NOT EXISTS (SELECT 1 FROM declared_interest_in_force d WHERE d.official_key = di.official_key AND (
            'inn:' || d.organisation_inn = c.supplier OR 'firm:' || d.organisation_key = c.supplier
            OR d.organisation_key IN (SELECT unnest([n.name_key, n.short_key]) FROM company n WHERE 'inn:' || n.inn = c.supplier)))""",
)

# Which of the official's services it is that the purchase falls under.
_SERVED = "JOIN service s ON s.official_key = {official} AND s.scope = pu.scope"
_SERVICE = ("s.kind AS service_kind", "s.role", "s.detail", "s.employer_by", "s.valid_from AS served_from", "s.valid_to AS served_to",
            "s.source_id", "s.locator")  # fmt: skip


@dataclass(slots=True)
class Query:
    """A SELECT being put together: each hop adds its joins, conditions and the columns its evidence is found by."""

    rule: Rule
    joins: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    parameters: dict[str, object] = field(default_factory=dict)
    dated: list[str] = field(default_factory=list)  # aliases whose interval must hold on the day of the event
    here: dict[str, str] = field(default_factory=dict)  # what the walk stands on: expression by kind of thing

    def given(self, name: str, value: object) -> str:
        """The value as a parameter of the statement."""
        self.parameters[name] = value
        return f"${name}"

    def text(self) -> str:
        """The statement."""
        where = "\n          AND ".join(self.conditions) or "true"
        return f"SELECT DISTINCT {', '.join(self.columns)}\n        FROM {chr(10).join(self.joins)}\n        WHERE {where}"

    def join(self, table: str, condition: str) -> None:
        """Begin with the table, or join it."""
        self.joins.append(f"        JOIN {table} ON {condition}" if self.joins else table)
        if len(self.joins) == 1 and condition != "true":
            self.conditions.append(condition)


def compile_rule(rule: Rule) -> tuple[str, dict[str, object]]:
    """(SQL, parameters) giving one row for each way along the path, with the keys its evidence is found by.

    Needs the temporary tables purchase, service, control, kin and kin_circle, those of dealing.sql, and those of the hops used: name_pattern,
    related, institution_of, chief, company_fact.
    """
    query = Query(rule)
    for hop in rule.path:
        _HOPS[hop.name](query, hop.value)
    if "pu" in query.here:
        _close(query)
    elif "official" in query.here:
        query.conditions += list(_roles_and_statuses(query))
    return (_exchanged(query) if rule.hop("exchange") else query.text()), query.parameters


def _kin(query: Query, hop: Kin) -> None:
    query.join("kin k", "true")
    query.columns += ["k.official_key", "k.kin_id"]
    query.here |= {"official": "k.official_key", "person": "k.person"}
    query.conditions += list(_asked_kin(query, hop, "k"))
    if query.rule.time != "began-after":
        query.dated.append("k")


def _asked_kin(query: Query, hop: Kin, alias: str) -> Iterator[str]:
    if hop.groups:
        yield f"list_contains({query.given('groups', list(hop.groups))}, {alias}.kin_group)"
    else:
        yield (
            f"EXISTS (SELECT 1 FROM kin_circle kc WHERE kc.kin_id = {alias}.kin_id AND kc.circle = "
            f"{query.given('circle', hop.circle)} AND {_WORDING if query.rule.events else _TODAY})"
        )
    if hop.composed:
        yield f"{alias}.composed"


def _name_pattern(query: Query, hop: NamePattern) -> None:
    query.join("name_pattern n", "true")
    query.columns += ["n.official_key", "n.mention AS pattern"]
    query.here |= {"official": "n.official_key", "person": "n.person"}
    query.conditions += [
        f"n.surname_bearers <= {query.given('surname_bearers', hop.surname_bearers)}",
        f"n.bearers <= {query.given('bearers', hop.bearers)}",
        "w.declared = w.behind AND NOT pu.by_name",  # one supposition on a path is enough
        "c.means IS NULL",  # what a declaration or a questionnaire tells stands with those whom it names
    ]


def _control(query: Query, hop: Control) -> None:
    query.join("who w", f"w.declared = {query.here['person']}")
    query.join("control c", "c.person = w.behind")
    query.columns += ["c.control_id", "w.declared", "w.behind", "w.probability"]
    query.here["organisation"] = "c.supplier"
    query.conditions.append(f"list_contains({query.given('kinds', list(hop.kinds))}, c.kind)")
    if hop.means:
        query.conditions.append(f"(c.means IS NULL OR list_contains({query.given('means', list(hop.means))}, c.means))")
    if hop.not_in_declaration:
        query.join("declared_on di", f"di.official_key = {query.here['official']}")
        query.conditions += _UNDECLARED
    if hop.over is not None:
        owners = query.given("owning", ["owner", "indirect-owner", "small-share"])
        query.conditions.append(f"(c.share > {query.given('over', _number(hop.over))} OR NOT list_contains({owners}, c.kind))")


def _related(query: Query, hop: Related) -> None:
    query.join("related r", f"r.one = {query.here['organisation']}" if query.here else "true")
    query.columns.append("r.related_id")
    query.here["organisation"] = "r.other"
    query.dated.append("r")
    query.conditions.append(f"list_contains({query.given('links', list(hop.by))}, r.link)")
    if "person" in query.here:
        query.conditions.append("r.holder <> w.behind")  # who holds both himself needs no relation between them


def _supplies(query: Query, hop: Supplies) -> None:
    if "official" in query.here and not query.rule.hop("exchange"):  # who exchanges serves another purchase
        served = f"pu.supplier = {query.here['organisation']} AND pu.official_key = {query.here['official']}"
        query.join("dealing pu", served)
    else:
        query.join("purchase pu", f"pu.supplier = {query.here['organisation']}" if query.here else "true")
    query.columns.append("pu.purchase")
    query.here["pu"] = "pu.purchase"
    query.conditions.append(f"list_contains({query.given('supplies', list(hop.roles))}, pu.role)")


def _rivals(query: Query, _: Rivals) -> None:
    query.join("purchase pu", f"pu.supplier = {query.here['organisation']}")
    query.join(
        "purchase rival", "rival.supplier = r.one AND rival.procedure_number = pu.procedure_number AND rival.event = 'bid'"
    )
    query.conditions.append("r.one < r.other")  # each pair once
    query.columns += ["pu.purchase", "rival.purchase AS rival"]
    query.here["pu"] = "pu.purchase"


def _exchange(query: Query, _: Exchange) -> None:
    query.here["exchange"] = "pu.customer_inn"


def _subordinate(query: Query, _: Subordinate) -> None:
    query.join("institution_of i", f"i.institution = {query.here['organisation']}")
    query.join(
        "service s",
        f"s.official_key = {query.here['official']} AND s.kind = 'employment' AND s.scope = 'customer:' || i.parent_inn",
    )
    query.columns += ["i.institution", *_SERVICE]
    query.dated.append("s")
    query.conditions.append(
        "k.valid_to IS NULL AND c.valid_to IS NULL AND s.valid_to IS NULL"
    )  # a relation that lasts, not an event


def _reports_to(query: Query, hop: ReportsTo) -> None:
    query.join("chief h", f"h.subordinate = {query.here['official']} AND h.party = {query.here['person']}")
    query.join("service s", f"s.official_key = {query.here['official']} AND s.kind = 'employment'")
    query.join("service hs", "hs.official_key = h.chief AND hs.kind = 'employment'")
    query.columns += ["h.chief", *_SERVICE]
    query.conditions.append("k.valid_to IS NULL AND s.valid_to IS NULL AND hs.valid_to IS NULL")
    if hop.statuses:
        query.conditions.append(f"list_contains({query.given('superiors', list(hop.statuses))}, hs.status)")


_HOPS: dict[str, Callable[[Query, Any], None]] = {
    "kin": _kin, "name_pattern": _name_pattern, "control": _control, "related": _related, "supplies": _supplies, "rivals": _rivals, "exchange": _exchange,
    "subordinate": _subordinate, "reports_to": _reports_to,
}  # fmt: skip


def _close(query: Query) -> None:
    """The event, the official's service in that purchase, and what must have held on that day."""
    rule = query.rule
    query.conditions.append(f"list_contains({query.given('events', list(rule.events))}, pu.event)")
    if "official" in query.here:
        query.joins += [f"        {_own_service(query)}"]
        query.columns += _SERVICE
        query.conditions += list(_roles_and_statuses(query))
    if "w.declared" in query.columns:
        query.conditions += ["NOT (pu.by_name AND w.probability < 1)", _TIME[rule.time], *_window(query)]
    control = rule.hop("control")
    if isinstance(control, Control) and (rule.hop("related") or _WEAK.issuperset(control.kinds)):
        query.conditions.append(_NOTHING_STRONGER)
    query.conditions += [_COVERS.format(t=alias) for alias in query.dated]
    query.conditions.append(_common_day(query))
    query.conditions += list(_suppliers(query, rule.suppliers))


def _own_service(query: Query) -> str:
    official, former = query.here["official"], query.rule.officials.former_months
    if "exchange" in query.here:
        query.dated.append("s")
        query.columns += ["s.scope AS own", "'customer:' || pu.customer_inn AS buyer"]
        return f"JOIN service s ON s.official_key = {official} AND s.kind = 'employment' AND s.scope <> 'customer:' || pu.customer_inn"
    if former is None:
        query.dated.append("s")
    else:
        query.conditions.append(
            f"s.kind = 'employment' AND s.valid_to < pu.event_date AND s.valid_to >= pu.event_date - to_months({query.given('former', former)})"
        )
    return _SERVED.format(official=official)


def _roles_and_statuses(query: Query) -> Iterator[str]:
    rule = query.rule
    if rule.roles:
        yield f"list_contains({query.given('roles', list(rule.roles))}, s.role)"
    if rule.officials.statuses:
        yield f"list_contains({query.given('statuses', list(rule.officials.statuses))}, s.status)"


def _window(query: Query) -> Iterator[str]:
    if query.rule.time != "in-force":
        query.given("months", query.rule.window_months)
    kin = query.rule.hop("kin")
    if query.rule.time == "began-after" and isinstance(kin, Kin):
        yield f"({_NO_OTHER} OR {' AND '.join([_NO_KIN, *_asked_kin(query, kin, 'k2')])}))"
    elif query.rule.time in _NOT_HELD:
        yield _NO_OTHER
    if query.rule.time == "ended-since":
        yield _NONE_LATER


def _common_day(query: Query) -> str:
    """Of an unknown day at least this is known: it is one day, of its period, so all ties of the path must have held on a common one."""
    aliases = [*query.dated, *(["c"] if "w.declared" in query.columns else [])]
    if len(aliases) < 2:
        return "true"
    since, until = (", ".join([f"pu.event_{end}", *(f"{alias}.valid_{end}" for alias in aliases)]) for end in ("from", "to"))
    return f"""(pu.event_date IS NOT NULL OR coalesce(greatest({since}), DATE '0001-01-01')
                <= coalesce(least({until}), DATE '9999-12-31'))"""


def _suppliers(query: Query, asked: Suppliers) -> Iterator[str]:
    """What the registry says of the supplier, by its newest extract loaded."""
    if not asked.any:
        return
    query.join("company_fact f", "f.supplier = pu.supplier")
    query.columns += ["f.fact", f"f.{'shared_person' if asked.shared_person else 'shared_address'} AS spread"]
    if asked.forms:
        yield f"len(list_filter({query.given('forms', list(asked.forms))}, code -> starts_with(f.legal_form_code, code))) > 0"
    if asked.younger_than_days:
        days = query.given("young", asked.younger_than_days)
        yield f"f.registered_on <= pu.event_date AND f.registered_on > pu.event_date - to_days({days})"
    if asked.ended:
        yield "f.ended_on < pu.event_date"
    if asked.shared_person:
        yield f"f.shared_person >= {query.given('shared_person', asked.shared_person)}"
    if asked.shared_address:
        yield f"f.shared_address >= {query.given('shared_address', asked.shared_address)}"


def _exchanged(query: Query) -> str:
    """Two such ways against each other: either official's customer buys from the kin of the other's official."""
    return f"""
        WITH way AS ({query.text()})
        SELECT a.*, b.official_key AS other_official, b.purchase AS other_purchase, b.kin_id AS other_kin, b.control_id AS other_control,
               b.declared AS other_declared, b.behind AS other_behind
        FROM way a JOIN way b ON a.own = b.buyer AND b.own = a.buyer AND a.official_key < b.official_key"""


def _number(share: str) -> float:
    above, _, below = share.partition("/")
    return int(above) / int(below or 1)
