"""Empty forms for people to fill in."""
