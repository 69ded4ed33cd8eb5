"""How long the analysis takes a distinct text, beside spaCy's blank pipelines in the same run, and bulk traffic.

The peer is spaCy's blank English with an entity ruler of 457 phrases and 40 token patterns, which marks terms and does
nothing else.

    python -m tests.benches.bench_nlp [--texts FILE]

Without a file the texts are made: adverts, orders and ordinary messages with a seed, all distinct. A file has one text
a line. CPU time of this process, best of three; the machine's other work is not in it, but slows it all the same.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

_STARTED = time.process_time()

import spacy  # noqa: E402 (its import is one of the things measured)
from spacy.language import Language  # noqa: E402 (as above)

_SPACY_IMPORTED = time.process_time()

from nlp.analysis import build_analyser  # noqa: E402 (as above)
from nlp.lexicons import LexiconKind, load_lexicons  # noqa: E402 (as above)
from nlp.training.corpora_reading import batch_names, read_batches  # noqa: E402 (as above)
from nlp.training.ham import ham_texts  # noqa: E402 (as above)

_ROUNDS = 3
_TEXTS = 6000
_PHRASES, _TOKEN_PATTERNS = 457, 40
_BULK, _BULK_DISTINCT = 100_000, 2_000


def made_texts(count: int) -> list[str]:
    """Return distinct texts: the hand-written ones and the personal ones, each varied by what people vary."""
    rng = random.Random(20261125)
    base = rng.sample([text.text for text in read_batches(batch_names("train"))], 1000)
    base += rng.sample(ham_texts(held_out=True), 1000)
    texts = dict.fromkeys(base)
    while len(texts) < count:
        words = rng.choice(base).split(" ")
        at = rng.randrange(len(words))
        number = f" 07700 900{rng.randrange(100, 1000)}"
        words[at] += rng.choice(["!", "x", " lol", number, str(rng.randrange(99))])
        texts[" ".join(words)] = None
    return list(texts)[:count]


def entity_ruler() -> Language:
    """Return spaCy's blank English with an entity ruler as a team would set one up, of the words of our lexicons."""
    terms = sorted(
        {entry.term for entry in load_lexicons().entries if entry.kind in {LexiconKind.DRUG, LexiconKind.CUE}}
    )
    words = [term for term in terms if term.isalpha()]
    pipeline = spacy.blank("en")
    phrases = [{"label": "TERM", "pattern": term} for term in random.Random(1).sample(terms, _PHRASES)]
    tokens = [
        {"label": "DEAL", "pattern": [{"LIKE_NUM": True}, {"LOWER": word}, {"LIKE_NUM": True}]}
        for word in random.Random(2).sample(words, _TOKEN_PATTERNS)
    ]
    pipeline.add_pipe("entity_ruler").add_patterns([*phrases, *tokens])
    return pipeline


def analyse_seconds(distinct: Sequence[str], count: int) -> float:
    """Return the seconds of wall time that ``trapline analyse`` takes for so many texts, its start included."""
    rng = random.Random(3)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "texts.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for at, text in enumerate(rng.choices(distinct, k=count)):
                file.write(json.dumps({"id": str(at), "text": text}) + "\n")
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "ingest", "analyse", str(path)], check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - started


def cpu_microseconds(run: Callable[[], object], texts: Sequence[str]) -> float:
    """Return the CPU time a text in microseconds, the best of a few rounds."""
    best = float("inf")
    for _ in range(_ROUNDS):
        started = time.process_time()
        run()
        best = min(best, time.process_time() - started)
    return best / len(texts) * 1e6


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, help="a file with one text a line, in place of made texts")
    arguments = parser.parse_args()
    texts = made_texts(_TEXTS)
    if arguments.texts is not None:
        texts = list(dict.fromkeys(arguments.texts.read_text(encoding="utf-8", errors="surrogateescape").split("\n")))
    started = time.process_time()
    analyser = build_analyser()
    built = time.process_time()
    blank, ruler = spacy.blank("en"), entity_ruler()
    gc.freeze()  # as every process of ours does once it has loaded; it helps the peer as well
    rows = [
        ("spaCy blank English, make_doc, warm", cpu_microseconds(lambda: [blank.make_doc(t) for t in texts], texts)),
        ("spaCy blank English, nlp.pipe", cpu_microseconds(lambda: list(blank.pipe(texts)), texts)),
        ("spaCy blank and entity ruler, the peer", cpu_microseconds(lambda: list(ruler.pipe(texts)), texts)),
        ("our analysis, find()", cpu_microseconds(lambda: list(analyser.find(texts)), texts)),
    ]
    bulk, start = analyse_seconds(texts[:_BULK_DISTINCT], _BULK), analyse_seconds(texts, 1)
    size = sum(map(len, texts)) / len(texts)
    machine = platform.processor() or platform.machine()
    print(f"{machine}, {os.cpu_count()} cores, Python {platform.python_version()}, spaCy {version('spacy')}")
    print(f"{datetime.now(UTC):%Y-%m-%d}, {len(texts)} distinct texts, {size:.0f} code points each on average\n")
    print(f"{'import of spaCy':38} {_SPACY_IMPORTED - _STARTED:8.2f} s CPU")
    print(f"{'building the analyser':38} {built - started:8.2f} s CPU")
    for name, cost in rows:
        print(f"{name:38} {cost:8.1f} \u00b5s CPU a text, {1e6 / cost:8.0f} texts a second")
    print(f"{'analyse, start and one text':38} {start:8.2f} s")
    print(f"{'analyse, 100,000 texts, 2,000 distinct':38} {bulk:8.2f} s, {_BULK / (bulk - start):8.0f} texts a second")
    print(f"{'peak memory':38} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


if __name__ == "__main__":
    main()
