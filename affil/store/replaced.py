"""A file put in the place of another, also on Windows, where somebody may have either open for a moment."""

from __future__ import annotations

import os
import time
from pathlib import Path

# Seconds: a virus scanner or the search of Windows lets go by then, Excel does not. Elsewhere an open file is no hindrance.
WAITS = (0.1, 0.3, 0.8) if os.name == "nt" else ()


def put_in_place(draft: Path, target: Path) -> None:
    """Rename `draft` to `target`, whatever stood there; a reader sees the old or the new, never half of it.

    Raises `PermissionError` that names `target` where another program keeps it open; then `draft` is gone and `target` as it was.
    """
    try:
        rename_over(draft, target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def rename_over(draft: Path, target: Path) -> None:
    """The same, but `draft` stays where it fails: for who has to write over it first."""
    waits = iter(WAITS)
    while True:
        try:
            os.replace(draft, target)
            return
        except PermissionError as error:
            wait = next(waits, None)
            if wait is None:
                raise PermissionError(error.errno, error.strerror, str(target)) from error
        time.sleep(wait)
