"""Every document of a run's folder, by name: the one list of them."""

from __future__ import annotations

from affil.model.run import Run
from affil.reports.coverage_csv import coverage_csv
from affil.reports.findings_csv import findings_csv
from affil.reports.findings_json import findings_json
from affil.reports.manifest import manifest_json, sha256_of
from affil.reports.not_determinable_csv import not_determinable_csv
from affil.reports.page.html import report_html
from affil.reports.rejects_csv import rejects_csv
from affil.reports.tables import tables_of
from affil.reports.workbook.book import findings_xlsx
from affil.words import Words


def run_documents(run: Run, words: Words) -> dict[str, bytes]:
    """Every file of a run's folder by name, the manifest last, which knows all others. A name may be `folder/file`."""
    tables = tables_of(run, words)
    documents = {
        "findings.json": findings_json(run),
        "findings.csv": findings_csv(run, words, tables.findings),
        "coverage.csv": coverage_csv(run, words, tables.coverage),
        "not_determinable.csv": not_determinable_csv(run, words, tables.undetermined),
        "rejects.csv": rejects_csv(run, words),
    }
    documents["report.html"] = report_html(run, words, documents["findings.json"])
    documents["findings.xlsx"] = findings_xlsx(run, words, tables, sha256_of(documents["findings.json"]))
    from affil.reports.anonymous.documents import anonymous_documents  # python-docx takes 0.1 s, and few commands need it
    from affil.reports.word.memo import memo_docx

    documents["memo.docx"] = memo_docx(run, words, documents["findings.json"])
    documents |= anonymous_documents(run, words)
    return {**documents, "manifest.json": manifest_json(run, dict(documents), words.lang)}
