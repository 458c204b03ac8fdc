"""Bytes on the disk searched for names that were planted, in every encoding a name could lie in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1251")


def found_in(folder: Path, *texts: str) -> set[tuple[str, str, str]]:
    """File, text and encoding of each that lies in a file below the folder, hidden ones and other cases of the letters too."""
    return {
        (file.relative_to(folder).as_posix(), text, encoding)
        for file in files_below(folder)
        for content in (file.read_bytes(),)
        for text in texts
        for encoding in ENCODINGS
        if any(spelled.encode(encoding) in content for spelled in {text, text.upper(), text.lower()})
    }


def files_below(folder: Path) -> Iterator[Path]:
    """Every file, whatever its name begins with."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
