"""Style and script of the page, and the policy that lets these two run and nothing else: no network, no script from a file.

The page is opened from shared folders, where no server sets headers; the policy stands in the page itself. `frame-ancestors`
has no effect there (Content Security Policy Level 3, 3.3), so it is left out.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from affil.words import Words

TEMPLATES = Path(__file__).parent / "templates"
IDLE_SPACE = re.compile(r"\n\s+")
BETWEEN_TAGS = re.compile(r">\n<")
COMMENT_LINE = re.compile(r"^\s*//.*\n", re.MULTILINE)
PLAIN_SIGNS = re.compile(r"[^0-9A-Za-zА-Яа-яЁё .,—-]")


def policy(style: str, script: str) -> str:
    """The content security policy of a page with this style and this script, exactly as they stand between their tags."""
    allowed = f"style-src {_hash(style)}; script-src {_hash(script)}"
    return f"default-src 'none'; {allowed}; img-src data:; base-uri 'none'; form-action 'none'"


def style_of(imprint: str, words: Words) -> str:
    """The style sheet, with the mark and the imprint of the run for the margins of paper."""
    mark, name = _css_text(words("reports.personal_data")), _css_text(imprint)
    margins = f'@page{{@top-right{{content:"{mark}"}}@bottom-left{{content:"{name}"}}}}'
    return squeezed((TEMPLATES / "report.css").read_text("utf-8")) + margins


@cache
def script_text() -> str:
    """The script without its comments."""
    return squeezed(COMMENT_LINE.sub("", (TEMPLATES / "report.js").read_text("utf-8")))


def squeezed(text: str) -> str:
    """`text` without indents and empty lines: two hundred cases have to fit into a page of 1 MB."""
    return BETWEEN_TAGS.sub("><", IDLE_SPACE.sub("\n", text))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _css_text(text: str) -> str:
    """`text` inside a string of a style sheet: every unusual sign by its number."""
    return PLAIN_SIGNS.sub(lambda match: f"\\{ord(match[0]):x} ", text)
