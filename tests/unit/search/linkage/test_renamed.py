"""A line that takes another name and says what it was called."""

from __future__ import annotations

import msgspec
import pytest

from parsers.records.findings import NumberChange, NumberChangeRole, Span, SpanKind
from search.linkage.linkage import compute_linkage
from tests.fakes.index_loads import MadeLoad, document
from tests.fakes.memory_index import MemoryIndex
from tests.fakes.phones import Phone, campaign, finding, linked, members, moved_to, number, offer, predecessors

OLD, NEW = number(1), number(2)
COMMON = ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best")


@pytest.mark.parametrize(
    ("said", "lines"), [("{line} here used to be Nixon, save this number", 1), ("{line} here, save this number", 2)]
)
async def test_a_later_number_whose_adverts_say_the_earlier_name_is_the_same_line(said: str, lines: int) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(COMMON):
        campaign("Nixon", OLD, phones, range(place, 30, 3), wording)
        campaign("Vegas", NEW, phones, range(31 + place, 60, 3), wording)
    campaign("Vegas", NEW, phones, range(31, 33), said)
    assert len((await linked(*phones)).lines) == lines


@pytest.mark.parametrize("name", ["AJ", "Tommy", "Big Stan"])
async def test_the_earlier_name_is_read_whatever_its_form(name: str) -> None:
    """Initials, a name with a doubled letter, a name of two words."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(COMMON):
        campaign(name, OLD, phones, range(place, 30, 3), wording)
        campaign("Vegas", NEW, phones, range(31 + place, 60, 3), wording)
    campaign("Vegas", NEW, phones, range(31, 33), f"{name} is done with that name, its {{line}} on this one")
    assert predecessors(await linked(*phones)) == {OLD: None, NEW: OLD}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Isa", "{line} this is a fresh batch"),
        ("Anna", "{line} got an a grade one"),
        ("Ashot", "{line} as hot as ever"),
        ("Bee", "{line} will be on til late"),
        ("Ur", "{line} has ur usual"),
    ],
)
async def test_ordinary_words_are_no_earlier_name(name: str, said: str) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(COMMON):
        campaign(name, OLD, phones, range(place, 30, 3), wording)
        campaign("Vegas", NEW, phones, range(31 + place, 60, 3), wording)
    campaign("Vegas", NEW, phones, range(31, 33), said)
    assert len((await linked(*phones)).lines) == 2


async def test_two_letters_that_many_write_are_no_earlier_name() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(COMMON):
        campaign("Xz", OLD, phones, range(place, 30, 3), wording)
        campaign("Vegas", NEW, phones, range(31 + place, 60, 3), wording)
    campaign("Vegas", NEW, phones, range(31, 33), "{line} has xz usual, save this number")
    for other, name in enumerate(("Nixon", "Blaze", "Ziggy", "Otis")):
        campaign(name, number(20 + other), phones, range(5, 40, 5), f"{{line}} {other} has xz favourites {name}")
    lines = (await linked(*phones)).lines
    assert {OLD, NEW} not in [{held.number for held in line.numbers} for line in lines]


async def test_a_rival_who_says_the_name_at_the_same_time_is_another_line() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(COMMON):
        campaign("Nixon", OLD, phones, range(place, 60, 3), wording)
        campaign("Vegas", NEW, phones, range(20 + place, 60, 3), wording)
    campaign("Vegas", NEW, phones, range(21, 23), "{line} better than Nixon any day")
    assert len((await linked(*phones)).lines) == 2


@pytest.mark.parametrize(("others", "lines"), [(True, 2), (False, 1)])
async def test_a_number_that_another_line_has_weeks_later_for_other_phones_is_two_lines(
    others: bool,  # noqa: FBT001  # a case of the test
    lines: int,
) -> None:
    """A line that takes another name keeps its customers; who gets its number has others, and writes otherwise."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    later = [Phone(f"B/{place}", 201 + place) for place in range(4)] if others else phones
    for place, wording in enumerate(COMMON):
        campaign("Nixon", OLD, phones, range(place, 30, 3), wording)
        campaign("Vegas", OLD, later, range(43 + place, 70, 3), f"{wording} today")
    later[0].text(OLD, 44, finding("u about"), sent=True)
    found = (await linked(*{phone.name: phone for phone in (*phones, *later)}.values())).lines
    assert len(found) == lines
    if others:
        assert [sorted(members(line)) for line in sorted(found, key=lambda line: line.name or "")] == [
            [f"A/{place}" for place in range(4)],
            [f"B/{place}" for place in range(4)],
        ]


@pytest.mark.parametrize(("gives_number", "lines"), [(True, 1), (False, 2)])
async def test_a_line_that_sends_its_customers_to_another_name_and_number_goes_on_there(
    gives_number: bool,  # noqa: FBT001  # a case of the test
    lines: int,
) -> None:
    """Which of the two numbers is new is not read; the earlier one says both, and falls silent."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(COMMON):
        campaign("Nixon", OLD, phones, range(place, 30, 3), wording)
        campaign("Vegas", NEW, phones, range(31 + place, 60, 3), wording)
    said = finding(
        f"Nixon is finished call Vegas {NEW}",
        template="{line} is finished call vegas {number}",
        line="Nixon",
        advert=True,
    )
    if gives_number:
        said = msgspec.structs.replace(said, spans=(Span(SpanKind.NUMBER, 0, 0, NEW, NEW, "test"),))
    for phone in phones:
        phone.text(OLD, 30.5, said, sent=False)
    found = (await linked(*phones)).lines
    assert len(found) == lines
    assert gives_number == any("under two names" in join.sentence for line in found for join in line.joins)


@pytest.mark.parametrize(("begins", "lines"), [(31, 1), (5, 2)])
async def test_a_name_said_beside_the_next_number_ties_two_names(begins: int, lines: int) -> None:
    """The text is read as no advert and as no change of number; the other line sends all along."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(COMMON):
        campaign("Nixon", OLD, phones, range(place, 30, 3), wording)
        campaign("Vegas", NEW, phones, range(begins + place, 60, 3), wording if place else "{line} is your man now")
    said = finding(f"if you want Nixon ring {NEW} and say Vegas", line="Vegas")
    said = msgspec.structs.replace(said, spans=(Span(SpanKind.NUMBER, 0, 0, NEW, NEW, "test"),))
    phones[0].text(OLD, 30.5, said, sent=False)
    assert len((await linked(*phones)).lines) == lines


MORE = (*COMMON, "{line} live and direct all day", "two for one with {line} while they last", "{line} out and about")


@pytest.mark.parametrize(
    ("wordings", "begins", "phones_left", "lines"), [(6, 31, 4, 1), (4, 31, 4, 2), (6, 20, 4, 2), (6, 31, 2, 2)]
)
async def test_a_number_that_takes_up_all_wordings_and_customers_of_one_that_fell_silent_is_the_line_renamed(
    wordings: int, begins: int, phones_left: int, lines: int
) -> None:
    """Nothing says so; a rival copies a few wordings, sends at the same time, or has customers of its own."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    others = [Phone(f"B/{place}", 201 + place) for place in range(4 - phones_left)]
    for place, wording in enumerate(MORE[:wordings]):
        campaign("Nixon", OLD, phones, range(place, 30, 6), wording)
        campaign("Vegas", NEW, [*phones[:phones_left], *others], range(begins + place, 60, 6), wording)
    found = (await linked(*phones, *others)).lines
    assert len(found) == lines
    if lines == 1:
        assert [held.succeeds for held in found[0].numbers] == [None, OLD]
        said = found[0].joins[0].sentence
        assert "in 6 of its 6 wordings and to 4 of its 4 recipients; nothing says that the line was renamed" in said


@pytest.mark.parametrize(("gap", "known", "lines"), [(1, 9, 1), (1, 5, 2), (12, 9, 2)])
async def test_a_number_that_follows_within_days_to_all_who_got_the_earlier_one_may_write_as_much_anew(
    gap: int, known: int, lines: int
) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(9)]
    others = [Phone(f"B/{place}", 201 + place) for place in range(9 - known)]
    for place, wording in enumerate(MORE):
        campaign("Nixon", OLD, phones, range(place, 30, 6), wording)
    for place, wording in enumerate((*MORE[:4], "{line} got what u need", "same as ever with {line}")):
        campaign("Vegas", NEW, [*phones[:known], *others], range(29 + gap + place, 60, 6), wording)
    assert len((await linked(*phones, *others)).lines) == lines


@pytest.mark.parametrize(("theirs", "begins", "lines"), [(20, 70, 1), (14, 70, 2), (20, 110, 2), (20, 10, 2)])
async def test_a_phone_whose_list_is_that_of_one_that_fell_silent_is_the_lines_under_another_name(
    theirs: int, begins: int, lines: int
) -> None:
    listed = [number(100 + place) for place in range(20)]
    others = [number(200 + place) for place in range(20 - theirs)]
    first, second = Phone("L/1", 1), Phone("L/2", 2)
    for place, wording in enumerate(MORE):
        first.text(listed, place * 5, offer("Nixon", wording), sent=True)
    for place, wording in enumerate(MORE[:3]):
        second.text([*listed[:theirs], *others], begins + place * 5, offer("Vegas", wording), sent=True)
    for place in range(6):
        first.text(listed[place], 3, finding("u about"), sent=False)
        second.text(listed[place], begins + 3, finding("u about"), sent=False)
    assert len((await linked(first, second)).lines) == lines


@pytest.mark.parametrize(("name", "stays"), [("Vegas", True), ("Nix", True), ("Vegas", False)])
async def test_a_line_that_sends_its_customers_to_one_that_stands_in_for_it_is_another_line(
    name: str,
    stays: bool,  # noqa: FBT001  # a case of the test
) -> None:
    """Both send before and after, to other people and in other words; what begins as the other ends is one line."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    others = [Phone(f"B/{place}", 201 + place) for place in range(4)]
    for place, wording in enumerate(COMMON):
        campaign("Nixon", OLD, phones, range(place, 60 if stays else 30, 3), wording)
        campaign(name, NEW, others, range((5 if stays else 31) + place, 60, 3), f"{wording} today, same as ever")
    for phone in phones:
        phone.text(OLD, 30.5, moved_to(NEW, "Nixon"), sent=False)
    found = (await linked(*phones, *others)).lines
    assert len(found) == (2 if stays else 1)
    kept_apart = [sentence for line in found for sentence in line.conflicts if "stand in for another" in sentence]
    assert len(kept_apart) == (2 if stays else 0)
    renamed = any("the line was renamed" in sentence for line in found for sentence in line.conflicts)
    assert renamed != stays


async def test_a_second_number_that_a_line_announces_to_its_customers_is_its_own() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(COMMON):
        campaign("Nixon", OLD, phones, range(place, 60, 3), wording)
        campaign("Nixon", NEW, phones, range(31 + place, 60, 3), wording)
    for phone in phones:
        phone.text(OLD, 30.5, moved_to(NEW, "Nixon"), sent=False)
    assert len((await linked(*phones)).lines) == 1


@pytest.mark.parametrize(("is_written", "begins", "lines"), [(True, 31, 1), (False, 31, 2), (True, 20, 2)])
async def test_of_a_number_that_the_earlier_one_wrote_before_it_fell_silent_fewer_wordings_tell(
    is_written: bool,  # noqa: FBT001  # a case of the test
    begins: int,
    lines: int,
) -> None:
    """The text reads like no advert, and which number is new in it is not read."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(MORE[:4]):
        campaign("Nixon", OLD, phones, range(place, 30, 6), wording)
        campaign("Vegas", NEW, phones, range(begins + place, 60, 6), wording)
    said = finding(f"from tomorrow another name, we are on {NEW if is_written else 'again'}")
    if is_written:
        said = msgspec.structs.replace(said, spans=(Span(SpanKind.NUMBER, 0, 0, NEW, NEW, "test"),))
    for phone in phones:
        phone.text(OLD, 30.5, said, sent=False)
    assert len((await linked(*phones)).lines) == lines


@pytest.mark.parametrize(("lasts", "is_one"), [(34, True), (70, False)])
async def test_a_name_that_a_line_gave_up_weeks_before_ties_no_next_number(
    lasts: int,
    is_one: bool,  # noqa: FBT001  # a case of the test
) -> None:
    """Who bears it next, with one of its wordings to two of its customers, is another."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(5)]
    others = [Phone(f"B/{place}", 301 + place) for place in range(3)]
    for name, days in (("Mikey", range(0, 30, 3)), ("Vinny", range(31, lasts, 3))):
        for wording in ("{line} on both 3 for 25", "{line} about til late", "ring {line} for the best"):
            campaign(name, OLD, phones, days, wording)
    campaign("Mikey", NEW, [*phones[:2], *others], range(lasts + 5, lasts + 40, 4), "{line} on both 3 for 25")
    (line,) = [each for each in (await linked(*phones, *others)).lines if OLD in {held.number for held in each.numbers}]
    assert (NEW in {held.number for held in line.numbers}) is is_one


@pytest.mark.parametrize(
    ("said", "is_one"),
    [("Ezra used to be Diego on", True), ("Ezra is the new", False), ("Diego got nicked, ring Ezra, dead is", False)],
)
async def test_a_new_number_that_says_under_which_name_the_old_one_was_goes_on_for_it(
    said: str, *, is_one: bool
) -> None:
    """Whoever names the number alone may want to draw its customers to himself."""
    old, new = number(40), number(41)
    phones = [Phone(f"C/{place}", place) for place in range(1, 5)]
    campaign("Diego", old, phones, range(0, 30, 3))
    change = NumberChange(NumberChangeRole.OLD, old, old)
    words = finding(f"{said} {old}", template="{line} used to be {number}", line="Ezra", advert=True, change=change)
    for phone in phones:
        phone.text(new, 31, words, sent=False)
    campaign("Ezra", new, phones, range(32, 60, 3), wording="fresh ones at {line} round the clock, ring first")
    campaign("Ezra", new, phones, range(33, 60, 3), wording="{line} got the best of both, all night long")
    found = predecessors(await linked(*phones))
    assert found[new] == (old if is_one else None)


@pytest.mark.parametrize(
    ("last_word", "first_word", "lines"),
    [
        ("Nixon is now called Vegas same team", "{line} on a new number this is it", 1),
        ("Nixon is now called Vegas same team", None, 2),
        ("Nixon on til late", "{line} on a new number this is it", 2),
    ],
)
async def test_a_line_that_told_its_next_name_goes_on_under_it_on_a_number_that_says_it_is_new(
    last_word: str, first_word: str | None, lines: int
) -> None:
    """First the name, on the same number, and a week later the number."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(COMMON):
        campaign("Nixon", OLD, phones, range(place, 30, 3), wording)
        campaign("Vegas", NEW, phones, range(37 + place, 60, 3), wording)
    campaign("Nixon", OLD, phones, [30], last_word)
    if first_word is not None:
        announced = msgspec.structs.replace(
            offer("Vegas", first_word), number_change=NumberChange(role=NumberChangeRole.NEW)
        )
        for phone in phones:
            phone.text(NEW, 36, announced, sent=False)
    assert len((await linked(*phones)).lines) == lines


async def test_the_next_name_is_read_in_a_text_that_is_an_advert_by_how_it_came_alone() -> None:
    """The analysis takes it for none; every phone got it within minutes from a number that sends them adverts."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(6)]
    for place, wording in enumerate(COMMON):
        campaign("Nixon", OLD, phones, range(place, 30, 3), wording)
        campaign("Vegas", NEW, phones, range(37 + place, 60, 3), wording)
    campaign("Nixon", OLD, phones, [31], COMMON[0])
    new = NumberChange(role=NumberChangeRole.NEW)
    last_word = msgspec.structs.replace(finding("Nixon is now called Vegas same number same team"), advert_score=0.2)
    first_word = msgspec.structs.replace(offer("Vegas", "{line} on a new number this is it"), number_change=new)
    for place, phone in enumerate(phones):
        phone.text(OLD, 30 + place / 1440, last_word, sent=False)
        phone.text(NEW, 36, first_word, sent=False)
    index = MemoryIndex()
    for phone in phones:
        texts = [
            document(phone.extraction_id, at, record_id=record.record_id, record=msgspec.msgpack.encode(record))
            for at, (record, _) in enumerate(phone.rows)
        ]
        held = phone.collected()
        await index.load(MadeLoad(phone.entry(), texts))
        await index.put_edges(phone.extraction_id, held.edges, held.flares, held.templates)
    assert predecessors(await compute_linkage(index)) == {OLD: None, NEW: OLD}


@pytest.mark.parametrize(
    ("last_word", "lines"),
    [
        ("Nixon here. Vegas lot r snakes dont buy off Vegas", 2),
        ("Nixon here, Vegas sends u same as me", 2),
        ("Nixon here, whoever is now called Vegas is a fake", 2),
        ("Nixon name now Vegas same team", 1),
        ("Nixon here, Vegas is the new name", 1),
        ("Nixon here, Vegas from today and Vegas now", 1),
    ],
)
async def test_a_rival_who_is_warned_of_or_spoken_of_does_not_go_on_with_the_line(last_word: str, lines: int) -> None:
    """He sends some of its wordings, and says to its customers that his number is new."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(COMMON):
        campaign("Nixon", OLD, phones, range(place, 30, 3), wording)
        campaign("Vegas", NEW, phones, range(37 + place, 60, 3), wording)
    announced = msgspec.structs.replace(
        offer("Vegas", "{line} on a new number this is it"), number_change=NumberChange(role=NumberChangeRole.NEW)
    )
    for phone in phones:
        phone.text(OLD, 30, finding(last_word, line="Nixon", advert=True), sent=False)
        phone.text(NEW, 36, announced, sent=False)
    assert len((await linked(*phones)).lines) == lines


_SAYS_SO = "{line} here used to be Nixon"


@pytest.mark.parametrize(
    ("first", "told", "begins", "taken", "line"),
    [
        (_SAYS_SO, 8, 34, 3, {OLD, NEW}),
        ("{line} here", 8, 34, 3, {OLD, number(3)}),
        (_SAYS_SO, 2, 34, 8, {OLD, number(3)}),
        (_SAYS_SO, 8, 34, 0, {OLD, NEW}),
        (_SAYS_SO, 8, 60, 3, {OLD, number(3)}),
        (_SAYS_SO, 8, 34, 8, {OLD, number(3)}),
        ("{line} here dont bother with Nixon", 8, 34, 7, {OLD, number(3)}),
        ("{line} here better than Nixon", 8, 34, 4, {OLD, number(3)}),
        ("{line} here Nixon got nicked", 8, 34, 7, {OLD, number(3)}),
    ],
    ids=[
        "an imitator",
        "it does not say so",
        "it told fewer",
        "no imitator",
        "it comes after the other",
        "the other tells as many",
        "it warns of the line",
        "it is better than the line",
        "it says what came of the line",
    ],
)
@pytest.mark.parametrize("is_reversed", [False, True])
async def test_who_says_what_the_line_was_called_goes_before_who_takes_that_name_later(
    first: str,
    told: int,
    begins: int,
    taken: int,
    line: set[str],
    is_reversed: bool,  # noqa: FBT001  # a case of the test
) -> None:
    """Of whichever was seized first; a bare name and a copied wording weigh more by themselves than two names."""
    phones = [Phone(f"A/{place}", 101 + place) for place in range(8)]
    for place, wording in enumerate(MORE[:4]):
        campaign("Nixon", OLD, phones, range(place, 25, 4), wording)
    for place, wording in enumerate((first, *MORE[:2], "same deals with {line}", "{line} never sleeps")):
        campaign("Vegas", NEW, phones[:told], range(begins + place, begins + 20, 5), wording)
    for place, wording in enumerate((MORE[0], MORE[3])):
        campaign("Nixon", number(3), phones[8 - taken :], range(45 + place, 60, 4), wording)
    found = (await linked(*(reversed(phones) if is_reversed else phones))).lines
    assert [{held.number for held in each.numbers} for each in found if len(each.numbers) > 1] == [line]
