"""Officials that only a sheet of their kin names: they count where no list of officials has them, and their kin are theirs either way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import OSA

from affil.store.store import Store

Row = dict[str, Any]
Same = Callable[[str | None, str | None], bool]
_SELECT = (
    "SELECT source_id, locator, official_key, employee_id, employer_inn, employer, name_key, birth_date, birth_year, position, department "
    "FROM official"
)
_MORE_THAN_NAME = ("employee_id", "employer_inn", "employer", "birth_date", "birth_year", "position", "department")
_SLIP = 2  # letters by which a name told with little else may be a listed one written wrong


@dataclass(frozen=True, slots=True)
class BesideKin:
    """`key`: the official of a row of such a sheet by (source, locator); `twins`: rows that cannot be told apart from another's."""

    key: dict[tuple[str, str], str] = field(default_factory=dict)
    twins: frozenset[tuple[str, str]] = frozenset()


def settle_beside_kin(store: Store, same_name: Same) -> BesideKin:
    """Set aside the rows whose official a list has, and tell which official each row is. Keys of officials must be set."""
    rows = store.rows(f"{_SELECT} WHERE beside_kin ORDER BY source_id, locator")
    if not rows:
        return BesideKin()
    listed = _Listed(store.rows(f"{_SELECT} WHERE NOT coalesce(beside_kin, false) AND superseded_by IS NULL"), same_name)
    keys: dict[tuple[str, str], str] = {}
    aside: list[tuple[str, str, str, str]] = []
    for row in rows:
        found = listed.of(row)
        place = (row["source_id"], row["locator"])
        if not found and (near := listed.near(row)):
            aside.append((*place, row["official_key"], near["source_id"]))  # told as not found: her list has him otherwise
            continue
        if not found:
            keys[place] = row["official_key"]
            continue
        known = sorted({one["official_key"] for one in found})
        if len(known) == 1 and same_name(row["name_key"], found[0]["name_key"]):
            keys[place] = known[0]
        aside.append((*place, keys.get(place, row["official_key"]), min(one["source_id"] for one in found)))
    _set_aside(store, aside)
    return BesideKin(keys, frozenset(_twins(rows, {one[:2] for one in aside})))


def _set_aside(store: Store, aside: list[tuple[str, str, str, str]]) -> None:
    if not aside:
        return
    columns = {"source_id": "VARCHAR", "locator": "VARCHAR", "official_key": "VARCHAR", "listed_in": "VARCHAR"}
    store.temporary("set_aside", columns, aside)
    store.sql("""
        UPDATE official SET official_key = set_aside.official_key, superseded_by = coalesce(superseded_by, listed_in) FROM set_aside
        WHERE official.source_id = set_aside.source_id AND official.locator = set_aside.locator""")


def _twins(rows: list[Row], aside: set[tuple[Any, ...]]) -> Iterator[tuple[str, str]]:
    """Rows of one sheet with one name and nothing that tells two persons apart: the kin of each may be the other's."""
    bare = [row for row in rows if not (row["employee_id"] or row["birth_date"] or row["birth_year"])]
    number = Counter((row["source_id"], row["official_key"]) for row in bare)
    for row in bare:
        if number[row["source_id"], row["official_key"]] > 1 and (row["source_id"], row["locator"]) not in aside:
            yield row["source_id"], row["locator"]


class _Listed:
    """Officials of lists, found by number or by name."""

    def __init__(self, rows: list[Row], same_name: Same) -> None:
        self.same_name = same_name
        self.all = rows
        self.by_id: dict[str, list[Row]] = defaultdict(list)
        self.by_surname: dict[str, list[Row]] = defaultdict(list)
        self.by_rest: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            if row["employee_id"]:
                self.by_id[row["employee_id"].lstrip("0")].append(row)
            if row["name_key"]:
                surname, _, rest = row["name_key"].partition(" ")
                self.by_surname[surname].append(row)
                self.by_rest[rest].append(row)

    def near(self, row: Row) -> Row | None:
        """A listed official because of whom the row makes nobody an official; the first by place.

        Of one who has nothing but a name any will do: where there are lists, who stands in none of them is to be told, not added.
        Who has a department or employer too may be a listed one a slip of the pen away.
        """
        if row["employee_id"] or row["birth_date"] or row["birth_year"] or row["position"] or not row["name_key"]:
            return None
        known = list(self.all)
        if any(row[name] for name in _MORE_THAN_NAME):
            surname, _, rest = row["name_key"].partition(" ")
            known = [*self.by_surname.get(surname, []), *self.by_rest.get(rest, [])]
            known = [one for one in known if OSA.distance(one["name_key"], row["name_key"], score_cutoff=_SLIP) <= _SLIP]
        return min(known, key=lambda one: (one["source_id"], one["locator"]), default=None)

    def of(self, row: Row) -> list[Row]:
        """Those a row can be; of one number and another name too, for somebody has it wrong and nobody may be made of it."""
        by_id = self.by_id.get((row["employee_id"] or "").lstrip("0"), []) if row["employee_id"] else []
        by_id = [one for one in by_id if _agree(row, one, ("employer_inn",))]
        if by_id:
            return [one for one in by_id if self.same_name(row["name_key"], one["name_key"])] or by_id
        named = self.by_surname.get((row["name_key"] or "").split(" ")[0], [])
        found = [one for one in named if self.same_name(row["name_key"], one["name_key"])]
        found = [one for one in found if _agree(row, one, ("employer_inn", "birth_date", "birth_year"))]
        return [one for one in found if not (row["employee_id"] and one["employee_id"])]


def _agree(one: Row, other: Row, columns: tuple[str, ...]) -> bool:
    """True where nothing both rows say differs."""
    return all(one[name] is None or other[name] is None or one[name] == other[name] for name in columns)
