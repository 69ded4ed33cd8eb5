"""Which line adverts name beside those of other phones: settled where traffic ties names, never between two lines."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
import pytest

from nlp.analysis import Analyser, build_analyser
from nlp.nicknames.shared_names import RULE_ELSEWHERE
from nlp.whole_input.near_adverts import NearAdvert
from nlp.whole_input.settled_input import AdvertRow
from parsers.records.findings import TextFinding
from search.contract import Edge, EdgeKind, TemplateEntry
from search.line_names import LineName, LineNames, NameEvidence

ONE, OTHER = "+447700900101", "+447700900102"
WORDINGS = (
    "{} on both 3 for 25",
    "{} back on now light and dark bell me",
    "its {} here best of both 2 for 15",
    "{} about till late b n w banging",
    "morning, {} open both on 5 for 40",
    "{} landed fresh ring ring both",
    "ring {} for both 3 4 £25",
)
UNREAD = "Bring a mate to smoky joe and get one free white and brown"


class AdvertRows(list[AdvertRow]):
    add = list.append


class NearRows(list[NearAdvert]):
    add = list.append


class Sent(NamedTuple):
    sender: str
    phone: str
    texts: tuple[str, ...]
    month: int = 3


def worded(name: str, first: int = 0, last: int = 7) -> tuple[str, ...]:
    return tuple(wording.format(name) for wording in WORDINGS[first:last])


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return build_analyser()


def settled(analyser: Analyser, *all_sent: Sent) -> tuple[LineNames, dict[tuple[str, str], TextFinding]]:
    """Return the names, and the finding of each text of each sender by itself."""
    evidence, alone = NameEvidence(), {}
    for sent in all_sent:
        day = f"2024-{sent.month:02}-05T10:00:00.000Z"
        for text, finding in zip(sent.texts, analyser.find(sent.texts), strict=True):
            assert finding.is_advert
            alone[sent.sender, text] = finding
            wording, phone = finding.template_id, sent.phone
            variants = ((text, 1, "r"),)
            entry = TemplateEntry(
                template_id=wording, extraction_id=phone, text=text, message_count=1, variants=variants, is_advert=True
            )
            evidence.add_template(entry)
            evidence.add_edge(
                Edge(
                    kind=EdgeKind.ADVERT,
                    key=sent.sender,
                    role="received",
                    other=wording,
                    label=finding.line or "",
                    extraction_id=phone,
                    count=1,
                    first_at=day,
                    last_at=day,
                )
            )
    return evidence.settled(analyser, AdvertRows(), NearRows()), alone


def lines(analyser: Analyser, *all_sent: Sent) -> dict[str, set[str | None]]:
    names, alone = settled(analyser, *all_sent)
    found: dict[str, set[str | None]] = {sent.sender: set() for sent in all_sent}
    for (sender, text), finding in alone.items():
        found[sender].add(names.of(finding, text).line)
    return found


def test_what_a_phone_has_in_part_is_what_the_line_is_called(analyser: Analyser) -> None:
    names, alone = settled(
        analyser, Sent(ONE, "p1", (UNREAD, "Smoky on both now")), Sent(ONE, "p2", worded("Smoky Joe"))
    )
    assert {alone[ONE, UNREAD].line, alone[ONE, "Smoky on both now"].line} == {None, "Smoky"}
    assert names.of(alone[ONE, UNREAD], UNREAD) == LineName("Smoky Joe", "smoky joe", RULE_ELSEWHERE)
    assert names.of(alone[ONE, "Smoky on both now"], "Smoky on both now").line == "Smoky Joe"
    whole = worded("Smoky Joe")[0]
    assert names.of(alone[ONE, whole], whole) == LineName("Smoky Joe", "Smoky Joe")


@pytest.mark.parametrize(
    ("line", "text"),
    [("Kent", "dropping all over kent 3 for 25 both bell"), ("Angel", "hi angel both on 3 for 25")],
)
def test_a_sender_that_never_bore_a_name_has_none_of_a_word_in_its_texts(
    analyser: Analyser, line: str, text: str
) -> None:
    assert lines(analyser, Sent(OTHER, "p1", (text,)), Sent(ONE, "p1", worded(line)))[OTHER] == {None}


@pytest.mark.parametrize("sender", ["unknown", "Local User"])
def test_a_sender_that_is_no_number_ties_no_names_of_two_phones(analyser: Analyser, sender: str) -> None:
    stranger = Sent(sender, "p1", worded("Jay", 0, 4))
    names, alone = settled(analyser, stranger, Sent(sender, "p2", worded("Jay R", 4, 7)))
    assert {names.of(finding, text).line for (_, text), finding in alone.items()} == {"Jay", "Jay R"}


def test_a_name_stays_where_no_number_sent_both(analyser: Analyser) -> None:
    stranger = Sent(ONE, "p1", ("Smoky on both now", "smoky back on 3 for 20"))
    assert lines(analyser, stranger, Sent(OTHER, "p2", worded("Smoky Joe"))) == {
        ONE: {"Smoky"},
        OTHER: {"Smoky Joe"},
    }


@pytest.mark.parametrize(("first", "second"), [("Jay", "Jay R"), ("Frank", "Frankie"), ("Sam", "Sammy")])
@pytest.mark.parametrize("share", [1, 4])
def test_two_lines_of_one_customer_keep_their_names(analyser: Analyser, first: str, second: str, share: int) -> None:
    found = lines(analyser, Sent(ONE, "p1", worded(first, 0, share)), Sent(OTHER, "p1", worded(second, share, 7)))
    assert found == {ONE: {first}, OTHER: {second}}


def test_a_number_that_went_from_one_line_to_another_ties_no_names(analyser: Analyser) -> None:
    names, alone = settled(analyser, Sent(ONE, "p1", worded("Jay", 0, 4), 1), Sent(ONE, "p2", worded("Jay R", 4, 7), 9))
    assert {names.of(finding, text).line for (_, text), finding in alone.items()} == {"Jay", "Jay R"}


def test_a_text_that_no_wording_keeps_has_the_name_of_its_wording(analyser: Analyser) -> None:
    kept, typed = "bring a mate to smoky joe 3 for 25", "bring a mate to smoky joe 2 for 15"
    names, alone = settled(analyser, Sent(ONE, "p1", (kept,)), Sent(ONE, "p2", worded("Smoky Joe")))
    (finding,) = analyser.find([typed])
    assert (finding.line, finding.template_id) == (None, alone[ONE, kept].template_id)
    assert names.of(finding, typed) == LineName("Smoky Joe", "smoky joe", RULE_ELSEWHERE)


def test_what_another_analysis_found_stays_as_it_is(analyser: Analyser) -> None:
    names, alone = settled(analyser, Sent(ONE, "p1", (UNREAD,)), Sent(ONE, "p2", worded("Smoky Joe")))
    older = msgspec.structs.replace(alone[ONE, UNREAD], nlp_version="older")
    assert names.of(older, UNREAD) == LineName(None, None)
