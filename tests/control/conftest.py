"""A store with the product's empty tables, for what is asked of a few rows written by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from affil.store.store import Store


@pytest.fixture(scope="session")
def empty_store() -> Iterator[Store]:
    """Made once: the tables take longer than what is asked of them."""
    with Store.open(None) as store:
        store.sql("SET threads = 1")
        yield store


@pytest.fixture
def store(empty_store: Store) -> Iterator[Store]:
    """What a test writes is gone after it, temporary tables too."""
    with empty_store.undone():
        yield empty_store
