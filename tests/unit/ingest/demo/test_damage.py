"""Damage is what it says: one thing broken, the rest as it was."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from lxml import etree

from ingest.demo.writers import damage
from ingest.demo.writers.damage import Member

REPORT = b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-8"?>\n<project xmlns="http://pa.cellebrite.com/report/2.0">\n  <images />\n  <decodedData>\n<v><![CDATA[@@]]></v>\n  </decodedData>\n</project>'  # noqa: E501 - one file in one line
ARCHIVE = damage.archive_of([Member(name="report.xml", content=REPORT), Member(name="files/a", content=b"a" * 500)])


def test_a_token_is_replaced_once_or_not_at_all() -> None:
    assert damage.replaced(REPORT, "@@", b"\x00").count(b"\x00") == 1
    with pytest.raises(ValueError, match="0 times"):
        damage.replaced(REPORT, "nowhere", b"")


def test_a_cut_report_is_not_well_formed() -> None:
    cut = damage.cut_inside(REPORT, "</decodedData>")
    assert REPORT.startswith(cut)
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(cut)


@pytest.mark.parametrize("big_endian", [False, True])
def test_utf16_is_read_by_a_strict_parser(big_endian: bool) -> None:  # noqa: FBT001 - the one parameter
    tree = etree.fromstring(damage.in_utf16(REPORT, declared="utf-16", big_endian=big_endian))
    assert etree.QName(tree).localname == "project"


def test_the_namespace_is_gone() -> None:
    assert etree.QName(etree.fromstring(damage.without_namespace(REPORT))).namespace is None


def test_a_bomb_is_refused_by_the_parser_itself() -> None:
    bomb = damage.with_doctype(REPORT, damage.entity_bomb())
    assert bomb.count(b"<!DOCTYPE") == 1
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(damage.value_replaced(bomb, "@@", b"&e;"), etree.XMLParser(huge_tree=False))


def test_models_are_nested_as_deep_as_asked() -> None:
    tree = etree.fromstring(damage.before_end(REPORT, damage.nested_models(50)))
    assert len(list(tree.iter("{*}model"))) == 50


def test_members_keep_names_that_no_archive_should_have() -> None:
    members = [Member(name="../up", content=b""), Member(name="../up", content=b"1"), Member(name="C:\\x", content=b"")]
    names = zipfile.ZipFile(BytesIO(damage.archive_of(members))).namelist()
    assert names == ["../up", "../up", "C:\\x"]


def test_a_wrong_checksum_is_noticed_by_a_reader() -> None:
    archive = zipfile.ZipFile(BytesIO(damage.with_wrong_checksum(ARCHIVE)))
    assert archive.testzip() == "report.xml"
    with pytest.raises(zipfile.BadZipFile):
        archive.read("report.xml")
    assert archive.read("files/a") == b"a" * 500


def test_every_member_is_marked_encrypted() -> None:
    archive = zipfile.ZipFile(BytesIO(damage.marked_encrypted(ARCHIVE)))
    assert [info.flag_bits & 1 for info in archive.infolist()] == [1, 1]


@pytest.mark.parametrize("cut", [damage.cut_archive, damage.without_end_record])
def test_a_cut_archive_has_no_directory_to_read(cut: object) -> None:
    broken = cut(ARCHIVE)  # type: ignore[operator]  # parametrize hides the type
    assert ARCHIVE.startswith(broken)
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(BytesIO(broken))


def test_a_blown_up_archive_is_small() -> None:
    assert len(damage.blown_up_archive(REPORT, 1_000_000)) < 3_000
