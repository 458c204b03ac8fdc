"""Letters A to D of OFFICER 3.8, made of a run and of what `answers/correspondence.py` adds; `letters` gives them all."""
