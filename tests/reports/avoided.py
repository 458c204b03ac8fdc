"""Words that stand in no document (OFFICER 5 and 3.3): they accuse, or promise more than an analysis can."""

from __future__ import annotations

import re

# What may be said all the same: the disclaimer, word for word, and the names of documents and of checks a person makes by hand.
ALLOWED = re.compile(
    r"не является проверкой в порядке|предварительн\w+ проверк\w+|отч[её]т\w* о проверке физического лица|ручн\w+ проверк\w+"
)

AVOIDED = re.compile(
    r"фиктивн|незаявленн\w* родств|self-hidden|undeclared|соглашени\w* заказчика|collusion|сговор|\bдроблени|split purchase|"
    r"rnp-phoenix|\bклон\b|\bклон[аоуы]|номинал(?!\w*\s+стоим)|\bhits?\b|\bred\b|\bcritical\b|критичн|виновн|презумпци|presumption|"
    r"\bнарушени[йяе]\w* (?:не (?:выявлен|обнаружен)|нет)|\bнет нарушени|аффилированност\w* (?:отсутств|нет)|\bне аффилирован|"
    r"\bчисто\b|связ(?:ей|и|ь) (?:нет|отсутству\w+)\b|\bпроверк[аиуе]\b|\bпроверкой\b|\bпроверок\b|\bпроверка(?:м|ми|х)\b|"
    r"\bможет быть допущен|\bconfirmed\b|\bguilt|\bno violations?\b|\bnot affiliated\b|\bsham\b|fictitious|\bmay proceed\b|"
    r"#f00\b|#ff0000|красн"
)


def avoided_words(text: str) -> list[str]:
    """Every such word in `text`, in small letters, what is allowed left out."""
    return [match[0] for match in AVOIDED.finditer(ALLOWED.sub("", text.lower()))]
