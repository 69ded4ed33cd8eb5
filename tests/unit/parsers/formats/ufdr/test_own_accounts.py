"""Accounts by which is told whose side is whose, where the report states no owner."""

from __future__ import annotations

import resource
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from parsers.contract import ReadContext
from parsers.formats.ufdr import report_reader
from parsers.formats.ufdr.elements import Element
from parsers.reading import read
from parsers.records.facts import Call
from tests.unit.parsers.formats.ufdr.report_text import (
    chat,
    codes,
    delivery_of,
    extractions,
    field,
    items,
    message,
    messages_of,
    model,
    only_call,
    only_message,
    parties,
    party,
    read_delivery,
    read_text,
    report,
    sender,
    sms,
    write,
)

MINE, JAY, TEL = (f"4477009001{end}@s.whatsapp.net" for end in ("00", "23", "24"))
MINE_AS_NUMBER = "+447700900100"
PEOPLE = parties(party(MINE), party(JAY, name="Jay"), party(TEL), name="Participants")
SENT, GOT = message("m1", sender(party(MINE, "From"))), message("m2", sender(party(JAY, "From")))
PLAIN = [("m1", "unknown", None), ("m2", "unknown", None)]
TOLD = [("m1", "outgoing", "owner_flag"), ("m2", "incoming", "account")]
ON_FIRST = 'deleted_state="Intact" extractionId="0"'
ON_SECOND = 'deleted_state="Intact" extractionId="1"'


def account(
    *identifiers: str, source: str | None = "WhatsApp", more: str = "", attributes: str = 'deleted_state="Intact"'
) -> str:
    entries = "".join(
        model("UserID", f"e{place}", field("Value", each), field("Domain", "User ID"))
        for place, each in enumerate(identifiers[1:])
    )
    listed = f'<multiModelField name="Entries" type="ContactEntry">\n{entries}</multiModelField>\n'
    first = field("Username", identifiers[0]) if identifiers else ""
    return model("UserAccount", "u1", field("Source", source), field("Name", "Me"), first, listed, more).replace(
        'deleted_state="Intact"', attributes, 1
    )


def whatsapp(*content: str, messages: str = SENT + GOT, source: str | None = "WhatsApp", chat_id: str = "c1") -> str:
    return chat(chat_id, field("Source", source), field("Id", "thread"), *(content or (PEOPLE,)), messages=messages)


def ways(folder: Path, *models: str, header: str = "") -> list[tuple[str, str, str | None]]:
    found = messages_of(read_text(folder, report(*models, header=header)))
    return [(each.source.locator.split()[1], each.direction, each.direction_basis) for each in found]


@pytest.mark.parametrize("stands_before", [True, False])
@pytest.mark.parametrize(
    "identifiers", [(MINE,), (MINE_AS_NUMBER,), ("07700 900100",), ("somebody", MINE), ("me@example.org", MINE, MINE)]
)
def test_an_account_of_the_application_names_the_owner(
    tmp_path: Path, identifiers: tuple[str, ...], *, stands_before: bool
) -> None:
    models = [account(*identifiers), whatsapp()] if stands_before else [whatsapp(), account(*identifiers)]
    result = read_text(tmp_path, report(*models))
    sent, got = messages_of(result)
    assert [(each.direction, each.direction_basis) for each in (sent, got)] == [each[1:] for each in TOLD]
    assert sent.from_party is not None
    assert (sent.from_party.raw, sent.from_party.is_owner) == (MINE, True)
    assert [(each.raw, each.is_owner) for each in got.to] == [(MINE, True), (TEL, None)]
    assert [each.kind for each in result.records].count("account") == 1
    assert codes(result) == {}


@pytest.mark.parametrize(
    "other",
    [
        account(MINE, source="Telegram"),
        account(MINE, source=None),
        account(),
        account("447700900199@s.whatsapp.net"),
        account("Me"),
        account(MINE) + account(TEL),
        model("Contact", "k1", field("Source", "WhatsApp"), field("Name", "UserAccount"), field("Username", MINE)),
    ],
    ids=[
        "another application",
        "no application",
        "no identifier",
        "no participant",
        "a name",
        "two of them",
        "contact",
    ],
)
def test_what_names_no_one_participant_changes_nothing(tmp_path: Path, other: str) -> None:
    assert ways(tmp_path, whatsapp(), other) == PLAIN


def test_each_chat_is_told_by_the_account_that_is_in_it(tmp_path: Path) -> None:
    further = "447700900177@s.whatsapp.net"
    people = parties(party(further), party(JAY), name="Participants")
    second = whatsapp(people, messages=message("m3", sender(party(further))) + message("m4", sender(party(JAY))))
    found = ways(tmp_path, whatsapp(), second, account(MINE), account(further))
    assert [each[1] for each in found] == ["outgoing", "incoming", "outgoing", "incoming"]


def test_of_two_accounts_in_one_chat_none_is_taken_even_for_one_message(tmp_path: Path) -> None:
    assert ways(tmp_path, whatsapp(), account(MINE), account(JAY)) == PLAIN


def test_the_application_may_stand_with_the_messages_alone(tmp_path: Path) -> None:
    each = [message(name, field("Source", "WhatsApp"), sender(party(who))) for name, who in (("m1", MINE), ("m2", JAY))]
    assert ways(tmp_path, whatsapp(source=None, messages="".join(each)), account(MINE)) == TOLD


def test_what_the_report_says_of_the_owner_holds_before_an_account(tmp_path: Path) -> None:
    flagged = parties(party(MINE), party(JAY, owner="True"), name="Participants")
    assert [each[1] for each in ways(tmp_path, whatsapp(flagged), account(MINE))] == ["incoming", "outgoing"]
    stated = whatsapp(field("Account", JAY), PEOPLE)
    assert [each[1] for each in ways(tmp_path, stated, account(MINE))] == ["incoming", "outgoing"]
    said = message("m1", field("FromIsOwner", "False"), sender(party(MINE)))
    assert ways(tmp_path, whatsapp(messages=said), account(MINE)) == [("m1", "incoming", "owner_flag")]
    denied = parties(party(MINE, owner="False"), party(JAY), name="Participants")
    assert ways(tmp_path, whatsapp(denied, messages=GOT), account(MINE)) == [("m2", "unknown", None)]


def test_an_account_of_another_handset_in_the_report_is_not_asked(tmp_path: Path) -> None:
    header = extractions(("0", "First"), ("1", "Second")) + items(
        "Device Info", ("IMEI", "359898315345391", "0"), ("IMEI", "354958497626987", "1")
    )
    first = whatsapp().replace('deleted_state="Intact"', ON_FIRST)
    assert ways(tmp_path, first, account(JAY, attributes=ON_SECOND), header=header) == PLAIN
    both = (account(JAY, attributes=ON_SECOND), account(MINE, attributes=ON_FIRST))
    assert ways(tmp_path, first, *both, header=header) == TOLD


def test_a_message_that_stands_alone_is_told_by_its_own_sides(tmp_path: Path) -> None:
    app = field("Source", "WhatsApp")
    sent = report(message("m1", app, sender(party(MINE))), account(MINE))
    assert only_message(tmp_path, sent).direction == "outgoing"
    got = only_message(
        tmp_path, report(message("m1", app, sender(party(JAY)), parties(party(MINE), name="To")), account(MINE))
    )
    assert (got.direction, [each.is_owner for each in got.to]) == ("incoming", [True])
    unlisted = parties(party(JAY), party(TEL), name="Participants")
    assert ways(tmp_path, whatsapp(unlisted), account(MINE)) == [TOLD[0], PLAIN[1]]


def test_the_sides_of_a_call_are_told_by_an_account(tmp_path: Path) -> None:
    sides = parties(party(MINE, "General"), party(JAY, "General"))
    call = model("Call", "c1", field("Source", "WhatsApp"), field("Type", "Incoming"), sides)
    found = only_call(tmp_path, report(call, account(MINE)))
    assert found.from_party is not None
    assert (found.from_party.raw, [(each.raw, each.is_owner) for each in found.to]) == (JAY, [(MINE, True)])
    assert isinstance(found, Call)


def test_a_text_that_looks_like_an_account_is_none(tmp_path: Path) -> None:
    forged = message("m3", sender(party(JAY)), field("Subject", account(JAY)), body=account(JAY))
    assert [each[1] for each in ways(tmp_path, whatsapp(messages=SENT + GOT + forged))] == ["unknown"] * 3


@pytest.mark.parametrize("form", ["utf-16", "archive", "folder"])
def test_the_report_is_looked_through_in_whatever_form_it_came(tmp_path: Path, form: str) -> None:
    text = report(whatsapp(), account(MINE))
    if form == "utf-16":
        delivery = write(tmp_path, text.replace('encoding="utf-8"', 'encoding="utf-16"').encode("utf-16"))
    elif form == "archive":
        with ZipFile(tmp_path / "x.ufdr", "w", ZIP_DEFLATED) as archive:
            archive.writestr("files/Image/a.jpg", b"x" * 100_000)
            archive.writestr("report.xml", text)
        delivery = delivery_of(tmp_path / "x.ufdr")
    else:
        (tmp_path / "exhibit").mkdir()
        write(tmp_path / "exhibit", text, "Report.xml")
        delivery = delivery_of(tmp_path / "exhibit")
    assert [each.direction for each in messages_of(read_delivery(delivery))] == ["outgoing", "incoming"]


def test_nothing_is_noted_twice_of_an_account(tmp_path: Path) -> None:
    twice = account(MINE, more=field("Name", "Myself") + field("Notes", "x\x01"))
    result = read_text(tmp_path, report(whatsapp(), twice))
    assert codes(result) == {"field_repeated": 1, "characters_replaced": 1}


def test_a_report_that_states_its_owner_is_not_looked_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_reader, "accounts_in", None)
    flagged = parties(party(MINE, owner="True"), party(JAY, owner="False"), name="Participants")
    said = message("m3", field("FromIsOwner", "True"), sender(party(MINE)))
    channel = message("m4", sender(party(JAY, owner="False")))
    texts = sms("m5") + message("m6", sender(party(TEL)))
    read_text(tmp_path, report(whatsapp(flagged), whatsapp(messages=said + channel), texts, account(MINE)))


OWNER, OTHER = "+447700900100", "07700 900123"
CARD = model("SIMData", "s1", field("Name", "MSISDN 1"), field("Value", OWNER), field("Category", "SIM"))
ONE_TO_ONE = parties(party(MINE), party(JAY, name="Jay"), name="Participants")
FLAGGED = parties(party(MINE, owner="True"), party(JAY, owner="False"), name="Participants")


def both(kind: str, model_id: str, from_whom: str, to_whom: str, *more: str) -> str:
    """A text of the handset that lists both sides, in the form of its model."""
    if kind == "SMS":
        return sms(model_id, parties(party(from_whom, "From"), party(to_whom, "To")), *more)
    recipient = parties(party(to_whom, "To"), name="To")
    return model(kind, model_id, field("Body", "x"), sender(party(from_whom, "From")), recipient, *more)


@pytest.mark.parametrize("stands_before", [True, False])
@pytest.mark.parametrize(
    "told",
    [
        CARD,
        account(MINE),
        account("x", OWNER, source="Signal"),
        whatsapp(field("Account", OWNER), ONE_TO_ONE),
        whatsapp(FLAGGED),
    ],
    ids=["card", "account", "entry", "account of a chat", "participant of a chat"],
)
@pytest.mark.parametrize("kind", ["SMS", "MMS", "InstantMessage"])
def test_the_sides_of_a_text_are_told_by_what_else_names_the_owner(
    tmp_path: Path, kind: str, told: str, *, stands_before: bool
) -> None:
    texts = both(kind, "t1", OTHER, OWNER) + both(kind, "t2", "447700900100", OTHER)
    result = read_text(tmp_path, report(*((told, texts) if stands_before else (texts, told))))
    got, sent = (each for each in messages_of(result) if each.source.locator in {"model t1", "model t2"})
    assert (got.direction, [each.is_owner for each in got.to]) == ("incoming", [True])
    assert sent.from_party is not None
    assert (sent.direction, sent.from_party.is_owner, [each.is_owner for each in sent.to]) == ("outgoing", True, [None])
    assert codes(result) == {}


@pytest.mark.parametrize(
    "told",
    [account("Me", source="Signal"), account(OWNER) + account(OTHER, source="Signal"), account("100123", OWNER[1:4])],
    ids=["a name", "both sides", "neither side"],
)
def test_the_sides_of_a_text_stay_open_where_nothing_tells_one(tmp_path: Path, told: str) -> None:
    text = both("SMS", "t1", OWNER, OTHER, field("Folder", "Sent"))
    (found,) = messages_of(read_text(tmp_path, report(text, told)))
    assert found.from_party is not None
    assert (found.direction, found.direction_basis, found.from_party.is_owner) == ("outgoing", "folder", None)


def test_a_card_of_the_handset_names_the_owner_in_an_application_too(tmp_path: Path) -> None:
    assert ways(tmp_path, whatsapp(), CARD) == TOLD


def test_chats_are_not_looked_through_where_an_account_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_reader, "owners_of_chats", None)
    texts = both("SMS", "t1", OTHER, OWNER) + both("SMS", "t2", OWNER, OTHER)
    assert [each[1] for each in ways(tmp_path, texts, whatsapp(), account(MINE))][:2] == ["incoming", "outgoing"]


def test_what_stands_behind_the_accounts_is_not_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def kind_of(model: Element, _parent: Element | None) -> str:
        asked.append(model.get("type") == "UserAccount")
        return model.get("type") or ""

    monkeypatch.setattr("parsers.formats.ufdr.account_search._kind_of", kind_of)
    behind = "".join(model("Location", f"l{number}", field("Name", "x" * 500)) for number in range(2_000))
    assert ways(tmp_path, whatsapp(), account(MINE), behind) == TOLD
    assert len(asked) < 500


def test_memory_stays_flat_where_accounts_stand_behind_long_chats(tmp_path: Path) -> None:
    many = "".join(message(f"m{number}", sender(party(MINE)), body="x" * 900) for number in range(30_000))
    delivery = write(tmp_path, report(whatsapp(PEOPLE, messages=many), account(MINE)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ways = {getattr(event, "direction", None) for event in read(delivery, ReadContext(scratch_dir=tmp_path))}
    assert "outgoing" in ways
    assert "unknown" not in ways
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000
