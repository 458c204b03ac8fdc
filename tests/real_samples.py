"""Where the real files are, if they are here at all: they are no part of the repository."""

from __future__ import annotations

import os
from pathlib import Path

SAMPLES = Path(os.environ.get("AFFIL_SAMPLES") or Path(__file__).parents[1].parent / "shared" / "samples")
