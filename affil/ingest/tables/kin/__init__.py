"""Kin as officers write them (OFFICER 2.1): in columns, in one cell, below a name that stands once, a sheet a department."""
