"""The one list of what `affil` can read. To add a source: one file with its reader, one line here (docs/add-a-source.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from affil.ingest.eis.eis import EisBundleReader, EisReader
from affil.ingest.formats.archive import ArchiveReader
from affil.ingest.inputs import InputFile, Look, Reader
from affil.ingest.orders.order import OrderReader
from affil.ingest.questionnaire.questionnaire import QuestionnaireReader
from affil.ingest.questionnaire.word_file import WordTableReader
from affil.ingest.registry.dadata import DadataReader
from affil.ingest.registry.fns import RegistryReader
from affil.ingest.registry.fns_pdf import PdfExtractReader
from affil.ingest.registry.nalog_search import NalogSearchReader
from affil.ingest.registry.other_service import OtherServiceReader
from affil.ingest.tables.request import RequestReader
from affil.ingest.tables.tabular import TableReader
from affil.ingest.vocabulary.vocabulary import vocabulary, with_own_headings

OwnHeadings = Mapping[str, Mapping[str, str]]  # `[headings]` of affil.toml: table → heading as written → field


def readers(own: OwnHeadings | None = None) -> tuple[Reader, ...]:
    """Every reader, in the order they are asked; the table reader is last: nearly any text can be taken for a CSV file."""
    words = with_own_headings(vocabulary(), own) if own else vocabulary()
    return (
        RegistryReader("egrul"),
        RegistryReader("egrip"),
        PdfExtractReader(),
        DadataReader(),
        NalogSearchReader(),
        OtherServiceReader(),
        EisReader(),
        EisBundleReader(),
        ArchiveReader(),
        RequestReader(),
        QuestionnaireReader(words),
        OrderReader(),
        WordTableReader(words),
        TableReader(words),
    )


def reader_for(file: InputFile, among: Sequence[Reader]) -> Reader | None:
    """The reader of this file, None where it is of no known kind."""
    return next((reader for reader in among if reader.look(file).mine), None)


def looks(file: InputFile, among: Sequence[Reader]) -> list[tuple[Reader, Look]]:
    """What every reader asked saw, up to the one that takes the file."""
    seen: list[tuple[Reader, Look]] = []
    for reader in among:
        seen.append((reader, reader.look(file)))
        if seen[-1][1].mine:
            break
    return seen
