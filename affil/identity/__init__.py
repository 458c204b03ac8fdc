"""How sure it is that two records speak of one person: evidence in bits, added up to a calibrated probability."""
