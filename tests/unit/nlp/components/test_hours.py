"""Hours in every written form, in texts that are adverts."""

from __future__ import annotations

import pytest

from nlp.analysis import Analyser
from parsers.records.findings import SpanKind


def hours(analyser: Analyser, text: str, *, is_advert: bool = True) -> list[str]:
    (finding,) = analyser.find([text], known_adverts={text: is_advert})
    return [span.surface for span in finding.spans if span.kind is SpanKind.HOURS]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("both on 9am-11pm", ["9am-11pm"]),
        ("on 9 while 11, 10 till late", ["9 while 11", "10 till late"]),
        ("open noon til midnight", ["noon til midnight"]),
        ("7 in the morning to 9 at night", ["7 in the morning to 9 at night"]),
        ("9AM/11PM", ["9AM/11PM"]),
        ("mon-thu 10-12", ["mon-thu 10-12"]),
        ("24/7/365, 24hrs", ["24/7/365", "24hrs"]),
        ("all day n nite", ["all day n nite"]),
        ("til half 10", ["til half 10"]),
        ("both.til.10", ["til.10"]),
        ("3 4 15 til 10", ["til 10"]),
        ("back tomorrow 9am", ["tomorrow 9am"]),
        ("bk 8ish", ["8ish"]),
        ("PAY PARADE 1700-0200, NOTHING TIL 1800", ["1700-0200", "TIL 1800"]),
        ("from 10 until 6", ["from 10 until 6"]),
        ("last orders 2am", ["last orders 2am"]),
        ("otwarte od 12 do 2, do p\u00f3\u0142nocy", ["od 12 do 2", "do p\u00f3\u0142nocy"]),
        ("p\u00e2n\u0103 la 4, de la 14", ["p\u00e2n\u0103 la 4", "de la 14"]),
        ("sunt pe aici azi de la 5 la 12", ["de la 5 la 12"]),
        ("hapur gjith\u00eb nat\u00ebn, deri 23", ["gjith\u00eb nat\u00ebn", "deri 23"]),
    ],
)
def test_hours(analyser: Analyser, text: str, found: list[str]) -> None:
    assert hours(analyser, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "2-15 5-40",
        "i can do 2 for you",
        "tan 10 white 10",
        "30-40 mins",
        "til fri",
        "25 til gone 99",
        "since 1990-2015 same lads",
        "til 2015",
        "same lads 2019-2024",
        "2 for \u00a31500-2000",
        "mwg da mewn, 20 am 2g",
    ],
)
def test_what_is_no_hour(analyser: Analyser, text: str) -> None:
    assert all(not any(char.isdigit() for char in found) for found in hours(analyser, text))


def test_who_greets_is_no_hour(analyser: Analyser) -> None:
    assert hours(analyser, "good morning from sunrise, both 3 for 25") == []
    assert hours(analyser, "both every morning from sunrise, 3 for 25") == ["from sunrise"]


def test_hours_of_others_are_masked_but_not_found(analyser: Analyser) -> None:
    """An honest sender's text has the same template whatever its hours are."""
    texts = ["Golden Wok open til 11", "Golden Wok open til half 9"]
    findings = list(analyser.find(texts, known_adverts=dict.fromkeys(texts, False)))
    assert [hours(analyser, text, is_advert=False) for text in texts] == [[], []]
    assert findings[0].template_id == findings[1].template_id


def test_endless_digits_are_no_hour(analyser: Analyser) -> None:
    assert hours(analyser, f"til {'0' * 6000}:30") == []
