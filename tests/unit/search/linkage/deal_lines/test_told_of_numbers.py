"""A line is given the announcements and texts with another number that its own numbers send, or that name them."""

from __future__ import annotations

from search.contract import Edge, EdgeKind
from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.deal_lines.told_of_numbers import ToldOfNumbers
from search.linkage.joining.groups import LineGroup
from search.linkage.keys import UNKNOWN_NUMBER, AnnouncedFrom
from search.linkage.model import Join
from tests.fakes.phones import number

A, B, C, D, E = (number(place) for place in range(1, 6))


def told(old: str, new: str, role: AnnouncedFrom = AnnouncedFrom.OLD_PLAIN) -> Evidenced:
    edge = Edge(
        kind=EdgeKind.ANNOUNCEMENT, key=old, role=role, other=new, extraction_id="ex-1", count=1, record_ids=("r-1",)
    )  # fmt: skip
    return Evidenced(edge, "dv-1", old if role is not AnnouncedFrom.NEW_PLAIN else new)


def group(*numbers: str, joined: tuple[tuple[str, str], ...] = ()) -> LineGroup:
    joins = (
        Join(kind="wording", older=older, newer=newer, weight=1.0, sentence="", record_ids=())
        for older, newer in joined
    )
    return LineGroup(
        line_id="ln-1", spells=(), joins=tuple(joins), conflicts=(), kept_apart=(), names=(), forms=frozenset(),
        numbers=numbers,
    )  # fmt: skip


def evidence(*announcements: Evidenced, beside: tuple[Evidenced, ...] = ()) -> Evidence:
    return Evidence(
        devices={}, adverts=(), announcements=announcements, with_other_number=beside, warned=(), nicknames=(),
        wordings=(), recipients={}, sent_to={}, talking={}, written_by={}, flares=(), sent_flares=(), shown={},
        own_device={}, template_texts={}, template_bodies={},
    )  # fmt: skip


def test_what_is_told_of_a_lines_numbers_is_given_each_once_and_in_its_order() -> None:
    held = [told(C, B), told(D, E), told(A, B), told(UNKNOWN_NUMBER, A, AnnouncedFrom.NEW_PLAIN), told(D, C)]
    beside = (told(D, A), told(D, E))
    given = ToldOfNumbers(evidence(*held, beside=beside)).for_line(group(A, B))
    assert given.announcements == (held[0], held[2], held[3])
    assert given.with_other_number == beside[:1]


def test_what_is_told_of_a_number_that_a_join_of_the_line_names_is_given_too() -> None:
    held = evidence(told(C, D), told(D, E))
    assert ToldOfNumbers(held).for_line(group(A, joined=((A, C),))).announcements == held.announcements[:1]
    assert not ToldOfNumbers(held).for_line(group(A)).announcements
