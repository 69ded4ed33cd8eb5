"""Two numbers of one handset that phones show under two names are two lines, whatever time shares out between them."""

from __future__ import annotations

from search.contract import Edge, EdgeKind
from search.linkage.attribution.senders import Evidenced
from search.linkage.joining.shown_apart import are_shown_apart
from search.linkage.keys import Role
from search.linkage.number_use.spells import Spell
from tests.fakes.phones import instant, number

ONE, OTHER = number(1), number(2)


def adverts(sender: str, name: str, *, key: str = "", copies: int = 3) -> list[Evidenced]:
    """Return adverts under a name: received ones, or with a key such as the handset keeps of its sender."""
    edge = Edge(
        kind=EdgeKind.ADVERT,
        key=key or sender,
        extraction_id="ex-1",
        role=Role.SENT if key else Role.RECEIVED,
        other=f"t-{name}",
        label=name,
        count=copies,
        first_at=instant(1),
        last_at=instant(3),
        record_ids=("r-1",),
    )
    return [Evidenced(edge, "B" if key else "C", sender)]


def spells(key: str, *, received: tuple[str, str] = ("Keely", "Donny"), copies: int = 3) -> tuple[Spell, Spell]:
    """Return two spells with adverts of one name on the handset, from senders that it keeps under this key."""
    one = [*adverts(ONE, "Keely", key=key or ONE), *adverts(ONE, received[0])]
    other = [*adverts(OTHER, "Keely", key=key or OTHER), *adverts(OTHER, received[1], copies=copies)]
    return Spell(0, ONE, one), Spell(1, OTHER, other)


def test_numbers_that_phones_show_under_two_names_are_apart() -> None:
    assert are_shown_apart(*spells("own:ex-1"), "B")


def test_what_the_records_of_a_handset_say_of_each_text_goes_before() -> None:
    assert not are_shown_apart(*spells(""), "B")


def test_one_name_that_phones_show_from_both_is_one_line() -> None:
    assert not are_shown_apart(*spells("own:ex-1", received=("Keely", "Keely")), "B")


def test_a_single_copy_may_be_misread() -> None:
    assert not are_shown_apart(*spells("own:ex-1", copies=1), "B")
