"""The engine gives what a brute-force walk over the raw records gives, on random small worlds (tests/rules/oracle.py).

`AFFIL_PROOF=2000` runs that many worlds in place of the usual few.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from affil.model.finding import Finding, Run
from affil.pipeline import Scope, rules_of, screen
from affil.reports.findings_csv import findings_csv
from affil.reports.findings_json import finding_value, findings_json
from affil.resolve.link import link
from affil.settings import default_settings
from affil.store.store import Store
from affil.words import Words
from tests.rules.oracle import OWNING, STRENGTH, Key, Oracle, Way
from tests.rules.random_worlds import World, fill, worlds

PROOF = int(os.environ.get("AFFIL_PROOF", "0"))
CATALOGUE, SETTINGS = rules_of(None), default_settings()


def examples(number: int) -> settings:
    return settings(max_examples=PROOF or number, deadline=None, suppress_health_check=list(HealthCheck))
