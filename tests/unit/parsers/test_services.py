"""What the service of a text is called."""

from __future__ import annotations

import pytest

from parsers.services import message_service


@pytest.mark.parametrize(
    ("application", "type_name", "expected"),
    [
        ("com.apple.MobileSMS", "SMS", "sms"),
        ("com.apple.MobileSMS", "MMS", "mms"),
        ("com.apple.MobileSMS", "iMessage", "imessage"),
        ("com.apple.MobileSMS", None, "com.apple.mobilesms"),
        ("com.apple.iMessage", "SMS", "imessage"),
        ("Native", "MMS", "mms"),
        ("net.whatsapp.WhatsApp", "SMS", "whatsapp"),
    ],
)
def test_the_program_for_texts_of_ios_is_no_service(application: str, type_name: str | None, expected: str) -> None:
    assert message_service(application, type_name) == expected
