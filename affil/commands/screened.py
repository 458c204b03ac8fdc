"""The run that most commands answer from, its stages shown while a person waits at a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from affil.model.run import Run
    from affil.pipeline import Scope
    from affil.settings import Settings
    from affil.store.store import Store
    from affil.words import Words
    from affil.workspace import Workspace


def screened(store: Store, place: Workspace, settings: Settings, scope: Scope, words: Words) -> Run:
    """The run over what the store holds. In a pipe nothing is told of it: the answer is all that was asked for."""
    from affil import pipeline
    from affil.progress import Told

    with Told(words, quiet=not sys.stderr.isatty()) as told:
        return pipeline.screen(store, pipeline.rules_of(place), settings, scope, told.stage)
