"""Adverts and phones of a line, counted from the rows of its phones."""

from __future__ import annotations

from search.linkage.deal_lines.line_evidence import LineEvidence, counted_in_rows
from search.linkage.deal_lines.row_counts import counts_by_number, counts_of_line
from search.linkage.model import LineDevice, NumberShare, Relation, Term, TermKind
from search.linkage.unjoined import Unjoined
from tests.fakes.phones import number

LINE, OTHER = number(1), number(2)


def row(name: str, relation: Relation, count: int, recovered: int = 0, others: int = 0) -> LineDevice:
    share = NumberShare(number=LINE, count=count - others, record_ids=(), recovered_count=recovered)
    unjoined = Unjoined(
        number=OTHER, sources=(LINE,), is_giving=True, count=others, recovered_count=0, first_at=None, last_at=None,
        record_ids=(),
    )  # fmt: skip
    return LineDevice(
        device_id=name, relation=relation, advert_count=count, traffic_count=count, recovered_count=recovered,
        numbers=(LINE,), record_ids=(), shares=(share,), unjoined=(unjoined,) if others else (),
    )  # fmt: skip


ROWS = (
    row("a", Relation.SENT_ADVERTS, 72),
    row("b", Relation.RECEIVED_ADVERTS, 10, recovered=2, others=1),
    row("b", Relation.CONTACT_OF_LINE, 40),
    row("c", Relation.RECEIVED_ADVERTS, 3, recovered=3),
    row("d", Relation.MENTIONS_LINE, 4),
)


def test_the_sums_of_the_rows_are_what_the_evidence_says() -> None:
    counts = counts_of_line(ROWS)
    assert (counts.read, counts.further, dict(counts.unjoined)) == (79, 5, {OTHER: 1})
    assert counts.read + counts.further + 1 == 72 + 10 + 3
    term = Term(TermKind.WORDINGS, 1.0, "as it was weighed")
    (said,) = counted_in_rows(LineEvidence(terms=(term,), probability=0.9, wordings=3), counts)
    assert said.sentence == (
        "The analysis takes 3 different texts of it for adverts, in 79 messages on 2 phones. 5 further messages, some "
        "on 1 more phone, count as such by how they came or by its name in them. 1 more message of it came from "
        f"{OTHER}, which is not joined to it."
    )


def test_of_a_number_the_phones_with_adverts_by_their_words_are_told_from_the_others() -> None:
    held = counts_by_number(ROWS)[LINE]
    assert (held.read, held.phones, held.further, held.further_phones) == (79, {"a", "b"}, 5, {"b", "c"})


def test_where_no_row_has_an_advert_it_stays_as_it_was_weighed() -> None:
    term = Term(TermKind.WORDINGS, 1.0, "as it was weighed")
    assert counted_in_rows(LineEvidence(terms=(term,), probability=0.9), counts_of_line(ROWS[2:3])) == (term,)
