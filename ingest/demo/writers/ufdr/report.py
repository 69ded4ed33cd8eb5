"""Writes one report.xml, streaming: memory does not grow with the number of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import IO

import msgspec

from ingest.demo.truth import VendorReport
from ingest.demo.writers.ufdr.dialects import PA_7, Dialect
from ingest.demo.writers.ufdr.elements import ElementWriter
from ingest.demo.writers.ufdr.header import project_start, tagged_files
from ingest.demo.writers.ufdr.messages import chat, instant_message, mms, native_threads, sms
from ingest.demo.writers.ufdr.other_models import account, call, contact, other, sim_data

_BOM = b"\xef\xbb\xbf"
_FLUSH_AT = 1 << 18


class ReportForm(msgspec.Struct, frozen=True, kw_only=True):
    """How the report is to be written.

    Attributes:
        lists_texts_in_chats: Native texts of the newest dialect stand in a Chat too, as that tool does.
        keeps_ids_in_chats: The copy in the Chat has the same model id as the one at top level.
        lists_texts_at_top: Native texts of the newest dialect stand at top level (False: in Chats alone).
    """

    dialect: Dialect = PA_7
    lists_texts_in_chats: bool = False
    keeps_ids_in_chats: bool = True
    lists_texts_at_top: bool = True
    has_bom: bool = True


def _model_type(kind: str, models: Iterable[str]) -> Iterator[str]:
    start = f'    <modelType type="{kind}">\n'
    for model in models:
        yield start + model
        start = ""
    if not start:
        yield "    </modelType>\n"


def _messages(report: VendorReport, writer: ElementWriter, form: ReportForm) -> Iterator[str]:
    places = list(enumerate(report.holdings))
    if not form.dialect.texts_are_instant_messages:
        yield from _model_type(
            "MMS", (mms(writer, text, place) for place, h in places for text in h.texts if text.service == "mms")
        )
        yield from _model_type(
            "SMS", (sms(writer, text, place) for place, h in places for text in h.texts if text.service != "mms")
        )
        return
    if form.lists_texts_at_top:
        yield from _model_type(
            "InstantMessage", (instant_message(writer, text, place) for place, h in places for text in h.texts)
        )


def _chats(report: VendorReport, writer: ElementWriter, form: ReportForm) -> Iterator[str]:
    for place, holding in enumerate(report.holdings):
        for thread in holding.chats:
            yield from chat(writer, thread, place)
        if form.dialect.texts_are_instant_messages and form.lists_texts_in_chats:
            own_number = holding.sim.msisdn if holding.sim else None
            for thread in native_threads(holding.texts, own_number):
                yield from chat(writer, thread, place, keep_ids=form.keeps_ids_in_chats)


def _others(report: VendorReport, writer: ElementWriter) -> Iterator[str]:
    kinds = sorted({element.element_type for holding in report.holdings for element in holding.others})
    for kind in kinds:
        yield from _model_type(
            kind,
            (
                other(writer, element, place)
                for place, holding in enumerate(report.holdings)
                for element in holding.others
                if element.element_type == kind
            ),
        )


def report_pieces(report: VendorReport, form: ReportForm) -> Iterator[str]:
    """Yield the report as text, in order; each piece ends at a line end.

    Raises:
        ValueError: The 3.0 dialect cannot state more than one extraction.
    """
    dialect = form.dialect
    if not dialect.has_extraction_list and len(report.holdings) > 1:
        raise ValueError("dialect 3.0 has no list of extractions")
    writer = ElementWriter(dialect, report.key, report.display_zone)
    places = list(enumerate(report.holdings))
    yield from project_start(report, writer)
    yield from tagged_files(report.files, writer)
    yield "  <decodedData>\n"
    yield from _model_type("Call", (call(writer, truth, place) for place, h in places for truth in h.calls))
    yield from _model_type("Contact", (contact(writer, truth, place) for place, h in places for truth in h.contacts))
    yield from _model_type(
        "UserAccount", (account(writer, truth, place) for place, h in places for truth in h.accounts)
    )
    if dialect.has_extraction_list:
        yield from _model_type("SIMData", (sim_data(writer, h, place) for place, h in places if h.is_sim))
    yield from _others(report, writer)
    yield from _messages(report, writer, form)
    yield from _model_type("Chat", _chats(report, writer, form))
    yield "  </decodedData>\n  <carvedFiles />\n</project>"


def write_report(stream: IO[bytes], report: VendorReport, form: ReportForm | None = None) -> int:
    """Write the report.xml to the stream and return its size in bytes.

    Raises:
        ValueError: The dialect cannot state what the truth holds.
    """
    form = form or ReportForm()
    size = stream.write(_BOM) if form.has_bom else 0
    buffer: list[str] = []
    held = 0
    for piece in report_pieces(report, form):
        buffer.append(piece)
        held += len(piece)
        if held >= _FLUSH_AT:
            size += stream.write("".join(buffer).encode())
            buffer.clear()
            held = 0
    return size + stream.write("".join(buffer).encode())


def report_bytes(report: VendorReport, form: ReportForm | None = None) -> bytes:
    """Return a small report.xml whole, for tests that damage it."""
    stream = BytesIO()
    write_report(stream, report, form)
    return stream.getvalue()
