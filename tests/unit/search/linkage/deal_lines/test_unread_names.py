from __future__ import annotations

import pytest

from search.linkage.linkage import compute_linkage
from search.linkage.model import Line
from tests.fakes.phones import Phone, campaign, finding, index_of, number

LINE = number(1)


async def line_of(phones: list[Phone], sender: str) -> Line:
    """Return the line that has the number."""
    linkage = await compute_linkage(await index_of(phones))
    (line,) = [line for line in linkage.lines if sender in {held.number for held in line.numbers}]
    return line


def phones_with_nameless_adverts(wordings: list[str]) -> list[Phone]:
    """Return the phones of four lines with names, and of one whose wordings carry none that is read."""
    phones = [Phone(f"A/{n}", 100 + n) for n in range(3)]
    for place, name in enumerate(("Rico", "Echo", "Tango", "Milo")):
        campaign(name, number(10 + place), phones, range(place, 20, 4), "{line} on with deal " + "abcd"[place] * 3)
    for phone in phones:
        phone.text(LINE, 9.5, finding("u about"), sent=True)
        for place, wording in enumerate(wordings):
            for day in (place, place + 6):
                phone.text(LINE, day + 0.2, finding(wording, advert=True), sent=False)
    return phones


async def test_a_word_that_comes_back_at_the_end_of_a_lines_adverts_alone_is_its_name() -> None:
    phones = phones_with_nameless_adverts(["ready now all day jaygo", "jaygo got the best in", "ring me for anything"])
    assert (await line_of(phones, LINE)).name == "Jaygo"


async def test_wordings_that_are_one_but_for_a_word_do_not_make_a_name_of_their_words() -> None:
    phones = phones_with_nameless_adverts(["quick ones only at finish", "quick ones only at late finish", "ring me"])
    assert (await line_of(phones, LINE)).name is None


async def test_words_of_the_sentence_are_no_name() -> None:
    phones = phones_with_nameless_adverts(["we are back from nine", "ring now we are here", "good ones are in again"])
    assert (await line_of(phones, LINE)).name is None


@pytest.mark.parametrize(
    ("saved", "name"),
    [
        ("Jaygo", "Jaygo"),
        ("Jaygo new", "Jaygo"),
        ("Jaygo line 2", "Jaygo"),
        ("work", None),
        ("+44 dealer", None),
        ("Don't answer!", None),
        ("New", None),
    ],
)
async def test_a_phone_book_names_a_line_whose_adverts_do_not(saved: str, name: str | None) -> None:
    phones = phones_with_nameless_adverts(["ready now all day", "got the best in", "ring me for anything"])
    phones[0].save(LINE, saved)
    line = await line_of(phones, LINE)
    assert line.name == name
    assert ("is how 1 phone saved its number" in line.name_basis) == (name is not None)


async def test_what_several_lines_are_saved_as_is_no_name() -> None:
    phones = phones_with_nameless_adverts(["ready now all day", "got the best in", "ring me for anything"])
    for other in (LINE, number(10)):
        phones[0].save(other, "Plug")
    assert (await line_of(phones, LINE)).name is None


async def test_a_word_that_stands_beside_a_name_belongs_to_it_though_one_who_imitates_the_line_writes_it_too() -> None:
    phones = phones_with_nameless_adverts(["ready now all day", "got the best in", "ring me for anything"])
    for wording in ("{line} phones on both 3 for 25", "best about, {line} phones till late", "its {line} phones ring"):
        campaign("Jonny 2", number(2), phones, range(0, 20, 4), wording)
    campaign("Jonny 2", number(3), phones[:2], range(8, 20, 4), "{line} phones line, ring this one")
    phones[0].text(number(2), 9.5, finding("u about"), sent=True)
    assert (await line_of(phones, number(2))).name == "Jonny 2 Phones"


async def test_a_name_that_stands_as_a_word_in_another_wording_of_its_sender_is_known_to_all() -> None:
    """The analysis reads it once; elsewhere, even under another number, it looks like a place or a word."""
    other = number(2)
    phones = phones_with_nameless_adverts(["new food in kaiser", "ring kaiser dont settle"])
    others = [Phone(f"B/{n}", 200 + n) for n in range(2)]
    for phone in others:
        for day in (20, 26):
            phone.text(other, day, finding("new food in kaiser", advert=True), sent=False)
        phone.text(
            other, 28, finding("Kaiser is shut", template="{line} is shut", line="Kaiser", advert=True), sent=False
        )
    both = await line_of([*phones, *others], LINE)
    assert both.name == "Kaiser"
    assert {held.number for held in both.numbers} == {LINE, other}


@pytest.mark.parametrize(("savers", "name"), [(2, "Same"), (1, "Closing")])
async def test_two_phone_books_name_a_line_rather_than_what_is_read_in_one_wording(savers: int, name: str) -> None:
    """Its name is an everyday word, so that the word beside it is taken for the name."""
    texts = ["ready now all day same", "got the best in same", "ring me for anything same", "big ones about same"]
    phones = phones_with_nameless_adverts(texts)
    for phone in phones:
        phone.text(LINE, 9.8, finding("Closing soon. Same", template="{line} soon same", line="Closing", advert=True),
                   sent=False)  # fmt: skip
    for phone in phones[:savers]:
        phone.save(LINE, "Same")
    assert (await line_of(phones, LINE)).name == name


async def test_a_word_that_two_owners_put_beside_the_name_that_was_read_is_none_of_it() -> None:
    phones = phones_with_nameless_adverts(
        ["ready now all day same", "got the best in same", "ring me for anything same"]
    )
    for phone in phones:
        phone.text(LINE, 9.8, finding("Same on now", template="{line} on now", line="Same", advert=True), sent=False)
        phone.save(LINE, "Bnw Same")
    assert (await line_of(phones, LINE)).name == "Same"


@pytest.mark.parametrize(
    ("saved", "name"),
    [
        (["Capman", "Capman"], "Capman"),
        (["Capman"], "Church Hill"),  # one phone alone: its owner's word for it
        (["Capman", "Capman", "Church Hill"], "Church Hill"),  # what is read is what somebody calls it
    ],
)
async def test_what_is_read_in_one_wording_of_many_gives_way_to_what_two_phones_saved(
    saved: list[str], name: str
) -> None:
    texts = ["ready now all day", "got the best in", "ring me for anything", "big ones about", "never let down you lot"]
    phones = phones_with_nameless_adverts(texts)
    meet = finding(
        "Church Hill til 9 deals on", template="{line} til {hours} deals on", line="Church Hill", advert=True
    )
    for phone in phones:
        phone.text(LINE, 9.8, meet, sent=False)
    for phone, called in zip(phones, saved, strict=False):
        phone.save(LINE, called)
    line = await line_of(phones, LINE)
    assert line.name == name
    assert ("Church Hill is read as a name in 1 of 6 wordings" in line.name_basis) == (name == "Capman")
