"""The linear model of adverts: the table weighs what training named, sees classes and not names, explains its sum."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.adverts.linear_model import LinearFile, LinearModel
from nlp.adverts.model_features import Looked, ModelEyes, Typed, linear_features_of
from nlp.analysis import Analyser
from nlp.lexicons import load_lexicons
from nlp.training.samples import Sample
from nlp.training.train_linear import trained_linear

_WORDS = st.lists(st.sampled_from(["on", "now", "§price", "?", "both"]), max_size=8)
_FACTS = st.lists(st.sampled_from(["deal", "drug", "name", "words4"]), unique=True).map(sorted)


@pytest.fixture(scope="module")
def eyes() -> ModelEyes:
    return ModelEyes(load_lexicons())


def looked_at(analyser: Analyser, eyes: ModelEyes, text: str) -> Looked:
    (reading,) = analyser.readings_for_model([text])
    return eyes.look(reading)


@given(words=_WORDS, classes=_WORDS, facts=_FACTS, steps=st.integers(0, 3), data=st.data())
def test_the_table_gives_the_sum_of_the_features(
    words: list[str], classes: list[str], facts: list[str], steps: int, data: st.DataObject
) -> None:
    """What spaCy's linear model gives a document of the features is bias and one weight for each of them."""
    looked = Looked(words, classes, facts, [f"rules>{step}" for step in range(steps)])
    features = linear_features_of(looked)
    known = data.draw(st.dictionaries(st.sampled_from(features or ["f:none"]), st.integers(-9, 9).map(float)))
    others = {"w:zzz": 5.0, "c:on zzz": 5.0, "p:deal zzz": 5.0}
    model = LinearModel(LinearFile(version="model-x", bias=-1.0, weights=known | others))
    assert model.log_odds([looked]) == [-1.0 + sum(known.get(feature, 0.0) for feature in features)]
    assert sum(model.parts(looked).values()) == sum(known.get(feature, 0.0) for feature in features)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rico on, both, 3 for 25, bell 07700 900123", "Zozo on, both, 7 for 60, bell 07700 900456"),
        ("its Rico, 3 for 25 til 11", "its Zozo, 2 for 15 til 9"),
    ],
)
def test_names_prices_and_numbers_are_not_seen(analyser: Analyser, eyes: ModelEyes, one: str, other: str) -> None:
    assert looked_at(analyser, eyes, one) == looked_at(analyser, eyes, other)


def test_other_languages_are_read_as_english(analyser: Analyser, eyes: ModelEyes) -> None:
    assert "new" in looked_at(analyser, eyes, "nowy numer, stary numer").words
    assert "nowy" in looked_at(analyser, eyes, "nowy is what he said").words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("scrub the auld yin", "bin the old one"),
        ("mobile died lads", "handset broke folks"),
        ("aye cheers", "yh thanks"),
    ],
)
def test_words_that_say_the_same_are_one_class(analyser: Analyser, eyes: ModelEyes, one: str, other: str) -> None:
    seen, others = looked_at(analyser, eyes, one), looked_at(analyser, eyes, other)
    assert "_" not in seen.classes
    assert (set(seen.classes) - {"<", ">"}) & set(others.classes)


def test_training_keeps_few_weights_and_gives_the_same_each_time() -> None:
    on, seen = Looked(["<", "on", "x", ">"], [], [], []), Looked(["<", "see", "you", "x", ">"], [], [], [])
    samples = [
        Sample("x", "on", is_advert=True, looked=on, typed=Typed([], [], [])),
        Sample("x", "see you", is_advert=False, looked=seen, typed=Typed([], [], [])),
    ] * 40
    one, again = trained_linear(samples, "model-x"), trained_linear(samples, "model-x")
    assert one == again
    assert "w:x" not in one.weights  # it tells nothing
    assert one.weights["w:on"] > 0.0 > one.weights["w:see"]
    model = LinearModel(one)
    first, second = model.log_odds([on, seen])
    assert first > 0.0 > second
