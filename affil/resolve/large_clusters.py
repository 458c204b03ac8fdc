"""Parties that are perhaps several persons merged by mistake: what one person cannot have, or hardly has so many of."""

from __future__ import annotations

from typing import Any

from affil.store.store import Store

Row = dict[str, Any]

MOST_NAMES = 3
"""Full names of one person: maiden name, a marriage, a misspelling."""

# A namesake of the same company is read twice, a questionnaire is loaded every year: of mentions without an ИНН of their own one a company
# and one a questionnaire counts. With an ИНН a founder of fifty companies is one person all the same.
_LARGE = """
    WITH told AS (
        SELECT party, count(DISTINCT birth_date) AS days, count(DISTINCT inn) AS inns,
               count(DISTINCT name_key) FILTER (given IS NOT NULL AND patronymic IS NOT NULL AND given[2:] <> '.' AND patronymic[2:] <> '.') AS names,
               count(DISTINCT coalesce(owner, company, mention)) FILTER (inn IS NULL) AS places, min(name) AS name, min(inn) AS inn,
               bool_or(kind = 'official') AS official, bool_or(kind = 'relative') AS relative
        FROM mention JOIN party USING (mention) GROUP BY party)
    SELECT *, CASE WHEN days > 1 THEN 'cluster_birth_dates' WHEN inns > 1 THEN 'cluster_inns' WHEN names > $names THEN 'cluster_names'
                   ELSE 'cluster_large' END AS reason
    FROM told WHERE days > 1 OR inns > 1 OR names > $names OR places > $places ORDER BY name, party"""


def large_clusters(store: Store, most_places: int) -> list[Row]:
    """party, name, inn, reason (a key of `undetermined`) and the counts days, inns, names, places. Needs mention and party.

    `most_places`: companies and questionnaires that name one person without an ИНН, at most (`[thresholds] cluster_places`).
    """
    return store.rows(_LARGE, {"names": MOST_NAMES, "places": most_places})
