"""What an advert promises beside its prices, and where it sends its readers."""

from __future__ import annotations

import pytest

from nlp.analysis import Analyser
from nlp.components.places import Places
from nlp.lexicons import load_lexicons
from nlp.readings import Reading
from nlp.words.folding import fold
from parsers.records.findings import SpanKind


def surfaces(analyser: Analyser, text: str, kind: SpanKind, *, is_advert: bool = True) -> list[str]:
    (finding,) = analyser.find([text], known_adverts={text: is_advert})
    return [span.surface for span in finding.spans if span.kind is kind]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3 for 25, one free on your birthday", ["one free on your birthday"]),
        ("both on, bring 2 mates n get a free bag", ["bring 2 mates n get a free bag"]),
        ("2 for 15, every tenth one is on the house", ["every tenth one is on the house"]),
        ("refer a friend get 20% off your next", ["refer a friend get 20% off your next"]),
        ("girls get a lil extra, bell", ["a lil extra"]),
        ("spend 50 and your next one is free", ["spend 50 and your next one is free"]),
        ("this aft min 20 say when", ["min 20"]),
        ("MENU flake 80 a g. min order \u00a340", ["min order \u00a340"]),
        ("A little extra for regulars", ["A little extra for regulars"]),
        ("your next half is complimentary", ["your next half is complimentary"]),
        ("swapped numbers, save this one", []),
        ("no min spend, 3 for 25", []),
        ("its Marcus, free all day", []),
        ("buy 3 get 1 free", []),
        ("feel free to ring", []),
        ("got it on me now", []),
    ],
)
def test_offers(analyser: Analyser, text: str, found: list[str]) -> None:
    assert surfaces(analyser, text, SpanKind.OFFER) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("both on, back of the Spar, 3 for 25", ["back of the Spar"]),
        ("meet at the skate park", ["the skate park"]),
        ("parked Marl Road. 2 for 15", ["Marl Road"]),
        ("come to saltwell park gates", ["saltwell park gates"]),
        ("come to the steps beside the park", ["the steps beside the park"]),
        ("go the canal end not the flats", ["the canal end"]),
        ("Scouse Ant in Swindon, 3 for 25", ["Swindon"]),
        ("shop's open, 3 for 25", []),
        ("chippy open", []),
        ("now opened in Nuneaton", ["Nuneaton"]),
        ("3 for 25 both on", []),
    ],
)
def test_places(analyser: Analyser, text: str, found: list[str]) -> None:
    assert surfaces(analyser, text, SpanKind.PLACE) == found


def test_only_adverts_promise_and_send(analyser: Analyser) -> None:
    text = "meet at the skate park, one free on your birthday"
    assert surfaces(analyser, text, SpanKind.OFFER, is_advert=False) == []
    assert surfaces(analyser, text, SpanKind.PLACE, is_advert=False) == []


def test_any_text_is_read_in_bounded_time(analyser: Analyser) -> None:
    for piece in (
        "3 for ",
        "1 free ",
        "\u00a3",
        "at the ",
        "in Rugby ",
        "do 2 ",
        "24/7 ",
        "new number ",
        "the old one ",
    ):
        text = piece * (8000 // len(piece))
        assert len(list(analyser.find([text], known_adverts={text: True}))) == 1


def test_places_are_looked_for_once_a_text() -> None:
    text = "Rico on, 3 for 25, back of the Spar on Elm Road"
    reading = Reading(text, fold(text))
    places = Places(load_lexicons())
    found = places.near(reading)
    assert [text[start:end] for start, end in found]
    assert Places(load_lexicons()).near(reading) is found
