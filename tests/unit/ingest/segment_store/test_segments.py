from __future__ import annotations

import random
from pathlib import Path
from zlib import crc32

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import SegmentDamaged
from ingest.segment_store.fact_digests import NO_FACT, fact_digest
from ingest.segment_store.record_meta import RecordMeta
from ingest.segment_store.segment_file import SealedFile, file_sha256
from ingest.segment_store.segments import RECORDS_A_FRAME, RecordSegment, RecordSegmentWriter, SegmentStore
from parsers.contract import ExtractionPart
from parsers.records.facts import Call, CallType, Contact, Direction, Message, Record
from parsers.records.ids import record_id
from parsers.records.notices import Notice
from parsers.records.tally import TallyRow
from parsers.records.values import Moment, NumberRef, Party, SourceRef

EXTRACTION = "ex-0123456789abcdef0123"
PART = ExtractionPart(extraction_id=EXTRACTION, member=None, make="Nokia")
SHA = "a" * 64


def source(place: int) -> SourceRef:
    return SourceRef(SHA, "x.xml", None, f"model {place}", "ufdr", "1")


def message(place: int, body: str | None = "hello", utc: str | None = None) -> Message:
    return Message(
        source=source(place),
        record_id=record_id(SHA, None, "message", str(place)),
        extraction_id=EXTRACTION,
        direction=Direction.INCOMING,
        from_party=Party(raw="07700 900123", e164="+447700900123"),
        body=body,
        time=Moment(raw=utc, utc=utc),
    )


def write(
    folder: Path, records: list[Record], duplicates: dict[int, str] | None = None
) -> tuple[SealedFile, RecordMeta]:
    writer = RecordSegmentWriter(folder / "new.part", level=3)
    for record in records:
        writer.add(record, fact_digest(record))
    for ordinal, canonical in (duplicates or {}).items():
        writer.mark_duplicate(ordinal, canonical)
    return writer.seal(
        PART,
        parser=("ufdr", "1"),
        notices=[Notice(code="zone_assumed", extraction_id=EXTRACTION)],
        tally={"message": TallyRow(seen=len(records), indexed=len(records))},
    )


@pytest.mark.parametrize("count", [0, 1, RECORDS_A_FRAME, 2 * RECORDS_A_FRAME + 1])
def test_records_come_back_as_they_were_in_order(tmp_path: Path, count: int) -> None:
    records: list[Record] = [message(n, f"text {n}") for n in range(count)]
    sealed, meta = write(tmp_path, records)
    with RecordSegment(Path(sealed.path), EXTRACTION) as segment:
        stored = [item for batch in segment.batches() for item in batch]
        assert all(len(batch) <= RECORDS_A_FRAME for batch in segment.batches())
        assert segment.meta == meta
    assert [item.record for item in stored] == records
    assert [item.ordinal for item in stored] == list(range(count))
    assert all(item.crc == crc32(item.packed) for item in stored)
    assert meta.record_count == count
    assert meta.crc_sum == sum(item.crc for item in stored)


def test_the_hash_is_of_the_file_and_equal_for_equal_records(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    sealed, _ = write(tmp_path, [message(1)])
    again, _ = write(tmp_path / "again", [message(1)])
    assert sealed.sha256 == again.sha256 == file_sha256(Path(sealed.path))


def test_duplicates_are_marked_counted_and_have_no_digest(tmp_path: Path) -> None:
    records: list[Record] = [message(n) for n in range(2 * RECORDS_A_FRAME)]
    first, copy = records[0].record_id, RECORDS_A_FRAME + 3
    sealed, meta = write(tmp_path, records, {copy: first, 5: records[4].record_id})
    with RecordSegment(Path(sealed.path), EXTRACTION) as segment:
        stored = [item for batch in segment.batches() for item in batch]
        digests = segment.digests()
    marked = {item.ordinal: item.record.duplicate_of for item in stored if item.record.duplicate_of is not None}
    assert marked == {copy: first, 5: records[4].record_id}
    assert msgspec.msgpack.decode(stored[copy].packed, type=Record) == stored[copy].record
    assert meta.duplicate_counts == {"message": 2}
    assert meta.kind_counts == {"message": len(records)}
    assert meta.crc_sum == sum(item.crc for item in stored)
    assert digests[copy] == digests[5] == NO_FACT
    assert np.count_nonzero(digests) == len(records) - 2


def test_a_duplicate_has_another_checksum_than_the_record_without_its_mark(tmp_path: Path) -> None:
    """Else an index that missed a mark would look right."""
    (tmp_path / "marked").mkdir()
    _, plain = write(tmp_path, [message(1), message(2)])
    _, marked = write(tmp_path / "marked", [message(1), message(2)], {1: message(1).record_id})
    assert plain.crc_sum != marked.crc_sum


def test_kinds_instants_and_notices_stand_in_the_summary(tmp_path: Path) -> None:
    call = Call(source=source(9), record_id="r-" + "0" * 20, extraction_id=EXTRACTION)
    early, late = "2024-01-01T00:00:00.000Z", "2024-02-01T00:00:00.000Z"
    _, meta = write(tmp_path, [message(1, utc=late), message(2), message(3, utc=early), call])
    assert meta.kind_counts == {"message": 3, "call": 1}
    assert (meta.first_message_at, meta.last_message_at) == (early, late)
    assert [notice.code for notice in meta.notices] == ["zone_assumed"]


@pytest.mark.parametrize("place", ["front", "frame", "contents", "footer", "cut"])
def test_damage_is_found_and_says_what_to_do(tmp_path: Path, place: str) -> None:
    sealed, _ = write(tmp_path, [message(n, str(random.Random(n).random())) for n in range(3000)])
    path = Path(sealed.path)
    content = bytearray(path.read_bytes())
    path.chmod(0o600)
    if place == "cut":
        path.write_bytes(content[: len(content) // 2])
    else:
        at = {"front": 2, "frame": 200, "contents": len(content) - 60, "footer": len(content) - 3}[place]
        content[at] ^= 0xFF
        path.write_bytes(content)
    with pytest.raises(SegmentDamaged, match="trapline reparse"), RecordSegment(path, EXTRACTION) as segment:
        for _ in segment.batches():
            pass


def test_a_segment_that_is_not_there_is_damage(tmp_path: Path) -> None:
    with pytest.raises(SegmentDamaged):
        SegmentStore(tmp_path).open_records(EXTRACTION, "f" * 64)


def test_the_store_keeps_what_it_is_told_to(tmp_path: Path) -> None:
    store = SegmentStore(tmp_path / "segments")
    paths = []
    for n in range(2):
        sealed, _ = write(tmp_path, [message(n)])
        paths.append(store.records_path(EXTRACTION, sealed.sha256))
        store.adopt(sealed, paths[-1])
    assert not Path(sealed.path).exists()
    assert [path for _, _, path in store.files()] == sorted(paths)
    store.keep_only(EXTRACTION, [paths[1]])
    assert [path for _, _, path in store.files()] == [paths[1]]
    store.remove(EXTRACTION)
    assert list(store.files()) == []
    assert not paths[1].parent.exists()


def test_adopting_the_same_content_again_mends_a_damaged_file(tmp_path: Path) -> None:
    store = SegmentStore(tmp_path / "segments")
    sealed, _ = write(tmp_path, [message(1)])
    place = store.records_path(EXTRACTION, sealed.sha256)
    store.adopt(sealed, place)
    place.chmod(0o600)
    place.write_bytes(b"rubbish")
    again, _ = write(tmp_path, [message(1)])
    store.adopt(again, place)
    assert file_sha256(place) == sealed.sha256


def test_nothing_is_left_of_a_segment_that_was_given_up(tmp_path: Path) -> None:
    writer = RecordSegmentWriter(tmp_path / "new.part", level=3)
    writer.add(message(1), 1)
    writer.discard()
    assert list(tmp_path.iterdir()) == []


def test_the_digest_of_a_fact_leaves_out_what_tools_differ_in() -> None:
    base = message(1, "text", "2024-01-01T00:00:00.000Z")
    same = msgspec.structs.replace(
        message(2, "text", "2024-01-01T00:00:00.750Z"),
        from_party=Party(raw="+44 7700 900123", e164="+447700900123", name="Jay"),
        to=(Party(raw="07700 900900", is_owner=True),),
        deleted=base.deleted,
    )
    assert fact_digest(base) == fact_digest(same) != NO_FACT
    for other in (
        msgspec.structs.replace(base, body="text!"),
        msgspec.structs.replace(base, direction=Direction.OUTGOING),
        msgspec.structs.replace(base, time=Moment(utc="2024-01-01T00:00:01.000Z")),
        msgspec.structs.replace(base, from_party=Party(raw="07700 900124", e164="+447700900124")),
    ):
        assert fact_digest(other) != fact_digest(base)


def test_the_digest_of_what_came_in_counts_the_sender_alone() -> None:
    sender = Party(raw="+447700900124", e164="+447700900124")
    alone = msgspec.structs.replace(message(1, "text"), from_party=sender, to=())
    others = (Party(raw="+447700900125", e164="+447700900125"), Party(raw="+447700900126", e164="+447700900126"))
    assert fact_digest(msgspec.structs.replace(alone, to=others)) == fact_digest(alone)
    by_another = msgspec.structs.replace(alone, from_party=others[0], to=(sender, others[1]))
    assert fact_digest(by_another) != fact_digest(alone)
    unnamed = msgspec.structs.replace(alone, from_party=None)
    assert fact_digest(unnamed) != fact_digest(msgspec.structs.replace(unnamed, to=others))
    for direction in (Direction.OUTGOING, Direction.UNKNOWN):
        one = msgspec.structs.replace(alone, direction=direction)
        assert fact_digest(msgspec.structs.replace(one, to=others)) != fact_digest(one)


def test_the_digest_of_what_went_out_leaves_out_who_sent_it() -> None:
    owner = Party(raw="+447700900999", e164="+447700900999", name="Me")
    others = (Party(raw="+447700900125", e164="+447700900125"), Party(raw="+447700900126", e164="+447700900126"))
    for to in ((others[0],), others):
        unnamed = msgspec.structs.replace(message(1, "text"), direction=Direction.OUTGOING, from_party=None, to=to)
        named = [owner, msgspec.structs.replace(owner, is_owner=True), msgspec.structs.replace(owner, is_owner=False)]
        digests = {fact_digest(msgspec.structs.replace(unnamed, from_party=sender)) for sender in named}
        assert digests == {fact_digest(unnamed)}
        assert fact_digest(msgspec.structs.replace(unnamed, to=(owner,))) != fact_digest(unnamed)
    # Where nobody is named to whom it went, who is named is all that tells it from another.
    alone = msgspec.structs.replace(message(1, "text"), direction=Direction.OUTGOING, from_party=others[0], to=())
    assert fact_digest(msgspec.structs.replace(alone, from_party=others[1])) != fact_digest(alone)


@pytest.mark.parametrize("call_type", list(CallType))
def test_the_digest_of_a_call_leaves_out_the_side_that_its_way_makes_the_owner(call_type: CallType) -> None:
    owner = Party(raw="+447700900999", e164="+447700900999")
    other = Party(raw="+447700900125", e164="+447700900125")
    unnamed = Call(source=source(1), record_id=record_id(SHA, None, "call", "1"), extraction_id=EXTRACTION)
    unnamed = msgspec.structs.replace(unnamed, call_type=call_type)
    is_ours = call_type is CallType.OUTGOING
    sides = ((None, (other,)), (owner, (other,))) if is_ours else ((other, ()), (other, (owner,)))
    one, both = (msgspec.structs.replace(unnamed, from_party=sender, to=to) for sender, to in sides)
    is_told = call_type not in {CallType.UNKNOWN, CallType.VOICEMAIL}
    assert (fact_digest(one) == fact_digest(both)) is is_told
    third = Party(raw="+447700900126", e164="+447700900126")
    by_another = (
        msgspec.structs.replace(one, to=(third,)) if is_ours else msgspec.structs.replace(one, from_party=third)
    )
    assert fact_digest(by_another) != fact_digest(one)


def test_a_call_that_was_rejected_is_told_as_missed_too() -> None:
    caller = Party(raw="+447700900124", e164="+447700900124")
    call = Call(source=source(1), record_id=record_id(SHA, None, "call", "1"), extraction_id=EXTRACTION)
    call = msgspec.structs.replace(call, from_party=caller, time=Moment(utc="2024-01-01T00:00:00.000Z"))
    digests = {each: fact_digest(msgspec.structs.replace(call, call_type=each)) for each in CallType}
    assert digests[CallType.REJECTED] == digests[CallType.MISSED]
    assert len(set(digests.values())) == len(CallType) - 1


def test_the_digest_of_a_dated_draft_leaves_out_for_whom_it_is() -> None:
    to = (Party(raw="+447700900124", e164="+447700900124"),)
    base = message(1, "text", "2024-01-01T00:00:00.000Z")
    draft = msgspec.structs.replace(base, direction=Direction.DRAFT, from_party=None, to=())
    assert fact_digest(msgspec.structs.replace(draft, to=to)) == fact_digest(draft)
    undated = msgspec.structs.replace(draft, time=Moment())
    assert fact_digest(msgspec.structs.replace(undated, to=to)) != fact_digest(undated)


def test_line_ends_do_not_tell_facts_apart() -> None:
    base = message(1, "two\r\nlines")
    assert {fact_digest(msgspec.structs.replace(base, body=body)) for body in ("two\nlines", "two\rlines")} == {
        fact_digest(base)
    }
    assert fact_digest(msgspec.structs.replace(base, body="two\n\nlines")) != fact_digest(base)


@pytest.mark.parametrize(
    ("told", "otherwise"), [("on now", "on now "), ("on now", "\non now"), ("caf\u00e9", "cafe\u0301")]
)
def test_blanks_around_a_text_and_composed_letters_do_not_tell_facts_apart(told: str, otherwise: str) -> None:
    assert fact_digest(message(1, told)) == fact_digest(message(1, otherwise))


def test_blanks_and_letters_within_a_text_tell_facts_apart() -> None:
    assert len({fact_digest(message(1, text)) for text in ("on now", "on  now", "onnow", "cafe", "caf\u00e9")}) == 5


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=50) | st.none(), st.booleans()), max_size=30))
def test_any_records_survive(tmp_path_factory: pytest.TempPathFactory, made: list[tuple[str | None, bool]]) -> None:
    records: list[Record] = [
        message(n, text)
        if is_message
        else Contact(
            source=source(n),
            record_id=record_id(SHA, None, "contact", str(n)),
            extraction_id=EXTRACTION,
            name=text,
            numbers=(NumberRef(raw="60777"),),
        )
        for n, (text, is_message) in enumerate(made)
    ]
    sealed, _ = write(tmp_path_factory.mktemp("segments"), records)
    with RecordSegment(Path(sealed.path), EXTRACTION) as segment:
        assert [item.record for batch in segment.batches() for item in batch] == records


def test_facts_of_two_applications_are_two_and_one_of_the_handset_has_many_names() -> None:
    base = message(1, "same", "2024-01-01T00:00:00.000Z")
    native = [msgspec.structs.replace(base, service=service) for service in (None, "sms", "imessage", "native")]
    assert len({fact_digest(each) for each in native}) == 1
    assert fact_digest(msgspec.structs.replace(base, service="whatsapp")) != fact_digest(base)


def test_record_ids_are_found_by_their_ordinals(tmp_path: Path) -> None:
    count = 2 * RECORDS_A_FRAME + 7
    writer = RecordSegmentWriter(tmp_path / "a.part", 3)
    records = [message(place, f"text {place}") for place in range(count)]
    for record in records:
        writer.add(record, fact_digest(record))
    part = ExtractionPart(extraction_id="ex-1", member=None)
    writer.seal(part, parser=("ufdr", "1"), notices=[], tally={})
    with RecordSegment(tmp_path / "a.part", "ex-1") as segment:
        wanted = np.array([count - 1, 0, RECORDS_A_FRAME, 0, 5])
        found = ["r-" + bytes(each).ljust(10, b"\0").hex() for each in segment.record_ids(wanted)]
        assert found == [records[place].record_id for place in wanted]
        with pytest.raises(SegmentDamaged):
            segment.record_ids(np.array([count]))
