"""Why a file, or all of it, could not be read, as a person is told."""

from __future__ import annotations

from affil.errors import InputError, is_interruption
from affil.ingest.refusal import FileRefusedError
from affil.model.records import Reject
from affil.store.store import is_store_failure


def why_unreadable(error: OSError | InputError) -> Reject:
    """The reason where not even the bytes can be had."""
    if isinstance(error, FileRefusedError):
        return error.reject
    if isinstance(error, FileNotFoundError):
        return Reject("file_gone")
    reason = "no_access" if isinstance(error, PermissionError) else "unreadable_file"
    return Reject(reason, params={"why": getattr(error, "strerror", None) or str(error)})


def why_refused(error: Exception) -> Reject:
    """The reason a person is told; an interruption, and a want of memory or of disk, are no fault of the file and go on."""
    if isinstance(error, MemoryError) or is_interruption(error) or is_store_failure(error):
        raise error
    if isinstance(error, OSError):
        return why_unreadable(error)
    if isinstance(error, FileRefusedError):
        return error.reject
    if isinstance(error, InputError):
        return Reject("unreadable_file", params={"why": str(error)})
    return Reject("reader_failed", params={"why": f"{type(error).__name__}: {error}"})
