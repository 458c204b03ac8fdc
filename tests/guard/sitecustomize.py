"""Read by every Python that a test starts, before its own code: it watches itself for connections."""

import os

if told_in := os.environ.get("AFFIL_TEST_CONNECTIONS"):
    import no_network

    no_network.watch(told_in)
