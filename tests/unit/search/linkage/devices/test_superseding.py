from __future__ import annotations

from collections import Counter

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from search.linkage.devices.superseding import HeldFacts, decide_superseding


def held(name: str, facts: list[int], at: str | None = None, kind: str = "handset") -> HeldFacts:
    return HeldFacts(extraction_id=name, digests=np.array(facts, dtype=np.uint64), extracted_at=at, source_kind=kind)


def counted(extractions: list[HeldFacts]) -> Counter[int]:
    decided = decide_superseding(extractions)
    left: Counter[int] = Counter()
    for extraction in extractions:
        kept = np.delete(extraction.digests, decided.skip[extraction.extraction_id])
        left.update(int(fact) for fact in kept)
    return left


def test_the_fuller_reading_supersedes_whatever_the_dates() -> None:
    decided = decide_superseding([held("new", [1, 2, 3], "2024"), held("full", [1, 2, 3, 4], "2020")])
    assert decided.superseded_by == {"new": "full"}
    assert decided.skip["new"].tolist() == [0, 1, 2]
    assert decided.skip["full"].tolist() == []


def test_of_two_alike_the_later_extracted_supersedes() -> None:
    decided = decide_superseding([held("a", [1, 2, 3], "2024"), held("b", [1, 2, 3], "2020")])
    assert decided.superseded_by == {"b": "a"}


def test_of_two_alike_the_one_that_states_its_zone_supersedes_though_it_was_extracted_earlier() -> None:
    stated, assumed = held("a", [1, 2, 3], "2020"), held("b", [1, 2, 3], "2024")
    assumed = msgspec.structs.replace(assumed, assumed_count=3)
    for extractions in ([stated, assumed], [assumed, stated]):
        assert decide_superseding(extractions).superseded_by == {"b": "a"}
    fuller = msgspec.structs.replace(held("b", [1, 2, 3, 4]), assumed_count=4)
    assert decide_superseding([stated, fuller]).superseded_by == {"a": "b"}


def test_of_two_alike_the_one_that_tells_the_direction_counts() -> None:
    told, untold = held("a", [1, 2, 3], "2020"), held("b", [1, 2, 3], "2024")
    told = msgspec.structs.replace(told, assumed_count=3)
    untold = msgspec.structs.replace(untold, untold_count=1)
    for extractions in ([told, untold], [untold, told]):
        assert decide_superseding(extractions).superseded_by == {"b": "a"}


def test_a_chat_that_a_user_exported_never_stands_for_what_a_reading_tells() -> None:
    """It has a line more, is later, and knows names and minutes where the reading has numbers and seconds."""
    extractions = [held("report", [1, 2, 3], "2020"), held("chat", [1, 2, 3, 4], "2024", kind="chat")]
    decided = decide_superseding(extractions)
    assert decided.superseded_by == {}
    assert {name: skipped.tolist() for name, skipped in decided.skip.items()} == {"report": [], "chat": [0, 1, 2]}
    assert counted(extractions) == Counter([1, 2, 3, 4])
    whole = [held("report", [1, 2, 3, 4, 5], "2020"), held("chat", [1, 2, 3, 4], "2024", kind="chat")]
    assert decide_superseding(whole).superseded_by == {"chat": "report"}


def test_a_table_without_seconds_never_stands_for_what_has_them() -> None:
    table = msgspec.structs.replace(held("table", [1, 2, 3, 4], "2024"), is_by_the_minute=True)
    extractions = [held("report", [1, 2, 3], "2020"), table]
    decided = decide_superseding(extractions)
    assert decided.superseded_by == {}
    assert {name: skipped.tolist() for name, skipped in decided.skip.items()} == {"report": [], "table": [0, 1, 2]}


def test_a_fact_that_only_the_older_has_still_counts() -> None:
    extractions = [held("old", [1, 2, 3, 4, 5, 99]), held("new", [1, 2, 3, 4, 5, 6, 7, 8])]
    assert decide_superseding(extractions).superseded_by == {"old": "new"}
    assert counted(extractions) == Counter([1, 2, 3, 4, 5, 6, 7, 8, 99])


def test_of_two_as_full_that_each_have_a_fact_of_their_own_neither_supersedes() -> None:
    shared = [1, 2, 3, 4, 5, 6, 7]
    extractions = [held("a", [*shared, 8], "2020"), held("b", [*shared, 9], "2024")]
    assert decide_superseding(extractions).superseded_by == {}
    assert counted(extractions) == Counter([*shared, 8, 9])
    fuller = held("b", [*shared, 9, 10], "2024")
    assert decide_superseding([extractions[0], fuller]).superseded_by == {"a": "b"}


def test_an_earlier_reading_supersedes_a_later_one_only_if_it_holds_all_of_it() -> None:
    """What the later one has and it lacks came in after it, and was not deleted before."""
    full = held("full", list(range(1, 20)), "2020")
    assert decide_superseding([full, held("later", [*range(1, 10), 30], "2024")]).superseded_by == {}
    assert decide_superseding([full, held("later", [*range(1, 10)], "2024")]).superseded_by == {"later": "full"}
    assert decide_superseding([full, held("undated", [*range(1, 10), 30])]).superseded_by == {"undated": "full"}


def test_a_damaged_copy_supersedes_only_what_it_holds_all_of() -> None:
    sound = held("a", [1, 2, 3, 4, 5, 6, 7], "2020")
    altered = msgspec.structs.replace(held("z", [1, 2, 3, 4, 5, 6, 99, 100], "2024"), is_damaged=True)
    for extractions in ([sound, altered], [altered, sound]):
        assert decide_superseding(extractions).superseded_by == {}
        assert counted(extractions) == Counter([1, 2, 3, 4, 5, 6, 7, 99, 100])
    whole = msgspec.structs.replace(held("z", [1, 2, 3, 4, 5, 6, 7, 8], "2024"), is_damaged=True)
    assert decide_superseding([sound, whole]).superseded_by == {"a": "z"}


def test_of_two_as_full_the_facts_of_the_sound_one_count() -> None:
    sound = held("a", [1, 2, 3, 4, 5, 6, 7], "2020")
    altered = msgspec.structs.replace(held("z", [1, 2, 3, 4, 5, 6, 99], "2024"), is_damaged=True)
    for extractions in ([sound, altered], [altered, sound]):
        decided = decide_superseding(extractions)
        assert decided.superseded_by == {}
        assert {name: skipped.tolist() for name, skipped in decided.skip.items()} == {"a": [], "z": [0, 1, 2, 3, 4, 5]}
    same = msgspec.structs.replace(altered, digests=sound.digests)
    assert decide_superseding([sound, same]).superseded_by == {"z": "a"}


def test_deliveries_that_complete_each_other_do_not_supersede() -> None:
    texts, calls = held("t", [1, 2, 3, 4]), held("c", [11, 12, 13, 14, 15])
    assert decide_superseding([texts, calls]).superseded_by == {}
    half = held("h", [1, 2, 21, 22])
    assert decide_superseding([texts, half, calls]).superseded_by == {}


def test_a_sim_is_not_superseded_by_its_handset() -> None:
    extractions = [held("sim", [1, 2], kind="sim"), held("handset", [1, 2, 3])]
    decided = decide_superseding(extractions)
    assert decided.superseded_by == {}
    assert counted(extractions) == Counter([1, 2, 3])


def test_an_empty_reading_is_not_superseded() -> None:
    assert decide_superseding([held("a", []), held("b", [1])]).superseded_by == {}


def test_two_facts_that_are_alike_in_one_reading_stay_two() -> None:
    assert counted([held("a", [7, 7, 8]), held("b", [7, 8, 9, 10])]) == Counter([7, 7, 8, 9, 10])


def test_what_is_no_fact_of_its_own_is_never_skipped() -> None:
    decided = decide_superseding([held("a", [0, 1, 0, 2]), held("b", [0, 1, 2, 3])])
    assert decided.skip["a"].tolist() == [1, 3]


def test_digests_of_128_bits_are_told_by_both_halves() -> None:
    wide = [
        HeldFacts(extraction_id="a", digests=np.array([[1, 2], [1, 3]], dtype=np.uint64)),
        HeldFacts(extraction_id="b", digests=np.array([[1, 2], [1, 4], [1, 5]], dtype=np.uint64)),
    ]
    decided = decide_superseding(wide)
    assert decided.superseded_by == {}
    assert decided.skip["a"].tolist() == [0]


_FACTS = st.lists(st.integers(0, 8), max_size=8)


@settings(max_examples=100, deadline=None)
@given(st.lists(_FACTS, min_size=1, max_size=4))
def test_each_fact_counts_as_often_as_the_reading_that_has_it_most(readings: list[list[int]]) -> None:
    extractions = [held(f"x{place}", facts) for place, facts in enumerate(readings)]
    expected: Counter[int] = Counter()
    for facts in readings:
        expected |= Counter(fact for fact in facts if fact)
    left = counted(extractions)
    left.pop(0, None)
    assert left == expected
    decided, reversed_ = decide_superseding(extractions), decide_superseding(list(reversed(extractions)))
    assert decided.superseded_by == reversed_.superseded_by


def test_what_is_skipped_says_where_its_fact_counts() -> None:
    decided = decide_superseding([held("a", [1, 7, 7, 0, 2]), held("b", [7, 3, 1, 7, 7, 9])])
    standing = decided.standing["a"]
    assert decided.skip["a"].tolist() == [0, 1, 2]
    named = [standing.extraction_ids[place] for place in standing.places]
    assert list(zip(named, standing.ordinals.tolist(), strict=True)) == [("b", 2), ("b", 0), ("b", 3)]
    assert not len(decided.standing["b"].places)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 5), max_size=8), min_size=2, max_size=4))
def test_a_fact_stands_in_a_record_that_counts_and_for_one_copy_of_each_reading(facts: list[list[int]]) -> None:
    extractions = [held(f"x{place}", list(each)) for place, each in enumerate(facts)]
    decided = decide_superseding(extractions)
    by_id = {each.extraction_id: each for each in extractions}
    for name, skipped in decided.skip.items():
        standing = decided.standing[name]
        taken = set()
        for ordinal, place, there in zip(skipped, standing.places, standing.ordinals, strict=True):
            holder = standing.extraction_ids[place]
            assert holder != name
            assert by_id[holder].digests[there] == by_id[name].digests[ordinal]
            assert there not in decided.skip[holder]
            taken.add((holder, int(there)))
        assert len(taken) == len(skipped)


def test_equal_facts_that_one_delivery_lists_in_two_extractions_are_two() -> None:
    handset, again = (
        HeldFacts(extraction_id=name, digests=np.array(facts, dtype=np.uint64), paired_within="delivery")
        for name, facts in (("handset", [7, 8, 0]), ("again", [0, 0, 7, 7]))
    )
    assert counted([handset, again]) == Counter({7: 3, 8: 1, 0: 3})
    assert decide_superseding([handset, again]).superseded_by == {}
    for other in (held("other", [7]), held("other", [7, 7, 7])):
        assert counted([handset, again, other]) == Counter({7: 3, 8: 1, 0: 3})
    assert counted([handset, again, held("other", [7, 7, 7, 7])]) == Counter({7: 4, 8: 1, 0: 3})


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from("xyz"), st.lists(st.integers(1, 4), max_size=5)), max_size=5))
def test_a_fact_counts_as_often_as_the_delivery_that_lists_it_most(readings: list[tuple[str, list[int]]]) -> None:
    extractions = [
        HeldFacts(extraction_id=str(place), digests=np.array(facts, dtype=np.uint64), paired_within=delivery)
        for place, (delivery, facts) in enumerate(readings)
    ]
    by_delivery: dict[str, Counter[int]] = {}
    for delivery, facts in readings:
        by_delivery.setdefault(delivery, Counter()).update(facts)
    most: Counter[int] = Counter()
    for facts_of in by_delivery.values():
        most |= facts_of
    assert counted(extractions) == most
