"""The refusals of the notice table: nothing was read; what the delivery is, and what to send instead."""

from __future__ import annotations

from typing import Final

from parsers.records.notices import NoticeEntry, Severity

_SKIPPED: Final = Severity.SKIPPED

REFUSALS: Final[dict[str, NoticeEntry]] = {
    "format_unknown": NoticeEntry(
        _SKIPPED,
        "No reader knows this format ({subject}).",
        "Send the export as the tool or the application wrote it: an extraction as a report (.ufdr, report.xml, Excel,"
        " XRY text), a chat as its application exports it, a table as csv or xlsx (trapline map shows what its columns"
        " are taken for). A note or a script beside them need not be sent. The formats that are read: trapline"
        " formats.",
    ),
    "web_export_not_read": NoticeEntry(
        _SKIPPED,
        "It is {subject} as web pages: made for people to look at, and not read into records.",
        "Export it again from the application as JSON (machine-readable), and drop that.",
    ),
    "web_alone_not_read": NoticeEntry(
        _SKIPPED,
        "It is {subject}, which is made as web pages alone: for people to look at, and not read into records.",
        "Read the account or the handset with a tool that gives its texts as data; or put date with its time zone,"
        " sender, recipient and text in columns of a table (csv, xlsx), and drop that.",
    ),
    "tool_page_not_read": NoticeEntry(
        _SKIPPED,
        "It is {subject}: made for people to look at, and not read into records.",
        "Drop the folder of the output whole, or as a zip: _lava_artifacts.db and the files of _TSV Exports are read.",
    ),
    "plist_not_read": NoticeEntry(
        _SKIPPED,
        "It is {subject}, which states nothing that is read.",
        "Send the backup or the file system that it comes from whole, as a folder or as a zip.",
    ),
    "members_unknown": NoticeEntry(
        _SKIPPED,
        "Nothing in the archive or folder is in a format that is known ({subject}).",
        "Drop the export itself; the formats that are read: trapline formats.",
    ),
    "members_unknown_so_far": NoticeEntry(
        _SKIPPED,
        "Nothing that was looked at in the archive or folder is in a format that is known ({subject}), and it holds"
        " more files than the limit in the settings (container_members).",
        "Drop the export itself, or the folders one by one; or raise the limit.",
    ),
    "members_damaged": NoticeEntry(
        _SKIPPED,
        "What lies in it is damaged, so that no format is told by it ({subject}).",
        "Copy it from its source again; or unpack it with another program and drop the folder.",
    ),
    "document_not_read": NoticeEntry(
        _SKIPPED,
        "It is {subject}: made for people to look at, and not read into records.",
        "Send the report that it was made of as data: Cellebrite .ufdr, report.xml or Excel, XRY text, AXIOM XML; the"
        " formats that are read: trapline formats.",
    ),
    "media_not_read": NoticeEntry(
        _SKIPPED,
        "It is {subject}: no messages are read from pictures, films or recordings.",
        "Send the report or the export in which it stands as data. A picture of a screen shows what somebody may type"
        " into a table (csv, xlsx), which is read.",
    ),
    "mail_not_read": NoticeEntry(
        _SKIPPED,
        "It is {subject}, and mails are not read.",
        "Save what is attached to it, and drop the attachments as the files that they are.",
    ),
    "office_text_not_read": NoticeEntry(
        _SKIPPED,
        "It is {subject}: made for people to look at, and not read into records.",
        "Send what it was made of: a report as data (report.xml, .ufdr, Excel, XRY text), a chat as the text or the zip"
        " that the application exported; a table in it can be saved as csv or xlsx (trapline map shows what its columns"
        " are taken for).",
    ),
    "chat_not_understood": NoticeEntry(
        _SKIPPED,
        "It is named as a chat that WhatsApp exports, and no line of it starts as a message of such a chat does.",
        "Export the chat again on the handset (Export chat), and send the text or the zip as the application wrote it;"
        " or put date, sender and text in columns of a table (csv, xlsx).",
    ),
    "chat_unknown": NoticeEntry(
        _SKIPPED,
        "Its lines read as a chat of an application that is not known: a time, a name and a text each.",
        "Put date, time, sender and text in columns of a table (csv, xlsx), or send what the tool that decoded the"
        " handset says of it.",
    ),
    "chat_without_years": NoticeEntry(
        _SKIPPED,
        "It is named as a chat that WhatsApp exports, and its lines state day and month without a year, as Android's"
        " did until 2016: nothing in it tells when they were written.",
        "Send the application's database (msgstore.db), or put date with its year, sender and text in columns of a"
        " table (csv, xlsx) where the year is known from elsewhere.",
    ),
    "delimiter_unknown": NoticeEntry(
        _SKIPPED,
        "It looks like a table whose cells stand between {subject}, which is no delimiter that is read.",
        "Save it with commas, semicolons or tabs between the cells, or as xlsx, and run trapline map on that.",
    ),
    "program_not_read": NoticeEntry(
        _SKIPPED, "It is {subject}, which is no extraction.", "Send the extraction that it came with."
    ),
    "archive_form_not_read": NoticeEntry(
        _SKIPPED,
        "It is an archive of a form that is not opened ({subject}).",
        "Unpack it (with its password, if it has one) and drop the folder, or pack it as zip.",
    ),
    "packed_cut": NoticeEntry(
        _SKIPPED,
        "It is a packed file (gzip, bzip2, xz) that is cut off before anything of it can be unpacked.",
        "Ask for the file again and compare its size and hash with the sender's.",
    ),
    "archive_part": NoticeEntry(
        _SKIPPED,
        "Its name ({subject}) is that of one part of an archive that was split.",
        "Lay all its parts into one folder, join them with the program that split them, and drop the whole archive or"
        " what is in it.",
    ),
    "log_alone": NoticeEntry(
        _SKIPPED,
        "It is the write-ahead log of an SQLite database ({subject}), and lies beside none of its name: it was read"
        " with none, and what stands in it alone is missing.",
        "Lay the database and its log side by side under their own names (mmssms.db, mmssms.db-wal), in one folder, zip"
        " or tar, and drop that again.",
    ),
    "download_unfinished": NoticeEntry(
        _SKIPPED,
        "Its name ({subject}) is that of a file that was not downloaded or copied to its end.",
        "Wait until it is whole, or fetch it again, and drop it under its own name.",
    ),
    "packing_not_read": NoticeEntry(
        _SKIPPED,
        "It is packed in a way that is not opened ({subject}).",
        "Unpack it and drop the folder, or pack it again as a plain zip (Deflate, as every program offers it).",
    ),
    "raw_extraction_not_read": NoticeEntry(
        _SKIPPED,
        "It is {subject}: raw data of a handset, which the vendor's tool has yet to decode.",
        "Open it in the tool that made it (Physical Analyzer, Inseyets, AXIOM, XAMN) and export a report: .ufdr,"
        " report.xml, Excel, XML or text. The databases of a file system can be dropped as a zip.",
    ),
    "xry_not_read": NoticeEntry(
        _SKIPPED,
        "It is {subject}, whose layout MSAB does not publish.",
        "Open it in XAMN and export it as text (one file a view) or as Excel, and drop that.",
    ),
    "xry_other_language": NoticeEntry(
        _SKIPPED,
        "It is a text export of MSAB XRY or XAMN in another language than English ({subject}), which is not read.",
        "Set XRY or XAMN to English and export it again; or export as Excel, with a mapping of the columns.",
    ),
    "nokia_backup_not_read": NoticeEntry(
        _SKIPPED,
        "It is {subject} that is not read. Whole backups of Series 40 (.nbf) and of PC Suite's older versions (.nfb,"
        " .nfc, .ncc) are; .nbu, and what is damaged or of a version that is not known, is not.",
        "Open it in a program that reads such backups (PC Suite, NbuExplorer), save its messages as vMessages (.vmg) or"
        " csv and its contacts as vCards (.vcf), and drop those in one folder; or read the handset again with a tool.",
    ),
    "vendor_xml_not_read": NoticeEntry(
        _SKIPPED,
        "It is {subject}, whose layout is not published and not read.",
        "Open the case in the tool that made it and export its messages, calls and contacts as Excel (xlsx) or csv;"
        " trapline map shows what the columns are taken for.",
    ),
    "vendor_file_not_read": NoticeEntry(
        _SKIPPED,
        "It is {subject}, which only the vendor's tool opens.",
        "Export it from that tool as a report: .ufdr, report.xml, AXIOM XML, Excel or CSV; or drop the delivery whole.",
    ),
    "file_blank": NoticeEntry(
        _SKIPPED,
        "The file holds nothing but {subject}: a copy that failed, or a place on a disk that was wiped.",
        "Compare its size and hash with the original's and copy it again; where the original is the same, there is"
        " nothing in it to be read: take the data from the handset or its storage again.",
    ),
    "database_encrypted": NoticeEntry(
        _SKIPPED,
        "The database is encrypted: {subject}.",
        "It cannot be read without its key: export the application's messages with the tool that decoded the handset,"
        " or send the decrypted database.",
    ),
    "backup_encrypted": NoticeEntry(
        _SKIPPED,
        "The backup is encrypted: {subject}.",
        "Make it again without a password, or decrypt it with the vendor's tool and send what that gives.",
    ),
    "xml_unknown": NoticeEntry(
        _SKIPPED,
        "It is XML of a kind that is not known: {subject}.",
        "Export as Cellebrite report.xml, AXIOM XML, Excel or CSV; or send this sentence to whoever writes a reader.",
    ),
    "json_unknown": NoticeEntry(
        _SKIPPED,
        "It is JSON of a kind that is not known: {subject}.",
        "Export as a table (csv, xlsx) with a mapping; or send this sentence to whoever writes a reader.",
    ),
    "database_unknown": NoticeEntry(
        _SKIPPED,
        "It is an SQLite database of an application that is not known: {subject}.",
        "Export it with the tool that decoded the handset; or send this sentence to whoever writes a reader.",
    ),
    "table_unknown": NoticeEntry(
        _SKIPPED,
        "Its columns do not say which records its rows are ({subject}).",
        "Run trapline map on the file, correct what it proposes, put it beside the file as <name>.trapline.toml, and"
        " drop both again. A table that goes on from another file without headings has the columns of that one.",
    ),
    "table_ragged": NoticeEntry(
        _SKIPPED,
        "It is a table whose rows have other numbers of cells than its headings: {subject}.",
        "A character that parts cells stands in texts too, and nothing tells which of them is meant: export it with the"
        " texts in quotation marks, or as xlsx.",
    ),
    "encoding_not_read": NoticeEntry(
        _SKIPPED, "It is a text in {subject}, which is not read.", "Save or export it as UTF-8, and drop that too."
    ),
    "mapping_refused": NoticeEntry(
        _SKIPPED, "The mapping in the sidecar does not fit the file: {subject}.", "Correct it and drop both again."
    ),
    "workbook_form_not_read": NoticeEntry(
        _SKIPPED,
        "The workbook is in a form that is not read ({subject}).",
        "Open it in Excel and save it as .xlsx, or export it anew.",
    ),
    "format_ambiguous": NoticeEntry(
        _SKIPPED, "Several readers claim this file alike: {subject}.", "Report the file's type; none was guessed."
    ),
    "input_protected": NoticeEntry(
        _SKIPPED, "The file is protected: {subject}.", "Export or pack it again without a password."
    ),
    "input_empty": NoticeEntry(_SKIPPED, "The file or folder is empty.", "Send it again."),
    "input_is_folder": NoticeEntry(_SKIPPED, "This is a folder, and a file is asked for.", "Name one file in it."),
    "database_not_table": NoticeEntry(
        _SKIPPED,
        "This is a database (SQLite), and a table is asked for: its columns need no mapping.",
        "Ingest it: trapline ingest reads the databases of handsets and applications (trapline formats lists them).",
    ),
    "data_folder_given": NoticeEntry(
        _SKIPPED,
        "This is a data folder of Trapline, or a backup of one, and no delivery.",
        "Name what the unit delivered.",
    ),
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
    "finder_lost": NoticeEntry(
        _SKIPPED,
        "The process that looks for deliveries here ended before it was done: {subject}. Nothing was taken or read.",
        "Drop it again, or run the same command again, with more memory free where the system ended the process.",
    ),
    "vault_damaged": NoticeEntry(
        Severity.DAMAGED,
        "The copy in the vault is not as it was taken: {subject}. It was not read; what was read of it before is kept.",
        "Lay the last backup into a new data folder, and compare the copy with the original.",
    ),
    "doctype_refused": NoticeEntry(
        _SKIPPED,
        "The XML declares a document type, which no export of the vendor does; it may be an attack and was not read.",
        "Ask the sender where the file comes from.",
    ),
    "archive_damaged": NoticeEntry(
        _SKIPPED,
        "It is damaged or cut off, and too little of it is whole to be read: {subject}.",
        "Compare its size and hash with the sender's file; where they differ copy it anew, else ask for a new export.",
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
