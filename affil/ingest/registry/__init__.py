"""Extracts of ЕГРЮЛ and ЕГРИП into records, in every form they come in."""
