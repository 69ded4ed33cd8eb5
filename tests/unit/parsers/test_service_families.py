"""Words of one service are one where two sources are compared, within a delivery and between two."""

from __future__ import annotations

import pytest

from ingest.segment_store import fact_digests
from parsers.service_families import HANDSET, service_family


@pytest.mark.parametrize(
    "words",
    [
        ("facebook messenger", "messenger", "Facebook", "com.facebook.orca"),
        ("wickr me", "wickr", "Wickr_Me"),
        ("signal", "signal private messenger", "Signal  Private Messenger", "org.thoughtcrime.securesms"),
        ("tiktok", "tik tok"),
        ("textnow", "Text Now"),
        ("whatsapp", "WhatsApp Messenger", "com.whatsapp", "WhatsApp Business", "com.whatsapp.w4b"),
        ("whatsapp", "net.whatsapp.WhatsApp", "net.whatsapp.WhatsAppSMB"),
        ("facetime", "com.apple.FaceTime"),
        ("telegram", "ph.telegra.Telegraph", "org.telegram.messenger/org.telegram.Service"),
        ("an unknown one", "An Unknown One"),
    ],
)
def test_names_of_one_application_are_one(words: tuple[str, ...]) -> None:
    assert len({service_family(word) for word in words}) == 1
    assert len({fact_digests.service_family(word) for word in words}) == 1


@pytest.mark.parametrize("word", [None, "sms", "mms", "rcs", "google messages", "Google Messages", "native", "sim"])
def test_texts_of_the_handset_are_one(word: str | None) -> None:
    assert service_family(word) == fact_digests.service_family(word) == HANDSET


def test_applications_are_told_apart() -> None:
    words = ("whatsapp", "signal", "telegram", "messenger", "instagram", "imessage", None)
    assert len({service_family(word) for word in words}) == len(words)
    # Of two extractions one may not tell iMessage from SMS: both lie in one store.
    assert fact_digests.service_family("imessage") == HANDSET
