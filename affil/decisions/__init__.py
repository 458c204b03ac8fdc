"""The one log of what people decided: append-only, each entry chained to the one before, undone by an entry."""
