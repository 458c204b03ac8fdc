"""A Word document cut into questionnaires, and each of these into its running text, its table of kin and its work record."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from affil.ingest.formats.docx_text import DocTable, Paragraph
from affil.ingest.questionnaire.words import QuestionnaireWords, questionnaire_words
from affil.ingest.tables.sheet.headings import heading_means
from affil.ingest.values.cells import shown
from affil.ingest.vocabulary.vocabulary import Table, plain
from affil.language.kin_words import parse_relationship

KIN, WORK, ABROAD = "kin", "work", "abroad"
_NAME_ITEMS = frozenset({"name", "surname"})
_LONGEST_RELATIONSHIP = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: `sheet` and `row` as rejects tell it, `locator` as records do."""

    sheet: str
    row: int | None

    @property
    def locator(self) -> str:
        """«Таблица 2!R5», «абзац 7»."""
        return self.sheet if self.row is None else f"{self.sheet}!R{self.row}"


@dataclass(slots=True)
class TablePart:
    """Rows of one table under their headings; each row maps a heading's number to its text."""

    kind: str
    place: str
    headings: tuple[tuple[int, str], ...]
    fields: tuple[str, ...]
    rows: list[tuple[Place, dict[int, str]]] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """One questionnaire."""

    lines: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    tables: list[TablePart] = field(default_factory=list)
    length: int = 0
    has_items: bool = False

    @property
    def text(self) -> str:
        """The running text: everything outside the table of kin and the work record."""
        return "\n".join(self.lines)

    def add(self, text: str, place: Place) -> None:
        """One more line of running text."""
        self.lines.append(text)
        self.starts.append(self.length)
        self.places.append(place)
        self.length += len(text) + 1

    def place_of(self, offset: int) -> Place:
        """Where the sign at `offset` of the text stands."""
        return self.places[bisect_right(self.starts, offset) - 1]

    def of_kind(self, kind: str) -> list[TablePart]:
        """The tables of one kind."""
        return [table for table in self.tables if table.kind == kind]


def sections(blocks: Sequence[Paragraph | DocTable], relatives: Table) -> list[Section]:
    """The questionnaires of a document, in order; `relatives` knows the headings of a table of kin."""
    cutter = _Cutter(questionnaire_words(), relatives)
    for block in blocks:
        if isinstance(block, Paragraph):
            cutter.paragraph(block)
        else:
            cutter.table(block)
    return cutter.done


class _Cutter:
    def __init__(self, words: QuestionnaireWords, relatives: Table) -> None:
        self.words, self.relatives = words, relatives
        self.done = [Section()]
        self.open: tuple[TablePart, int] | None = None  # the table a next one without headings goes on, and its width

    def paragraph(self, block: Paragraph) -> None:
        """Take a paragraph: a title after any items begins a questionnaire, and no table goes on across it."""
        if self.words.title.match(block.text.split("\n")[0]) and self.done[-1].has_items:
            self.done.append(Section())
        self.line(block.text, Place(self.words.paragraph.format(number=block.number), None))
        self.open = None

    def line(self, text: str, place: Place) -> None:
        """Take one text with its place; an item of the name after a table of kin begins the questionnaire of the next person."""
        item = self.words.items.match(text)
        section = self.done[-1]
        if item and item.lastgroup in _NAME_ITEMS and any(table.rows for table in section.of_kind(KIN)):
            self.done.append(section := Section())
        section.has_items = section.has_items or item is not None
        section.add(text, place)

    def table(self, block: DocTable) -> None:
        """Take a table: rows under known headings or going on with the table before are its rows, all others are texts."""
        name = self.words.table.format(number=block.number)
        part = self._goes_on(block)
        down = _merged_down(block)
        skip = 0
        for index, row in enumerate(block.rows):
            if skip:
                skip -= 1
                continue
            headed = self._headed(block.rows, index, name)
            if headed:
                part, skip = headed
                self.done[-1].tables.append(part)
            elif part is not None and not self._begins_item(row):
                self._row(part, Place(name, index + 1), row, down.get(index, {}))
            else:
                part = None
                for cell in _layout_cells(row):
                    self.line(cell, Place(name, index + 1))
        if part is not None:
            self.open = part, max(map(len, block.rows), default=0)

    def _goes_on(self, block: DocTable) -> TablePart | None:
        """The table of the page before, where this one has its width and no headings: a table broken by hand."""
        if self.open is None or self.open[1] != max(map(len, block.rows), default=0):
            return None
        part, first = self.open[0], next((cell for cell in block.rows[0] if cell), "")
        goes_on = part.kind == KIN and len(first) < _LONGEST_RELATIONSHIP and parse_relationship(first) is not None
        return part if goes_on or (part.kind == WORK and first[:2].isdigit()) else None

    def _begins_item(self, row: Sequence[str | None]) -> bool:
        """True where a row of a form drawn as one table begins the next item: its text is numbered or a whole wording."""
        first = next((cell for cell in row if cell), "")
        item = self.words.items.match(first)
        return (
            item is not None and item.lastgroup not in (*_NAME_ITEMS, "given", "patronymic") and parse_relationship(first) is None
        )

    def _headed(self, rows: Sequence[Sequence[str | None]], index: int, name: str) -> tuple[TablePart, int] | None:
        """The part whose headings stand in this row, and how many more rows they take."""
        cells = _cells(rows[index])
        if len(cells) < 2:
            return None
        fields = tuple(heading_means(self.relatives, shown(text)) for _, text in cells)
        if "relationship" in fields and fields[0] != fields[-1]:
            abroad = any(self.words.abroad.search(text) for _, text in cells)
            return TablePart(ABROAD if abroad else KIN, name, _shown(cells), fields), 0
        return self._work(rows, index, name)

    def _work(self, rows: Sequence[Sequence[str | None]], index: int, name: str) -> tuple[TablePart, int] | None:
        upper, lower = dict(_cells(rows[index])), dict(_cells(rows[index + 1])) if index + 1 < len(rows) else {}
        one = self._work_columns(upper)
        if one:
            return TablePart(WORK, name, _shown(sorted(upper.items())), one), 0
        both = {at: f"{upper.get(at, '')} {lower.get(at, '')}" for at in sorted({*upper, *lower})}
        two = self._work_columns(both) if any(self.words.work_post.search(text) for text in upper.values()) else None
        return (TablePart(WORK, name, _shown(sorted(both.items())), two), 1) if two else None

    def _work_columns(self, headings: Mapping[int, str]) -> tuple[str, ...] | None:
        if any(len(text) > 200 for text in headings.values()):
            return None
        words = self.words
        kinds = {"from": words.work_from, "to": words.work_to, "post": words.work_post, "address": words.work_address}
        kinds["firm"] = words.work_firm
        fields = [next((kind for kind, pattern in kinds.items() if pattern.search(headings[at])), "") for at in sorted(headings)]
        return tuple(fields) if {"from", "to", "post"} <= set(fields) else None

    def _row(self, part: TablePart, place: Place, row: Sequence[str | None], filled: Mapping[int, str]) -> None:
        cells = _cells(row)
        if not any(text for _, text in cells) or _is_numbering(cells) or _repeats(part, cells):
            return
        whole = len(cells) == len(part.headings)
        values = {n: text for n, (_, text) in enumerate(cells)} if whole else _placed(part, dict(cells))
        if part.kind == KIN and part.rows and _is_rest(part, values):
            _, last = part.rows[-1]
            for column, text in values.items():
                last[column] = f"{last.get(column, '')}\n{text}".strip()
            return
        for column, text in _placed(part, filled).items():
            if part.fields[column] == "relationship" and not values.get(column):
                values[column] = text
        part.rows.append((place, values))


def _cells(row: Sequence[str | None]) -> list[tuple[int, str]]:
    return [(at, text.replace("_", " ").strip()) for at, text in enumerate(row) if text is not None]


def _shown(cells: Sequence[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    return tuple((at, shown(text)) for at, text in cells)


def _layout_cells(row: Sequence[str | None]) -> Iterator[str]:
    """The texts of a row of a form; a cell with the number of the item alone is joined to the next."""
    number = ""
    for text in row:
        if text and text.strip(" .)").replace(".", "").isdigit() and len(text) < 6:
            number = text.strip() + " "
        elif text:
            yield number + text
            number = ""


def _merged_down(block: DocTable) -> dict[int, dict[int, str]]:
    """For each row under a cell merged downwards: the text of that cell, by its column."""
    found: dict[int, dict[int, str]] = {}
    for (top, left), (bottom, _) in block.merged:
        text = block.rows[top][left] if left < len(block.rows[top]) else None
        for row in range(top + 1, bottom + 1):
            found.setdefault(row, {})[left] = text or ""
    return found


def _placed(part: TablePart, cells: Mapping[int, str]) -> dict[int, str]:
    """Texts by the heading they stand under: the last one that begins no later."""
    placed: dict[int, str] = {}
    for at, text in sorted(cells.items()):
        number = max((n for n, (start, _) in enumerate(part.headings) if start <= at), default=0)
        placed[number] = f"{placed[number]}\n{text}" if placed.get(number) else text
    return placed


def _is_numbering(cells: Sequence[tuple[int, str]]) -> bool:
    texts = [text for _, text in cells if text]
    return (
        len(texts) > 1 and texts == [str(n) for n in range(int(texts[0]), int(texts[0]) + len(texts))]
        if texts[0].isdigit()
        else False
    )


def _repeats(part: TablePart, cells: Sequence[tuple[int, str]]) -> bool:
    known = {plain(text) for _, text in part.headings}
    return all(not text or plain(text) in known for _, text in cells)


def _is_rest(part: TablePart, values: Mapping[int, str]) -> bool:
    """True where a row goes on what the row above began: neither kinship nor a name in it."""
    told = {part.fields[n] for n, text in values.items() if text}
    return not told & {"relationship", "name", "surname", "given", "patronymic"}
