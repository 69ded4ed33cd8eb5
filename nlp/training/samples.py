"""What both models of adverts are trained on: texts as they see them, and documents of spaCy for the network."""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final, NamedTuple

import spacy
from spacy.cli.train import train as spacy_train
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from nlp.adverts.advert_model import leeway
from nlp.adverts.model_features import Looked, ModelEyes, Typed
from nlp.analysis import Analyser
from nlp.lexicons import load_lexicons
from nlp.training.corpora_reading import read_batches
from nlp.training.ham import cuts_of, ham_texts

LABEL: Final = "ADVERT"
HAM: Final = "uci_ham"
HAM_CUTS: Final = "uci_ham_cuts"
PERSONAL: Final = frozenset({HAM, HAM_CUTS})
HAM_TIMES: Final = 9
"""How much each personal text and each cut counts in training: half of the batches' texts are adverts, on a phone
hardly any is. The texts alone, 36 times each, are learned by heart: on eight batches that were left out, at 4 to 21 of
2,203 personal texts flagged, the mean F1 is 0.853 so, and 0.870 with cuts, of which there are 2.7 a text."""
COMPONENT: Final = "textcat_multilabel"
PLACES: Final = 8
"""Digits of a weight behind the point."""
_SEED: Final = 20261125
_SCORED: Final = 200


class Sample(NamedTuple):
    """A text as the models see it, with the truth, and what the rules add to their word.

    Attributes:
        whole: The personal text that this one is a cut of. Empty: it is no cut.
    """

    batch: str
    text: str
    is_advert: bool
    looked: Looked
    typed: Typed
    leeway: float = 0.0
    whole: str = ""


def samples_of(analyser: Analyser, batches: Sequence[str], *, with_ham: bool) -> list[Sample]:
    """Return what the models see of the texts of batches, and of the personal texts for training and their cuts."""
    golds = read_batches(batches)
    rows = [(gold.batch, gold.text, gold.is_advert, "") for gold in golds]
    if with_ham:
        personal = ham_texts(held_out=False)
        rows += [(HAM, text, False, "") for text in personal]
        held_out = set(ham_texts(held_out=True))
        cuts = {cut: text for text in reversed(personal) for cut in cuts_of(text) if cut not in held_out}
        rows += [(HAM_CUTS, cut, False, text) for cut, text in sorted(cuts.items())]
    eyes = ModelEyes(load_lexicons())
    samples = []
    readings = analyser.readings_for_model([text for _, text, _, _ in rows])
    for (batch, text, is_advert, whole), reading in zip(rows, readings, strict=True):
        looked = eyes.look(reading)
        typed = eyes.look_closer(reading)
        samples.append(Sample(batch, text, is_advert, looked, typed, leeway(reading.rule_total), whole))
    return samples


def kept_features(features: Sequence[Sequence[str]], min_texts: int) -> list[str]:
    """Return the features that stand in enough texts, sorted: what stands in one or two tells of those alone."""
    counts = Counter(feature for each in features for feature in set(each))
    return sorted(feature for feature, count in counts.items() if count >= min_texts)


def order_of(samples: Sequence[Sample], ham_times: int = HAM_TIMES) -> list[int]:
    """Return the places of the samples in the order of training, each personal text and cut several times."""
    order = [at for at, sample in enumerate(samples) for _ in range(ham_times if sample.batch in PERSONAL else 1)]
    random.Random(_SEED).shuffle(order)  # noqa: S311  # an order, no secret
    return order


def numbered_documents(samples: Sequence[Sample], ham_times: int = HAM_TIMES) -> Callable[[Language], Iterator[Doc]]:
    """Return what makes the documents of a training, each of one word: the number of its sample."""

    def documents(blank: Language) -> Iterator[Doc]:
        for at in order_of(samples, ham_times):
            yield document_of(blank, [str(at)], is_advert=samples[at].is_advert)

    return documents


@contextmanager
def spacy_trained(
    config: str,
    documents: Callable[[Language], Iterator[Doc]],
    overrides: Callable[[Path], Mapping[str, str]] = lambda _: {},
) -> Iterator[Language]:
    """Train by a configuration of this folder, and give the pipeline for the length of the block.

    Args:
        config: Name of the file.
        documents: Makes the documents of training.
        overrides: Writes what the architecture reads into a folder, and returns the settings that name it.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        blank = spacy.blank("en")
        corpus = DocBin(attrs=["ORTH"])
        for document in documents(blank):
            corpus.add(document)
        corpus.to_disk(folder / "train.spacy")
        # What spaCy scores meanwhile is not looked at: the number of epochs is fixed.
        scored = DocBin(attrs=["ORTH"], docs=list(corpus.get_docs(blank.vocab))[:_SCORED])
        scored.to_disk(folder / "dev.spacy")
        paths = {"paths.train": str(folder / "train.spacy"), "paths.dev": str(folder / "dev.spacy")}
        with as_file(files("nlp.training").joinpath(config)) as path, redirect_stdout(sys.stderr):
            spacy_train(path, folder / "out", overrides={**paths, **overrides(folder)})
        yield spacy.load(folder / "out" / "model-last")


def document_of(blank: Language, words: Sequence[str], *, is_advert: bool) -> Doc:
    """Return the document that stands for a text."""
    document = Doc(blank.vocab, words=list(words))
    document.cats = {LABEL: float(is_advert)}
    return document
