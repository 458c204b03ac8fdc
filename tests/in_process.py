"""Commands of affil run in this process, from fixtures of whole modules too."""

from __future__ import annotations

import contextlib
import io
import sys
from typing import NamedTuple


class Said(NamedTuple):
    """How one command ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


def affil(*arguments: str) -> Said:
    """Run `affil …`."""
    from affil.cli import main

    out, err, argv = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["affil", *arguments]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.argv = argv
    return Said(code, out.getvalue(), err.getvalue())
