"""What the cells of a network's list or bill say of a call or text: the line that was called, what was carried."""

from __future__ import annotations

from typing import Final

from parsers.language_words import english_words
from parsers.tables.network_names import names_network_line, networks_in
from parsers.tables.traffic_words import LINES
from parsers.tables.word_meanings import direction_word, names_line_called, thing_carried

_BESIDE: Final = frozenset({"a", "the", "video", "audio", "mb", "kb", "gb", "mail", "mails"})
_FEWEST_OF_NAME: Final = 2


def names_line_of_bill(text: str) -> bool:
    """Whether a cell names the line that was called, perhaps by its network: ``O2 Mobile``."""
    return names_line_called(text) or names_network_line(text)


def names_carried_alone(text: str) -> bool:
    """Whether a cell names what was carried (``Text to Vodafone``), and nothing that somebody may be called."""
    if thing_carried(text) is None:
        return False
    words = {word for word in networks_in(text)[0] if not any(map(str.isdigit, word))}
    return len(words) < _FEWEST_OF_NAME or bool(english_words(text)) or all(map(_is_of_traffic, words))


def _is_of_traffic(word: str) -> bool:
    return word in LINES or word in _BESIDE or (thing_carried(word) or direction_word(word)) is not None
