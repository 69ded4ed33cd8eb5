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

from nlp.advert_model import leeway
from nlp.analysis import Analyser
from nlp.lexicons import load_lexicons
from nlp.model_features import Looked, ModelEyes, Typed
from nlp.training.corpora_reading import read_batches
from nlp.training.ham import ham_texts

LABEL: Final = "ADVERT"
HAM: Final = "uci_ham"
HAM_TIMES: Final = 36
"""How much each personal text counts in training: half of the batches' texts are adverts, on a phone hardly any is.
With six in place of it, and 44 batches, all left out in thirds, F1 on the batches at 3 personal texts flagged in a
thousand was 0.81; with 36 it was 0.83 (features that only stand in copies of one text were kept there as well)."""
COMPONENT: Final = "textcat_multilabel"
PLACES: Final = 8
"""Digits of a weight behind the point."""
_SEED: Final = 20261125
_SCORED: Final = 200


class Sample(NamedTuple):
    """A text as the models see it, with the truth, and what the rules add to their word."""

    batch: str
    text: str
    is_advert: bool
    looked: Looked
    typed: Typed
    leeway: float = 0.0


def samples_of(analyser: Analyser, batches: Sequence[str], *, with_ham: bool) -> list[Sample]:
    """Return what the models see of the texts of batches, and of the half of the personal texts for training."""
    golds = read_batches(batches)
    rows = [(gold.batch, gold.text, gold.is_advert) for gold in golds]
    if with_ham:
        rows += [(HAM, text, False) for text in ham_texts(held_out=False)]
    eyes = ModelEyes(load_lexicons())
    samples = []
    for row, reading in zip(rows, analyser.readings_for_model([text for _, text, _ in rows]), strict=True):
        looked = eyes.look(reading)
        samples.append(Sample(*row, looked, eyes.look_closer(reading, looked), leeway(reading.rule_total)))
    return samples


def kept_features(features: Sequence[Sequence[str]], min_texts: int) -> list[str]:
    """Return the features that stand in enough texts, sorted: what stands in one or two tells of those alone."""
    counts = Counter(feature for each in features for feature in set(each))
    return sorted(feature for feature, count in counts.items() if count >= min_texts)


def order_of(samples: Sequence[Sample], ham_times: int = HAM_TIMES) -> list[int]:
    """Return the places of the samples in the order of training, each personal text several times."""
    order = [at for at, sample in enumerate(samples) for _ in range(ham_times if sample.batch == HAM else 1)]
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
