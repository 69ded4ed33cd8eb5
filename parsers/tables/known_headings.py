"""The headings of columns that are known, in the form by which they are compared (``parsers.tables.labels``), by field.

Where they come from: see README.md of the tables.
"""

from __future__ import annotations

from typing import Final

from parsers.table_fields import Field

LABELS: Final[dict[Field, str]] = {
    Field.TIME: "timestamp | time stamp | datetime | date time | when | timestamp date | timestamp time | date | time"
    " | time of day | message timestamp | call date | call time | call date time | message date | message time"
    " | start date | start time | start date time | date + time | date & time | time and date"
    " | starting timestamp | start timestamp | call timestamp | date and time | event time | event date | activity time"
    " | message date time | created | readable date | time local | date local | local time | timestamp local | day"
    " | iso date | isodate | timestamp date time | date of message | date of msg | date of text | date of call"
    " | time of message | time of msg | time of text | time of call"
    " | call start timestamp | call start time | call start date | call started | started at | call start"
    " | start of call | start | event start | start date & time | start date and time | event date time"
    " | unix time | unix timestamp | unix date | unix epoch | unix epoch time | epoch | epoch time | epoch timestamp"
    " | posix time | unixtime | timestamp unix | time unix | unix time s | unix time seconds | epoch s | epoch seconds"
    " | mac absolute time | cocoa time | cocoa timestamp | core data time | core data timestamp"
    " | cf absolute time | cfabsolutetime | cfabsolute time | apple time | apple timestamp | apple absolute time"
    " | nsdate | filetime | windows filetime | windows file time | win32 filetime | webkit time | webkit timestamp"
    " | web kit time | web kit timestamp"
    " | chrome time | chrome timestamp",
    Field.SENT: "sent | date sent | time sent | sent time | sent date | sent date time | sent timestamp | sent at"
    " | send timestamp | send time | send date | send date time"
    " | message sent date time | date time sent | original transmit date time",
    Field.RECEIVED: "received | date received | time received | received time | received date | received date time"
    " | received at | received timestamp | message received date time | date time received",
    Field.READ: "date read | read date | read time | read date time | read timestamp | read at | iso date read"
    " | isodate read",
    Field.DELIVERED: "date delivered | delivered date | delivered time | delivered date time | delivered timestamp"
    " | delivered at",
    Field.FROM: "from | sender | from number | from phone number | sender number | from id | caller | originator"
    " | calling number | calling party | a number"
    " | a party | a party number | a msisdn | source number | sender id | group sender | sent by",
    Field.FROM_NAME: "from name | sender name | caller name | sender name matched | sending party",
    Field.TO: "to | recipient | recipients | recipient s | receiver | to number | to phone number | recipient number"
    " | to id | receiver number | callee | called | called number | called party | b number | b party | b party number"
    " | b msisdn | dialled digits | dialed digits | destination"
    " | destination number | dialled number | dialed number | sent to | cc | bcc",
    Field.TO_NAME: "to name | recipient name | recipient names | receiver name | callee name",
    Field.NUMBER: "number | phone | phone number | phone numbers | phone number s | tel | telephone | msisdn | partner"
    " | telephone number | mobile | mobile number | mobile phone | home | work | other party | party | peer"
    " | contact number | address | number dialled | partners | tel no | phone no | cell | fax | home phone | work phone"
    " | number dialed"
    " | business phone | other phone | correspondent | remote party | other number | cli"
    " | contact id | chat contact id | to from | from to | from or to | to or from | sender recipient"
    " | sender or recipient | mobile phone number | cell phone | cell number | cell phone number | cellphone",
    Field.NAME: "name | name matched | contact | contact name | display name | partner name | partner names | full name"
    " | saved name | first name | last name | forename | given name | middle name | surname | family name | nickname"
    " | saved as | matched name | person"
    " | contact fullname | person name",
    Field.PARTIES: "parties",
    Field.PARTICIPANTS: "participants | members | chat participants",
    Field.ACCOUNT: "account | owner account | owner | local user",
    Field.BODY: "body | message | text | content | contents | message text | message body | message content | sms"
    " | sms text | text message | texts | msg | sms body | message contents"
    " | message as sent | text as sent | message as received | text as received | message as written"
    " | what | what was said | deep communication",
    Field.DIRECTION: "direction | dir | in out | inout | in or out | message direction | call direction | way"
    " | incoming outgoing | sent received | i o | direction or address",
    Field.TYPE: "type | call type | message type | msg type | event type | record type | activity | item type"
    " | sms type | mms type",
    Field.STATUS: "status | read status | message status | call status | sms status | read"
    " | answered | disconnected cause | outcome | call outcome | call result",
    Field.FOLDER: "folder | mailbox | box | message folder | storage",
    Field.DURATION: "duration | dur | length | call duration | duration s | duration sec | duration secs"
    " | duration seconds | duration in secs | duration in seconds"
    " | call length | call duration seconds | talk time | duration hh mm ss"
    " | duration h m s | duration mm ss | duration m s | event duration | charged duration | billed duration",
    Field.SERVICE: "source | application | app | app name | service | related application | service type | platform"
    " | messenger | service provider",
    Field.SMSC: "smsc | service center | service centre | message centre | message center",
    Field.THREAD: "identifier | thread | thread id | threadid | chat id | chatid | chat identifier | conversation"
    " | conversation id | conversation name",
    Field.CHAT: "chat | chat name | chat session | chat title | conversation title | chat with | conversation with"
    " | group | group name | group chat | session name | room | room name",
    Field.CHAT_NUMBER: "chat # | chat no",
    Field.DELETED: "deleted | deleted instant message | deleted message | deleted call | deleted contact"
    " | deleted sms | deleted mms | deleted chat"
    " | deleted sms message | deleted mms message"
    " | deleted state | deleted y n | is deleted | state | record status"
    " | recovery | recovery method",
    Field.ATTACHMENT: "attachment | attachments | attachment name | file | file name | media",
    Field.EMAIL: "email | e mail | emails | email address | e mail address | email home | email work | email addresses"
    " | e mail addresses | email address es | e mail address es",
    Field.HANDLE: "username | user name | user id | userid | handle | jid | user | screen name",
    Field.ENTRIES: "entries | entry | phones emails | phones & emails",
    Field.STORED_IN: "stored in | memory | phonebook | phone book",
    Field.EXHIBIT: "exhibit | exhibit ref | exhibit reference | exhibit no | exhibit number | evidence number"
    " | exh | exh ref | exh no | source exhibit | exhibit id",
    Field.IMEI: "imei | device imei | handset imei",
    Field.ROW: "# | no | row | item | item # | index | instant message # | sms message # | call # | record #",
}
"""Field to its headings, with a bar between them."""

OF_NO_ROLE: Final = frozenset(
    {"number", "phone", "phone number", "tel", "telephone", "msisdn", "telephone number", "mobile", "mobile number"}
    | {"mobile phone", "tel no", "phone no", "cli", "mobile phone number", "cell phone", "cell number"}
    | {"cell phone number", "cellphone"}
)
"""Headings of a number that do not say whose it is. ``Home`` and ``Fax`` are of somebody who was saved."""

DIALLED: Final = frozenset({"number dialled", "number dialed"})
"""Headings of the other side of a call, which say that it went out where nothing else says how it went."""

CALLING_LINE: Final = "cli"
"""Heading of the line that a call was made from, whichever way it went."""

SOURCES: Final = frozenset({"source", "src", "source address"})
DESTINATIONS: Final = frozenset({"target", "dst", "destination address"})
"""Headings of where something came from and went to, which may be of a network as well: their cells tell."""
