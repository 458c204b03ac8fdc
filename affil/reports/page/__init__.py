"""`report.html`: the page of a run, its drawings, its templates."""
