"""Names that the analysis reads in some adverts and not in others."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from search.contract import Edge, EdgeKind
from search.linkage.adverts import known_names
from search.linkage.adverts.known_names import known_labels, named_as_known, with_known_names
from search.linkage.attribution.evidence import Evidence
from search.linkage.attribution.senders import Evidenced
from search.linkage.kept import Kept
from search.linkage.keys import Role
from tests.fakes.phones import number

TEXTS = {"t-1": "{line} on both {deal}", "t-2": "{line} drops to your door", "t-3": "ten out of ten both taz {deal}"}


def advert(sender: int, template_id: str, label: str = "") -> Evidenced:
    edge = Edge(
        kind=EdgeKind.ADVERT, key=number(sender), role=Role.RECEIVED, other=template_id, extraction_id="ex-1",
        count=1, record_ids=("r-1",), label=label,
    )  # fmt: skip
    return Evidenced(edge, "dv-1", number(sender))


def dated(held: Evidenced) -> Evidenced:
    at = "2024-06-01T12:00:00.000Z"
    return msgspec.structs.replace(held, edge=msgspec.structs.replace(held.edge, first_at=at, last_at=at))


def names_of_each(adverts: list[Evidenced]) -> set[str]:
    """Return the names in the wording that carries none."""
    named = named_as_known(adverts, known_labels(adverts, TEXTS), TEXTS)
    return {each.edge.label for each in named if each.edge.other == "t-3"}


def names_read(bearing: int, others: int) -> set[str]:
    """Return the names in a wording of so many numbers that bear one elsewhere, and of others that do not."""
    adverts = [advert(place, key, "Taz") for place in range(max(bearing, 1)) for key in ("t-1", "t-2")]
    adverts += [advert(place, "t-3") for place in range(bearing)]
    adverts += [advert(100 + place, "t-3") for place in range(others)]
    return names_of_each(adverts)


def test_many_numbers_of_one_line_bear_its_name() -> None:
    assert names_read(bearing=8, others=1) == {"Taz"}


def test_a_word_of_many_that_bear_no_such_name_is_none() -> None:
    assert names_read(bearing=1, others=5) == {""}


def test_a_word_that_is_read_once_as_a_name_of_each_of_many_who_have_another_is_none() -> None:
    """Twelve lines, of each of which one text has it for its name, and another its own name."""
    adverts = [
        advert(place, *held) for place in range(12) for held in (("t-1", f"Nemo{place}"), ("t-2", "Taz"), ("t-3", ""))
    ]
    assert names_of_each([*adverts, advert(50, "t-3"), advert(51, "t-3")]) == {""}
    alone = [advert(place, *held) for place in range(12) for held in (("t-2", "Taz"), ("t-3", ""))]
    assert names_of_each(alone) == {"Taz"}, "who has no other name bears it"


def test_the_names_of_a_sender_of_whom_nothing_new_is_held_are_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def uses(adverts: Sequence[Evidenced], *_: object) -> list[list[Evidenced]]:
        asked.append(len(adverts))
        return [list(adverts)]

    monkeypatch.setattr(known_names, "uses_of", uses)
    texts = {**TEXTS, "t-4": "{line} on taz {deal}"}
    adverts = [dated(advert(1, *held)) for held in (("t-1", "Taz"), ("t-2", "Taz"), ("t-4", "Weekend"))]
    kept = Kept()
    for held in (adverts, [*adverts, dated(advert(2, "t-1", "Rico"))], [*adverts, dated(advert(1, "t-1", "Taz"))]):
        evidence = Evidence(
            devices={}, adverts=tuple(held), announcements=(), with_other_number=(), warned=(), nicknames=(),
            wordings=(), recipients={}, sent_to={}, talking={}, written_by={}, flares=(), sent_flares=(), shown={},
            own_device={}, template_texts=texts, template_bodies={},
        )  # fmt: skip
        named = with_known_names(evidence, kept).adverts
        kept.end()
        assert {each.edge.label for each in named if each.sender == number(1)} == {"Taz"}
    assert asked == [3, 4]
