from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.highlights import highlights, sought
from search.query.parse import parse_query
from search.query.words import WORD_CHARS, word_spans, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bell me, 3-for-\u00a325!", ["bell", "me", "3", "for", "25"]),
        ("can't", ["can", "t"]),
        ("can\u2019t", ["can", "t"]),
        ("snake_case", ["snake", "case"]),
        ("nai\u0308ve NA\u00cfVE", ["naive", "naive"]),
        ("\u01ff \u01fd \u0141\u00f3d\u017a", ["o", "ae", "lodz"]),
        ("\u0439e" + "\u0301\u0323" * 400_000, ["\u0439e"]),
        ("STRASSE stra\u00dfe", ["strasse", "strasse"]),
        ("\U0001f525\U0001f525\U0001f3fd", ["\U0001f525", "\U0001f525"]),
        ("2\ufe0f\u20e3 for 1", ["2", "for", "1"]),
        ("wh\u200bite", ["white"]),
        ("\U0001d41c\U0001d428\U0001d424\U0001d41e \u24d2\u24de\u24da\u24d4", ["coke", "coke"]),
        ("\u00bd price", ["1", "2", "price"]),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", ["\u0939\u093f\u0928\u094d\u0926\u0940"]),
        ("\U0001fadf new", ["\U0001fadf", "new"]),
        ("a\x00b \ud800c", ["a", "b", "c"]),
        ("x" * (WORD_CHARS + 5), ["x" * WORD_CHARS, "x" * 5]),
        ("\u0451" * (WORD_CHARS + 5), ["\u0451" * WORD_CHARS, "\u0451" * 5]),
        ("", []),
        ("?! \u2026", []),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert words(text) == expected


_any_text = st.text(max_size=40) | st.text(
    st.sampled_from(
        "aZ\u00e9e\u0301\u0301\u00df\u24b6\u00bd\u2122_- \u200b\ufe0f\U0001f525\U0001f3fd\u1100\u1161\u11a8\u0130\ufdfa"
    ),
    max_size=40,
)


@given(_any_text)
def test_words_are_plain_once_made_plain(text: str) -> None:
    """The stream of words is what the stores index: they must find the same words in it."""
    found = words(text)
    assert words(" ".join(found)) == found
    assert " ".join(found).split() == found
    assert all(0 < len(word) <= WORD_CHARS for word in found)


@given(_any_text)
def test_spans_are_of_the_same_words(text: str) -> None:
    spans = list(word_spans(text))
    assert [word for word, _, _ in spans] == words(text)
    assert all(0 <= start < end <= len(text) for _, start, end in spans)
    assert [start for _, start, _ in spans] == sorted(start for _, start, _ in spans)


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("bell", "Bell me, BELL", ["Bell", "BELL"]),
        ('"bell me"', "bell you, bell  me now", ["bell  me"]),
        ("del*", "Fast delivery, no deal", ["delivery"]),
        ("bell -me", "bell me", ["bell"]),
        ("(bell OR me) number:07700900123", "bell 07700900123 me", ["bell", "me"]),
        ('me "bell me"', "bell me", ["bell me"]),
        ('"go go"', "go go go", ["go go go"]),
        ("\U0001f525", "hot \U0001f525\U0001f525", ["\U0001f525", "\U0001f525"]),
        ("", "bell", []),
    ],
)
def test_highlights_mark_what_was_sought(query: str, text: str, marked: list[str]) -> None:
    spans = highlights(sought(parse_query(query)), text)
    assert [text[start:end] for start, end in spans] == marked
