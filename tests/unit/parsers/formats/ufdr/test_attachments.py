"""Attachments, and the files of the delivery that they name."""

from __future__ import annotations

import zipfile
from pathlib import Path

from parsers.contract import Delivery
from parsers.outcome import ReadState
from parsers.reading import ReadResult
from parsers.records.values import Attachment
from tests.unit.parsers.formats.ufdr.report_text import (
    OTHER,
    codes,
    delivery_of,
    field,
    message,
    messages_of,
    model,
    parties,
    party,
    read_delivery,
    read_text,
    report,
    sms,
)


def attachment(model_id: str, name: str | None, *more: str, size: str | None = None, attributes: str = "") -> str:
    data = f'<dataField name="Data" type="MemoryRange"><source length="{size}" /></dataField>' if size else ""
    content = field("Filename", name) + field("ContentType", "image/jpeg") + data + "".join(more)
    return model("Attachment", model_id, content, attributes=attributes)


def attachments(*models: str) -> str:
    return f'<multiModelField name="Attachments" type="Attachment">\n{"".join(models)}</multiModelField>\n'


def tagged(*files: tuple[str, str]) -> str:
    rows = "".join(
        f'<file fs="x" path="/x" size="1" id="{file_id}"><metadata section="File">'
        f'<item name="Local Path"><![CDATA[ {path} ]]></item></metadata></file>'
        for file_id, path in files
    )
    return f"<taggedFiles>{rows}</taggedFiles>"


def delivered(folder: Path, text: str, *members: str) -> Delivery:
    path = folder / "x.ufdr"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("report.xml", text)
        for member in members:
            archive.writestr(member, b"x")
    return delivery_of(path)


def found_in(result: ReadResult) -> tuple[Attachment, ...]:
    (found,) = messages_of(result)
    return found.attachments


def test_an_attachment_of_a_bare_report_has_no_member(tmp_path: Path) -> None:
    content = attachments(attachment("a1", "x.jpg", size="18323"))
    content += field("attachment_extracted_path", "mms\\message_0\\x.jpg") + parties(party(OTHER, "To"))
    result = read_text(tmp_path, report(sms("m1", content)))
    assert found_in(result) == (Attachment("x.jpg", "image/jpeg", 18323, None),)
    assert ("attachment_extracted_path", "mms\\message_0\\x.jpg") in messages_of(result)[0].extra
    assert result.state is ReadState.COMPLETE


def test_what_an_attachment_says_beside_its_file_is_kept(tmp_path: Path) -> None:
    more = [field("Transcript", "on now"), field("Title", "voice 1"), field("URL", "https://x.invalid/a")]
    one = attachment("a1", "x.opus", *more)
    content = attachments(one) + f'<modelField name="Attachment" type="Attachment">{one}</modelField>'
    (found,) = messages_of(read_text(tmp_path, report(message("m1", content))))
    assert [each.name for each in found.attachments] == ["x.opus"]
    assert found.extra == (
        ("Attachment.Transcript", "on now"),
        ("Attachment.Title", "voice 1"),
        ("Attachment.URL", "https://x.invalid/a"),
    )


def test_a_path_of_the_message_finds_the_member(tmp_path: Path) -> None:
    content = attachments(attachment("a1", "x.jpg")) + field("attachment_extracted_path", "MMS\\message_0\\x.jpg")
    result = read_delivery(delivered(tmp_path, report(sms("m1", content)), "mms/message_0/x.jpg"))
    assert found_in(result)[0].member == "mms/message_0/x.jpg"


def test_a_path_without_an_attachment_model_is_an_attachment(tmp_path: Path) -> None:
    content = field("attachment_extracted_path", "mms\\x.jpg")
    result = read_delivery(delivered(tmp_path, report(sms("m1", content)), "mms/x.jpg"))
    assert found_in(result) == (Attachment("x.jpg", None, None, "mms/x.jpg"),)


def test_file_ids_and_jump_targets_find_the_member(tmp_path: Path) -> None:
    jump = '<jumptargets name=""><targetid ismodel="false" targetType="File">F-2</targetid></jumptargets>'
    content = attachments(attachment("a1", "1.jpg", attributes='file_id="F-1"'), attachment("a2", "2.jpg", jump))
    text = report(message("m1", content), header=tagged(("F-1", "files\\Image\\1.jpg"), ("F-2", "files\\Image\\2.jpg")))
    result = read_delivery(delivered(tmp_path, text, "files/Image/1.jpg", "files/Image/2.jpg"))
    assert [each.member for each in found_in(result)] == ["files/Image/1.jpg", "files/Image/2.jpg"]


def test_an_attachment_in_two_fields_is_one(tmp_path: Path) -> None:
    one = attachment("a1", "1.jpg")
    content = f'<modelField name="Attachment" type="Attachment">{one}</modelField>{attachments(one)}'
    assert len(found_in(read_text(tmp_path, report(message("m1", content))))) == 1


def test_a_missing_file_beside_others_is_noticed_once(tmp_path: Path) -> None:
    content = attachments(
        attachment("a1", "1.jpg", field("attachment_extracted_path", "files\\1.jpg")),
        attachment("a2", "2.jpg", field("attachment_extracted_path", "files\\2.jpg")),
        attachment("a3", "3.jpg", field("attachment_extracted_path", "files\\3.jpg")),
    )
    result = read_delivery(delivered(tmp_path, report(message("m1", content)), "files/2.jpg"))
    assert [each.member for each in found_in(result)] == [None, "files/2.jpg", None]
    notice = next(each for each in result.notices if each.code == "member_missing")
    assert (notice.count, notice.first_locator) == (2, "model m1")


def test_a_report_delivered_without_its_files_misses_none(tmp_path: Path) -> None:
    content = attachments(attachment("a1", "1.jpg", field("attachment_extracted_path", "files\\1.jpg")))
    result = read_delivery(delivered(tmp_path, report(message("m1", content))))
    assert codes(result) == {}


def test_a_path_that_leaves_the_delivery_finds_nothing(tmp_path: Path) -> None:
    content = field("attachment_extracted_path", "..\\..\\etc\\passwd")
    result = read_delivery(delivered(tmp_path, report(sms("m1", content)), "files/1.jpg"))
    assert found_in(result)[0].member is None


def test_many_tagged_files_are_found_by_id(tmp_path: Path) -> None:
    rows = [(f"F-{number}", f"files\\{number}.jpg") for number in range(5_000)]
    content = attachments(attachment("a1", "x", attributes='file_id="F-4321"'))
    text = report(message("m1", content), header=tagged(*rows, ("F-4321", "files\\4321.jpg")))
    result = read_delivery(delivered(tmp_path, text, "files/4321.jpg"))
    assert found_in(result)[0].member == "files/4321.jpg"
    assert codes(result) == {"element_not_read": 5_001, "member_not_read": 1}
