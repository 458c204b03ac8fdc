"""A file by the hash of its bytes: what it is known by in the store, and whether it is still what it was."""

from __future__ import annotations

import hashlib
import time

from affil.errors import InputError
from affil.ingest.inputs import InputFile

CHUNK = 1 << 20
JUST_WRITTEN = 2_000_000_000  # ns: a file as young as that may change once more without its times telling so


class ChangedError(Exception):
    """The file is not what it was when it was hashed."""


class Seal:
    """The hash and size of a file as it was found, and whether it is still so once it has been read."""

    def __init__(self, file: InputFile) -> None:
        self.file = file
        self.stamp = file.stamp()
        self.sha256, self.size = _sha256(file)
        self.settled = self.stamp is None or self.stamp[0] < time.time_ns() - JUST_WRITTEN

    def check(self) -> None:
        """Raise `ChangedError` where somebody has written to the file since; the bytes decide where its times cannot."""
        try:
            if self.file.stamp() == self.stamp and self.settled:
                return
            if _sha256(self.file)[0] == self.sha256:
                return
        except (OSError, InputError) as error:
            raise ChangedError from error
        raise ChangedError


def digest_of_name(name: str) -> str:
    """What stands for the hash of a file whose bytes cannot be had."""
    return hashlib.sha256(name.encode()).hexdigest()


def _sha256(file: InputFile) -> tuple[str, int]:
    """The hash of the bytes and their number."""
    digest, size = hashlib.sha256(), 0
    with file.open() as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size
