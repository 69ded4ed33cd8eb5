"""The labels of words that make up offers and places, chosen together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.analysis import Analyser
from nlp.lexicons import load_lexicons
from nlp.spans.stretch_features import StretchFeatures
from nlp.spans.stretch_model import (
    LABELS,
    MAY_FOLLOW,
    StretchModel,
    _best_of_several,
    best_labels,
    shipped_stretch_file,
    stretches,
)
from nlp.training.train_stretches import Row, telling
from parsers.records.findings import SpanKind

BEGINS, GOES_ON = LABELS.index("<offer"), LABELS.index("-offer")
NOTHING = [0.0] * len(LABELS)
NO_STEPS = [[0.0] * len(LABELS) for _ in LABELS]


def _scores(**of: float) -> list[float]:
    row = [0.0] * len(LABELS)
    row[BEGINS], row[GOES_ON] = of.get("begins", -1.0), of.get("goes_on", -1.0)
    return row


def test_nothing_goes_on_that_did_not_begin() -> None:
    assert best_labels([_scores(goes_on=5.0)], NO_STEPS)[0] != GOES_ON


def test_a_weak_beginning_is_taken_for_what_goes_on_behind_it() -> None:
    assert best_labels([_scores(begins=-1.0), _scores(goes_on=5.0)], NO_STEPS) == [BEGINS, GOES_ON]


def test_no_words_have_no_labels() -> None:
    assert best_labels([], NO_STEPS) == []


def test_stretches_that_touch_are_two() -> None:
    assert stretches([0, BEGINS, GOES_ON, BEGINS, 0]) == [("offer", 1, 2), ("offer", 3, 3)]


def test_the_model_names_its_version(analyser: Analyser) -> None:
    (finding,) = analyser.find(["hello"])
    assert shipped_stretch_file().version in finding.nlp_version


@pytest.mark.parametrize(
    ("text", "kind", "surface"),
    [
        ("Zephyr line on, brown and white 3 for 25, every tenth one free", SpanKind.OFFER, "every tenth one free"),
        ("Zephyr on both 3 for 25, meet by the skate park", SpanKind.PLACE, "the skate park"),
    ],
)
def test_what_is_plain_is_found(analyser: Analyser, text: str, kind: SpanKind, surface: str) -> None:
    (finding,) = analyser.find([text], known_adverts={text: True})
    assert surface in " | ".join(span.surface for span in finding.spans if span.kind is kind)


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("Zephyr on pay4get5 both", ["pay4get5"]),
        ("Zephyr both 3 f0r 25 6 f0r 45", ["3 f0r 25", "6 f0r 45"]),
        ("two = 15 three = 20 both on", ["two = 15", "three = 20"]),
        ("dark / light - 1 10 - 3 25 - 6 45", ["1 10", "3 25", "6 45"]),
        ("both on tair am 25 pump am 40", ["tair am 25", "pump am 40"]),
        ("brown 20 de lire punga", ["20 de lire punga"]),
    ],
)
def test_prices_in_further_notations(analyser: Analyser, text: str, prices: list[str]) -> None:
    (finding,) = analyser.find([text], known_adverts={text: True})
    assert [span.surface for span in finding.spans if span.kind is SpanKind.PRICE] == prices


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("both on 8 2 11", ["8 2 11"]),
        ("open half past 9 till ten, both", ["half past 9 till ten"]),
        ("brown a gwyn ymlaen heddiw tan hanner nos", ["tan hanner nos"]),
        ("2 for 1 on all dark til 6pm", ["til 6pm"]),
    ],
)
def test_hours_in_further_notations(analyser: Analyser, text: str, hours: list[str]) -> None:
    (finding,) = analyser.find([text], known_adverts={text: True})
    assert [span.surface for span in finding.spans if span.kind is SpanKind.HOURS] == hours


def test_batches_that_mark_no_places_teach_only_what_they_mark() -> None:
    place, outside = LABELS.index("<place"), LABELS.index("")
    marking = [Row("a", ["in", "rugby"], [[], []], [outside, place]), Row("a", ["on", "now"], [[], []], [outside] * 2)]
    offer = Row("b", ["one", "free"], [[], []], [LABELS.index("<offer"), LABELS.index("-offer")])
    silent = [Row("b", ["in", "rugby"], [[], []], [outside] * 2)] * 20
    assert telling([*marking, offer, *silent]) == [*marking, offer]


@pytest.mark.parametrize("place", ["Swindon", "Datchet"])
def test_towns_and_settlements_are_seen_as_places(analyser: Analyser, place: str) -> None:
    """Of the gazetteer that the finder of names uses as well."""
    (reading,) = analyser.readings_for_model([f"both on, {place} til 9"])
    _, parts = StretchFeatures(load_lexicons()).look(reading)
    assert any(part[0] == "forms" and part[2].endswith("~place") for word in parts for part in word)


_SCORE = st.integers(-9, 9).map(float)
_LABEL_SCORES = st.lists(_SCORE, min_size=len(LABELS), max_size=len(LABELS))


@given(
    texts=st.lists(st.lists(_LABEL_SCORES, max_size=6), min_size=1, max_size=5),
    steps=st.lists(_LABEL_SCORES, min_size=len(LABELS), max_size=len(LABELS)),
)
def test_several_texts_are_labelled_as_each_alone(texts: list[list[list[float]]], steps: list[list[float]]) -> None:
    scores = np.array([score for text in texts for score in text]).reshape(-1, len(LABELS))
    allowed = np.array([[before in MAY_FOLLOW[label] for before in range(len(LABELS))] for label in range(len(LABELS))])
    together = _best_of_several(scores, list(map(len, texts)), np.where(allowed, steps, -np.inf))
    assert together == [best_labels(text, steps) for text in texts]


def test_an_advert_is_labelled_by_the_sum_of_what_its_parts_add(analyser: Analyser) -> None:
    stored, features = shipped_stretch_file(), StretchFeatures(load_lexicons())
    texts = ["2 for 1 on both til 9, meet at the park gates", "refer a mate get one free, Swindon", "on", "b + w"]
    readings = analyser.readings_for_model(texts)
    labels = StretchModel(stored, features.features_of_part).labels([features.columns(each) for each in readings])
    for reading, found in zip(readings, labels, strict=True):
        named = [[features.features_of_part(part) for part in own] for own in features.look(reading).parts]
        known = [[stored.weights.get(name, NOTHING) for names in own for name in names] for own in named]
        summed = [[sum(column) for column in zip(NOTHING, *own, strict=True)] for own in known]
        assert found == best_labels(summed, stored.steps)


def test_what_is_remembered_of_words_changes_no_label(analyser: Analyser) -> None:
    features = StretchFeatures(load_lexicons())
    model = StretchModel(shipped_stretch_file(), features.features_of_part)
    columns = features.columns(
        analyser.readings_for_model(["one free with every 3, meet at the park gates in Hove"])[0]
    )
    (before,) = model.labels([columns])
    assert any(before)
    others = [
        columns._replace(
            words=[*columns.words[:2], *(f"in{start}x{at}" for at in range(len(columns.shapes))), *columns.words[-2:]]
        )
        for start in range(9000)
    ]
    assert model.labels([*others, columns])[-1] == before
