"""What goes to a terminal or a pipe, whatever its code page: a sign the page lacks is replaced by one that can be read."""

from __future__ import annotations

import codecs
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Mapping
from typing import TextIO

# Of each sign what may stand for it, the best first.
SIGNS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys("—–‒―−‑‐·", ("-",)), **dict.fromkeys("«»„“”‟", ('"',)), **dict.fromkeys("‘’‚‛", ("'",)),
    **dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f", (" ",)), **dict.fromkeys("\u200b\u200c\u200d\u00ad\u2060", ("",)),
    **dict.fromkeys("─━═╌", ("-",)), **dict.fromkeys("│┃║", ("|",)), **dict.fromkeys("┌┐└┘├┤┬┴┼", ("+",)),
    "…": ("...",), "№": ("N",), "•": ("*",), "→": ("->",), "←": ("<-",), "↔": ("<->",), "⇒": ("=>",), "≥": (">=",), "≤": ("<=",),
    "≠": ("!=",), "≈": ("~",), "×": ("x",), "☐": ("[ ]",), "☑": ("[x]",), "☒": ("[x]",), "✓": ("+",), "✔": ("+",), "✗": ("-",),
    "✘": ("-",), "†": ("+",), "§": ("п.", "par."), "₽": ("руб.", "rub."), "°": ("гр.", "deg."), "ё": ("е",), "Ё": ("Е",),
}  # fmt: skip
_SMALL = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        re.findall(r"\S+", "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch ' y ' e yu ya"),
        strict=True,
    )
)
LATIN: Mapping[str, str] = _SMALL | {small.upper(): told.title() for small, told in _SMALL.items()}
UNKNOWN = "?"


def readable(text: str, encoding: str) -> str:
    """The text with every sign that `encoding` lacks replaced by one that can be read; the last resort are Latin letters."""
    return "".join(sign if _has(encoding, sign) else _instead(sign, encoding) for sign in text)


def prepare_streams() -> None:
    """Standard output and error never fail on a sign; on Windows what leaves through a pipe is in the code page it is read in."""
    for stream in (sys.stdout, sys.stderr):
        if not hasattr(stream, "reconfigure"):
            continue
        encoding = _of_windows(stream) or stream.encoding
        stream.reconfigure(encoding=encoding, errors=_handler(encoding))


def pipe_encoding(is_file: bool, environ: Mapping[str, str], utf8_mode: bool, page: int) -> str | None:
    """How text leaves on Windows where no console shows it; None leaves it as Python has it.

    Who reads a pipe (more, find, PowerShell) takes it for the console's code page, which is not that of the system; a file is
    UTF-8, as every editor of Windows knows it. What the environment says goes before.
    """
    if utf8_mode or "PYTHONIOENCODING" in environ or not (is_file or page):
        return None
    if is_file:
        return "utf-8"
    return f"cp{page}" if _is_known(f"cp{page}") else None


def is_unicode(stream: TextIO) -> bool:
    """True where the stream can hold every sign; a stream of no encoding is text in memory."""
    return (getattr(stream, "encoding", None) or "utf-8").lower().replace("_", "-").startswith("utf")


def _of_windows(stream: TextIO) -> str | None:
    if sys.platform != "win32" or stream.isatty():
        return None
    import ctypes

    page = int(ctypes.windll.kernel32.GetConsoleOutputCP())
    is_file = stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    return pipe_encoding(is_file, os.environ, bool(sys.flags.utf8_mode), page)


def _handler(encoding: str) -> str:
    """The name under which Python finds who replaces signs for this encoding; its own errors do not tell which it was."""
    name = f"affil.readable.{encoding}"

    def replaced(error: UnicodeError) -> tuple[str, int]:
        """What to write instead of the signs that do not fit, and where to go on; an error of reading is raised again."""
        if not isinstance(error, UnicodeEncodeError):
            raise error
        return "".join(_instead(sign, encoding) for sign in error.object[error.start : error.end]), error.end

    codecs.register_error(name, replaced)
    return name


def _instead(sign: str, encoding: str) -> str:
    plain = "".join(one for one in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(one))
    options = (*SIGNS.get(sign, ()), plain, LATIN.get(sign), LATIN.get(plain))
    return next((one for one in options if one is not None and one != sign and _has(encoding, one)), UNKNOWN)


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _is_known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True
