"""Blocks of the embedded index: each document's own record and finding come back out of them."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from search.backends.embedded_blocks import BLOCK_DOCUMENTS, BlockPacker, record_and_finding
from search.contract import RecordDocument

EMPTY = RecordDocument(record_id="r-1", extraction_id="ex-1", ordinal=0, crc=0, kind="message")
CONTENTS = st.lists(st.tuples(st.binary(max_size=40), st.sampled_from([b"", b"one", b"two"])), min_size=1, max_size=70)


@given(CONTENTS)
def test_each_document_gets_its_own_back(contents: list[tuple[bytes, bytes]]) -> None:
    numbered = [
        (3 * at + 5, msgspec.structs.replace(EMPTY, ordinal=at, record=record, finding=finding))
        for at, (record, finding) in enumerate(contents)
    ]
    packed = BlockPacker().packed(numbered)
    assert [record_and_finding(packed, doc) for doc, _ in numbered] == contents


def test_records_that_are_alike_take_a_fifth() -> None:
    said = b'{"kind":"message","record_id":"r-%d","folder":"Inbox","service":"SMS","body":"yes mate number %d"}'
    records = [(at, msgspec.structs.replace(EMPTY, record=said % (at * 7919, at))) for at in range(BLOCK_DOCUMENTS)]
    assert len(BlockPacker().packed(records)) * 5 < sum(len(document.record) for _, document in records)
