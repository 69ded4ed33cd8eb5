"""Until when a number was in use rests on what a phone has with that number, while it may be the line's."""

from __future__ import annotations

import pytest

from search.contract import Edge, EdgeKind
from search.linkage.deal_lines.relation_rows import RelationRows
from search.linkage.keys import Role
from search.linkage.model import Relation
from tests.fakes.phones import number

PHONE, LINE, NEXT = "dv-1", number(1), number(2)
ENDED = "2024-01-19T12:00:00.000Z"


def edge(key: str, first: str, last: str | None = None, role: Role = Role.SENT) -> Edge:
    first_at, last_at = (f"{day}T12:00:00.000Z" for day in (first, last or first))
    return Edge(
        kind=EdgeKind.NUMBER, key=key, role=role, extraction_id="ex-1", count=1, first_at=first_at, last_at=last_at
    )


def last_used(rows: RelationRows, relation: Relation) -> dict[str, str | None]:
    return {
        share.number: None if share.last_used_at is None else share.last_used_at[:10]
        for share in rows.line_device((PHONE, relation), {}).shares
    }


def test_only_what_went_on_after_the_last_advert_says_so_and_of_its_own_number() -> None:
    rows = RelationRows()
    for key in (LINE, NEXT):
        rows.end(key, ENDED)
    rows.mention_traffic(PHONE, LINE, [edge(LINE, "2024-02-10"), edge(LINE, "2024-09-01")], ENDED)
    rows.mention_traffic(PHONE, NEXT, [edge(NEXT, "2024-03-01")], None)
    assert last_used(rows, Relation.MENTIONS_LINE) == {LINE: "2024-02-10", NEXT: None}


@pytest.mark.parametrize(("first", "last", "expected"), [
    ("2024-02-10", "2024-03-10", "2024-03-10"),
    ("2024-02-10", "2024-12-31", "2024-02-10"),
    ("2024-08-01", "2024-12-31", None),
])  # fmt: skip
@pytest.mark.parametrize("relation", [Relation.CONTACT_OF_LINE, Relation.MENTIONS_LINE])
def test_what_came_when_the_number_could_be_anothers_shows_no_use(
    relation: Relation, first: str, last: str, expected: str | None
) -> None:
    rows = RelationRows()
    rows.end(LINE, ENDED)
    if relation is Relation.CONTACT_OF_LINE:
        rows.add(PHONE, relation, LINE, [edge(LINE, first, last)])
    else:
        rows.mention_traffic(PHONE, LINE, [edge(LINE, first, last)], ENDED)
    assert last_used(rows, relation) == {LINE: expected}


def test_of_a_number_that_somebody_else_may_have_nothing_is_said() -> None:
    rows = RelationRows()
    rows.add(PHONE, Relation.CONTACT_OF_LINE, LINE, [edge(LINE, "2024-02-10")])
    assert last_used(rows, Relation.CONTACT_OF_LINE) == {LINE: None}


def test_a_text_of_the_last_day_demoted_to_a_mention_shows_no_use() -> None:
    rows = RelationRows()
    rows.end(LINE, ENDED)
    rows.add(PHONE, Relation.CONTACT_OF_LINE, LINE, [edge(LINE, "2024-02-10")])
    rows.demote(PHONE, Relation.CONTACT_OF_LINE)
    assert last_used(rows, Relation.MENTIONS_LINE) == {LINE: None}
