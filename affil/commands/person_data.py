"""`affil person-data`: the answer to a person's request (152-ФЗ ст. 14)."""
