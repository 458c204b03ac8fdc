"""Memory that was freed goes back to the system instead of waiting for the next use."""

from __future__ import annotations

import ctypes
import sys
from functools import cache

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # <malloc.h> of glibc
_LARGE = 256 << 10
_KEPT = 4 << 20


@cache
def large_blocks_apart() -> None:
    """Have the C library take large blocks from the system one by one, so that each goes back as soon as it is freed.

    glibc raises its bound for such blocks up to 32 MB with every one it sees freed; from then on columns of a table lie between
    small things that stay, and the heap grows by 100 MB over a million rows. Other systems have a fixed bound and need no word.
    """
    if not sys.platform.startswith("linux"):
        return
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:  # other C libraries of Linux have none, or one that does nothing
        set_option(_M_MMAP_THRESHOLD, _LARGE)
        set_option(_M_TRIM_THRESHOLD, _KEPT)
