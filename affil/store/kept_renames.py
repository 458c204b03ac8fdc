"""Renames that outlast a power cut."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def keep_renames(folder: Path) -> None:
    """Write to the disk which names stand in a folder; Windows has no such call for folders and needs none."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):  # some network file systems refuse it
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
