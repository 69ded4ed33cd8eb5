"""Ordinary personal texts: the ham of the UCI SMS Spam Collection, in two halves told apart by a hash.

One half is trained on as what is no advert; the other is never trained on, and is what false alarms are counted on.
Cuts are sentences and stretches of words of the texts: what a phone holds of other people's talk that no corpus shows
is mostly short.
"""

from __future__ import annotations

import json
import random
import re
from hashlib import sha256
from importlib.resources import files
from typing import Final

FILE_NAME: Final = "uci_ham.jsonl"
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n|\.\.+\s*")
_CUTS: Final = 2
"""Stretches of sentences that a text is cut into, and of words; equal ones are one."""
_SENTENCES: Final = (1, 1, 2)
_FEWEST_WORDS: Final = 2
_MOST_WORDS: Final = 9
_SHORTEST_CUT: Final = 5
"""Words of a text of which stretches of words are cut."""


def ham_texts(*, held_out: bool) -> list[str]:
    """Return one half of the texts, in order, each once."""
    lines = files("nlp.training").joinpath("corpora", FILE_NAME).read_text(encoding="utf-8").splitlines()
    texts = dict.fromkeys(json.loads(line)["text"] for line in lines[1:])
    return [text for text in texts if _is_held_out(text) == held_out]


def cuts_of(text: str) -> list[str]:
    """Return stretches of a text, sorted, each once; the same for the same text."""
    order = random.Random(text.encode("utf-8", "surrogatepass"))  # noqa: S311  # an order, no secret
    found: set[str] = set()
    sentences = [part for part in _SENTENCE_END.split(text) if part.strip()]
    words = text.split()
    for _ in range(_CUTS):
        if len(sentences) > 1:
            first = order.randrange(len(sentences))
            found.add(" ".join(sentences[first : first + order.choice(_SENTENCES)]))
        if len(words) >= _SHORTEST_CUT:
            count = order.randint(_FEWEST_WORDS, min(_MOST_WORDS, len(words) - 1))
            first = order.randrange(len(words) - count + 1)
            found.add(" ".join(words[first : first + count]))
    return sorted(found - {text})


def _is_held_out(text: str) -> bool:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()[0] % 2 == 0
