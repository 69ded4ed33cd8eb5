"""A link of two devices that have dozens of lines in common says the surest one by one, and counts the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from search.linkage.device_links.told_lines import ASSUMED, LINES_TOLD, OfLine, told_reasons
from search.linkage.extraction.edge_table import RECORDS_AN_EDGE
from search.linkage.model import Link, Reason, ReasonKind
from tests.fakes.phones import Phone, finding, link_between, linked, number, offer

WORDS = ("both", "best", "all day", "bits")


def reason(kind: ReasonKind, place: int, *, said: str = "", is_by_decision: bool = False) -> Reason:
    return Reason(
        kind=kind,
        value=str(place),
        a_count=2,
        b_count=3,
        device_count=10 + place,
        weight=-0.25 if ASSUMED in said else 7.125,
        sentence=said or f"sentence {place}",
        record_ids=tuple(f"r-{place}-{each}" for each in range(3)),
        is_by_decision=is_by_decision,
    )


def of_line(place: int, kind: ReasonKind = ReasonKind.SAME_NUMBER, *, is_by_decision: bool = False) -> OfLine:
    tie = reason(kind, place, is_by_decision=is_by_decision)
    assumed = reason(ReasonKind.SAME_LINE, place, said=f"That the line {place} {ASSUMED} likely; see its evidence.")
    return f"ln-{place:02}", 0.9 - place / 1000, (tie, assumed), frozenset()


def test_up_to_one_more_than_are_told_each_line_has_its_reasons() -> None:
    held = [of_line(place) for place in range(LINES_TOLD + 1)]
    assert told_reasons(held) == [each for _, _, tied, _ in held for each in tied]


@pytest.mark.parametrize("is_turned", [False, True])
def test_of_many_lines_the_likeliest_are_told_and_the_others_counted_in_one_reason_of_a_kind(
    *, is_turned: bool
) -> None:
    held = [of_line(place) for place in range(60)]
    told = told_reasons(held[::-1] if is_turned else held)
    assert [each.value for each in told[: 2 * LINES_TOLD]] == [str(place // 2) for place in range(2 * LINES_TOLD)]
    ties, lines = told[2 * LINES_TOLD :]
    assert (ties.kind, ties.value, ties.a_count, ties.b_count) == (ReasonKind.SAME_NUMBER, "55 more lines", 110, 165)
    assert "55 more lines too" in ties.sentence
    assert lines.kind is ReasonKind.SAME_LINE
    assert ASSUMED in lines.sentence
    assert ties.device_count == 10 + LINES_TOLD, "the rarest"
    assert len(ties.record_ids) == RECORDS_AN_EDGE
    assert sum(each.weight for each in told) == pytest.approx(sum(each.weight for line in held for each in line[2]))


def test_what_is_counted_in_one_rests_on_a_decision_only_where_all_of_it_does() -> None:
    for last in (True, False):
        decided = [of_line(place, is_by_decision=True) for place in range(59)]
        told = told_reasons([*decided, of_line(59, is_by_decision=last)])
        assert [each.is_by_decision for each in told if each.value == "55 more lines"] == [last, False]


def test_ties_of_another_kind_are_counted_by_themselves() -> None:
    kinds = (ReasonKind.SAME_NUMBER, ReasonKind.NUMBER_ANNOUNCEMENT, ReasonKind.SAME_LINE)
    told = told_reasons([of_line(place, kinds[place % 3]) for place in range(60)])
    assert Counter(each.kind for each in told[2 * LINES_TOLD :]) == {kinds[0]: 1, kinds[1]: 1, kinds[2]: 2}
    assert len({each.sentence for each in told}) == len(told)


def customers_of(lines: int) -> Sequence[Phone]:
    phones = [Phone(f"A/{place}", 900 + place) for place in range(2)]
    for line in range(lines):
        for place, words in enumerate(WORDS):
            for phone in phones:
                said = offer(f"Brand{chr(97 + line)}", f"{{line}} {words} {line} ring")
                phone.text(number(line), place + line / 100, said, sent=False)
        for phone in phones:
            phone.text(number(line), 4 + line / 100, finding("u about"), sent=True)
    return phones


async def test_a_link_names_every_line_and_is_scored_by_all_of_them() -> None:
    links: list[Link] = []
    for lines in (LINES_TOLD + 1, 12):
        phones = customers_of(lines)
        link = link_between(await linked(*phones), *phones)
        assert link is not None
        assert len(link.line_ids) == lines
        links.append(link)
    few, many = links
    assert len(many.reasons) <= len(few.reasons)
    assert many.score >= few.score
    assert ["7 more lines" in each.sentence for each in many.reasons].count(True) == 2
    assert not any("more lines" in each.sentence for each in few.reasons)
