"""Both folders without names in one call."""

from __future__ import annotations

from affil.model.run import Run
from affil.reports.anonymous.pseudonymised import pseudonymised
from affil.reports.anonymous.summary_files import summary_public
from affil.words import Words


def anonymous_documents(run: Run, words: Words) -> dict[str, bytes]:
    """The files of `pseudonymised/` and `summary_public/`; of a run without a key the second alone."""
    tables = pseudonymised(run, words) if run.pseudonym_key else {}
    return {**tables, **summary_public(run, words)}
