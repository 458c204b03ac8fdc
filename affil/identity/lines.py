"""The evidence of one pair line by line, in bits: what the words of the catalogue under `identity` tell."""

from __future__ import annotations

import math
from typing import Any

from affil.identity.weights import weights

Row = dict[str, Any]
Line = dict[str, Any]

_NAME_PARTS = ("surname", "given", "patronymic")
_FACTS = ("birth", "phone", "email", "flat", "employer", "inn", "kin")


def evidence_lines(row: Row) -> list[Line]:
    """Lines {"key", "bits", "params"} of a row of `likeness`, whose bits add up to the log2 of the odds of `probability`, but for rounding.

    First what holds before anything is known, then the parts of the name, then what is known beside it, last what speaks against it
    without a word on it (other holders whom the registry shows).
    """
    lines = [_prior(row), *(_part(part, row) for part in _NAME_PARTS)]
    if row["gender_ratio"] > 1:
        lines.append(_line("gender", row["gender_ratio"]))
    lines += [_lists(row), _region(row), *(_fact(fact, row) for fact in _FACTS), _rivals(row)]
    return [line for line in lines if line is not None]


def _line(key: str, ratio: float, **params: str) -> Line:
    return {"key": key, "bits": round(math.log2(ratio), 1), "params": params}


def _prior(row: Row) -> Line:
    known = row["home_people"] is not None
    near = weights()["near"] if known else 1.0
    return _line("prior_region" if known else "prior_country", near / row["people"], people=str(round(row["people"])))


def _part(part: str, row: Row) -> Line | None:
    kind, ratio = row[f"{part}_kind"], row[f"{part}_ratio"]
    if kind == "none":
        return None
    params = {"word": row[part] or "", "other": row[f"b_{part}"] or "", "one_in": str(max(1, round(ratio)))}
    return _line(f"{part}_{kind}", ratio, **params)


def _lists(row: Row) -> Line:
    """What keeps a name from being worth more than the lists can know of it, and names of one tradition from counting twice."""
    parts = row["surname_ratio"] * row["given_ratio"] * row["patronymic_ratio"] * row["gender_ratio"]
    told = row["odds"] / ((row["region_ratio"] or 1.0) * row["facts_ratio"])
    return _line("lists_unknown" if row["names_unknown"] else "lists", told / (parts * row["prior_share"] / row["people"]))


def _region(row: Row) -> Line | None:
    """With the share of the registry that is of the home region, which the prior of the model holds: only then is it told plainly."""
    if row["home_people"] is None:
        return None
    kind = row["region_kind"] or "unknown"
    if kind != "unknown" and row["b_inn"] is None:
        kind = "firm" if kind == "same" else "firm_other"
    return _line(
        f"region_{kind}", row["home_share"] * (row["region_ratio"] or 1.0), home=row["place"], other=row["b_place"] or ""
    )


def _fact(fact: str, row: Row) -> Line | None:
    ratio = row[f"{fact}_ratio"]
    if ratio is None:
        return None
    return _line(f"birth_{row['birth_kind']}" if fact == "birth" else fact, ratio)


def _rivals(row: Row) -> Line | None:
    """Other holders: from the odds of the pair alone to those of its probability."""
    odds = row["probability"] / (1 - row["probability"]) if row["probability"] < 1 else row["odds"]
    ratio = odds / row["odds"]
    return _line("rivals", ratio, seen=str(row["seen"])) if ratio < 0.97 else None
