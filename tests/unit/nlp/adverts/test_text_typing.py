"""How a text is typed: one exclamation mark at its end says nothing, several do."""

from __future__ import annotations

import pytest

from nlp.adverts.text_typing import ends_in_one_call
from nlp.analysis import Analyser


@pytest.mark.parametrize(
    ("text", "does"),
    [("both on!", True), ("both on!!", False), ("oi! both on", False), ("oi! both on!", False), ("both on", False)],
)
def test_one_mark_at_the_end(*, text: str, does: bool) -> None:
    assert ends_in_one_call(text) is does


@pytest.mark.parametrize(
    "text",
    [
        "2 for £18 today only",
        "JERMAINE ABOUT 10 TIL 10",
        "its ya boy ricky 5 4 £40",
        "see you at the match on saturday",
        "Half price cuts all week at the barbers on Mill Road",
        "!",
    ],
)
def test_one_mark_at_the_end_changes_no_verdict(analyser: Analyser, text: str) -> None:
    plain, marked = analyser.find([text, f"{text}!"])
    assert marked.is_advert == plain.is_advert
    assert marked.advert_score == pytest.approx(plain.advert_score, abs=0.1)


@pytest.mark.parametrize(
    "text", ["Open now till late!", "Fresh stock in now, best prices in town!", "We are back open!"]
)
def test_where_nothing_is_told_of_a_line_the_mark_speaks_for_a_shop(analyser: Analyser, text: str) -> None:
    (marked,) = analyser.find([text])
    assert not marked.is_advert
