"""Trains the linear model of adverts: spaCy's bag of words, whose words are our features."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, cast

from spacy.language import Language
from spacy.pipeline import TextCategorizer
from spacy.tokens import Doc

from nlp.linear_model import LinearFile
from nlp.model_features import linear_features_of
from nlp.training.samples import COMPONENT, PLACES, Sample, document_of, kept_features, order_of, spacy_trained

CONFIG: Final = "config_linear.cfg"
_HAM_TIMES: Final = 6
"""How often each personal text is trained on: there are far more of them on a phone than in the corpora."""
_PORTION: Final = 1_000


def trained_linear(samples: Sequence[Sample], version: str) -> LinearFile:
    """Return the model of the samples."""
    features = [linear_features_of(sample.looked) for sample in samples]
    kept = kept_features(features)
    known = frozenset(kept)

    def documents(blank: Language) -> Iterator[Doc]:
        for at in order_of(samples, _HAM_TIMES):
            words = [feature for feature in features[at] if feature in known]
            yield document_of(blank, words, is_advert=samples[at].is_advert)

    with spacy_trained(CONFIG, documents) as pipeline:
        return _read_off(pipeline, kept, version)


def _read_off(pipeline: Language, features: Sequence[str], version: str) -> LinearFile:
    """Return the weight of each feature: what it adds to the log-odds of a document that holds it alone."""
    classifier = cast("TextCategorizer", pipeline.get_pipe(COMPONENT))
    linear = classifier.model.get_ref("output_layer")
    bias = float(linear.get_param("b")[0])
    ngrams = next(node for node in classifier.model.walk() if node.name == "extract_ngrams")
    weights: dict[str, float] = {}
    for start in range(0, len(features), _PORTION):
        portion = features[start : start + _PORTION]
        documents = [Doc(pipeline.vocab, words=[feature]) for feature in portion]
        scores = linear.predict(ngrams.predict(documents))
        weights |= {
            feature: round(float(score) - bias, PLACES) for feature, score in zip(portion, scores[:, 0], strict=True)
        }
    return LinearFile(version=version, bias=round(bias, PLACES), weights=weights)
