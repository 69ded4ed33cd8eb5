from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.device_identity import Identity, resolve, resolve_devices


def told(*identities: Identity) -> list[set[str]]:
    devices: dict[str, set[str]] = {}
    for extraction_id, device_id in resolve_devices(identities).items():
        devices.setdefault(device_id, set()).add(extraction_id)
    return sorted(devices.values(), key=min)


def test_dual_imeis_are_one_handset_whichever_was_written() -> None:
    a = Identity(extraction_id="a", imei=("1", "2"))
    b = Identity(extraction_id="b", imei=("2",))
    c = Identity(extraction_id="c", imei=("1",))
    assert told(a, b, c) == [{"a", "b", "c"}]


def test_one_exhibit_reference_in_two_cases_is_two_devices() -> None:
    a = Identity(extraction_id="a", case_ref="op/1", exhibit_ref="jb/2")
    b = Identity(extraction_id="b", case_ref="op/2", exhibit_ref="jb/2")
    c = Identity(extraction_id="c", case_ref="op/1", exhibit_ref="jb/2")
    assert told(a, b, c) == [{"a", "c"}, {"b"}]


def test_an_exhibit_reference_without_a_case_joins_nothing() -> None:
    assert told(Identity(extraction_id="a", exhibit_ref="1"), Identity(extraction_id="b", exhibit_ref="1")) == [
        {"a"},
        {"b"},
    ]


def test_no_identity_at_all_joins_nothing() -> None:
    assert told(Identity(extraction_id="a"), Identity(extraction_id="b")) == [{"a"}, {"b"}]


def test_two_handsets_of_one_exhibit_stay_two() -> None:
    a = Identity(extraction_id="a", imei=("1",), case_ref="c", exhibit_ref="e")
    b = Identity(extraction_id="b", imei=("2",), case_ref="c", exhibit_ref="e")
    chat = Identity(extraction_id="x", case_ref="c", exhibit_ref="e")
    assert told(a, b) == [{"a"}, {"b"}]
    assert told(a, chat) == [{"a", "x"}]
    assert told(a, b, chat) == [{"a"}, {"b"}, {"x"}]


def test_a_sim_read_with_a_handset_is_of_its_device() -> None:
    handset = Identity(extraction_id="h", imei=("1",))
    sim = Identity(extraction_id="s", iccid=("9",), belongs_to="h")
    assert told(handset, sim) == [{"h", "s"}]


def test_a_sim_read_alone_joins_the_one_handset_that_had_it() -> None:
    handset = Identity(extraction_id="h", imei=("1",), iccid=("9",))
    alone = Identity(extraction_id="s", iccid=("9",))
    other = Identity(extraction_id="o", imei=("2",), iccid=("9",))
    assert told(handset, alone) == [{"h", "s"}]
    assert told(handset, other, alone) == [{"h"}, {"o"}, {"s"}]


def test_a_sim_read_alone_knows_its_handset_by_the_part_that_was_read_with_it() -> None:
    handset = Identity(extraction_id="h", imei=("1",))
    part = Identity(extraction_id="p", iccid=("9",), belongs_to="h")
    alone = Identity(extraction_id="s", imsi=("7",), iccid=("9",))
    assert told(handset, part, alone) == [{"h", "p", "s"}]


def test_a_sim_that_was_in_two_handsets_is_of_that_of_its_case_and_exhibit() -> None:
    first = Identity(extraction_id="a", imei=("1",), iccid=("9",), case_ref="c", exhibit_ref="e/1")
    then = Identity(extraction_id="b", imei=("2",), iccid=("9",), case_ref="c", exhibit_ref="e/2")
    alone = Identity(extraction_id="s", iccid=("9",), case_ref="c", exhibit_ref="e/1")
    assert told(first, then, alone) == [{"a", "s"}, {"b"}]
    for case, exhibit in (("c", "e/3"), ("d", "e/1"), (None, "e/1"), ("c", None)):
        elsewhere = Identity(extraction_id="s", iccid=("9",), case_ref=case, exhibit_ref=exhibit)
        assert told(first, then, elsewhere) == [{"a"}, {"b"}, {"s"}]
    same = Identity(extraction_id="b", imei=("2",), iccid=("9",), case_ref="c", exhibit_ref="e/1")
    assert told(first, same, alone) == [{"a"}, {"b"}, {"s"}]
    other = Identity(extraction_id="o", imei=("3",), case_ref="c", exhibit_ref="e/3")
    lone = Identity(extraction_id="s", iccid=("9",), case_ref="c", exhibit_ref="e/3")
    assert told(first, then, other, lone) == [{"a"}, {"b"}, {"o"}, {"s"}]


def test_a_sim_read_twice_alone_is_one_device() -> None:
    assert told(Identity(extraction_id="a", iccid=("9",)), Identity(extraction_id="b", iccid=("9",))) == [{"a", "b"}]


def test_a_handset_without_imei_is_told_apart_by_the_sim_read_with_it() -> None:
    first = [Identity(extraction_id="h1"), Identity(extraction_id="p1", iccid=("9",), belongs_to="h1")]
    again = [Identity(extraction_id="h2"), Identity(extraction_id="p2", iccid=("9",), belongs_to="h2")]
    assert told(*first, *again) == [{"h1", "h2", "p1", "p2"}]


def test_a_part_whose_handset_is_not_held_stands_alone() -> None:
    assert told(Identity(extraction_id="s", iccid=("9",), belongs_to="gone")) == [{"s"}]


def test_the_id_is_of_the_strongest_key_and_earlier_ids_stay_as_aliases() -> None:
    sim_first = resolve([Identity(extraction_id="s", iccid=("9",))])
    handset = Identity(extraction_id="h", imei=("1",), iccid=("9",))
    both = resolve([Identity(extraction_id="s", iccid=("9",)), handset])
    alone = resolve([handset])
    assert both.device_of["h"] == alone.device_of["h"]
    assert sim_first.device_of["s"] in both.aliases[both.device_of["s"]]


_KEY = st.sampled_from(["1", "2", "3"])
_KEYS = st.lists(_KEY, max_size=2, unique=True).map(lambda keys: tuple(sorted(keys)))


@st.composite
def _identities(draw: st.DrawFn) -> list[Identity]:
    count = draw(st.integers(1, 5))
    names = [f"x{place}" for place in range(count)]
    return [
        Identity(
            extraction_id=name,
            imei=draw(_KEYS),
            iccid=draw(_KEYS),
            imsi=draw(_KEYS),
            case_ref=draw(st.sampled_from([None, "c"])),
            exhibit_ref=draw(st.sampled_from([None, "e", "f"])),
            belongs_to=draw(st.sampled_from([None, *names])),
        )
        for name in names
    ]


@settings(max_examples=80, deadline=None)
@given(_identities())
def test_devices_do_not_depend_on_the_order_of_arrival(identities: list[Identity]) -> None:
    expected = resolve(identities)
    for order in itertools.islice(itertools.permutations(identities), 12):
        assert resolve(order) == expected


@settings(max_examples=80, deadline=None)
@given(_identities())
def test_one_imei_is_never_two_devices(identities: list[Identity]) -> None:
    device_of = resolve_devices(identities)
    standing = [i for i in identities if i.belongs_to is None or i.belongs_to == i.extraction_id]
    for a, b in itertools.combinations(standing, 2):
        if set(a.imei) & set(b.imei):
            assert device_of[a.extraction_id] == device_of[b.extraction_id]
