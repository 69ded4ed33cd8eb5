"""Number changes: that a text announces a new number or gives up an old one, and which number that is.

Holds for any text: a person's and a firm's own change of number have a role as well; whether the text is an advert is
another question. Rules read the text (``nlp.changes.change_rules``), and a model that sees what they read decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from nlp.changes.change_features import Answer
from nlp.changes.change_letters import ChangeLetters, Row
from nlp.changes.change_model import ChangeModel, ChangeModelFile
from nlp.changes.change_rules import (
    RULE,
    is_denied,
    is_denied_as_left,
    is_given_up,
    is_handed_over,
    is_left_for_another,
    is_official,
    is_senders_given_up,
    ruled_answer,
    was_before,
)
from nlp.changes.further_numbers import RULE_BESIDE, are_beside, are_of_shifts, is_further
from nlp.changes.imitators import RULE_WARNS, Accusers, warning_of, warns_of
from nlp.changes.two_new_numbers import RULE_BOTH_NEW, are_both_new
from nlp.components.component import Component
from nlp.lexicons import LexiconKind, Lexicons
from nlp.readings import Mark, Reading
from parsers.records.findings import NumberChange, NumberChangeRole, SpanKind

RULE_MODEL: Final = "number-change-model/1"
_TELLING: Final = (
    *("number_noun", "number_new", "number_new_foreign", "number_old", "number_changed"),
    *("number_now", "number_this", "number_lost", "number_contacts"),
)
"""Classes of words of which one stands in every announcement that holds no number."""


class Looked(NamedTuple):
    """What is seen of a text in which a change of number may stand.

    Attributes:
        numbers: Its numbers, in order.
        row: The text as letters.
        families: Families of look-alikes whose words it holds.
        ruled: What the rules read.
        are_same: Whether all of its numbers are one.
    """

    numbers: Sequence[Mark]
    row: Row
    families: Sequence[str]
    ruled: Answer | None
    are_same: bool


class Looking:
    """Looks at texts for changes of number."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.letters = ChangeLetters(lexicons)
        self._telling = frozenset[str]().union(*(lexicons.terms(LexiconKind.PATTERN, name) for name in _TELLING))

    def numbers(self, reading: Reading) -> list[Mark] | None:
        """Return the numbers of a text, in order; None where neither a number nor a telling word stands in it."""
        numbers = reading.marked(SpanKind.NUMBER) if reading.marks else []
        if not numbers:
            return None if self._telling.isdisjoint(reading.words) else numbers
        return sorted(numbers, key=lambda mark: mark.start)

    def families(self, reading: Reading) -> list[str]:
        """Return the families of look-alikes whose words a text holds, in order."""
        return sorted({term.entry.cue for term in reading.of_kind(LexiconKind.LOOKALIKE)})

    def handed_over(self, reading: Reading, numbers: Sequence[Mark]) -> Mark | None:
        """Return the number of whoever goes on with a line, where a text says so right before it."""
        low = reading.shadow.lower
        mark = next((mark for mark in numbers if is_handed_over(low, mark.start)), None)
        return None if mark is None or is_official(self.families(reading)) else mark

    def look(self, reading: Reading, numbers: Sequence[Mark]) -> Looked:
        """Return what is seen of a text."""
        row = self.letters.row(reading, numbers)
        families = self.families(reading)
        ruled = ruled_answer(row.code, families, numbers, reading.shadow.lower)
        return Looked(numbers, row, families, ruled, len({mark.canonical for mark in numbers}) == 1)


class NumberChanges(Component):
    """Fills the number change of the reading."""

    def __init__(self, lexicons: Lexicons, stored: ChangeModelFile) -> None:
        self._looking = Looking(lexicons)
        self._model = ChangeModel(stored, self._looking.letters.of_word)
        imitators, phrases, cheats, names = (
            lexicons.terms(LexiconKind.PATTERN, name)
            for name in ("number_imitator", "number_imitated", "number_cheat", "number_cheat_or_name")
        )
        self._warning = warning_of(imitators | phrases)
        self._accusers = Accusers((imitators | cheats) - names, names)

    def read(self, reading: Reading) -> None:
        """Write to the reading."""
        numbers = self._looking.numbers(reading)
        self._read(reading, numbers)
        if numbers and len(numbers) == 1 and not reading.change_rules:
            families, low = self._looking.families(reading), reading.shadow.lower
            if is_senders_given_up(low, numbers[0].start, numbers[0].end) and not is_official(families):
                _put(reading, NumberChangeRole.NEW, numbers[0], (RULE,))
        if numbers and self._are_both_new(reading, numbers):
            if reading.number_change.role is NumberChangeRole.NONE:
                _put(reading, NumberChangeRole.NEW, numbers[0], (RULE,))
            reading.change_rules = (*reading.change_rules, RULE_BOTH_NEW)
        if numbers and not reading.change_rules and are_beside(reading.shadow.lower, numbers):
            reading.change_rules = (RULE_BESIDE,)

    def _are_both_new(self, reading: Reading, numbers: Sequence[Mark]) -> bool:
        if RULE_WARNS in reading.change_rules or reading.number_change.role is NumberChangeRole.OLD:
            return False
        return are_both_new(reading.shadow.lower, numbers) and not is_official(self._looking.families(reading))

    def _read(self, reading: Reading, numbers: list[Mark] | None) -> None:
        if numbers and warns_of(reading.shadow.lower, numbers, self._warning, self._accusers):
            reading.change_rules = (RULE_WARNS,)
            return
        if numbers and len(numbers) == 1 and was_before(reading.shadow.lower, numbers[0].start):
            _put(reading, NumberChangeRole.OLD, numbers[0], (RULE,))
            return
        are_both_in_use = numbers is not None and are_of_shifts(reading.shadow.lower, numbers)
        heir = None if are_both_in_use else self._looking.handed_over(reading, numbers or ())
        if heir is not None:
            _put(reading, NumberChangeRole.NEW, heir, (RULE,))
            return
        if numbers is None or are_both_in_use or not self._model.is_asked(reading.words, has_number=bool(numbers)):
            return
        looked = self._looking.look(reading, numbers)
        judged = self._model.judged(looked.row, looked.families, looked.ruled, are_same=looked.are_same)
        if judged is None:
            return
        role, which = judged.answer
        mark = None
        if which is not None:
            role, mark = _corrected(reading.shadow.lower, numbers, role, numbers[which])
            is_new = role == NumberChangeRole.NEW.value
            if mark is None or (is_new and self._is_none(reading.shadow.lower, numbers, mark)):
                return
        said = f"{RULE_MODEL}:{judged.share:.2f}"
        rules = (RULE, said) if judged.answer == looked.ruled else (said,)
        _put(reading, NumberChangeRole(role), mark, rules)

    def _is_none(self, low: str, numbers: Sequence[Mark], new: Mark) -> bool:
        """Whether what is read as a new number is one in use beside the sender's, or that of one who imitates it."""
        return is_further(low, numbers) or self._accusers.accuse(low, new)


def _put(reading: Reading, role: NumberChangeRole, mark: Mark | None, rules: tuple[str, ...]) -> None:
    number = None if mark is None else reading.surface(mark.start, mark.end)
    reading.number_change = NumberChange(role=role, number=number, e164=None if mark is None else mark.canonical)
    reading.change_rules = rules


def _corrected(low: str, numbers: Sequence[Mark], role: str, mark: Mark) -> tuple[str, Mark | None]:
    """Return role and number as the words right beside the number have them, whatever the model makes of the text.

    No number: the text gives none up and takes none.
    """
    if is_given_up(low, mark.end):
        return NumberChangeRole.OLD.value, mark
    if is_left_for_another(low, mark.start, mark.end):
        others = [other for other in numbers if other.start > mark.end and other.canonical != mark.canonical]
        return (NumberChangeRole.NEW.value, others[0]) if others else (NumberChangeRole.OLD.value, mark)
    if role == NumberChangeRole.NEW.value and is_denied(low, mark.start):
        return _of_denied(low, numbers, mark)
    return role, mark


def _of_denied(low: str, numbers: Sequence[Mark], denied: Mark) -> tuple[str, Mark | None]:
    """Return what a number that is not the one is: left for another, or nothing."""
    others = [other for other in numbers if other.canonical != denied.canonical and not is_denied(low, other.start)]
    if others:
        return NumberChangeRole.NEW.value, others[0]
    return NumberChangeRole.OLD.value, denied if is_denied_as_left(low) else None
