"""Whom the adverts of an input greet is no name of a line, whatever the models make of one text alone."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest

from nlp.analysis import Analyser
from nlp.readings import Name
from nlp.training.score import settled_over
from nlp.whole_input.greeted import Greeted

CUSTOMERS = ("Craig", "Donna", "Stu", "Kirsty", "Gaz")


def name(text: str, surface: str, strength: float, rule: str = "x-on") -> Name:
    start = text.index(surface)
    return Name(surface.title(), start, start + len(surface), strength, f"nicknames/2:{rule}", surface)


def joined(customer: str, line: str) -> list[Name]:
    text = f"{customer} {line} back on"
    return [name(text, text[:-8], 3.9), name(text, line, 2.0), name(text, customer, 1.0)]


def apart(customer: str, line: str) -> list[Name]:
    text = f"{customer}, both in, {line} on"
    return [name(text, customer, 2.0), name(text, line, 1.5)]


def names(greeted: Greeted, wording: str, proposals: Sequence[Name]) -> list[str]:
    return [each.canonical for each in greeted.without(wording, proposals)]


@pytest.mark.parametrize("made", [joined, apart])
def test_what_varies_before_the_same_word_of_a_wording_is_whom_it_greets(
    made: Callable[[str, str], list[Name]],
) -> None:
    texts = [made(customer, "harley") for customer in CUSTOMERS]
    orders = [texts, random.Random(1).sample(texts, len(texts))]
    for order in orders:
        greeted = Greeted()
        for proposals in order:
            greeted.add("one", proposals)
        assert [names(greeted, "one", proposals)[0] for proposals in texts] == ["Harley"] * len(texts)


def test_names_of_two_words_that_end_alike_stand_where_few_do_or_in_wordings_of_their_own() -> None:
    few = Greeted()
    for customer in CUSTOMERS[:2]:
        few.add("one", joined(customer, "lee"))
    several = Greeted()
    for customer in CUSTOMERS:
        several.add(f"of {customer}", joined(customer, "lee"))
    assert names(few, "one", joined("Craig", "lee"))[0] == "Craig Lee"
    assert names(several, "of Craig", joined("Craig", "lee"))[0] == "Craig Lee"


def test_whom_a_text_greets_before_it_says_the_name_is_greeted_in_the_others_too() -> None:
    said = "yo Craig its harley"
    greeted = Greeted()
    greeted.add("said", [name(said, "harley", 3.0, "its-x"), name(said, "Craig", -0.8, "in-text")])
    greeted.add("other", joined("Craig", "harley"))
    alone = [name("Craig im on", "Craig", 1.5)]
    greeted.add("third", alone)
    assert names(greeted, "other", joined("Craig", "harley")) == ["Harley"]
    assert names(greeted, "third", alone) == []


def test_lines_of_one_wording_keep_their_names() -> None:
    greeted = Greeted()
    texts = [[name(f"{line} on", line, 3.0)] for line in ("rico", "marlo", "dez", "tango")]
    for proposals in texts:
        greeted.add("one", proposals)
    assert [names(greeted, "one", proposals) for proposals in texts] == [["Rico"], ["Marlo"], ["Dez"], ["Tango"]]


def test_a_line_that_greets_each_customer_is_named_in_all_its_texts(analyser: Analyser) -> None:
    texts = [f"{customer} harley back on wiv both, 3x25 all day til 11" for customer in CUSTOMERS]
    texts += [f"{customer} im on x 5 for 40" for customer in CUSTOMERS]
    found = [finding.line for finding in settled_over(analyser, texts)]
    assert found == ["Harley"] * len(CUSTOMERS) + [None] * len(CUSTOMERS)
