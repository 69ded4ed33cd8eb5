"""A telephone number in a query that names no field: who has it as a party, and every text that has it written.

People write one number in many ways, and texts are found by their words: of the forms that are in use each is looked
for, so that no way of typing it hides a record.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Final

from search.query.fields import field_value
from search.query.tree import FieldTerm, Phrase, Term
from search.query.words import words

_UK: Final = "+44"
_UK_GROUPS: Final = ((10,), (4, 6), (4, 3, 3), (3, 3, 4))
"""Digits of the groups behind the trunk zero."""


def written_number(text: str) -> tuple[FieldTerm | Phrase | Term, ...]:
    """Return what is looked for: the number as a party, the words as typed, and other forms in which it is written.

    Args:
        text: A telephone number that has an E.164 form, as typed.
    """
    key = field_value("number", text)
    found = [tuple(words(text)), *_forms(key)]
    return (FieldTerm("number", key), *(_leaf(form) for form in dict.fromkeys(found)))


def _leaf(form: tuple[str, ...]) -> Term | Phrase:
    return Term(form[0]) if len(form) == 1 else Phrase(form)


def _forms(key: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of the forms; brackets, hyphens and the plus part words, or are none."""
    yield (key[1:],)
    yield (f"00{key[1:]}",)
    national = key.removeprefix(_UK)
    if national == key:
        return
    for groups in _UK_GROUPS:
        if sum(groups) == len(national):
            first, *rest = (national[start:end] for start, end in pairwise(accumulate(groups, initial=0)))
            yield (f"0{first}", *rest)
            yield ("44", first, *rest)
            yield (f"44{first}", *rest)
            yield ("44", "0", first, *rest)
