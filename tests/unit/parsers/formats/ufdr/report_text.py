"""Small reports written by hand: just what a test is about, in the vendor's elements."""

from __future__ import annotations

import hashlib
from pathlib import Path

from parsers.contract import Delivery, Limits, ReadContext, Sidecar
from parsers.reading import ReadResult, read_all
from parsers.records.facts import Call, Contact, Message

NAMESPACE = "http://pa.cellebrite.com/report/2.0"
OWNER = "+447700900100"
OTHER = "07700 900123"


def cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def field(name: str, text: str | None, kind: str = "String", attributes: str = "") -> str:
    """A field with a value, or with ``<empty />`` where the text is None."""
    inner = "<empty />" if text is None else f'<value type="{kind}"{attributes}>{cdata(text)}</value>'
    return f'<field name="{name}" type="{kind}">\n  {inner}\n</field>\n'


def raw_field(name: str, content: str, kind: str = "String", attributes: str = "") -> str:
    """A field whose value is written as it is given."""
    return f'<field name="{name}" type="{kind}"><value type="{kind}"{attributes}>{content}</value></field>\n'


def party(
    identifier: str | None, role: str | None = None, name: str | None = None, owner: str | None = None, more: str = ""
) -> str:
    body = field("Identifier", identifier) + field("Role", role, "PartyRole") + field("Name", name)
    body += field("IsPhoneOwner", owner, "Boolean") if owner is not None else ""
    return f'<model type="Party" id="p" deleted_state="Unknown">\n{body}{more}</model>\n'


def parties(*models: str, name: str = "Parties") -> str:
    return f'<multiModelField name="{name}" type="Party">\n{"".join(models)}</multiModelField>\n'


def sender(model: str) -> str:
    return f'<modelField name="From" type="Party">\n{model}</modelField>\n'


def model(kind: str, model_id: str, *content: str, attributes: str = 'deleted_state="Intact"') -> str:
    return f'<model type="{kind}" id="{model_id}" {attributes}>\n{"".join(content)}</model>\n'


def sms(model_id: str = "m1", *content: str, body: str | None = "u about?", attributes: str = "") -> str:
    """An incoming SMS, unless ``content`` says otherwise."""
    content = content or (parties(party(OTHER, "From")), field("Folder", "Inbox"), field("Status", "Read"))
    at = field("TimeStamp", "2023-09-13T18:45:00.000+00:00", "TimeStamp")
    body_field = field("Body", body)
    return model("SMS", model_id, at, body_field, *content, attributes=attributes or 'deleted_state="Intact"')


def message(model_id: str, *content: str, body: str | None = "u about?") -> str:
    """An InstantMessage."""
    return model("InstantMessage", model_id, field("Body", body), *content)


def chat(chat_id: str, *content: str, messages: str = "") -> str:
    listed = f'<multiModelField name="Messages" type="InstantMessage">\n{messages}</multiModelField>\n'
    return model("Chat", chat_id, *content, listed)


def report(*models: str, header: str = "", after: str = "", attributes: str = 'reportVersion="5.2.0.0"') -> str:
    """A whole report; models of one type are put in the ``modelType`` of the first."""
    types = "".join(f'<modelType type="X">\n{each}</modelType>\n' for each in models)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<project id="project-1" name="Nokia" {attributes} '
        f'xmlns="{NAMESPACE}">\n{header}<decodedData>\n{types}</decodedData>\n{after}</project>\n'
    )


def items(section: str, *pairs: tuple[str, str | None] | tuple[str, str | None, str]) -> str:
    """A metadata section; a third entry is the extraction that the item names."""
    lines = []
    for name, text, *extraction in pairs:
        owner = f' sourceExtraction="{extraction[0]}"' if extraction else ""
        content = " />" if text is None else f">{cdata(text)}</item>"
        lines.append(f'<item name="{name}"{owner}{content}\n')
    return f'<metadata section="{section}">\n{"".join(lines)}</metadata>\n'


def extractions(*rows: tuple[str, str] | tuple[str, str, str], attributes: str = "") -> str:
    """The list of extractions: id, name, and the type where it is not Logical."""
    infos = "".join(
        f'<extractionInfo id="{row[0]}" name="{row[1]}" type="{row[2] if len(row) > 2 else "Logical"}"{attributes} />\n'
        for row in rows
    )
    return f"<sourceExtractions>\n{infos}</sourceExtractions>\n"


def write(folder: Path, content: str | bytes, name: str = "report.xml") -> Delivery:
    path = folder / name
    path.write_bytes(content.encode("utf-8-sig") if isinstance(content, str) else content)
    return delivery_of(path)


def delivery_of(path: Path) -> Delivery:
    digest = hashlib.sha256(path.read_bytes() if path.is_file() else path.name.encode()).hexdigest()
    return Delivery(path=path, name=path.name, is_folder=path.is_dir(), sha256=digest)


def read_delivery(delivery: Delivery, sidecar: Sidecar | None = None, limits: Limits | None = None) -> ReadResult:
    scratch = delivery.path.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    ctx = ReadContext(scratch_dir=scratch, sidecar=sidecar or Sidecar(), limits=limits or Limits())
    result = read_all(delivery, ctx)
    for rows in result.tally.values():
        assert all(row.is_balanced for row in rows.values()), rows
    return result


def read_text(folder: Path, content: str | bytes, **options: object) -> ReadResult:
    return read_delivery(write(folder, content), **options)  # type: ignore[arg-type]


def messages_of(result: ReadResult) -> list[Message]:
    return [record for record in result.records if isinstance(record, Message)]


def only_message(folder: Path, content: str) -> Message:
    (found,) = messages_of(read_text(folder, content))
    return found


def only_call(folder: Path, content: str) -> Call:
    (found,) = [record for record in read_text(folder, content).records if isinstance(record, Call)]
    return found


def only_contact(folder: Path, content: str) -> Contact:
    (found,) = [record for record in read_text(folder, content).records if isinstance(record, Contact)]
    return found


def codes(result: ReadResult) -> dict[str, int]:
    """Notice codes with their counts."""
    found: dict[str, int] = {}
    for notice in result.notices:
        found[notice.code] = found.get(notice.code, 0) + notice.count
    return found
