"""What a drug word stands for beside the others of its text, and which two of them are one expression.

White beside brown is crack cocaine; beside words for powder it is cocaine. Soft beside hard is heroin, and powder where
weights or other powders stand beside it. ``brown n white``, ``b&w`` and ``dark and light`` are one expression with two
entries: two words of one group (``joins`` in the lexicon) with "and", "&", "+" or a tight mark between them. With "or",
a comma, a spaced hyphen or slash or words of two groups they stand apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from nlp.readings import Reading, Term

HEROIN: Final = "heroin"
CRACK: Final = "crack cocaine"
POWDER: Final = "cocaine"
_PAIR: Final = frozenset({HEROIN, CRACK})
_PARTY: Final = frozenset({POWDER, "ketamine", "MDMA", "mephedrone", "LSD"})
_TABLETS: Final = frozenset({"benzodiazepines", "pregabalin"})
_MEDICINES: Final = frozenset({"methadone", "buprenorphine"})
_MAX_BETWEEN: Final = 8
_TIGHT: Final = frozenset({"", "/"})
"""What stands between two emoji of one expression. Of texts with a space, "n" or another sign there, in the batches for
training, 49 mark each emoji and 18 both together; of those with nothing 46 and 144."""

_AND = re.compile(r" ?[&+] ?|[ ._]'?n'?[ ._]|'n'| (?:nd|an|and|x) |[-/.]|_")
_LETTERS_AND = re.compile(r" ?[&+] ?|[ ._]'?n'?[ ._]|'n'| (?:nd|an|and) |[-/._x]")
_FOREIGN_AND = re.compile(r" (?:si|i|oraz|a|ac|e|dhe|edhe|y|et|ir|cu|z|ze|und|en|te|aur|ve|o) | ?[&+] ?|[-/]")


class Meanings:
    """What the terms of one text stand for.

    Args:
        terms: The terms that can stand for drugs, in order.
        is_powder: Whether the text has words for amounts of powder.
        is_bottled: Whether it has millilitres or bottles.
    """

    def __init__(self, terms: Sequence[Term], *, is_powder: bool, is_bottled: bool = False) -> None:
        named = {name for term in terms if not term.entry.resolves for name in term.entry.canonical}
        self._has_heroin = HEROIN in named
        self._has_hard = any(term.entry.term.startswith("hard") for term in terms)
        self._has_tablets = not named.isdisjoint(_TABLETS) and named.isdisjoint(_PARTY | _PAIR)
        letters = {term.entry.term for term in terms if term.entry.needs == "partner"}
        self._is_crack_by_letter = not letters.isdisjoint("bhd") and letters.isdisjoint("km")
        is_other = not named <= _MEDICINES | _TABLETS
        self._is_medicine = not named.isdisjoint(_MEDICINES) or (is_bottled and not is_other)
        self._is_powder = is_powder or (not named.isdisjoint(_PARTY) and CRACK not in named)

    def of(self, term: Term) -> tuple[str, ...]:
        """Return the drugs that a term stands for."""
        entry = term.entry
        if entry.term == "c" and self._is_crack_by_letter:
            return (CRACK,)
        if not entry.resolves:
            return entry.canonical
        if entry.resolves == "colour":
            return self._of_colour(term)
        is_told, name = {
            "hard": (self._has_hard and not self._is_powder, HEROIN),
            "medicine": (self._is_medicine, "methadone"),
            "tablets": (self._has_tablets, "pregabalin"),
        }[entry.resolves]
        return (name,) if is_told else entry.canonical

    def _of_colour(self, term: Term) -> tuple[str, ...]:
        if self._has_heroin:
            return (CRACK,)
        if self._has_tablets and term.entry.term.endswith("s"):
            return ("benzodiazepines",)
        return (POWDER,) if self._is_powder else term.entry.canonical

    def of_pair(self, reading: Reading, one: Term, other: Term) -> tuple[str, ...] | None:
        """Return the two drugs of one expression; None where the terms stand apart."""
        if not one.entry.joins or one.entry.joins != other.entry.joins:
            return None
        names = (*self.of(one), *self.of(other))
        if len(names) != 2 or set(names) != _PAIR:
            return None
        between = reading.shadow.lower[reading.ends[one.last - 1] : reading.starts[other.first]]
        if len(between) > _MAX_BETWEEN:
            return None
        if one.entry.joins == "emoji":
            return names if between in _TIGHT else None
        if one.entry.language != other.entry.language or one.entry.language != "en" or reading.language:
            # "Brown a gwyn", "BROWN A WHITE" in Welsh: words of English are joined as the language joins its own.
            return names if _FOREIGN_AND.fullmatch(between) or _AND.fullmatch(between) else None
        pattern = _LETTERS_AND if one.entry.joins == "letter" else _AND
        return names if pattern.fullmatch(between) else None
