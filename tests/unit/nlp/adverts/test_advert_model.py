"""The models of adverts together: networks are asked where the linear model is in doubt, and shares add up."""

from __future__ import annotations

import pytest

from nlp.adverts.advert_model import AdvertModel, ThresholdFile, shipped_model
from nlp.adverts.linear_model import LinearFile, LinearModel
from nlp.adverts.model_features import Looked, Typed, linear_features_of, network_features_of
from nlp.adverts.network_model import NetworkFile, NetworkModel
from nlp.adverts.token_facts import OrderedWord
from nlp.adverts.window_model import Layer, WindowModel, WindowsFile
from nlp.training.samples import HAM, Sample
from nlp.training.train import best_threshold, model_of, scored, trained

ON = OrderedWord("on", "_", "on", "on", "l")
LOOKED = Looked(["<", "on", ">"], [], ["deal"], [])
TYPED = Typed(["on"], [], [ON])
SEE = OrderedWord("see", "_", "see", "see", "l")


def windows() -> WindowModel:
    """Return a model that gives 1.5, and 3.0 more where "on" stands."""
    return WindowModel(
        WindowsFile(
            version="model-x",
            width=1,
            features=["w:on"],
            rows=bytes([2]),
            facts=[],
            fact_width=1,
            fact_rows=b"",
            fact_starts=[0.0],
            fact_units=[1.0],
            layers=[
                Layer(weights=bytes([1, 0]), starts=[0, 0], units=[1.0]),
                Layer(weights=bytes([1, 0, 0, 0, 0, 0]), starts=[0, 0], units=[1.0]),
            ],
            weights=[127],
            unit=1.5 / 127,
            bias=1.5,
        )
    )


def every(linear_weight: float) -> AdvertModel:
    linear = LinearModel(LinearFile(version="model-x", bias=0.0, weights={"w:on": linear_weight}))
    network = NetworkFile(
        version="model-x", features=["l:<on"], rows=bytes([10]), units=[1.0], starts=[0.0], weights=[0.5], bias=1.0
    )
    return AdvertModel(ThresholdFile(version="model-x", threshold=0.0), linear, NetworkModel(network), windows())


@pytest.mark.parametrize(
    ("linear_weight", "expected"), [(-4.5, -4.5), (-3.0, 2.5), (-1.5, 3.0), (0.0, 3.5), (2.25, 4.25), (3.0, 3.0)]
)
def test_the_networks_are_asked_where_the_linear_model_is_in_doubt(linear_weight: float, expected: float) -> None:
    asked: list[bool] = []

    def closer() -> Typed:
        asked.append(True)
        return TYPED

    assert every(linear_weight).log_odds([(LOOKED, closer)]) == [expected]
    assert bool(asked) == (-4.0 < linear_weight < 2.5)


def test_an_explanation_names_the_shares_of_all() -> None:
    parts = every(2.25).parts(LOOKED, lambda: TYPED)
    assert parts == pytest.approx({"l:on": 5 / 3, "o:on": 1.0, "w:on": 0.75, "o:": 0.5})
    assert every(5.0).parts(LOOKED, lambda: TYPED) == {"w:on": 5.0}


def test_training_tells_apart_what_it_is_shown() -> None:
    seen, typed = Looked(["<", "see", "you", ">"], [], [], []), Typed(["see", "you"], [], [SEE])
    samples = [
        Sample("x", "on", is_advert=True, looked=LOOKED, typed=TYPED),
        Sample("x", "see you", is_advert=False, looked=seen, typed=typed),
    ] * 40
    first, second, *_ = scored(model_of(trained(samples, "model-x")), samples)
    assert first > 0.0 > second


def test_the_threshold_flags_few_personal_texts() -> None:
    def sample(batch: str, *, is_advert: bool) -> Sample:
        return Sample(batch, "", is_advert, LOOKED, TYPED)

    samples = (
        [sample("x", is_advert=True)] * 10 + [sample("x", is_advert=False)] * 10 + [sample(HAM, is_advert=False)] * 100
    )
    scores = [1.0] * 9 + [-1.0] + [-2.0] * 10 + [0.5] * 2 + [-2.0] * 98
    assert 0.5 < best_threshold(samples, scores) <= 1.0


def test_the_shipped_model_says_what_it_is() -> None:
    assert shipped_model().version.startswith("model-")
    nothing = Looked([], [], [], [])
    assert linear_features_of(nothing) == network_features_of(nothing, Typed([], [], [])) == []
