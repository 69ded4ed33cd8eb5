"""The smallest pieces of report.xml: ids, values, fields, times, parties, the start of a model.

Each function returns finished lines, the first one indented by ``pad``; white space is as Physical Analyzer prints it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import blake2b
from zoneinfo import ZoneInfo

from ingest.demo.truth import Peer
from ingest.demo.writers.ufdr.dialects import Dialect

STEP = "  "


def guid(*parts: str) -> str:
    """Return a vendor-style id that follows from the parts alone."""
    digest = blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:]}"


def cdata(text: str) -> str:
    """Return the text as a CDATA section; an inner ``]]>`` is split over two, as the vendor does."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def attribute(text: str) -> str:
    """Return the text escaped for a double-quoted attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def field(pad: str, name: str, kind: str, text: str | None) -> str:
    """Return a ``field`` with a CDATA value. None gives ``<empty />``, which is not the empty string."""
    inner = "<empty />" if text is None else f'<value type="{kind}">{cdata(text)}</value>'
    return f'{pad}<field name="{name}" type="{kind}">\n{pad}  {inner}\n{pad}</field>\n'


def multi_field(pad: str, name: str, kind: str, texts: Iterable[str]) -> str:
    """Return a ``multiField`` with one CDATA value a text; self-closed where there is none."""
    values = "".join(f'{pad}  <value type="{kind}">{cdata(text)}</value>\n' for text in texts)
    if not values:
        return f'{pad}<multiField name="{name}" type="{kind}" />\n'
    return f'{pad}<multiField name="{name}" type="{kind}">\n{values}{pad}</multiField>\n'


def model_field(pad: str, name: str, kind: str, model: str | None) -> str:
    """Return a ``modelField`` around a finished model, or around ``<empty />``."""
    inner = f"{pad}  <empty />\n" if model is None else model
    return f'{pad}<modelField name="{name}" type="{kind}">\n{inner}{pad}</modelField>\n'


def multi_model_field(pad: str, name: str, kind: str, models: str) -> str:
    """Return a ``multiModelField`` around finished models; self-closed where there is none."""
    if not models:
        return f'{pad}<multiModelField name="{name}" type="{kind}" />\n'
    return f'{pad}<multiModelField name="{name}" type="{kind}">\n{models}{pad}</multiModelField>\n'


class ElementWriter:
    """Writes what depends on the report as a whole: dialect, display zone, running index, ids."""

    __slots__ = ("_index", "_zone", "dialect", "report_key")

    def __init__(self, dialect: Dialect, report_key: str, display_zone: str) -> None:
        self.dialect = dialect
        self.report_key = report_key
        self._zone = UTC if display_zone == "UTC" else ZoneInfo(display_zone)
        self._index = 0

    def guid(self, *parts: str) -> str:
        """Return the id that this report gives to the thing."""
        return guid(self.report_key, *parts)

    def model(
        self, pad: str, kind: str, model_id: str, body: str, *, state: str = "Intact", extraction: int = 0
    ) -> str:
        """Return a whole ``model`` around finished fields. ``extraction`` is the place of the holding in the report."""
        return f"{self.model_start(pad, kind, model_id, state=state, extraction=extraction)}{body}{pad}</model>\n"

    def model_start(self, pad: str, kind: str, model_id: str, *, state: str = "Intact", extraction: int = 0) -> str:
        """Return the opening tag of a model, for models whose content is streamed."""
        if not self.dialect.has_long_attributes:
            return f'{pad}<model type="{kind}" id="{model_id}" deleted_state="{state}">\n'
        self._index += 1
        return (
            f'{pad}<model type="{kind}" id="{model_id}" deleted_state="{state}" decoding_confidence="High"'
            f' isrelated="False" source_index="{self._index}" extractionId="{extraction}">\n'
        )

    def local_text(self, at: datetime) -> str:
        """Return the wall-clock time in the display zone, without an offset."""
        return at.astimezone(self._zone).replace(tzinfo=None).isoformat(timespec="seconds")

    def time(self, pad: str, name: str, at: datetime | None, *, zoneless: bool = False) -> str:
        """Return a TimeStamp field in the dialect's form, or an empty one."""
        if at is None:
            return field(pad, name, "TimeStamp", None)
        local = at.astimezone(self._zone)
        seconds = local.replace(tzinfo=None).isoformat(timespec="seconds")
        stated = local.isoformat()[-6:]
        if not self.dialect.has_milliseconds:
            value = f'<value type="TimeStamp">{seconds}{"" if zoneless else stated}</value>'
        elif zoneless:
            value = f'<value type="TimeStamp" format="DateTimeOnly">{seconds}</value>'
        else:
            shown = f' formattedTimestamp="{seconds}{stated}"' if self.dialect.has_formatted_timestamp else ""
            fraction = f"{local.microsecond // 1000:03d}"
            value = f'<value type="TimeStamp" format="TimeStampKnown"{shown}>{seconds}.{fraction}{stated}</value>'
        return f'{pad}<field name="{name}" type="TimeStamp">\n{pad}  {value}\n{pad}</field>\n'

    def party(
        self, pad: str, model_id: str, peer: Peer, role: str, *, owner: bool | None = None, extraction: int = 0
    ) -> str:
        """Return a Party model. ``owner`` None: the dialect or the place shows no owner flag."""
        inner = pad + STEP
        early = not self.dialect.has_long_attributes
        body = (
            field(inner, "Identifier", "String", peer.written)
            + field(inner, "Role", "PartyRole", role)
            + field(inner, "Status", "PartyStatus", "Unknown" if early else None)
            + field(inner, "Name", "String", peer.name or ("" if early else None))
        )
        if owner is not None and self.dialect.has_owner_flag:
            body += field(inner, "IsPhoneOwner", "Boolean", str(owner))
        return self.model(pad, "Party", model_id, body, state="Intact" if early else "Unknown", extraction=extraction)
