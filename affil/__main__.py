"""`python -m affil`."""

from affil.cli import main

main()
