"""The other two answers: how far each official was checked, and what cannot be said, why, and what to do about it."""
