"""`python -m affil`."""

from affil.cli import main

if __name__ == "__main__":
    main()
