"""The model of orders: what customers write to a line is told from what they write to a trader, often enough."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.adverts.order_model import BETWEEN, LONGEST, OrderModel, OrderModelFile, grams_of
from nlp.adverts.order_score import ORDER_SCORE
from nlp.analysis import Analyser
from nlp.log_odds import score_of
from nlp.training.corpora_reading import GoldText, batch_names, read_batches
from nlp.training.ham import ham_texts
from nlp.training.train_orders import ORDER, REPLIES, examples_of

SMALL = OrderModel(
    OrderModelFile(version="x", bias=-100, weights={"two": 50, f"two{BETWEEN}please": 200, f"<{BETWEEN}two": 25})
)


def share(analyser: Analyser, texts: Sequence[str]) -> float:
    """Return the share of texts that count for orders."""
    return sum(found.order_score >= ORDER_SCORE for found in analyser.find(texts)) / len(texts)


def test_a_score_is_the_sum_over_words_and_pairs() -> None:
    texts = [["two", "please"], [], ["please", "", "two"], ["two", "two", "please"]]
    assert SMALL.scores(texts) == [score_of(odds) for odds in (1.75, -1.0, -0.5, 2.25)]


@given(st.lists(st.lists(st.sampled_from(["two", "please", "b w", "", "<", ">"]), max_size=6), max_size=6))
def test_a_score_does_not_depend_on_the_texts_beside_it(texts: list[list[str]]) -> None:
    weights = {"two": 50, f"two{BETWEEN}please": 200, f"<{BETWEEN}two": 25}
    alone = [score_of((sum(weights.get(gram, 0) for gram in grams_of(words)) - 100) / 100.0) for words in texts]
    assert SMALL.scores(texts) == alone


def test_customers_of_a_line_are_told_from_those_of_a_trader(analyser: Analyser) -> None:
    replies = read_batches(batch_names(REPLIES))
    orders = share(analyser, [gold.text for gold in replies if gold.family == ORDER])
    others = share(analyser, [gold.text for gold in replies if gold.family == "to_trader"])
    assert orders >= 0.18
    assert others <= 0.06
    assert orders >= 4 * others


def test_orders_of_the_batches_for_test_and_hardly_any_personal_text(analyser: Analyser) -> None:
    orders = [gold.text for gold in read_batches(batch_names("test")) if gold.family == ORDER]
    assert share(analyser, orders) >= 0.5
    assert share(analyser, ham_texts(held_out=True)) <= 0.005


@pytest.mark.parametrize("text", ["BRAMBLE LINE back on til 10, 3 for 25 both, bell me", "need 2 b 1 w " * LONGEST, ""])
def test_adverts_and_long_texts_are_no_orders(analyser: Analyser, text: str) -> None:
    (found,) = analyser.find([text])
    assert found.order_score == 0.0


def test_what_runners_and_friends_say_is_not_trained_on(analyser: Analyser) -> None:
    golds = [
        GoldText(
            batch="a",
            family=family,
            text=f"need 2 of each {place}",
            language="en",
            marks=(),
            sender="",
            line=None,
            wording=None,
            change=None,
        )
        for place, family in enumerate(("order", "runner", "drug_talk", "advert", "personal"))
    ]
    rows = examples_of(analyser, golds, ["see you at home"])
    assert [(row.group, row.is_right) for row in rows] == [("order", True), ("personal", False), ("uci_ham", False)]


def test_the_explanation_says_what_reads_like_an_order(analyser: Analyser) -> None:
    assert any("Reads like an order to a line" in line for line in analyser.explain("need 2 b 1 w, how long bro"))
    assert not any("Reads like an order" in line for line in analyser.explain("see you at mums for tea"))


def test_what_does_not_count_for_an_order_is_not_said_to_read_like_one(analyser: Analyser) -> None:
    (said,) = (line for line in analyser.explain("2 white 1 brown pls") if "an order to a line" in line)
    assert said.strip().startswith("May be an order to a line, and does not count for one (score 0.")
    assert f"limit {ORDER_SCORE}" in said
