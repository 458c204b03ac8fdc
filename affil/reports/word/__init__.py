"""Documents for Word: the sheet of paper they are written on, and one module a document."""
