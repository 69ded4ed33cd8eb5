"""The demonstration case end to end, record by record and finding by finding, against what was planted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.demo.case import PLANS, DeliveryPlan, Shape, plan_report
from ingest.demo.case_truth import FlareTruth
from ingest.demo.cast import TAXI
from ingest.demo.truth import Holding, TextMessage, Travel
from tests.acceptance.demo_run import MODERATE, STRONG, DemoRun, names_of, run_demonstration
from tests.elastic.server import ElasticServer

Fact = tuple[object, ...]


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> DemoRun:
    return run_demonstration(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def elastic(tmp_path_factory: pytest.TempPathFactory, elastic_server: ElasticServer) -> DemoRun:
    settings = {
        "TRAPLINE_INDEX": "elastic",
        "TRAPLINE_ELASTIC_URL": elastic_server.url,
        "TRAPLINE_ELASTIC__INDEX_PREFIX": "demonstration",
    }
    return run_demonstration(tmp_path_factory.mktemp("demo-elastic"), settings)


@pytest.fixture(scope="module")
def run(request: pytest.FixtureRequest) -> DemoRun:
    found: DemoRun = request.getfixturevalue(request.param)
    return found


on_each_index = pytest.mark.parametrize(
    "run", ["embedded", pytest.param("elastic", marks=pytest.mark.elastic)], indirect=True, scope="module"
)


def utc_text(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def key_of(party: dict[str, Any]) -> str:
    return str(party["e164"] or party["raw"])


def true_messages(holding: Holding) -> Iterator[TextMessage]:
    """Yield every message of the holding once; the SIM's copies are the handset's facts listed again."""
    yield from (text for text in holding.texts if not text.key.startswith("sim t"))
    for thread in holding.chats:
        yield from thread.messages


def true_fact(text: TextMessage) -> Fact:
    # A jid is the number and more; the number is its key.
    return (
        str(text.travel),
        text.body,
        tuple(sorted(peer.number or peer.written for peer in text.peers)),
        utc_text(text.at),
        text.service,
        "deleted" if text.deleted else "intact",
    )


def read_fact(record: dict[str, Any]) -> Fact:
    came_in = record["direction"] == "incoming"
    parties = [record["from"]] if came_in else [party for party in record["to"] if not party["is_owner"]]
    return (
        record["direction"],
        record["body"],
        tuple(sorted(key_of(party).removesuffix("@s.whatsapp.net") for party in parties)),
        record["time"]["utc"],
        record["service"],
        record["deleted"],
    )


def plain_fact(fact: Fact) -> Fact:
    """Return the fact with each peer's digits alone, whether it came as a number or as an application's handle."""
    peers = fact[2]
    assert isinstance(peers, tuple)
    return (*fact[:2], tuple(sorted(str(peer).lstrip("+") for peer in peers)), *fact[3:])


def stated_by(plan: DeliveryPlan, fact: Fact) -> Fact:
    """Return what the form of the delivery can say: XRY's text marks what was deleted, and nothing as intact."""
    is_silent = plan.shape is Shape.XRY_TEXT and fact[-1] == "intact"
    return (*fact[:-1], "unknown") if is_silent else fact


def first_listed(run: DemoRun, plan: DeliveryPlan, kind: str) -> list[dict[str, Any]]:
    """Return the delivery's records that stand for facts; an older reading may point at the newer one throughout."""
    own = {record["record_id"] for record in run.records[plan.path]}
    return [
        record
        for record in run.records[plan.path]
        if record["kind"] == kind and (record["duplicate_of"] is None or record["duplicate_of"] not in own)
    ]


@on_each_index
def test_the_run_is_whole(run: DemoRun) -> None:
    assert run.finished.code == 0, run.finished.err
    states = {row["state"] for row in run.receipts}
    assert states <= {"complete", "superseded"}, states
    assert len(run.receipts) == sum(delivery.extraction_count for delivery in run.truth.deliveries)


@on_each_index
@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.path)
def test_every_message_is_exported_once(run: DemoRun, plan: DeliveryPlan) -> None:
    """To the code point of the body, the party, the second and the direction: nothing lost, nothing doubled."""
    truth = Counter(
        plain_fact(stated_by(plan, true_fact(text)))
        for holding in plan_report(plan).holdings
        for text in true_messages(holding)
    )
    found = Counter(plain_fact(read_fact(record)) for record in first_listed(run, plan, "message"))
    lost, doubled = truth - found, found - truth
    assert not lost, (sum(lost.values()), list(lost)[:3], list(doubled)[:3])
    assert not doubled, (sum(doubled.values()), list(doubled)[:3])


@on_each_index
@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.path)
def test_what_is_listed_twice_is_merged(run: DemoRun, plan: DeliveryPlan) -> None:
    (expected,) = [delivery for delivery in run.truth.deliveries if delivery.path == plan.path]
    own = {record["record_id"] for record in run.records[plan.path]}
    merged = [
        record
        for record in run.records[plan.path]
        if record["kind"] == "message" and record["duplicate_of"] is not None and record["duplicate_of"] in own
    ]
    assert len(merged) == expected.merged_count


@on_each_index
@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.path)
def test_calls_and_contacts_are_as_planted(run: DemoRun, plan: DeliveryPlan) -> None:
    holdings = plan_report(plan).holdings
    calls = Counter(
        (call.call_type, call.peer.number or call.peer.written, utc_text(call.at), call.duration_seconds)
        for holding in holdings
        for call in holding.calls
    )
    found_calls = Counter(
        (
            record["call_type"],
            *sorted({key_of(party) for party in (record["from"], *record["to"]) if party and not party["is_owner"]}),
            record["time"]["utc"],
            record["duration_seconds"],
        )
        for record in first_listed(run, plan, "call")
    )
    assert found_calls == calls
    contacts = Counter(
        (contact.name, tuple(saved.written for saved in contact.numbers), contact.emails)
        for holding in holdings
        for contact in holding.contacts
    )
    found_contacts = Counter(
        (record["name"], tuple(number["raw"] for number in record["numbers"]), tuple(record["emails"]))
        for record in first_listed(run, plan, "contact")
    )
    assert found_contacts == contacts


@on_each_index
@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.path)
def test_numbers_are_kept_as_written(run: DemoRun, plan: DeliveryPlan) -> None:
    written = {
        (peer.written, peer.name)
        for holding in plan_report(plan).holdings
        for text in holding.texts
        for peer in text.peers
    }
    found = {
        (party["raw"], party["name"] or None)
        for record in run.records[plan.path]
        if record["kind"] == "message"
        for party in (record["from"], *record["to"])
        if party and not party["is_owner"] and "@" not in (party["raw"] or "")
    }
    assert {pair for pair in found if pair[0]} == written


@on_each_index
def test_times_without_a_zone_say_so(run: DemoRun) -> None:
    records = [record for record in run.records["OP HALYARD/RD-7.xml"] if record["kind"] == "message"]
    assert {record["time"]["basis"] for record in records} == {"assumed_zone"}
    (row,) = [row for row in run.receipts if row["exhibit_ref"] == "RD/7"]
    assert [notice["severity"] for notice in row["notices"] if notice["code"] == "zone_assumed"] == ["assumed"]


@on_each_index
def test_tallies_balance(run: DemoRun) -> None:
    rows = [row for receipt in run.receipts for row in receipt["tally"].values()]
    assert rows
    assert [row for row in rows if row["seen"] != row["indexed"] + row["merged"] + row["noticed"]] == []


@on_each_index
def test_devices_are_told_apart(run: DemoRun) -> None:
    assert sorted(run.device_keys.values()) == sorted(device.key for device in run.truth.devices)
    by_key = {run.device_keys[device["device_id"]]: device for device in run.report["devices"]}
    assert len(by_key["tamarisk-HW/4"]["extraction_ids"]) == 2
    assert len(by_key["tamarisk-HW/7"]["extraction_ids"]) == 2


@on_each_index
def test_the_earlier_reading_is_superseded(run: DemoRun) -> None:
    states = {extraction["file_name"]: extraction for extraction in run.report["extractions"]}
    older, newer = states["HW-4 logical.ufdr"], states["HW-4 full file system.ufdr"]
    assert (older["state"], older["superseded_by"]) == ("superseded", newer["extraction_id"])
    (device,) = [d for d in run.report["devices"] if older["extraction_id"] in d["extraction_ids"]]
    (truth,) = [delivery for delivery in run.truth.deliveries if delivery.path.endswith("full file system.ufdr")]
    assert device["message_count"] == truth.message_count


@on_each_index
def test_each_line_is_found_whole_and_alone(run: DemoRun) -> None:
    for true in run.truth.lines:
        (found,) = run.line_named(true.name)
        numbers = {number["number"] for number in found["numbers"]}
        assert numbers == set(true.numbers)
        others = {name for line in run.truth.lines if line.name != true.name for name in [line.name]}
        assert not any(other.casefold() in form.casefold() for other in others for form in names_of(found))


@on_each_index
def test_the_change_of_number_is_found(run: DemoRun) -> None:
    found = {
        (number["succeeds"], number["number"])
        for line in run.report["lines"]
        for number in line["numbers"]
        if number["succeeds"]
    }
    assert found == {pair for line in run.truth.lines for pair in line.successions}
    told = [number for line in run.line_named("Marlo") for number in line["numbers"] if number["succeeds"]]
    assert all(number["basis"] and number["record_ids"] for number in told)


@on_each_index
def test_members_of_each_line(run: DemoRun) -> None:
    for true in run.truth.lines:
        (found,) = run.line_named(true.name)
        relations: dict[str, set[str]] = {}
        for device in found["devices"]:
            relations.setdefault(run.device_keys[device["device_id"]], set()).add(device["relation"])
        members = {key for key, names in relations.items() if names - {"mentions_line"}}
        assert members == set(true.members), true.name
        for key, expected in true.members.items():
            assert relations[key] >= set(expected), (true.name, key)


@on_each_index
def test_nobody_else_is_taken_for_a_line(run: DemoRun) -> None:
    """Neither the takeaway, the church, the club, the barber, nor the imitator in the line whose name it uses."""
    marlo = {number["number"] for line in run.line_named("Marlo") for number in line["numbers"]}
    assert marlo.isdisjoint(run.truth.not_line_numbers)
    honest = {flare.sender for flare in run.truth.flares if not flare.is_advert} - set(run.truth.lines[0].numbers)
    claimed = {number["number"] for line in run.report["lines"] for number in line["numbers"]}
    assert claimed.isdisjoint(honest)


def overlaps(true: FlareTruth, found: dict[str, Any]) -> bool:
    """Whether the two intervals, each padded by 60 s, have an intersection over union of at least one half."""
    pad = timedelta(seconds=60)
    start, end = (datetime.fromisoformat(found[name]) for name in ("started_at", "ended_at"))
    first, last = true.started_at - pad, true.ended_at + pad
    shared = min(last, end + pad) - max(first, start - pad)
    union = max(last, end + pad) - min(first, start - pad)
    return shared / union >= 0.5


def matched_flares(run: DemoRun) -> Iterator[tuple[FlareTruth, dict[str, Any] | None]]:
    for true in run.truth.flares:
        candidates = [
            found
            for found in run.report["flares"]
            if run.device_keys[found["device_id"]] == true.device
            and found["sender"] == true.sender
            and found["direction"] == true.direction
            and overlaps(true, found)
        ]
        yield true, candidates[0] if len(candidates) == 1 else None


@on_each_index
def test_every_sent_flare_is_found(run: DemoRun) -> None:
    pairs = [(true, found) for true, found in matched_flares(run) if true.direction == "sent"]
    assert [true.key for true, found in pairs if found is None] == []
    wrong = {
        true.key: (true.recipient_count, found["recipient_count"])
        for true, found in pairs
        if found and found["recipient_count"] != true.recipient_count
    }
    assert wrong == {}


@on_each_index
def test_received_adverts_are_traces_of_flares(run: DemoRun) -> None:
    pairs = [(true, found) for true, found in matched_flares(run) if true.direction == "received" and true.line]
    assert pairs
    assert [(true.key, true.device) for true, found in pairs if found is None] == []


@on_each_index
def test_flares_carry_their_line(run: DemoRun) -> None:
    ids = {line["line_id"]: name for name in ("Marlo", "Dezzy") for line in run.line_named(name)}
    wrong = {
        (true.key, true.device): found["line_id"]
        for true, found in matched_flares(run)
        if found and ids.get(found["line_id"]) != true.line and (true.line or not true.is_advert)
    }
    assert wrong == {}


@on_each_index
def test_no_flare_is_made_up(run: DemoRun) -> None:
    """Every flare of a line is one of the truth's; a driver who is outside is no broadcast of a line."""
    known = [found["flare_id"] for _true, found in matched_flares(run) if found]
    invented = [found for found in run.report["flares"] if found["line_id"] and found["flare_id"] not in known]
    assert invented == []


@on_each_index
def test_links_hold_the_traps(run: DemoRun) -> None:
    scores = run.scores()
    wrong = {pair: scores[pair] for pair in run.truth.unlinked_pairs if scores.get(pair, 0) >= MODERATE}
    assert wrong == {}


@on_each_index
def test_links_find_who_belongs_together(run: DemoRun) -> None:
    scores = run.scores()
    true = run.truth.linked_pairs
    strong = sum(scores.get(pair, 0) >= STRONG for pair in true) / len(true)
    moderate = sum(scores.get(pair, 0) >= MODERATE for pair in true) / len(true)
    assert strong >= 0.60, {pair: scores.get(pair) for pair in true}
    assert moderate >= 0.90, {pair: scores.get(pair) for pair in true if scores.get(pair, 0) < MODERATE}


@on_each_index
def test_links_explain_themselves(run: DemoRun) -> None:
    record_ids = {record["record_id"] for records in run.records.values() for record in records}
    for link in run.report["links"]:
        assert link["reasons"]
        for reason in link["reasons"]:
            assert reason["sentence"]
            assert set(reason["record_ids"]) <= record_ids


@on_each_index
def test_events_and_hubs_are_named(run: DemoRun) -> None:
    events = {(event["kind"], event["value"]) for event in run.report["events"]}
    kinds = {kind for kind, _value in events}
    assert "extracted_again" in kinds
    moved = [value for kind, value in events if kind == "sim_in_another_handset"]
    assert any(iccid[:-1] in value for iccid in run.truth.moved_sims for value in moved), events
    assert TAXI in {entry["value"] for entry in run.report["suppressed"] if entry["kind"] == "number"}


@on_each_index
def test_drafts_and_undated_texts_are_in_no_flare(run: DemoRun) -> None:
    undated = {
        record["record_id"]
        for records in run.records.values()
        for record in records
        if record["kind"] == "message" and (record["time"]["utc"] is None or record["direction"] == Travel.DRAFT)
    }
    assert undated
    flared = {
        record["record_id"]
        for records in run.records.values()
        for record in records
        if record["kind"] == "message" and record["analysis"] and record["analysis"]["flare_id"]
    }
    assert undated.isdisjoint(flared)


@pytest.mark.elastic
def test_both_indexes_give_one_report(embedded: DemoRun, elastic: DemoRun) -> None:
    def timeless(run: DemoRun) -> dict[str, Any]:
        return {key: value for key, value in run.report.items() if key != "generated_at"}

    assert timeless(embedded) == timeless(elastic)
    assert embedded.records == elastic.records
