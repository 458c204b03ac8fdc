"""Questions to a reviewer at the terminal; what is obligatory is asked again, an empty answer to that drops the whole."""

from __future__ import annotations

import contextlib
import datetime as dt

from affil.commands.common import harmless, say
from affil.commands.match_options import line
from affil.commands.review_desk import Desk, Item
from affil.decisions.events import EventKind, event_kinds
from affil.reports.values import date_text
from affil.review.recorded import Act

NUMBERED = ("asked", "answered", "notice", "report", "order", "commission", "inspection", "measure")
DOCUMENTED = ("identity", "tie")
OF_PURCHASES = ("measure", "closed", "tie")
FORMS = ("%d.%m.%Y", "%Y-%m-%d")


class Dropped(Exception):
    """The reviewer answered nothing where an answer is needed."""


class Questions:
    """What is asked, in the words of the desk."""

    def __init__(self, desk: Desk, by: str) -> None:
        self.desk, self.by, self.words = desk, by, desk.words

    def text(self, key: str, **params: object) -> str:
        """One line as it was typed; `EOFError` where nobody answers any more."""
        print(harmless(self.words(key, **params)), end="", flush=True)
        return input().strip()

    def one_of(self, key: str, options: tuple[str, ...]) -> str:
        """One of a few, by its number."""
        say(self.words(key))
        return options[self._number(len(options))]

    def _number(self, most: int) -> int:
        while answer := self.text("review.ask.which"):
            if answer.isascii() and answer.isdecimal() and 1 <= int(answer) <= most:
                return int(answer) - 1
            say(self.words("review.ask.bad_number", most=most))
        raise Dropped

    def choice(self, shown: list[str]) -> int:
        """The place of one of these lines, by its number."""
        say("\n".join(f"  {number} — {text}" for number, text in enumerate(shown, start=1)))
        return self._number(len(shown))

    def needed(self, key: str) -> str:
        """An answer that must be there."""
        told = line(self.text(key)) or line(self.text("review.ask.needed"))
        if not told:
            raise Dropped
        return told

    def act(self, kind: str, item: Item | None) -> Act:
        """Everything an event of this kind is told with; `item` is the case, None where it is for several."""
        of = event_kinds()[kind]
        outcome = self._outcome(kind, of)
        required = of.required_of(outcome)
        told = {"why": "", "documents": "", "number": "", "assessed_by": ""}
        asked = [*(name for name in told if name in required)]
        asked += [
            name for name, kinds in (("number", NUMBERED), ("documents", DOCUMENTED)) if kind in kinds and name not in required
        ]
        for name in asked:
            needed = name in required
            told[name] = self.needed(f"review.ask.{name}") if needed else line(self.text(f"review.ask.{name}_optional"))
        if "why" not in required:
            told["why"] = line(self.text("review.ask.why_optional"))
        on = self._day("review.ask.date", self.desk.today)
        due = (
            self._day("review.ask.due", on + dt.timedelta(days=getattr(self.desk.settings.documents, of.due))) if of.due else None
        )
        numbers = self._purchases(item) if item is not None and kind in OF_PURCHASES else ()
        documents = (told["documents"],) if told["documents"] else ()
        return Act(kind, self.by, on, outcome, told["why"], documents, told["number"], due, numbers, told["assessed_by"])

    def _outcome(self, kind: str, of: EventKind) -> str | None:
        names = list(of.outcomes)
        if not names:
            return None
        return names[self.choice([self.words(f"course.outcome.{kind}.{name}") for name in names])]

    def _day(self, key: str, usual: dt.date) -> dt.date:
        while answer := self.text(key, day=date_text(usual)):
            for form in FORMS:
                with contextlib.suppress(ValueError):
                    return dt.datetime.strptime(answer, form).date()
            say(self.words("review.ask.bad_date"))
        return usual

    def _purchases(self, item: Item) -> tuple[str, ...]:
        if item.case.purchase_count < 2:
            return ()
        answer = self.text("review.ask.purchases", number=item.case.purchase_count)
        return tuple(part for one in answer.split(",") if (part := one.strip()))

    def pair(self, item: Item) -> str | None:
        """Whom an answer on identity is about, where the case rests on more than one doubtful identity."""
        known = self.desk.pairs_of(item)
        if len(known) < 2:
            return None
        say(self.words("review.ask.pair"))
        return known[self.choice([f"{pair.one.name} × {pair.other.name} ({pair.id})" for pair in known])].id
