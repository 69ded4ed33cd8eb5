"""The notices on broken input: what a file that is cut off, damaged or changed costs."""

from __future__ import annotations

from typing import Final

from parsers.records.notices import NoticeEntry, Severity

_DAMAGED = Severity.DAMAGED

DAMAGES: Final[dict[str, NoticeEntry]] = {
    "messages_not_read": NoticeEntry(
        Severity.SKIPPED,
        "The {subject} holds messages by its name and columns, and is not read: its rows were counted.",
        "Export these messages with the tool that decoded the handset, and drop that too; or send this sentence to"
        " whoever writes a reader.",
    ),
    "input_truncated": NoticeEntry(
        _DAMAGED,
        "The file is cut off: what was whole up to there was read.",
        "Ask for the file again and compare its size and hash with the sender's.",
    ),
    "count_cut": NoticeEntry(
        _DAMAGED,
        "The file states {subject} are missing because it is cut off.",
        "Ask for the file again: what is missing lies behind the cut.",
    ),
    "front_lost": NoticeEntry(
        _DAMAGED,
        "The file lacks its beginning, as a further piece of a file that was split does: what is whole in it was read.",
        "Join the pieces in their order and drop the whole; or drop the first piece too.",
    ),
    "number_rounded": NoticeEntry(
        _DAMAGED,
        "Numbers were rounded by a spreadsheet program to a few digits and an exponent: their last digits are lost.",
        "Ask for the table with its numbers as text.",
    ),
    "cell_error": NoticeEntry(
        _DAMAGED,
        "Cells hold an error of a spreadsheet program (#NAME?, #N/A) in place of what was typed; they were kept so.",
        "Ask for the table as text: what was typed is lost here, or stands beside the record as a formula.",
    ),
    "cell_turned": NoticeEntry(
        _DAMAGED,
        "Texts or parties are dates: a spreadsheet program may have made them of what was typed.",
        "Ask for the table as text: 10/6, typed into a cell, is kept as a day.",
    ),
    "cell_at_limit": NoticeEntry(
        _DAMAGED,
        "Texts fill a cell to its limit of 32,767 characters: what followed was probably cut off.",
        "Read those messages in the vendor's tool, or ask for another form of export.",
    ),
    "row_shifted": NoticeEntry(
        _DAMAGED,
        "Rows have more cells than columns, or hold others: cells may be in a wrong column, and rows in a text.",
        "Compare those rows with the original: a cell or a mark is too many, a line end or a quotation mark is lost.",
    ),
    "card_unbegun": NoticeEntry(
        _DAMAGED,
        "Cards have an end and no beginning: what stands before their end was read, what stood before that is lost.",
        "Look at those cards in the original, and ask for the file again.",
    ),
    "message_unbegun": NoticeEntry(
        _DAMAGED, "Messages lack what stands in front of them; what is left was read.", "Ask for the file again."
    ),
    "input_malformed": NoticeEntry(
        _DAMAGED,
        "The file is malformed from one place on: what was whole up to there was read.",
        "Export the report again from the vendor's tool.",
    ),
    "packed_behind_end": NoticeEntry(
        _DAMAGED,
        "Behind the end of what is packed stand octets that are of no packed form; what is packed was read, they were"
        " not.",
        "Compare its size and hash with the sender's.",
    ),
    "more_behind_end": NoticeEntry(
        _DAMAGED,
        "The file goes on behind its end, as two files that were joined do: what is whole behind it was read too.",
        "Ask for each backup as a file of its own, and compare how many texts and calls each has.",
    ),
    "backup_cut": NoticeEntry(
        _DAMAGED,
        "The backup ends in {subject}, or right behind it: what was whole up to there was read, what followed is lost.",
        "Compare its size and hash with the sender's and ask for it again; else make the backup again.",
    ),
    "document_behind_end": NoticeEntry(
        _DAMAGED,
        "A second report stands behind the end of the first in the same file: the first was read, the second was not.",
        "Ask for each as a file of its own; or copy what stands behind the first </project> into another file, and drop"
        " that too.",
    ),
    "stretch_malformed": NoticeEntry(
        _DAMAGED,
        "Stretches of {subject} are malformed: what stood there is lost; what is whole before and behind was read.",
        "Look at the first of them in the original; ask for the file again and compare its size and hash.",
    ),
    "chat_untold": NoticeEntry(
        _DAMAGED,
        "Behind a malformed stretch of {subject} it is not told which chat messages are of: they are kept without one.",
        "Look at the stretch in the original, and ask for the file again.",
    ),
    "block_lost": NoticeEntry(
        _DAMAGED, "Blocks of the file are zeros or erased: what stood there is lost.", "Ask for the file again."
    ),
    "markup_broken": NoticeEntry(
        _DAMAGED,
        "Elements are malformed and could be read all the same: somebody may have changed them.",
        "Compare them with the handset; ask the sender for the file as the application wrote it.",
    ),
    "checksum_wrong": NoticeEntry(
        _DAMAGED, "{subject} does not match its checksum in the archive.", "Ask for the file again."
    ),
    "checksum_damaged": NoticeEntry(
        _DAMAGED,
        "The checksum at the end of the backup is damaged; what stands before it was read, and nothing is missing"
        " behind it.",
        "Ask for the file again, or compare the records with the handset.",
    ),
    "body_truncated": NoticeEntry(
        _DAMAGED,
        "Texts are shorter than they say they are; what is there was read, and each of them says so.",
        "Look at those texts in the original.",
    ),
    "limit_reached": NoticeEntry(
        _DAMAGED, "{subject} is larger than the limit in the settings; reading stopped there.", "Raise the limit."
    ),
    "table_damaged": NoticeEntry(
        _DAMAGED,
        "Pages of the table {subject} cannot be read; the rows on all other pages were read.",
        "Read the database again from the handset, and compare its size and hash with the sender's.",
    ),
    "wal_damaged": NoticeEntry(
        _DAMAGED,
        "The write-ahead log of {subject} is cut off or does not match its checksums: the last rows may be missing.",
        "Ask for the database again together with its -wal file.",
    ),
    "reader_failed": NoticeEntry(
        _DAMAGED,
        "The reader stopped at an error of its own: what was whole up to there was read.",
        "Report the fault with the delivery's hash; the original is safe.",
    ),
    "tally_differs": NoticeEntry(
        _DAMAGED, "What was seen and what was kept differ for {subject}.", "Report the fault with the delivery's hash."
    ),
}
