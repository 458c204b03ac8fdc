"""What a file is and what it gave is said in words wherever sources are listed, whatever reader took it."""

from __future__ import annotations

import pytest

from affil.ingest.readers import readers
from affil.words import Words


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_kind_of_source_has_its_word(lang: str) -> None:
    words = Words(lang)
    kinds = {reader.kind for reader in readers()} | {"unreadable"}
    assert kinds <= words.raw("load.kind").keys()
    assert kinds <= words.raw("page.source").keys()
    assert kinds - {"table"} <= {key for key, text in words.raw("memo.kind").items() if isinstance(text, str)}


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_everything_that_is_counted_has_its_word(lang: str) -> None:
    words = Words(lang)
    assert words.raw("cli.taken").keys() <= words.raw("page.taken").keys()
