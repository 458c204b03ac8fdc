"""What DuckDB would load beside itself, and nobody here needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_pandas() -> Iterator[None]:
    """Inside it pandas cannot be imported, unless it is already: DuckDB does so with the first bound value of any kind, only to see
    whether it is a value of pandas, and that takes as long as all else of a small command."""
    absent = "pandas" not in sys.modules
    if absent:
        sys.modules["pandas"] = None  # type: ignore[assignment]  # the documented way to make an import fail
    try:
        yield
    finally:
        if absent:
            sys.modules.pop("pandas", None)
