"""What the memo and the statement have in common: the letterhead, changes since the earlier run, who may read, who signs."""

from __future__ import annotations

from collections.abc import Sequence

from affil.model.run import Run
from affil.reports.word.given import spaced, text_of
from affil.reports.word.paper import Paper
from affil.words import Words


def write_letterhead(paper: Paper, run: Run, right: Sequence[str], words: Words) -> None:
    """Whose document it is, with date and number to fill in, and whom it is for."""
    own = [text_of(run, "organisation", "name"), text_of(run, "documents", "department")]
    left = [text or words("paper.blank") * 2 for text in own]
    paper.letterhead([*left, "", words("paper.date_and_number")], right)


def changes_text(run: Run, words: Words) -> str:
    """Ties new, gone, changed, reopened against the earlier run."""
    if run.changes is None:
        return words("memo.changes.none")
    told = {key: spaced(getattr(run.changes, key)) for key in ("new", "gone", "changed", "reopened")}
    return words("memo.changes.text", run=run.changes.run, **told)


def write_annexes(paper: Paper, run: Run, keys: Sequence[str], words: Words) -> None:
    """The annexes by number with the files of the run's folder, and the list of those who may read."""
    for key in keys:
        paper.text(words(f"memo.annex.{key}"), indent=False, align="left")
    access = text_of(run, "documents", "access_list") or words("paper.blank")
    paper.text(words("paper.access", list=access), indent=False, align="left")
    paper.gap()


def write_signatures(paper: Paper, run: Run, words: Words) -> None:
    """The executor with his telephone, and the head of the department."""
    name, phone = text_of(run, "documents", "executor"), text_of(run, "documents", "executor_phone")
    executor = words("memo.sign.phone", name=name, phone=phone) if name and phone else name
    post = words("memo.sign.head")
    head = text_of(run, "documents", "head").removeprefix(post).strip()  # the post may stand in the setting too
    paper.signatures([(words("memo.sign.executor"), executor), (post, head)])
