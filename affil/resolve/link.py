"""Which official a row of a questionnaire or a commission speaks of, and which rows a newer source replaces.

Run after every load, over all that is loaded and without regard to what was found before: what a store says depends on its files
alone, so that a file taken back leaves no trace (affil/resolve/forget.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from affil.resolve.beside_kin import BesideKin, settle_beside_kin
from affil.resolve.employers import find_employers
from affil.resolve.namesakes import part_namesakes
from affil.resolve.orders import find_seat_customers
from affil.resolve.replaced_lists import end_replaced_lists
from affil.resolve.withheld import withhold_kin
from affil.store.remove import tables_of_sources
from affil.store.store import Store

Row = dict[str, Any]
NOT_OURS = "not_ours"  # of a seat: on a commission of a body no official serves; nobody's fault and no reject


def link(store: Store, default_employer: str | None = None, without_basis: Collection[str] = ()) -> None:
    """Set official keys, end replaced rows, and tie relatives and commission seats to officials.

    `default_employer`: the only own customer of the settings, or None; see `employers.py`. `without_basis`: the categories of
    officials whose relatives may not be kept; see `withheld.py`.
    """
    with store.transaction():
        link_anew(store, default_employer, without_basis)


def link_anew(store: Store, default_employer: str | None = None, without_basis: Collection[str] = ()) -> None:
    """The same inside a transaction of the caller's."""
    _begin_anew(store)
    find_seat_customers(store)
    _end_replaced_purchases(store)
    find_employers(store, default_employer)
    beside = _key_officials(store)
    officials = officials_in_force(store)
    for table in _LINKED:
        _link_rows(store, table, officials, beside=beside)
    _link_searches(store, officials)
    withhold_kin(store, without_basis)
    _end_replaced_questionnaires(store)
    end_replaced_lists(store)


def _begin_anew(store: Store) -> None:
    for table in tables_of_sources(store, "superseded_by"):
        store.sql(f"UPDATE {table} SET superseded_by = NULL WHERE superseded_by IS NOT NULL")


def link_seats(store: Store, source_id: str) -> None:
    """Tie the commission seats of one source, added to a store whose other rows are tied already, to officials."""
    _link_rows(store, "commission_seat", officials_in_force(store), source_id)


def _end_replaced_purchases(store: Store) -> None:
    """A number that comes again in a later load replaces its older rows; without a number the whole row is the key.

    Only the ЕИС numbers each contract once (15 digits and more): «№ 1» is another contract with another supplier and in another
    year. A paper that changes a contract, or a payment, replaces only its like.

    Of the versions ЕИС gives a contract the highest is in force, in whatever order they were loaded. Its protocols of one procedure
    replace only themselves: each adds to what the others tell.
    """
    _end_older_versions(store)
    supplier = "coalesce(supplier_key, name_key, supplier_inn)"
    keys = {
        "contract": f"""coalesce(customer_inn, customer, customer_hint, ''),
            CASE WHEN paper IS NOT NULL THEN concat_ws('|', paper, contract_number, {supplier}, ends_on, terminated_on, period_to, price)
            WHEN contract_number IS NULL THEN concat_ws('|', supplier_inn, supplier_key, name_key, signed_on, period, price)
            WHEN regexp_matches(contract_number, '\\d{{15}}') THEN contract_number
            ELSE concat_ws('|', contract_number, {supplier}, year(coalesce(signed_on, period_to))) END""",
        "participant": "procedure_number, coalesce(participant_inn, participant_key, name_key), coalesce(document, '')",
        "participant_person": "procedure_number, coalesce(participant_inn, participant_key), coalesce(basis, '')",
        "institution": "inn, coalesce(parent_inn, '')",
        "commission_seat": "coalesce(employee_id, name_key), coalesce(customer_inn, ''), coalesce(organizer_inn, ''), coalesce(procedure_number, ''), coalesce(valid_from, DATE '0001-01-01')",
    }  # fmt: skip
    for table, key in keys.items():
        store.sql(f"""
            UPDATE {table} SET superseded_by = newer.source_id
            FROM (SELECT hash({key}) AS k, arg_max(t.source_id, (s.batch, t.source_id)) AS source_id, max(s.batch) AS batch
                  FROM {table} t JOIN source s USING (source_id) WHERE t.superseded_by IS NULL GROUP BY ALL) newer, source mine
            WHERE mine.source_id = {table}.source_id AND superseded_by IS NULL
              AND newer.k = hash({key}) AND mine.batch < newer.batch""")


def _end_older_versions(store: Store) -> None:
    key = "hash(coalesce(customer_inn, customer, ''), contract_number)"
    store.sql(f"""
        UPDATE contract SET superseded_by = newer.source_id
        FROM (SELECT {key} AS k, arg_max(source_id, (version, source_id)) AS source_id, max(version) AS version
              FROM contract WHERE version IS NOT NULL AND contract_number IS NOT NULL GROUP BY 1) newer
        WHERE superseded_by IS NULL AND {key} = newer.k AND contract.version < newer.version""")


def _key_officials(store: Store) -> BesideKin:
    """The key of an official is employer and employee_id; name and birth date where there is no id.

    An id that two different persons bear within one employer is no key: the name is added to it. Neither is a bare name that
    one list gives two persons (`part_namesakes`).
    """
    store.sql("""
        UPDATE official SET official_key = coalesce(employer_inn, employer, '') || '|' || coalesce(
            ltrim(employee_id, '0'), coalesce(name_key, name) || '|' || coalesce(CAST(birth_date AS VARCHAR), CAST(birth_year AS VARCHAR), ''))""")
    store.sql("""
        UPDATE official SET official_key = official_key || '|' || coalesce(name_key, name)
        WHERE official_key IN (SELECT official_key FROM official WHERE superseded_by IS NULL AND employee_id IS NOT NULL
                               GROUP BY official_key HAVING count(DISTINCT concat_ws(' ', given, patronymic)) > 1)""")
    part_namesakes(store)
    beside = settle_beside_kin(store, same_name)
    # The newer questionnaire stands; where dates do not tell, the later load; within one load, the fuller row.
    store.sql("""
        UPDATE official SET superseded_by = best.source_id
        FROM (SELECT official_key, arg_max(o.source_id, r) AS source_id, arg_max(o.locator, r) AS locator
              FROM (SELECT o.*, row(coalesce(questionnaire_date, DATE '0001-01-01'), s.batch, inn IS NOT NULL,
                                    birth_date IS NOT NULL, coalesce(procurement_role, ''), coalesce(position, ''), o.source_id, o.locator) AS r
                    FROM official o JOIN source s USING (source_id)
                    WHERE o.superseded_by IS NULL OR NOT coalesce(o.beside_kin, false)) o GROUP BY official_key) best
        WHERE official.official_key = best.official_key AND superseded_by IS NULL
          AND (official.source_id, official.locator) <> (best.source_id, best.locator)""")
    return beside


@dataclass(slots=True)
class Officials:
    """Officials in force, found by id or by name."""

    by_id: dict[str, list[Row]]
    by_name: dict[str, list[Row]]
    by_surname: dict[str, list[Row]]
    by_inn: dict[str, list[Row]]

    def __init__(self, rows: Iterable[Row]) -> None:
        self.by_id, self.by_name, self.by_surname = defaultdict(list), defaultdict(list), defaultdict(list)
        self.by_inn = defaultdict(list)
        for row in rows:
            if row["employee_id"]:
                self.by_id[row["employee_id"].lstrip("0")].append(row)
            if row["name_key"]:
                self.by_name[row["name_key"]].append(row)
                self.by_surname[row["name_key"].split(" ")[0]].append(row)
            if row["inn"]:
                self.by_inn[row["inn"]].append(row)

    def named(self, name_key: str | None) -> list[Row]:
        """Officials of this full name; of this surname and initials where only initials are given."""
        if not name_key:
            return []
        return self.by_name.get(name_key) or [
            row for row in self.by_surname.get(name_key.split(" ")[0], []) if same_name(name_key, row["name_key"])
        ]

    def find(self, employee_id: str | None, name_key: str | None, employers: set[str]) -> tuple[str | None, str | None]:
        """(key of the official, None) or (None, why not: a key under `rejects`)."""
        by_id = self.by_id.get(employee_id.lstrip("0"), []) if employee_id else []
        if by_id and name_key:
            by_id = [row for row in by_id if same_name(name_key, row["name_key"])]
            return _only(_of_employers(by_id, employers)) if by_id else (None, "id_name_conflict")
        return _only(_of_employers(by_id or self.named(name_key), employers))

    def searched(self, row: Row) -> tuple[str | None, str | None]:
        """The official who was searched: by ИНН, by number, or by the full name where no ИНН speaks against it."""
        if row["inn"] in self.by_inn:
            return _only(self.by_inn[row["inn"]])
        if row["employee_id"]:
            return self.find(row["employee_id"], row["name_key"], {row["employer_inn"]} - {None})
        named = [one for one in self.by_name.get(row["name_key"] or "", []) if not (row["inn"] and one["inn"])]
        return _only(_of_employers(named, {row["employer_inn"]} - {None}))


def officials_in_force(store: Store) -> Officials:
    """The officials of the questionnaires in force, to be found by ИНН, number and name."""
    return Officials(store.rows("SELECT DISTINCT official_key, employee_id, employer_inn, name_key, inn FROM official_in_force"))


def _of_employers(rows: list[Row], employers: set[str]) -> list[Row]:
    mine = [row for row in rows if row["employer_inn"] in employers] if employers else rows
    return mine or rows


def _only(rows: list[Row]) -> tuple[str | None, str | None]:
    keys = sorted({row["official_key"] for row in rows})
    if len(keys) == 1:
        return keys[0], None
    return None, "official_ambiguous" if keys else "official_not_found"


def same_name(one: str | None, other: str | None) -> bool:
    """True where two comparable names can be one person's: equal parts, an initial for a name, a part missing at the end."""
    if not one or not other:
        return False
    parts, others = one.split(" "), other.split(" ")
    return all(
        a == b or (a.endswith(".") and b.startswith(a[:-1])) or (b.endswith(".") and a.startswith(b[:-1]))
        for a, b in zip(parts, others, strict=False)
    )


# The column with the comparable name of the official, and the ИНН of those he may serve, as SQL. A duty that names neither
# employer nor customer is of those whose contract or procedure of this number it is.
_LINKED = {
    "relative": ("official_name_key", "[employer_inn]"),
    "commission_seat": ("name_key", "[customer_inn, organizer_inn]"),
    "duty": (
        "name_key",
        "CASE WHEN employer_inn IS NOT NULL THEN [employer_inn] WHEN customer_inn IS NOT NULL THEN [customer_inn] ELSE customers END",
    ),
    "declared_interest": ("name_key", "[employer_inn]"),
    "notice": ("name_key", "[employer_inn]"),
}


_WITH_CUSTOMERS = """(
    SELECT d.*, b.customers FROM duty d LEFT JOIN (
        SELECT source_id, locator, flatten(list([customer_inn, organizer_inn])) AS customers
        FROM (SELECT source_id, locator, unnest([contract_number, procedure_number]) AS number FROM duty) JOIN (
            SELECT contract_number AS number, customer_inn, organizer_inn FROM contract_in_force
            UNION ALL SELECT procedure_number, customer_inn, organizer_inn FROM contract_in_force
            UNION ALL SELECT procedure_number, customer_inn, organizer_inn FROM participant_in_force) USING (number)
        GROUP BY ALL) b USING (source_id, locator))"""


def _link_rows(
    store: Store, table: str, officials: Officials, source_id: str | None = None, beside: BesideKin | None = None
) -> None:
    """Of one source or, where none is named, of all."""
    name, employers = _LINKED[table]
    rows = store.rows(
        f"""
        SELECT source_id, locator, employee_id, {name} AS name_key, {employers} AS employers,
               {"official_row" if table == "relative" else "NULL"} AS official_row
        FROM {_WITH_CUSTOMERS if table == "duty" else table}
        WHERE superseded_by IS NULL AND coalesce(source_id = CAST($source AS VARCHAR), true)""",
        {"source": source_id},
    )
    strange = _strange_seats(store) if table == "commission_seat" else set()
    found: list[tuple[str | None, ...]] = []
    for row in rows:
        place, stands = (row["source_id"], row["locator"]), (row["source_id"], row["official_row"])
        if place in strange:
            found.append((*place, None, NOT_OURS))
        elif beside and stands in beside.twins:
            found.append((*place, None, "official_ambiguous"))
        elif beside and stands in beside.key:
            found.append((*place, beside.key[stands], None))
        else:
            serves = {inn for inn in row["employers"] or () if inn}
            found.append((*place, *officials.find(row["employee_id"], row["name_key"], serves)))
    _set_officials(store, table, found)


def _strange_seats(store: Store) -> set[tuple[str, str]]:
    """Seats that protocols of ЕИС name on commissions of bodies none of the officials serves: a namesake of one sits there.

    A list the officer keeps is of her own commissions; a regional unloading of ЕИС is of everybody's. Up to 2019 a protocol gives
    the body without an ИНН: then the notice or the contract of the procedure tells. Where no body is known, nothing is strange.
    """
    rows = store.sql("""
        WITH own AS (
            SELECT employer_inn AS inn FROM official_in_force UNION SELECT unnest([inn, parent_inn]) FROM institution_in_force),
        seat AS (
            SELECT source_id, locator, procedure_number, customer_inn, organizer_inn FROM commission_seat_in_force JOIN source USING (source_id)
            WHERE source.kind = 'eis'),
        body AS (
            SELECT source_id, locator, unnest([customer_inn, organizer_inn]) AS inn FROM seat
            UNION SELECT s.source_id, s.locator, unnest([p.customer_inn, p.organizer_inn])
            FROM (SELECT * FROM seat WHERE coalesce(customer_inn, organizer_inn) IS NULL) s JOIN (
                SELECT procedure_number, customer_inn, organizer_inn FROM tender
                UNION SELECT procedure_number, customer_inn, organizer_inn FROM contract_in_force) p USING (procedure_number))
        SELECT source_id, locator FROM body WHERE inn IS NOT NULL AND (SELECT count(inn) FROM own) > 0
        GROUP BY ALL HAVING NOT bool_or(inn IN (SELECT inn FROM own WHERE inn IS NOT NULL))""").fetchall()
    return {(str(source_id), str(locator)) for source_id, locator in rows}


def _link_searches(store: Store, officials: Officials) -> None:
    """A search need not be of an official: a row that fits none, or two, stays without one and is no reject."""
    rows = store.rows(
        "SELECT source_id, locator, employee_id, employer_inn, name_key, inn FROM search WHERE superseded_by IS NULL"
    )
    _set_officials(store, "search", [(row["source_id"], row["locator"], *officials.searched(row)) for row in rows])


def _set_officials(store: Store, table: str, found: Sequence[tuple[str | None, ...]]) -> None:
    if not found:
        return
    store.temporary(
        "linked", {"source_id": "VARCHAR", "locator": "VARCHAR", "official_key": "VARCHAR", "problem": "VARCHAR"}, found
    )
    store.sql(f"""
        UPDATE {table} SET official_key = linked.official_key, link_problem = linked.problem FROM linked
        WHERE {table}.source_id = linked.source_id AND {table}.locator = linked.locator""")


def _end_replaced_questionnaires(store: Store) -> None:
    """What one official declared in one source is ended by a newer declaration of the same official.

    Newer is: a later questionnaire date; else a later load of the same file, or of a file that declares a kin word the
    older one declared too. A later table of *other* kin (in-laws collected apart) adds to the older one.
    """
    store.sql("""
        CREATE OR REPLACE TEMPORARY TABLE declaration AS
        SELECT r.official_key, r.source_id, any_value(s.batch) AS batch, any_value(s.file) AS file,
               max(coalesce(r.questionnaire_date, o.questionnaire_date)) AS dated, list(DISTINCT r.chains) AS chains
        FROM relative r JOIN source s USING (source_id)
        LEFT JOIN (SELECT official_key, source_id, max(questionnaire_date) AS questionnaire_date FROM official GROUP BY ALL) o
               ON o.official_key = r.official_key AND o.source_id = r.source_id
        WHERE r.official_key IS NOT NULL GROUP BY r.official_key, r.source_id""")
    store.sql("""
        UPDATE relative SET superseded_by = ended.newer
        FROM (SELECT a.official_key, a.source_id, arg_max(b.source_id, (coalesce(b.dated, DATE '0001-01-01'), b.batch, b.source_id)) AS newer
              FROM declaration a JOIN declaration b ON a.official_key = b.official_key AND a.source_id <> b.source_id
              WHERE b.dated > a.dated
                 OR (NOT coalesce(b.dated < a.dated, false) AND b.batch > a.batch AND (a.file = b.file OR list_has_any(a.chains, b.chains)))
              GROUP BY ALL) ended
        WHERE relative.official_key = ended.official_key AND relative.source_id = ended.source_id AND superseded_by IS NULL""")
