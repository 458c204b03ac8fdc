"""Ctrl-C at any moment of a screen: one line on what is kept and what to do, nothing half written, the next try does it all."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from in_process import Said
from worlds import table

from affil.model.records import Sink
from affil.reports import folder

pytestmark = pytest.mark.usefixtures("small_worlds")


def pressed_at(number: int, of: Any, name: str, patch: pytest.MonkeyPatch) -> None:
    """Ctrl-C once this function is called for the so-manieth time."""
    called, real = [0], getattr(of, name)

    def counted(*given: Any, **named: Any) -> Any:
        called[0] += 1
        if called[0] == number:
            signal.raise_signal(signal.SIGINT)
        return real(*given, **named)

    patch.setattr(of, name, counted)


@pytest.mark.parametrize(
    ("number", "of", "name"),
    [(1, Sink, "close"), (4, folder, "write_private"), (1, folder, "put_in_place")],
    ids=["file", "document", "latest"],
)
def test_ctrl_c_leaves_things_whole(
    affil: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, of: Any, name: str
) -> None:
    place = tmp_path / "place"
    affil("init", str(place))
    table(place / "inbox" / "a.csv", [{"employee_id": "1", "name": "Громов Пётр Ильич"}])
    with monkeypatch.context() as patch:
        pressed_at(number, of, name, patch)
        said = affil("screen", "-w", str(place))
    assert (said.code, said.out) == (1, "")
    last = said.err.splitlines()[-1]
    assert last.startswith("Прервано.") and "повторите команду" in last and "Traceback" not in said.err
    assert not [path for path in (place / "reports").iterdir() if path.name.startswith(".")]
    whole = len(list((place / "reports").glob("2*/manifest.json")))
    assert whole == len(list((place / "reports").glob("2*"))) == (name == "put_in_place")
    assert affil("screen", "-w", str(place)).code == 0
    assert (place / "reports" / "latest").is_file()
    assert '"result": "failed"' not in said.err and "failed" in affil("audit", "show", "-w", str(place), "--json").out
