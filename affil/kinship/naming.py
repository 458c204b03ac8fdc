"""The word a person would use for a chain of kinship, or a phrase where there is none: «свояченица», «племянник супруги»."""

from __future__ import annotations

from itertools import pairwise

from affil.kinship.chains import SELF, degree, formatted, marriages, parsed, without_marks
from affil.words import Words


def kin_name(chain: str, gender: str | None, ego_gender: str | None, words: Words) -> str:
    """The name of kin by `chain`; `gender` is the relative's, `ego_gender` the official's ('m', 'f', None = unknown).

    Where no word fits the whole chain, it is parted at a marriage and each part named, kin by blood by one word:
    «племянник супруги», «супруга двоюродного дедушки». A chain tells no gender of the persons between, unless by marriage.
    """
    return _named("name", chain, ego_gender if chain == SELF else gender, ego_gender, words)


def degree_text(chain: str, words: Words) -> str:
    """«родство 4-й степени», «свойство 2-й степени»: the births on the way (Civil Code art. 1145 p. 1), of affinity those of
    its blood part; '' where no degree can be told: a spouse, a former marriage, a co-parent, a ward.
    """
    births = degree(chain)
    kinds = [link.kind for link in parsed(chain)]
    turned = any(pair == ("child", "parent") for pair in pairwise(kinds))
    if births is None or turned or any(link.mark == "former" for link in parsed(chain)):
        return ""
    return words(f"kinship.degree.{'affinity' if marriages(chain) else 'blood'}", number=births)


def _named(table: str, chain: str, gender: str | None, ego_gender: str | None, words: Words) -> str:
    word = _word(table, chain, gender, ego_gender, words)
    if word:
        return word
    for near, far in _splits(chain):
        head = _word(table, far, gender, None, words)
        if head:
            middle = _other(gender) if _is_marriage(far) else _other(ego_gender) if _is_marriage(near) else None
            return str(words.raw("kinship.phrase")).format(head=head, of=_named("of", near, middle, ego_gender, words))
    raise ValueError(f"kinship chain {chain!r}: no word for its last link")


def _is_marriage(chain: str) -> bool:
    return without_marks(chain, "former") == "spouse"


def _other(gender: str | None) -> str | None:
    """The gender of the person one is married to (Family Code art. 12)."""
    return {"m": "f", "f": "m"}.get(gender or "")


def _splits(chain: str) -> list[tuple[str, str]]:
    """The chain in two, best first: the far part all blood or one marriage, so the near one, then the longest far part.

    Never between a child and his other parent: together they are the co-parent.
    """
    links = parsed(chain)
    parts = [(formatted(links[:place]), formatted(links[place:])) for place in range(1, len(links))]
    apart = [(near, far) for near, far in parts if not (near.endswith(("child", "child(adopted)")) and far.startswith("parent"))]
    return sorted(apart, key=lambda split: (not _one_kind(split[1]), not _one_kind(split[0])))


def _one_kind(chain: str) -> bool:
    return _is_marriage(chain) or marriages(chain) == 0


def _word(table: str, chain: str, gender: str | None, ego_gender: str | None, words: Words) -> str | None:
    """The word of the catalogue; half and adopted are told only of single links, elsewhere they are left out."""
    known = words.raw(f"kinship.{table}")
    forms = known.get(chain) or known.get(without_marks(chain, "half", "adopted"))
    if not forms:
        return None
    kind = gender if gender in ("m", "f") else "any"
    found = forms.get(f"{kind}_by_{ego_gender}") or forms[kind]
    return str(found)
