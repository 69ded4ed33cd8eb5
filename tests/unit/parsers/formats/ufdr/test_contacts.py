"""Contacts, accounts, rows of a SIM."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.records.facts import Account, Sim
from tests.unit.parsers.formats.ufdr.report_text import (
    OTHER,
    codes,
    extractions,
    field,
    model,
    only_contact,
    read_text,
    report,
)


def entry(kind: str, value: str | None, category: str | None = None, domain: str | None = None) -> str:
    return model(kind, f"e-{value}", field("Category", category), field("Value", value), field("Domain", domain))


def entries(*models: str) -> str:
    return f'<multiModelField name="Entries" type="ContactEntry">\n{"".join(models)}</multiModelField>\n'


def test_entries_are_sorted_by_their_type(tmp_path: Path) -> None:
    listed = entries(
        entry("PhoneNumber", OTHER, "Mobile", "Phone"),
        entry("PhoneNumber", "60777", "Home"),
        entry("EmailAddress", "jay@example.org", "Home", "Email"),
        entry("UserID", "447700900123@s.whatsapp.net", "WhatsApp User Id", "User ID"),
        entry("WebAddress", "example.org", "Home"),
        entry("ContactEntry", "07700 900124", "General", "Phone Number"),
        entry("PhoneNumber", None, "Work"),
    )
    found = only_contact(tmp_path, report(model("Contact", "c1", field("Name", "Jay"), listed)))
    assert [(each.raw, each.e164, each.label) for each in found.numbers] == [
        (OTHER, "+447700900123", "Mobile"),
        ("60777", None, "Home"),
        ("07700 900124", "+447700900124", "General"),
    ]
    assert found.emails == ("jay@example.org",)
    assert found.handles == ("447700900123@s.whatsapp.net",)
    assert found.extra == (
        ("EmailAddress.Home", "jay@example.org"),
        ("UserID.WhatsApp User Id", "447700900123@s.whatsapp.net"),
        ("WebAddress.Home", "example.org"),
    )


def test_names_are_kept_as_they_are(tmp_path: Path) -> None:
    name = '=cmd|" /C calc"!A0 \u202e ../../x'
    assert only_contact(tmp_path, report(model("Contact", "c1", field("Name", name)))).name == name


def test_where_a_contact_is_stored(tmp_path: Path) -> None:
    def stored(source: str | None) -> tuple[str | None, str]:
        found = only_contact(tmp_path, report(model("Contact", "c1", field("Source", source))))
        return found.stored_in, found.listing

    assert stored("Phone") == ("phone", "top")
    assert stored("SIM") == ("sim", "sim")
    assert stored("WhatsApp") == ("whatsapp", "top")
    assert stored(None) == (None, "top")


def test_a_contact_of_a_sim_extraction_is_stored_on_the_sim(tmp_path: Path) -> None:
    header = extractions(("0", "Logical"), ("1", "SIM Card 1"))
    text = report(model("Contact", "c1", field("Name", "K1"), attributes='extractionId="1"'), header=header)
    assert only_contact(tmp_path, text).stored_in == "sim"


def test_an_account_holds_the_owners_handles_and_numbers(tmp_path: Path) -> None:
    listed = entries(entry("UserID", "jay.77", "Username"), entry("PhoneNumber", "+447700900100", "Mobile"))
    account = model(
        "UserAccount",
        "u1",
        field("Source", "WhatsApp"),
        field("Name", "Jay"),
        field("Username", "447700900100"),
        field("ServiceType", "Messaging"),
        listed,
    )
    (found,) = [each for each in read_text(tmp_path, report(account)).records if isinstance(each, Account)]
    assert (found.service, found.name) == ("whatsapp", "Jay")
    assert found.handles == ("447700900100", "jay.77")
    assert [each.e164 for each in found.numbers] == ["+447700900100"]
    assert found.extra == (
        ("UserID.Username", "jay.77"),
        ("PhoneNumber.Mobile", "+447700900100"),
        ("ServiceType", "Messaging"),
    )


def sim_row(model_id: str, name: str, value: str, category: str) -> str:
    return model("SIMData", model_id, field("Name", name), field("Value", value), field("Category", category))


def test_rows_of_one_card_are_one_record(tmp_path: Path) -> None:
    text = report(
        sim_row("1", "MSISDN 1", "N/A", "SIM / USIM MSISDN"),
        sim_row("2", "MSISDN 2", "+447700900100", "SIM / USIM MSISDN"),
        sim_row("3", "ICCID", "8944100030201234567", "SIM / USIM"),
        sim_row("4", "LAI", "23415", "Location"),
        sim_row("5", "LAI", "N/A", "Location"),
    )
    result = read_text(tmp_path, text)
    (card,) = [each for each in result.records if isinstance(each, Sim)]
    assert (card.msisdn, card.iccid) == (("+447700900100",), ("8944100030201234567",))
    assert card.source.locator == "model 2"
    assert card.extra[-4:] == (("SIMData", "model 4"), ("Name", "LAI"), ("Value", "23415"), ("Category", "Location"))
    (tally,) = result.tally.values()
    assert (tally["sim"].seen, tally["sim"].indexed) == (1, 1)
    # A row for what the card has not is no card.
    assert codes(result) == {"element_not_read": 2}
    (part,) = result.parts
    assert part.msisdn == ("+447700900100",)


@pytest.mark.parametrize(
    "rows",
    [
        [("ICCID 1", "8944100030201234567"), ("ICCID 2", "8944200030201234568"), ("MSISDN 1", "+447700900100")],
        [("ICCID", "8944100030201234567"), ("IMSI 1", "234150000000001"), ("IMSI 2", "234100000000002")],
        [("ICCID", "8944100030201234567"), ("MSISDN 1", "+447700900100"), ("MSISDN 2", "+447700900101")],
        [("MSISDN 1", "+447700900100"), ("LAI", "23415")],
    ],
)
def test_rows_that_may_be_of_two_cards_stay_apart(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    text = report(*(sim_row(str(at), name, value, "SIM") for at, (name, value) in enumerate(rows)))
    found = [each for each in read_text(tmp_path, text).records if isinstance(each, Sim)]
    assert [each.iccid + each.imsi + each.msisdn for each in found] == [
        () if name == "LAI" else (value,) for name, value in rows
    ]


def test_one_card_named_twice_in_two_forms_is_one(tmp_path: Path) -> None:
    rows = [("ICCID", "8944100030201234567"), ("ICCID", "8944100030201234567F"), ("MSISDN", "07700 900100")]
    rows.append(("MSISDN", "+447700900100"))
    text = report(*(sim_row(str(at), name, value, "SIM") for at, (name, value) in enumerate(rows)))
    (card,) = [each for each in read_text(tmp_path, text).records if isinstance(each, Sim)]
    assert card.msisdn == ("07700 900100", "+447700900100")


@pytest.mark.parametrize(
    "names", [("SIM 1", "SIM 2"), ("Slot 1", "Slot 2"), ("SIM card 0", "SIM card 1"), ("SIM", "SIM 2")]
)
def test_rows_of_two_slots_stay_apart(tmp_path: Path, names: tuple[str, str]) -> None:
    rows = [
        sim_row("1", "ICCID", "8944100030201234567", names[0]),
        sim_row("2", "IMSI", "234150000000001", names[1]),
        sim_row("3", "MSISDN", "+447700900155", names[1]),
    ]
    found = [each for each in read_text(tmp_path, report(*rows)).records if isinstance(each, Sim)]
    assert [each.iccid + each.imsi + each.msisdn for each in found] == [
        ("8944100030201234567",),
        ("234150000000001",),
        ("+447700900155",),
    ]


@pytest.mark.parametrize("names", [("ICCID 1", "IMSI 1", "MSISDN 1"), ("ICCID", "IMSI", "MSISDN 2")])
def test_rows_of_one_slot_are_one_record(tmp_path: Path, names: tuple[str, str, str]) -> None:
    values = ("8944100030201234567", "234150000000001", "+447700900155")
    rows = [sim_row(str(at), *row, "SIM / USIM") for at, row in enumerate(zip(names, values, strict=True))]
    rows.append(sim_row("9", "LAI", "23415", "Location"))
    (card,) = [each for each in read_text(tmp_path, report(*rows)).records if isinstance(each, Sim)]
    assert card.iccid + card.imsi + card.msisdn == values


def test_a_second_number_among_the_items_of_the_handset_keeps_rows_apart(tmp_path: Path) -> None:
    rows = (sim_row("1", "ICCID", "8944100030201234567", "SIM"), sim_row("2", "MSISDN", "+447700900155", "SIM"))
    for item, count in (("+447700900166", 2), ("07700 900155", 1)):
        metadata = f'<metadata section="Device Info"><item name="MSISDN">{item}</item></metadata><decodedData>'
        text = report(*rows).replace("<decodedData>", metadata, 1)
        assert sum(isinstance(each, Sim) for each in read_text(tmp_path, text).records) == count
