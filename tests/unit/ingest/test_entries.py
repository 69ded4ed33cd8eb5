from __future__ import annotations

import msgspec
import pytest

from ingest.decisions import NO_AMENDMENT, Amendment
from ingest.demo.cast import iccid, imei
from ingest.entries import FileFacts as File
from ingest.entries import Stated, Summary, entry_of, identity, is_damaged, outcome_of, stated
from ingest.segment_store.finding_segments import Recipe
from ingest.segment_store.record_meta import RecordMeta
from parsers.contract import ExtractionPart, PartKind, Sidecar
from parsers.records.notices import Notice
from parsers.records.tally import TallyRow
from search.contract import ExtractionEntry

EXTRACTION = "ex-1"
RECIPE = Recipe(
    records_sha256="a" * 64, nlp_version="1", lexicon_version="l", own_numbers=(), region="GB", skip_digest=""
)


def summary(sidecar: Sidecar | None = None, notices: tuple[Notice, ...] = (), **part: object) -> Summary:
    made = ExtractionPart(extraction_id=EXTRACTION, member=None, **{"kind": PartKind.HANDSET, **part})  # type: ignore[arg-type]  # of the part
    meta = RecordMeta(
        part=made,
        format="ufdr",
        parser_version="1",
        notices=notices,
        tally={"message": TallyRow(seen=3, indexed=2, merged=1)},
        record_count=3,
        crc_sum=1,
        kind_counts={"message": 3},
        duplicate_counts={"message": 1},
    )
    return Summary(meta=meta, sidecar=sidecar or Sidecar(), elapsed_seconds=1.0, peak_memory_bytes=1)


def held(it: Summary, amendment: Amendment = NO_AMENDMENT) -> Stated:
    return stated(it, amendment, "GB")


def entry(it: Summary, amendment: Amendment = NO_AMENDMENT) -> ExtractionEntry:
    file = File(file_name="x.xml", sha256="a" * 64, size_bytes=9)
    return entry_of(file, it.meta, held(it, amendment), RECIPE, device_id="dv-1", superseded_by=None, skipped_counts={})


def codes(it: Stated) -> list[tuple[str, str | None]]:
    return [(notice.code, notice.subject) for notice in it.notices]


def test_the_submitter_overrules_case_exhibit_and_owner_and_not_the_identifiers() -> None:
    sidecar = Sidecar(
        case_ref="OP B", exhibit_ref="B/2", owner_number="07700 900111", imei=imei(2), iccid=iccid(2), make="Alcatel"
    )
    it = held(
        summary(
            sidecar,
            case_ref="OP A",
            exhibit_ref="A/1",
            msisdn=("+447700900999",),
            imei=(imei(1),),
            iccid=(iccid(1),),
            make="Nokia",
        )
    )
    assert (it.case_ref, it.exhibit_ref, it.msisdn) == ("OP B", "B/2", ("07700 900111",))
    assert (it.imei, it.iccid, it.make) == ((imei(1),), (iccid(1),), "Nokia")
    subjects = {"case_ref", "exhibit_ref", "owner_number", "imei", "iccid", "make"}
    assert {*codes(it)} == {("sidecar_disagrees", subject) for subject in subjects}


@pytest.mark.parametrize(
    ("sidecar", "part", "is_of_submitter"),
    [
        (Sidecar(owner_number="07700 900111"), {}, True),
        (Sidecar(owner_number="07700 900111"), {"msisdn": ("+447700900999",)}, True),
        (Sidecar(owner_number="07700 900111"), {"msisdn": ("+447700900111",)}, False),
        (Sidecar(), {"msisdn": ("+447700900111",)}, False),
        (Sidecar(), {"msisdn": ("07700 900112",), "stated_beside": ("owner_number",)}, True),
    ],
)
def test_whose_word_a_number_is_stands_in_the_catalogue(
    sidecar: Sidecar, part: dict[str, object], *, is_of_submitter: bool
) -> None:
    assert entry(summary(sidecar, **part)).is_number_of_submitter is is_of_submitter


@pytest.mark.parametrize(
    ("owner", "part", "is_corrected"),
    [
        ("07700900777", {}, True),
        ("07700900777", {"msisdn": ("07700 900112",), "stated_beside": ("owner_number",)}, True),
        ("07700900777", {"msisdn": ("+447700900777",)}, False),
        ("", {}, False),
    ],
)
def test_a_number_that_a_person_corrected_is_not_called_the_submitters(
    owner: str, part: dict[str, object], *, is_corrected: bool
) -> None:
    it = entry(summary(Sidecar(owner_number="07700 900111"), **part), Amendment(owner_number=owner))
    assert (it.is_number_corrected, it.is_number_of_submitter) == (is_corrected, False)


def test_a_zone_that_the_submitter_states_is_not_asked_for() -> None:
    notice = Notice(code="zone_assumed", extraction_id=EXTRACTION, count=3, subject="Europe/London")
    (told,) = [each for each in entry(summary(notices=(notice,))).notices if each["code"] == "zone_assumed"]
    assert told["remedy"] == "State time_zone in a sidecar if the handset kept another zone."
    stated_zone = summary(Sidecar(time_zone="Europe/London"), notices=(notice,))
    (told,) = [each for each in entry(stated_zone).notices if each["code"] == "zone_assumed"]
    assert told["sentence"] == "Times without a zone were read as Europe/London time, as the submitter states."
    assert (told["remedy"], told["severity"], told["count"]) == (None, "assumed", 3)


def test_what_is_stated_beside_a_member_holds_before_what_is_stated_of_the_whole() -> None:
    sidecar = Sidecar(case_ref="OP B", exhibit_ref="B/2", owner_number="07700 900111")
    part = {"exhibit_ref": "B/2A", "msisdn": ("07700 900112",), "case_ref": "OP A", "iccid": (iccid(1),)}
    it = held(summary(sidecar, stated_beside=("exhibit_ref", "owner_number"), kind=PartKind.SIM, **part))
    assert (it.case_ref, it.exhibit_ref, it.msisdn) == ("OP B", "B/2A", ("07700 900112",))
    assert it.is_owner_stated
    assert codes(it) == [("sidecar_disagrees", "case_ref")]


def test_what_the_file_does_not_state_comes_from_the_submitter_without_a_word() -> None:
    sidecar = Sidecar(case_ref="OP B", exhibit_ref="B/2", owner_number="07700 900111", imei=imei(2), model="3310")
    it = held(summary(sidecar))
    assert (it.case_ref, it.imei, it.model, it.msisdn) == ("OP B", (imei(2),), "3310", ("07700 900111",))
    assert codes(it) == []


@pytest.mark.parametrize(
    ("sidecar", "part"),
    [
        (Sidecar(owner_number="07700 900111"), {"msisdn": ("+447700900111",)}),
        (Sidecar(case_ref="op  a"), {"case_ref": "OP A"}),
        (Sidecar(imei=imei(1)[:14]), {"imei": (imei(1),)}),
        (Sidecar(iccid=iccid(1)[:-1]), {"iccid": (iccid(1) + "F",)}),
    ],
)
def test_two_forms_of_one_thing_are_no_disagreement(sidecar: Sidecar, part: dict[str, object]) -> None:
    assert "sidecar_disagrees" not in [code for code, _ in codes(held(summary(sidecar, **part)))]


def test_the_handsets_imei_is_not_put_upon_its_sim() -> None:
    it = held(summary(Sidecar(imei=imei(1), iccid=iccid(1)), kind=PartKind.SIM, belongs_to="ex-0"))
    assert (it.imei, it.iccid) == ((), (iccid(1),))


def test_a_card_that_stands_alone_was_in_the_handset_that_its_sidecar_states() -> None:
    it = held(summary(Sidecar(imei=imei(1)), kind=PartKind.SIM))
    assert it.imei == (imei(1),)
    assert codes(it) == []


def test_a_correction_overrules_both_and_can_take_back() -> None:
    it = summary(Sidecar(case_ref="OP B"), case_ref="OP A", exhibit_ref="A/1", msisdn=("+447700900999",))
    amended = held(it, Amendment(case_ref="OP C", exhibit_ref="", owner_number=""))
    assert (amended.case_ref, amended.exhibit_ref, amended.msisdn) == ("OP C", None, ())
    assert held(it, Amendment(owner_number="07700 900112")).msisdn == ("07700 900112",)


def test_an_extraction_without_identity_says_so_once() -> None:
    assert codes(held(summary())) == [("identity_missing", None)]
    assert codes(held(summary(notices=(Notice(code="identity_missing", extraction_id=EXTRACTION),)))) == [
        ("identity_missing", None)
    ]
    assert codes(held(summary(imei=("000000000000000",)))) == [("identity_missing", None)]
    assert codes(held(summary(belongs_to="ex-0"))) == []
    assert codes(held(summary(imei=(imei(1),)))) == []


def test_identity_is_made_of_what_holds() -> None:
    it = summary(Sidecar(case_ref="Op  B", exhibit_ref="B/2", imei=imei(2)))
    made = identity(it.meta.part, held(it))
    assert made.imei == (imei(2)[:14],)
    assert (made.case_ref, made.exhibit_ref) == ("op b", "b/2")


@pytest.mark.parametrize(
    ("notices", "state"),
    [
        ([], "complete"),
        ([Notice(code="zone_assumed"), Notice(code="element_not_read")], "complete"),
        ([Notice(code="element_unreadable")], "complete_with_notices"),
        ([Notice(code="element_unreadable"), Notice(code="input_truncated", ends_reading=True)], "partial"),
    ],
)
def test_the_state_follows_from_the_notices(notices: list[Notice], state: str) -> None:
    assert outcome_of(notices) == state


def test_what_is_damaged_or_cut_off_is_told_from_what_is_skipped() -> None:
    skipped = [Notice(code="zone_assumed"), Notice(code="element_unreadable")]
    assert not is_damaged(skipped)
    assert is_damaged([*skipped, Notice(code="checksum_wrong")])
    assert is_damaged([Notice(code="element_unreadable", ends_reading=True)])


def test_the_entry_counts_facts_once_and_what_counts_elsewhere_as_merged() -> None:
    it = summary(imei=(imei(1),))
    file = File(file_name="x.xml", sha256="a" * 64, size_bytes=9)
    entry = entry_of(file, it.meta, held(it), RECIPE, device_id="dv-1", superseded_by=None, skipped_counts={})
    assert (entry.message_count, entry.state, entry.format, entry.device_id) == (2, "complete", "ufdr", "dv-1")
    assert entry.tally == {"message": {"seen": 3, "indexed": 2, "merged": 1, "noticed": 0}}
    superseded = entry_of(
        file, it.meta, held(it), RECIPE, device_id="dv-1", superseded_by="ex-9", skipped_counts={"message": 1}
    )
    assert (superseded.state, superseded.superseded_by) == ("superseded", "ex-9")
    assert superseded.tally == {"message": {"seen": 3, "indexed": 1, "merged": 2, "noticed": 0}}
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(entry), type=type(entry)) == entry


@pytest.mark.parametrize(
    ("others", "rest"),
    [
        ((), "; how much followed is not known"),
        ((Notice(code="count_short", count=34),), ""),
        ((Notice(code="count_cut", subject="92 messages and holds 58: 34"),), ""),
    ],
)
def test_a_file_that_ends_too_soon_says_how_much_was_read_and_up_to_when(others: tuple[Notice, ...], rest: str) -> None:
    it = summary(notices=(Notice(code="input_truncated", ends_reading=True), *others), imei=(imei(1),))
    meta = msgspec.structs.replace(
        it.meta,
        kind_counts={"message": 58, "call": 1, "contact": 2, "device": 1},
        first_message_at="2024-11-01T10:00:00.000Z",
        last_message_at="2024-11-24T18:15:53.000Z",
    )
    file = File(file_name="x.xml", sha256="a" * 64, size_bytes=9)
    made = held(msgspec.structs.replace(it, meta=meta))
    entry = entry_of(file, meta, made, RECIPE, device_id="dv-1", superseded_by=None, skipped_counts={})
    (sentence,) = (notice["sentence"] for notice in entry.notices if notice["code"] == "input_truncated")
    assert str(sentence).endswith(
        " Read up to there: 58 messages, 1 call and 2 contacts, messages from 1 Nov 2024 10:00 UTC (10:00 UK)"
        f" to 24 Nov 2024 18:15 UTC (18:15 UK){rest}."
    )


@pytest.mark.parametrize(
    ("counts", "at", "said"),
    [
        ({"message": 1}, "2024-11-01T10:00:00.000Z", "1 message, of 1 Nov 2024 10:00 UTC (10:00 UK)"),
        ({"call": 1}, None, "1 call"),
        ({}, None, "nothing"),
    ],
)
def test_what_was_read_of_such_a_file_is_said_of_one_item_too(
    counts: dict[str, int], at: str | None, said: str
) -> None:
    it = summary(notices=(Notice(code="input_truncated", ends_reading=True),), imei=(imei(1),))
    meta = msgspec.structs.replace(it.meta, kind_counts=counts, first_message_at=at, last_message_at=at)
    made = held(msgspec.structs.replace(it, meta=meta))
    file = File(file_name="x.xml", sha256="a" * 64, size_bytes=9)
    entry = entry_of(file, meta, made, RECIPE, device_id="dv-1", superseded_by=None, skipped_counts={})
    (notice,) = (each for each in entry.notices if each["code"] == "input_truncated")
    assert str(notice["sentence"]).endswith(f" Read up to there: {said}; how much followed is not known.")
