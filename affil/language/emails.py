"""E-mails in comparable form: lower case, one mailbox one spelling."""

from __future__ import annotations

import re
from functools import lru_cache

# A name begins where its signs begin: tried from every one of them, a cell of 100,000 letters and no @ takes minutes.
_MAILBOX = re.compile(r"(?<![\w.+'&%-])[\w.+'&%-]+@(?:[\w-]+\.)+[\w-]{2,}")
_LABEL = re.compile(r"^(?:e-?mail|mail|почта|mailto)[:=\s.-]+", re.IGNORECASE)
# Names under which one provider gives out one mailbox.
_ONE_PROVIDER = {
    "googlemail.com": "gmail.com",
    "ya.ru": "yandex.ru",
    "yandex.com": "yandex.ru",
    "yandex.by": "yandex.ru",
    "yandex.kz": "yandex.ru",
}
_DOTS_NOTHING = {"gmail.com"}  # a.b@ and ab@ are one mailbox there
_DOT_IS_DASH = {"yandex.ru"}  # and here a.b@ and a-b@
_SAMPLES = {
    "mail@mail.ru",
    "email@email.ru",
    "e-mail@mail.ru",
    "test@test.ru",
    "no@mail.ru",
    "net@mail.ru",
    "info@mail.ru",
    "1@mail.ru",
}


@lru_cache(maxsize=65_536)
def emails(text: str) -> tuple[str, ...]:
    """The mailboxes in `text`, lower case, sorted; none in «нет» or where nothing has the shape of one.

    A label after + is left out (RFC 5233: it is the same mailbox), and so are dots at gmail.com; yandex.ru and ya.ru are one, and
    a dot is a hyphen there. Addresses that only fill a column (`mail@mail.ru`) are none. Whether many share one is for counting.
    """
    plain = " ".join(_LABEL.sub("", part) for part in text.split())
    found = {_comparable(match[0].lower()) for match in _MAILBOX.finditer(plain)}
    return tuple(sorted(found - _SAMPLES - {""}))


def _comparable(mailbox: str) -> str:
    name, _, host = mailbox.strip(".'-").rpartition("@")
    host = _ONE_PROVIDER.get(host, host)
    name = name.partition("+")[0].strip(".'-")
    if host in _DOTS_NOTHING:
        name = name.replace(".", "")
    elif host in _DOT_IS_DASH:
        name = name.replace(".", "-")
    return f"{name}@{host}" if name else ""
