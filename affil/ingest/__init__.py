"""Files into records: each kind of file has a small reader that pushes into a `Sink`; `readers.py` lists them."""
