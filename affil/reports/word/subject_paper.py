"""The answer to a person's request as a DOCX for print and signature (152-ФЗ ст. 14 ч. 7); it is of no run."""

from __future__ import annotations

import hashlib

from affil import __version__
from affil.reports.blocks import Text
from affil.reports.findings_json import json_bytes
from affil.reports.subject_answer import SubjectAnswer, answer_blocks, answer_value
from affil.reports.word.paper import Imprint, Paper
from affil.reports.word.person_paper import put_block
from affil.words import Words


def answer_docx(answer: SubjectAnswer, words: Words) -> bytes:
    """The bytes of the document; its checksum is of the machine copy."""
    checksum = hashlib.sha256(json_bytes(answer_value(answer, words))).hexdigest()
    documents, own = answer.settings.documents, answer.settings.organisation
    paper = Paper(Imprint(None, __version__, None, checksum, answer.made), words, words("retention.data.file_title"))
    heads = [own.name or words("paper.blank"), own.address or "", documents.department or "", words("paper.date_and_number")]
    paper.letterhead([line for line in heads if line], [answer.found.name])
    paper.title(words("retention.data.title"), words("retention.data.under"))
    for block in answer_blocks(answer, words):
        if isinstance(block, Text) and words("paper.blank") in block.text:
            paper.text(block.text, block.lead, align="left")  # a blank that begins a line would stretch the one before it
        else:
            put_block(paper, block)
    paper.gap()
    signed = (("executor", documents.executor), ("head", documents.head))
    paper.signatures([(words(f"retention.data.{who}"), name or "") for who, name in signed])
    return paper.saved()
