"""Words that are an application's name and a kind of call are no application under a heading of either."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.parsers.formats.table.made_tables import calls_of, read_text


@pytest.mark.parametrize(
    ("service", "read"), [("Session", None), ("Line", None), ("LINE", "line"), ("WhatsApp", "whatsapp")]
)
def test_the_service_of_a_call(tmp_path: Path, service: str, read: str | None) -> None:
    content = f"Number,Date,Service,Duration,Direction\n07700900123,15/07/2024 10:00:00,{service},0:00:10,Incoming\n"
    (call,) = calls_of(read_text(tmp_path, content, name="calls.csv"))
    assert call.service == read
    assert dict(call.extra).get("Service") == (service if read is None else None)


@pytest.mark.parametrize("heading", ["App", "Application", "Source"])
@pytest.mark.parametrize("service", ["Session", "Line", "line"])
def test_under_the_heading_of_an_application_it_is_one(tmp_path: Path, heading: str, service: str) -> None:
    content = f"Number,Date,{heading},Duration,Direction\n07700900123,15/07/2024 10:00:00,{service},0:00:10,Incoming\n"
    (call,) = calls_of(read_text(tmp_path, content, name="calls.csv"))
    assert call.service == service.casefold()
