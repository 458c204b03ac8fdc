"""What Russian words mean: names of persons, words of kinship, names of organisations, identifiers, frequencies of names."""
