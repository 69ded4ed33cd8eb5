"""What tells one wording from another, apart from its template id.

A template id is of one text alone, so that a wording whose name is read in one spelling and not in another has two.
Among the adverts of one sender, whose name is known, the words that are left are the wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from search.linkage.keys import fold_name

_WORD = re.compile(r"\{\w+\}|\w+")
_SHORTEST_NAME = 3


def wording_key(template_id: str, text: str | None, forms: Iterable[str]) -> str:
    """Return the words of a template without slots and without the sender's names; the id where none is left.

    Args:
        template_id: The template.
        text: Constants, and slots in braces. None: not known.
        forms: Folded names of the sender.
    """
    names = frozenset(forms)
    words = [word for word in _words_of(text) if not _is_name(word, names)] if text else []
    return " ".join(words) or template_id


@lru_cache(maxsize=16_384)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(_squeezed(fold_name(word)) for word in _WORD.findall(text) if not word.startswith("{"))


def _squeezed(word: str) -> str:
    """Return the word with stretched letters at its end once."""
    while len(word) > 2 and word[-1] == word[-2]:
        word = word[:-1]
    return word


def _is_name(word: str, names: frozenset[str]) -> bool:
    return any(
        word == name or (len(word) >= _SHORTEST_NAME and (name.startswith(word) or name.endswith(word)))
        for name in names
    )
