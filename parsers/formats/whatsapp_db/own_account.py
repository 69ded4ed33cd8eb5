"""The owner's account: WhatsApp on Android writes its number into its preferences, beside the databases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Final

from lxml import etree

from parsers.database_files import application_folder
from parsers.errors import InputRefused
from parsers.formats.whatsapp_db.kinds import PERSON_SUFFIX, service_at
from parsers.phone_numbers import to_e164
from parsers.records.facts import Account
from parsers.records.values import DeletedState, NumberRef, Party
from parsers.store_reading import Store
from parsers.xml_guard import CleanXml, root_tag, strict_parser, unmark

FILES: Final = tuple(
    f"com.whatsapp{edition}_preferences{newer}.xml" for newer in ("_light", "") for edition in ("", ".w4b")
)
"""Where it stands, the newer files first; a handset may have both editions, each with an account of its own."""

_MOST_BYTES: Final = 4 * 2**20
_LOCATOR: Final = "preferences"
_NUMBER, _COUNTRY, _JID, _NAME = "ph", "cc", "registration_jid", "push_name"


def own_account(store: Store) -> Iterator[Account]:
    """Yield the owner's account of each folder in which one of the files lies and names a number."""
    done: set[str] = set()
    for file, member in ((name, each) for name in FILES for each in store.members_called(name)):
        folder = member.rpartition("/")[0]
        if folder in done:
            continue
        content = store.content_beside(member, _MOST_BYTES)
        values, counts = (None, {}) if content is None else _strings(content)
        for code, count in counts.items():
            store.book.note(code, locator=file, count=count)
        if values is None:
            store.book.lose("account", member, file)
            continue
        number = _number(values)
        if not number.strip():
            continue
        e164 = to_e164(f"+{number.strip().lstrip('+')}", store.region)
        if e164 is not None:
            store.learn(msisdn=e164)
        done.add(folder)
        stamp = store.stamp_of(member)
        store.book.saw("account")
        yield Account(
            source=stamp.source(_LOCATOR),
            record_id=stamp.record_id("account", _LOCATOR),
            extraction_id=store.extraction_id,
            deleted=DeletedState.INTACT,
            service=service_at(member),
            name=values.get(_NAME) or None,
            handles=(number.strip() + PERSON_SUFFIX,),
            numbers=(NumberRef(number, e164),),
            listing=store.listing,
        )


def owner_beside(store: Store) -> Party | None:
    """Return who the account is of which a database is: of the preferences in the same application's folder.

    None where there are none, or where they name no number; what is wrong with them ``own_account`` notes.
    """
    folder = application_folder(store.place)
    for member in (member for name in FILES for member in store.members_called(name)):
        if application_folder(member) != folder:
            continue
        content = store.content_beside(member, _MOST_BYTES)
        values = None if content is None else _strings(content)[0]
        if number := _number(values or {}).strip():
            return store.party(number + PERSON_SUFFIX, is_owner=True)
    return None


def _number(values: Mapping[str, str]) -> str:
    return values.get(_JID, "").partition("@")[0] or values.get(_COUNTRY, "") + values.get(_NUMBER, "")


def _strings(content: bytes) -> tuple[dict[str, str] | None, dict[str, int]]:
    """Return the texts of a file of preferences by their names, and what had to be replaced, by its code.

    None for the texts: it is no sound XML, or declares a type.
    """
    parser = strict_parser(("string",))
    try:
        root_tag(content)
        clean = CleanXml(BytesIO(content))
        for chunk in clean.chunks():
            parser.feed(chunk)
        parser.close()
    except (InputRefused, etree.XMLSyntaxError):
        return None, {}
    replaced = (("characters_replaced", clean.replaced_count), ("markup_unescaped", clean.unescaped_count))
    events: Iterator[tuple[str, etree._Element]] = parser.read_events()  # type: ignore[assignment]  # only elements end
    texts = {str(each.get("name", "")): unmark(each.text or "")[0] for _, each in events}
    return texts, {code: count for code, count in replaced if count}
