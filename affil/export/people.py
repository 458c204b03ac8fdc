"""Persons and families: one Person a party of the run, one Family a declaration of a questionnaire."""

from __future__ import annotations

import re
from collections import defaultdict

from affil.export.entities import address
from affil.export.world import Row, World, party_id, party_key
from affil.kinship.naming import kin_name
from affil.language.phones import phone_numbers

# Numbers FollowTheMoney takes: mobile ones and those of an area code in use (plan of numbering of Russia).
_DIALLED = re.compile(
    r"9\d{9}|(3(0[12]|4[1-35-79]|5[1-3]|65|8[1-58]|9[0145])|4(01|1[1356]|2[13467]|7[1-5]|8[1-7]|9[1-689])"
    r"|8(1[1-8]|2[01]|3[13-6]|4[0-8]|5[15]|6[1-35-79]|7[1-37-9]))\d{7}"
)
_MAILBOX = re.compile(r"[a-z0-9._%+-]{1,64}@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_GENDERS = {"m": "male", "f": "female"}
# Whose spelling of a name is told first: the officer's own lists, then the registry, then the papers of purchases.
_TRUST = ("official", "relative", "disclosed", "tie", "proprietor", "participant", "contract")


def add_people(world: World) -> None:
    """Everybody the store speaks of: officials, relatives, directors, owners, entrepreneurs, suppliers who are persons."""
    spellings: dict[str, list[tuple[int, bool, str]]] = defaultdict(list)
    for row in world.store.rows(_PEOPLE):
        if row["name"]:
            spellings[row["party"]].append((_TRUST.index(row["kind"]), row["name"].isupper(), row["name"]))
        _add_person(world, row)
    for party, found in spellings.items():
        first = min(found)[2]
        world.book.add("Person", party_key(party), name=first, alias=[name for *_, name in found])


_PEOPLE = """
    SELECT p.party, m.*, coalesce(o.position, r.position) AS position, e.ogrnip, e.registered_on
    FROM mention m JOIN party p USING (mention)
    LEFT JOIN official_in_force o ON m.mention = 'official|' || o.official_key
    LEFT JOIN relative_in_force r ON m.kind = 'relative' AND r.source_id = m.source_id AND r.locator = m.locator
    LEFT JOIN proprietor e ON m.kind = 'proprietor' AND e.source_id = m.source_id AND e.locator = m.locator
    ORDER BY m.mention"""


def _add_person(world: World, row: Row) -> None:
    former = [
        f"{surname} {row['given'] or ''} {row['patronymic'] or ''}" for surname in (row["former_surnames"] or "").split("|")
    ]
    posts = [", ".join(part for part in (row["employer"], row["position"]) if part)]
    world.book.add(
        "Person", party_key(row["party"]), [(row["source_id"], row["locator"])],
        lastName=_cased(row["surname"]), firstName=_cased(row["given"]), fatherName=_cased(row["patronymic"]),
        previousName=[_cased(name) for name in former if name.split(" ")[0]],
        birthDate=row["birth_date"] or row["birth_year"], gender=_GENDERS.get(row["gender"]), innCode=row["inn"],
        registrationNumber=row["ogrnip"], phone=phones(row["phone"]), email=mailbox(row["email"]),
        address=address(row["address"]), position=posts,
    )  # fmt: skip


def _cased(text: str | None) -> str | None:
    return text.title() if text else None


def phones(text: str | None) -> list[str]:
    """The numbers of a cell as E.164 has them."""
    return [f"+7{number}" for number in phone_numbers(text or "") if _DIALLED.fullmatch(number)]


def mailbox(text: str | None) -> str | None:
    """An e-mail address, where the cell is one and nothing else."""
    mail = (text or "").strip().lower()
    return mail if _MAILBOX.fullmatch(mail) else None


def add_families(world: World) -> None:
    """What each official's questionnaire says of his kin: `relationship` is what `relative` is to `person`, in its own word.

    The typed chains (readings of that word, the better first) stand under `affil.kin`; kin composed over questionnaires is no
    statement of anybody and is left to who reads the graph.
    """
    for row in world.store.rows(_FAMILIES):
        chains = row["chains"].split("|")
        word = row["relationship"] or kin_name(chains[0], row["gender"], row["ego_gender"], world.words)
        dates = (str(row["valid_from"] or ""), str(row["valid_to"] or ""))
        world.book.add(
            "Family", ("family", row["ego"], row["alter"], word.casefold(), row["chains"], *dates), [(row["source_id"], row["locator"])],
            {"kin": chains},
            person=party_id(row["ego"]), relative=party_id(row["alter"]), relationship=word,
            startDate=row["valid_from"], endDate=row["valid_to"],
        )  # fmt: skip


_FAMILIES = """
    SELECT ego.party AS ego, alter.party AS alter, r.relationship, coalesce(w.chains, r.chains) AS chains, r.gender, o.gender AS ego_gender,
           r.valid_from, r.valid_to, r.source_id, r.locator
    FROM relative_in_force r JOIN official_in_force o USING (official_key)
    JOIN party ego ON ego.mention = 'official|' || r.official_key
    JOIN party alter ON alter.mention = 'relative|' || r.source_id || '|' || r.locator
    LEFT JOIN kin_word w ON w.source_id = r.source_id AND w.locator = r.locator
    WHERE r.fact = 'person' AND r.chains IS NOT NULL AND ego.party <> alter.party ORDER BY r.source_id, r.locator"""
