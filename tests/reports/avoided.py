"""Words that stand in no document (OFFICER 5 and 3.3): they accuse, or promise more than an analysis can."""

from __future__ import annotations

import re

DISCLAIMER_PART = "не является проверкой в порядке"  # the disclaimer is verbatim and may say this
NAME_OF_REPORT = re.compile("отч[её]т\\w* о проверке физического лица", re.IGNORECASE)  # OFFICER 5 lets this one name stand

AVOIDED = re.compile(
    r"фиктивн|незаявленн\w* родств|self-hidden|undeclared|соглашени\w* заказчика|collusion|сговор|\bдроблени|split purchase|"
    r"rnp-phoenix|\bклон\b|\bклон[аоуы]|номинал(?!\w*\s+стоим)|\bhits?\b|\bred\b|\bcritical\b|критичн|виновн|презумпци|presumption|"
    r"\bнарушени[йяе]\w* (?:не (?:выявлен|обнаружен)|нет)|аффилированност\w* отсутств|\bчисто\b|связ(?:ей|и) нет\b|"
    r"\bпроверк[аиуе]\b|\bпроверкой\b|\bпроверок\b|\bconfirmed\b|#f00\b|#ff0000|красн",
    re.IGNORECASE,
)


def avoided_words(text: str) -> list[str]:
    """Every such word in `text`, the disclaimer's own left out."""
    return [match[0] for match in AVOIDED.finditer(NAME_OF_REPORT.sub("", text.replace(DISCLAIMER_PART, "")))]
