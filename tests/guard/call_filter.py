"""A filter of system calls (seccomp) for a process of a test: native code, DuckDB's or lxml's, opens its sockets past Python."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

# It ends the process at the first socket() of the network. Classic BPF: the architecture must be ours, then the call, the family.
FILTER = """
import ctypes, struct, sys
NUMBER, ARCH = {"x86_64": (41, 0xC000003E), "aarch64": (198, 0xC00000B7)}[MACHINE]
def one(code, jt, jf, k): return struct.pack("HBBI", code, jt, jf, k)
LOAD, EQUAL, RETURN, KILL, ALLOW = 0x20, 0x15, 0x06, 0x80000000, 0x7FFF0000
program = b"".join([
    one(LOAD, 0, 0, 4), one(EQUAL, 0, 5, ARCH), one(LOAD, 0, 0, 0), one(EQUAL, 0, 3, NUMBER), one(LOAD, 0, 0, 16),
    one(EQUAL, 2, 0, 2), one(EQUAL, 1, 0, 10), one(RETURN, 0, 0, ALLOW), one(RETURN, 0, 0, KILL)])
buffer = ctypes.create_string_buffer(program)
class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]
libc = ctypes.CDLL(None, use_errno=True)
libc.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
held = Program(len(program) // 8, ctypes.addressof(buffer))
if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.addressof(held), 0, 0):
    sys.exit(77)
""".replace("MACHINE", repr(platform.machine()))
NO_FILTERS = 77


def can_filter_here() -> bool:
    """True where the filter is written for this system."""
    return sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64")


can_filter = pytest.mark.skipif(not can_filter_here(), reason="the filter of system calls is written for Linux")


def filtered(code: str) -> subprocess.CompletedProcess[str]:
    """Run the code, which begins with `FILTER`, in a process of its own."""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if run.returncode == NO_FILTERS:
        pytest.skip("this system allows no filters of system calls")
    return run
