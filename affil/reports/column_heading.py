"""What a column of the store is called where a person reads it: the heading of the form it came from."""

from __future__ import annotations

import re
from fractions import Fraction

from affil.ingest.vocabulary.vocabulary import vocabulary
from affil.reports.phrases import label
from affil.reports.values import percent_text
from affil.words import Words

_TABLES = {"official": "officials", "commission_seat": "commissions", "duty": "duties", "declared_interest": "declared_interests",
           "notice": "notices", "search": "searches", "relative": "relatives", "reject": "officials"}  # fmt: skip
_NAMED = {"detail": "role", "decision_text": "decision", "fact": "organisation", "birth_year": "birth_date",
          "former_surnames": "former_names", "noticed_on": "date", "searched_on": "date", "valid_from": "from", "valid_to": "to",
          "kind_text": "kind", "result_text": "result", "holder_text": "holder", "relationship_text": "relationship"}  # fmt: skip
_VALUES = {"status": "reports.status", "procurement_role": "reports.role", "role": "reports.role", "fact": "retention.data.fact",
           "holder": "retention.data.holder", "decision": "retention.data.notice_decision"}  # fmt: skip


def column_heading(name: str, table: str) -> str:
    """The heading in the form of the column's own table, in Russian, the only language forms have; «С» is no day of a wedding.

    A column no form has is called by its machine name.
    """
    fields = vocabulary().tables[_TABLES[table]].fields
    field = fields.get(name) or fields.get(_NAMED.get(name, name)) or fields.get("member" if name == "name" else name)
    return str(field.heading) if field is not None else name


def value_word(name: str, value: str, words: Words) -> str:
    """The value of a column of this name as words; what is a machine name only in the store stands in words."""
    if name == "share":
        return f"{percent_text(Fraction(value))} %" if re.fullmatch(r"\d+(/[1-9]\d*)?", value) else value
    return (label(words, _VALUES[name], value) or value) if name in _VALUES else value
