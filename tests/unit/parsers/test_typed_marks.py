"""A text in which somebody typed a line that another format begins with is still read by its own reader."""

from __future__ import annotations

import pytest

from tests.fakes.deliveries import bodies_of, claim_on, read_content

MARKS = [
    "[SMSBackup001]",
    "[PhonePBK001]",
    '+CMGL: 1,"REC READ","+447700900123",,"24/05/06,10:00:00+04"',
    "AT+CMGL=4",
    "BEGIN:VMSG",
    "BEGIN:VCARD",
    "0791447758100650040C914497716247010000909010711423400A2050EC468B81C4733A",
]
CHAT = (
    "26/12/2023, 10:00 - Jay: hi\n"
    "{mark}\n"
    "end\n"
    "26/12/2023, 10:01 - Jay: {mark}\n"
    "26/12/2023, 10:02 - Kay: {mark}\n"
    "{mark}\n"
)
IOS_CHAT = (
    "[26/12/2023, 10:00:00] Jay: hi\n"
    "{mark}\n"
    "end\n"
    "[26/12/2023, 10:01:00] Jay: {mark}\n"
    "[26/12/2023, 10:02:00] Kay: {mark}\n"
    "{mark}\n"
)
TABLE = 'Direction,Number,Date/Time,Message\nIncoming,07700900123,14/09/2023 16:00:00,"hi\n{mark}\n{mark}\nend"\n'


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("name", ["_chat.txt", "drop.txt"])
def test_a_chat_stays_a_chat(mark: str, name: str) -> None:
    for chat in (CHAT, IOS_CHAT):
        more = [chat.splitlines()[0].replace("hi", f"text {number}") for number in range(8)]
        content = "\n".join((*more, chat)).format(mark=mark)
        parser, _ = claim_on(content, name)
        assert parser.name == "whatsapp_text"
        assert bodies_of(read_content(content, name))[8:] == [f"hi\n{mark}\nend", mark, f"{mark}\n{mark}"]


@pytest.mark.parametrize("mark", MARKS)
def test_a_table_stays_a_table(mark: str) -> None:
    content = TABLE.format(mark=mark.replace('"', '""'))
    parser, _ = claim_on(content, "texts.csv")
    assert parser.name == "table"
    assert bodies_of(read_content(content, "texts.csv")) == [f"hi\n{mark}\n{mark}\nend"]
