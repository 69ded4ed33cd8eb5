"""Archives, backups and exports of other tools: every record against its golden file."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.fakes.deliveries import codes_of, is_balanced
from tests.fakes.golden import golden_reading


@pytest.mark.parametrize(
    ("fixture", "counts", "codes"),
    [
        (
            "container/HW7 to HW11.zip",
            {"message": 52, "contact": 7, "call": 17},
            {"member_not_read": 2, "zone_assumed": 16, "time_unreadable": 1},
        ),
        (
            "itunes_backup/HW7.zip",
            {"device": 1, "sim": 1, "message": 8, "call": 3, "contact": 2},
            {"member_not_read": 1},
        ),
        ("adb_backup/HW7.ab", {"message": 13, "call": 3}, {"member_not_read": 1}),
        (
            "axiom_xml/HW7 Export.xml",
            {"device": 1, "sim": 1, "message": 10, "call": 3, "contact": 2, "account": 1},
            {},
        ),
        (
            "axiom_xml/HW8 Export.xml",
            {"device": 1, "sim": 1, "message": 10, "call": 3, "contact": 2, "account": 1},
            {"element_not_read": 1},
        ),
        ("leapp/ALEAPP_Output.zip", {"message": 9, "call": 3, "contact": 2}, {"element_not_read": 1}),
        ("leapp/made_lava_artifacts.db", {"message": 9, "call": 3, "contact": 2}, {"element_not_read": 1}),
        ("case_jsonld/HW7 bundle.jsonld", {"device": 1, "sim": 1, "contact": 2, "message": 9, "call": 3}, {}),
        ("case_jsonld/HW8 bundle.jsonld", {"device": 1, "sim": 1, "contact": 2, "message": 9, "call": 3}, {}),
        ("case_jsonld/message.json", {"message": 2}, {"element_not_read": 4}),
        ("case_jsonld/sms_and_contacts.json", {"message": 1, "contact": 1}, {}),
        ("case_jsonld/call_log.json", {"call": 4}, {}),
        ("case_jsonld/mobile_device_and_sim_card.json", {"device": 1, "sim": 1}, {}),
        ("case_jsonld/ufedxml-Message_CASE_1.0.0.json", {"message": 2}, {}),
        ("case_jsonld/ufedxml-DEVICE_CASE_1.0.0.json", {"device": 1}, {"element_not_read": 1}),
        ("case_jsonld/ufedxml-Call_CASE_1.0.0.json", {"call": 1}, {}),
        ("ios_plists/com.apple.commcenter.plist", {"device": 1, "sim": 1}, {}),
        ("ios_plists/celWireless.josh_ios15_ffs.zip", {"device": 1, "sim": 1}, {}),
    ],
)
def test_counts_and_records(fixture: str, counts: dict[str, int], codes: dict[str, int]) -> None:
    result = golden_reading(fixture)
    assert Counter(record.kind for record in result.records) == counts
    assert is_balanced(result)
    assert codes.items() <= codes_of(result).items()
