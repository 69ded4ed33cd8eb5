"""Does another batch still help? Trains on ever more batches, and scores each model on the batches for test.

Run: ``python -m nlp.training.curve`` (an hour on one core).
"""

from __future__ import annotations

import sys

from nlp.analysis import build_analyser
from nlp.training.corpora_reading import batch_names
from nlp.training.samples import PERSONAL, samples_of
from nlp.training.scoring import Counts
from nlp.training.train import model_of, scored, trained


def main() -> int:
    """Print the curve: F1 at the threshold that is best for the test batches, so that no choice of it plays a part."""
    analyser = build_analyser()
    names = batch_names("train")
    samples = samples_of(analyser, names, with_ham=True)
    held_out = samples_of(analyser, batch_names("test"), with_ham=False)
    for count in counts_of(len(names)):
        chosen = {*names[:count], *PERSONAL}
        model = model_of(trained([sample for sample in samples if sample.batch in chosen], "curve"))
        scores = list(zip(scored(model, held_out), [sample.is_advert for sample in held_out], strict=True))
        best = max((_counts(scores, step / 10) for step in range(-30, 20)), key=lambda counts: counts.f1)
        low, high = best.interval
        print(
            f"{count:2} batches to {names[count - 1]:6} "
            f"P {best.precision:.3f} R {best.recall:.3f} F1 {best.f1:.3f} [{low:.3f}, {high:.3f}]"
        )
    return 0


def counts_of(batches: int) -> list[int]:
    """Return how many batches are trained on: twice as many each time, later eight more, at last all."""
    return sorted({*(count for count in (1, 2, 4) if count < batches), *range(8, batches, 8), batches})


def _counts(scores: list[tuple[float, bool]], threshold: float) -> Counts:
    right = sum(1 for score, is_advert in scores if is_advert and score >= threshold)
    wrong = sum(1 for score, is_advert in scores if not is_advert and score >= threshold)
    return Counts(right, wrong, sum(1 for _, is_advert in scores if is_advert) - right)


if __name__ == "__main__":
    sys.exit(main())
