"""What became of a file that was loaded."""

from __future__ import annotations

from dataclasses import dataclass

from affil.model.grouped import Group


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one file, as `affil load --json` reports it.

    `same_as`: the name its bytes were loaded under; `why` is a key of `cli.load` where a person should know why it was skipped or
    read again. `groups`: what was not taken, put together by reason.
    """

    file: str
    source_id: str
    kind: str
    taken: dict[str, int]
    rejected: int
    skipped: bool
    notes: tuple[str, ...] = ()
    same_as: str = ""
    why: str = ""
    groups: tuple[Group, ...] = ()

    @property
    def refusal(self) -> Group | None:
        """Why nothing of the file could be taken; None where something was."""
        return next((group for group in self.groups if group.is_whole_file and not self.taken), None)
