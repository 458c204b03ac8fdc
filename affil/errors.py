"""The errors a person can be told about in one line: what was found where, what was expected, what to do next."""

from __future__ import annotations


class AffilError(Exception):
    """Root of every error `affil` raises on purpose; `cli.main` turns it into one line on stderr and exit code 1."""


class InputError(AffilError):
    """A file from outside cannot be read; the text names the file, the cause and the remedy."""


class RuleError(AffilError):
    """A rule file is wrong; the text names the file, the key and what was expected."""


class SettingsError(AffilError):
    """`affil.toml` is wrong or no workspace is here."""


class StoreError(AffilError):
    """The store cannot be opened or written."""


class UsageError(AffilError):
    """The command cannot be carried out as asked (exit code 2)."""


class InterruptedByUser(BaseException):
    """Ctrl-C, under a name the library of the command line does not know: its own exit code is none of CONTRACT 2."""


def is_interruption(error: BaseException) -> bool:
    """True where Ctrl-C met a statement of the store: DuckDB tells it as a plain RuntimeError."""
    return isinstance(error, RuntimeError) and "interrupted" in str(error).lower()
