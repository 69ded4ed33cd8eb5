"""Ordinary personal texts: the ham of the UCI SMS Spam Collection, in two halves told apart by a hash.

One half is trained on as what is no advert; the other is never trained on, and is what false alarms are counted on.
"""

from __future__ import annotations

import json
from hashlib import sha256
from importlib.resources import files
from typing import Final

FILE_NAME: Final = "uci_ham.jsonl"


def ham_texts(*, held_out: bool) -> list[str]:
    """Return one half of the texts, in order, each once."""
    lines = files("nlp.training").joinpath("corpora", FILE_NAME).read_text(encoding="utf-8").splitlines()
    texts = dict.fromkeys(json.loads(line)["text"] for line in lines[1:])
    return [text for text in texts if _is_held_out(text) == held_out]


def _is_held_out(text: str) -> bool:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()[0] % 2 == 0
