"""No connection in the whole run: the guard of every test catches planted ones, and native code is shown to open none."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import network_fixture
import no_network
import pytest
from call_filter import FILTER, can_filter, filtered

NOWHERE = ("192.0.2.1", 9)  # RFC 5737: an address for examples, nobody's
PLANTED = f"import socket\ntry:\n    socket.create_connection({NOWHERE!r}, 0.2)\nexcept BaseException:\n    pass\n"


def tried() -> list[str]:
    return no_network.taken(network_fixture.TOLD)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda one: one.connect(NOWHERE),
        lambda one: one.connect_ex(NOWHERE),
        lambda one: one.bind(("127.0.0.1", 0)),
        lambda one: socket.getaddrinfo("example.invalid", 80),
        lambda one: socket.gethostbyname("example.invalid"),
    ],
    ids=["connect", "connect_ex", "bind", "getaddrinfo", "gethostbyname"],
)
def test_a_planted_connection_is_refused_and_told(attempt: object) -> None:
    with socket.socket() as one, pytest.raises(no_network.ConnectionOpenedError):
        attempt(one)  # type: ignore[operator]
    assert len(tried()) == 1


def test_a_datagram_is_refused() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one, pytest.raises(no_network.ConnectionOpenedError):
        one.sendto(b"?", NOWHERE)
    assert len(tried()) == 1


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets here")
def test_sockets_within_the_machine_are_free(tmp_path: Path) -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"?")
        assert other.recv(1) == b"?"
    assert tried() == []


@pytest.mark.parametrize("deep", [1, 2], ids=["child", "child of a child"])
def test_a_connection_of_a_child_is_told_though_it_swallows_the_error(deep: int) -> None:
    code = PLANTED
    for _ in range(deep - 1):
        code = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {code!r}], check=True)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    [said] = tried()
    assert "192.0.2.1" in said and "-c" in said


def test_a_test_that_swallows_the_error_fails_all_the_same(tmp_path: Path) -> None:
    """The fixture as every test has it, in a run of its own."""
    (tmp_path / "test_planted.py").write_text(
        f"def test_planted():\n{textwrap.indent(PLANTED, '    ')}\ndef test_clean(): pass\n"
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "network_fixture",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
        str(tmp_path),
    ]
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    run = subprocess.run(command, cwd=tmp_path, env=alone, capture_output=True, text=True, check=False)
    assert "1 error" in run.stdout and "2 passed" in run.stdout, run.stdout + run.stderr
    assert "connections were opened: socket.getaddrinfo 192.0.2.1" in run.stdout
    assert tried() == []  # it told its own file


@can_filter
@pytest.mark.parametrize(("family", "ends"), [(2, True), (10, True), (1, False)], ids=["AF_INET", "AF_INET6", "AF_UNIX"])
def test_the_filter_ends_a_process_whose_native_code_opens_a_socket(family: int, ends: bool) -> None:
    run = filtered(f"{FILTER}libc.socket({family}, 1, 0)\nprint('still there')")
    assert ("still there" in run.stdout) is not ends
    assert (run.returncode == 0) is not ends
