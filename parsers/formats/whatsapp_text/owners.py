"""Who exported the chat, as far as the file or the submitter says it; names alone never do.

In a chat of two the name of the file or archive is the other party, so the other sender is the owner. A chat that
shows a deleted message as the exporter's own (``You deleted this message``) names the owner too, but anybody can type
these words, as those see them who deleted a message: they count where nothing else tells, and a notice says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

import msgspec

from parsers.formats.whatsapp_text.chat_members import ChatMember, is_person
from parsers.formats.whatsapp_text.chat_survey import Survey, letters_of
from parsers.phone_numbers import number_key, to_e164
from parsers.plain_characters import to_plain_characters

_YOU: Final = "You"
_PAIR: Final = 2
_DOMINANT_SHARE: Final = 0.9
"""A third sender of a chat of two is a line that somebody typed; the owner has nearly all of what is left."""


class Sides(msgspec.Struct, frozen=True, kw_only=True):
    """Who is who in a chat.

    Attributes:
        owner: The owner's name as written. None: not known.
        other: The other party of a chat of two, as written. None: a group, or not known.
        basis: What the owner was read from: ``file_name``, ``owner_number``, ``owner_flag``.
        other_id: The id of that party, where the file's name states it.
        title: Name of the chat. None: the delivery gives none.
        is_by_text: Whether nothing but words that anybody can type tells the owner.
        is_doubtful: Whether such words stand under the name of somebody who is not taken for the owner.
        is_untold: Whether no more than two write in it, no line tells of a group, and nothing tells who is the owner.
    """

    owner: str | None = None
    other: str | None = None
    other_id: str | None = None
    basis: str | None = None
    title: str | None = None
    is_by_text: bool = False
    is_doubtful: bool = False
    is_untold: bool = False


def sides_of(chat: ChatMember, survey: Survey, owner_number: str | None, region: str) -> Sides:
    """Return who is who; what the submitter states and the chat's name hold before words that anybody can type.

    Args:
        chat: Gives the names that the chat may go by.
        survey: Gives the senders.
        owner_number: As the submitter states it.
        region: For numbers without a country code.
    """
    is_person_named = chat.jid is not None and is_person(chat.jid)
    if chat.jid is not None and not is_person_named:
        survey = msgspec.structs.replace(survey, is_group=True)
    sides = _sides_of(chat, survey, owner_number, region)
    if not is_person_named or sides.other is None:
        return sides
    return msgspec.structs.replace(sides, other_id=chat.jid)


def _sides_of(chat: ChatMember, survey: Survey, owner_number: str | None, region: str) -> Sides:
    sides = _told_sides(chat, survey, owner_number, region)
    if not survey.owners:
        return sides
    if sides.owner is not None:
        return msgspec.structs.replace(sides, is_doubtful=survey.owners != {sides.owner})
    named = {name for name in survey.owners if name != sides.other and _may_own(name, chat, survey, region)}
    if len(survey.owners) > 1 or not named:
        return msgspec.structs.replace(sides, is_doubtful=True)
    found = _known(named.pop(), "owner_flag", sides.other, sides.title, survey)
    return msgspec.structs.replace(found, is_by_text=True)


def _told_sides(chat: ChatMember, survey: Survey, owner_number: str | None, region: str) -> Sides:
    """Return who is who without regard to what anybody can type."""
    senders = survey.senders
    # A group may be called as one of those in it.
    other = None if survey.is_group else _named_sender(chat.titles, senders, region)
    title = chat.titles[0] if chat.is_titled else other
    numbered = _numbered(senders, owner_number, region)
    if numbered is not None:
        return _known(numbered, "owner_number", other, title, survey)
    if _YOU in senders:
        return _known(_YOU, "owner_flag", other, title, survey)
    if other is not None:
        owner = _dominant(senders, other)
        if owner is not None or len(senders) == 1:
            return Sides(owner=owner, other=other, basis="file_name", title=title)
        return Sides(title=chat.titles[0] if chat.is_titled else None, is_untold=len(senders) == _PAIR)
    is_pair = not survey.is_group and not survey.has_unknown_lines
    if title is not None and chat.is_titled and len(senders) == 1 and is_pair:
        # Only the owner wrote: the other party is named by the file alone.
        name = next(iter(senders))
        if not _is_unsaved(name) and not _are_alike(_key(name, region), _key(title, region)):
            return Sides(owner=name, other=title, basis="file_name", title=title)
    return Sides(title=title, is_untold=not survey.is_group and 0 < len(senders) <= _PAIR)


def _may_own(name: str, chat: ChatMember, survey: Survey, region: str) -> bool:
    """Whether a sender may be the owner: no stranger, and not whom a chat of two may be called after."""
    if _is_unsaved(name):
        return False
    is_pair = not survey.is_group and len(survey.senders) <= _PAIR
    titles = chat.titles[:1] if is_pair and chat.is_titled else ()
    return not any(_are_alike(_key(name, region), _key(title, region)) for title in titles)


def _known(owner: str, basis: str, other: str | None, title: str | None, survey: Survey) -> Sides:
    is_pair = len(survey.senders) == 2 and not survey.is_group
    if other is None and is_pair and title is None:
        other = next(name for name in survey.senders if name != owner)
    return Sides(owner=owner, other=None if other == owner else other, basis=basis, title=title)


def _named_sender(titles: Iterable[str], senders: Iterable[str], region: str) -> str | None:
    """Return the sender that a name of the chat stands for. Characters that file names cannot hold do not count."""
    keys = {_key(name, region): name for name in senders}
    return next((keys[key] for title in titles if (key := _key(title, region)) in keys), None)


def _key(name: str, region: str) -> str:
    number = to_e164(name, region)
    if number is not None:
        return number
    return letters_of(name)


def _is_unsaved(name: str) -> bool:
    """Whether a name is shown as one that a stranger gave themselves (``~ Jay``), which the owner's never is."""
    return to_plain_characters(name).lstrip().startswith("~")


def _are_alike(one: str, two: str) -> bool:
    """Whether one name may be the other in a file that was renamed (``WhatsApp Chat with Jay HW-7.txt``)."""
    return one.startswith(two) or two.startswith(one)


def _numbered(senders: Iterable[str], owner_number: str | None, region: str) -> str | None:
    if owner_number is None:
        return None
    own = number_key(owner_number, to_e164(owner_number, region))
    return next((name for name in senders if to_e164(name, region) == own), None)


def _dominant(senders: Counter[str], other: str) -> str | None:
    """Return the sender who has nearly all messages that are not the other party's."""
    rest = Counter({name: count for name, count in senders.items() if name != other and not _is_unsaved(name)})
    if not rest:
        return None
    name, count = rest.most_common(1)[0]
    return name if count >= rest.total() * _DOMINANT_SHARE else None
