"""Beside records stands of how many they are, and a search that the query language takes and that finds the others."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any

from search.query.parse import parse_query
from search.reports.cited import Searches, cited, is_assumed, number_query, of_reason, row_query, searches_of
from tests.fakes.phones import number

A, B = number(1), number(2)
PHONES = [{"device_id": f"dv-{place}", "exhibit_refs": [f"HW/{place}"], "extraction_ids": [f"ex-{place}"],
           "traffic": {"kind": "receives_adverts"}}
          for place in (1, 2)]  # fmt: skip


def reason(kind: str, value: str, records: int = 4) -> dict[str, Any]:
    return {"kind": kind, "value": value, "a_count": 18, "b_count": 35, "sentence": "Both.",
            "record_ids": [f"r-{place}" for place in range(records)]}  # fmt: skip


def row(place: int, relation: str, *numbers: str, **changes: Any) -> dict[str, Any]:
    return {"device_id": f"dv-{place}", "relation": relation, "numbers": list(numbers), "inferred_numbers": [],
            "recovered_count": 0, "mentions": [], **changes}  # fmt: skip


def searches(devices: Sequence[dict[str, Any]] = PHONES, **scope: Any) -> Searches:
    held = [{"case_refs": [], **device} for device in devices]
    return searches_of({"devices": held, "scope": {"cases": [], "exhibits": [], **scope}})


def test_a_number_finds_those_records_that_state_it() -> None:
    held = of_reason(reason("same_number", A), PHONES, searches())
    assert held.words == "4 of 53; this finds those that state the number"
    assert held.command == f"trapline search number:{A} --exhibit HW/1 --exhibit HW/2"
    assert parse_query(f"number:{A}") is not None


def test_of_a_phone_that_sends_the_adverts_of_a_number_those_are_found_that_it_sent_without_stating_it() -> None:
    sender = {**PHONES[0], "traffic": {"kind": "broadcasts_adverts"}}
    held = of_reason(reason("same_number", A), [sender, PHONES[1]], searches())
    assert held.words == "4 of 53; this finds them among others"
    query = f"number:{A} OR (is:advert direction:outgoing)"
    assert shlex.split(held.command) == ["trapline", "search", query, "--exhibit", "HW/1", "--exhibit", "HW/2"]
    assert parse_query(query) is not None
    bare = of_reason(reason("same_number", A), [sender, {**PHONES[1], "exhibit_refs": []}], searches())
    assert shlex.split(bare.command)[2:] == [f"({query}) (extraction:ex-1 OR extraction:ex-2)"]


def test_copies_of_a_wording_are_asked_for_by_it_and_adverts_with_a_name_by_nothing() -> None:
    held = of_reason(reason("same_template", "t-0571654e84b74649"), PHONES, searches())
    assert held.words == "4 of 53; this finds them among others"
    assert held.command == "trapline search template:t-0571654e84b74649 --exhibit HW/1 --exhibit HW/2"
    named = of_reason(reason("same_nickname", "young mo"), PHONES, searches())
    assert (named.words, named.command) == ("4 of 53", "")


def test_each_relation_of_a_phone_is_asked_for_by_what_finds_all_of_it() -> None:
    assert row_query(row(1, "received_adverts", A)) == "is:advert"
    assert row_query(row(1, "received_adverts", A, recovered_count=2)) == ""
    assert row_query(row(1, "sent_adverts", A)) == "is:advert direction:outgoing"
    assert row_query(row(1, "sent_adverts", A, recovered_count=2)) == "direction:outgoing"
    assert row_query(row(1, "contact_of_line", A, B)) == f"number:{A} OR number:{B}"
    assert row_query(row(1, "contact_of_line", "Rico")) == ""


def test_an_exhibit_of_several_cases_is_asked_for_with_its_case() -> None:
    cased = [{**phone, "case_refs": [f"OP {place}"]} for place, phone in enumerate(PHONES)]
    other = {**cased[0], "device_id": "dv-3", "case_refs": ["OP 7"]}
    one = "trapline search is:advert --exhibit HW/1"
    assert cited(["r-1"], 9, "is:advert", cased[:1], 3, searches(devices=cased)).command == one
    of_two = searches(devices=[*cased, other])
    assert cited(["r-1"], 9, "is:advert", cased[:1], 3, of_two).command == f"{one} --case 'OP 0'"
    narrowed = searches(devices=cased, cases=["OP 0"])
    assert cited(["r-1"], 9, "is:advert", cased[:1], 3, narrowed).command == f"{one} --case 'OP 0'"


def test_what_is_whole_and_what_nothing_finds_has_no_search() -> None:
    both = searches()
    assert of_reason({**reason("same_number", A, 53), "a_count": 1, "b_count": 2}, PHONES, both).command == ""
    assert of_reason(reason("same_sim", "8944"), PHONES, both).words == ""
    assert of_reason(reason("same_number", "Rico"), PHONES, both).words == "4 of 53"
    assert of_reason(reason("same_number", "Rico"), PHONES, both).command == ""
    assert number_query([A, "Rico"]) == ""


def test_phones_without_an_exhibit_are_asked_for_by_their_extractions() -> None:
    bare = {**PHONES[1], "exhibit_refs": []}
    held = cited(["r-1"], 9, number_query([A, B]), [PHONES[0], bare], 3, searches())
    (query,) = shlex.split(held.command)[2:]
    assert query == f"(number:{A} OR number:{B}) (extraction:ex-1 OR extraction:ex-2)"
    assert parse_query(query) is not None


def test_that_a_line_is_one_is_an_assumption_and_what_ties_two_phones_is_not() -> None:
    said = "That the line Rico is a deal line is taken to be likely; see its evidence."
    assert is_assumed({"kind": "same_line", "sentence": said})
    assert not is_assumed({"kind": "same_line", "sentence": "A/1 and A/2 carry traffic of one line: ..."})
