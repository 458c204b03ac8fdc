"""Who is who, measured: a seeded world of persons, and matchers side by side on it."""
