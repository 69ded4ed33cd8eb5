"""What one template is: greetings, fillings of slots and slips make no difference, another sentence does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.templates.figures import FIGURE, figures_alike
from nlp.templates.ids import template_id
from nlp.words.folding import fold
from parsers.records.findings import TextFinding

Find = Callable[[str], TextFinding]


@pytest.mark.parametrize(
    "greeting",
    [
        "hi mate",
        "hello boss",
        "wagwan",
        "morning all",
        "Morning!",
        "easy fam",
        "safe bro",
        "oi oi",
        "Good evening my people,",
        "yo yo hi",
    ],
)
def test_a_greeting_at_the_head_is_no_part_of_the_wording(find: Find, greeting: str) -> None:
    plain = find("come and see me by the shops 3 for 25")
    greeted = find(f"{greeting} come and see me by the shops 3 for 25")
    assert greeted.template_id == plain.template_id
    assert greeted.template == plain.template


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("hi mate", "hi mate"),
        ("easy pick up today", "easy pick up today"),
        ("everyone gets looked after", "everyone gets looked after"),
        ("hello boss everyone gets looked after", "everyone gets looked after"),
        ("see you in the morning mate", "see you in the morning mate"),
    ],
)
def test_only_what_greets_is_left_out(find: Find, text: str, template: str) -> None:
    assert find(text).template == template


def test_a_greeting_before_a_slot_ends_at_it(find: Find) -> None:
    finding = find("hi all 3 for 25 on both")
    assert finding.template == "{deal} on {drug}"


def test_kisses_are_no_part_of_the_wording(find: Find) -> None:
    assert find("come and see me by the shops xxxx").template == "come and see me by the shops"


@pytest.mark.parametrize(
    "parts",
    [
        "quick one only {deal} {digits} finish",
        "quick one only {deal} {time} finish",
        "quick one only {deal} half {digits} finish",
        "quick one only {deal} midnight finish",
        "quick one only {deal} each late finish",
        "quick one only {digits} and {deal} until {time} finish",
    ],
)
def test_figures_are_of_one_kind_however_they_are_read(parts: str) -> None:
    assert figures_alike(parts.split()) == ["quick", "one", "only", FIGURE, "finish"]


def test_a_part_of_the_day_goes_with_its_hour() -> None:
    one, other = "off for the night back midnight in the morning", "off for the night back {time}"
    assert figures_alike(one.split()) == figures_alike(other.split())


@pytest.mark.parametrize(
    ("one", "other"), [("on {deal}", "on {time}"), ("{line} on {deal} now", "{line} on {time} now")]
)
def test_figures_of_short_wordings_stay_apart(one: str, other: str) -> None:
    assert template_id(one.split()) != template_id(other.split())


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("quikc", "quick"),
        ("giivng", "giving"),
        ("flavousr", "flavours"),
        ("opne", "open"),
        ("ealry", "early"),
        ("nwo", "now"),
    ],
)
def test_letters_swapped_behind_the_first_make_no_difference(slip: str, word: str) -> None:
    assert template_id([slip]) == template_id([word])


@pytest.mark.parametrize(("one", "other"), [("on", "no"), ("bell", "bill"), ("back", "book"), ("today", "tonight")])
def test_other_words_make_another_id(one: str, other: str) -> None:
    assert template_id([one]) != template_id([other])


def test_a_name_is_a_slot_though_the_text_is_taken_for_no_advert(find: Find) -> None:
    one, other = find("zak here from school"), find("rico here from school")
    assert not one.is_advert
    assert one.line is None
    assert one.template == "{line} here from school"
    assert one.slots == (("line", "zak"),)
    assert one.template_id == other.template_id


@pytest.mark.parametrize(
    "text",
    [
        "RICO LINE on both 3 for 25 bell me til 11",
        "Last orders at half 9. Rick.",
        "its Big Dave back in stock, new num 07700 900123 save it",
        "ar agor tan hanner nos, brown a gwyn, 3 am deg ar hugain",
    ],
)
def test_blanks_make_no_difference(find: Find, text: str) -> None:
    """Two blanks for one, anywhere, leave the finding as it was; what it marks is marked with the blanks in it."""
    as_it_is = find(text)
    for at in (place for place, char in enumerate(text) if char == " "):
        wide = f"{text[:at]}  {text[at:]}"
        found = find(wide)
        assert (found.template_id, found.line, found.advert_score) == (
            as_it_is.template_id,
            as_it_is.line,
            as_it_is.advert_score,
        )
        assert [" ".join(span.surface.split()) for span in found.spans] == [span.surface for span in as_it_is.spans]
        assert all(wide[span.start : span.end] == span.surface for span in found.spans)


def test_blanks_between_letters_apart_part_words() -> None:
    assert fold("s u n n y  l i n e   on").text == "s u n n y  l i n e on"


@pytest.mark.parametrize("when", ["at noon", "by midnight", "til  noon", "last  orders at noon"])
def test_a_time_of_day_is_an_hour(find: Find, when: str) -> None:
    assert "{time}" in find(f"Rico line on both 3 for 25 {when}").template


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("there are 3 lads about today for you", "there are three lads about today for you"),
        ("there are 11 of us driving all week", "there are eleven of us driving all week"),
        ("mam dla was 10 nowych rzeczy", "mam dla was dziesiec nowych rzeczy"),
        ("number is staying on, do not delete", "number is staying on dont delete"),
        ("we cannot make it over to you now", "we cant make it over to you now"),
        ("it is only me on the phone today", "its only me on the phone today"),
    ],
)
def test_numbers_in_words_and_pairs_written_as_one_word_make_no_difference(find: Find, one: str, other: str) -> None:
    assert find(one).template_id == find(other).template_id


def test_an_article_is_no_number() -> None:
    assert figures_alike(["call", "this", "one", "only"]) == ["call", "this", "one", "only"]
    assert figures_alike(["two", "more", "left"]) == ["two", "more", "left"], "too few words are left"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2 4 15 al day", "2 for 15 all day"),
        ("3 for 20 til 11pm", "3-25 till midnight"),
        ("phone on, fat ones", "fone on phat ones"),
        ("Kev about all day, both fones on", "Kev about all day both phones on"),
    ],
)
def test_a_deal_and_its_hours_and_words_by_ear_are_one_wording_in_two_writings(
    find: Find, one: str, other: str
) -> None:
    assert find(one).template_id == find(other).template_id


@pytest.mark.parametrize(
    ("one", "other"), [("2-15 all day", "3 for 75 next hour only"), ("2 for 15 all day", "2 for 15 till 11")]
)
def test_of_two_texts_that_are_a_deal_alone_the_hours_tell(find: Find, one: str, other: str) -> None:
    assert find(one).template_id != find(other).template_id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rico back on best of both, bell me", "Rico back on both, bell me"),
        ("strongest best of both about Rico", "strongest b+w about Rico"),
        ("Otis about 10 til 10", "Otis about til 10"),
        ("only d4 got the both 3 for 25", "only Rico got the both 3 for 25"),
        ("Rico active all day long call me \u2744\ufe0f", "Rico active all day long call me"),
        ("Rico doing 3 for 25 today dark and light", "Rico doing 3 for 25 today white and brown"),
        ("come see Rico by 5 for 4 for 30", "come see Rico by 5 for 2 4 25"),
    ],
)
def test_fillings_of_a_slot_make_no_difference(find: Find, one: str, other: str) -> None:
    assert find(one).template_id == find(other).template_id


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("Rico on \u2744\ufe0f", "{line} on {drug}"),
        ("Rico back today on b+w \u2744\ufe0f", "{line} back today on {drug}"),
        ("Rico call me now \u2744\ufe0f both 3 for 25", "{line} call me now {drug} {deal}"),
    ],
)
def test_a_picture_of_what_is_offered_is_a_slot(find: Find, text: str, template: str) -> None:
    assert find(text).template == template


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("Rico best of both worlds", "{line} best of {drug} worlds"),
        ("Rico got the best of both ring me", "{line} got the best of {drug} ring me"),
        ("Rico on both, best of both to you", "{line} on {drug} best of {drug} to you"),
        ("Will about 9 to 5 call me", "{line} {time} to {digits} call me"),
        ("its about 5 to 8", "its {time} to {digits}"),
        ("about 3 - 4 of us", "{time} {digits} of us"),
        ("Rico opening on 10/10", "{line} opening on {digits} {digits}"),
    ],
)
def test_what_is_part_of_the_wording_is_no_slot(find: Find, text: str, template: str) -> None:
    assert find(text).template == template


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rico serious people only on both", "Rico proper people only on both"),
        ("Rico new batch banging ring now", "Rico new batch lush ring now"),
    ],
)
def test_praise_is_part_of_the_wording(find: Find, one: str, other: str) -> None:
    assert find(one).template_id != find(other).template_id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Brown 9/10 white 10/10 3 for 25", "brown 10/10 white 10/10 3 for 20"),
        ("The brown is 9 out of 10. Rico", "the dark is 10 out of 10. rico"),
        ("Rico back on 9/10", "Rico back on 10/10"),
    ],
)
def test_a_mark_out_of_ten_and_a_date_are_figures_whatever_they_are(find: Find, one: str, other: str) -> None:
    assert find(one).template_id == find(other).template_id


@pytest.mark.parametrize("text", ["Rico on b+w by chip shop spot on Elm", "Rico on b+w at Daves spot on Elm"])
def test_a_spot_with_its_place_is_a_slot(find: Find, text: str) -> None:
    assert find(text).template == f"{{line}} on {{drug}} {text.split()[3]} {{place}} on elm"
