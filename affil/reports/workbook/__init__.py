"""`findings.xlsx`, the workbook the officer works in (CONTRACT 4, OFFICER 3.1)."""
