"""What stands behind a start: senders, texts over several lines, lines of the application, media, deletions."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.deleted_lines import is_deleted, is_deleted_by_owner
from parsers.formats.whatsapp_text.line_bodies import is_of_application, is_omitted
from parsers.formats.whatsapp_text.line_starts import read_start
from parsers.records.facts import Direction
from parsers.records.values import DeletedState
from tests.unit.parsers.formats.whatsapp_text.made_chats import bodies_of, codes_of, messages_of, read_lines

START = "25/12/2023, 14:05 - "


def test_lines_without_a_start_continue_the_text(tmp_path: Path) -> None:
    lines = f"{START}Jay: one\n\n  two \n10:30 - three\n{START}Jay: next\n"
    assert bodies_of(read_lines(tmp_path, lines)) == ["one\n\n  two \n10:30 - three", "next"]


def test_only_line_feeds_end_lines(tmp_path: Path) -> None:
    lines = f"{START}Jay: a\u2028b\x0bc\x0cd\x85e\rf\r\n{START}Jay: g\r\n"
    assert bodies_of(read_lines(tmp_path, lines)) == ["a\u2028b\x0bc\x0cd\x85e\rf", "g"]


def test_a_file_without_a_line_feed_has_the_ends_of_old_macintoshes(tmp_path: Path) -> None:
    lines = f"{START}Jay: one\rtwo\r{START}Mo: three\r"
    assert bodies_of(read_lines(tmp_path, lines)) == ["one\ntwo", "three"]
    assert bodies_of(read_lines(tmp_path, f"{START}Jay: one\rtwo")) == ["one\rtwo"]


@pytest.mark.parametrize(
    "said",
    [
        "Messages and calls are end-to-end encrypted. No one outside of this chat can read or listen to them.",
        '+44 7700 900456 created group "Deals: the best"',
        "Jay changed the subject from \u201cA: b\u201d to \u201cC: d\u201d",
        'Jay changed the subject to: "A: b"',
        "Jay changed the subject from A: b to C: d",
        "You were added",
        "Jay left",
    ],
)
def test_a_line_without_a_sender_is_the_applications(tmp_path: Path, said: str) -> None:
    lines = f"{START}Jay: hello\n{START}{said}\n{START}Mo: hi\n"
    _, found, _ = messages_of(read_lines(tmp_path, lines))
    assert (found.body, found.from_party, found.to) == (said, None, ())
    assert (found.direction, found.status) == (Direction.UNKNOWN, "system")


def test_a_line_of_the_application_under_the_chats_name(tmp_path: Path) -> None:
    said_by_application = "[25/12/2023, 14:05:01] Jay: \u200eMessages and calls are end-to-end encrypted.\n"
    lines = said_by_application + "[25/12/2023, 14:06:01] Jay: yo\n"
    told, said = messages_of(read_lines(tmp_path, lines))
    assert (told.from_party, told.status, told.extra) == (None, "system", (("shown as", "Jay"),))
    assert told.body == "\u200eMessages and calls are end-to-end encrypted."
    assert said.from_party is not None


@pytest.mark.parametrize(
    "said",
    [
        "Messages you send to this chat and calls are secured with end-to-end encryption.",
        "Mesajele și apelurile sunt criptate integral. Doar persoanele din această conversație le pot citi.",
        "Mesazhet dhe telefonatat janë të enkriptuara skaj-më-skaj.",
        "Žinutės ir skambučiai yra visapusiškai užšifruoti.",
        "Сообщения и звонки защищены сквозным шифрованием.",
        "الرسائل والمكالمات مشفرة تمامًا بين الطرفين.",
        "消息和通话已进行端到端加密。",
        "Jay hat die Gruppe „Plug“ erstellt",
        "In a language that nobody knows here, not even WhatsApp can read it.",
    ],
)
def test_a_line_of_the_application_in_any_language(tmp_path: Path, said: str) -> None:
    lines = f"[25/12/2023, 14:05:01] Jay: \u200e{said}\n[25/12/2023, 14:06:01] Jay: yo\n[25/12/2023, 14:07:01] Mo: hi\n"
    told, *others = messages_of(read_lines(tmp_path, lines))
    assert (told.from_party, told.status) == (None, "system")
    assert [each.status for each in others] == [None, None]


@pytest.mark.parametrize(
    "said",
    [
        "\u200eDel from WhatsApp.vcf \u2022 \u200e<attached: 00000012-Del.vcf>",
        "\u200e<attached: WhatsApp Image.jpg>",
        "Jay is here",
        "\u200ehttps://chat.whatsapp.com/AbC",
    ],
)
def test_what_a_sender_sent_first_is_the_senders(tmp_path: Path, said: str) -> None:
    lines = f"[25/12/2023, 14:05:01] Jay: {said}\n[25/12/2023, 14:06:01] Mo: hi\n"
    assert [each.status for each in messages_of(read_lines(tmp_path, lines))] == [None, None]


def test_somebody_who_types_the_applications_words_is_a_sender(tmp_path: Path) -> None:
    lines = f"{START}Jay: Messages and calls are end-to-end encrypted.\n{START}Mo: Jay added you\n"
    assert [message.status for message in messages_of(read_lines(tmp_path, lines))] == [None, None]


@pytest.mark.parametrize("mark", ["_", "-", ":"])
def test_a_name_with_a_colon_is_known_from_the_files_name_without_it(tmp_path: Path, mark: str) -> None:
    lines = f"{START}Kay: Work: x: y\n{START}Mo: Kay: Work: z\n"
    found = messages_of(read_lines(tmp_path, lines, name=f"WhatsApp Chat with Kay{mark} Work.txt"))
    said = [(each.from_party.name if each.from_party else None, each.body) for each in found]
    assert said == [("Kay: Work", "x: y"), ("Mo", "Kay: Work: z")]
    assert [each.direction.value for each in found] == ["incoming", "outgoing"]


def test_a_name_with_a_colon_is_known_from_the_files_name(tmp_path: Path) -> None:
    lines = f"{START}Jay: new number: yo: hi\n{START}Mo: k\n"
    first, _ = messages_of(read_lines(tmp_path, lines, name="WhatsApp Chat with Jay: new number.txt"))
    assert first.from_party is not None
    assert (first.from_party.name, first.body) == ("Jay: new number", "yo: hi")


def test_a_name_in_which_a_quotation_begins_is_a_sender_where_it_comes_again(tmp_path: Path) -> None:
    lines = f'{START}Dave 6\'2": on: now\n{START}Mo: k\n{START}Dave 6\'2": bell\n{START}Al "x: y\n'
    found = messages_of(read_lines(tmp_path, lines, name="WhatsApp Chat with Dave 6'2_.txt"))
    assert [each.body for each in found] == ["on: now", "k", "bell", 'Al "x: y']
    assert [each.direction.value for each in found] == ["incoming", "outgoing", "incoming", "unknown"]
    assert [each.status for each in found] == [None, None, None, "system"]


def test_a_blank_that_an_editor_took_away_makes_no_other_message(tmp_path: Path) -> None:
    lines = f"{START}Jay: one\n{START}Jay:\n{START}Jay:two\n"
    assert bodies_of(read_lines(tmp_path, lines)) == ["one", "", "two"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("IMG-20231225-WA0001.jpg (file attached)", "IMG-20231225-WA0001.jpg"),
        ("\u200eIMG-20231225-WA0001.jpg (Datei angehängt)", "IMG-20231225-WA0001.jpg"),
        ("AUD-20231225-WA0000. (file attached)", "AUD-20231225-WA0000."),
        ("PTT-20231225-WA0001.opus (something in another language)", "PTT-20231225-WA0001.opus"),
        ("Price list 2.pdf (file attached)", "Price list 2.pdf"),
        ("\u200e<attached: 00000012-PHOTO-2023-12-25-14-05-01.jpg>", "00000012-PHOTO-2023-12-25-14-05-01.jpg"),
        ("<Media omitted>", None),
        ("<View once voice message omitted>", None),
        ("\u200eimage omitted", None),
        ("\u200eView once voice message omitted", None),
        ("look \u200eView once photo omitted", None),
        ("list.pdf \u2022 \u200e2 pages \u200edocument omitted", None),
    ],
)
def test_media_is_an_attachment_and_the_text_stays(tmp_path: Path, said: str, name: str | None) -> None:
    (found,) = messages_of(read_lines(tmp_path, f"{START}Jay: {said}\n"))
    assert found.body == said
    assert [attachment.name for attachment in found.attachments] == [name]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("list.pdf \u2022 \u200e2 pages \u200e<attached: 00000012-list.pdf>", "00000012-list.pdf"),
        (
            "on now\nbell me \u200e<Anhang: 00000013-PHOTO-2023-12-25-14-05-01.jpg>",
            "00000013-PHOTO-2023-12-25-14-05-01.jpg",
        ),
        ("look \u200e<attached: 1.jpg> \u200e<This message was edited>", "1.jpg"),
        (
            "\u200e<za\u0142\u0105czono: 00000012-PHOTO-2023-12-25-14-05-01.jpg>",
            "00000012-PHOTO-2023-12-25-14-05-01.jpg",
        ),
        ("2015-08-04-PHOTO-00004762.jpg <\u200eattached>", "2015-08-04-PHOTO-00004762.jpg"),
        ("on now\nbell me \u200eimage omitted", None),
    ],
)
def test_a_file_behind_its_caption(tmp_path: Path, said: str, name: str | None) -> None:
    (found,) = messages_of(read_lines(tmp_path, f"[25/12/2023, 14:05:01] Jay: {said}\n"))
    assert (found.body, [attachment.name for attachment in found.attachments]) == (said, [name])


def test_a_file_in_a_pasted_line_is_not_the_messages(tmp_path: Path) -> None:
    pasted = "[25/12/2023, 14:05:01] Bob: \u200e<attached: 00000012-list.pdf>"
    (found,) = messages_of(read_lines(tmp_path, f"{START}Jay: look\n{pasted}\n"))
    assert found.attachments == ()


@pytest.mark.parametrize(
    "said",
    [
        "the image omitted nothing",
        "look <attached: 1.jpg>",
        "a.pdf <attached>",
        "see a.pdf (attached)",
        "<Media> omitted",
        "../../etc/x.sh (file attached)",
    ],
)
def test_what_is_no_media(tmp_path: Path, said: str) -> None:
    (found,) = messages_of(read_lines(tmp_path, f"{START}Jay: {said}\n"))
    assert found.attachments == ()


@pytest.mark.parametrize(
    "said",
    [
        *("This message was deleted", "\u200eThis message was deleted.", "You deleted this message"),
        *(
            "Ta wiadomo\u015b\u0107 zosta\u0142a usuni\u0119ta",
            "Usuni\u0119to t\u0119 wiadomo\u015b\u0107",
            "Bu mesaj silindi",
        ),
        *("Acest mesaj a fost \u0219ters", "Ky mesazh u fshi", "U hebt dit bericht verwijderd"),
    ],
)
def test_a_deleted_message_says_so(tmp_path: Path, said: str) -> None:
    deleted, other = messages_of(read_lines(tmp_path, f"{START}Jay: {said}\n{START}Jay: fine\n"))
    assert (deleted.deleted, deleted.body) == (DeletedState.DELETED, said)
    assert other.deleted is DeletedState.UNKNOWN


def test_numbers_wrapped_in_direction_marks(tmp_path: Path) -> None:
    (found,) = messages_of(read_lines(tmp_path, f"{START}\u202a+44\u00a07700\u00a0900456\u202c: yo\n"))
    assert found.from_party is not None
    assert (found.from_party.raw, found.from_party.e164) == ("\u202a+44\u00a07700\u00a0900456\u202c", "+447700900456")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    lines = f"{START}Jay: gr\u00fc\u00df \U0001f600\r\n{START}Mo: ok\r\n"
    assert bodies_of(read_lines(tmp_path, lines.encode(encoding))) == ["gr\u00fc\u00df \U0001f600", "ok"]


def test_what_cannot_be_text_is_replaced_and_named(tmp_path: Path) -> None:
    lines = START.encode() + b"Jay: a\xff\xfeb\xa3\n" + START.encode() + b"Jay: fine \xef\xbf\xbd\n"
    result = read_lines(tmp_path, lines)
    first, second = messages_of(result)
    assert (first.body, first.body_notices) == ("a\ufffdb\ufffd", ("replaced_characters",))
    assert (second.body, second.body_notices) == ("fine \ufffd", ())
    assert codes_of(result) == {"characters_replaced": 2}


@pytest.mark.parametrize(
    "said",
    [
        "\u200eBild weggelassen",
        "\u200eimmagine omessa",
        "\u200evid\u00e9o absente",
        "\u200eimagen omitida",
        "list.pdf documento omitido",
    ],
)
def test_files_that_were_left_out_in_other_languages(said: str) -> None:
    assert is_omitted(said)
    assert not is_omitted("das Bild habe ich weggelassen")


@pytest.mark.parametrize(
    "said",
    [
        "imagem não revelada",
        "list.pdf \u2022 2 páginas documento não revelado",
        "изображение отсутствует",
        "стикер не добавлен",
        "ไม่มีรูปภาพ",
        "list.pdf ละเว้นเอกสาร",
        "ละเว้น GIF",
        "画像は含まれていません",
        "list.pdf ドキュメントは含まれていません",
        "لم يتم إدراج الصورة",
        "Kontaktkarte ausgelassen",
    ],
)
@pytest.mark.parametrize("mark", ["", "\u200e"])
def test_files_that_iphones_leave_out_in_other_languages(mark: str, said: str) -> None:
    assert is_omitted(f"{mark}{said}")
    assert not is_omitted(f"{mark}{said} ok")


@pytest.mark.parametrize(
    ("said", "is_owners"),
    [
        ("Apagou esta mensagem.", True),
        ("Esta mensagem foi apagada.", False),
        ("คุณได้ลบข้อความนี้", True),
        ("ข้อความนี้ถูกลบแล้ว", False),
        ("このメッセージを削除しました。", True),
        ("このメッセージは削除されました。", False),
        ("أنت حذفت هذه الرسالة.", True),
    ],
)
def test_deletions_in_other_languages(said: str, *, is_owners: bool) -> None:
    assert (is_deleted(said), is_deleted_by_owner(said)) == (True, is_owners)
    assert not is_deleted(f"{said} lol")


@pytest.mark.parametrize(
    "said",
    [
        "Deine Sicherheitsnummer für Marlo hat sich geändert. Tippe, um mehr zu erfahren.",
        "O seu código de segurança partilhado com Marlo mudou. Toque para saber mais.",
        "Ваш код безопасности с контактом Marlo изменился. Подробнее.",  # noqa: RUF001
        "รหัสความปลอดภัยของคุณกับ Marlo มีการเปลี่ยนแปลง แตะเพื่อเรียนรู้เพิ่มเติม",
        "Marloとのセキュリティコードが変更されました。 タップして詳細を表示。",
    ],
)
def test_a_new_security_code_is_told_by_the_application(said: str) -> None:
    assert is_of_application(f"\u200e{said}", "Marlo Finch")
    assert not is_of_application(said, "Marlo Finch")


def test_the_first_line_of_a_chat_in_other_languages() -> None:
    assert is_of_application("\u200eI messaggi e le chiamate sono crittografati end-to-end.")
    assert is_of_application("\u200eNachrichten und Anrufe sind Ende-zu-Ende-verschl\u00fcsselt.")
    assert not is_of_application("Nachrichten und Anrufe sind doof")


@pytest.mark.parametrize(
    ("front", "utc"),
    [
        ("20\u200f/7\u200f/2023\u060c 9:15\u00a0\u0645 - ", "2023-07-20T20:15:00.000Z"),
        (
            "[\u0662\u0660\u200f/\u0667\u200f/\u0662\u0660\u0662\u0663\u060c \u0669:\u0661\u0665:\u0660\u0661 \u0635] ",
            "2023-07-20T08:15:01.000Z",
        ),
        ("20/07/2023\u060c 21:15 - ", "2023-07-20T20:15:00.000Z"),
        ("20.07.23 \u0433., 21:15 \u0447. - ", "2023-07-20T20:15:00.000Z"),
        ("20.7.2023, 9:15 e pasdites - ", "2023-07-20T20:15:00.000Z"),
        ("20.7.2023, 9:15 e paradites - ", "2023-07-20T08:15:00.000Z"),
        ("21:15, 20/07/2023 - ", "2023-07-20T20:15:00.000Z"),
        ("2023/7/20\u060c\u200f 21:15 - ", "2023-07-20T20:15:00.000Z"),
        ("20.07.2023 \u00d6S 9:15 - ", "2023-07-20T20:15:00.000Z"),
        ("20/07/2023, 9:15 SA - ", "2023-07-20T08:15:00.000Z"),
        ("20/07/2023, 9:15 yh - ", "2023-07-20T20:15:00.000Z"),
    ],
    ids=[
        "arabic",
        "arabic digits",
        "farsi",
        "bulgarian",
        "albanian pm",
        "albanian am",
        "vietnamese",
        "farsi mark",
        "turkish",
        "vietnamese am",
        "welsh",
    ],
)
def test_starts_of_further_languages(tmp_path: Path, front: str, utc: str) -> None:
    first, second = messages_of(read_lines(tmp_path, f"{front}Rico: on\ntwo\n{front}Bea: ok\n"))
    assert (first.body, second.body, first.time.utc) == ("on\ntwo", "ok", utc)
    assert first.time.raw == front.strip("[]- ")


HALVES = (
    *(("p.d.", "m.d."), ("e paradites", "e pasdites"), ("paradite", "pasdite"), ("vm.", "nm."), ("fm", "em")),
    *(("f.m.", "e.m."), ("ap.", "ip."), ("mat.", "soir"), ("priek\u0161p.", "p\u0113cp."), ("SF", "YM"), ("WD", "WB")),
    *(("AN", "ANW"), ("TO", "TK"), ("BN", "PN"), ("\u0434\u043f", "\u043f\u043f"), ("\u0422\u041e", "\u0422\u041a")),
    *(("\u04af.\u04e9.", "\u04af.\u0445."), ("\u063a.\u0645", "\u063a.\u0648"), ("\u063a.\u0645.", "\u063a.\u0648.")),
    *(
        ("prije podne", "po podne"),
        ("\u043f\u0440\u0435 \u043f\u043e\u0434\u043d\u0435", "\u043f\u043e \u043f\u043e\u0434\u043d\u0435"),
    ),
    *(("\u09aa\u09c2\u09f0\u09cd\u09ac\u09be\u09b9\u09cd\u09a8", "\u0985\u09aa\u09f0\u09be\u09b9\u09cd\u09a8"),),
    *(
        ("\u0db4\u0dd9.\u0dc0.", "\u0db4.\u0dc0."),
        ("\u1245.\u1240.", "\u12f5.\u1240."),
        ("\u4e0a\u665d", "\u4e0b\u665d"),
    ),
)
"""As CLDR has them, by language: Albanian, Afrikaans, Swedish, Norwegian, Finnish, French, Latvian, Hausa, Oromo, Akan,
Uzbek, Kurdish, Ukrainian, Mongolian, Pashto, Bosnian, Serbian, Assamese, Sinhala, Tigrinya, Cantonese."""


@pytest.mark.parametrize(("early", "late"), HALVES)
def test_halves_of_the_day_in_further_languages(tmp_path: Path, early: str, late: str) -> None:
    lines = f"13.9.23, 12:05 {early} - Rico: on\n13.9.23, 7:44 {late} - Bea: ok\n14.9.23, 12:05 {late} - Rico: yo\n"
    assert [message.time.utc for message in messages_of(read_lines(tmp_path, lines))] == [
        "2023-09-12T23:05:00.000Z",
        "2023-09-13T18:44:00.000Z",
        "2023-09-14T11:05:00.000Z",
    ]


def test_a_time_in_front_of_its_date_is_another_layout(tmp_path: Path) -> None:
    lines = f"{START}Jay: list\n14:06, 25/12/2023 - Bob: typed\n{START}Jay: next\n{START}Jay: last\n"
    assert bodies_of(read_lines(tmp_path, lines)) == ["list\n14:06, 25/12/2023 - Bob: typed", "next", "last"]


@pytest.mark.parametrize("start", ["25/12/2023, 14:05 30 - ", "25/12/2023, 14 05 - ", "25/12/2023, 14h 5 - "])
def test_what_no_exporter_writes_is_no_start(start: str) -> None:
    assert read_start(f"{start}Jay: yo") is None


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u2009", "\u3000"])
def test_a_blank_of_another_kind_behind_the_sender(tmp_path: Path, blank: str) -> None:
    lines = f"{START}Jay:{blank}one: two\n{START}Mo:{blank}three\n{START}Jay left\n"
    one, three, left = messages_of(read_lines(tmp_path, lines))
    assert (one.from_party and one.from_party.name, one.body, one.status) == ("Jay", "one: two", None)
    assert (three.from_party and three.from_party.name, three.body) == ("Mo", "three")
    assert left.status == "system"


def test_a_blank_of_another_kind_in_a_text_parts_nothing(tmp_path: Path) -> None:
    (found,) = messages_of(read_lines(tmp_path, f"{START}Jay: Prix\u00a0:\u00a05\u00a0\u20ac\n"))
    assert (found.from_party and found.from_party.name, found.body) == ("Jay", "Prix\u00a0:\u00a05\u00a0\u20ac")
