"""Makes the account of the owner and the contacts of the export."""

from __future__ import annotations

from parsers.contract import SourceStamp
from parsers.formats.telegram_json.chats import Owner
from parsers.formats.telegram_json.messages import SERVICE
from parsers.json_decoding import Json
from parsers.json_values import text_in
from parsers.part_book import PartBook
from parsers.phone_numbers import to_e164
from parsers.records.facts import Account, Contact
from parsers.records.values import NumberRef


def owner_of(held: Json) -> Owner:
    """Return the owner whom ``personal_information`` states."""
    user = text_in(held, "user_id")
    return Owner(f"user{user}" if user else None, _name(held), text_in(held, "phone_number"))


def account_of(held: Json, stamp: SourceStamp, book: PartBook, region: str) -> Account:
    """Return the owner's account."""
    book.saw("account")
    locator = "personal_information"
    owner = owner_of(held)
    handles = [handle for handle in (text_in(held, "username"), owner.user) if handle]
    bio = text_in(held, "bio")
    return Account(
        source=stamp.source(locator),
        record_id=stamp.record_id("account", locator),
        extraction_id=book.extraction_id,
        service=SERVICE,
        name=owner.name,
        handles=tuple(handles),
        numbers=_numbers(owner.number, region),
        extra=(("bio", bio),) if bio else (),
    )


def contact_of(held: dict[str, Json], place: int, stamp: SourceStamp, book: PartBook, region: str) -> Contact:
    """Return a contact of the account."""
    book.saw("contact")
    user = text_in(held, "user_id")
    locator = f"contact no. {place}"
    date = text_in(held, "date")
    return Contact(
        source=stamp.source(locator),
        record_id=stamp.record_id("contact", locator),
        extraction_id=book.extraction_id,
        name=_name(held),
        numbers=_numbers(text_in(held, "phone_number"), region),
        handles=(f"user{user}",) if user and user != "0" else (),
        stored_in=SERVICE,
        extra=(("date", date),) if date else (),
    )


def _name(held: Json) -> str | None:
    return " ".join(part for key in ("first_name", "last_name") if (part := (text_in(held, key) or "").strip())) or None


def _numbers(number: str | None, region: str) -> tuple[NumberRef, ...]:
    return (NumberRef(number, to_e164(number, region)),) if number else ()
