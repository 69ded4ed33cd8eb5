"""Trains the models of drug words and of prices, by one command, from what is in the repository.

Run: ``python -m nlp.training.train_spans [--batches a,b]`` (a minute or two on one core). Drug words are judged in
adverts and in other texts; prices in texts that are no adverts, since all of an advert count. Batches are left out in
turn: that shows what is told apart in texts that were not trained on, and gives the lines from which on something
counts. Writes ``nlp/model/drug_model.msgpack.zst`` and ``price_model.msgpack.zst``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Final, cast

import msgspec

from nlp.components.component import Component
from nlp.components.decisions import Decisions
from nlp.components.first_looks import FirstLooks
from nlp.lexicons import load_lexicons
from nlp.model_files import write_file
from nlp.pipeline import build_pipeline
from nlp.readings import Reading
from nlp.spans import drug_model, price_model
from nlp.spans.drug_context import DrugContext
from nlp.spans.drug_model import DrugModel, DrugModelFile, seen
from nlp.spans.price_context import PriceContext
from nlp.spans.price_features import features_of_prices
from nlp.spans.price_model import PriceModel, PriceModelFile
from nlp.training.corpora_reading import GoldText, batch_names, read_batches
from nlp.training.ham import ham_texts
from nlp.training.logistic import Example, Fitted, Line, fitted, lines
from nlp.words.folding import fold
from parsers.records.findings import SpanKind

_ADVERTS: Final = "adverts"
_OTHERS: Final = "other texts"
_UNMARKED: Final = frozenset({"first"})
"""Batches in which only adverts have their drugs marked."""

_HAM: Final = "uci_ham"
_HAM_WEIGHT: Final = 0.5
"""What a word of a personal text weighs: there are far more of them, and nobody has marked their drugs."""


class Trainer:
    """Reads texts as the decisions do, of which it is known what they are."""

    def __init__(self) -> None:
        self._lexicons = load_lexicons()
        pipeline = build_pipeline(self._lexicons)
        steps = [cast("Component", component) for _, component in pipeline.pipeline]
        before = steps[: next(at for at, step in enumerate(steps) if isinstance(step, Decisions))]
        # It is told what the texts are, so none is ruled out.
        self._before = [step for step in before if not isinstance(step, FirstLooks)]

    def drug_words(self, texts: Sequence[GoldText]) -> Iterator[Example]:
        """Yield the words that can stand for drugs, with whether they do."""
        context = DrugContext(self._lexicons)
        for text in ham_texts(held_out=False):
            found = seen(self._read(text), context)
            for at, ((term, _), _) in enumerate(found.of_candidates):
                # A few personal texts are about cannabis: what is rarely innocent is left out.
                if term.entry.ambiguity == "high":
                    features = found.features(at, is_advert=False)
                    yield Example(_HAM, "", features, is_right=False, weight=_HAM_WEIGHT)
        for gold in texts:
            if gold.batch in _UNMARKED and not gold.is_advert:
                continue
            reading = self._read(gold.text, is_advert=gold.is_advert)
            found = seen(reading, context)
            for at, ((term, _), _) in enumerate(found.of_candidates):
                start, end = reading.body_offsets(reading.starts[term.first], reading.ends[term.last - 1])
                is_drug = any(mark.start < end and start < mark.end for mark in gold.marked("drug"))
                group = _ADVERTS if gold.is_advert else _OTHERS
                yield Example(gold.batch, group, found.features(at, is_advert=gold.is_advert), is_drug)

    def prices(self, texts: Sequence[GoldText], model: DrugModel) -> Iterator[Example]:
        """Yield the prices of texts that are no adverts, with whether they are a line's; drugs as a model has them."""
        context = PriceContext(self._lexicons)
        decisions = Decisions(
            self._lexicons, model, PriceModel(PriceModelFile(version="", bias=0.0, line=0.0, weights={}))
        )
        for gold in texts:
            if gold.is_advert:
                continue
            reading = self._read(gold.text)
            decisions.decide_drugs(reading)
            prices = reading.marked(SpanKind.PRICE)
            # Some authors mark the prices of honest senders too; those are no line's.
            true = {(mark.start, mark.end) for mark in gold.marked("price") if gold.is_operational}
            for mark, features in zip(prices, features_of_prices(reading, prices, context), strict=True):
                yield Example(gold.batch, _OTHERS, features, reading.body_offsets(mark.start, mark.end) in true)

    def _read(self, text: str, *, is_advert: bool = False) -> Reading:
        reading = Reading(text, fold(text))
        for step in self._before:
            step.read(reading)
        reading.is_advert = is_advert
        if not is_advert:
            reading.name = None
        return reading


def drug_file(model: Fitted, found: dict[str, Line]) -> DrugModelFile:
    """Return the model of drug words as it is stored."""
    return DrugModelFile(
        version=f"drugs-{_digest(model)}",
        bias=model.bias,
        line_in_adverts=found[_ADVERTS].line,
        line_elsewhere=found[_OTHERS].line,
        weights=model.weights,
    )


def _digest(model: Fitted) -> str:
    return blake2b(msgspec.msgpack.encode([model.bias, sorted(model.weights.items())]), digest_size=6).hexdigest()


def _told(what: str, rows: Sequence[Example]) -> dict[str, Line]:
    found = lines(rows)
    for group, line in found.items():
        figures = f"{line.right} right of {line.found} found, {line.there} there"
        print(f"{what}, {group}: F1 {line.f1:.3f} from {line.line:.1f} on ({figures})")
    return found


def _write(name: str, stored: msgspec.Struct) -> None:
    print(f"wrote {name}, {write_file(name, stored)} bytes")


def main() -> int:
    """Train and write both models."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", help="names with commas between; default: all but those for test")
    asked = parser.parse_args()
    default = [*batch_names("train"), *batch_names("names")]
    texts = read_batches(asked.batches.split(",") if asked.batches else default)
    trainer = Trainer()
    rows = list(trainer.drug_words(texts))
    stored = drug_file(fitted(rows), _told("drug words", rows))
    _write(drug_model.FILE_NAME, stored)
    rows = list(trainer.prices(texts, DrugModel(stored)))
    model = fitted(rows)
    line = _told("prices", rows)[_OTHERS].line
    _write(
        price_model.FILE_NAME,
        PriceModelFile(version=f"prices-{_digest(model)}", bias=model.bias, line=line, weights=model.weights),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
