"""What an extraction says of accounts of applications: which number an entry states with one, and who is shown by one.

An entry of an address book, or what an export states of its owner, that has an account and one number says whose both
are. With several numbers, or without an application, it does not say of which.
"""

from __future__ import annotations

from parsers.records.facts import Account, Contact, Message
from parsers.service_families import is_application, service_family
from search.contract import EdgeKind
from search.linkage.extraction.edge_table import EdgeTable
from search.linkage.keys import Role, account_of, is_stand_in


def note_account(edges: EdgeTable, record: Contact | Account) -> None:
    """Note the accounts that an entry states together with one number, by the account and by the number."""
    stated = record.stored_in if isinstance(record, Contact) else record.service
    if not record.handles or not stated or not is_application(stated):
        return
    numbers = {number.e164 for number in record.numbers}
    number = next(iter(numbers)) if len(numbers) == 1 else None
    if number is None:
        return
    service = service_family(stated)
    role = Role.SAVED if isinstance(record, Contact) else Role.ACCOUNT
    for account in sorted({account_of(handle, service) for handle in record.handles} - {""}):
        for key, other in ((account, number), (number, account)):
            edges.note((EdgeKind.ACCOUNT, key, role, other, service), None, record.record_id)


def note_shown(edges: EdgeTable, message: Message, sender: str) -> None:
    """Note in which application a text shows its sender by an account; empty: the text does not say in which."""
    if sender[:1] == "+" or is_stand_in(sender):
        return
    service = service_family(message.service) if message.service else ""
    if account := account_of(sender, service):
        edges.note((EdgeKind.ACCOUNT, account, Role.RECEIVED, "", service), None, message.record_id)
