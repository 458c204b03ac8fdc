"""The forms `affil init` lays down, filled in: the example row deleted, one row of their own; each row is taken."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from affil.ingest.tables.blanks.templates import write_templates
from affil.ingest.tables.tabular import BUILDERS, COUNTED_AS
from affil.ingest.vocabulary.vocabulary import vocabulary

pytestmark = pytest.mark.usefixtures("small_worlds")

_EXAMPLE, _NUMBER = 2, 1


def filled(path: Path) -> None:
    """The form with its example row removed and that row's words as a row of its own, as one who copies it would have it."""
    book = openpyxl.load_workbook(path)
    page = book.active
    values = [cell.value for cell in page[_EXAMPLE]]
    page.delete_rows(_EXAMPLE)
    for column, value in enumerate(values, 1):
        page.cell(_EXAMPLE, column).value = "1" if column == _NUMBER else value
    book.save(path)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_one_row_in_each_form_is_one_row_taken(lang: str, tmp_path: Path, affil: Callable[..., Any]) -> None:
    work = tmp_path / "work"
    assert affil("init", str(work), "--lang", lang).code == 0
    tables = list(vocabulary().tables)
    forms = write_templates(work / "inbox", lang)
    forms[-1].unlink()  # the layouts of kin have examples of their own
    assert {path.name for path in forms} <= {path.name for path in (work / "templates").iterdir()}
    for path in forms[:-1]:
        filled(path)
    told = json.loads(affil("load", "-w", str(work), "--json").out)["files"]
    taken = {Path(one["file"]).name: (one["taken"], one["rejected"]) for one in told}
    assert len(tables) == len(BUILDERS) == len(taken)
    for table, path in zip(tables, forms, strict=False):
        assert taken[path.name] == ({COUNTED_AS.get(table, table): 1}, 0), path.name
