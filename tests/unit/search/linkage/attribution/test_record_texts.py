"""The words of what came to phones one by one and reads least like an advert: a few everyday ones are no trade's."""

from __future__ import annotations

import msgspec
import pytest

from parsers.records.findings import TextFinding
from search.contract import Hit
from search.linkage.linkage import compute_linkage
from tests.fakes.memory_index import MemoryIndex
from tests.fakes.phones import Phone, campaign, finding, index_of, number

LINE = number(1)
WORDINGS = ("{line} around an hour", "today only {line}", "{line} wont be out sunday")


class Recorded(MemoryIndex):
    """Gives the records of phones, whose edges alone are loaded.

    Attributes:
        asked: Ids of the records that were asked for.
    """

    def __init__(self, held: MemoryIndex, phones: list[Phone]) -> None:
        super().__init__()
        self.__dict__ |= held.__dict__
        self._rows = {record.record_id: (record, said) for phone in phones for record, said in phone.rows}
        self.asked: set[str] = set()

    async def get(self, record_id: str) -> Hit | None:
        self.asked.add(record_id)
        record, said = self._rows[record_id]
        return Hit(
            record_id=record_id,
            extraction_id="",
            utc=None,
            text="",
            highlights=(),
            record=msgspec.msgpack.encode(record),
            finding=msgspec.msgpack.encode(said),
        )


def unlike(text: str) -> TextFinding:
    return msgspec.structs.replace(finding(text), advert_score=0.002)


@pytest.mark.parametrize(
    ("texts", "is_line"),
    [
        pytest.param(("here m8", "still got some"), True, id="everyday words"),
        pytest.param(("fresh cod and haddock off the boat this morning", "the van is at the cross from nine"), False,
                     id="words of a trade"),
        pytest.param(("fresh cod today", "haddock just landed", "kippers half price", "van at cross"), False,
                     id="few words of a trade, in many wordings"),
    ],
)  # fmt: skip
async def test_a_few_everyday_words_to_all_are_no_other_trade(texts: tuple[str, ...], *, is_line: bool) -> None:
    phones = [Phone(f"A/{place}", 101 + place) for place in range(4)]
    for place, wording in enumerate(WORDINGS):
        campaign("Rico", LINE, phones, range(place, 12, 3), wording)
    for place, text in enumerate(texts):
        for phone in phones:
            phone.text(LINE, 4.4 + place, unlike(text), sent=False)
    index = Recorded(await index_of(phones), phones)
    lines = (await compute_linkage(index)).lines
    assert bool(lines) == is_line
    assert len(index.asked) == len(texts), "one record of each wording that reads like nothing of the kind"
