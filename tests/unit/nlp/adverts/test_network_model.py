"""The network of adverts: its table weighs what training named and explains its sum; training repeats."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.adverts.model_features import Looked, Typed, letters_of, network_features_of
from nlp.adverts.network_model import NetworkFile, NetworkModel
from nlp.training.samples import Sample
from nlp.training.train_network import trained_network

_WORDS = st.lists(st.sampled_from(["on", "now", "§price", "?", "both"]), max_size=8)
_FACTS = st.lists(st.sampled_from(["deal", "drug", "name", "words4"]), unique=True).map(sorted)
_SPELLED = st.lists(st.sampled_from(["on", "onn", "now", "both", "2moro"]), unique=True, max_size=4)


def model_of(rows: dict[str, tuple[int, int]], weights: list[float]) -> NetworkModel:
    features = sorted(rows)
    stored = NetworkFile(
        version="model-x",
        features=features,
        rows=b"".join(bytes(value % 256 for value in rows[feature]) for feature in features),
        units=[0.5, 2.0],
        starts=[0.25, -1.0],
        weights=weights,
        bias=-1.5,
    )
    return NetworkModel(stored)


@given(words=_WORDS, classes=_WORDS, facts=_FACTS, spelled=_SPELLED, data=st.data())
def test_the_table_gives_what_the_network_gives(
    words: list[str], classes: list[str], facts: list[str], spelled: list[str], data: st.DataObject
) -> None:
    """Rows added up, divided by the root of their number, cut off below nought, weighed."""
    looked, typed = Looked(words, classes, facts, []), Typed(spelled, ["last-x"], [])
    features = network_features_of(looked, typed)
    row = st.tuples(st.integers(-127, 127), st.integers(-127, 127))
    known = data.draw(st.dictionaries(st.sampled_from(features or ["f:none"]), row))
    others = {"w:zzz": (99, 99), "c:on zzz": (99, 99), "a:on zzz": (99, 99), "l:zzz": (99, 99)}
    model = model_of(known | others, [1.0, -3.0])
    found = [known[feature] for feature in features if feature in known]
    root = max(1, len(found)) ** 0.5
    first = 0.25 + 0.5 * sum(each[0] for each in found) / root
    second = -1.0 + 2.0 * sum(each[1] for each in found) / root
    expected = max(0.0, first) - 3.0 * max(0.0, second) - 1.5
    assert model.log_odds([(looked, typed)])[0] == pytest.approx(expected)
    parts = model.parts(looked, typed)
    at_nothing = (0.25 if first > 0 else 0.0) - 3.0 * (-1.0 if second > 0 else 0.0) - 1.5
    assert sum(parts.values()) == pytest.approx(expected - at_nothing)


def test_a_text_is_weighed_alike_whatever_was_looked_at_before() -> None:
    words = [f"w{at}" for at in range(40_000)]
    model = model_of({"l:<w1": (3, 1), "l:w12": (5, -2), "f:deal": (7, 7)}, [1.0, 1.0])
    text, typed = Looked([], [], ["deal"], []), Typed(["w12", "w1"], [], [])
    (before,) = model.log_odds([(text, typed)])
    for at in range(0, len(words), 50):
        model.log_odds([(Looked([], [], [], []), Typed(words[at : at + 50], [], []))])
    assert model.log_odds([(text, typed)]) == [before]


def test_letters_know_a_word_by_its_parts() -> None:
    assert {"<bel", "bel", "ell>", "<be"} <= set(letters_of("bell"))
    assert set(letters_of("belll")) & set(letters_of("bell"))


def test_training_tells_apart_what_it_is_shown_and_gives_the_same_each_time() -> None:
    on, seen = Looked(["<", "on", ">"], [], ["deal"], []), Looked(["<", "see", "you", ">"], [], [], [])
    typed_on, typed_seen = Typed(["on"], [], []), Typed(["see", "you"], [], [])
    samples = [
        Sample("x", "on", is_advert=True, looked=on, typed=typed_on),
        Sample("x", "see you", is_advert=False, looked=seen, typed=typed_seen),
    ] * 40
    one, again = trained_network(samples, "model-x"), trained_network(samples, "model-x")
    assert one == again
    model = NetworkModel(one)
    first, second = model.log_odds([(on, typed_on), (seen, typed_seen)])
    assert first > 0.0 > second
    assert "l:<se" in one.features
    assert next(iter(model.parts(on, typed_on).values())) > 0.0
