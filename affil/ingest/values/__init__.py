"""One cell into one value: dates, sums, identifiers, shares; nothing is guessed."""
