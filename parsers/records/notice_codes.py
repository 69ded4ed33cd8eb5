"""The notice table: every code with its severity, its sentence and its remedy.

The sentence is what an investigator reads; ``{subject}`` is filled with the vendor's own name of the thing.
Broken input stands in ``damage_codes``, refusals in ``refusal_codes``, sidecars in ``sidecar_codes``, the
sides of messages and calls in ``side_codes``, cells of tables in ``cell_codes``.
A test holds that every code is used and that every used code stands here.
"""

from __future__ import annotations

from typing import Final

from parsers.records.cell_codes import CELLS
from parsers.records.damage_codes import DAMAGES
from parsers.records.date_codes import DATES
from parsers.records.notices import Notice, NoticeEntry, Severity
from parsers.records.refusal_codes import REFUSALS
from parsers.records.side_codes import SIDES
from parsers.records.sidecar_codes import SIDECARS

_OUTSIDE, _ASSUMED, _SKIPPED = Severity.OUTSIDE, Severity.ASSUMED, Severity.SKIPPED

NOTICE_TABLE: Final[dict[str, NoticeEntry]] = {
    # elements that are not read by design
    "element_not_read": NoticeEntry(
        _OUTSIDE, "Elements of type {subject} are not read by Trapline; they were counted.", None
    ),
    "member_not_read": NoticeEntry(
        _OUTSIDE,
        "In the delivery, kept with the original and not read: {subject}.",
        "If it may hold messages, drop it alone: its refusal says what to send instead.",
    ),
    "litter_left_out": NoticeEntry(
        _OUTSIDE,
        "What systems and programs leave beside files (pictures of folders, locks, shortcuts) stands in the delivery or"
        " beside it and was not read: {subject}.",
        None,
    ),
    "extraction_partial": NoticeEntry(
        _OUTSIDE, "The tool itself calls the extraction {subject} partial.", "Ask the examiner what was left out."
    ),
    "member_absent": NoticeEntry(
        _OUTSIDE, "The list of files names others that are not in the delivery; none of them would be read.", None
    ),
    # readings that were chosen
    "zone_assumed": NoticeEntry(
        _ASSUMED,
        "Times without a zone were read as {subject} time.",
        "State time_zone in a sidecar if the handset kept another zone.",
    ),
    "clock_not_set": NoticeEntry(
        _ASSUMED, "Times lie before the handset can have been in use: its clock was probably not set.", None
    ),
    "dates_turned": NoticeEntry(
        _SKIPPED,
        "A column holds dates whose day is never above 12, and texts whose day always is: a spreadsheet program took"
        " day for month where it could. Those dates are kept as the file holds them, without an instant.",
        "Ask for the table with its dates as text, or for the file as it was before a spreadsheet program opened it.",
    ),
    "epoch_unknown": NoticeEntry(
        _ASSUMED,
        "Seconds are counted from a day that nothing tells: from 1970 all would lie before 2001, from 2001 (as Apple's"
        " systems count) after 2006; those times are kept as written, without an instant.",
        "Ask the sender for the table with its times as dates.",
    ),
    "owner_untold": NoticeEntry(
        _ASSUMED,
        "Nothing tells who of those who write in a chat is the owner; the direction of its messages is unknown.",
        "State owner_number in a sidecar where the owner stands in the chat by number; else send the chat under the"
        " name that the application gave it (WhatsApp Chat with ...), or with the other chats of the account.",
    ),
    "owner_by_text": NoticeEntry(
        _ASSUMED,
        "Only a text that anybody can type (You deleted this message) tells the owner; its sender was taken for them.",
        "Compare it with the handset, or send the chat under the name that the application gave it.",
    ),
    "owner_text_doubtful": NoticeEntry(
        _ASSUMED,
        "Text of the owner's (You deleted this message) stands under another, or several; it may have been typed.",
        "Compare the chat with the handset where it matters who wrote what.",
    ),
    "time_unreadable": NoticeEntry(
        _ASSUMED,
        "Times in a form that is not known, or that no calendar has, are kept as written, without an instant (the"
        " first: {subject}).",
        "Read those times in the original; ask for the export with its times as dates, or as ISO 8601.",
    ),
    "start_in_text": NoticeEntry(
        _ASSUMED,
        "Lines look like the start of a message and are copied from the chat, far out of time order under a name that"
        " does not write there, or written unlike the others: they are kept as text of the message in which they stand,"
        " and not counted as messages.",
        "Read those messages in the original: somebody may have typed or pasted such a line.",
    ),
    "start_out_of_order": NoticeEntry(
        _ASSUMED,
        "Messages stand out of time order: they came late, or somebody typed a line that looks like the start of one;"
        " each is kept, and counted, as a message of its own.",
        "Read those messages in the original.",
    ),
    "end_unmarked": NoticeEntry(
        _ASSUMED,
        "Nothing stands behind the last line that ends it (a line end, an empty line), and the format marks no end: if"
        " the file was cut off, nothing else shows it.",
        "Compare the file's size and hash with the sender's.",
    ),
    "structure_in_text": NoticeEntry(
        _ASSUMED,
        "Texts hold empty lines, or lines that look like the report's own; they were read as text.",
        "Read those messages in the original: somebody may have typed or pasted such lines.",
    ),
    "segments_joined": NoticeEntry(
        _ASSUMED, "Long texts that stand there in segments were made one message each, {subject} by {subject}.", None
    ),
    "numbers_left_out": NoticeEntry(
        _ASSUMED,
        "The report's own numbers of {subject} leave some out: only a part was exported, or a part was taken out.",
        "Ask the sender whether the export was meant to be a selection.",
    ),
    "count_exceeded": NoticeEntry(
        _ASSUMED, "The file states a smaller number of {subject} than it holds; all that it holds were read.", None
    ),
    "change_unfinished": NoticeEntry(
        _ASSUMED,
        "The database {subject} holds a change that was never completed; it was left out, as the handset itself would.",
        None,
    ),
    "columns_assumed": NoticeEntry(
        _ASSUMED,
        "Columns were read by their headings: {subject}.",
        "Where one is wrong, state the columns in the sidecar; trapline map writes what was assumed.",
    ),
    "encoding_assumed": NoticeEntry(
        _ASSUMED, "The text is no UTF-8 and does not say what it is; it was read as {subject}.", None
    ),
    "quotes_unpaired": NoticeEntry(
        _ASSUMED,
        "Rows hold a quotation mark that is never closed, or stands within a text; it was read as part of the text.",
        "Compare those rows with the original.",
    ),
    "row_joined": NoticeEntry(
        _ASSUMED,
        "Rows break off in a text and go on in the next line, which has the missing cells; they were put together.",
        "Ask the sender for a table whose texts stand in quotes.",
    ),
    "row_refitted": NoticeEntry(
        _ASSUMED,
        "Rows have a cell too few, or the mark between cells in one of them; they were put where the time, the"
        " direction and the numbers fit their columns, which is in one way alone.",
        "Compare those rows with the original.",
    ),
    "row_short": NoticeEntry(
        _ASSUMED,
        "Rows have fewer cells than headings where others have all; they were read from the first column on.",
        "Compare those rows with the original: where a cell is missing, those behind it stand too far left.",
    ),
    "row_ragged": NoticeEntry(
        _ASSUMED,
        "Rows have more cells than headings; the rest is of a text that stands last, or is kept beside the record.",
        "Compare those rows with the original: a text may hold the character that stands between cells.",
    ),
    "identity_missing": NoticeEntry(
        _ASSUMED,
        "No IMEI, ICCID or IMSI was read from the delivery; the device is told apart by case and exhibit together, else"
        " by the delivery.",
        "State imei or iccid in a sidecar; or case_ref and exhibit_ref, beside each delivery of the exhibit: one of"
        " them without the other joins it to none.",
    ),
    "device_replaced": NoticeEntry(
        _SKIPPED,
        "The same content came before, from the same place, as another device's; it is held as this device's alone.",
        "If both devices gave it, drop each from a folder of its own, with its sidecar: then both are kept.",
    ),
    "content_of_two_devices": NoticeEntry(
        _ASSUMED,
        "The same content is held as another device's too; the sidecars alone tell the two apart.",
        "Check that both devices gave it: trapline amend corrects the exhibit of one.",
    ),
    "field_repeated": NoticeEntry(
        _ASSUMED, "Elements repeat the field {subject}; the first value is read, the others are kept beside it.", None
    ),
    "extraction_unknown": NoticeEntry(
        _ASSUMED,
        "Elements name an extraction that the delivery does not list, or one beyond the first 256 ({subject}); records"
        " are kept with the first one, metadata items are left out.",
        None,
    ),
    "extraction_unstated": NoticeEntry(
        _ASSUMED,
        "The report is of several handsets, and elements do not say which of them they are of; they are kept with the"
        " first one.",
        "Ask for a report of each handset by itself, or look the elements up in the vendor's reader.",
    ),
    "handset_unstated": NoticeEntry(
        _ASSUMED,
        "The bundle is of several handsets, and no relation says of which of them messages, calls and contacts are;"
        " they are kept as of none of them, or as of the only one in which others lie.",
        "Ask for a bundle of each handset by itself, or for one that says what was read off which.",
    ),
    "text_beside": NoticeEntry(
        _ASSUMED,
        "Messages hold more than one text: the first was read, and the others stand beside it under extra.",
        "Look at the first of them in the original; each may be a message of its own.",
    ),
    "reference_missing": NoticeEntry(
        _ASSUMED,
        "Messages and calls name people by nodes that are not in the file; each keeps the name of the node beside it.",
        "Ask for the bundle whole.",
    ),
    "recipients_left_out": NoticeEntry(
        _ASSUMED,
        "Chats have more participants than are repeated with each of their messages; those messages name the chat"
        " and the recipients that they state as where they went.",
        "Look at the chat's participants in the vendor's reader.",
    ),
    "reader_not_usable": NoticeEntry(
        _ASSUMED,
        "An installed reader of another maker could not be used: {subject}. Its formats are not known in this run.",
        "Install it again, or remove it.",
    ),
    # what could not be text
    "characters_replaced": NoticeEntry(
        _ASSUMED, "Characters that cannot be text were replaced by U+FFFD; each message that holds one says so.", None
    ),
    "body_not_text": NoticeEntry(
        _ASSUMED, "Messages hold data that is no text; the data is kept beside them, and each of them says so.", None
    ),
    "card_unended": NoticeEntry(
        _ASSUMED,
        "Cards have no end of their own; each was read up to the next.",
        "Compare those cards with the original.",
    ),
    "message_unended": NoticeEntry(
        _ASSUMED, "Messages have no end of their own; each was read up to the next.", "Compare them with the original."
    ),
    "reports_joined": NoticeEntry(
        _ASSUMED,
        "A file holds several reports, one behind the other; each was read by its own header.",
        "Ask the sender whether they are of one handset.",
    ),
    "encoding_repaired": NoticeEntry(
        _ASSUMED, "Texts written octet by octet or with entities were put together; they are kept as stored too.", None
    ),
    "hex_read_as_text": NoticeEntry(
        _ASSUMED,
        "Texts that stand there in hexadecimal were read as the characters that they code; the digits are kept too.",
        "Look at those texts in the original: somebody may have typed such digits.",
    ),
    "text_written_plainly": NoticeEntry(
        _ASSUMED,
        "Texts stand in plain characters where the format has them in hexadecimal; they were read as they stand.",
        "Look at those texts in the original: the tool itself does not write them so.",
    ),
    "markup_unescaped": NoticeEntry(
        _ASSUMED,
        "Values hold characters that XML wants escaped; they were read as they stand.",
        "Ask the sender what wrote the file: the application itself escapes them.",
    ),
    "markup_in_value": NoticeEntry(
        _ASSUMED,
        "Values of {subject} hold elements; the whole text was read, and each is kept as it is written beside it.",
        "Look at those values in the original.",
    ),
    "padding_behind_end": NoticeEntry(
        _ASSUMED,
        "Bytes behind the file's content are no part of it, as a storage medium pads a file; all before was read.",
        "Compare the file's size and hash with the sender's.",
    ),
    # items missing
    "command_failed": NoticeEntry(
        _SKIPPED,
        "The handset answered {subject} with an error: what was asked for is not in the log.",
        "Read the handset again, or ask who took the log.",
    ),
    "element_unreadable": NoticeEntry(
        _SKIPPED, "Elements of type {subject} could not be read.", "Look at the first of them in the vendor's reader."
    ),
    "table_beside": NoticeEntry(
        _SKIPPED,
        "Another table stands to the right of one, in the same rows, and gives no records; its cells are kept beside"
        " the records of those rows. Its columns are {subject}.",
        "Put that table on a sheet or in a file of its own, and deliver it as well.",
    ),
    "time_not_read": NoticeEntry(
        _SKIPPED,
        "No column of a table is known to hold the time of its messages or calls, so that all lack one. Not read were"
        " {subject}, which look like times.",
        "State in the sidecar which column it is: trapline map writes a proposal.",
    ),
    "times_not_read": NoticeEntry(
        _SKIPPED,
        "All times under {subject} are in a form that is not known, so that every message or call of the table lacks"
        " one; they are kept as written.",
        "Ask for the export with its times as dates, or as ISO 8601.",
    ),
    "column_absent": NoticeEntry(
        _SKIPPED,
        "A table lacks a column that its records are told by ({subject}): all of them lack what would stand there.",
        "Ask for the whole database, with every column, as the handset keeps it.",
    ),
    "table_absent": NoticeEntry(
        _SKIPPED,
        "The table {subject} is not in the database, though records name it: what only it tells of them (texts,"
        " numbers, people or files) is missing.",
        "Ask for the whole database, with every table, as the handset keeps it.",
    ),
    "number_cut": NoticeEntry(
        _SKIPPED,
        "Numbers of a card go on in records that are not there ({subject}); they are kept as far as they stand.",
        "Read the card again, with that file.",
    ),
    "segments_missing": NoticeEntry(
        _SKIPPED,
        "Long texts lack a segment; what is there was joined, and each of those messages says so.",
        "Look for the missing segments in the vendor's reader, among deleted messages too.",
    ),
    "count_short": NoticeEntry(
        _SKIPPED,
        "The file states a larger number of {subject} than it holds.",
        "Ask for the file again, or for the reason why some were taken out.",
    ),
    "text_unreadable": NoticeEntry(
        _SKIPPED,
        "Texts are stored in a form that could not be read; their messages are kept without text.",
        "Look at the first of them in the original.",
    ),
    "table_not_plain": NoticeEntry(
        _SKIPPED,
        "{subject} is a view, virtual, generated, without row ids or not as the application makes it; it was not read.",
        "Look at the database's schema: an application makes a plain table of this name.",
    ),
    "member_missing": NoticeEntry(
        _SKIPPED, "{subject} is named by the report and is not in the delivery.", "Send the delivery whole."
    ),
    "report_not_read": NoticeEntry(
        _SKIPPED, "{subject} is a delivery of its own beside the one that was read, not read.", "Drop it by itself."
    ),
    "member_refused": NoticeEntry(
        _SKIPPED,
        "{subject} was not read: its name or size is not safe, its name stands there twice, or it is elsewhere.",
        "Where two archives were joined in one file, send each.",
    ),
    "member_repeated": NoticeEntry(_ASSUMED, "{subject} stands there again, byte for byte: held once.", "None needed."),
    "member_locked": NoticeEntry(_SKIPPED, "{subject} was not read: it needs a password.", "Pack it without one."),
    "nested_too_deep": NoticeEntry(
        _SKIPPED,
        "{subject} is an archive of several deliveries that is packed in two others; it was not opened.",
        "Unpack it and drop what is in it.",
    ),
    "packed_too_deep": NoticeEntry(
        _SKIPPED,
        "{subject} was packed (gzip, bzip2, xz) more often over than the setting packed_times: unpacked no further.",
        "Unpack it and drop what is in it.",
    ),
    "container_limit": NoticeEntry(
        _SKIPPED,
        "There are more files than the limit in the settings (container_members); the further ones were not looked at.",
        "Raise the limit, or drop the folders one by one.",
    ),
    "artifact_names_unknown": NoticeEntry(
        _SKIPPED,
        "None of the artifacts of the export has a name that is known: it may be in another language than English.",
        "Set AXIOM Examine to English and export again; or export as Excel, with a mapping of the columns.",
    ),
    "list_in_other_language": NoticeEntry(
        _SKIPPED,
        "{subject} lists messages, calls, contacts or accounts under a name in another language than English; its"
        " entries were counted and not read.",
        "Set the vendor's tool to English and export again; or export as Excel, with a mapping of the columns.",
    ),
    "value_names_unknown": NoticeEntry(
        _SKIPPED,
        "Hits of {subject} have no value whose name is known: the export may be in another language than English. Their"
        " values are kept beside them and are not read.",
        "Set AXIOM Examine to English and export again; or export as Excel, with a mapping of the columns.",
    ),
    "value_cut": NoticeEntry(
        _SKIPPED,
        "Values are longer than the limit in the settings (text_chars) and were cut: pictures in Base64, as a rule.",
        "Export without media in the XML, or raise the limit.",
    ),
    **CELLS,
    **DAMAGES,
    **DATES,
    **REFUSALS,
    **SIDES,
    **SIDECARS,
}


def sentence_of(notice: Notice) -> str:
    """Return the notice's sentence with its subject filled in.

    Raises:
        KeyError: The code is not in the table.
    """
    return NOTICE_TABLE[notice.code].sentence.format(subject=notice.subject or "it")
