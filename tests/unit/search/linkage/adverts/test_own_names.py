"""The name that a sender's adverts bear plainly, in those in which it is not read, or another word is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from search.contract import Edge, EdgeKind
from search.linkage.adverts.known_names import known_labels, named_as_known
from search.linkage.adverts.named_forms import nicknames_as_named
from search.linkage.adverts.own_names import lent_names, with_own_names
from search.linkage.attribution.senders import Evidenced
from search.linkage.keys import Role
from tests.fakes.phones import Phone, campaign, linked, members, number, offer

PLAIN = {"p-1": "{line} on both {deal}", "p-2": "{line} drops to your door"}


def advert(template_id: str, label: str = "", sender: int = 1, count: int = 1) -> Evidenced:
    edge = Edge(
        kind=EdgeKind.ADVERT, key=number(sender), role=Role.RECEIVED, other=template_id, extraction_id="ex-1",
        count=count, record_ids=("r-1",), label=label,
    )  # fmt: skip
    return Evidenced(edge, "dv-1", number(sender))


def name_read(text: str, own: str, label: str = "", sender: int = 1) -> str:
    """Return the name of a text that is read under such a name, of a sender whose other adverts bear another."""
    adverts = [advert("p-1", own), advert("p-2", own), advert("t-1", label, sender)]
    return with_own_names(adverts, {**PLAIN, "t-1": text})[-1].edge.label


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("{line} Tariq on no private numbers", "Weekend"),
        ("{line} in eastholme tariq {deal} mix and match hard and dark", "Number 1"),
        ("hi {line} its tariq {deal}", "Zoe"),
    ],
)
def test_a_word_that_stands_only_beside_the_senders_name_is_none(text: str, read: str) -> None:
    assert name_read(text, "Tariq", read) == "Tariq"


@pytest.mark.parametrize(
    "text",
    [
        "tariq closing down {line} taking over same boys",
        "{line} here used to be tariq",
        "its {line} now not tariq",
        "tariq is now {line}",
        "{line} and tariq both on",
        "{line} on ring {number} tariq",
        "{line} on at tariq station",
        "{line} on",
    ],
)
def test_a_new_name_and_a_second_one_stay(text: str) -> None:
    assert name_read(text, "Tariq", "Weekend") == "Weekend"


def test_a_name_that_is_read_without_the_other_too_stays() -> None:
    adverts = [advert("p-1", "Tariq"), advert("p-2", "Tariq"), advert("t-1", "Elmo"), advert("t-2", "Elmo")]
    texts = {**PLAIN, "t-1": "{line} live round the corner tariq", "t-2": "{line} live {deal}"}
    assert {each.edge.label for each in with_own_names(adverts, texts)[2:]} == {"Elmo"}
    assert with_own_names(adverts[:3], texts)[-1].edge.label == "Tariq"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mj lunch time deal {deal}", "MJ"),
        ("new batch mj", "MJ"),
        ("{number} is off now mj on here", "MJ"),
        ("big mj size bags {deal}", ""),
        ("{deal} til 10", ""),
        ("mj street in {time}", ""),
        ("top mj back in {deal}", ""),
        ("fresh cali and haze mj open til 10", ""),
        ("{deal} any weed mj", ""),
    ],
)
def test_initials_are_a_name_where_one_would_stand(text: str, expected: str) -> None:
    assert name_read(text, "MJ") == expected


def test_a_word_of_two_letters_and_the_initials_of_others_are_no_name() -> None:
    assert name_read("up and running {deal}", "Up") == ""
    assert name_read("mj lunch time deal {deal}", "MJ", sender=2) == ""


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("metro station in {time} {deal}", "Metro", ""),
        ("happy birthday {deal}", "Happy", ""),
        ("happy hour {deal}", "Happy", ""),
        ("king st {time}", "King", ""),
        ("metro having a break {time}", "Metro", "Metro"),
        ("happy fridays from captain {deal}", "Captain", "Captain"),
    ],
)
def test_an_everyday_word_is_no_name_in_other_words(text: str, name: str, expected: str) -> None:
    adverts, texts = [advert("p-1", name), advert("p-2", name), advert("t-1")], {**PLAIN, "t-1": text}
    assert named_as_known(adverts, known_labels(adverts, texts), texts)[-1].edge.label == expected


def test_the_forms_of_a_name_are_counted_as_adverts_are_named() -> None:
    def nickname(name: str, count: int) -> Evidenced:
        edge = Edge(
            kind=EdgeKind.NICKNAME, key=name, role=Role.RECEIVED, other=number(1), extraction_id="ex-1", count=count,
            record_ids=("r-1",), label=name,
        )  # fmt: skip
        return Evidenced(edge, "dv-1", number(1))

    read = [advert("p-1", "Tariq", count=2), advert("p-2", "Tariq"), advert("t-1", "Weekend", count=5)]
    named = with_own_names(read, {**PLAIN, "t-1": "{line} tariq on"})
    bodies = {"t-1": ("weekend line TARIQ on",)}
    found = nicknames_as_named([nickname("tariq", 3), nickname("weekend", 5)], read, named, bodies)
    assert [(each.edge.key, each.edge.label, each.edge.count) for each in found] == [
        ("tariq", "tariq", 3),
        ("tariq", "TARIQ", 5),
    ]


@pytest.mark.parametrize("wording", ["mj back in {deal}", "ring now both in mj on here"])
async def test_a_number_that_is_given_out_again_lends_no_name_to_its_next_use(wording: str) -> None:
    before, after = (
        [Phone(f"{case}/{place}", own + place) for place in range(4)] for case, own in (("A", 101), ("B", 201))
    )
    for day, text in enumerate(("{line} on both {deal}", "its {line} back on {deal}", "{line} about til late")):
        campaign("MJ", number(1), before, [3 * day, 3 * day + 9], text)
    for phone in after:
        for day, text in ((200, wording), (203, "open til 10 bell me {deal}"), (206, wording)):
            phone.text(number(1), day, offer(None, text), sent=False)
    linkage = await linked(*before, *after)
    assert [(line.name, members(line)) for line in linkage.lines if line.name] == [
        ("MJ", {f"A/{at}" for at in range(4)})
    ]
    strangers = {phone.entry().device_id for phone in before}, {phone.entry().device_id for phone in after}
    assert not [it for it in linkage.links if len({it.a_device_id, it.b_device_id} & strangers[0]) == 1]


async def test_a_use_lends_its_name_to_its_own_adverts() -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for day, text in enumerate(("{line} on both {deal}", "its {line} back on {deal}", "{line} about til late")):
        campaign("MJ", number(1), phones, [3 * day], text)
    for phone in phones:
        phone.text(number(1), 12, offer(None, "mj lunch time {deal}"), sent=False)
    (line,) = (await linked(*phones)).lines
    assert ("MJ", 4) in {(form.upper(), count) for form, count, _ in line.nicknames}


def test_uses_are_told_apart_only_of_whom_a_name_stands_in_a_wording_that_bears_another() -> None:
    asked: list[str] = []

    def lent(held: Sequence[Evidenced], texts: Mapping[str, str]) -> Mapping[int, str]:
        asked.append(held[0].sender)
        return lent_names(held, texts)

    adverts = [advert(f"t-{sender}-{label}", label, sender) for sender in (1, 2, 3) for label in ("Tariq", "Elmo")]
    adverts += [
        advert("t-4", "Tariq", 4),
        advert("t-4-none", sender=4),
        advert("t-5", "MJ", 5),
        advert("t-5-none", sender=5),
    ]
    texts = {each.edge.other: "{line} on {deal}" for each in adverts}
    texts |= {"t-2-Elmo": "{line} on tariq {deal}", "t-5-none": "mj on {deal}", "t-4-none": "tariq on {deal}"}
    assert [each.edge.label for each in with_own_names(adverts, texts, lent)[-1:]] == ["MJ"]
    assert asked == [number(2), number(5)]
