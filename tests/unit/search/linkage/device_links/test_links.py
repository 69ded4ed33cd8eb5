"""What a link says of names: those of lines that both phones have to do with, and no others."""

from __future__ import annotations

from itertools import combinations

from search.linkage.decisions import Decision, LineKey, SenderKey, Verdict
from search.linkage.linkage import compute_linkage
from search.linkage.model import Link, Linkage, Reason, ReasonKind
from tests.fakes.phones import Phone, campaign, finding, index_of, link_between, linked, moved_to, number, offer


def named_reasons(linkage: Linkage) -> list[Reason]:
    return [reason for link in linkage.links for reason in link.reasons if reason.kind is ReasonKind.SAME_NICKNAME]


def of_kind(link: Link | None, kind: str) -> list[str]:
    assert link is not None
    return [against.sentence for against in link.against if against.kind == kind]


def a_line(name: str | None, sender: int, phones: list[Phone], start: int = 0) -> None:
    bears = name or "x"
    for wording in ("{line} on both 3 for 25", f"{{line}} wording {bears}", f"{{line}} best {bears}"):
        said = wording if name else wording.replace("{line} ", "")
        for phone in phones:
            for day in range(start, start + 5):
                phone.text(number(sender), day, finding(said, line=None, advert=True) if not name else
                           offer(name, wording), sent=False)  # fmt: skip
    for phone in phones:
        phone.text(number(sender), start + 0.5, finding("can i get 2"), sent=True)


async def test_the_name_of_a_trader_is_no_name_of_a_line() -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(3)]
    a_line("Rico", 1, phones)
    for phone in phones[:2]:
        phone.text("FishVan", 2, offer("Dave", "{line} here, tatties 5 quid"), sent=False)
    linkage = await linked(*phones)
    assert [line.name for line in linkage.lines] == ["Rico"]
    reasons = named_reasons(linkage)
    assert {reason.value for reason in reasons} == {"rico"}
    assert {(reason.a_count, reason.b_count, reason.device_count) for reason in reasons} == {(15, 15, 3)}
    assert all(reason.sentence.endswith("one line bears this name, on 3 devices held.") for reason in reasons)


async def test_a_word_of_one_line_is_not_the_name_of_another() -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(6)]
    a_line("Marlow", 1, phones[:3])
    a_line("Happy", 2, phones[3:])
    for phone in phones[:3]:
        phone.text(number(1), 2.5, offer("Happy", "{line} hour 2am to late"), sent=False)
    linkage = await linked(*phones)
    for one, other in combinations(phones[:3], 2):
        link = link_between(linkage, one, other)
        assert link is not None
        assert {reason.value for reason in link.reasons if reason.kind is ReasonKind.SAME_NICKNAME} == {"marlow"}
    assert link_between(linkage, phones[0], phones[4]) is None


async def test_names_of_other_senders_are_no_conflict_of_a_line_without_a_name() -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(4)]
    a_line(None, 1, phones)
    phones[0].text("FishVan", 2, offer("Dave", "{line} here, tatties 5 quid"), sent=False)
    phones[1].text("ClubNights", 2, offer("Basement", "{line} on til late"), sent=False)
    link = link_between(await linked(*phones), phones[0], phones[1])
    assert of_kind(link, "name_conflict") == []


async def test_what_a_person_keeps_apart_does_not_hide_the_announcement() -> None:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(6)]
    for place, held in enumerate((phones[:3], phones[3:])):
        for wording in ("{line} on both 3 for 25", "{line} wording Rico"):
            campaign("Rico", number(1 + place), held, range(place * 8, place * 8 + 6), wording)
        for phone in held:
            phone.text(number(1 + place), place * 8 + 0.5, finding("can i get 2"), sent=True)
    phones[0].text(number(1), 7, moved_to(number(2), "Rico"), sent=False)
    keys = [LineKey(senders=(SenderKey(sender=number(place)),), label=number(place)) for place in (1, 2)]
    split = Decision(
        decision_id="dc-1", verdict=Verdict.SPLIT, lines=tuple(keys), note="other people", decided_by="dc 1234",
        decided_at="2024-06-01T00:00:00.000Z",
    )  # fmt: skip
    linkage = await compute_linkage(await index_of(phones), decisions=[split])
    assert len(linkage.lines) == 2
    said = f"Against that stands: {number(2)} was announced as the new number of {number(1)} by the old number"
    for line in linkage.lines:
        assert any("apart since 2024-06-01 (other people). " + said in sentence for sentence in line.conflicts)
    (sentence,) = of_kind(link_between(linkage, phones[1], phones[4]), "name_conflict")
    assert sentence == (
        "The lines named Rico on the two devices have no number in common, and were kept apart although a text of the "
        "one names the other's."
    )
