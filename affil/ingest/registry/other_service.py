"""Answers of services that are not read: ofdata.ru and checko.ru (one API). They are refused by name."""

from __future__ import annotations

import re

from affil.ingest.formats.json_text import json_head
from affil.ingest.inputs import InputFile, Look
from affil.ingest.refusal import FileRefusedError
from affil.model.records import Sink

_VENDOR = "Checko (Ofdata)"
# Both answer `{"data": {"ОГРН": …, "НаимСокр": …}, "meta": …}` with the same Russian keys.
_KEYS = re.compile(r'"(?:НаимСокр|НаимПолн|ДатаОГРНИП|ЮрАдрес|Руковод|Учред)"\s*:')
_NUMBER = re.compile(r'"(?:ОГРН|ОГРНИП)"\s*:')


class OtherServiceReader:
    """Tells by name whose answer it is."""

    kind = "other_service"

    def look(self, file: InputFile) -> Look:
        """Mine where JSON has the keys of one of these services."""
        head = json_head(file, long=True) or ""
        mine = _NUMBER.search(head) is not None and _KEYS.search(head) is not None
        return Look(mine, "other_service" if mine else "no_other_service", {"vendor": _VENDOR} if mine else {})

    def read(self, file: InputFile, sink: Sink) -> None:
        """`FileRefusedError` with the name of the service."""
        raise FileRefusedError(file.name, "json_other_service", vendor=_VENDOR)
