from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QueryRefused
from search.query import lexer
from search.query.apostrophes import spellings
from search.query.fields import FIELDS, field_value
from search.query.parse import DEPTH_ALLOWED, LEAVES_ALLOWED, parse_query
from search.query.tree import And, FieldTerm, Not, Or, Phrase, QueryNode, Term, all_of, any_of, depth, none_of
from search.query.words import words
from tests.fakes.query_text import render_query


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("rico", Term("rico")),
        ("Rico BELL", And((Term("rico"), Term("bell")))),
        ("rico AND bell", And((Term("rico"), Term("bell")))),
        ('"bell me"', Phrase(("bell", "me"))),
        ("\u201cbell me\u201d", Phrase(("bell", "me"))),
        ('"rico"', Term("rico")),
        ("can't", Or((Phrase(("can", "t")), Term("cant")))),
        ("can\u2019t", Or((Phrase(("can", "t")), Term("cant")))),
        ("dont", Or((Term("dont"), Phrase(("don", "t"))))),
        ("Rico's", Or((Phrase(("rico", "s")), Term("ricos")))),
        ('"dont ring"', Or((Phrase(("dont", "ring")), Phrase(("don", "t", "ring"))))),
        ("ricos", Term("ricos")),
        ("well", Term("well")),
        ("'white'", Term("white")),
        ("3-for-25", Phrase(("3", "for", "25"))),
        ("deliver*", Term("deliver", is_prefix=True)),
        ("a OR b c", Or((Term("a"), And((Term("b"), Term("c")))))),
        ("(a OR b) c", And((Or((Term("a"), Term("b"))), Term("c")))),
        ("-a", Not(Term("a"))),
        ("a -(b c)", And((Term("a"), Not(And((Term("b"), Term("c"))))))),
        ("a NOT b", And((Term("a"), Not(Term("b"))))),
        ("NOT NOT a", Term("a")),
        ("a and not b or", And((Term("a"), Term("and"), Term("not"), Term("b"), Term("or")))),
        ("coke & weed", And((Term("coke"), Term("weed")))),
        ("a a", Term("a")),
        ("\U0001f525", Term("\U0001f525")),
        ("number:07700900123", FieldTerm("number", "+447700900123")),
        ("number:07700 900123 rico", And((FieldTerm("number", "+447700900123"), Term("rico")))),
        ("number:07700900123 20", And((FieldTerm("number", "+447700900123"), Term("20")))),
        ('number:"+44 (0)7700 900123"', FieldTerm("number", "+447700900123")),
        ("number:(0)7700900123", FieldTerm("number", "+447700900123")),
        ("(number:(07700) 900123 OR a)", Or((FieldTerm("number", "+447700900123"), Term("a")))),
        ("07700 900", And((Term("07700"), Term("900")))),
        ("0770090012*", Term("0770090012", is_prefix=True)),
        ('"07700 900123"', Phrase(("07700", "900123"))),
        ("number:*100#", FieldTerm("number", "*100#")),
        ("number:Vodafone", FieldTerm("number", "vodafone")),
        ('LINE:"Rico  Line"', FieldTerm("line", "rico line")),
        ("is:advert -is:deleted", And((FieldTerm("is", "advert"), Not(FieldTerm("is", "deleted"))))),
        ("kind:Call", FieldTerm("kind", "call")),
        ("service:WhatsApp", FieldTerm("service", "whatsapp")),
        ("template:t-12ab", FieldTerm("template", "t-12ab")),
        ('service:"a ""b"" c"', FieldTerm("service", 'a "b" c')),
        ("12:30", Phrase(("12", "30"))),
        ("", None),
        ("   ", None),
    ],
)
def test_queries_read_as_written(text: str, tree: QueryNode | None) -> None:
    assert parse_query(text) == tree


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ('rico "bell me', 6),
        ("rico (bell", 6),
        ("rico bell)", 10),
        ("rico ()", 6),
        ("rico (!!)", 6),
        ("OR rico", 1),
        ("rico OR", 6),
        ("rico OR !!", 6),
        ("rico AND", 6),
        ("AND rico", 1),
        ("rico NOT", 6),
        ("rico -!!", 6),
        ("  !!!", 3),
        ("rico numbr:123", 6),
        ("rico kind:letter", 6),
        ("rico line:", 6),
        ('rico line:""', 6),
        ("rico can't*", 6),
    ],
)
def test_refusals_point_at_the_column(text: str, column: int) -> None:
    with pytest.raises(QueryRefused) as refused:
        parse_query(text)
    assert refused.value.column == column


def test_a_query_is_bounded() -> None:
    for text in ("a" + " (b" * 200 + ")" * 200, "NOT " * 500 + "a", "((((a OR b) c) OR d) e)" * 1, "x"):
        try:
            tree = parse_query(text)
        except QueryRefused:
            continue
        assert tree is None or depth(tree) <= DEPTH_ALLOWED
    with pytest.raises(QueryRefused):
        parse_query(" ".join(f"w{number}" for number in range(LEAVES_ALLOWED + 1)))
    nested = "a"
    for number in range(DEPTH_ALLOWED):
        nested = f"({nested} {'OR' if number % 2 else ''} b{number})"
    with pytest.raises(QueryRefused):
        parse_query(f"({nested} OR c) d")


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(['"', "(", ")", "-", "OR", "NOT", "AND", "a", "is:", "*", " ", ":"])).map("".join)
)
def test_any_text_gives_a_tree_or_a_refusal(text: str) -> None:
    column = 1
    try:
        tree = parse_query(text)
        assert parse_query(render_query(tree)) == tree
    except QueryRefused as refused:
        column = refused.column
    assert 1 <= column <= len(text) + 1


_texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(
    lambda text: words(text) and len(list(spellings(words(text)[0]))) == 1
)
"""Of texts whose first word is no contraction: that is looked for in two ways."""
_leaves = st.one_of(
    st.builds(Term, _texts.map(lambda text: words(text)[0]), st.booleans()),
    st.lists(_texts.map(lambda text: words(text)[0]), min_size=2, max_size=4).map(lambda found: Phrase(tuple(found))),
    st.builds(
        lambda field, value: FieldTerm(field, field_value(field, value)),
        st.sampled_from([name for name, allowed in FIELDS.items() if not allowed]),
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=12),
    ).filter(lambda leaf: bool(leaf.value)),
)
_trees: st.SearchStrategy[QueryNode] = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        inner.map(none_of),
        st.lists(inner, min_size=1, max_size=3).map(all_of),
        st.lists(inner, min_size=1, max_size=3).map(any_of),
    ),
    max_leaves=8,
)


@given(_trees)
def test_a_tree_survives_being_written_and_read(tree: QueryNode) -> None:
    assert parse_query(render_query(tree)) == tree


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=20))
def test_field_values_are_plain_once_made_plain(field: str, value: str) -> None:
    once = field_value(field, value)
    assert field_value(field, once) == once


def test_a_field_that_is_not_known_is_told_with_those_that_are() -> None:
    with pytest.raises(QueryRefused, match=r"the fields are number, line, .*, is\. Put quotes"):
        parse_query("foo:bar")


@pytest.mark.parametrize(
    "text",
    ["07700 900 123", "07700900123", "+447700900123", "0044 7700900123", "+44 (0)7700 900123", "(07700) 900-123"],
)
def test_a_bare_number_is_a_party_and_every_way_of_writing_it(text: str) -> None:
    tree = parse_query(text)
    assert isinstance(tree, Or)
    assert tree.operands[0] == FieldTerm("number", "+447700900123")
    assert {Term("07700900123"), Term("447700900123"), Phrase(("07700", "900123")), Phrase(("07700", "900", "123"))} < {
        *tree.operands
    }
    written = words(text)
    assert (Term(written[0]) if len(written) == 1 else Phrase(tuple(written))) in tree.operands
    beside = parse_query(f"{text} 2 for 30")
    assert isinstance(beside, And)
    assert beside.operands == (tree, Term("2"), Term("for"), Term("30"))
    assert parse_query(f"({text}) x") == And((tree, Term("x"))) or text.startswith("(")


def test_behind_not_a_bare_number_is_one_that_texts_write() -> None:
    tree = parse_query("07700900123")
    assert isinstance(tree, Or)
    written = Or(tree.operands[1:])
    assert parse_query("is:advert -07700900123") == And((FieldTerm("is", "advert"), Not(written)))
    assert parse_query("-(a 07700900123) 07700900123") == And((Not(And((Term("a"), written))), tree))
    assert parse_query("-number:07700900123") == Not(FieldTerm("number", "+447700900123"))


@pytest.mark.parametrize("text", ["{}, {}", "{},{}", "{}; {}.", "({}), {}?", "{} {}!"])
def test_punctuation_behind_a_bare_number_is_passed_over(text: str) -> None:
    one, other = "07700900123", "07700 900456"
    assert parse_query(text.format(one, other)) == And((parse_query(one), parse_query(other)))  # type: ignore[arg-type]


def test_the_ends_of_few_numbers_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    monkeypatch.setattr(lexer, "to_e164", tried.append)
    with pytest.raises(QueryRefused, match="at most 256 words"):
        parse_query("1 " * 2000)
    assert len(tried) <= 16 * 2000
    assert max(map(len, tried)) <= 33


def test_a_number_of_another_country_is_written_without_its_plus_too() -> None:
    tree = parse_query("+355 69 123 4567")
    assert isinstance(tree, Or)
    assert {FieldTerm("number", "+355691234567"), Term("355691234567"), Phrase(("355", "69", "123", "4567"))} < {
        *tree.operands
    }


def test_bare_numbers_are_bounded() -> None:
    with pytest.raises(QueryRefused, match="put number: before each"):
        parse_query(" OR ".join(f"07700900{number:03}" for number in range(100)))


@pytest.mark.parametrize(("text", "option"), [("exhibit:HW/40", "--exhibit HW/1"), ("a CASE:x", "--case REF")])
def test_a_field_that_is_an_option_is_named_as_one(text: str, option: str) -> None:
    with pytest.raises(QueryRefused, match=f"is no field but an option: {option}"):
        parse_query(text)
