"""Reads the folders of a handset's messages (``predefmessages``), one message or part a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from parsers.clocks import Clock
from parsers.contract import Delivery, ExtractionParser, SourceStamp
from parsers.errors import InputRefused
from parsers.formats.nokia_backup.finishing import Finish, Finisher
from parsers.formats.nokia_backup.stored_messages import (
    MOST_OCTETS,
    NAME,
    StoredMessage,
    is_picture_message,
    read_stored_message,
    time_in,
)
from parsers.member_files import MemberFiles
from parsers.part_book import PartBook
from parsers.phone_numbers import to_e164
from parsers.records.facts import Direction, Message
from parsers.records.values import NO_MOMENT, ClockBasis, Moment, Party
from parsers.sms_pdu.long_messages import Slot
from parsers.sms_pdu.pdu_errors import PduMalformed
from parsers.sms_pdu.sms_messages import SmsMessages
from parsers.sms_pdu.stored_sms import SmsKind
from parsers.sms_pdu.timestamps import moment_of

_MESSAGES: Final = "predefmessages"
_UNSENT: Final = frozenset({"5", "6", "predefdrafts"})
"""Folders of drafts and templates, as Series 40 numbers them or older handsets call them."""


def is_message_file(name: str, folder_name: str) -> bool:
    """Whether a member lies where the handset keeps a message, under a name as it gives one.

    Args:
        name: Path in the archive or folder.
        folder_name: What the archive or folder is called: it may be the folder of the messages itself.
    """
    above, _, last = name.rpartition("/")
    if NAME.fullmatch(last) is None:
        return False
    messages, _, number = above.rpartition("/")
    holder = messages.rpartition("/")[2] or (folder_name if not messages else "")
    return bool(number) and holder.casefold() == _MESSAGES


class MessageFolder:
    """Reads the files of one delivery.

    Attributes:
        used: Members that were opened.
        refused: Why the first member that cannot be opened is refused. None: all can.
    """

    def __init__(
        self, delivery: Delivery, parser: type[ExtractionParser], files: MemberFiles, book: PartBook, clock: Clock
    ) -> None:
        self.used: set[str] = set()
        self.refused: InputRefused | None = None
        self._delivery = delivery
        self._parser = parser
        self._files = files
        self._book = book
        self._clock = clock
        self._finisher = Finisher(delivery, parser, is_member=True)

    def records(self, region: str) -> Iterator[Message]:
        """Yield the messages, in the order of the files; a long one comes when its last part was met."""
        stamp = SourceStamp(self._delivery, None, self._parser)
        messages = SmsMessages(stamp, self._book, self._clock, region)
        chosen = self._files.chosen(lambda name: is_message_file(name, self._delivery.name), "message of a handset")
        for member in filter(None, chosen):
            self.used.add(member)
            octets = self._octets(member)
            if octets is None:
                continue
            try:
                stored = read_stored_message(octets)
            except PduMalformed as malformed:
                self._book.lose("message", member, f"SMS ({malformed.reason})")
                continue
            slot, moment = self._placed(member, stored, region)
            for message in messages.add_read(slot, stored.sms, moment):
                yield self._finisher.finished(message)
        for message in messages.rest():
            yield self._finisher.finished(message)

    def _octets(self, member: str) -> bytes | None:
        """Return the octets of a file. None: it holds no text, or cannot be opened; that is said."""
        try:
            with self._files.opened(member) as stream:
                octets = b""
                while len(octets) <= MOST_OCTETS and (piece := stream.read(MOST_OCTETS + 1 - len(octets))):
                    octets += piece
        except InputRefused as refused:
            self.refused = self.refused or refused
            self._book.note(refused.code, subject=refused.about(member))
            return None
        damage = self._files.damage(member)
        if damage is not None:
            self._book.note(damage, subject=member, ends_reading=damage != "checksum_wrong")
        if is_picture_message(octets):
            self._book.leave_out("picture message", member)
            return None
        if len(octets) > MOST_OCTETS:
            self._book.lose("message", member, "SMS (larger than any)")
            return None
        return octets

    def _placed(self, member: str, stored: StoredMessage, region: str) -> tuple[Slot, Moment]:
        """Return where a message stands and its time; what its octets do not hold is kept until it is whole.

        What came in has the time of the network's; what was sent has that of its file's name alone.
        """
        above, _, name = member.rpartition("/")
        folder = above.rpartition("/")[2]
        told = time_in(name)
        time_stamp = stored.sms.time_stamp
        moment = NO_MOMENT if time_stamp is None else moment_of(time_stamp, self._clock)
        extra = list(stored.beside)
        if told is not None and moment.utc is None:
            moment = replace(self._clock.iso(told[1], ClockBasis.DEVICE_LOCAL), raw=told[0])
        elif told is not None:
            extra.append(("time in the name", told[1]))
        if stored.sms.kind is SmsKind.SUBMIT:
            to = tuple(Party(each.number, to_e164(each.number, region), each.name) for each in stored.recipients)
            is_unsent = folder.casefold() in _UNSENT
            direction, basis = (Direction.DRAFT, "folder") if is_unsent else (None, None)
            self._finisher.hold(member, Finish(to=to, direction=direction, basis=basis))
        return Slot(locator=member, folder=folder, extra=tuple(extra)), moment
