"""Two tables of persons matched whole: a region's questionnaires against a registry, 100,000 × 1,000,000 on one machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from affil.identity.calibrate import Correction, calibrate
from affil.identity.name_pairs import make_name_pairs
from affil.identity.posterior import make_likeness
from affil.identity.weigh import weigh
from affil.language.addresses import flat_key
from affil.language.companies import company_key
from affil.language.emails import emails
from affil.language.fio import former_surnames
from affil.language.fio_bulk import parse_name_fields, parse_names
from affil.language.identifiers import valid_inn
from affil.language.phones import phone_numbers
from affil.store.store import Store


def match_tables(store: Store, declared: str, registry: str) -> Correction:
    """Temporary table `likeness` (affil/identity/posterior.py) of the persons of two relations: declared, behind, probability, the evidence.

    `declared`: id, family, name and former_names as written, birth_date, birth_year, inn, region (two digits), address, phone, email, employer.
    `registry`: row, surname, given, patronymic, inn, birth_date, address, phone, email, company_inn, company_name; `behind` is the ИНН.
    """
    _read_declared(store, declared)
    _read_registry(store, registry)
    here = Path(__file__)
    store.script(here.with_suffix(".sql"))
    make_name_pairs(store)
    _forget(store, "known_name", "known_form", "declared_form", "declared_name", "near_surname", "declared_rest")
    store.script(here.with_name("bulk_pairs.sql"))
    _make_pair(store, registry)
    _forget(store, "registered", "registry_read", "pair_read", "name_pair", "joined", "contact_text")
    weigh(store)
    learned = calibrate(store)
    make_likeness(store)
    return learned


def _forget(store: Store, *tables: str) -> None:
    """A million rows are not kept longer than they are needed."""
    for table in tables:
        store.sql(f"DROP TABLE IF EXISTS {table}")


def _read_declared(store: Store, declared: str) -> None:
    """Temporary table `declared_read`: the persons with their names in comparable parts."""
    store.sql(f"CREATE OR REPLACE TEMPORARY TABLE written AS SELECT * FROM {declared}")
    parse_names(store.connection, "written", "name", "name_read")
    told = store.sql("SELECT DISTINCT former_names FROM written WHERE former_names IS NOT NULL ORDER BY ALL").fetchall()
    store.temporary(
        "former_read", {"text": "VARCHAR", "surnames": "VARCHAR[]"}, [(text, list(former_surnames(text))) for (text,) in told]
    )
    numbers = store.sql("SELECT DISTINCT inn FROM written WHERE inn IS NOT NULL ORDER BY inn").fetchall()
    store.temporary("valid_inn", {"inn": "VARCHAR"}, [(inn,) for (inn,) in numbers if valid_inn(inn)])
    store.sql("""
        CREATE OR REPLACE TEMPORARY TABLE declared_read AS
        SELECT w.id AS declared_id, w.family, n.surname, n.given, n.patronymic, n.gender,
               nullif(array_to_string(list_filter(list_concat(string_split(n.former_surnames, '|'), f.surnames), s -> s <> n.surname), '|'), '') AS former_surnames,
               w.birth_date, w.birth_year, v.inn, w.region AS home_region, w.address, w.phone, w.email, w.employer
        FROM written w JOIN name_read n ON n.text = w.name LEFT JOIN former_read f ON f.text = w.former_names LEFT JOIN valid_inn v ON v.inn = w.inn""")


def _read_registry(store: Store, registry: str) -> None:
    """Temporary table `registry_read`: its rows with their names in comparable parts."""
    store.sql(f"CREATE OR REPLACE TEMPORARY VIEW registry_written AS SELECT * FROM {registry}")
    parse_name_fields(store.connection, "registry_written", "surname", "given", "patronymic", "fields_read")
    store.sql("""
        CREATE OR REPLACE TEMPORARY TABLE registry_read AS
        SELECT w.row, f.surname, f.given, f.patronymic, f.gender, w.inn, w.birth_date, w.phone, w.email, w.address, w.company_inn, w.company_name
        FROM registry_written w JOIN fields_read f ON w.surname IS NOT DISTINCT FROM f.surname_text AND w.given IS NOT DISTINCT FROM f.given_text
         AND w.patronymic IS NOT DISTINCT FROM f.patronymic_text""")
    _forget(store, "fields_read")


def _make_pair(store: Store, registry: str) -> None:
    """Temporary tables `pair`, `family_of` and `standing_in` of affil/identity/weigh.py."""
    keys: dict[str, Callable[[str], Iterable[str]]] = {
        "phones": phone_numbers,
        "emails": emails,
        "flats": lambda text: [key.partition("|")[2]] if (key := flat_key(text)) else [],
        "employers": lambda text: [company_key(text)],
    }
    texts = store.sql("SELECT DISTINCT means, text FROM contact_text ORDER BY ALL").fetchall()
    found = [(means, text, key) for means, text in texts for key in keys[means](text)]
    store.temporary("contact_key", {"means": "VARCHAR", "text": "VARCHAR", "key": "VARCHAR"}, found)
    lists = ", ".join(f"list(key ORDER BY key) FILTER (means = '{means}') AS {means}" for means in keys)
    store.sql(
        f"CREATE OR REPLACE TEMPORARY TABLE contact AS SELECT person, {lists} FROM contact_text JOIN contact_key USING (means, text) GROUP BY person"
    )
    columns = ", ".join(f"d.{means}, b.{means} AS b_{means}" for means in keys)
    store.sql(f"""
        CREATE OR REPLACE TEMPORARY TABLE pair AS
        SELECT p.*, {columns}, 1 AS seen  -- every holder is compared
        FROM pair_read p LEFT JOIN contact d ON d.person = p.declared LEFT JOIN contact b ON b.person = p.behind""")
    store.sql(
        "CREATE OR REPLACE TEMPORARY TABLE family_of AS SELECT declared_id AS declared, family FROM declared_read WHERE family IS NOT NULL"
    )
    store.sql(f"""
        CREATE OR REPLACE TEMPORARY TABLE standing_in AS SELECT DISTINCT coalesce(inn, 'row ' || row) AS behind, company_inn AS company
        FROM {registry} WHERE company_inn IS NOT NULL""")
