"""SIM and feature-phone fixtures: every record against its golden file, and one truth in all of them."""

from __future__ import annotations

from collections import Counter

import pytest

from parsers.records.values import DeletedState
from tests.fakes.deliveries import bodies_of, codes_of, contacts_of, is_balanced, messages_of
from tests.fakes.golden import golden_reading
from tests.unit.parsers.formats.handset_case import TEXTS

BODIES = Counter(text.body for text in TEXTS)


@pytest.mark.parametrize(
    "fixture",
    [
        "pdu_lines/pdus.txt",
        "pdu_lines/ef_sms_records.txt",
        "sim_files/card.script",
        "sim_files/fsdump.json",
        "sim_files/card_files.txt",
        "sim_files/EF_SMS.bin",
        "at_log/pdu_mode.log",
        "at_log/text_mode.log",
        "gammu/texts.smsbackup",
        "nokia_backup/Backup.NBF",
        "nokia_backup/HW7.nfb",
    ],
)
def test_texts(fixture: str) -> None:
    result = golden_reading(fixture)
    assert Counter(bodies_of(result)) == BODIES
    assert is_balanced(result)
    deleted = [message.body for message in messages_of(result) if message.deleted is DeletedState.DELETED]
    if fixture.startswith("sim_files/") or "records" in fixture:
        assert deleted == ["u about? need 2"]
    else:
        assert deleted == []


@pytest.mark.parametrize("fixture", ["gammu/phone.backup", "gammu/phone_unicode.backup"])
def test_phone_books(fixture: str) -> None:
    result = golden_reading(fixture)
    assert [contact.name for contact in contacts_of(result)] == ["TopUp", "Zaro", "Jay Mum's \u00e9"]
    assert codes_of(result) == {"zone_assumed": 1}
