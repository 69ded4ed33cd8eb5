"""The advert model: the table weighs what training named, sees no names, and explains its sum; training repeats."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.advert_model import AdvertModel, ModelFile, shipped_model
from nlp.analysis import Analyser
from nlp.lexicons import load_lexicons
from nlp.model_features import Looked, ModelEyes, features_of, letters_of
from nlp.training.train import Sample, trained

_WORDS = st.lists(st.sampled_from(["on", "now", "§price", "?", "both"]), max_size=8)
_FACTS = st.lists(st.sampled_from(["deal", "drug", "name", "words4"]), unique=True).map(sorted)
_SPELLED = st.lists(st.sampled_from(["on", "onn", "now", "both", "2moro"]), unique=True, max_size=4)


@pytest.fixture(scope="module")
def eyes() -> ModelEyes:
    return ModelEyes(load_lexicons())


def looked_at(analyser: Analyser, eyes: ModelEyes, text: str) -> Looked:
    (reading,) = analyser.readings_for_model([text])
    return eyes.look(reading)


def model_of(rows: dict[str, tuple[int, int]], weights: list[float]) -> AdvertModel:
    features = sorted(rows)
    stored = ModelFile(
        version="model-x",
        threshold=0.0,
        features=features,
        rows=b"".join(bytes(value % 256 for value in rows[feature]) for feature in features),
        units=[0.5, 2.0],
        starts=[0.25, -1.0],
        weights=weights,
        bias=-1.5,
    )
    return AdvertModel(stored)


@given(words=_WORDS, classes=_WORDS, facts=_FACTS, spelled=_SPELLED, data=st.data())
def test_the_table_gives_what_the_network_gives(
    words: list[str], classes: list[str], facts: list[str], spelled: list[str], data: st.DataObject
) -> None:
    """Rows added up, divided by the root of their number, cut off below nought, weighed."""
    looked = Looked(words, classes, facts, spelled)
    features = features_of(looked)
    row = st.tuples(st.integers(-127, 127), st.integers(-127, 127))
    known = data.draw(st.dictionaries(st.sampled_from(features or ["f:none"]), row))
    others = {"w:zzz": (99, 99), "c:on zzz": (99, 99), "a:on zzz": (99, 99), "l:zzz": (99, 99)}
    model = model_of(known | others, [1.0, -3.0])
    found = [known[feature] for feature in features if feature in known]
    root = max(1, len(found)) ** 0.5
    first = 0.25 + 0.5 * sum(each[0] for each in found) / root
    second = -1.0 + 2.0 * sum(each[1] for each in found) / root
    expected = max(0.0, first) - 3.0 * max(0.0, second) - 1.5
    assert model.log_odds(looked) == pytest.approx(expected)
    parts = model.parts(looked)
    at_nothing = (0.25 if first > 0 else 0.0) - 3.0 * (-1.0 if second > 0 else 0.0) - 1.5
    assert sum(parts.values()) == pytest.approx(expected - at_nothing)


def test_a_text_is_weighed_alike_whatever_was_looked_at_before() -> None:
    words = [f"w{at}" for at in range(40_000)]
    model = model_of({"l:<w1": (3, 1), "l:w12": (5, -2), "f:deal": (7, 7)}, [1.0, 1.0])
    text = Looked([], [], ["deal"], ["w12", "w1"])
    before = model.log_odds(text)
    for at in range(0, len(words), 50):
        model.log_odds(Looked([], [], [], words[at : at + 50]))
    assert model.log_odds(text) == before


def test_letters_know_a_word_by_its_parts() -> None:
    assert {"<bel", "bel", "ell>", "<be"} <= set(letters_of("bell"))
    assert set(letters_of("belll")) & set(letters_of("bell"))


def test_training_tells_apart_what_it_is_shown_and_gives_the_same_each_time() -> None:
    on, seen = Looked(["<", "on", ">"], [], ["deal"], ["on"]), Looked(["<", "see", "you", ">"], [], [], ["see", "you"])
    samples = [Sample("x", "on", is_advert=True, looked=on), Sample("x", "see you", is_advert=False, looked=seen)] * 40
    one, again = trained(samples, "model-x"), trained(samples, "model-x")
    assert one == again
    model = AdvertModel(one)
    assert model.log_odds(on) > 0.0 > model.log_odds(seen)
    assert "l:<se" in one.features
    assert next(iter(model.parts(on).values())) > 0.0


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


def test_the_shipped_model_is_small_and_says_what_it_is() -> None:
    model = shipped_model()
    assert model.version.startswith("model-")
    assert features_of(Looked([], [], [], [])) == []
