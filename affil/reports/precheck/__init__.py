"""The sheet of a pre-check in words and as JSON; on paper it is affil/reports/word/precheck_sheet.py."""
