from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.analysis import MAX_CODE_POINTS, Analyser, _batches, build_analyser
from nlp.text_ids import text_id
from parsers.records.findings import SpanKind, TextFinding

Find = Callable[[str], TextFinding]

_PIECES = st.sampled_from(
    [
        "Rico", "line", "on", "both", "3 for 25", "\u00a310", "07700 900123", "\ud83d", "\x00", "\u202e", "\u0301",
        "\n", " ", "b&w", "2-15", "til 11", "\U0001f525", "\ufb03", "\u0130", "new number", "7 7 7 7 7 7 7", "R.I.C.O",
        "\u2460", "24/7", "'", "oh seven double seven",
    ]
)  # fmt: skip
_ANY_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=200),
    st.lists(_PIECES, max_size=30).map("".join),
    st.lists(_PIECES, max_size=30).map(" ".join),
)


@settings(max_examples=300, deadline=None)
@given(text=_ANY_TEXT)
def test_any_string_gives_exact_spans(analyser: Analyser, text: str) -> None:
    finding = next(analyser.find([text]))
    assert finding.text_id == text_id(text)
    assert 0.0 <= finding.advert_score <= 1.0
    for span in finding.spans:
        assert span.surface
        assert text[span.start : span.end] == span.surface
    if finding.line_surface is not None:
        assert finding.line_surface in text
    if finding.number_change.number is not None:
        assert finding.number_change.number in text


@settings(max_examples=50, deadline=None)
@given(texts=st.lists(_ANY_TEXT, max_size=6))
def test_a_text_is_judged_alone(analyser: Analyser, texts: list[str]) -> None:
    assert list(analyser.find(texts)) == [next(analyser.find([text])) for text in texts]


def test_long_texts_go_through_the_steps_few_at_a_time() -> None:
    texts = ["on"] * 2000 + ["a" * 200_000] * 60
    batches = list(_batches(texts))
    assert [text for batch in batches for text in batch] == texts
    assert max(map(len, batches)) == 1024
    assert max(sum(min(len(text), MAX_CODE_POINTS) for text in batch) for batch in batches) < 160_000


@pytest.mark.parametrize(
    "unit",
    [
        "a", "!", "!a", "\U0001f525", "1 ", "07700 900123 ", "3 for 25 ", "b&w ", "'", "rico on. ", "R I C O ", "0o",
        "\u0645\u0631", "x\u0301", "zero ", "(", "half 8", "\ud800", "the line ", "- ", "9-5 ", "a'", "a.", "http://a.b/",
    ],
)  # fmt: skip
def test_long_texts_take_bounded_time(find: Find, unit: str) -> None:
    text = unit * (200_000 // len(unit))
    started = time.process_time()
    finding = find(text)
    assert time.process_time() - started < 2.0
    assert any("code-points-only" in rule for rule in finding.rules)


def test_long_texts_that_differ_at_the_end_have_two_templates(find: Find) -> None:
    start = "word " * MAX_CODE_POINTS
    assert find(f"{start}one").template_id != find(f"{start}two").template_id


def test_findings_are_the_same_in_any_order_and_from_another_analyser(analyser: Analyser) -> None:
    texts = [f"{name} line on both {n} for {n * 8} bell me" for name in ("Rico", "Marlo", "Zed") for n in range(2, 9)]
    expected = {finding.text_id: finding for finding in analyser.find(texts)}
    random.Random(7).shuffle(texts)
    assert {finding.text_id: finding for finding in build_analyser().find(texts)} == expected


def test_order_of_findings_is_that_of_the_texts_over_several_batches(analyser: Analyser) -> None:
    texts = [f"text number {n}" for n in range(4200)]
    assert [finding.text_id for finding in analyser.find(iter(texts))] == [text_id(text) for text in texts]


def test_finding_names_its_versions_and_what_spoke(analyser: Analyser, find: Find) -> None:
    finding = find("RICO LINE on both 3 for 25 bell me")
    assert (finding.nlp_version, finding.lexicon_version) == (analyser.nlp_version, analyser.lexicon_version)
    assert "nicknames/2:x-line" in finding.rules
    assert any(rule.startswith("adverts/1:call_strong+") for rule in finding.rules)


def test_text_id_tells_lone_surrogates_apart() -> None:
    assert text_id("\ud800") != text_id("\ud801") != text_id("?")


def test_offsets_count_code_points_behind_emoji_and_joined_marks(find: Find) -> None:
    text = "\U0001f468\u200d\U0001f469 R\u0301ico LINE on bo\u200bth \ufb01re 3 for 25"
    finding = find(text)
    drugs = {span.surface for span in finding.spans if span.kind is SpanKind.DRUG}
    assert drugs == {"bo\u200bth"}
    assert finding.line == "Rico"


@pytest.mark.parametrize("decorated", ["-- {}", "** {} **", "~{}~", ">> {} <<", "* {}", "== {} =="])
def test_marks_around_a_text_say_nothing_of_it(find: Find, decorated: str) -> None:
    for text in ("doing 8 for 60 quid till 2am", "Rico back on 3 for 25 call now", "morning all hows everyone"):
        plain, marked = find(text), find(decorated.format(text))
        assert (marked.is_advert, marked.line, marked.template_id) == (plain.is_advert, plain.line, plain.template_id)
        assert abs(marked.advert_score - plain.advert_score) < 0.02
