"""Of a million rejects and remarks the first are told and the rest counted."""

from __future__ import annotations

from affil.model.grouped import told_notes
from affil.model.records import MOST_REJECTS, Reject, Sink


def test_rejects_beyond_the_most_are_counted() -> None:
    sink = Sink(lambda table, rows: None)
    for number in range(MOST_REJECTS + 7):
        sink.reject(Reject("no_name", row=number, row_taken=number == MOST_REJECTS))
    sink.close()
    assert (len(sink.rejects), sink.rows_rejected, sink.notes) == (MOST_REJECTS, MOST_REJECTS + 6, ["more_rejects|7"])


def test_remarks_of_one_kind_are_one() -> None:
    notes = ["a|1", *(f"sheet_not_known|{n}" for n in range(500))]
    assert told_notes(notes) == ["a|1", "sheet_not_known|0; 1; 2; … (+497)"]
