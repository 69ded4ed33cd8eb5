"""Makes the records of one chat: parties, direction and what a text says of itself."""

from __future__ import annotations

from typing import Final

import msgspec

from parsers.contract import SourceStamp
from parsers.deleted_lines import is_deleted
from parsers.formats.whatsapp_text.chat_members import AMBIGUOUS, file_key
from parsers.formats.whatsapp_text.line_bodies import (
    attached_behind,
    attached_name,
    is_of_application,
    is_omitted,
    is_omitted_behind,
)
from parsers.formats.whatsapp_text.owners import Sides
from parsers.phone_numbers import read_label, to_e164
from parsers.records.facts import Direction, Message
from parsers.records.values import Attachment, DeletedState, Moment, Party

SERVICE: Final = "whatsapp"
APPLICATION_STATUS: Final = "system"
"""Status of a line of the application itself: who was added, that the chat is encrypted."""

START_IN_TEXT: Final = "start_in_text"
"""Said of a text in which lines stand that look like the start of a message."""

_SHOWN_AS: Final = "shown as"


class Draft(msgspec.Struct, kw_only=True):
    """A message while its lines are read.

    Attributes:
        sender: As written; None: a line of the application.
        text: Lines of the text, without line ends.
        returns: Places among them of lines in front of which a CR stands alone.
        is_first: Whether no start stands before its own.
        is_spoken: Whether it stands, marked, under a name under which the application alone speaks.
        notices: What is to be said of the text.
    """

    locator: str
    sender: str | None
    moment: Moment
    text: list[str]
    returns: set[int] = set()
    is_first: bool = False
    is_spoken: bool = False
    notices: list[str] = []
    chars: int = 0

    def body(self) -> str:
        """Return the text as it is stored, but for CR LF, which is LF."""
        if not self.returns:
            return "\n".join(self.text)
        ends = ("\r" if place in self.returns else "\n" for place in range(1, len(self.text)))
        return self.text[0] + "".join(f"{end}{line}" for end, line in zip(ends, self.text[1:], strict=True))

    def note(self, notice: str) -> None:
        """Say something of the text, once."""
        if notice not in self.notices:
            self.notices.append(notice)


class MessageMaker:
    """Turns drafts into records; what is common to a chat is worked out once.

    Attributes:
        missing_count: Attached files that an archive or folder does not hold.
        first_missing: Locator of the first message that names one.
        used: Members that messages carry.
    """

    def __init__(
        self, stamp: SourceStamp, extraction_id: str, sides: Sides, region: str, files: dict[str, str] | None
    ) -> None:
        """Make a maker.

        Args:
            stamp: Of the chat's member.
            extraction_id: Of the chat.
            sides: Who is who.
            region: For numbers without a country code.
            files: ``ChatSource.files_of`` the chat. None: a single text file.
        """
        self.missing_count = 0
        self.first_missing: str | None = None
        self.used: set[str] = set()
        self._stamp = stamp
        self._extraction_id = extraction_id
        self._sides = sides
        self._region = region
        self._files = files
        self._owner = self._party(sides.owner) if sides.owner is not None else None
        self._other = self._party(sides.other) if sides.other is not None else None

    def message(self, draft: Draft) -> Message:
        """Return the record of a message."""
        body = draft.body()
        sender, direction, basis = self._sender(draft.sender)
        recipients: tuple[Party, ...] = ()
        is_of_application = draft.sender is None or is_of_application_line(draft)
        if is_of_application:
            sender, direction, basis = None, Direction.UNKNOWN, None
        elif self._other is not None:
            recipient = self._other if direction is Direction.OUTGOING else self._owner
            recipients = (recipient,) if recipient is not None and direction is not Direction.UNKNOWN else ()
        is_named = is_of_application and draft.sender is not None
        return Message(
            source=self._stamp.source(draft.locator),
            record_id=self._stamp.record_id("message", draft.locator),
            extraction_id=self._extraction_id,
            deleted=DeletedState.DELETED if is_deleted(body) else DeletedState.UNKNOWN,
            service=SERVICE,
            direction=direction,
            direction_basis=basis,
            from_party=sender,
            to=recipients,
            body=body,
            body_notices=tuple(draft.notices),
            thread=self._sides.title,
            status=APPLICATION_STATUS if is_of_application else None,
            attachments=() if is_of_application else self._attachments(draft),
            time=draft.moment,
            extra=((_SHOWN_AS, draft.sender),) if is_named and draft.sender is not None else (),
        )

    def _party(self, name: str) -> Party:
        sides = self._sides
        if name == sides.owner:
            is_owner: bool | None = True
        elif sides.other is not None:
            # In a chat of two a third name is a line that somebody typed.
            is_owner = False if name == sides.other else None
        else:
            is_owner = None if sides.owner is None else False
        party = read_label(name, self._region, is_owner=is_owner)
        if name != sides.other or sides.other_id is None or party.raw is not None:
            return party
        return msgspec.structs.replace(party, raw=sides.other_id, e164=to_e164(sides.other_id, self._region))

    def _sender(self, name: str | None) -> tuple[Party | None, Direction, str | None]:
        if name is None:
            return None, Direction.UNKNOWN, None
        party = self._party(name)
        if party.is_owner is None:
            return party, Direction.UNKNOWN, None
        return party, Direction.OUTGOING if party.is_owner else Direction.INCOMING, self._sides.basis

    def _attachments(self, draft: Draft) -> tuple[Attachment, ...]:
        first = draft.text[0]
        # The last line of a text in which starts were typed may be somebody else's.
        last = draft.text[-1] if START_IN_TEXT not in draft.notices else ""
        name = attached_name(first) or attached_behind(last)
        if name is None:
            return (Attachment(),) if is_omitted(first) or is_omitted_behind(last) else ()
        if self._files is None:
            return (Attachment(name),)
        member = self._files.get(file_key(name))
        if member == AMBIGUOUS:
            return (Attachment(name),)
        if member is None:
            self.missing_count += 1
            self.first_missing = self.first_missing or draft.locator
        else:
            self.used.add(member)
        return (Attachment(name, member=member),)


def is_of_application_line(draft: Draft) -> bool:
    """Whether a draft with a sender is a line of the application, which iOS shows under the chat's name."""
    return draft.is_spoken or is_of_application(draft.text[0], draft.sender or "", is_first=draft.is_first)
