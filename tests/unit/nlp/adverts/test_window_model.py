"""The model that reads words in their order: exact whatever is read beside, repeatable, explained word by word."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.adverts.model_features import Looked, Typed
from nlp.adverts.token_facts import MAX_WORDS, OrderedWord
from nlp.adverts.window_model import FILE_NAME, WindowModel, WindowsFile
from nlp.analysis import _BATCH_TEXTS
from nlp.model_files import shipped_file
from nlp.training.samples import Sample
from nlp.training.train_windows import trained_windows


def word(seen: str) -> OrderedWord:
    return OrderedWord(seen, "_", seen[:3], seen[-3:], "l")


_TEXTS = st.lists(
    st.tuples(
        st.lists(
            st.sampled_from(["on", "now", "\u00a7name", "\u00a7price", "both", "see", "zzz"]).map(word), max_size=9
        ),
        st.lists(st.sampled_from(["deal", "name", "words4", "unknown"]), unique=True),
    ),
    min_size=1,
    max_size=12,
)


@pytest.fixture(scope="module")
def shipped() -> WindowModel:
    return WindowModel(shipped_file(FILE_NAME, WindowsFile))


@settings(max_examples=60)
@given(texts=_TEXTS)
def test_a_text_is_weighed_alike_to_the_last_bit_whatever_is_read_beside_it(
    shipped: WindowModel, texts: list[tuple[list[OrderedWord], list[str]]]
) -> None:
    together = shipped.log_odds(texts)
    assert together == [odds for text in texts for odds in shipped.log_odds([text])]
    assert together[::-1] == shipped.log_odds(texts[::-1])


def test_what_is_remembered_changes_nothing(shipped: WindowModel) -> None:
    text = ([word("on"), word("now")], ["deal"])
    (before,) = shipped.log_odds([text])
    for start in range(0, 40_000, 200):
        shipped.log_odds([([word(f"w{at}") for at in range(start, start + 60)], []) for _ in range(2)])
    assert shipped.log_odds([text]) == [before]


def test_a_whole_portion_of_long_texts_of_new_words_is_weighed(shipped: WindowModel) -> None:
    texts = [([word(f"new{text}x{at}") for at in range(MAX_WORDS)], ["deal"]) for text in range(_BATCH_TEXTS)]
    assert shipped.log_odds(texts)[-1:] == shipped.log_odds(texts[-1:])


@given(texts=_TEXTS)
@settings(max_examples=20)
def test_what_the_words_add_is_the_log_odds(
    shipped: WindowModel, texts: list[tuple[list[OrderedWord], list[str]]]
) -> None:
    for words, facts in texts:
        assert sum(shipped.parts(words, facts).values()) == pytest.approx(shipped.log_odds([(words, facts)])[0])


def test_sums_stay_exact_in_single_precision() -> None:
    stored = shipped_file(FILE_NAME, WindowsFile)
    highest = 127 * (1 + len(stored.layers))
    for layer in stored.layers:
        weights = np.abs(np.frombuffer(layer.weights, np.int8).astype(np.int64)).reshape(len(layer.starts), -1)
        # A word's rows are five, each an octet; what later layers take is what two or three gave.
        assert (weights.sum(axis=1) * max(highest, 5 * 127) + np.abs(layer.starts)).max() < 2**24


def test_training_tells_apart_what_it_is_shown_and_gives_the_same_each_time() -> None:
    on, seen = Looked([], [], ["deal"], []), Looked([], [], [], [])
    samples = [
        Sample("x", "on", is_advert=True, looked=on, typed=Typed([], [], [word("on"), word("now")])),
        Sample("x", "see you", is_advert=False, looked=seen, typed=Typed([], [], [word("see"), word("now")])),
    ] * 40
    one, again = trained_windows(samples, "model-x"), trained_windows(samples, "model-x")
    assert one == again
    first, second = WindowModel(one).log_odds([(samples[at].typed.ordered, samples[at].looked.facts) for at in (0, 1)])
    assert first > second


def test_order_tells(shipped: WindowModel) -> None:
    words = [word(seen) for seen in ("\u00a7name", "on", "now")]
    one, other = shipped.log_odds([(words, []), (words[::-1], [])])
    assert one != other
