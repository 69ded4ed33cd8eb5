"""A run that is stopped names what it did not begin, in the order in which it would have come."""

from __future__ import annotations

import os
from pathlib import Path

from ingest.deliveries import Found
from ingest.not_begun import NotBegun


def found(path: str) -> Found:
    return Found(raw_path=os.fsencode(path))


def test_what_was_not_begun_is_named_and_counted() -> None:
    left = NotBegun()
    left.expect([Path("/case"), Path("/other")])
    assert "Begun: 0 deliveries. Not begun: 2 (what lies at /case, what lies at /other)." in left.words()
    deliveries = [found("/case/a.xml"), found("/case/b.xml"), found("/case/c\n.xml")]
    left.find(Path("/case"), deliveries)
    left.begin(deliveries[0])
    assert left.words() == (
        "Begun: 1 delivery. Not begun: 3 (/case/b.xml, /case/c ⏎ .xml, what lies at /other). Run it again with the same"
        " paths: what is held already is not taken in twice."
    )


def test_many_are_counted_and_the_first_named() -> None:
    left = NotBegun()
    left.find(Path("/case"), [found(f"/case/{number:02}.xml") for number in range(20)])
    assert "Not begun: 20 (/case/00.xml, " in left.words()
    assert "/case/07.xml and 12 more)" in left.words()


def test_a_run_that_began_all_says_nothing() -> None:
    left = NotBegun()
    left.expect([Path("/a.xml")])
    left.find(Path("/a.xml"), [found("/a.xml")])
    left.begin(found("/a.xml"))
    assert left.words() == ""
    left.find(Path("/of an earlier run.xml"), [found("/of an earlier run.xml")])
    left.begin(found("/of an earlier run.xml"))
    assert left.words() == ""
