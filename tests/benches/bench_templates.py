"""Templates beside peers, on the same texts: quality and speed in one table.

    python -m tests.benches.bench_templates [--splits N]

Quality: pair F1 on ``data/uci_spam_gold.csv``, each method's limits chosen on half of the campaign families and scored
on the other half, over random halves; B-cubed on the adverts of the hand-written batches for test, under the limits
that are best on the whole of the gold (ours: those that are shipped). Speed: texts a second on one core, on bulk
traffic (every method behind the same dictionary of exact texts) and on distinct texts; ours reads everything else of a
text as well. The peers see texts in lower case with digits alike: MinHash over stretches of four characters with
rensa's and datasketch's index, texts joined by connected components; and Drain's parse tree (He et al. 2017), in our
words since Drain3 is published without a wheel. A peer that is not installed is left out with a word (``pip install -e
.[bench]``).
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from statistics import mean, stdev
from typing import NamedTuple

from nlp.analysis import build_analyser
from nlp.templates.families import MIN_RATIO, MIN_SHARED, group_templates
from nlp.training.corpora_reading import batch_names, read_batches
from nlp.training.scoring import b_cubed
from tests.benches.bench_nlp import made_texts

GOLD = Path(__file__).parent / "data" / "uci_spam_gold.csv"
_PERMUTATIONS = 128
_STRETCH = 4
_PRECISION = 0.995
_BULK, _BULK_DISTINCT, _DISTINCT = 100_000, 2_000, 3_000

Limits = tuple[float, ...]
Clusters = list[Hashable]


class Gold(NamedTuple):
    text: str
    template: str
    family: str


class Method(NamedTuple):
    """A way to cluster texts: ``prepared`` looks at the texts once, then clusters them under any limits."""

    name: str
    prepared: Callable[[Sequence[str]], Callable[[Limits], Clusters]]
    grid: list[Limits]


def read_gold() -> list[Gold]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        return [Gold(row["text"], row["template_id"], row["family_id"]) for row in csv.DictReader(file)]


def _joined(count: int, pairs: Iterator[tuple[int, int]]) -> Clusters:
    parents = list(range(count))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parents[second] = first
    return [root(at) for at in range(count)]


def ours(texts: Sequence[str]) -> Callable[[Limits], Clusters]:
    found = [(finding.template_id, finding.template or "") for finding in _ANALYSER.find(texts)]

    def cluster(limits: Limits) -> Clusters:
        groups = group_templates(dict(found), min_ratio=limits[0], min_shared=limits[1])
        return [groups[template_id] for template_id, _ in found]

    return cluster


def _stretches(text: str) -> list[str]:
    plain = re.sub(r"[0-9]", "0", text.lower())
    return sorted({plain[at : at + _STRETCH] for at in range(max(1, len(plain) - _STRETCH + 1))})


def with_rensa(texts: Sequence[str]) -> Callable[[Limits], Clusters]:
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415 (a peer that need not be installed)

    hashes = []
    for text in texts:
        minhash = RMinHash(num_perm=_PERMUTATIONS, seed=42)
        minhash.update(_stretches(text))
        hashes.append(minhash)
    index = RMinHashLSH(threshold=0.5, num_perm=_PERMUTATIONS, num_bands=32)
    near = []
    for at, minhash in enumerate(hashes):
        near += [(other, at, minhash.jaccard(hashes[other])) for other in index.query(minhash)]
        index.insert(at, minhash)
    return lambda limits: _joined(len(texts), ((one, other) for one, other, likeness in near if likeness >= limits[0]))


def with_datasketch(texts: Sequence[str]) -> Callable[[Limits], Clusters]:
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 (as above)

    index = MinHashLSH(num_perm=_PERMUTATIONS, params=(32, 4))
    hashes, near = [], []
    for at, text in enumerate(texts):
        minhash = MinHash(num_perm=_PERMUTATIONS)
        minhash.update_batch([stretch.encode("utf-8", "surrogatepass") for stretch in _stretches(text)])
        near += [(other, at, minhash.jaccard(hashes[other])) for other in index.query(minhash)]
        index.insert(at, minhash)
        hashes.append(minhash)
    return lambda limits: _joined(len(texts), ((one, other) for one, other, likeness in near if likeness >= limits[0]))


def with_drain(texts: Sequence[str]) -> Callable[[Limits], Clusters]:
    """Drain: texts of one length and first words, then the likest group, whose differing words become wildcards."""
    split = [re.sub(r"[0-9]+", "<*>", text).split() for text in texts]

    def cluster(limits: Limits) -> Clusters:
        leaves: dict[Hashable, list[tuple[int, list[str]]]] = defaultdict(list)
        found: Clusters = []
        for words in split:
            groups = leaves[len(words), tuple(word for word in words[:2] if "<*>" not in word)]
            best, most = None, -1.0
            for group in groups:
                alike = sum(one == other for one, other in zip(group[1], words, strict=True)) / max(1, len(words))
                if alike > most:
                    best, most = group, alike
            if best is None or most < limits[0]:
                best = (len(found), list(words))
                groups.append(best)
            best[1][:] = [one if one == other else "<*>" for one, other in zip(best[1], words, strict=True)]
            found.append(best[0])
        return found

    return cluster


_ANALYSER = build_analyser()
_ONE_LIMIT: list[Limits] = [(step / 20,) for step in range(4, 18)]
METHODS = [
    Method("Trapline", ours, [*product((68.0, 70.0, 72.0, 75.0, 78.0, 80.0), (0.25, 0.3, 0.35, 0.4, 0.45, 0.5))]),
    Method("MinHash-LSH, rensa", with_rensa, _ONE_LIMIT),
    Method("MinHash-LSH, datasketch", with_datasketch, _ONE_LIMIT),
    Method("Drain", with_drain, _ONE_LIMIT),
]
_NEEDS = {"MinHash-LSH, rensa": "rensa", "MinHash-LSH, datasketch": "datasketch"}


class Pairs(NamedTuple):
    """Pairs of texts: together and rightly so, together and wrongly so, rightly so and not together."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def pairs_of(golds: Sequence[Gold], clusters: Clusters, families: frozenset[str]) -> Pairs:
    """Count the pairs among the texts of some families; of one family and two templates, a pair counts neither way."""
    chosen = [(gold, cluster) for gold, cluster in zip(golds, clusters, strict=True) if gold.family in families]
    together = Counter(cluster for _, cluster in chosen)
    same = Counter(gold.template for gold, _ in chosen)
    both = Counter((gold.template, cluster) for gold, cluster in chosen)
    excused = Counter((gold.family, cluster) for gold, cluster in chosen)
    right = sum(map(_pairs, both.values()))
    neither = sum(map(_pairs, excused.values())) - right
    return Pairs(right, sum(map(_pairs, together.values())) - right - neither, sum(map(_pairs, same.values())) - right)


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def held_out(golds: Sequence[Gold], by_limits: dict[Limits, Clusters], splits: int) -> list[Pairs]:
    """Return the pairs of the other half under the limits that are best on the first, for each split."""
    families = sorted({gold.family for gold in golds})
    found = []
    for seed in range(splits):
        shuffled = families.copy()
        random.Random(seed).shuffle(shuffled)
        halves = frozenset(shuffled[: len(shuffled) // 2]), frozenset(shuffled[len(shuffled) // 2 :])
        for chosen, scored in (halves, halves[::-1]):
            best = max(by_limits, key=lambda limits: _worth(pairs_of(golds, by_limits[limits], chosen), limits))
            found.append(pairs_of(golds, by_limits[best], scored))
    return found


def _worth(pairs: Pairs, limits: Limits) -> tuple[bool, float, Limits]:
    """Weigh limits: hardly a wrong pair first, since two templates made one mislead; then F1; then strictness."""
    return pairs.precision >= _PRECISION, pairs.f1, limits


def per_second(method: Method, texts: Sequence[str]) -> float:
    """Return the texts a second, behind a dictionary of exact texts."""
    started = time.process_time()
    distinct = list(dict.fromkeys(texts))
    clusters = dict(zip(distinct, method.prepared(distinct)(_default(method)), strict=True))
    assert len([clusters[text] for text in texts]) == len(texts)
    return len(texts) / (time.process_time() - started)


def _default(method: Method) -> Limits:
    return (MIN_RATIO, MIN_SHARED) if method.prepared is ours else (0.5,)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--splits", type=int, default=10, help="random halves of the families; each is used both ways")
    asked = parser.parse_args()
    golds = read_gold()
    every = frozenset(gold.family for gold in golds)
    adverts = [gold for gold in read_batches(batch_names("test")) if gold.is_advert]
    wordings = [f"{gold.batch} {gold.wording}" for gold in adverts]
    distinct = made_texts(_DISTINCT)
    rng = random.Random(1)
    bulk = rng.choices(distinct[:_BULK_DISTINCT], k=_BULK)
    print(
        f"{'':24} pair F1 held out  worst  precision   at limits set   B-cubed F1     bulk/s  distinct/s\n"
        f"{'':24} (mean ± sd)                         (whole gold)   (batches)"
    )
    for method in METHODS:
        if method.name in _NEEDS and find_spec(_NEEDS[method.name]) is None:
            print(f"{method.name:24} not installed")
            continue
        cluster = method.prepared([gold.text for gold in golds])
        by_limits = {limits: cluster(limits) for limits in method.grid}
        splits = held_out(golds, by_limits, asked.splits)
        f1s = [pairs.f1 for pairs in splits]
        best = max(by_limits, key=lambda limits: (pairs_of(golds, by_limits[limits], every).f1, limits))
        shipped = pairs_of(golds, cluster(_default(method) if method.prepared is ours else best), every)
        used = _default(method) if method.prepared is ours else best
        clusters = method.prepared([gold.text for gold in adverts])(used)
        b_f1 = b_cubed(wordings, [str(each) for each in clusters])[2]
        worst, precision = min(f1s), mean(pairs.precision for pairs in splits)
        print(
            f"{method.name:24} {mean(f1s):.3f} \u00b1 {stdev(f1s):.3f}     {worst:.3f}  {precision:.3f}"
            f"       {shipped.f1:.3f} {_named(used):8}     {b_f1:.3f}       "
            f"{per_second(method, bulk):9,.0f}  {per_second(method, distinct):9,.0f}",
            flush=True,
        )


def _named(limits: Limits) -> str:
    return "/".join(f"{limit:g}" for limit in limits)


if __name__ == "__main__":
    main()
