"""Whether two given names are one name in the documents of one person, and the name that stands for all its writings."""

from __future__ import annotations

from functools import lru_cache

from affil.language import fio_given
from affil.language.fio_fold import fold_russian
from affil.language.fio_foreign import in_russian, is_foreign
from affil.language.fio_letters import comparable


@lru_cache(maxsize=16_384)
def given_root(word: str) -> str:
    """The comparable Russian name that stands for all writings of the given name `word`; the comparable `word` where none does.

    «Наталия», «Наталья», «Nataliia» -> НАТАЛЬЯ; «Микола», «Николай» -> НИКОЛАЙ; «Алёна» stays АЛЕНА.
    """
    known = fio_given.roots()
    whole = comparable(word)
    root = known.get(whole) or (comparable(in_russian(word)) if is_foreign(word) else whole)
    return known.get(root, root)


def same_given(one: str, other: str) -> bool:
    """Whether two given names are writings of one name in the documents of one person; False where one is an initial."""
    if "." in one or "." in other:
        return False
    roots = given_root(one), given_root(other)
    return roots[0] == roots[1] or fold_russian(roots[0]) == fold_russian(roots[1])
