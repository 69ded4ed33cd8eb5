"""Stretches of words with a value each, as a tree: one look a word finds all stretches that begin at a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, TypeVar

ValueT = TypeVar("ValueT", int, float)

GramTree: TypeAlias = "dict[str, tuple[ValueT, GramTree[ValueT]]]"
"""By word: the value of the stretch that ends there, and what follows further."""


def add_gram(tree: GramTree[ValueT], words: Sequence[str], value: ValueT, absent: ValueT) -> None:
    """Put a stretch of one word or more into a tree; ``absent`` stands where only longer ones have a value."""
    for word in words[:-1]:
        tree = tree.setdefault(word, (absent, {}))[1]
    tree[words[-1]] = (value, tree.get(words[-1], (absent, {}))[1])
