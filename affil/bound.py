"""Values in statements of DuckDB: bound, without what DuckDB would read to look at them, or as SQL writes them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_pandas() -> Iterator[None]:
    """DuckDB imports pandas, a fifth of a second, to see whether a bound value is one of its own; here none ever is."""
    if "pandas" in sys.modules:
        yield
        return
    sys.modules["pandas"] = None  # type: ignore[assignment]  # Python's own sign for a module that is not there
    try:
        yield
    finally:
        del sys.modules["pandas"]


def quoted(text: str) -> str:
    """A text as SQL writes it, where a statement takes no bound values."""
    return "'" + text.replace("'", "''") + "'"
