"""What has to be said at the end of a reading of the bytes that the report was read from."""

from __future__ import annotations

from parsers.formats.ufdr.attached_files import AttachedFiles
from parsers.formats.ufdr.container import ReportSource
from parsers.formats.ufdr.lost_sections import LostSections
from parsers.formats.ufdr.model_stream import ModelStream
from parsers.formats.ufdr.notice_book import NoticeBook
from parsers.xml_guard import CleanXml


def note_damage(notices: NoticeBook, source: ReportSource, stream: ModelStream, clean: CleanXml) -> None:
    """Note where the reading ended before the report did, and what was replaced or left out in between."""
    member_damage, damage = source.damage, stream.damage
    if member_damage == "checksum_wrong":
        notices.add("checksum_wrong", subject=source.member, ends_reading=damage is not None)
    if damage is not None:
        code = member_damage if member_damage in {"limit_reached", "input_truncated"} else damage
        subject = "An element" if code == "limit_reached" else None
        notices.add(code, subject=subject, ends_reading=True)
    if stream.has_padding:
        notices.add("padding_behind_end")
    if clean.replaced_count:
        notices.add("characters_replaced", count=clean.replaced_count)
    if clean.unescaped_count:
        notices.add("markup_unescaped", count=clean.unescaped_count)


def note_stretch(notices: NoticeBook, source: ReportSource, stream: ModelStream) -> None:
    """Note what could not be read between two elements, and that the messages behind it have lost their Chat."""
    if stream.stretch is None:
        return
    subject = source.member or "the report"
    notices.add("stretch_malformed", subject=subject, locator=stream.stretch.locator, ends_reading=True)
    if stream.is_chat_untold:
        notices.add("chat_untold", subject=subject, locator=stream.stretch.locator)


def note_missing(notices: NoticeBook, files: AttachedFiles) -> None:
    """Note the files that attachments name and that were not delivered."""
    if files.missing_count:
        count, first = files.missing_count, files.first_missing
        notices.add("member_missing", subject="a file of an attachment", count=count, locator=first)


def note_sections(notices: NoticeBook, sections: LostSections) -> None:
    """Note the CDATA sections that had lost their ends."""
    if sections.mended_count:
        notices.add("markup_broken", subject="a CDATA section", count=sections.mended_count)
