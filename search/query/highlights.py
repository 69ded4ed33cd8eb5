"""Where a query's words stand in a text: computed from the stored text, so both back ends mark the same."""

from __future__ import annotations

from search.query.tree import And, Or, Phrase, QueryNode, Term
from search.query.words import word_spans

_CHARS_MARKED = 1_000_000
"""A longer text is marked up to here: a page shows no more of it anyway."""


def sought(node: QueryNode | None) -> tuple[Term | Phrase, ...]:
    """Return the terms and phrases of a tree that a hit may have; those under a NOT are left out."""
    match node:
        case Term() | Phrase():
            return (node,)
        case And(operands=operands) | Or(operands=operands):
            return tuple(dict.fromkeys(term for operand in operands for term in sought(operand)))
        case _:
            return ()


def highlights(terms: tuple[Term | Phrase, ...], text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the terms in the text: code points, in order, none overlapping another."""
    if not terms or not text:
        return ()
    found = list(word_spans(text[:_CHARS_MARKED]))
    wholes = {term.word for term in terms if isinstance(term, Term) and not term.is_prefix}
    prefixes = tuple(term.word for term in terms if isinstance(term, Term) and term.is_prefix)
    spans = [(start, end) for word, start, end in found if word in wholes or (prefixes and word.startswith(prefixes))]
    stream = [word for word, _, _ in found]
    for phrase in (term for term in terms if isinstance(term, Phrase)):
        spans.extend(
            (found[at][1], found[at + len(phrase.words) - 1][2])
            for at, word in enumerate(stream)
            if word == phrase.words[0] and tuple(stream[at : at + len(phrase.words)]) == phrase.words
        )
    return _merged(sorted(set(spans)))


def _merged(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
