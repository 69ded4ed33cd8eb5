"""Prints what the analysis scores on each batch for test, and on the personal texts, as the tables of ACCURACY.md.

Run: ``python -m nlp.training.score_by_batch [--batches a,b]``. Each batch is one input of its own, as ``trapline
analyse`` gives it; spans are those of adverts. A ruled-out advert has no name and no span, so these hold its loss too.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp.analysis import Analyser, build_analyser
from nlp.training.corpora_reading import batch_names, read_batches
from nlp.training.ham import ham_texts
from nlp.training.score import scored, scored_together, settled_over
from nlp.training.scoring import (
    Pair,
    advert_counts,
    b_cubed,
    clusters_of,
    false_alarms,
    name_pairs,
    names_invented,
    names_right,
    span_counts,
)

_SPANS = ("drugs", "prices", "numbers")
_SHORT = 5


class ScoredBatch(NamedTuple):
    """A batch with its findings: settled over it, and of each text alone."""

    name: str
    together: list[Pair]
    alone: list[Pair]


def scored_batches(analyser: Analyser, batches: Sequence[str]) -> list[ScoredBatch]:
    """Return the batches with their findings."""
    golds = {batch: read_batches([batch]) for batch in batches}
    return [
        ScoredBatch(batch, scored_together(analyser, texts), scored(analyser, texts)) for batch, texts in golds.items()
    ]


def rows_by_batch(batches: Sequence[ScoredBatch]) -> Iterator[str]:
    """Yield the rows of a Markdown table, a batch each, and one of all of them added up."""
    yield "| batch | texts | adverts F1 | P | R | alone | names | invented | drugs | prices | numbers | templates |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|"
    yield from (_row(*batch) for batch in batches)
    yield _row(
        "all",
        [pair for batch in batches for pair in batch.together],
        [pair for batch in batches for pair in batch.alone],
    )


def rows_by_family(batches: Sequence[ScoredBatch]) -> Iterator[str]:
    """Yield how many texts of each family that are no adverts are taken for some, the most often taken first."""
    together = [pair for batch in batches for pair in batch.together]
    yield "| family | texts | taken for adverts |"
    yield "|---|---|---|"
    taken = sorted(false_alarms(together).items(), key=lambda item: (-item[1][0] / item[1][1], item[0]))
    yield from (f"| {family} | {total} | {flagged / total:.1%} |" for family, (flagged, total) in taken)
    for title, some in (
        ("under five words", [pair for pair in together if len(pair[0].text.split()) < _SHORT]),
        *((each, [pair for pair in together if pair[0].language == each]) for each in ("cy", "pl", "ro", "sq")),
    ):
        counts = advert_counts(some)
        yield f"adverts, {title}: F1 {counts.f1:.3f} (P {counts.precision:.3f}, R {counts.recall:.3f})"
    ways = name_pairs(together)
    yield f"two spellings of one name: F1 {ways.f1:.3f} (P {ways.precision:.3f}, R {ways.recall:.3f})"


def _row(title: str, together: Sequence[Pair], alone: Sequence[Pair]) -> str:
    counts, of_single = advert_counts(together), advert_counts(alone)
    adverts = [pair for pair in together if pair[0].is_advert]
    named, invented = names_right(together), names_invented(together)
    wordings = [f"{gold.batch} {gold.wording}" for gold, _ in adverts]
    spans = " | ".join(f"{span_counts(adverts, kind).f1:.2f}" for kind in _SPANS)
    return (
        f"| {title} | {len(together)} | {counts.f1:.3f} | {counts.precision:.2f} | {counts.recall:.2f}"
        f" | {of_single.f1:.3f} | {named[0] / max(1, named[1]):.2f} | {invented[0] / max(1, invented[1]):.2f}"
        f" | {spans} | {b_cubed(wordings, clusters_of(finding for _, finding in adverts))[2]:.2f} |"
    )


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", help="names with commas between; default: those for test")
    asked = parser.parse_args()
    analyser = build_analyser()
    batches = scored_batches(analyser, asked.batches.split(",") if asked.batches else batch_names("test"))
    for row in (*rows_by_batch(batches), "", *rows_by_family(batches)):
        print(row)  # a result
    personal = ham_texts(held_out=True)
    flagged = [
        sum(each.is_advert for each in found) for found in (analyser.find(personal), settled_over(analyser, personal))
    ]
    print(f"personal texts taken for adverts, of {len(personal)}: alone {flagged[0]}, as one input {flagged[1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
