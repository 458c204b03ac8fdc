"""Words of officers' tables as data: headings, values, titles."""
