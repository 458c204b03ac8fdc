"""What to clarify in a case and what is proposed, of the official and of the bidder apart.

Rules say it in clauses parted by `;`. A case has several rules, so each clause stands once, and what every case proposes anyway
(asking for an explanation, the duty to notify) is not said again.
"""

from __future__ import annotations

from collections.abc import Iterable

from affil.model.finding import Employee, Finding
from affil.model.run import RuleInfo, Run
from affil.reports.cases import Case
from affil.reports.phrases import in_language, rule_of
from affil.reports.values import date_text
from affil.reports.word.given import day_after, number_of
from affil.words import Words

BOUND_TO_NOTIFY = ("elected office", "municipal servant")  # 273-ФЗ ст. 11, 12.1; of others it depends on the post
NOT_IN_SERVICE = ("candidate", "former servant")


def clarify_text(run: Run, case: Case, words: Words) -> str:
    """What is to be clarified, each question once."""
    return "; ".join(clauses(in_language(rule.clarify, words) for rule in _rules(run, case.findings)))


def proposals(run: Run, case: Case, words: Words) -> list[str]:
    """(a) an explanation by a day, (b) the duty to notify, (c) what the rules propose; of suppliers alone only the last."""
    own = clauses(in_language(rule.action_official, words) for rule in _rules(run, case.findings))
    if case.official is None:
        return own
    duty = _duty(case.official, own, words)
    reminded = bool(duty) or case.official.status in NOT_IN_SERVICE
    left = "; ".join(text for text in own if not _is_said(text, reminded, words))
    letters = iter(words.raw("memo.propose.letters"))
    told = (_explanation(run, case, words), duty, _small(left))
    return [words("memo.propose.item", letter=next(letters), text=text) for text in told if text]


def _is_said(clause: str, reminded: bool, words: Words) -> bool:
    """True where (a) or (b) says what the clause says, or more; nobody out of service is reminded."""
    said, text = words.raw("memo.propose.said"), clause.casefold()
    return text in said["asking"] or (reminded and (text.startswith(said["duty"]) or text in said["weaker"]))


def _explanation(run: Run, case: Case, words: Words) -> str:
    """A person known by name only is not named to the official who is asked (OFFICER 3.8)."""
    day, days = day_after(run, "reply_days"), number_of(run, "documents", "reply_days")
    by = words("memo.by_day", day=date_text(day), days=days) if day else words("paper.blank")
    uncertain = all(finding.path.identity_grade == "D" for finding in case.findings)
    return words(f"memo.propose.{'explain_unnamed' if uncertain else 'explain'}", by=by)


def _duty(official: Employee, own: list[str], words: Words) -> str:
    """The duty to notify; nothing where the rules speak of it only for the case that the tie proves true."""
    duty, texts = words("memo.propose.said.duty"), [clause.casefold() for clause in own]
    only_later = any(duty in text for text in texts) and not any(text.startswith(duty) for text in texts)
    if official.status in NOT_IN_SERVICE or only_later:
        return ""
    return words(f"memo.propose.{'duty' if official.status in BOUND_TO_NOTIFY else 'duty_if_bound'}")


def participant_text(run: Run, case: Case, words: Words) -> str:
    """What is proposed about the bidder; where a rule asks about him, the others' pointing to such a rule is left out."""
    asking = [finding for finding in case.findings if finding.about == "participant"]
    texts = (in_language(rule.action_participant, words) for rule in _rules(run, asking or case.findings))
    return " ".join(dict.fromkeys(text for text in texts if text))


def _rules(run: Run, findings: Iterable[Finding]) -> list[RuleInfo]:
    found = (rule_of(run, finding) for finding in findings)
    return list({rule.id: rule for rule in found if rule}.values())


def clauses(texts: Iterable[str]) -> list[str]:
    """The clauses of sentences parted by `;`, each once whatever its capitals; all but the first begin small."""
    first: dict[str, str] = {}
    for text in texts:
        for clause in text.rstrip(". ").split("; "):
            if clause:
                first.setdefault(clause.casefold(), clause)
    return [_small(clause) if number else clause for number, clause in enumerate(first.values())]


def _small(clause: str) -> str:
    """`clause` with a small first letter, unless its first word is an abbreviation."""
    return clause[:1].lower() + clause[1:] if clause[1:2].islower() else clause
