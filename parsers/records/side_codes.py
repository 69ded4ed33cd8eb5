"""Notices on the other side of messages and calls, which way these went, when they were and how long they took."""

from __future__ import annotations

from typing import Final

from parsers.records.notices import NoticeEntry, Severity

_ASSUMED, _SKIPPED = Severity.ASSUMED, Severity.SKIPPED

SIDES: Final[dict[str, NoticeEntry]] = {
    "cells_merged": NoticeEntry(
        _ASSUMED,
        "{subject} has cells that are merged over several rows; what they hold was read for each of these rows.",
        "Compare the sheet where one of them may be meant for its first row alone.",
    ),
    "ditto_read": NoticeEntry(
        _ASSUMED,
        "Ditto marks stand in a table ({subject}); each was read as what the cell above it holds.",
        "Compare the first of them with the row above it.",
    ),
    "day_missing": NoticeEntry(
        _ASSUMED,
        "Rows have a time of day, and the cell of their day is empty: the day of a row above was not taken for theirs,"
        " and their times have no instant.",
        "Where the day above them holds for them, fill the column down in the sheet, and deliver it again.",
    ),
    "day_by_title": NoticeEntry(
        _ASSUMED,
        "Rows that hold a day alone stand over rows that state a time of day alone, and were read as the day of all"
        " such rows below them, up to the next row that has a day ({subject}).",
        "Where they mean something else (the day of a page or of a print), write the day into each row, and deliver it"
        " again.",
    ),
    "side_by_cells": NoticeEntry(
        _ASSUMED,
        "No heading of a table says who the other side is; the numbers under {subject} were read as that.",
        "Where that is wrong, state the columns in the sidecar; trapline map writes what was assumed.",
    ),
    "direction_untold": NoticeEntry(
        _ASSUMED,
        "Nothing tells whether messages or calls came from the other side or went to it: their direction is unknown,"
        " and that side stands as the recipient.",
        "State in the sidecar which column says it, or ask for the table with one that does.",
    ),
    "sides_untold": NoticeEntry(
        _ASSUMED,
        "Calls name both sides, and nothing tells which of them the handset is: their direction is unknown.",
        "State the owner's number in a sidecar (owner_number), and deliver the table again.",
    ),
    "name_above": NoticeEntry(
        _ASSUMED,
        "Rows of contacts hold a number and nothing else below somebody's name: each was read as a contact without a"
        " name; it may be a further number of the person above.",
        "Where it is, write the name into each row, and deliver the table again.",
    ),
    "message_scheduled": NoticeEntry(
        _ASSUMED,
        "Messages were written to be sent later and had not been sent (status scheduled): their time is the one at"
        " which they were to go, and nobody had got them when the handset was read.",
        "Do not count them as sent; whether they went afterwards shows on the recipient's handset.",
    ),
    "direction_contrary": NoticeEntry(
        _ASSUMED,
        "Messages or calls are said to have come in and are from the owner, or to have gone out and are to the owner:"
        " the stated direction was taken, and the sides stand as the rows name them.",
        "Look at the rows in the source, and at the owner's number in the sidecar: one of the two is wrong.",
    ),
    "direction_by_name": NoticeEntry(
        _ASSUMED,
        "No column tells which way messages or calls went; the name of their sheet or file does ({subject}), and was"
        " taken for it.",
        "Where the name says something else, state the direction in the sidecar ([table.columns]; see trapline map).",
    ),
    "chat_number_again": NoticeEntry(
        _ASSUMED,
        "Numbers of chats begin anew in a later sheet or table: messages of a chat that has the number of one before it"
        " are kept apart from that, under the number and the row in which their chat begins.",
        "Where the sheets are one chat after all, ask for an export with the identifiers of chats.",
    ),
    "side_untold": NoticeEntry(
        _ASSUMED,
        "Messages do not say who is on the other side. The name of a chat is kept as its thread: it may be one person's"
        " or a group's.",
        "Ask for an export that names the participants of each chat, or look the chats up on the handset.",
    ),
    "side_not_read": NoticeEntry(
        _SKIPPED,
        "No column of a table is known to say who its messages or calls came from or went to, so that"
        " their parties are missing. Not read were {subject}.",
        "State in the sidecar which column it is: trapline map writes a proposal.",
    ),
    "keys_unknown": NoticeEntry(
        _SKIPPED,
        "Entries of {subject} have their time, or the number of the other side, under no key that is known: the export"
        " may be in another language than English. What those keys hold is kept beside the entries and is not read.",
        "Set XRY or XAMN to English and export again; or export as Excel, with a mapping of the columns.",
    ),
    "side_half_read": NoticeEntry(
        _SKIPPED,
        "One side of messages or calls is read, and the numbers under {subject}, a heading that is not known, may be"
        " the other: they are kept beside the records. Where the heading speaks of the other side (Origin, beside To),"
        " which way a row with one went was not taken from the side that is read.",
        "State in the sidecar whose numbers they are: trapline map writes a proposal.",
    ),
    "side_by_title": NoticeEntry(
        _ASSUMED,
        "No column says who the other side is; rows that hold a party alone stand over the messages or calls, and were"
        " read as the other side of all rows below them ({subject}).",
        "Where they mean something else, state the columns in the sidecar; trapline map writes a proposal.",
    ),
    "side_in_name": NoticeEntry(
        _SKIPPED,
        "Nothing in a table says who its messages or calls came from or went to, so that their parties are missing. The"
        " name of its sheet or file holds a number ({subject}), which may be theirs, the owner's or anybody's.",
        "Where all of them are with that number, add a column with it, and deliver the table again.",
    ),
    "side_missing": NoticeEntry(
        _SKIPPED,
        "Nothing in {subject} says who messages or calls came from or went to, so that their parties are missing.",
        "Ask the sender for the table with the column of the other party.",
    ),
    "zone_open": NoticeEntry(
        _ASSUMED,
        "Behind times stand letters that several time zones have ({subject}): which is meant was not guessed, and the"
        " times have no instant.",
        'State the zone in the sidecar (time_zone = "Asia/Kolkata"): where it has those letters, times are read in it.',
    ),
    "zone_contrary": NoticeEntry(
        _ASSUMED,
        "Behind times stand letters that several time zones have ({subject}), and the stated zone does not have them"
        " then: which is meant was not guessed, and the times have no instant.",
        "Compare one of these times with the handset, and state the zone of these rows in the sidecar.",
    ),
    "handsets_together": NoticeEntry(
        _ASSUMED,
        "The export gives different IMEIs for its device, and nothing tells whether they are of one handset with two"
        " cards or of several: all its records were read as of one.",
        "Compare the IMEIs with the handset; where they are of several, ask for an export of each.",
    ),
    "handset_untold": NoticeEntry(
        _ASSUMED,
        "The export is of several handsets, told apart by the images that its hits were read from; hits of {subject}"
        " name no image or one of none of them. They were read as of the first where they name none, else apart.",
        "Ask the examiner which handset they are of.",
    ),
    "duration_unit_unknown": NoticeEntry(
        _ASSUMED,
        "Durations of calls are in a unit that is not known, by their heading {subject}: they are kept beside the calls"
        " and not read.",
        "Ask the sender what the column counts, or for the table with durations as hh:mm:ss.",
    ),
    "direction_unreadable": NoticeEntry(
        _SKIPPED,
        "Values that say which way a message or call went are not understood (the first: {subject}); its direction is"
        " unknown, and whoever is on the other side stands as the recipient where no sender is named.",
        "Of a table, state in the sidecar what they mean ([table.values.direction]; see trapline map).",
    ),
}
