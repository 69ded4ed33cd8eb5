"""What tells deliveries with the same bytes apart."""

from __future__ import annotations

import pytest

from ingest.delivery_keys import delivery_key, stated_device, states_another_device
from ingest.demo.cast import iccid, imei
from parsers.contract import Sidecar

SHA = "a" * 64


def test_a_key_is_the_hash_of_the_content_where_that_says_everything() -> None:
    assert delivery_key(SHA, "", None) == SHA
    keys = {
        delivery_key(SHA, said, device, number)
        for said in ("", "+447700900123", "+447700900124")
        for device in (None, "exhibit \na/1", "exhibit \na/2")
        for number in (1, 2)
    }
    assert len(keys) == 18
    assert all(len(key) == 64 for key in keys)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Sidecar(exhibit_ref="A/1"), Sidecar(exhibit_ref="A/2"), True),
        (Sidecar(exhibit_ref="A/1"), Sidecar(exhibit_ref=" a/1"), False),
        (Sidecar(exhibit_ref="A/1", case_ref="OP X"), Sidecar(exhibit_ref="A/1", case_ref="OP Y"), True),
        (Sidecar(exhibit_ref="A/1", case_ref="OP X"), Sidecar(exhibit_ref="A/1"), False),
        (Sidecar(exhibit_ref="A/1", imei=imei(1)), Sidecar(exhibit_ref="A/2", imei=imei(1)), False),
        (Sidecar(exhibit_ref="A/1", imei=imei(1)), Sidecar(exhibit_ref="A/1", imei=imei(2)), True),
        (Sidecar(iccid=iccid(1)), Sidecar(iccid=iccid(2)), True),
        (Sidecar(imei=imei(1)), Sidecar(exhibit_ref="A/1"), True),
        (Sidecar(imei=imei(1)), Sidecar(case_ref="OP X", notes="seen"), False),
        (Sidecar(owner_number="07700 900123"), Sidecar(owner_number="07700 900124"), False),
    ],
)
def test_two_sidecars_are_of_two_devices(one: Sidecar, other: Sidecar, *, expected: bool) -> None:
    assert states_another_device(one, other) is expected
    assert states_another_device(other, one) is expected


def test_a_device_is_stated_by_its_surest_identity() -> None:
    assert stated_device(Sidecar(exhibit_ref="A/1", imei=imei(1))) == f"imei {imei(1)[:14]}"
    assert stated_device(Sidecar(exhibit_ref=" A/1 ")) == stated_device(Sidecar(exhibit_ref="a/1"))
    assert stated_device(Sidecar(case_ref="OP X", owner_number="07700 900123")) is None
