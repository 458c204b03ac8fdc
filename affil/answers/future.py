"""Dates that have not come yet on the day the run counts from: told, so that a slip of the pen is put right.

They are kept as they stand and change no finding: a run must give the same findings whatever the day it is made on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from affil.model.run import Undetermined
from affil.store.store import Store

MOST_NAMED = 10  # contracts told by number in one line


def future_dates(store: Store, as_of: dt.date) -> Iterator[Undetermined]:
    """Births, appointments, contracts and bids later than `as_of`. Needs the temporary table `purchase`.

    A contract in force may well end later, and so may a service; these days are no question.
    """
    for name, day in store.sql(
        "SELECT DISTINCT name, birth_date FROM official_in_force WHERE birth_date > ?", [as_of]
    ).fetchall():
        yield Undetermined("official", name, None, "future_birth", {"date": _told(day)})
    for name, day in store.sql("SELECT DISTINCT name, hired FROM official_in_force WHERE hired > ?", [as_of]).fetchall():
        yield Undetermined("official", name, None, "future_service", {"date": _told(day)})
    for name, day in store.sql(
        "SELECT DISTINCT name, birth_date FROM relative_in_force WHERE fact = 'person' AND birth_date > ?", [as_of]
    ).fetchall():
        yield Undetermined("relative", name, None, "future_birth", {"date": _told(day)})
    yield from _events(store, as_of)


def _events(store: Store, as_of: dt.date) -> Iterator[Undetermined]:
    rows = store.sql(
        """
        SELECT event, supplier, min(supplier_name), list_sort(list(DISTINCT coalesce(contract_number, procedure_number, '—')))
        FROM purchase WHERE event_from > ? AND role <> 'subcontractor' GROUP BY event, supplier""",
        [as_of],
    ).fetchall()
    for event, party, name, numbers in rows:
        inn = party.removeprefix("inn:") if party.startswith("inn:") else None
        named = ", ".join(numbers[:MOST_NAMED]) + ("…" if len(numbers) > MOST_NAMED else "")
        params = {"number": str(len(numbers)), "purchases": named}
        yield Undetermined("supplier" if event == "award" else "participant", name or inn or party, inn, "future_event", params)


def _told(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"
