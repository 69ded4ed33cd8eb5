"""A phone that holds nothing of what its sender sends to many: words to a runner that read like adverts."""

from __future__ import annotations

import msgspec
import pytest

from parsers.records.findings import TextFinding
from search.linkage.model import Linkage, Relation
from tests.fakes.phones import Phone, campaign, finding, linked, number, the_line

LINE = number(1)
WORDINGS = ("{line} on both 3 for 25", "{line} back on til late", "best of both with {line}", "{line} open all day")


def doubtful(said: str, score: float = 0.6) -> TextFinding:
    """Return what the analysis says of a text that it only just takes for an advert, without a name."""
    return msgspec.structs.replace(finding(said, advert=True), advert_score=score)


def customers() -> list[Phone]:
    phones = [Phone(f"A/{place}", 100 + place) for place in range(4)]
    for place, wording in enumerate(WORDINGS):
        campaign("Rico", LINE, phones, range(place, 40, 4), wording)
    for phone in phones:
        phone.text(LINE, 5.5, finding("u about"), sent=True)
    return phones


def runner(*said: TextFinding, since: float = 10) -> Phone:
    phone = Phone("R/1", 150)
    for place, each in enumerate(said):
        phone.text(LINE, since + 3 * place, each, sent=False)
        phone.text(LINE, since + 0.2 + 3 * place, finding("ok im up"), sent=True)
    return phone


def got_adverts(linkage: Linkage) -> bool:
    """Whether the runner's phone is one that got adverts of the line; it is in contact with it anyway."""
    relations = {row.relation for row in the_line(linkage, "Rico").devices if row.device_id == "dv-R/1"}
    assert Relation.CONTACT_OF_LINE in relations
    return Relation.RECEIVED_ADVERTS in relations


@pytest.mark.parametrize("count", [1, 3])
async def test_words_to_a_runner_are_no_adverts_of_the_line(count: int) -> None:
    said = ("wake up people are calling", "ring nans house if this dies", "park is busy go round")
    read = [doubtful(said[0]), msgspec.structs.replace(doubtful(said[1]), line="Nans House"), doubtful(said[2])]
    linkage = await linked(*customers(), runner(*read[:count]))
    assert not got_adverts(linkage)
    assert not [placed for placed in linkage.flares if placed.device_id == "dv-R/1" and placed.line_id]


@pytest.mark.parametrize(
    "said",
    [
        [doubtful("wake up people are calling", 0.9)],
        [msgspec.structs.replace(doubtful("rico is about"), line="Rico", line_surface="rico")],
        [doubtful("wake up people are calling"), finding(WORDINGS[0], template=WORDINGS[0], line="Rico", advert=True)],
    ],
    ids=["sure", "named", "holds a broadcast"],
)
async def test_what_is_sure_or_named_or_stands_beside_a_broadcast_is_an_advert(said: list[TextFinding]) -> None:
    assert got_adverts(await linked(*customers(), runner(*said)))


async def test_what_came_when_nobody_else_got_anything_tells_nothing() -> None:
    assert got_adverts(await linked(*customers(), runner(doubtful("ring me im here"), since=55)))


async def test_who_never_wrote_to_the_line_stays_a_recipient() -> None:
    silent = Phone("R/1", 150)
    silent.text(LINE, 10, doubtful("wake up people are calling"), sent=False)
    linkage = await linked(*customers(), silent)
    line = the_line(linkage, "Rico")
    assert [row.relation for row in line.devices if row.device_id == "dv-R/1"] == [Relation.RECEIVED_ADVERTS]
    assert [placed.line_id for placed in linkage.flares if placed.device_id == "dv-R/1"] == [line.line_id]
