"""The registry: the highest claim reads, ties are named, and a broken reader of others stops nobody."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest

from parsers import registry
from parsers.contract import Claim, Delivery, Head, ReadContext, ReadEvent, Tier
from parsers.errors import InputRefused
from parsers.records.notices import Notice


class FakeParser:
    """Claims every delivery."""

    name = "fake"
    version = "1"
    tier = Tier.INFERRED
    title = "A fake"
    versions_seen: tuple[str, ...] = ()
    not_read: tuple[str, ...] = ()
    claim: Claim | None = Claim(score=50, reason="everything")

    def identify(self, head: Head) -> Claim | None:
        return self.claim if head.name else None

    def read(self, delivery: Delivery, ctx: ReadContext) -> Iterator[ReadEvent]:
        del delivery, ctx
        yield from ()


class OtherParser(FakeParser):
    """Claims as the test says."""

    name = "other"


HEAD = Head(name="x.ufdr", is_folder=False, first_bytes=b"x", mime_type="text/plain")


@pytest.fixture(autouse=True)
def _fresh_registry() -> Iterator[None]:
    registry._loaded.cache_clear()
    yield
    registry._loaded.cache_clear()


def plug_in(monkeypatch: pytest.MonkeyPatch, **entry_points: str) -> None:
    found = [EntryPoint(name, value, registry.ENTRY_POINT_GROUP) for name, value in entry_points.items()]
    monkeypatch.setattr(registry, "entry_points", lambda *, group: found if group == "trapline.parsers" else [])


def test_our_parsers_are_these() -> None:
    """A new format is a line here too: what is registered changes on purpose."""
    assert [parser.name for parser in registry.all_parsers()] == [
        "ufdr",
        "whatsapp_text",
        "android_db",
        "ios_db",
        "whatsapp_db",
        "xry_text",
        "sms_backup_restore",
        "pdu_lines",
        "sim_files",
        "ufed_workbook",
        "table",
        "at_log",
        "gammu",
        "vcard",
        "telegram_json",
        "container",
        "meta_json",
        "ios_plists",
        "itunes_backup",
        "adb_backup",
        "axiom_xml",
        "leapp",
        "case_jsonld",
        "snapchat_json",
        "vmg",
        "signal_text",
        "nokia_backup",
    ]


@pytest.mark.parametrize(
    ("other", "name"),
    [(Claim(score=51, reason="more"), "other"), (Claim(score=49, reason="less"), "fake"), (None, "fake")],
)
def test_the_highest_claim_reads(monkeypatch: pytest.MonkeyPatch, other: Claim | None, name: str) -> None:
    monkeypatch.setattr(registry, "PARSERS", (f"{__name__}:FakeParser", f"{__name__}:OtherParser"))
    monkeypatch.setattr(OtherParser, "claim", other)
    parser, claim = registry.identify(HEAD)
    assert parser.name == name
    assert claim.score >= 50


def test_a_tie_names_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "PARSERS", (f"{__name__}:FakeParser", f"{__name__}:OtherParser"))
    with pytest.raises(InputRefused) as caught:
        registry.identify(HEAD)
    assert (caught.value.code, caught.value.subject) == ("format_ambiguous", "fake, other")


def test_a_known_format_that_cannot_be_read_gives_its_own_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "PARSERS", (f"{__name__}:OtherParser",))
    monkeypatch.setattr(OtherParser, "claim", Claim(score=90, reason="a password", refusal="input_protected"))
    with pytest.raises(InputRefused) as caught:
        registry.identify(HEAD)
    assert (caught.value.code, caught.value.subject) == ("input_protected", "a password")


def test_what_nobody_claims_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "PARSERS", ())
    plug_in(monkeypatch)
    with pytest.raises(InputRefused) as caught:
        registry.identify(HEAD)
    assert (caught.value.code, caught.value.subject) == ("format_unknown", "text/plain")


def test_readers_of_others_come_after_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, other=f"{__name__}:OtherParser")
    assert [parser.name for parser in registry.all_parsers()][-1] == "other"
    assert list(registry.unusable_readers()) == []


def test_a_reader_that_cannot_be_loaded_is_named_and_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(
        monkeypatch,
        absent="no_such_module_here:Parser",
        no_class=f"{__name__}:HEAD",
        not_there=f"{__name__}:Missing",
        taken=f"{__name__}:TakenName",
        fine=f"{__name__}:FakeParser",
    )
    assert [parser.name for parser in registry.all_parsers()][len(registry.PARSERS) :] == ["fake"]
    assert list(registry.unusable_readers()) == [
        Notice(code="reader_not_usable", subject=name) for name in ("absent", "no_class", "not_there", "taken")
    ]


class TakenName(FakeParser):
    """Takes a name of ours."""

    name = "ufdr"
