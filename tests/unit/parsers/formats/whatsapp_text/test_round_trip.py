"""What the writer puts into a chat comes out of the reader, in every layout."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.demo.truth import Peer, TextMessage, Travel
from ingest.demo.writers.whatsapp_text import ANDROID_UK, FORMS, IOS_UK, ChatForm, chat_text, write_chat_archive
from parsers.outcome import ReadState
from parsers.records.facts import Direction
from tests.unit.parsers.formats.whatsapp_text.made_chats import (
    UNSAVED,
    bodies_of,
    chat,
    codes_of,
    messages_of,
    picture,
    read_chat,
    read_lines,
    text,
)

BODIES = (
    "u about",
    "two\nlines : and a colon",
    "  blanks around  ",
    "emoji \U0001f44d\u200d end",
    "25% - half, 10:30 - nothing",
    "a: b: c",
    "[not a start]",
)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_layout_is_read_back(tmp_path: Path, form: ChatForm) -> None:
    sent = [text(n, body, Travel.OUT if n % 2 else Travel.IN) for n, body in enumerate(BODIES * 3)]
    result = read_lines(tmp_path, chat_text(chat(*sent), form))
    found = [message for message in messages_of(result) if message.status != "system"]
    assert [message.body for message in found] == [message.body for message in sent]
    assert [message.direction.value for message in found] == [message.travel.value for message in sent]
    assert [message.time.utc for message in found] == [
        message.at.strftime("%Y-%m-%dT%H:%M:%S.000Z") for message in sent if message.at
    ]
    assert {message.time.basis.value for message in found} == {"assumed_zone"}
    assert {message.thread for message in found} == {"Jay"}
    assert codes_of(result) == {}
    assert result.state is ReadState.COMPLETE
    (rows,) = result.tally.values()
    assert rows["message"].seen == len(sent) + 1


def test_parties_of_a_chat_of_two(tmp_path: Path) -> None:
    sent = [text(0, "in"), text(1, "out", Travel.OUT)]
    _, came, went = messages_of(read_lines(tmp_path, chat_text(chat(*sent), ANDROID_UK)))
    assert came.from_party is not None
    assert (came.from_party.name, came.from_party.raw, came.from_party.is_owner) == ("Jay", None, False)
    assert [(party.name, party.is_owner) for party in came.to] == [("Mo", True)]
    assert went.from_party is not None
    assert (went.from_party.name, went.from_party.is_owner) == ("Mo", True)
    assert [(party.name, party.is_owner) for party in went.to] == [("Jay", False)]
    assert went.direction_basis == "file_name"


def test_an_unsaved_number_is_a_number(tmp_path: Path) -> None:
    sent = [text(0, "in", peer=UNSAVED), text(1, "out", Travel.OUT, peer=UNSAVED)]
    lines = chat_text(chat(*sent, peer=UNSAVED), IOS_UK)
    result = read_lines(tmp_path, lines, name="WhatsApp Chat - +44 7700 900456.txt")
    _, came, went = messages_of(result)
    assert came.from_party is not None
    assert (came.from_party.raw, came.from_party.e164, came.from_party.name) == (
        "+44 7700 900456",
        "+447700900456",
        None,
    )
    assert (came.direction, went.direction) == (Direction.INCOMING, Direction.OUTGOING)


def test_an_archive_gives_the_chat_and_the_places_of_its_files(tmp_path: Path) -> None:
    sent = [
        text(0, "", files=(picture("00000002-PHOTO-2024-02-05-12-00-00.jpg"),)),
        text(1, "look", Travel.OUT, files=(picture("00000003-PHOTO-2024-02-05-19-00-00.jpg"),)),
        text(2, "", files=(picture("00000004-PHOTO-2024-02-06-02-00-00.jpg", None),)),
    ]
    path = write_chat_archive(tmp_path / "content", chat(*sent), IOS_UK)
    result = read_chat(path, name="WhatsApp Chat - Jay.zip")
    _, first, second, third = messages_of(result)
    assert [(each.name, each.member) for each in first.attachments] == [(sent[0].files[0].name, sent[0].files[0].name)]
    assert first.body == f"\u200e<attached: {sent[0].files[0].name}>"
    assert (second.body or "").endswith(">\nlook")
    assert [(each.name, each.member) for each in third.attachments] == [(sent[2].files[0].name, None)]
    assert codes_of(result) == {"member_missing": 1}
    assert result.state is ReadState.COMPLETE_WITH_NOTICES
    assert {message.source.member for message in (first, second, third)} == {"_chat.txt"}
    assert second.direction is Direction.OUTGOING


names = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters=':"\u201c\u201d\u201e\u00ab\u00bb'),
    min_size=1,
    max_size=12,
)
lines_of_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), max_size=40)
texts = st.lists(lines_of_text, min_size=1, max_size=3).map("\n".join)
instants = st.lists(st.integers(0, 3 * 365 * 24 * 60), min_size=1, max_size=12, unique=True).map(
    lambda minutes: [datetime(2021, 1, 1, tzinfo=UTC) + timedelta(minutes=each) for each in sorted(minutes)]
)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), form=st.sampled_from(list(FORMS.values())), at=instants)
def test_whatever_is_written_comes_out_once(data: st.DataObject, form: ChatForm, at: list[datetime]) -> None:
    """Bodies to the code point, whoever wrote them; an instant only where the file tells day and month apart."""
    bodies = data.draw(st.lists(texts, min_size=len(at), max_size=len(at)))
    peer = Peer(written="+44 7700 900123", number="+447700900123", name=data.draw(names))
    sent = [
        TextMessage(key=str(n), at=when, travel=Travel.OUT if n % 3 else Travel.IN, peers=(peer,), body=body)
        for n, (when, body) in enumerate(zip(at, bodies, strict=True))
    ]
    with TemporaryDirectory() as folder:
        result = read_lines(Path(folder), chat_text(chat(*sent, peer=peer), form), name="_chat.txt")
    found = messages_of(result)[1:]
    # What ends the file is its end, and not a text's: blank lines there are left out.
    sent_bodies = [message.body or "" for message in sent]
    assert bodies_of(result)[1:-1] == sent_bodies[:-1]
    assert (found[-1].body or "").rstrip("\n") == sent_bodies[-1].rstrip("\n")
    for message, truth in zip(found, sent, strict=True):
        assert truth.at is not None
        if message.time.utc is not None and form.zone == "Europe/London":
            read = datetime.fromisoformat(message.time.utc)
            hour_twice = timedelta(hours=1) if truth.at.month == 10 else timedelta()
            expected = truth.at if form.has_seconds else truth.at.replace(second=0)
            assert expected - read in {timedelta(), hour_twice}
    for rows in result.tally.values():
        assert all(row.is_balanced for row in rows.values())
