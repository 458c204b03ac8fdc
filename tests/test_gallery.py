"""What the program writes of the sample district: the gallery in `reports/`, no names where none may be, no words to avoid.

After a change of a document: `make gallery`, then look at the difference.
"""

from __future__ import annotations

import importlib.util
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from document_text import shown_text, strings
from leaks import Leaks, leaks_of

from affil.answers.check import check_text
from affil.reports.documents import run_documents
from affil.reports.explain import explain, summary
from affil.words import Words

sys.path.insert(0, str(Path(__file__).parent / "reports"))
from avoided import avoided_words

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "reports" / "district"
DISTRICT = ROOT / "sample_data" / "district"
NAMED = ("findings.json", "findings.csv", "coverage.csv", "not_determinable.csv", "report.html")
MOST_BYTES = 2_000_000


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_gallery", ROOT / "reports" / "make_gallery.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclass looks itself up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(maker: ModuleType) -> Iterator[Any]:
    with maker.district() as district:
        yield district


@pytest.fixture(scope="module")
def documents(maker: ModuleType, made: Any) -> dict[str, bytes]:
    found: dict[str, bytes] = maker.documents(made)
    return found


@pytest.fixture(scope="module")
def everything(made: Any, documents: dict[str, bytes]) -> dict[str, dict[str, bytes]]:
    """The documents in both languages."""
    return {"ru": documents, "en": run_documents(made.run, Words("en"))}


@pytest.fixture(scope="module")
def leaks() -> Leaks:
    return leaks_of([*(path for path in (DISTRICT / "inbox").rglob("*") if path.is_file()), DISTRICT / "settings.toml"])


def members(content: bytes) -> dict[str, bytes] | bytes:
    """What a document is made of: of an archive its members, whatever the library that packed them."""
    if content[:2] != b"PK":
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {member.filename: archive.read(member) for member in archive.infolist()}


def test_the_gallery_is_what_the_program_writes(documents: dict[str, bytes]) -> None:
    shown = {path.relative_to(GALLERY).as_posix(): path.read_bytes() for path in GALLERY.rglob("*") if path.is_file()}
    assert sorted(shown) == sorted(documents)
    assert [name for name in documents if name != "manifest.json" and members(shown[name]) != members(documents[name])] == []
    old, new = (json.loads(files["manifest.json"]) for files in (shown, documents))
    packed = {name for name, content in documents.items() if content[:2] == b"PK"}
    for manifest in (old, new):  # another zlib packs the same members into other bytes
        manifest["files"] = {name: digest for name, digest in manifest["files"].items() if name not in packed}
    assert old == new


def test_the_gallery_is_small_and_told_of() -> None:
    files = [path for path in GALLERY.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < MOST_BYTES
    readme = (ROOT / "reports" / "README.md").read_text(encoding="utf-8")
    assert {
        path.relative_to(GALLERY).parts[0] for path in files if f"`{path.relative_to(GALLERY).parts[0]}" not in readme
    } == set()


def test_the_search_finds_the_names_where_they_stand(documents: dict[str, bytes], leaks: Leaks) -> None:
    assert len(leaks.stems) > 130 and len(leaks.phrases) > 500 and len(leaks.numbers) > 600
    for name in NAMED:
        found = leaks.found(name, documents[name])
        assert {"name", "surname"} <= {hit.split()[0] for hit in found} or name == "rejects.csv", name
        assert len(found) > 150, name


@pytest.mark.parametrize("folder", ["summary_public", "pseudonymised"])
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_no_name_number_post_or_day_of_the_input_stands_in(
    folder: str, lang: str, everything: dict[str, dict[str, bytes]], leaks: Leaks
) -> None:
    here = {name: content for name, content in everything[lang].items() if name.startswith(f"{folder}/")}
    assert len(here) >= 3
    assert {name: found for name, content in here.items() if (found := leaks.found(name, content))} == {}


def test_no_key_stands_in_any_document(made: Any, everything: dict[str, dict[str, bytes]]) -> None:
    key = made.run.pseudonym_key
    assert key and key not in repr(made.run)
    for files in everything.values():
        assert [name for name, content in files.items() if key in shown_text(name, content)] == []


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_no_document_says_a_word_to_avoid(lang: str, made: Any, everything: dict[str, dict[str, bytes]]) -> None:
    words = Words(lang)
    texts = {name: sentences(name, content) for name, content in everything[lang].items()}
    texts["explain"] = "\n".join(explain(found, made.run, words) for found in made.run.findings)
    texts["screen"], texts["check"] = summary(made.run, words, "reports/x"), check_text(made.run, words)
    assert {name: avoided_words(text) for name, text in texts.items() if avoided_words(text)} == {}


def sentences(name: str, content: bytes) -> str:
    """What a person reads; of machine copies the values that are texts, not the codes."""
    if name.endswith(".json"):
        return "\n".join(text for text in strings(json.loads(content)) if " " in text)
    return shown_text(name, content)


PLANTED_IN = (
    "summary_public/summary.xlsx",
    "summary_public/summary.docx",
    "summary_public/summary.csv",
    "findings.csv",
    "report.html",
)


@pytest.mark.parametrize("name", PLANTED_IN)
def test_both_searches_would_find_what_is_put_into_a_document(name: str, documents: dict[str, bytes], leaks: Leaks) -> None:
    said = planted(documents[name], "нарушений не выявлено")
    assert set(avoided_words(sentences(name, said))) == {"нарушений не выявлен"}
    told = planted(documents[name], "у Вершининой 429919837980")
    assert {"surname вершининой", "number 429919837980"} <= leaks.found(name, told)


def planted(content: bytes, text: str) -> bytes:
    """The document with the text put into the middle of it."""
    if content[:2] != b"PK":
        return content.replace("контракт".encode(), text.encode(), 1).replace("Контракт".encode(), text.encode(), 1)
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for member in old.namelist():
            part = old.read(member)
            if member in ("xl/sharedStrings.xml", "word/document.xml"):
                part = re.sub(rb"(<(?:w:)?t[^>]*>)[^<]+", rb"\1" + text.encode(), part, count=1)
            new.writestr(member, part)
    return written.getvalue()
