"""A file that cannot be used at all, with the reason as a key of the word catalogue."""

from __future__ import annotations

from affil.errors import InputError
from affil.model.records import Reject


class FileRefusedError(InputError):
    """Nothing of the file can be taken. `reject` carries the catalogue key of the reason and its parameters."""

    def __init__(self, name: str, reason: str, **params: str) -> None:
        details = ", ".join(f"{key}: {value}" for key, value in sorted(params.items()))
        super().__init__(f"{name}: {reason}" + (f" ({details})" if details else ""))
        self.reject = Reject(reason=reason, params=params)
