"""What a person names becomes a key that says what was meant, to whoever reads it later."""

from __future__ import annotations

import msgspec
import pytest

from ingest.decision_subjects import line_key, merge_keys, phone_key, sender_of_line
from ingest.errors import DecisionRefused
from parsers.device_identity import identity_of, resolve_devices
from search.linkage.decisions import Decision, DecisionOutcome, DecisionState, LineKey, SenderKey, Verdict
from search.linkage.model import Line, LineNumber, Linkage
from tests.fakes.index_loads import entry
from tests.fakes.phones import Phone, number


def test_a_phone_is_called_by_its_exhibit_and_case_for_another_case_may_have_the_exhibit_too() -> None:
    one, other = Phone("JB/2", 101, case="OP/1"), Phone("JB/2", 102, case="OP/2")
    other.device_id, other.extraction_id = "dv-other", "ex-other"
    entries = [one.entry(), other.entry()]
    assert phone_key("jb/2", entries, ["OP/2"]).label == "JB/2 (case OP/2)"
    assert phone_key("dv-other", entries, []).extraction_ids == ("ex-other",)
    with pytest.raises(DecisionRefused, match="2 phones are held as JB/2"):
        phone_key("JB/2", entries, [])


def test_a_phone_without_a_case_is_called_by_its_exhibit_alone() -> None:
    held = Phone("JB/2", 101, case="")
    assert phone_key("JB/2", [held.entry()], []).label == "JB/2"


def test_a_phone_may_be_named_as_reports_print_it_and_its_case_without_regard_to_spaces() -> None:
    one, other = Phone("HW/40", 101, case="DRG- 236/23"), Phone("HW/40", 102, case="DRG- 9/23")
    other.device_id, other.extraction_id = "dv-other", "ex-other"
    entries = [one.entry(), other.entry()]
    expected = phone_key("HW/40", entries, ["DRG- 236/23"])
    assert phone_key("HW/40 (case DRG- 236/23)", entries, []) == expected
    assert phone_key("hw/40 (Case DRG-236/23)", entries, []) == expected
    assert phone_key("hw/40", entries, ["drg-236/23"]) == expected


def test_a_phone_may_be_named_by_the_id_under_which_an_earlier_report_has_it() -> None:
    card = entry("ex-card", iccid=("8944110000000000014",))
    earlier = resolve_devices([identity_of("ex-card", iccid=card.iccid)])["ex-card"]
    handset = identity_of("ex-handset", imei=("356938035643809",), iccid=card.iccid)
    now = resolve_devices([identity_of("ex-card", iccid=card.iccid), handset])["ex-card"]
    entries = [
        msgspec.structs.replace(card, device_id=now),
        entry("ex-handset", device_id=now, imei=("356938035643809",), iccid=card.iccid),
        entry("ex-other", imei=("490154203237518",)),
    ]
    assert earlier != now
    assert phone_key(earlier, entries, []).extraction_ids == ("ex-card", "ex-handset")
    with pytest.raises(DecisionRefused, match="No phone is held under"):
        phone_key("dv_unknown", entries, [])


def line(line_id: str, name: str, first_seen_at: str, *numbers: str) -> Line:
    return Line(
        line_id=line_id,
        name=name,
        nicknames=(),
        folded_names=(name.casefold(),),
        numbers=tuple(
            LineNumber(
                number=each,
                first_seen_at=first_seen_at,
                last_seen_at=None,
                device_ids=(),
                succeeds=None,
                basis=(),
                handovers=(),
                record_ids=(),
            )
            for each in numbers
        ),
        template_ids=(),
        flare_ids=(),
        devices=(),
        joins=(),
        recipients=frozenset(),
        probability=1.0,
        evidence=(),
        first_seen_at=first_seen_at,
        last_seen_at=None,
        conflicts=(),
        caveats=(),
        senders=tuple((each, first_seen_at, None) for each in numbers),
    )


def linkage(*lines: Line) -> Linkage:
    return Linkage(lines=lines, links=(), flares=(), flares_left_out=(), suppressed=(), events=(), traffic=())


def test_of_several_lines_of_a_name_each_is_told_with_its_numbers() -> None:
    used = [f"+44770090000{place}" for place in range(1, 5)]
    later = line("ln-1", "Dutch", "2024-03-01T00:00:00.000Z", "+447700900009")
    earlier = line("ln-2", "Dutch", "2024-02-01T00:00:00.000Z", *used)
    held = linkage(later, earlier, line("ln-3", "Rico", "2024-03-01T00:00:00.000Z", "+447700900008"))
    assert line_key("Rico", held, [], "GB").label == "Rico"
    assert line_key("ln-1", held, [], "GB").senders[0].sender == "+447700900009"
    with pytest.raises(DecisionRefused) as refused:
        line_key("Dutch", held, [], "GB")
    told = str(refused.value)
    assert "Dutch …0009, with +447700900009 (ln-1); Dutch …0004, with " in told
    assert f"{', '.join(used[:3])} and 1 more (ln-2)." in told


@pytest.mark.parametrize("typed", ["Dutch (1 of 2)", "dutch  (2 of 2)", "Dutch (saved name, 1 of 3)", "Dutch(1 of 2)"])
def test_the_count_of_one_report_names_no_line_for_in_another_it_is_another(typed: str) -> None:
    first = line("ln-1", "Dutch", "2024-02-01T00:00:00.000Z", "+447700900001")
    second = line("ln-2", "Dutch", "2024-03-01T00:00:00.000Z", "+447700900009")
    with pytest.raises(DecisionRefused) as refused:
        line_key(typed, linkage(first, second), [], "GB")
    told = str(refused.value)
    assert "Reports once counted their own lines of a name" in told
    assert "2 lines answer to " in told
    assert "+447700900001 (ln-1)" in told
    assert "+447700900009 (ln-2)" in told
    with pytest.raises(DecisionRefused, match="1 line answers to"):
        line_key(typed, linkage(first), [], "GB")


@pytest.mark.parametrize("typed", ["Dutch …0009", "dutch ...0009", "Dutch …900009", "Dutch …0007"])
def test_a_line_is_named_by_the_last_digits_of_its_number_as_reports_print_it(typed: str) -> None:
    first = line("ln-1", "Dutch", "2024-02-01T00:00:00.000Z", "+447700900001")
    second = line("ln-2", "Dutch", "2024-03-01T00:00:00.000Z", "+447700900007", "+447700900009")
    other = line("ln-3", "Rico", "2024-03-01T00:00:00.000Z", "+447700900109")
    assert line_key(typed, linkage(first, second, other), [], "GB").senders[0].sender == "+447700900007"
    with pytest.raises(DecisionRefused, match="No line is called"):
        line_key("Dutch …0109", linkage(first, second, other), [], "GB")
    with pytest.raises(DecisionRefused, match="No line is called"):
        line_key("Dutch …9", linkage(first, second, other), [], "GB")


def test_a_counted_line_without_a_name_is_told_with_its_numbers() -> None:
    nameless = [line(f"ln-{place}", "", f"2024-0{place}-01T00:00:00.000Z", number(place)) for place in (1, 2)]
    with pytest.raises(DecisionRefused, match=r"2 lines answer to No name: No name …0001, with \+447700900001"):
        line_key("No name (1 of 2)", linkage(*nameless), [], "GB")


def test_what_is_not_held_is_named_with_its_day() -> None:
    held = linkage(line("ln-1", "Dutch", "2024-03-01T00:00:00.000Z", "+447700900009"))
    assert sender_of_line("07700900011@2024-04-01", held, [], "GB").label == "+447700900011 on 2024-04-01"
    assert sender_of_line("07700900009", held, [], "GB").label == "+447700900009"


@pytest.mark.parametrize("typed", ["0109", "900109", "…0109", "...0109"])
def test_a_line_is_named_by_the_last_digits_of_a_number_alone_where_one_number_of_a_line_ends_so(typed: str) -> None:
    nameless = line("ln-1", "", "2024-02-01T00:00:00.000Z", "+447700900007", "+447700900109")
    other = line("ln-2", "Rico", "2024-03-01T00:00:00.000Z", "+447700900001")
    key = line_key(typed, linkage(nameless, other), [], "GB")
    assert (key.named, len(key.senders)) == ("+447700900109", 2)
    assert sender_of_line(typed, linkage(nameless, other), [], "GB").senders[0].sender == "+447700900109"


def test_last_digits_that_several_numbers_have_or_that_name_a_phone_or_line_are_not_guessed_at() -> None:
    one = line("ln-1", "", "2024-02-01T00:00:00.000Z", "+447700900109")
    other = line("ln-2", "Rico", "2024-03-01T00:00:00.000Z", "+447700910109")
    with pytest.raises(DecisionRefused, match=r"2 numbers of lines end in 0109: .*\(ln-1\).*\(ln-2\)"):
        line_key("0109", linkage(one, other), [], "GB")
    called = line("ln-3", "0109", "2024-03-01T00:00:00.000Z", "+447700900003")
    assert line_key("0109", linkage(one, called), [], "GB").senders[0].sender == "+447700900003"
    with pytest.raises(DecisionRefused, match="0109 is a phone"):
        line_key("0109", linkage(one), [Phone("0109", 101).entry()], "GB")
    with pytest.raises(DecisionRefused, match="No line is called 109"):
        line_key("109", linkage(one), [], "GB")


def keys_of(held: Linkage, *subjects: str) -> tuple[LineKey, ...]:
    return merge_keys(subjects, held, [], "GB")


def merged(state: DecisionState, *sides: tuple[str, ...]) -> DecisionOutcome:
    lines = tuple(LineKey(senders=tuple(SenderKey(sender=each) for each in side), label=side[0]) for side in sides)
    decision = Decision(
        decision_id="dc-1", verdict=Verdict.MERGE, lines=lines, note="as briefed",
        decided_at="2024-06-01T00:00:00.000Z", decided_by="dc 1234",
    )  # fmt: skip
    return DecisionOutcome(decision=decision, state=state, sentence="")


def test_a_merge_of_what_the_machine_joined_holds_the_numbers_that_are_named_and_no_number_twice() -> None:
    line_of_two = line("ln-1", "Dutch", "2024-02-01T00:00:00.000Z", "+447700900007", "+447700900109")
    held = linkage(line_of_two, line("ln-2", "Rico", "2024-03-01T00:00:00.000Z", "+447700900001"))
    for subjects in (("Dutch", "07700900109"), ("07700900007", "0109")):
        assert [[each.sender for each in key.senders] for key in keys_of(held, *subjects)] == [
            ["+447700900007"],
            ["+447700900109"],
        ]
    assert [len(key.senders) for key in keys_of(held, "Dutch", "Rico")] == [2, 1]
    with pytest.raises(DecisionRefused, match=r"^Dutch and 07700900007 are already one line \(\+447700900007, "):
        keys_of(held, "Dutch", "07700900007")
    with pytest.raises(DecisionRefused, match=r"^Dutch is named twice"):
        keys_of(held, "Dutch", "Dutch")


def test_a_merge_that_a_standing_decision_made_is_refused_for_it_would_replace_that_one() -> None:
    a, b, c = "+447700900007", "+447700900109", "+447700900110"
    held = linkage(line("ln-1", "Dutch", "2024-02-01T00:00:00.000Z", a, b, c))
    standing = msgspec.structs.replace(held, decisions=(merged(DecisionState.HOLDS, (a, b), (c,)),))
    for subjects in ((a, c), (b, c), (a, b, c)):
        with pytest.raises(DecisionRefused, match="are already one line"):
            keys_of(standing, *subjects)
    assert len(keys_of(standing, a, b)) == 2, "within a side the machine joined them"
    taken_back = msgspec.structs.replace(held, decisions=(merged(DecisionState.REVOKED, (a, b), (c,)),))
    assert len(keys_of(taken_back, a, c)) == 2
