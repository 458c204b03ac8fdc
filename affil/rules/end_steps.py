"""Steps at which a path ends: a purchase, a service, an institution, or what the registry says of the supplier itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from affil.model.finding import Step
from affil.rules.by_name import of_name
from affil.rules.records import Records
from affil.rules.rule import Rule

Row = dict[str, Any]

REGISTER = "ЕГРЮЛ"


class EndSteps:
    """Makes such steps. `names` gives a company's or supplier's name by party, `customers` a customer's by ИНН."""

    def __init__(self, records: Records, names: dict[str, str], customers: dict[str, str]) -> None:
        self.records, self.names, self.customers = records, names, customers

    def at(self, row: Row, purchase: Row | None, rival: Row | None, reached: frozenset[str]) -> Iterator[Step]:
        """The rival's purchase, the purchase, the service; `reached`: the nodes the path has come to."""
        if rival:
            yield self._supply(rival, reached)
        if purchase:
            yield self._supply(purchase, reached)
        if row.get("service_kind") and not row.get("chief"):
            yield self._service(row, purchase)

    def _supply(self, purchase: Row, reached: frozenset[str]) -> Step:
        """The purchase; from an entrepreneur a path has come to as to a firm (a notice, a director in an application) it goes on."""
        party = purchase["supplier"]
        kind = "person" if purchase["supplier_kind"] == "person" else "organisation"
        relation = (
            "subcontractor"
            if purchase["role"] == "subcontractor"
            else "supplier"
            if purchase["event"] == "award"
            else "participant"
        )
        day = purchase["event_date"]
        return Step(
            self.names[purchase["supplier"]], relation, label(purchase), self.records.source(purchase), day, day,
            confidence=purchase["name_probability"] if purchase["by_name"] else 1.0, origin_kind=kind, target_kind="purchase",
            origin_id=party if party in reached else supplier_node(party, kind), target_id=f"purchase|{purchase['source_id']}|{purchase['locator']}",
            resemblance=of_name(purchase) if purchase["by_name"] else None,
        )  # fmt: skip

    def _service(self, row: Row, purchase: Row | None) -> Step:
        official = self.records.mentions["official|" + row["official_key"]]
        relation = {"employment": "service", "seat": "commission member", "manager": "contract manager", "duty": "duty"}[
            row["service_kind"]
        ]
        if "own" in row:
            customer = row["own"].removeprefix("customer:")
        else:
            customer = purchase["customer_inn"] if purchase else self.records.institutions[row["institution"]]["parent_inn"]
        name = self.customers.get(customer or "") or customer or (label(purchase) if purchase else "")
        return Step(
            official["name"], relation, name, self.records.source(row), row["served_from"], row["served_to"], target_kind="organisation",
            detail=row["detail"] or "", origin_id="official|" + row["official_key"], target_id="customer:" + (customer or ""),
        )  # fmt: skip

    def institution(self, row: Row) -> Step:
        """The institution under the customer it is subordinate to."""
        record = self.records.institutions[row["institution"]]
        parent = record["parent_inn"]
        return Step(
            self.names.get(row["institution"]) or row["institution"], "subordinate", str(self.customers.get(parent) or parent),
            self.records.source(record), origin_kind="organisation", target_kind="organisation",
            origin_id=row["institution"], target_id="customer:" + parent,
        )  # fmt: skip

    def fact(self, row: Row, rule: Rule) -> Step:
        """What the registry says of the supplier itself."""
        record, asked = self.records.companies[row["fact"]], rule.suppliers
        supplier = "inn:" + record["inn"]
        relation = "shared-person" if asked.shared_person else "shared-address" if asked.shared_address else "registration"
        detail = "" if relation == "registration" else str(row["spread"])
        return Step(
            self.names.get(supplier, supplier), relation, REGISTER, self.records.source(record), record["registered_on"], record["ended_on"],
            origin_kind="organisation", target_kind="organisation", detail=detail, origin_id=supplier, target_id="registry",
        )  # fmt: skip


def supplier_node(supplier: str, kind: str) -> str:
    """The node of the evidence graph for a supplier."""
    return "supplier:" + supplier if kind == "person" else supplier


def label(purchase: Row) -> str:
    """How a purchase is named in a path: number of the contract, else of the procedure, else customer and day."""
    number = purchase["contract_number"] if purchase["event"] == "award" else None
    return (
        number
        or purchase["procedure_number"]
        or " ".join(str(part) for part in (purchase["customer_inn"], purchase["event_date"]) if part)
    )
