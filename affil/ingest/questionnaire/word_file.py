"""Word files that are no questionnaire and no order: their tables as an officer's tables; text documents that are refused."""

from __future__ import annotations

import re
import zipfile

from affil.ingest.formats.archive import BROKEN_ZIP
from affil.ingest.formats.docx_text import DocTable, Paragraph, WordText, is_word, word_text
from affil.ingest.formats.workbook import OLE2, Sheet
from affil.ingest.inputs import InputFile, Look
from affil.ingest.questionnaire.words import questionnaire_words
from affil.ingest.refusal import FileRefusedError
from affil.ingest.tables.tabular import read_tables
from affil.ingest.vocabulary.vocabulary import Vocabulary
from affil.model.records import Sink

_RTF = b"{\\rtf"
_ODT = b"application/vnd.oasis.opendocument.text"
_ENTRY = 128  # bytes of an entry of an OLE directory, which begin at a multiple of it ([MS-CFB] 2.6)
_MOST_READ = 64 << 20
_WORD_NAMES = (".docx", ".docm", ".dotx", ".dotm")
_LEAST_LETTERS = 20
_TITLE_LINES = 12


class WordTableReader:
    """Reads the tables of CONTRACT 3 from Word files; asked after the readers of questionnaires and orders."""

    kind = "word"

    def __init__(self, words: Vocabulary | None = None) -> None:
        self.words = words

    def look(self, file: InputFile) -> Look:
        """Mine: any Word file, and the text documents that have to be saved anew."""
        if is_word(file):
            return Look(True, "word_tables")
        form = old_form(file)
        return Look(True, "old_document", {"form": form}) if form else Look(False, "no_word")

    def read(self, file: InputFile, sink: Sink) -> None:
        """Push the rows of every table the vocabulary knows; refused where the file has none."""
        form = old_form(file)
        if form == "password":
            raise FileRefusedError(file.name, "word_locked")
        if form:
            raise FileRefusedError(file.name, "word_old", form=form)
        document = word_text(file)
        if document.letters < _LEAST_LETTERS:
            raise FileRefusedError(file.name, "word_scan" if document.pictures else "word_empty")
        if not read_document_tables(document, sink, self.words):
            raise FileRefusedError(file.name, "word_no_table")


def read_document_tables(document: WordText, sink: Sink, words: Vocabulary | None = None) -> int:
    """Push the rows of the tables of a document as those of sheets, and return how many are known.

    The paragraphs before a table are its title rows.
    """
    name, titles, known = questionnaire_words().table, list[str](), 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            titles.append(block.text)
        elif isinstance(block, DocTable):
            sheet = Sheet(name.format(number=block.number), [list(row) for row in block.rows], block.merged)
            known += read_tables([sheet], sink, [[line] for line in titles[-_TITLE_LINES:]], words)
            titles.clear()
    return known


def old_form(file: InputFile) -> str | None:
    """The format of a text document that is not read: «DOC», «RTF», «ODT»; «password» where it is locked; None for any other."""
    head = file.head(512)
    if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(_RTF):
        return "RTF"
    if head.startswith(OLE2):
        return _of_ole(file)
    return "ODT" if head.startswith(b"PK") and _is_odt(file) else None


def _of_ole(file: InputFile) -> str | None:
    """A workbook may hold a Word document and the other way round: what lies in both is the workbook reader's."""
    with file.open() as stream:
        content = stream.read(_MOST_READ)
    if _has_entry(content, "EncryptedPackage"):
        # The package does not tell what is inside before it is unlocked: the name is all there is to go by.
        return "password" if file.name.lower().endswith(_WORD_NAMES) else None
    workbook = _has_entry(content, "Workbook") or _has_entry(content, "Book")
    return "DOC" if _has_entry(content, "WordDocument") and not workbook else None


def _has_entry(content: bytes, name: str) -> bool:
    written = (name + "\0").encode("utf-16-le")
    return any(found.start() % _ENTRY == 0 for found in re.finditer(re.escape(written), content))


def _is_odt(file: InputFile) -> bool:
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            if "mimetype" not in archive.namelist() or archive.getinfo("mimetype").file_size > 200:
                return False
            return archive.read("mimetype").strip().startswith(_ODT)
    except BROKEN_ZIP:
        return False
