"""The notice table: every code with its severity, its sentence and its remedy.

The sentence is what an investigator reads; ``{subject}`` is filled with the vendor's own name of the thing.
A test holds that every code is used and that every used code stands here.
"""

from __future__ import annotations

from typing import Final

import msgspec

from parsers.records.notices import Notice, Severity


class NoticeEntry(msgspec.Struct, frozen=True):
    """One row of the table. ``remedy`` says what to do; None where nothing is to be done."""

    severity: Severity
    sentence: str
    remedy: str | None = None


_OUTSIDE, _ASSUMED, _SKIPPED, _DAMAGED = Severity.OUTSIDE, Severity.ASSUMED, Severity.SKIPPED, Severity.DAMAGED

NOTICE_TABLE: Final[dict[str, NoticeEntry]] = {
    # elements that are not read by design
    "element_not_read": NoticeEntry(
        _OUTSIDE, "Elements of type {subject} are not read by Trapline; they were counted.", None
    ),
    "member_not_read": NoticeEntry(
        _OUTSIDE, "{subject} stands in the delivery and was not read; it is kept with the original.", None
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
    "day_month_order_unknown": NoticeEntry(
        _ASSUMED,
        "Dates do not tell day and month apart; those times are kept as written, without an instant.",
        "State date_order (day_first or month_first) in a sidecar.",
    ),
    "time_unreadable": NoticeEntry(
        _ASSUMED, "Times in a form that is not known are kept as written, without an instant.", None
    ),
    "start_in_text": NoticeEntry(
        _ASSUMED,
        "Lines look like the start of a message and are far out of time order, or written unlike the others: they are"
        " kept as text of the message in which they stand.",
        "Read those messages in the original: somebody may have typed or pasted such a line.",
    ),
    "start_out_of_order": NoticeEntry(
        _ASSUMED,
        "Messages stand out of time order: they came late, or somebody typed a line that looks like the start of one.",
        "Read those messages in the original.",
    ),
    "end_unmarked": NoticeEntry(
        _ASSUMED,
        "The last line has no line end and the format marks no end: if the file was cut off, nothing else shows it.",
        "Compare the file's size and hash with the sender's.",
    ),
    "identity_missing": NoticeEntry(
        _ASSUMED,
        "The delivery has no IMEI, ICCID or IMSI; the device is told apart by case and exhibit, else by the delivery.",
        "State imei or iccid in a sidecar.",
    ),
    "sidecar_disagrees": NoticeEntry(
        _ASSUMED, "The sidecar and the delivery disagree about {subject}; both are kept.", "Check which is right."
    ),
    "sidecar_key_unknown": NoticeEntry(
        _ASSUMED, "The sidecar holds a key that is not known: {subject}. It is kept and not used.", None
    ),
    "field_repeated": NoticeEntry(
        _ASSUMED, "Elements repeat the field {subject}; the first value is read, the others are kept beside it.", None
    ),
    "extraction_unknown": NoticeEntry(
        _ASSUMED,
        "Elements name an extraction that the delivery does not list ({subject}); they are kept with the first one.",
        None,
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
    # items missing
    "element_unreadable": NoticeEntry(
        _SKIPPED, "Elements of type {subject} could not be read.", "Look at the first of them in the vendor's reader."
    ),
    "member_missing": NoticeEntry(
        _SKIPPED, "{subject} is named by the report and is not in the delivery.", "Send the delivery whole."
    ),
    "member_refused": NoticeEntry(
        _SKIPPED, "{subject} has a name or a size that is not safe to read; it was not read.", None
    ),
    # broken input
    "input_truncated": NoticeEntry(
        _DAMAGED,
        "The file ends before its end: what was whole up to there was read.",
        "Ask for the file again and compare its size and hash with the sender's.",
    ),
    "input_malformed": NoticeEntry(
        _DAMAGED,
        "The file is malformed from one place on: what was whole up to there was read.",
        "Export the report again from the vendor's tool.",
    ),
    "checksum_wrong": NoticeEntry(
        _DAMAGED, "{subject} does not match its checksum in the archive.", "Ask for the file again."
    ),
    "limit_reached": NoticeEntry(
        _DAMAGED, "{subject} is larger than the limit in the settings; reading stopped there.", "Raise the limit."
    ),
    "reader_failed": NoticeEntry(
        _DAMAGED,
        "The reader stopped at an error of its own: what was whole up to there was read.",
        "Report the fault with the delivery's hash; the original is safe.",
    ),
    "tally_differs": NoticeEntry(
        _DAMAGED, "What was seen and what was kept differ for {subject}.", "Report the fault with the delivery's hash."
    ),
    # refusals: nothing was read
    "format_unknown": NoticeEntry(
        _SKIPPED,
        "No reader knows this format ({subject}).",
        "Export the extraction as a Cellebrite .ufdr or report.xml; the formats that are read: trapline formats.",
    ),
    "format_ambiguous": NoticeEntry(
        _SKIPPED, "Several readers claim this file alike: {subject}.", "Report the file's type; none was guessed."
    ),
    "input_protected": NoticeEntry(
        _SKIPPED, "The file is protected: {subject}.", "Export it again without a password."
    ),
    "input_empty": NoticeEntry(_SKIPPED, "The file or folder is empty.", "Send it again."),
    "input_missing": NoticeEntry(_SKIPPED, "There is nothing at this path.", "Check the path."),
    "input_unreadable": NoticeEntry(
        _SKIPPED, "The file could not be read: {subject}.", "Check its permissions and the medium, then drop it again."
    ),
    "input_special": NoticeEntry(
        _SKIPPED, "The path is neither a file nor a folder.", "Drop the file or folder that the vendor's tool wrote."
    ),
    "input_changing": NoticeEntry(
        _SKIPPED,
        "The delivery changed while it was copied.",
        "Wait until it is written to its end, then drop it again.",
    ),
    "reader_lost": NoticeEntry(
        _SKIPPED,
        "The process that read the delivery ended before it was done: {subject}.",
        "Report the fault with the delivery's hash; the original is safe in the vault. trapline reparse tries again.",
    ),
    "doctype_refused": NoticeEntry(
        _SKIPPED,
        "The XML declares a document type, which no export of the vendor does; it may be an attack and was not read.",
        "Ask the sender where the file comes from.",
    ),
    "archive_refused": NoticeEntry(
        _SKIPPED, "The archive is not safe to open: {subject}.", "Ask the sender for a new export."
    ),
    "sidecar_refused": NoticeEntry(
        _SKIPPED, "The sidecar cannot be used: {subject}.", "Correct the sidecar and drop both again."
    ),
    "link_refused": NoticeEntry(
        _SKIPPED, "The path is a symbolic link, which is not followed.", "Drop the file itself."
    ),
}


def sentence_of(notice: Notice) -> str:
    """Return the notice's sentence with its subject filled in.

    Raises:
        KeyError: The code is not in the table.
    """
    return NOTICE_TABLE[notice.code].sentence.format(subject=notice.subject or "it")
