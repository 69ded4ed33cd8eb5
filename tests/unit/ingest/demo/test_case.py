"""The demonstration case holds what it promises, and is the same every time."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import phonenumbers
import pytest

from ingest.demo.case import PLANS, CaseTruth, plan_report, planted_truth, told_world, write_case, write_truth
from ingest.demo.cast import CAST, TAXI, friends_of
from ingest.demo.truth import Travel


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_writings_have_the_same_bytes(tmp_path: Path) -> None:
    write_case(tmp_path / "one")
    told_world.cache_clear()
    planted_truth.cache_clear()
    write_case(tmp_path / "two")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert len(digests(tmp_path / "one")) > len(PLANS)


def test_the_truth_survives_json(tmp_path: Path) -> None:
    write_truth(tmp_path / "truth.json", planted_truth())
    assert msgspec.json.decode((tmp_path / "truth.json").read_bytes(), type=CaseTruth) == planted_truth()


def test_it_has_the_size_of_a_small_operation() -> None:
    truth = planted_truth()
    assert len(truth.devices) >= 12
    assert 12 <= len(truth.deliveries) <= 16
    assert 9_000 <= sum(delivery.message_count for delivery in truth.deliveries) <= 20_000
    assert {device.exhibit_ref for device in truth.devices if device.exhibit_ref == "JB/2"} == {"JB/2"}
    assert len({device.case_ref for device in truth.devices if device.exhibit_ref == "JB/2"}) == 2


def test_every_number_is_from_a_drama_range() -> None:
    numbers = {text.sender for text in told_world().texts} | {
        recipient for text in told_world().texts for recipient in text.recipients
    }
    numbers |= {number for call in told_world().calls for number in (call.caller, call.callee)}
    telephones = {number for number in numbers if number.startswith("+")}
    assert len(telephones) > 500
    assert [n for n in telephones if not n.startswith(("+447700900", "+441632960"))] == []
    assert all(phonenumbers.is_possible_number(phonenumbers.parse(number)) for number in telephones)


def test_private_contacts_are_nobody_elses() -> None:
    everyone = [number for member in CAST for number, _name in friends_of(member)]
    assert len(set(everyone)) == len(everyone)
    spoken_to = {recipient for text in told_world().texts if text.flare for recipient in text.recipients}
    assert spoken_to.isdisjoint(everyone)


def test_flares_are_small_and_large() -> None:
    sent = [flare for flare in planted_truth().flares if flare.direction == "sent" and flare.line]
    sizes = [flare.recipient_count for flare in sent]
    assert min(sizes) <= 18
    assert max(sizes) >= 250
    assert {flare.line for flare in sent} == {"Marlo", "Dezzy"}


def test_the_number_change_is_told_from_both_numbers() -> None:
    line = planted_truth().lines[0]
    (old, new) = line.successions[0]
    telling = {
        text.sender for text in told_world().texts if text.flare and ("new number" in text.body) and text.advert_of
    }
    assert telling == {old, new}


def test_a_broadcast_runs_across_the_change_to_summer_time() -> None:
    boundary = [flare for flare in planted_truth().flares if flare.key == "marlo-2024-03-31-002"]
    assert any(flare.started_at.hour == 0 and flare.ended_at.hour == 1 for flare in boundary)


def test_the_police_and_the_next_owner_do_not_belong_to_the_line() -> None:
    truth = planted_truth()
    assert "tamarisk-HW/6" not in {device for line in truth.lines for device in line.members}
    police = [flare for flare in truth.flares if flare.key.startswith("police")]
    assert {flare.device for flare in police} == {"tamarisk-HW/3", "tamarisk-HW/5"}
    assert all(flare.line is None and flare.sender == truth.lines[0].numbers[0] for flare in police)


def test_pairs_are_told_apart_completely() -> None:
    truth = planted_truth()
    assert len(truth.linked_pairs) + len(truth.unlinked_pairs) == len(CAST) * (len(CAST) - 1) // 2
    assert set(truth.linked_pairs).isdisjoint(truth.unlinked_pairs)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.path)
def test_keys_are_unique_in_an_extraction(plan: object) -> None:
    for holding in plan_report(plan).holdings:  # type: ignore[arg-type]  # parametrize hides the type
        for things in (holding.texts, holding.calls, holding.contacts):
            keys = [thing.key for thing in things]
            assert len(set(keys)) == len(keys)


def test_the_planted_oddities_are_there() -> None:
    reports = {plan.path: plan_report(plan) for plan in PLANS}
    texts = {path: [text for h in report.holdings for text in h.texts] for path, report in reports.items()}
    every = [text for group in texts.values() for text in group]
    assert any(text.travel is Travel.OUT and text.at is None for text in every)
    assert any(text.travel is Travel.DRAFT for text in every)
    assert any(text.deleted for text in texts["OP TAMARISK/HW-4 full file system.ufdr"])
    assert not any(text.deleted for text in texts["OP TAMARISK/HW-4 logical.ufdr"])
    assert any(len(text.peers) > 10 for text in every)
    assert any(len(text.body or "") > 306 for text in every)
    assert any("\U0001f525" in (text.body or "") for text in every)
    assert sum(any(peer.number == TAXI for text in group for peer in text.peers) for group in texts.values()) >= 8
    assert len(reports["OP TAMARISK/HW-7 and SIM.ufdr"].holdings) == 2
    full = {text.key for text in texts["OP TAMARISK/HW-4 full file system.ufdr"]}
    assert {text.key for text in texts["OP TAMARISK/HW-4 logical.ufdr"]} < full
