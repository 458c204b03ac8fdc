"""Tables and their fields as people call them: by the empty forms of `templates/`, whose names and headings these are."""

from __future__ import annotations

from affil.ingest.vocabulary.vocabulary import vocabulary
from affil.words import Words


def table_words(table: str, words: Words) -> str:
    """The name of the table's form; the machine name where it has none."""
    return str(words.raw("templates").get(table, {}).get("file", table))


def field_words(table: str, field: str, words: Words) -> str:
    """The heading of the field in the form, else the usual one."""
    headings = words.raw("templates").get(table, {}).get("headings", {})
    fields = vocabulary().tables[table].fields
    return str(headings.get(field) or (fields[field].heading if field in fields else field))
