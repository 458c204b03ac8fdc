"""Commands that have commands of their own, and what all commands share."""
