"""The reader of questionnaires in Word: one `official` and the rows of his kin a questionnaire."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from affil.ingest.formats.docx_text import is_word, word_text
from affil.ingest.inputs import InputFile, Look
from affil.ingest.questionnaire.answers import Answer, Answers, answers_of, former_names, name_of, signed_on, written_name
from affil.ingest.questionnaire.kin_rows import Texts, persons, texts_of
from affil.ingest.questionnaire.parts import ABROAD, KIN, WORK, Place, Section, sections
from affil.ingest.questionnaire.words import questionnaire_words
from affil.ingest.questionnaire.work_record import PresentWork, present_work
from affil.ingest.refusal import FileRefusedError
from affil.ingest.tables.rows.people import official_records, relative_records
from affil.ingest.tables.rows.row import Builder, RowRefusedError, TableRow
from affil.ingest.values.cells import Refused, text_value
from affil.ingest.values.converters import converter
from affil.ingest.vocabulary.vocabulary import Vocabulary, vocabulary
from affil.language.phones import phone_numbers
from affil.model.records import Reject, Sink

_SURE_ITEMS = frozenset({"former", "birth", "work", "kin", "pledge"})
_LEAST_ITEMS = 2
_LONGEST_SHOWN = 200
_PHONE = re.compile(
    r"[,;.\s]*(?:(?:дом|моб|сот|раб|контакт)\w*\.?\s*)?(?:тел(?:ефон\w*)?\.?|т\.)?\s*[:–-]?\s*(\+?[78][\s(–-]*\d{3,5}[\s)–-]*[\d\s–-]{4,12}\d)",
    re.IGNORECASE,
)


class QuestionnaireReader:
    """Reads questionnaires; what it cannot read of one is told, the rest is taken."""

    kind = "questionnaire"

    def __init__(self, words: Vocabulary | None = None) -> None:
        self.words = words or vocabulary()

    def look(self, file: InputFile) -> Look:
        """Mine: a Word file with the heading of a questionnaire or its items, and a table of kin or more of its items."""
        if not is_word(file):
            return Look(False, "no_word")
        try:
            found = [section for section in self._sections(file) if _is_questionnaire(section)]
        except FileRefusedError:
            return Look(False, "word_unreadable")
        return Look(True, "questionnaire", {"number": str(len(found))}) if found else Look(False, "no_questionnaire")

    def read(self, file: InputFile, sink: Sink) -> None:
        """Push an official and his kin for each questionnaire of the document."""
        _note_form(self._sections(file), sink)
        left_out = dict[str, None]()
        for section in self._sections(file):
            left_out.update(dict.fromkeys(_Questionnaire(section, self.words, sink).read()))
        if left_out:
            sink.note(f"columns_not_loaded|{'; '.join(left_out)}")

    def _sections(self, file: InputFile) -> list[Section]:
        return sections(word_text(file).blocks, self.words.tables["relatives"])


def _is_questionnaire(section: Section) -> bool:
    met = answers_of(section).met
    titled = any(questionnaire_words().title.match(line) for line in section.lines[:40])
    kin, work = section.of_kind(KIN), section.of_kind(WORK)
    items = len(met & _SURE_ITEMS)
    return (bool(kin) and (titled or items >= _LEAST_ITEMS)) or (titled and items + bool(work) > _LEAST_ITEMS)


def _note_form(found: list[Section], sink: Sink) -> None:
    """Which edition of the form it is, by the wording of item 13; of several in one file the one that asks for least."""
    words = questionnaire_words()
    texts = [" ".join(section.text.split()) for section in found]
    editions = [name for name, pattern in words.editions.items() if any(pattern.search(text) for text in texts)]
    if editions:
        each = {next((name for name, pattern in words.editions.items() if pattern.search(text)), "") for text in texts} - {""}
        sink.note(f"questionnaire_form|{max(each, key=list(words.editions).index)}")
    elif any(sum(bool(item.search(text)) for item in words.form_items) == len(words.form_items) for text in texts):
        sink.note(f"questionnaire_form|{words.form}")
    elif any(words.unknown_form.search(text) for text in texts):
        sink.note("questionnaire_unknown_form|")


class _Questionnaire:
    """One questionnaire on its way into the sink."""

    def __init__(self, section: Section, words: Vocabulary, sink: Sink) -> None:
        self.section, self.words, self.sink = section, words, sink
        self.answers: Answers = answers_of(section)
        self.official: str | None = None
        self.locator: str | None = None
        self.dated: dt.date | None = None

    def read(self) -> list[str]:
        """Push the records; the headings and items that were not loaded come back."""
        work = present_work(self.section.of_kind(WORK))
        name = self.answers.by_item.get("name") or self.answers.by_item.get("surname")
        place = name.place if name else self.section.places[0] if self.section.places else Place("", None)
        has_kin = any(part.rows for part in self.section.of_kind(KIN))
        written = written_name(self.answers)
        if written is None:
            blank = not has_kin and work is None and not self.answers.text("birth")
            self._reject("questionnaire_empty" if blank else "questionnaire_no_name", place, name.wording if name else "")
            return []
        self.dated = self._dated(place)
        self._official(written, place, work)
        self._kin()
        return [*self.answers.left_out, *self._not_loaded()]

    def _reject(
        self,
        reason: str,
        place: Place,
        column: str = "",
        value: str = "",
        *,
        taken: bool = False,
        params: Mapping[str, str] | None = None,
    ) -> None:
        self.sink.reject(Reject(reason, place.sheet, place.row, column, value[:_LONGEST_SHOWN], params or {}, taken))

    def _dated(self, place: Place) -> dt.date | None:
        try:
            return signed_on(self.section, self.answers)
        except Refused as refused:
            self._reject(refused.reason, place, self._heading("officials", "questionnaire_date"), taken=True)
            return None

    def _heading(self, table: str, field: str) -> str:
        spec = self.words.tables[table].fields.get(field)
        return spec.heading if spec else field

    def _official(self, written: str, place: Place, work: PresentWork | None) -> None:
        name = name_of(self.answers)
        address, phone = _address_and_phone(self.answers.by_item.get("address"))
        texts = {
            "birth_date": self.answers.text("birth"),
            "inn": self.answers.text("inn"),
            "phone": phone,
        }
        row = self._row("officials", {field: text for field, text in texts.items() if text})
        row.values |= {"name": written, "questionnaire_date": self.dated, "address": address}
        if name is not None:
            row.values["former_names"] = former_names(self.answers.text("former"), name)
        if work is not None:
            row.values |= {"employer": work.employer, "position": work.position, "hired": work.hired}
            for at, text in work.others:
                self._reject("several_present_jobs", at, value=text, taken=True)
        if self._push("officials", row, place.locator, place, official_records, beside_kin=True):
            self.official, self.locator = written, place.locator

    def _row(self, table: str, texts: Texts) -> TableRow:
        """Texts converted as the cells of a table are."""
        row = TableRow({}, [])
        fields = self.words.tables[table].fields
        for field, text in texts.items():
            spec = fields[field]
            try:
                value = converter(spec.kind, spec.values)(text)
            except Refused as refused:
                row.doubt(field, refused.reason, text, **refused.params)
                continue
            if value is not None:
                row.values[field] = value
        return row

    def _push(self, table: str, row: TableRow, locator: str, place: Place, build: Builder, **more: Any) -> bool:
        try:
            records = build(row)
        except RowRefusedError as refused:
            told = next((one for one in row.problems if one.field in refused.fields), None)
            field = refused.fields[0]
            value = told.value if told else str(row.get(field) or row.get("name") or row.get("relationship") or "")
            reason, params = (told.reason, told.params) if told else (refused.reason, refused.params)
            self._reject(reason, place, self._heading(table, field), value, params=params)
            return False
        for problem in row.problems:
            heading = self._heading(table, problem.field)
            self._reject(problem.reason, place, heading, problem.value, taken=True, params=problem.params)
        for name, record in records:
            self.sink.add(name, locator, {**record, **more})
        self.sink.count(table)
        return True

    def _kin(self) -> None:
        tables = self.section.of_kind(KIN)
        for part in tables:
            for (_, heading), field in zip(part.headings, part.fields, strict=True):
                self.sink.map(part.place, heading, "relatives", field)
            if not {"name", "surname"} & set(part.fields):
                self._reject("kin_columns_unknown", Place(part.place, None), "; ".join(heading for _, heading in part.headings))
                continue
            for place, values in part.rows:
                for number, (texts, unclear) in enumerate(persons(texts_of(part, values)), 1):
                    self._relative(place, number, texts, unclear, values)
        told = self.answers.text("kin")
        if told and not any(part.rows for part in tables):
            answer = self.answers.by_item["kin"]
            self._reject("kin_not_in_table", answer.place, answer.wording, told)

    def _relative(self, place: Place, number: int, texts: Texts, unclear: Iterable[str], values: dict[int, str]) -> None:
        if not texts:
            return
        row = self._row("relatives", texts)
        row.values |= {"official_name": self.official, "questionnaire_date": self.dated}
        for field in unclear:
            row.doubt(field, "several_in_a_cell", " | ".join(values.values()).replace("\n", " / "))
        locator = place.locator if number == 1 else f"{place.locator}/{number}"
        self._push("relatives", row, locator, place, relative_records, official_row=self.locator)

    def _not_loaded(self) -> list[str]:
        abroad = [heading for part in self.section.of_kind(ABROAD) for _, heading in part.headings]
        known = {*self.words.row_number}
        kin = [
            heading
            for part in self.section.of_kind(KIN)
            for (_, heading), field in zip(part.headings, part.fields, strict=True)
            if not field
        ]
        return [heading for heading in (*kin, *abroad) if heading.lower() not in known]


def _address_and_phone(answer: Answer | None) -> tuple[str | None, str | None]:
    """Item 17 is one blank for both: the telephone is taken out where its digits are told from the address."""
    if answer is None or not answer.text:
        return None, None
    found = [match[1].strip() for match in _PHONE.finditer(answer.text) if phone_numbers(match[1])]
    address = _PHONE.sub(lambda match: " " if phone_numbers(match[1]) else match[0], answer.text)
    return text_value(address.strip(" ,;.–-")), ", ".join(found) or None
